import { describe, expect, test } from 'vitest';

import { readArchitecture } from './architecture.ts';
import { importsOf, loadPackages, packageOf, scope, type WorkspacePackage } from './workspace.ts';

const packages = loadPackages();
const architecture = readArchitecture();
const layered = packages.filter((one) => architecture.layers.has(one.folder));

/** Modules of Node.js that touch neither files nor network nor the clock: allowed everywhere. */
const pureModules = new Set([
  'node:buffer',
  'node:crypto',
  'node:diagnostics_channel',
  'node:events',
  'node:path',
  'node:stream',
  'node:stream/promises',
  'node:url',
  'node:util',
  'node:zlib',
]);

function layerOf(folder: string): number {
  const layer = architecture.layers.get(folder);
  if (layer === undefined) throw new Error(`packages/${folder} is not in the table of docs/architecture.md`);
  return layer;
}

function workspaceDependencies(one: WorkspacePackage): string[] {
  return Object.keys(one.manifest.dependencies ?? {})
    .filter((name) => name.startsWith(scope))
    .map((name) => name.slice(scope.length));
}

describe('the table of docs/architecture.md', () => {
  test('names every package, and private ones as private', () => {
    const published = packages.filter((one) => one.isPublic).map((one) => one.folder);
    const unpublished = packages.filter((one) => !one.isPublic).map((one) => one.folder);
    expect(published.filter((folder) => !architecture.layers.has(folder))).toEqual([]);
    expect(unpublished.filter((folder) => !architecture.privatePackages.has(folder))).toEqual([]);
  });

  test('has core alone at the bottom', () => {
    expect([...architecture.layers].filter(([, layer]) => layer === 0)).toEqual([['core', 0]]);
  });
});

describe.each(layered.map((one) => [one.folder, one] as const))('packages/%s', (_folder, one) => {
  const extras = architecture.extras.get(one.folder) ?? new Set();

  test('depends only on packages of lower layers', () => {
    const wrong = workspaceDependencies(one).filter((folder) => layerOf(folder) >= layerOf(one.folder));
    expect(wrong).toEqual([]);
  });

  test('depends only on the npm packages that the table grants', () => {
    const external = Object.keys(one.manifest.dependencies ?? {}).filter((name) => !name.startsWith(scope));
    expect(external.filter((name) => !extras.has(name))).toEqual([]);
  });

  test('references in tsconfig.json exactly the packages that it depends on', () => {
    expect([...(one.references ?? [])].sort()).toEqual(workspaceDependencies(one).sort());
  });

  test('imports only what is declared, below it and granted', () => {
    const declared = new Set(Object.keys(one.manifest.dependencies ?? {}));
    const wrong: string[] = [];
    for (const path of one.sources) {
      for (const specifier of importsOf(path)) {
        if (specifier.startsWith('.')) continue;
        const isGranted = specifier.startsWith('node:')
          ? pureModules.has(specifier) || extras.has(specifier)
          : declared.has(packageOf(specifier));
        if (!isGranted) wrong.push(`${path}: ${specifier}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('stays inside its own folder with relative imports, and writes them with .ts', () => {
    const wrong: string[] = [];
    for (const path of [...one.sources, ...one.tests]) {
      for (const specifier of importsOf(path).filter((name) => name.startsWith('.'))) {
        const target = new URL(specifier, `file:///${path}`).pathname.slice(1);
        if (!target.startsWith(`packages/${one.folder}/`) || !target.endsWith('.ts')) {
          wrong.push(`${path}: ${specifier}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('declares no dependency that it does not import', () => {
    const used = new Set(one.sources.flatMap((path) => importsOf(path).map(packageOf)));
    const unused = Object.keys(one.manifest.dependencies ?? {}).filter((name) => !used.has(name));
    expect(unused).toEqual([]);
  });
});

describe('client', () => {
  test('is wired in client/preset alone: its other modules import ports only', () => {
    const client = packages.find((one) => one.folder === 'client');
    const wrong = (client?.sources ?? [])
      .filter((path) => !path.startsWith('packages/client/src/preset'))
      .flatMap((path) => importsOf(path).map((specifier) => ({ path, specifier })))
      .filter(({ specifier }) => [`${scope}wsse`, `${scope}keys`].includes(packageOf(specifier)));
    expect(wrong).toEqual([]);
  });
});

describe('private packages', () => {
  test('are imported by no published source', () => {
    const wrong = layered.flatMap((one) =>
      one.sources
        .flatMap(importsOf)
        .map(packageOf)
        .filter(
          (name) => name.startsWith(scope) && architecture.privatePackages.has(name.slice(scope.length)),
        ),
    );
    expect(wrong).toEqual([]);
  });
});
