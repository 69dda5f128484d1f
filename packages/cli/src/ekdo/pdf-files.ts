/** PDF files by name and by folder. */
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { type CommandContext, UsageError } from '../command.ts';

/** A file that is larger is not read: no portal takes it, and what it is does not matter any more. */
export const maxReadBytes: number = 64 * 1024 * 1024;

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

/** The bytes of a file, `undefined` when it is larger than {@link maxReadBytes}. */
export async function readPdf(path: string, { console }: CommandContext): Promise<Uint8Array | undefined> {
  const size = await sizeOf(path);
  return size > maxReadBytes ? undefined : console.read(path);
}

async function sizeOf(path: string): Promise<number> {
  try {
    const file = await open(path, 'r');
    try {
      return (await file.stat()).size;
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new UsageError(`${path} cannot be read`, { cause });
  }
}
