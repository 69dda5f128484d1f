import { type FileHandle, open, readFile, rename } from 'node:fs/promises';

import {
  type KeptResult,
  type RowResult,
  readResults,
  resultLine,
  resultsHeader,
} from '@egov-gateway/labor-contracts/batch';

import { UsageError } from '../command.ts';

/**
 * A table of results that grows line by line, so that it says what was done even when the process is killed. What an earlier
 * run has done for good stays in it. A row that was under way gets another line when more is known; the last one counts.
 */
export class ResultsFile {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #kept: ReadonlyMap<string, KeptResult>;

  private constructor(path: string, file: FileHandle, kept: ReadonlyMap<string, KeptResult>) {
    this.#path = path;
    this.#file = file;
    this.#kept = kept;
  }

  /**
   * @param isKnown - whether the journal of this run has a call under the key: what a rehearsal has done is not done here
   * @throws {UsageError} when the file is another one, or of another journal, or cannot be written
   */
  static async open(path: string, isKnown?: (journalKey: string) => Promise<boolean>): Promise<ResultsFile> {
    try {
      const kept = readResults(await textOf(path));
      if (kept === undefined) {
        throw new UsageError(`${path} exists and is no file of results: name another one with --results`);
      }
      const done = latest(kept).filter(({ state }) => state === 'accepted');
      if (isKnown !== undefined) await assertKnown(path, done, isKnown);
      await replace(path, done);
      const byKey = new Map(done.map((one) => [nameOf(one), one]));
      return new ResultsFile(path, await open(path, 'a'), byKey);
    } catch (cause) {
      if (cause instanceof UsageError) throw cause;
      throw new UsageError(`${path} cannot be written`, { cause });
    }
  }

  /** Whether an earlier run did this for good. Agreements have the key of their contract: the journal knows those. */
  isDone(row: Pick<RowResult, 'operation' | 'key'>): boolean {
    return row.operation !== 'change' && this.#kept.has(nameOf(row));
  }

  async add(result: RowResult): Promise<void> {
    await this.#file.write(resultLine(result));
  }

  /** Puts the lines in the order of the rows, one a row. */
  async close(): Promise<void> {
    await this.#file.close();
    const lines = latest(readResults(await textOf(this.#path)) ?? []);
    await replace(
      this.#path,
      lines.toSorted((a, b) => a.row - b.row),
    );
  }
}

/** Neither to skip what was done elsewhere nor to do it twice is right: a person has to say which. */
async function assertKnown(
  path: string,
  done: readonly KeptResult[],
  isKnown: (journalKey: string) => Promise<boolean>,
): Promise<void> {
  let unknown = 0;
  for (const { journalKey } of done) if (!(await isKnown(journalKey))) unknown += 1;
  if (unknown === 0) return;
  throw new UsageError(
    `${path} says of ${unknown === 1 ? '1 row that it is' : `${unknown} rows that they are`} done, but for this service the ` +
      'journal knows nothing of them: give the journal that they were done with; after a rehearsal name another file with --results',
  );
}

const nameOf = ({ operation, key }: { readonly operation: string; readonly key: string }): string =>
  `${operation} ${key}`;

/** The last line of each row. */
function latest(lines: readonly KeptResult[]): KeptResult[] {
  return [...new Map(lines.map((one) => [`${one.row} ${nameOf(one)}`, one])).values()];
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** The old file or the new one is there at any moment, never half of one. */
async function replace(path: string, lines: readonly KeptResult[]): Promise<void> {
  const draft = `${path}.part`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${resultsHeader}${lines.map(({ line }) => line).join('')}`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
