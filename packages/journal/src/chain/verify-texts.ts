/**
 * Checks that every text in the tables is UTF-8. A driver would show damaged text as something else, or, as libsql does,
 * end the whole process over it; so this is asked for octets, before anything else is read.
 *
 * @module
 */
import { isUtf8 } from 'node:buffer';

import { eventColumns } from './event-row.ts';
import { found } from './found-fault.ts';
import type { SqlConnection } from './sql.ts';

/** Rows in memory at once. */
const pageSize = 1000;

const texts: readonly (readonly [table: string, columns: readonly string[]])[] = [
  ['journal_head', ['journal_id', 'checksum']],
  ['journal_manifest', ['day', 'hash', 'text']],
  ['journal_dropped', ['day', 'archive_sha256']],
  ['journal_split', ['local_key']],
  ['journal_dropping', ['day', 'archive_sha256']],
  ['journal_gone', ['day', 'writer']],
  ['journal_event', eventColumns.split(', ').filter((column) => !isOtherType(column))],
  [
    'journal_message',
    [
      'local_key',
      'direction',
      'channel',
      'service_id',
      'message_type',
      'message_id',
      'correlation_id',
      'reference',
    ],
  ],
  ['journal_message', ['state', 'delivery_state', 'code']],
];

/** Pauses after each page. Throws a found fault. */
export function* verifyTexts(database: SqlConnection): Generator<void, void, undefined> {
  for (const [table, columns] of texts) {
    const page = database.prepare(
      `SELECT rowid AS row, ${octetsOf(columns)} AS octets FROM ${table}
       WHERE rowid > ? ORDER BY rowid LIMIT ${pageSize}`,
    );
    let rows: { readonly row: number; readonly octets: Uint8Array }[] = [];
    let last = Number.MIN_SAFE_INTEGER;
    do {
      rows = page.all(last) as typeof rows;
      for (const { row, octets } of rows) check(table, octets, row);
      last = rows.at(-1)?.row ?? last;
      yield;
    } while (rows.length === pageSize);
  }
  // A table without row numbers.
  const queue = database.prepare(
    `SELECT ${octetsOf(['queue', 'local_key', 'service_id'])} AS octets FROM journal_queue LIMIT ${pageSize} OFFSET ?`,
  );
  for (let offset = 0; ; offset += pageSize) {
    const rows = queue.all(offset) as { readonly octets: Uint8Array }[];
    for (const { octets } of rows) check('journal_queue', octets);
    yield;
    if (rows.length < pageSize) break;
  }
}

function check(table: string, octets: Uint8Array, row?: number): void {
  if (isUtf8(octets)) return;
  const place = row === undefined ? table : `row ${row} of ${table}`;
  found('database', `the file is damaged: ${place} holds text that is not UTF-8`);
}

/** The texts of a row one after the other, with something between them that is whole by itself. */
function octetsOf(columns: readonly string[]): string {
  return `CAST(${columns.map((column) => `coalesce(${column}, '')`).join(` || '|' || `)} AS BLOB)`;
}

function isOtherType(column: string): boolean {
  return /^(?:position|version|attempt|container_part|hash|stored_.*|.*_ms)$/.test(column);
}
