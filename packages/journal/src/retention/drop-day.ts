/**
 * Takes the events of an archived day out of the database, message after message: a large day takes many transactions,
 * and others write and read in between. What is left of the day fits its hashes at any time, see `droppingTables`.
 *
 * @module
 */

import { type DroppingDay, updateChecksum } from '../chain/seal.ts';
import type { SqlConnection } from '../chain/sql.ts';
import {
  type DayPlace,
  type DropRule,
  eventsOfDay,
  heldBy,
  isSplit,
  type KeptDay,
  partsOf,
} from './droppable-day.ts';

/** A day whose archive is in place and was read back. */
export interface ArchivedDay {
  readonly day: string;
  /** SHA-256 of the archive file, lower-case hex. */
  readonly sha256: string;
}

/** What one transaction deletes at most, but for the last message of it. */
export interface SliceSize {
  readonly events: number;
  readonly bytes: number;
}

/** Some twenty milliseconds of work. */
export const sliceSize: SliceSize = { events: 120, bytes: 384 * 1024 };

/** What a transaction did. */
export interface DropSlice {
  /** Where the next one goes on; `undefined` at the end of the day. */
  readonly next: DayPlace | undefined;
  /** A message that must stay, because something happened to it since the day was judged. */
  readonly held: KeptDay | undefined;
}

/** Records that the day goes, before the first of its events does. */
export function beginDrop(database: SqlConnection, { day, sha256 }: ArchivedDay): void {
  database
    .prepare(
      `INSERT INTO journal_dropping (day, archive_sha256, events) SELECT ?1, ?2, 0
       WHERE NOT EXISTS (SELECT 1 FROM journal_dropped WHERE day = ?1) ON CONFLICT DO NOTHING`,
    )
    .run(day, sha256);
  updateChecksum(database);
}

/** A day that goes: it was begun, and not finished. */
export function droppingDay(database: SqlConnection, day: string): DroppingDay | undefined {
  const row = database
    .prepare('SELECT day, archive_sha256 AS archiveSha256, events FROM journal_dropping WHERE day = ?')
    .get(day) as DroppingDay | null | undefined;
  return row ?? undefined;
}

/**
 * Deletes some messages of a day that goes, in the write transaction of its caller.
 *
 * Each goes as a whole: what it has on other days is in no index any more, stays in the chain of its day, and is deleted
 * with that. `journal_split` says which messages those are.
 */
export function dropSlice(
  database: SqlConnection,
  day: string,
  {
    after,
    rule,
    size = sliceSize,
  }: {
    readonly after: DayPlace;
    readonly rule: DropRule;
    readonly size?: SliceSize | undefined;
  },
): DropSlice {
  // Personal data: what is deleted is overwritten.
  database.exec('PRAGMA secure_delete = ON');
  try {
    const slice = new Slice(database, day, size);
    const events = eventsOfDay(database, day, after, size.events);
    let held: KeptDay | undefined;
    let done = 0;
    for (const { localKey } of events) {
      const reason = slice.isFull() ? 'full' : slice.take(localKey, rule);
      if (reason === 'full') break;
      held ??= reason;
      done += 1;
    }
    slice.record();
    const isEnd = done === events.length && events.length < size.events;
    return { next: isEnd ? undefined : (events[done - 1] ?? after), held };
  } finally {
    database.exec('PRAGMA secure_delete = OFF');
  }
}

/** The day is gone. `false`: it is not, something of it is left. */
export function finishDrop(database: SqlConnection, { day, sha256 }: ArchivedDay): boolean {
  const left = database.prepare('SELECT 1 FROM journal_event WHERE day = ? LIMIT 1').get(day) ?? undefined;
  if (left !== undefined) return false;
  database.prepare('DELETE FROM journal_dropping WHERE day = ?').run(day);
  database
    .prepare(
      'INSERT INTO journal_dropped (day, archive_sha256, manifest) VALUES (?, ?, NULL) ON CONFLICT DO NOTHING',
    )
    .run(day, sha256);
  updateChecksum(database);
  return true;
}

/** Traces that are deleted at once. */
const tracesPerTurn = 2_000;

