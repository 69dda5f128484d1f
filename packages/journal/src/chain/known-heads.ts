/**
 * Heads: the newest hashes of a journal. Kept somewhere else, they prove later that nothing before them was changed.
 *
 * @module
 */
import { newestManifest, readJournalId } from './seal.ts';
import type { SqlConnection } from './sql.ts';

/** The newest sealed day. */
export interface ManifestHead {
  readonly number: number;
  readonly day: string;
  /** Lower-case hex. */
  readonly hash: string;
}

/** A segment that is not sealed yet. */
export interface SegmentHead {
  readonly day: string;
  readonly writer: string;
  /** Number of events so far. */
  readonly count: number;
  /** Hash of the last one, lower-case hex. */
  readonly lastHash: string;
}

/** What a journal stands at. Plain data: keep it as JSON, in another place than the journal. */
export interface JournalHeads {
  readonly journalId: string;
  /** `undefined` before the first day is sealed. */
  readonly manifest?: ManifestHead | undefined;
  /** Segments of the days that are not sealed yet. */
  readonly segments: readonly SegmentHead[];
}

/** Reads the heads of a journal. */
export function readHeads(database: SqlConnection): JournalHeads {
  const newest = newestManifest(database);
  const rows = database
    .prepare(
      `SELECT s.day AS day, s.writer AS writer, s.count AS count, e.hash AS hash
       FROM (SELECT day, writer, count(*) AS count, max(position) AS last
             FROM journal_event WHERE day > ? GROUP BY day, writer) AS s
       JOIN journal_event AS e ON e.position = s.last
       ORDER BY s.day, s.writer`,
    )
    .all(newest?.day ?? '') as { day: string; writer: string; count: number; hash: Uint8Array }[];
  const segments = rows.map(({ day, writer, count, hash }) => ({
    day,
    writer,
    count: Number(count),
    lastHash: Buffer.from(hash).toString('hex'),
  }));
  const journalId = readJournalId(database);
  if (newest === undefined) return { journalId, segments };
  const { number, day, hash } = newest;
  return { journalId, manifest: { number, day, hash }, segments };
}
