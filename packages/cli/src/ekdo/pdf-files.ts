/** PDF files by name and by folder. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { maxPdfBytes } from '@egov-gateway/ekdo';

import type { CommandContext } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { unusableFile } from '../usage-words.ts';

/** The files that were named. */
export interface NamedFiles {
  readonly files: readonly string[];
  /** How many `._NAME.pdf` of folders are not among them: macOS puts them beside files, and they are no documents. */
  readonly leftOut: number;
}

/**
 * The files that the words name: a file is itself, a folder its PDF files, by name and without those of folders in it.
 *
 * @throws {UsageError} when there is no such file, or a folder has none
 */
export async function pdfFiles(words: readonly string[]): Promise<NamedFiles> {
  const files: string[] = [];
  let leftOut = 0;
  for (const word of words) {
    const info = await stat(word).catch((cause: unknown) => {
      throw new UsageError(unusableFile(word, 'read', cause), { cause });
    });
    if (!info.isDirectory()) {
      files.push(word);
      continue;
    }
    const entries = await readdir(word, { withFileTypes: true });
    const names = entries
      .filter((entry) => !entry.isDirectory() && /\.pdf$/i.test(entry.name))
      .map(({ name }) => name)
      .sort();
    const documents = names.filter((name) => !name.startsWith('._'));
    if (documents.length === 0) {
      throw new UsageError({
        ru: `${word}: нет файлов, имя которых кончается на .pdf`,
        kk: `${word}: аты .pdf деп аяқталатын файл жоқ`,
        en: `${word} has no file whose name ends in .pdf`,
      });
    }
    leftOut += names.length - documents.length;
    files.push(...documents.map((name) => join(word, name)));
  }
  return { files, leftOut };
}

/**
 * The path as the file lies there: a table is written with letters of one character (NFC), while what comes from macOS has
 * them as two. A path that nothing stands under stays as it is.
 */
export async function storedPath(path: string): Promise<string> {
  if ((await stat(path).catch(() => undefined)) !== undefined) return path;
  const folder = dirname(path);
  const wanted = basename(path).normalize('NFC');
  const names = await readdir(folder).catch(() => []);
  const alike = names.filter((name) => name.normalize('NFC') === wanted);
  return alike.length === 1 ? join(folder, alike[0] as string) : path;
}

/** A file with its size. */
export interface PdfBytes {
  readonly byteLength: number;
  /** `undefined` when the file is larger than the portal takes: then nobody has to read it. */
  readonly bytes: Uint8Array | undefined;
}

/** The bytes of a file. @throws {UsageError} when it cannot be read */
export async function readPdf(path: string, { console }: CommandContext): Promise<PdfBytes> {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined || info.size <= maxPdfBytes) {
    const bytes = await console.read(path);
    return { byteLength: bytes.byteLength, bytes };
  }
  return { byteLength: info.size, bytes: undefined };
}
