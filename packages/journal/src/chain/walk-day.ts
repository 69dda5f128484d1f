/**
 * Reads a day of events and checks them on the way.
 *
 * @module
 */
import { EventContent, hashOf } from './event-content.ts';
import type { ChainedEvent } from './event-encoding.ts';
import { chainedEvent, type EventRow, eventColumns } from './event-row.ts';
import { found } from './found-fault.ts';
import type { SegmentHead } from './known-heads.ts';
import type { DayManifest } from './manifest.ts';
import { type SegmentId, segmentGenesis } from './segment.ts';
import type { SqlConnection } from './sql.ts';

/** Events in memory at once, besides the bytes of one of them. */
const pageSize = 500;

/** What a day must be. */
export interface DayToWalk {
  readonly day: string;
  /** `undefined` when the day is not sealed. */
  readonly manifest: DayManifest | undefined;
  readonly heads: readonly SegmentHead[];
  /** Some of its events may be gone, and left a trace. Default: false. */
  readonly isDropping?: boolean | undefined;
}

/** What was counted in a day. */
export interface WalkedDay {
  readonly segments: number;
  /** Events that are gone. */
  readonly gone: number;
}

/** An event that fits the events before it. */
export interface WalkedEvent {
  readonly row: EventRow;
  readonly event: ChainedEvent;
  /** The stored bytes. */
  readonly stored: Uint8Array | undefined;
}

/**
 * The events of a day, segment after segment in the order of their chains, each checked when it is given. What is missing
 * at the end shows when the generator is run to its end. Throws a found fault.
 */
export function* walkDay(
  database: SqlConnection,
  { day, manifest, heads, isDropping = false }: DayToWalk,
): Generator<WalkedEvent, WalkedDay, undefined> {
  const content = new EventContent(database);
  const expected = (manifest?.segments ?? []).map((segment) => segment.writer);
  const writers = new Set<string>();
  const follow = (writer: string): string | undefined => {
    const next = nextWriter(database, 'journal_event', day, writer);
    const gone = isDropping ? nextWriter(database, 'journal_gone', day, writer) : undefined;
    return next === undefined || (gone !== undefined && gone < next) ? gone : next;
  };
  let gone = 0;
  for (let writer = follow(''); writer !== undefined; ) {
    if (manifest !== undefined) checkOrder(day, writer, expected[writers.size], expected);
    writers.add(writer);
    const segment = new SegmentCheck(day, writer, manifest, heads);
    const traces = isDropping ? goneRows(database, { day, writer }) : [][Symbol.iterator]();
    let trace = traces.next();
    const skipUntil = (position: number): void => {
      for (; trace.done !== true && trace.value.position <= position; trace = traces.next()) {
        segment.skip(trace.value);
        gone += 1;
      }
    };
    for (const row of segmentRows(database, { day, writer })) {
      skipUntil(row.position);
      yield segment.take(row, content);
    }
    skipUntil(Number.MAX_SAFE_INTEGER);
    segment.close();
    writer = follow(writer);
  }
  const missing = [...expected, ...heads.map((head) => head.writer)].find((writer) => !writers.has(writer));
  if (missing !== undefined) found('segment-missing', 'the segment is gone', { day, writer: missing });
  return { segments: writers.size, gone };
}

/** Rows of a segment in the order of its chain. */
function segmentRows(database: SqlConnection, segment: SegmentId): Generator<EventRow, void, undefined> {
  return rowsByPosition<EventRow>(database, segment, `${eventColumns} FROM journal_event`);
}

/** The trace of an event that is gone. */
interface GoneRow {
  readonly position: number;
  readonly hash: Uint8Array;
}

function goneRows(database: SqlConnection, segment: SegmentId): Generator<GoneRow, void, undefined> {
  return rowsByPosition<GoneRow>(database, segment, 'position, hash FROM journal_gone');
}

function* rowsByPosition<Row extends { readonly position: number }>(
  database: SqlConnection,
  { day, writer }: SegmentId,
  columns: string,
): Generator<Row, void, undefined> {
  // Not one query over all segments: SQLite would begin each page at the begin of the segment.
  const page = database.prepare(
    `SELECT ${columns} WHERE day = ? AND writer = ? AND position > ? ORDER BY position LIMIT ${pageSize}`,
  );
  let position = Number.MIN_SAFE_INTEGER;
  let rows: Row[];
  do {
    rows = page.all(day, writer, position) as Row[];
    yield* rows;
    position = rows.at(-1)?.position ?? position;
  } while (rows.length === pageSize);
}

/** The segment of a day that comes after another one, in the order of writers. */
export function nextWriter(
  database: SqlConnection,
  table: 'journal_event' | 'journal_gone',
  day: string,
  after: string,
): string | undefined {
  const { writer } = database
    .prepare(`SELECT min(writer) AS writer FROM ${table} WHERE day = ? AND writer > ?`)
    .get(day, after) as { writer: string | null };
  return writer ?? undefined;
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

  take(row: EventRow, content: EventContent): WalkedEvent {
    this.#count += 1;
    const place = { ...this.#place(), event: this.#count, localKey: row.local_key, version: row.version };
    this.#checkCount(place);
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
    const stored = content.checkedBytes(row, place);
    this.#previous = row.hash;
    return { row, event, stored };
  }

  /** An event that is gone: the one after it proves its hash. */
  skip({ hash }: GoneRow): void {
    this.#count += 1;
    const place = { ...this.#place(), event: this.#count };
    this.#checkCount(place);
    this.#compareHeads(Buffer.from(hash).toString('hex'), place);
    this.#previous = hash;
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

  #checkCount(place: Parameters<typeof found>[2]): void {
    const sealed = this.#sealed;
    if (sealed !== undefined && this.#count > sealed.count) {
      found('event-added', `the day was sealed with ${sealed.count} events in this segment`, place);
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
