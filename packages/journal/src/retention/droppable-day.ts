/**
 * Whether a day can be dropped from the database, and why not.
 *
 * @module
 */
import type { RecordedMessage } from '@egov-gateway/core';

import type { SqlConnection } from '../chain/sql.ts';
import { nextWriter } from '../chain/walk-day.ts';
import { isFinal } from '../life/project-message.ts';
import { headOfRow, type MessageRow, messageOfKey } from '../sqlite/message-row.ts';

/** What is known of a message without reading its events. */
export type MessageSummary = Pick<
  RecordedMessage,
  'localKey' | 'direction' | 'channel' | 'serviceId' | 'messageType' | 'state' | 'createdAtMs' | 'changedAtMs'
>;

/** Why a day stays. */
export type KeptReason =
  /** A message of the day is not finished. */
  | 'unfinished'
  /** A message of the day is on a queue, or has not been confirmed to the gateway. */
  | 'queued'
  /** A message of the day went on later, on a day that is not old enough. */
  | 'connected';

/** A day that is old enough, and stays. */
export interface KeptDay {
  readonly day: string;
  readonly reason: KeptReason;
  /** One of the messages that hold it. */
  readonly localKey: string;
}

/** What a day is judged by. */
export interface DropRule {
  /** The newest day that is old enough, `YYYY-MM-DD`. */
  readonly lastOldDay: string;
  readonly finished: (message: MessageSummary) => boolean;
}

/**
 * Finished by default: a final state; and a message that we sent, other than a REQUEST, that the gateway has: nobody
 * answers it.
 */
export function isFinished(message: MessageSummary): boolean {
  if (isFinal(message.state)) return true;
  const { direction, messageType, state } = message;
  const isAnswered = messageType !== undefined && messageType !== 'REQUEST';
  return direction === 'out' && isAnswered && (state === 'sent' || state === 'delivered');
}

/** So many events are looked at without a pause. */
const pageSize = 200;

/** A place in a day, in the order of its segments. */
export interface DayPlace {
  readonly writer: string;
  readonly position: number;
}

/** Before the first event of a day. */
export const beginOfDay: DayPlace = { writer: '', position: 0 };

/** An event of a day. */
export interface EventOfDay extends DayPlace {
  readonly localKey: string;
}

/** Up to `limit` events of a day behind a place. */
export function eventsOfDay(
  database: SqlConnection,
  day: string,
  after: DayPlace,
  limit: number,
): readonly EventOfDay[] {
  // Segment after segment: over all of them at once, SQLite would walk from the begin of the segment.
  const page = database.prepare(
    `SELECT writer, position, local_key AS localKey FROM journal_event INDEXED BY journal_event_segment
     WHERE day = ? AND writer = ? AND position > ? ORDER BY position LIMIT ?`,
  );
  const events: EventOfDay[] = [];
  let { writer, position }: DayPlace = after;
  for (;;) {
    events.push(...(page.all(day, writer, position, limit - events.length) as EventOfDay[]));
    if (events.length >= limit) return events;
    const next = nextWriter(database, 'journal_event', day, writer);
    if (next === undefined) return events;
    writer = next;
    position = 0;
  }
}

/** Messages that lie in a container. */
export function partsOf(database: SqlConnection, localKey: string): readonly string[] {
  const rows = database
    .prepare(
      'SELECT DISTINCT local_key FROM journal_event INDEXED BY journal_event_container WHERE container_key = ?',
    )
    .all(localKey) as { readonly local_key: string }[];
  return rows.map((row) => row.local_key);
}

/**
 * Judges a sealed day by its messages, and by those that lie in a container of it. A message that has events on other days
 * holds it no longer than it is unfinished or younger than what is kept.
 */
export function* judgeDay(
  database: SqlConnection,
  day: string,
  rule: DropRule,
): Generator<void, KeptDay | undefined, undefined> {
  const goesOn = database.prepare(
    `SELECT 1 FROM journal_event AS e CROSS JOIN journal_event AS p ON p.local_key = e.local_key
       AND p.version = e.version - 1 AND p.day = e.day WHERE e.position = ?`,
  );
  for (let after = beginOfDay; ; ) {
    const events = eventsOfDay(database, day, after, pageSize);
    for (const { localKey, position } of events) {
      // A message is judged once, with its first event of the day.
      if ((goesOn.get(position) ?? undefined) !== undefined) continue;
      for (const one of [localKey, ...partsOf(database, localKey)]) {
        const reason = heldBy(database, one, rule);
        if (reason !== undefined) return { day, reason, localKey: one };
      }
    }
    const last = events.at(-1);
    if (last === undefined || events.length < pageSize) return undefined;
    after = last;
    yield;
  }
}

/** Judges again what happened since `position`, in the transaction that begins to drop the day. */
export function judgeAgain(
  database: SqlConnection,
  day: string,
  position: number,
  rule: DropRule,
): KeptDay | undefined {
  const rows = database
    .prepare(
      `SELECT DISTINCT e.local_key FROM journal_event AS e WHERE e.position > ?1 AND (
         EXISTS (SELECT 1 FROM journal_event AS o WHERE o.local_key = e.local_key AND o.day = ?2)
         OR EXISTS (SELECT 1 FROM journal_event AS o WHERE o.local_key = e.container_key AND o.day = ?2))`,
    )
    .all(position, day) as { readonly local_key: string }[];
  for (const { local_key: localKey } of rows) {
    const reason = heldBy(database, localKey, rule);
    if (reason !== undefined) return { day, reason, localKey };
  }
  return undefined;
}

/** Why a message must stay, or `undefined` when it may go, or is gone. */
export function heldBy(database: SqlConnection, localKey: string, rule: DropRule): KeptReason | undefined {
  const row = database.prepare(messageOfKey).get(localKey) as MessageRow | null | undefined;
  if (row === undefined || row === null) return isSplit(database, localKey) ? undefined : 'unfinished';
  if (!rule.finished(headOfRow(row))) return 'unfinished';
  if (row.unconfirmed !== 0 || isQueued(database, localKey)) return 'queued';
  const newest = database
    .prepare('SELECT max(day) AS day FROM journal_event WHERE local_key = ?')
    .get(localKey) as { readonly day: string | null };
  return newest.day !== null && newest.day > rule.lastOldDay ? 'connected' : undefined;
}

/** Whether a message is gone already, with another of its days. */
export function isSplit(database: SqlConnection, localKey: string): boolean {
  const row = database.prepare('SELECT 1 FROM journal_split WHERE local_key = ?').get(localKey);
  return row !== undefined && row !== null;
}

function isQueued(database: SqlConnection, localKey: string): boolean {
  const row = database
    .prepare(
      `SELECT 1 FROM journal_queue WHERE queue IN ('outbox', 'inbox', 'confirmations') AND local_key = ? LIMIT 1`,
    )
    .get(localKey);
  return row !== undefined && row !== null;
}
