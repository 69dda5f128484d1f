/** PDF files by name and by folder. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { maxPdfBytes } from '@egov-gateway/ekdo';

import { type CommandContext, UsageError } from '../command.ts';

/**
 * The files that the words name: a file is itself, a folder its PDF files, by name and without those of folders in it.
 *
 * @throws {UsageError} when there is no such file, or a folder has none
 */
export async function pdfFiles(words: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const word of words) {
    const info = await stat(word).catch((cause: unknown) => {
      throw new UsageError(`${word} cannot be read: is there such a file or folder?`, { cause });
    });
    if (!info.isDirectory()) {
      files.push(word);
      continue;
    }
    const names = (await readdir(word)).filter((name) => /\.pdf$/i.test(name)).sort();
    if (names.length === 0) throw new UsageError(`${word} has no file whose name ends in .pdf`);
    files.push(...names.map((name) => join(word, name)));
  }
  return files;
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