/** Deletes traces of days that are gone. `true`: there may be more of them. */
export function forgetTraces(database: SqlConnection): boolean {
  const rows = database
    .prepare(
      `SELECT g.position FROM journal_dropped AS d CROSS JOIN journal_gone AS g ON g.day = d.day
       LIMIT ${tracesPerTurn}`,
    )
    .all() as { readonly position: number }[];
  const positions = JSON.stringify(rows.map((row) => Number(row.position)));
  database
    .prepare('DELETE FROM journal_gone WHERE position IN (SELECT value FROM json_each(?))')
    .run(positions);
  return rows.length === tracesPerTurn;
}

/** What the indexes know of a message, by its key. First of all: it is found through the events. */
const indexDeletions: readonly string[] = [
  `DELETE FROM journal_message_subject WHERE (hash, created_at_ms, id) IN
     (SELECT s.hash, m.created_at_ms, m.id FROM journal_event AS e
        JOIN journal_subject AS s ON s.position = e.position
        JOIN journal_event AS f ON f.local_key = e.local_key AND f.version = 1
        JOIN journal_message AS m ON m.id = f.position
      WHERE e.local_key = ?)`,
  'DELETE FROM journal_message WHERE id IN (SELECT position FROM journal_event WHERE local_key = ? AND version = 1)',
];

/** Named, because the planner takes the index of the day, and walks through all of it. */
const messageOnDay = 'journal_event INDEXED BY journal_event_message WHERE local_key = ? AND day = ?';

/** The events of a message on a day, by its key and the day. */
const eventDeletions: readonly string[] = [
  `INSERT INTO journal_gone (position, day, writer, hash)
     SELECT position, day, writer, hash FROM ${messageOnDay}`,
  `DELETE FROM journal_subject WHERE position IN
     (SELECT position FROM ${messageOnDay})`,
  `DELETE FROM ${messageOnDay}`,
];

/** One transaction's work. */
class Slice {
  readonly #database: SqlConnection;
  readonly #day: string;
  readonly #size: SliceSize;
  readonly #dropped = new Set<string>();
  #events = 0;
  #bytes = 0;

  constructor(database: SqlConnection, day: string, size: SliceSize) {
    this.#database = database;
    this.#day = day;
    this.#size = size;
  }

  isFull(): boolean {
    return this.#events >= this.#size.events || this.#bytes >= this.#size.bytes;
  }

  /** Deletes a message after those that lie in it: without their container they would have no content. */
  take(localKey: string, rule: DropRule): KeptDay | 'full' | undefined {
    if (this.#dropped.has(localKey)) return undefined;
    const parts = partsOf(this.#database, localKey).filter((part) => !isSplit(this.#database, part));
    for (const one of [localKey, ...parts]) {
      const reason = heldBy(this.#database, one, rule);
      if (reason !== undefined) return { day: this.#day, reason, localKey: one };
    }
    for (const part of parts) {
      if (this.isFull()) return 'full';
      this.#drop(part);
    }
    this.#drop(localKey);
    return undefined;
  }

  /** How many events are gone: whoever remembers the index sees by it that it changed. */
  record(): void {
    if (this.#dropped.size === 0) return;
    this.#database
      .prepare('UPDATE journal_dropping SET events = events + ? WHERE day = ?')
      .run(this.#events, this.#day);
    updateChecksum(this.#database);
  }

  #drop(localKey: string): void {
    const database = this.#database;
    const { events, bytes } = database
      .prepare(`SELECT count(*) AS events, coalesce(sum(stored_length), 0) AS bytes FROM ${messageOnDay}`)
      .get(localKey, this.#day) as { readonly events: number; readonly bytes: number };
    for (const sql of indexDeletions) database.prepare(sql).run(localKey);
    for (const sql of eventDeletions) database.prepare(sql).run(localKey, this.#day);
    const left = database.prepare('SELECT 1 FROM journal_event WHERE local_key = ? LIMIT 1').get(localKey);
    database
      .prepare(
        (left ?? undefined) === undefined
          ? 'DELETE FROM journal_split WHERE local_key = ?'
          : 'INSERT INTO journal_split (local_key) VALUES (?) ON CONFLICT DO NOTHING',
      )
      .run(localKey);
    this.#dropped.add(localKey);
    this.#events += Number(events);
    this.#bytes += Number(bytes);
  }
}
