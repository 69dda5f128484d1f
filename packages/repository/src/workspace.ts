import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

/** The root of the repository. */
export const rootUrl: URL = new URL('../../../', import.meta.url);
export const rootPath: string = fileURLToPath(rootUrl);

export const scope = '@egov-gateway/';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly sideEffects?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly repository?: { readonly type: string; readonly url: string; readonly directory: string };
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** One folder below `packages/`. */
export interface WorkspacePackage {
  /** Name of the folder. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly isPublic: boolean;
  /** Sources that are published, relative to the repository. */
  readonly sources: readonly string[];
  /** Tests, relative to the repository. */
  readonly tests: readonly string[];
  /** Folder names of the packages that `tsconfig.json` references; `null` when there is no such file. */
  readonly references: readonly string[] | null;
}

/** Text of a file of the repository. */
export function readText(path: string): string {
  return readFileSync(new URL(path, rootUrl), 'utf8');
}

export function exists(path: string): boolean {
  return existsSync(new URL(path, rootUrl));
}

export function readManifest(path: string): Manifest {
  return JSON.parse(readText(path)) as Manifest;
}

const skippedFolders = new Set(['node_modules', 'dist', '.git', 'coverage', 'temp', 'bench-results']);

/** Every file below a folder of the repository, generated ones left out. */
export function listFiles(folder: string): string[] {
  const files: string[] = [];
  const pending = [folder];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    for (const entry of readdirSync(new URL(`./${current}`, rootUrl), { withFileTypes: true })) {
      const path = `${current}${entry.name}`;
      if (entry.isDirectory()) {
        if (!skippedFolders.has(entry.name)) pending.push(`${path}/`);
      } else if (entry.isFile() && !entry.name.endsWith('.tsbuildinfo')) {
        files.push(path);
      }
    }
  }
  return files.sort();
}

/** The packages, by folder name. */
export function loadPackages(): WorkspacePackage[] {
  return readdirSync(new URL('packages/', rootUrl))
    .filter((folder) => exists(`packages/${folder}/package.json`))
    .sort()
    .map((folder) => {
      const manifest = readManifest(`packages/${folder}/package.json`);
      const sources = exists(`packages/${folder}/src`)
        ? listFiles(`packages/${folder}/src/`).filter((path) => path.endsWith('.ts'))
        : [];
      const isTest = (path: string): boolean => /\.test(-d)?\.ts$/.test(path);
      return {
        folder,
        manifest,
        isPublic: manifest.private !== true,
        sources: sources.filter((path) => !isTest(path)),
        tests: sources.filter(isTest),
        references: readReferences(`packages/${folder}/tsconfig.json`),
      };
    });
}

function readReferences(path: string): string[] | null {
  if (!exists(path)) return null;
  const config = JSON.parse(readText(path)) as { references?: readonly { path: string }[] };
  return (config.references ?? []).map((reference) => reference.path.replace(/^\.\.\//, ''));
}

/** Module specifiers of every import of a file, dynamic and type-only ones included. */
export function importsOf(path: string): string[] {
  return ts.preProcessFile(readText(path), true, true).importedFiles.map((file) => file.fileName);
}

/** The package that a bare specifier names: `@scope/name` or `name`, without a subpath. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}
