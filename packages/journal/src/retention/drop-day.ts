/**
 * Takes the events of an archived day out of the database.
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
 * Deletes all events of the day with everything that was computed from them, and records that it was dropped. In a write
 * transaction: all of it happens, or nothing.
 *
 * A message of the day is gone as a whole: what it has on other days is in no index any more, stays in the chain of its
 * day, and is deleted with that. `journal_split` says which messages those are.
 */
export function dropDay(database: SqlConnection, { day, sha256 }: ArchivedDay): void {
  // Personal data: what is deleted is overwritten.
  database.exec('PRAGMA secure_delete = ON');
  try {
    for (const sql of deletions) database.prepare(sql).run(day);
    database
      .prepare('INSERT INTO journal_dropped (day, archive_sha256, manifest) VALUES (?, ?, NULL)')
      .run(day, sha256);
    database
      .prepare(
        `DELETE FROM journal_split WHERE NOT EXISTS
           (SELECT 1 FROM journal_event AS e WHERE e.local_key = journal_split.local_key)`,
      )
      .run();
    updateChecksum(database);
  } finally {
    database.exec('PRAGMA secure_delete = OFF');
  }
}

/** Messages of the day, and those that lie in a container of it. */
const keysOfDay = `SELECT d.local_key AS local_key FROM journal_event AS d WHERE d.day = ?1
  UNION SELECT p.local_key FROM journal_event AS c
    JOIN journal_event AS p INDEXED BY journal_event_container ON p.container_key = c.local_key WHERE c.day = ?1`;

const deletions: readonly string[] = [
  `INSERT INTO journal_split (local_key) SELECT k.local_key FROM (${keysOfDay}) AS k
     WHERE EXISTS (SELECT 1 FROM journal_event AS o WHERE o.local_key = k.local_key AND o.day <> ?1)
     ON CONFLICT DO NOTHING`,
  // Indexes first: they are found through the events.
  `DELETE FROM journal_message_subject WHERE (hash, created_at_ms, id) IN
     (SELECT s.hash, m.created_at_ms, m.id FROM (${keysOfDay}) AS k
        JOIN journal_event AS e ON e.local_key = k.local_key
        JOIN journal_subject AS s ON s.position = e.position
        JOIN journal_event AS f ON f.local_key = k.local_key AND f.version = 1
        JOIN journal_message AS m ON m.id = f.position)`,
  `DELETE FROM journal_message WHERE id IN
     (SELECT f.position FROM (${keysOfDay}) AS k
        JOIN journal_event AS f ON f.local_key = k.local_key AND f.version = 1)`,
  'DELETE FROM journal_subject WHERE position IN (SELECT position FROM journal_event WHERE day = ?)',
  'DELETE FROM journal_event WHERE day = ?',
];
