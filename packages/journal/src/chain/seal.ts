/**
 * Seals days, inside of a transaction of the store.
 *
 * @module
 */
import { JournalError } from '@egov-gateway/core';

import { encodeFields } from './field-encoding.ts';
import {
  type DayManifest,
  type DroppedDay,
  manifestGenesis,
  manifestText,
  type SegmentSummary,
  sealManifest,
} from './manifest.ts';
import { sha256 } from './segment.ts';
import type { SqlConnection } from './sql.ts';

/** A day some of whose events are gone already. */
export interface DroppingDay extends DroppedDay {
  /** How many. */
  readonly events: number;
}

/** Writes the first row of the integrity tables. Once, in the transaction that makes the schema. */
export function createHead(database: SqlConnection, journalId: string): void {
  database
    .prepare('INSERT INTO journal_head (id, journal_id, checksum) VALUES (1, ?, ?)')
    .run(journalId, headChecksum({ journalId, newest: undefined, dropped: [], split: [], dropping: [] }));
}

/** The newest sealed day, or `undefined`. To be read in the transaction that writes: another process may have sealed. */
export function lastSealedDay(database: SqlConnection): string | undefined {
  const row = database.prepare('SELECT max(day) AS day FROM journal_manifest').get() as {
    day: string | null;
  };
  return row.day ?? undefined;
}

/**
 * Seals every day with events that is before `day` and not sealed yet, the oldest first. Call it in a write transaction
 * before the first event of a day, and on demand; it does nothing when there is nothing to seal.
 */
export function sealDaysBefore(
  database: SqlConnection,
  day: string,
  sealedAtMs: number,
): readonly DayManifest[] {
  const days = database
    .prepare('SELECT DISTINCT day FROM journal_event WHERE day > ? AND day < ? ORDER BY day')
    .all(lastSealedDay(database) ?? '', day) as { day: string }[];
  const sealed: DayManifest[] = [];
  for (const one of days) sealed.push(sealDay(database, one.day, sealedAtMs));
  if (sealed.length > 0) updateChecksum(database);
  return sealed;
}

function sealDay(database: SqlConnection, day: string, sealedAtMs: number): DayManifest {
  const previous = newestManifest(database);
  const journalId = readJournalId(database);
  const manifest = sealManifest({
    journalId,
    number: (previous?.number ?? 0) + 1,
    day,
    sealedAtMs,
    segments: summarizeSegments(database, day),
    dropped: pendingDrops(database),
    previousHash: previous?.hash ?? manifestGenesis(journalId),
  });
  database
    .prepare('INSERT INTO journal_manifest (number, day, hash, text) VALUES (?, ?, ?, ?)')
    .run(manifest.number, day, manifest.hash, manifestText(manifest));
  database.prepare('UPDATE journal_dropped SET manifest = ? WHERE manifest IS NULL').run(manifest.number);
  return manifest;
}

/** Segments of a day as they lie in the database, sorted by writer. */
export function summarizeSegments(database: SqlConnection, day: string): readonly SegmentSummary[] {
  const rows = database
    .prepare(
      `SELECT s.writer AS writer, s.count AS count, f.hash AS first, l.hash AS last
       FROM (SELECT writer, count(*) AS count, min(position) AS first, max(position) AS last
             FROM journal_event WHERE day = ? GROUP BY writer) AS s
       JOIN journal_event AS f ON f.position = s.first
       JOIN journal_event AS l ON l.position = s.last
       ORDER BY s.writer`,
    )
    .all(day) as { writer: string; count: number; first: Uint8Array; last: Uint8Array }[];
  return rows.map(({ writer, count, first, last }) => ({
    writer,
    count: Number(count),
    firstHash: Buffer.from(first).toString('hex'),
    lastHash: Buffer.from(last).toString('hex'),
  }));
}

/** Recomputes the checksum of `journal_head`. After every change of manifests or of days that go, in its transaction. */
export function updateChecksum(database: SqlConnection): void {
  database.prepare('UPDATE journal_head SET checksum = ? WHERE id = 1').run(checksumOf(database));
}

/** The checksum that `journal_head` must have. */
export function checksumOf(database: SqlConnection): string {
  const dropped = database
    .prepare('SELECT day, archive_sha256 AS archiveSha256, manifest FROM journal_dropped ORDER BY day')
    .all() as (DroppedDay & { manifest: number | null })[];
  const split = database
    .prepare('SELECT local_key AS localKey FROM journal_split ORDER BY local_key')
    .all() as {
    localKey: string;
  }[];
  const dropping = database
    .prepare('SELECT day, archive_sha256 AS archiveSha256, events FROM journal_dropping ORDER BY day')
    .all() as DroppingDay[];
  const journalId = readJournalId(database);
  return headChecksum({ journalId, newest: newestManifest(database), dropped, split, dropping });
}

function headChecksum(head: {
  readonly journalId: string;
  readonly newest: { readonly number: number; readonly hash: string } | undefined;
  readonly dropped: readonly (DroppedDay & { readonly manifest: number | null })[];
  readonly split: readonly { readonly localKey: string }[];
  readonly dropping: readonly DroppingDay[];
}): string {
  const encoding = encodeFields('egw-journal-head/1', [
    ['journal', head.journalId],
    ['manifests', head.newest?.number],
    ['hash', head.newest?.hash],
    ...head.dropped.flatMap(
      ({ day, archiveSha256, manifest }) =>
        [
          ['droppedDay', day],
          ['droppedArchive', archiveSha256],
          ['droppedIn', manifest ?? undefined],
        ] as const,
    ),
    ...head.split.map(({ localKey }) => ['splitMessage', localKey] as const),
    ...head.dropping.flatMap(
      ({ day, archiveSha256, events }) =>
        [
          ['droppingDay', day],
          ['droppingArchive', archiveSha256],
          ['droppingEvents', Number(events)],
        ] as const,
    ),
  ]);
  return Buffer.from(sha256(encoding)).toString('hex');
}

/** The identity of the journal. @throws {JournalError} ERR_JOURNAL_DAMAGED when its row is gone */
export function readJournalId(database: SqlConnection): string {
  const row = database.prepare('SELECT journal_id AS journalId FROM journal_head WHERE id = 1').get() as
    | { journalId: string }
    | undefined;
  if (row === undefined) {
    throw new JournalError('the database is damaged: the journal has lost its identity; restore a copy', {
      code: 'ERR_JOURNAL_DAMAGED',
    });
  }
  return row.journalId;
}

/** Number and hash of the newest manifest, or `undefined` before the first. Not checked: a fault must not stop the writers. */
export function newestManifest(
  database: SqlConnection,
): { readonly number: number; readonly hash: string; readonly day: string } | undefined {
  return database
    .prepare('SELECT number, hash, day FROM journal_manifest ORDER BY number DESC LIMIT 1')
    .get() as { number: number; hash: string; day: string } | undefined;
}

function pendingDrops(database: SqlConnection): readonly DroppedDay[] {
  return database
    .prepare(
      'SELECT day, archive_sha256 AS archiveSha256 FROM journal_dropped WHERE manifest IS NULL ORDER BY day',
    )
    .all() as DroppedDay[];
}
