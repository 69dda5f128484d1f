import { type FileHandle, open, readFile, rename } from 'node:fs/promises';

import { UsageError } from './usage-error.ts';
import { unusableFile } from './usage-words.ts';

/** A line of an earlier run. */
export interface KeptLine {
  readonly row: number;
  /** What the row is about, the same in every run. */
  readonly name: string;
  /** Whether it was done for good, so that it stays. */
  readonly isDone: boolean;
  /** Whether a run that sends came to it, and not a mere check: a dry run puts nothing in its place. */
  readonly isOfSending: boolean;
  /** Key of its call in the journal, when the table has a column for it. */
  readonly journalKey?: string | undefined;
  /** With its line end. */
  readonly line: string;
}

/** What a table of results looks like. */
export interface ResultsFormat {
  /** First line, with its line end. */
  readonly header: string;
  /** The whole lines of a text that may end in the middle of one; `undefined` when it is another file. */
  read(text: string): readonly KeptLine[] | undefined;
}

/**
 * A table of results that grows line by line, so that it says what was done even when the process is killed. What an earlier
 * run has done for good stays in it. A row that was under way gets another line when more is known; the last one counts.
 */
export class ResultsFile {
  readonly #path: string;
  readonly #format: ResultsFormat;
  readonly #file: FileHandle;
  readonly #done: ReadonlySet<string>;

  private constructor(path: string, format: ResultsFormat, file: FileHandle, done: ReadonlySet<string>) {
    this.#path = path;
    this.#format = format;
    this.#file = file;
    this.#done = done;
  }

  /**
   * @param isKnown - whether the journal of this run has a call under the key: what a rehearsal has done is not done here.
   *   Default: a dry run, which must not put its findings in the place of what was sent
   * @throws {UsageError} when the file is another one, or of another journal, or cannot be written
   */
  static async open(
    path: string,
    format: ResultsFormat,
    isKnown?: (journalKey: string) => Promise<boolean>,
  ): Promise<ResultsFile> {
    try {
      const kept = format.read(await textOf(path));
      if (kept === undefined) {
        throw new UsageError({
          ru: `${path} уже есть, и это не файл результатов: назовите другой в --results`,
          kk: `${path} бар, бірақ ол нәтижелер файлы емес: --results параметрінде басқасын атаңыз`,
          en: `${path} exists and is no file of results: name another one with --results`,
        });
      }
      const done = latest(kept).filter(({ isDone }) => isDone);
      if (isKnown === undefined) assertRehearsed(path, kept);
      else await assertKnown(path, done, isKnown);
      await replace(path, format, done);
      return new ResultsFile(path, format, await open(path, 'a'), new Set(done.map(({ name }) => name)));
    } catch (cause) {
      if (cause instanceof UsageError) throw cause;
      throw new UsageError(unusableFile(path, 'write', cause), { cause });
    }
  }

  /** Whether an earlier run did this for good. */
  isDone(name: string): boolean {
    return this.#done.has(name);
  }

  async add(line: string): Promise<void> {
    await this.#file.write(line);
  }

  /** Puts the lines in the order of the rows, one a row; on a full disk they stay as they were added. */
  async close(): Promise<void> {
    await this.#file.close();
    try {
      const lines = latest(this.#format.read(await textOf(this.#path)) ?? []);
      await replace(
        this.#path,
        this.#format,
        lines.toSorted((a, b) => a.row - b.row),
      );
    } catch {
      // Every line is in the file already. What went wrong with the batch must not be hidden by this.
    }
  }
}

/** What was sent, and what is in doubt, is looked up in this file. */
function assertRehearsed(path: string, kept: readonly KeptLine[]): void {
  if (!kept.some(({ isOfSending }) => isOfSending)) return;
  throw new UsageError({
    ru: `в ${path} результаты отправки: для проверки с --dry-run назовите другой файл в --results`,
    kk: `${path} файлында жіберу нәтижелері бар: --dry-run тексеруі үшін --results параметрінде басқа файлды атаңыз`,
    en: `${path} has the results of sending: a dry run needs another file with --results`,
  });
}

/** Neither to skip what was done elsewhere nor to do it twice is right: a person has to say which. */
async function assertKnown(
  path: string,
  done: readonly KeptLine[],
  isKnown: (journalKey: string) => Promise<boolean>,
): Promise<void> {
  let unknown = 0;
  for (const { journalKey } of done)
    if (journalKey !== undefined && !(await isKnown(journalKey))) unknown += 1;
  if (unknown === 0) return;
  throw new UsageError({
    ru: `по файлу ${path} сделано строк: ${unknown}, но журнал для этого сервиса о них не знает: дайте тот журнал, с которым они сделаны; после репетиции назовите другой файл в --results`,
    kk: `${path} файлы бойынша ${unknown} жол жасалған, бірақ журнал бұл сервис үшін оларды білмейді: олар жасалған журналды беріңіз; жаттығудан кейін --results параметрінде басқа файлды атаңыз`,
    en: `${path} says of ${unknown === 1 ? '1 row that it is' : `${unknown} rows that they are`} done, but for this service the journal knows nothing of them: give the journal that they were done with; after a rehearsal name another file with --results`,
  });
}

/** The last line of each row. */
function latest(lines: readonly KeptLine[]): KeptLine[] {
  return [...new Map(lines.map((one) => [`${one.row} ${one.name}`, one])).values()];
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
async function replace(path: string, { header }: ResultsFormat, lines: readonly KeptLine[]): Promise<void> {
  const draft = `${path}.part`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${header}${lines.map(({ line }) => line).join('')}`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
