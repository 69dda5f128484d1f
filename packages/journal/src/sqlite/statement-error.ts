import { JournalError } from '@egov-gateway/core';

import { sqliteCode } from './sqlite-error.ts';

/** Result codes: PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB. */
const infrastructure: ReadonlySet<number> = new Set([3, 5, 6, 8, 10, 11, 13, 14, 15, 26]);

/** What SQLite says, under every driver, and what to do about it. */
const remedies: readonly (readonly [said: RegExp, remedy: string])[] = [
  [
    /^UNIQUE constraint failed/,
    'the table has a row with this key already: a handler may run again, so write INSERT … ON CONFLICT',
  ],
  [
    /^NOT NULL constraint failed/,
    'a column that needs a value got null: give one, or a DEFAULT to the column',
  ],
  [/^FOREIGN KEY constraint failed/, 'it refers to a row that is not there: write that row before it'],
  [/constraint failed|^cannot store|^datatype mismatch/, 'a value is not one that its column takes'],
  [
    /^no such table/,
    'the file of the journal has no such table: create it there, with openDatabase, before the worker starts',
  ],
  [/^no such column|has no column named/, 'its table has no such column: compare it with CREATE TABLE'],
  [/^table .* already exists/, 'the table is there already: write CREATE TABLE IF NOT EXISTS'],
  [/syntax error|^incomplete input|^unrecognized token/, 'it is no SQL that SQLite understands'],
  [
    /column index out of range|parameter|\bbind\b|values for \d+ columns/i,
    'it must have one parameter for each of its places',
  ],
];

/**
 * What a driver threw over a statement of the application. It says what to do, and nothing of what SQLite quotes: that may
 * be data.
 */
export function statementError(error: unknown): unknown {
  // The disk is full, locked or broken: that is no fault of the statement.
  if (infrastructure.has(sqliteCode(error) ?? 1)) return error;
  const said = error instanceof Error ? error.message : '';
  const remedy = remedies.find(([pattern]) => pattern.test(said))?.[1] ?? 'correct it';
  return new JournalError(
    `a statement of the application failed, and with it the whole change: ${remedy} (\`cause\` has what SQLite says)`,
    { code: 'ERR_JOURNAL_STATEMENT', cause: error },
  );
}
