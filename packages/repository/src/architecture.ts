import { readText } from './workspace.ts';

/** The table "Layers" of docs/architecture.md, as data. */
export interface Architecture {
  /** Number of the layer, by folder name. */
  readonly layers: ReadonlyMap<string, number>;
  /** Packages that are not published and stand outside the layers. */
  readonly privatePackages: ReadonlySet<string>;
  /** What a package may use besides the packages below it: npm packages and `node:` modules with I/O. */
  readonly extras: ReadonlyMap<string, ReadonlySet<string>>;
}

const namePattern = /`([^`]+)`/g;

function names(cell: string): string[] {
  return [...cell.matchAll(namePattern)].map((match) => match[1] ?? '');
}

/**
 * Reads the table. A row is `| layer | packages | may also use |`; the last cell lists names for the whole row, or
 * `names in packages`, separated by semicolons.
 */
export function readArchitecture(): Architecture {
  const layers = new Map<string, number>();
  const privatePackages = new Set<string>();
  const extras = new Map<string, Set<string>>();
  const rows = readText('docs/architecture.md')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^(\d+|private)$/.test(cells[1] ?? ''));

  for (const [, layer = '', packages = '', mayUse = ''] of rows) {
    const folders = names(packages.replace(/\(.*?\)/g, ''));
    for (const folder of folders) {
      if (layer === 'private') privatePackages.add(folder);
      else layers.set(folder, Number(layer));
      extras.set(folder, new Set());
    }
    for (const clause of mayUse.split(';')) {
      const [what = '', where] = clause.split(' in ');
      for (const folder of where === undefined ? folders : names(where)) {
        for (const name of names(what)) extras.get(folder)?.add(name);
      }
    }
  }
  return { layers, privatePackages, extras };
}
