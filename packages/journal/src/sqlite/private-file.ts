/**
 * The files of a journal belong to its owner: they hold personal data.
 *
 * Nothing here opens a file that is there already. To close any descriptor of a file takes away the locks that SQLite has
 * on it in this process (POSIX `fcntl`), and then another process deletes the log that was acknowledged.
 *
 * @module
 */
import { closeSync, openSync } from 'node:fs';
import { chmod, stat } from 'node:fs/promises';

import { JournalError } from '@egov-gateway/core';

/** Makes the file for its owner only when it is not there. @throws {JournalError} ERR_JOURNAL_OPEN */
export async function makePrivateFile(path: string, create: boolean): Promise<void> {
  try {
    await stat(path);
    return;
  } catch (error) {
    if (!isCode(error, 'ENOENT') || !create) throw openFault(error, create);
  }
  try {
    // In one go: nobody in this thread can have opened it in between.
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    // Another process was quicker.
    if (!isCode(error, 'EEXIST')) throw openFault(error, create);
  }
}

/**
 * Takes the rights of everybody but the owner from the journal and from what SQLite puts beside it. Who is not its owner
 * cannot, and leaves it to the owner.
 */
export async function closeToOthers(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  for (const name of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      const { mode } = await stat(name);
      if ((mode & 0o077) !== 0) await chmod(name, mode & 0o700);
    } catch {}
  }
}

function openFault(error: unknown, create: boolean): JournalError {
  return new JournalError(
    isCode(error, 'ENOENT') && !create
      ? 'the journal cannot be opened: there is no such file'
      : 'the journal cannot be opened: check that the folder is there and writable',
    { code: 'ERR_JOURNAL_OPEN', cause: error },
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
