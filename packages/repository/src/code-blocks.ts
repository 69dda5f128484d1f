import { listFiles, loadPackages, readText, type WorkspacePackage } from './workspace.ts';

/** One TypeScript block of a document or of an `@example`. */
export interface CodeBlock {
  /** Where it stands: `README.md:42`. */
  readonly where: string;
  /** Whether the block asks to be executed: its info string is `ts run`. */
  readonly isRunnable: boolean;
  /** Whether it stands in a TSDoc comment. */
  readonly isExample: boolean;
  readonly code: string;
}

const fence = /^([ \t]*)```ts( run)?[ \t]*\n([\s\S]*?)^\1```[ \t]*$/gm;

function blocksOf(path: string, text: string): CodeBlock[] {
  return [...text.matchAll(fence)].map((match) => ({
    where: `${path}:${text.slice(0, match.index).split('\n').length}`,
    isRunnable: match[2] !== undefined,
    isExample: path.endsWith('.ts'),
    code: (match[3] ?? '').replaceAll(new RegExp(`^${match[1] ?? ''}`, 'gm'), ''),
  }));
}

/** The text of TSDoc comments, its line numbers kept, everything else blank. */
function comments(source: string): string {
  let inside = false;
  return source
    .split('\n')
    .map((line) => {
      if (/^\s*\/\*\*/.test(line)) inside = true;
      const kept = inside ? line.replace(/^\s*(?:\/\*\*|\*\/|\*) ?/, '') : '';
      if (line.includes('*/')) inside = false;
      return kept;
    })
    .join('\n');
}

/** Names that the entry points of a package export, by specifier. Types are left out: an example names them itself. */
function exportsOf(one: WorkspacePackage): [string, string[]][] {
  return Object.keys(one.manifest.exports ?? {})
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => {
      const entry = subpath === '.' ? 'index' : subpath.slice(2);
      const lists = [...readText(`packages/${one.folder}/src/${entry}.ts`).matchAll(/^export \{([^}]*)\}/gm)];
      const names = lists.flatMap((list) => (list[1] ?? '').split(',').map((name) => name.trim()));
      const values = names.filter((name) => name !== '' && !name.startsWith('type '));
      return [one.manifest.name + subpath.slice(1), values.map((name) => name.replace(/^.* as /, ''))];
    });
}

/** The block with imports of what its own package exports: an `@example` need not repeat where it stands. */
function withOwnImports(block: CodeBlock, entries: readonly [string, string[]][]): CodeBlock {
  const imports = entries.flatMap(([specifier, names]) => {
    const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(block.code));
    const isImported = block.code.includes(`'${specifier}'`);
    return used.length > 0 && !isImported ? [`import { ${used.join(', ')} } from '${specifier}';`] : [];
  });
  return { ...block, code: [...imports, block.code].join(' ') };
}

/** Every `ts` block of the documents, and every one in the TSDoc comments of published packages. */
export function codeBlocks(): CodeBlock[] {
  const documents = listFiles('').filter(
    (path) => /(?<!\.api)\.md$/.test(path) && !path.startsWith('fixtures/'),
  );
  const published = loadPackages().filter((one) => one.isPublic);
  return [
    ...documents.flatMap((path) => blocksOf(path, readText(path))),
    ...published.flatMap((one) => {
      const entries = exportsOf(one);
      return one.sources
        .flatMap((path) => blocksOf(path, comments(readText(path))))
        .map((block) => withOwnImports(block, entries));
    }),
  ];
}
