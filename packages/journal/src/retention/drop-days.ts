/**
 * Takes the events of archived days out of the database.
 *
 * @module
 */

import { updateChecksum } from '../chain/seal.ts';
import type { SqlConnection } from '../chain/sql.ts';

/** A day whose archive is in place and was read back. */
export interface ArchivedDay {
  readonly day: string;
  /** SHA-256 of the archive file, lower-case hex. */
  readonly sha256: string;
}

/**
 * Deletes all events of these days with everything that was computed from them, and records that they were dropped. In a
 * write transaction: all of it happens, or nothing. The days must hold whole messages, see `findDroppableDays`.
 */
export function dropDays(database: SqlConnection, days: readonly ArchivedDay[]): void {
  // Personal data: what is deleted is overwritten.
  database.exec('PRAGMA secure_delete = ON');
  try {
    // Indexes first: they are found through the events.
    for (const sql of deletions) for (const { day } of days) database.prepare(sql).run(day);
    const drop = database.prepare(
      'INSERT INTO journal_dropped (day, archive_sha256, manifest) VALUES (?, ?, NULL)',
    );
    for (const { day, sha256 } of days) drop.run(day, sha256);
    updateChecksum(database);
  } finally {
    database.exec('PRAGMA secure_delete = OFF');
  }
}

const deletions: readonly string[] = [
  `DELETE FROM journal_message_subject WHERE (hash, created_at_ms, id) IN
     (SELECT s.hash, m.created_at_ms, m.id FROM journal_event AS e
        JOIN journal_subject AS s ON s.position = e.position
        JOIN journal_event AS f ON f.local_key = e.local_key AND f.version = 1
        JOIN journal_message AS m ON m.id = f.position
      WHERE e.day = ?)`,
  'DELETE FROM journal_message WHERE id IN (SELECT position FROM journal_event WHERE day = ? AND version = 1)',
  'DELETE FROM journal_subject WHERE position IN (SELECT position FROM journal_event WHERE day = ?)',
  'DELETE FROM journal_event WHERE day = ?',
];
