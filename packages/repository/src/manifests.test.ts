import { describe, expect, test } from 'vitest';

import { exists, loadPackages, type Manifest, readManifest, readText, scope } from './workspace.ts';

const packages = loadPackages();
const root = readManifest('package.json');
const examples = readManifest('examples/package.json');
const manifests: readonly (readonly [string, Manifest])[] = [
  ['package.json', root],
  ['examples/package.json', examples],
  ...packages.map((one) => [`packages/${one.folder}/package.json`, one.manifest] as const),
];
const exactVersion = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const nodeRange = '>=20.19';

function dependenciesOf(manifest: Manifest): [string, string][] {
  return [
    ...Object.entries(manifest.dependencies ?? {}),
    ...Object.entries(manifest.devDependencies ?? {}),
    ...Object.entries(manifest.optionalDependencies ?? {}),
  ];
}

describe('all manifests', () => {
  test('name every dependency by one exact version', () => {
    const wrong = manifests.flatMap(([path, manifest]) =>
      dependenciesOf(manifest)
        .filter(([, version]) => !exactVersion.test(version))
        .map(([name, version]) => `${path}: ${name} ${version}`),
    );
    expect(wrong).toEqual([]);
  });

  test('agree on the version of a dependency', () => {
    const versions = new Map<string, Set<string>>();
    for (const [name, version] of manifests.flatMap(([, manifest]) => dependenciesOf(manifest))) {
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
    }
    expect([...versions].filter(([, set]) => set.size > 1)).toEqual([]);
  });

  test('carry one version, and depend on each other by it', () => {
    const versions = new Set(packages.map((one) => one.manifest.version));
    expect(versions.size).toBe(1);
    const inner = manifests.flatMap(([, manifest]) =>
      dependenciesOf(manifest).filter(([name]) => name.startsWith(scope)),
    );
    expect(inner.filter(([, version]) => !versions.has(version))).toEqual([]);
  });

  test('run no script when they are installed from the registry', () => {
    const scripts = packages.map(
      (one) => (one.manifest as { scripts?: Record<string, string> }).scripts ?? {},
    );
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
    expect(scripts.flatMap(Object.keys).filter((name) => hooks.includes(name))).toEqual([]);
  });

  test('need the same Node.js, and the compiler knows no newer one', () => {
    expect(root.engines).toEqual({ node: nodeRange });
    expect(root.devDependencies?.['@types/node']).toMatch(/^20\./);
  });
});

const published = packages.filter((one) => one.isPublic);

describe.each(published.map((one) => [one.folder, one] as const))('packages/%s', (folder, one) => {
  const { manifest } = one;

  test('is named after its folder and describes itself', () => {
    expect(manifest.name).toBe(`${scope}${folder}`);
    expect(manifest.description).toMatch(/\S/);
    expect(manifest.license).toBe('MIT');
    expect(manifest.repository?.directory).toBe(`packages/${folder}`);
  });

  test('is an ES module without side effects for the supported Node.js', () => {
    expect(manifest.type).toBe('module');
    expect(manifest.sideEffects).toBe(false);
    expect(manifest.engines).toEqual({ node: nodeRange });
  });

  test('exports source, types and code of each entry, in this order', () => {
    const { './package.json': own, ...entries } = manifest.exports ?? {};
    expect(own).toBe('./package.json');
    expect(Object.keys(entries)).toContain('.');
    for (const [subpath, entry] of Object.entries(entries)) {
      const name = subpath === '.' ? 'index' : subpath.slice(2);
      expect(Object.entries(entry)).toEqual([
        [`${scope}source`, `./src/${name}.ts`],
        ['types', `./dist/${name}.d.ts`],
        ['default', `./dist/${name}.js`],
      ]);
      expect(exists(`packages/${folder}/src/${name}.ts`)).toBe(true);
    }
  });

  test('publishes the build and its sources, no tests', () => {
    const files = (manifest.files ?? []).filter((pattern) => pattern !== 'bin');
    expect(files).toEqual(['dist', 'src', '!**/*.test.ts', '!**/*.test-d.ts']);
  });

  test('has committed executables', () => {
    for (const path of Object.values(manifest.bin ?? {})) {
      expect(path).toMatch(/^(\.\/)?bin\//);
      expect(manifest.files).toContain('bin');
      expect(readText(`packages/${folder}/${path}`)).toMatch(/^#!\/usr\/bin\/env node\n/);
    }
  });

  test('has a README, the licence and tests', () => {
    expect(readText(`packages/${folder}/LICENSE`)).toBe(readText('LICENSE'));
    expect(exists(`packages/${folder}/README.md`)).toBe(true);
    expect(one.tests.length).toBeGreaterThan(0);
  });

  test('is built by the solution tsconfig.json', () => {
    const solution = JSON.parse(readText('tsconfig.json')) as { references: { path: string }[] };
    expect(solution.references.map((reference) => reference.path)).toContain(`packages/${folder}`);
  });
});

describe('package-lock.json', () => {
  const lock = JSON.parse(readText('package-lock.json')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string>; hasInstallScript?: boolean }>;
  };

  // npm drops what a registry could not give it at the time, and `npm ci` then fails everywhere.
  test('holds the optional packages of every platform', () => {
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) =>
          !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
      ),
    );
    expect(missing).toEqual([]);
  });

  test('installs nothing that compiles or runs a script', () => {
    const scripted = Object.entries(lock.packages).filter(([, one]) => one.hasInstallScript === true);
    expect(scripted.map(([path]) => path)).toEqual([]);
  });
});
