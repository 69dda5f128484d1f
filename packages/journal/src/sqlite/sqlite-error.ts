import { JournalError, type JournalErrorCode } from '@egov-gateway/core';

/** Primary result codes of SQLite. @see SQLite, "Result and Error Codes" */
const primaryCodes: Readonly<Record<string, number>> = {
  SQLITE_PERM: 3,
  SQLITE_BUSY: 5,
  SQLITE_LOCKED: 6,
  SQLITE_READONLY: 8,
  SQLITE_IOERR: 10,
  SQLITE_CORRUPT: 11,
  SQLITE_FULL: 13,
  SQLITE_CANTOPEN: 14,
  SQLITE_PROTOCOL: 15,
  SQLITE_SCHEMA: 17,
  SQLITE_NOTADB: 26,
};

const meanings: ReadonlyMap<number, { readonly code: JournalErrorCode; readonly words: string }> = new Map([
  [3, { code: 'ERR_JOURNAL_OPEN', words: 'its file may not be opened: check the permissions' }],
  [
    5,
    {
      code: 'ERR_JOURNAL_LOCKED',
      words: 'another process holds it for longer than lockTimeoutMs: find out which',
    },
  ],
  [6, { code: 'ERR_JOURNAL_LOCKED', words: 'it is in use by another connection of this process' }],
  [8, { code: 'ERR_JOURNAL_READ_ONLY', words: 'its file may not be written: check the permissions' }],
  [10, { code: 'ERR_JOURNAL_IO', words: 'its file cannot be read or written: check disk and mount' }],
  [11, { code: 'ERR_JOURNAL_DAMAGED', words: 'its file is damaged: restore a copy' }],
  [
    13,
    { code: 'ERR_JOURNAL_FULL', words: 'there is no space left: make some, nothing of the change was kept' },
  ],
  [
    14,
    {
      code: 'ERR_JOURNAL_OPEN',
      words: 'its file cannot be opened: check that the folder is there and writable',
    },
  ],
  [15, { code: 'ERR_JOURNAL_LOCKED', words: 'the locks of its file do not work: is it on a network drive?' }],
  [26, { code: 'ERR_JOURNAL_DAMAGED', words: 'its file is no SQLite database, or is damaged' }],
]);

/** The primary result code of what a driver threw, or `undefined` when it is no error of SQLite. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { errcode, code } = error as { readonly errcode?: unknown; readonly code?: unknown };
  // node:sqlite tells the extended code as a number, the others as a name such as SQLITE_IOERR_WRITE.
  if (typeof errcode === 'number') return errcode & 0xff;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return undefined;
  const name = /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? '';
  return primaryCodes[name] ?? 1;
}

/** Whether another connection is in the way: it may be gone in a moment. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 5 || code === 15;
}

/** What a driver threw, as an error of the journal; what is no error of SQLite stays as it is. */
export function journalError(error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const meaning = meanings.get(code);
  return new JournalError(
    meaning === undefined
      ? `the journal failed with the SQLite result code ${code}`
      : `the journal cannot be used: ${meaning.words}`,
    { code: meaning?.code ?? 'ERR_JOURNAL_IO', cause: error },
  );
}
