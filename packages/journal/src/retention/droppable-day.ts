/**
 * Whether a day can be dropped from the database, and why not.
 *
 * @module
 */
import type { RecordedMessage } from '@egov-gateway/core';

import type { SqlConnection } from '../chain/sql.ts';
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

/** So many messages are judged without a pause. */
const pageSize = 200;

/**
 * Judges a sealed day by its messages, and by those that lie in a container of it. A message that has events on other days
 * holds it no longer than it is unfinished or younger than what is kept.
 */
export function* judgeDay(
  database: SqlConnection,
  day: string,
  rule: DropRule,
): Generator<void, KeptDay | undefined, undefined> {
  for (const sql of keysOfDay) {
    const page = database.prepare(sql);
    let last = '';
    for (;;) {
      const rows = page.all(day, last) as { readonly local_key: string }[];
      for (const { local_key: localKey } of rows) {
        const reason = heldBy(database, localKey, rule);
        if (reason !== undefined) return { day, reason, localKey };
      }
      last = rows.at(-1)?.local_key ?? last;
      if (rows.length < pageSize) break;
      yield;
    }
  }
  return queuedOf(database, day);
}

/** Judges again what happened since `position`, in the transaction that drops the day. */
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
  return queuedOf(database, day);
}

const keysOfDay: readonly string[] = [
  `SELECT DISTINCT local_key FROM journal_event WHERE day = ? AND local_key > ? ORDER BY local_key LIMIT ${pageSize}`,
  `SELECT DISTINCT p.local_key FROM journal_event AS c
     JOIN journal_event AS p INDEXED BY journal_event_container ON p.container_key = c.local_key
   WHERE c.day = ? AND p.day <> c.day AND p.local_key > ? ORDER BY p.local_key LIMIT ${pageSize}`,
];

function heldBy(database: SqlConnection, localKey: string, rule: DropRule): KeptReason | undefined {
  const row = database.prepare(messageOfKey).get(localKey) as MessageRow | null | undefined;
  if (row === undefined || row === null) return isSplit(database, localKey) ? undefined : 'unfinished';
  if (!rule.finished(headOfRow(row))) return 'unfinished';
  if (row.unconfirmed !== 0) return 'queued';
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

/** From the queue to the day: there is little on a queue. */
function queuedOf(database: SqlConnection, day: string): KeptDay | undefined {
  const queued = database
    .prepare(
      `SELECT q.local_key AS localKey FROM journal_queue AS q WHERE
         EXISTS (SELECT 1 FROM journal_event AS e WHERE e.local_key = q.local_key AND e.day = ?1)
         OR EXISTS (SELECT 1 FROM journal_event AS e JOIN journal_event AS c ON c.local_key = e.container_key
                    WHERE e.local_key = q.local_key AND c.day = ?1) LIMIT 1`,
    )
    .get(day) as { readonly localKey: string } | null | undefined;
  return queued === undefined || queued === null
    ? undefined
    : { day, reason: 'queued', localKey: queued.localKey };
}
