/**
 * Checks the events of a journal against their hashes and the manifests.
 *
 * @module
 */

import { EventContent, hashOf } from './event-content.ts';
import { chainedEvent, type EventRow, eventColumns } from './event-row.ts';
import { found } from './found-fault.ts';
import type { JournalHeads, SegmentHead } from './known-heads.ts';
import { type DayManifest, parseManifest } from './manifest.ts';
import { segmentGenesis } from './segment.ts';
import type { SqlConnection } from './sql.ts';
import type { CheckedManifests } from './verify-manifests.ts';

/** Events in memory at once, besides the bytes of one of them. */
const pageSize = 500;

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
    yield* verifyDay(database, { day, manifest, heads: headsOfDay }, counts);
  }
  const missing = known.find(({ day }) => isEmpty(database, day));
  if (missing !== undefined) {
    found('segment-missing', 'the segment of a known head is gone', {
      day: missing.day,
      writer: missing.writer,
    });
  }
}

interface DayToVerify {
  readonly day: string;
  /** `undefined` when the day is not sealed. */
  readonly manifest: DayManifest | undefined;
  readonly heads: readonly SegmentHead[];
}

function* verifyDay(
  database: SqlConnection,
  { day, manifest, heads }: DayToVerify,
  counts: EventCounts,
): Generator<void, void, undefined> {
  const page = database.prepare(
    `SELECT ${eventColumns} FROM journal_event
     WHERE day = ?1 AND (writer, position) > (?2, ?3) ORDER BY writer, position LIMIT ${pageSize}`,
  );
  const content = new EventContent(database);
  const expected = (manifest?.segments ?? []).map((segment) => segment.writer);
  const writers = new Set<string>();
  let segment: SegmentCheck | undefined;
  let rows: EventRow[];
  do {
    const last = segment as SegmentCheck | undefined;
    rows = page.all(day, last?.writer ?? '', last?.position ?? 0) as EventRow[];
    for (const row of rows) {
      if (segment?.writer !== row.writer) {
        segment?.close();
        if (manifest !== undefined) checkOrder(day, row.writer, expected[writers.size], expected);
        segment = new SegmentCheck(day, row.writer, manifest, heads);
        writers.add(row.writer);
      }
      counts.storedBytes += segment.take(row, content);
      counts.events += 1;
    }
    yield;
  } while (rows.length === pageSize);
  segment?.close();
  counts.segments += writers.size;
  const missing = [...expected, ...heads.map((head) => head.writer)].find((writer) => !writers.has(writer));
  if (missing !== undefined) found('segment-missing', 'the segment is gone', { day, writer: missing });
}

/** Both are sorted by writer, so that the next segment must be the next of the manifest. */
function checkOrder(
  day: string,
  writer: string,
  next: string | undefined,
  expected: readonly string[],
): void {
  if (writer === next) return;
  if (!expected.includes(writer))
    found('segment-added', 'the day was sealed without this segment', { day, writer });
  found('segment-missing', 'the segment is gone', { day, writer: next });
}

/** One segment, event after event. */
class SegmentCheck {
  readonly writer: string;
  position = 0;
  readonly #day: string;
  readonly #sealed: DayManifest['segments'][number] | undefined;
  readonly #heads: readonly SegmentHead[];
  #previous: Uint8Array;
  #count = 0;

  constructor(day: string, writer: string, manifest: DayManifest | undefined, heads: readonly SegmentHead[]) {
    this.writer = writer;
    this.#day = day;
    this.#sealed = manifest?.segments.find((segment) => segment.writer === writer);
    this.#heads = heads.filter((head) => head.writer === writer);
    this.#previous = segmentGenesis({ day, writer });
  }

  /** Checks the next event. Returns the length of its stored bytes. */
  take(row: EventRow, content: EventContent): number {
    this.#count += 1;
    this.position = row.position;
    const place = { ...this.#place(), event: this.#count, localKey: row.local_key, version: row.version };
    const sealed = this.#sealed;
    if (sealed !== undefined && this.#count > sealed.count) {
      found('event-added', `the day was sealed with ${sealed.count} events in this segment`, place);
    }
    const event = chainedEvent(row, content.subjects(row.position));
    const hash = hashOf(this.#previous, event);
    const written = Buffer.from(row.hash).toString('hex');
    if (hash !== written) {
      found(
        'event-changed',
        'it does not follow from the one before it: one was changed, moved or taken away',
        place,
      );
    }
    this.#compareHeads(hash, place);
    const length = content.checkBytes(row, place);
    this.#previous = row.hash;
    return length;
  }

  /** After the last event. */
  close(): void {
    const count = this.#sealed?.count ?? 0;
    if (count > this.#count) {
      found(
        'event-missing',
        `the day was sealed with ${count} events in this segment, and there are ${this.#count}`,
        {
          ...this.#place(),
          event: this.#count + 1,
        },
      );
    }
    const ahead = this.#heads.find((head) => head.count > this.#count);
    if (ahead !== undefined) {
      found(
        'event-missing',
        `a known head counts ${ahead.count} events in this segment, and there are ${this.#count}`,
        {
          ...this.#place(),
          event: this.#count + 1,
        },
      );
    }
  }

  #compareHeads(hash: string, place: Parameters<typeof found>[2]): void {
    const sealed = this.#sealed;
    if (sealed !== undefined && this.#count === 1 && hash !== sealed.firstHash) {
      found('event-changed', 'the first event is not the one that was sealed', place);
    }
    if (sealed !== undefined && this.#count === sealed.count && hash !== sealed.lastHash) {
      found('event-changed', 'the last event is not the one that was sealed', place);
    }
    if (this.#heads.some((head) => head.count === this.#count && head.lastHash !== hash)) {
      found('event-changed', 'the event is not the one that a known head is of', place);
    }
  }

  #place(): { readonly day: string; readonly writer: string } {
    return { day: this.#day, writer: this.writer };
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

function manifestOf(database: SqlConnection, day: string): DayManifest | undefined {
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
