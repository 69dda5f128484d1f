/**
 * Puts an archive in place: whole or not at all, and never over another one.
 *
 * @module
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, open, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

import { JournalError } from '@egov-gateway/core';

import { errorCode, fileError } from './file-error.ts';

/** A file that is in place. */
export interface WrittenFile {
  readonly path: string;
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256: string;
  readonly byteLength: number;
  /** The same file was there already. */
  readonly existed: boolean;
}

/**
 * Writes lines to `folder/name`: into a temporary file beside it, which is synced and then given its name. The same
 * content that is there already is left alone.
 *
 * @throws {JournalError} ERR_JOURNAL_ARCHIVE when a different file has that name; ERR_JOURNAL_NOT_FOUND when there is no
 *   such folder; ERR_JOURNAL_FULL, ERR_JOURNAL_READ_ONLY or ERR_JOURNAL_IO when the disk refuses. Nothing is left behind.
 */
export async function writeFileOnce(
  folder: string,
  name: string,
  lines: Iterable<string>,
): Promise<WrittenFile> {
  const path = join(folder, name);
  const temporary = join(folder, `.${name}.${randomUUID()}.tmp`);
  try {
    const written = await writeSynced(temporary, lines);
    try {
      const existed = !(await publish(temporary, path));
      if (existed && (await sha256OfFile(path)) !== written.sha256) {
        throw new JournalError(
          `a different archive is there already under the name ${name}: move it away, or export elsewhere`,
          {
            code: 'ERR_JOURNAL_ARCHIVE',
          },
        );
      }
      await syncFolder(folder);
      return { path, ...written, existed };
    } finally {
      await unlink(temporary).catch(ignore);
    }
  } catch (error) {
    throw fileError(error, 'the archive was not written');
  }
}

async function writeSynced(
  path: string,
  lines: Iterable<string>,
): Promise<Pick<WrittenFile, 'sha256' | 'byteLength'>> {
  // Archives hold personal data: nobody else reads them.
  const file = await open(path, 'wx', 0o600);
  try {
    const written = await writeLines(file, lines);
    await file.sync();
    await file.close();
    return written;
  } catch (error) {
    await file.close().catch(ignore);
    await unlink(path).catch(ignore);
    throw error;
  }
}

async function writeLines(
  file: FileHandle,
  lines: Iterable<string>,
): Promise<Pick<WrittenFile, 'sha256' | 'byteLength'>> {
  const digest = createHash('sha256');
  let byteLength = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  const flush = async (): Promise<void> => {
    const bytes = Buffer.concat(pending);
    pending = [];
    pendingBytes = 0;
    digest.update(bytes);
    byteLength += bytes.byteLength;
    await file.appendFile(bytes);
  };
  for (const line of lines) {
    const bytes = Buffer.from(`${line}\n`);
    pending.push(bytes);
    pendingBytes += bytes.byteLength;
    if (pendingBytes >= 256 * 1024) await flush();
  }
  await flush();
  return { sha256: digest.digest('hex'), byteLength };
}

/** Gives the file its name; `false` when the name is taken. A hard link, unlike a rename, never replaces a file. */
async function publish(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(errorCode(error) ?? '')) throw error;
  }
  // A file system without hard links. Between the two calls somebody else could take the name; it is the best there is.
  if (await isThere(path)) return false;
  await rename(temporary, path);
  return true;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function sha256OfFile(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  return digest.digest('hex');
}

/** Makes the name durable. Windows cannot open a folder, and keeps names durable by itself. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle;
  try {
    handle = await open(folder, 'r');
  } catch (error) {
    if (['EISDIR', 'EPERM', 'EACCES'].includes(errorCode(error) ?? '')) return;
    throw error;
  }
  try {
    await handle.sync();
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOTSUP'].includes(errorCode(error) ?? '')) throw error;
  } finally {
    await handle.close();
  }
}

function ignore(): void {}
