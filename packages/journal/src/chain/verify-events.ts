/**
 * Checks the events of a journal against their hashes and the manifests.
 *
 * @module
 */

import { found } from './found-fault.ts';
import type { JournalHeads } from './known-heads.ts';
import { type DayManifest, parseManifest } from './manifest.ts';
import type { SqlConnection } from './sql.ts';
import type { CheckedManifests } from './verify-manifests.ts';
import { type WalkedDay, walkDay } from './walk-day.ts';

/** So many are checked without a pause. */
const eventsPerTurn = 500;

/** What was counted on the way. */
export interface EventCounts {
  days: number;
  segments: number;
  events: number;
  /** Length of all stored bytes. */
  storedBytes: number;
}

/**
 * Checks every event, day by day and segment by segment. It pauses after each page, so that others can run. Throws a found
 * fault.
 */
export function* verifyEvents(
  database: SqlConnection,
  manifests: CheckedManifests,
  heads: readonly JournalHeads[],
  counts: EventCounts,
): Generator<void, void, undefined> {
  const known = heads.flatMap((head) => head.segments).filter(({ day }) => !manifests.dropped.has(day));
  let unsealedSince = 0;
  for (let day = nextDay(database, ''); day !== undefined; day = nextDay(database, day)) {
    const manifest = manifestOf(database, day);
    if (manifest === undefined) unsealedSince = checkUnsealed(database, day, manifests, unsealedSince);
    const headsOfDay = known.filter((head) => head.day === day);
    if (manifests.dropped.has(day)) {
      if (!isEmpty(database, day)) found('event-added', 'the day was dropped, and has events', { day });
      continue;
    }
    counts.days += 1;
    const gone = manifests.dropping.get(day);
    const walk = walkDay(database, { day, manifest, heads: headsOfDay, isDropping: gone !== undefined });
    const walked = yield* countDay(walk, counts);
    if (walked.gone !== (gone ?? 0)) {
      found('event-missing', `${gone} events are recorded as gone, and there are traces of ${walked.gone}`, {
        day,
      });
    }
  }
  const missing = known.find(({ day }) => !manifests.dropping.has(day) && isEmpty(database, day));
  if (missing !== undefined) {
    found('segment-missing', 'the segment of a known head is gone', {
      day: missing.day,
      writer: missing.writer,
    });
  }
}

/** Runs through a day, with pauses. */
function* countDay(
  walk: ReturnType<typeof walkDay>,
  counts: EventCounts,
): Generator<void, WalkedDay, undefined> {
  for (let next = walk.next(); ; next = walk.next()) {
    if (next.done === true) {
      counts.segments += next.value.segments;
      yield;
      return next.value;
    }
    counts.events += 1;
    counts.storedBytes += next.value.stored?.byteLength ?? 0;
    if (counts.events % eventsPerTurn === 0) yield;
  }
}

function nextDay(database: SqlConnection, after: string): string | undefined {
  const rows = ['journal_event', 'journal_manifest'].map(
    (table) =>
      database.prepare(`SELECT min(day) AS day FROM ${table} WHERE day > ?`).get(after) as {
        day: string | null;
      },
  );
  return rows.flatMap(({ day }) => (day === null ? [] : [day])).sort()[0];
}

/** The manifest of a day as it is kept, or `undefined` when the day is not sealed. */
export function manifestOf(database: SqlConnection, day: string): DayManifest | undefined {
  const row = database.prepare('SELECT text FROM journal_manifest WHERE day = ?').get(day) as
    | { text: string }
    | null
    | undefined;
  return row === undefined || row === null ? undefined : parseManifest(row.text);
}

function isEmpty(database: SqlConnection, day: string): boolean {
  const row = database.prepare('SELECT 1 FROM journal_event WHERE day = ? LIMIT 1').get(day);
  return row === undefined || row === null;
}

/**
 * A day without a manifest is one after the last sealed one, and begins after every earlier such day did: who begins a
 * later day seals those before it. Only a clock that went back leaves two of them, and then the later day began first.
 */
function checkUnsealed(
  database: SqlConnection,
  day: string,
  manifests: CheckedManifests,
  begunAt: number,
): number {
  const last = manifests.newest?.day;
  if (last !== undefined && day < last)
    found('event-added', 'a day that was never sealed lies before a sealed one', { day });
  const { first } = database
    .prepare('SELECT min(position) AS first FROM journal_event WHERE day = ?')
    .get(day) as {
    first: number;
  };
  if (first > begunAt && begunAt > 0)
    found('day-unsealed', 'a day before it was not sealed when it began', { day });
  return first;
}
