import { listFiles, loadPackages, readText } from './workspace.ts';

/** One TypeScript block of a document or of an `@example`. */
export interface CodeBlock {
  /** Where it stands: `README.md:42`. */
  readonly where: string;
  /** Whether the block asks to be executed: its info string is `ts run`. */
  readonly isRunnable: boolean;
  readonly code: string;
}

const fence = /^([ \t]*)```ts( run)?[ \t]*\n([\s\S]*?)^\1```[ \t]*$/gm;

function blocksOf(path: string, text: string): CodeBlock[] {
  return [...text.matchAll(fence)].map((match) => ({
    where: `${path}:${text.slice(0, match.index).split('\n').length}`,
    isRunnable: match[2] !== undefined,
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

/** Every `ts` block of the documents, and every one in the TSDoc comments of published packages. */
export function codeBlocks(): CodeBlock[] {
  const documents = listFiles('').filter((path) => path.endsWith('.md') && !path.startsWith('fixtures/'));
  const sources = loadPackages()
    .filter((one) => one.isPublic)
    .flatMap((one) => one.sources);
  return [
    ...documents.flatMap((path) => blocksOf(path, readText(path))),
    ...sources.flatMap((path) => blocksOf(path, comments(readText(path)))),
  ];
}
