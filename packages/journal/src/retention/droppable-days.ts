/**
 * Which days can be dropped from the database, and why the others cannot.
 *
 * @module
 */
import type { RecordedMessage } from '@egov-gateway/core';

import type { SqlConnection } from '../chain/sql.ts';
import { nextWriter, segmentRows } from '../chain/walk-day.ts';
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
  /** A message of the day has events on a day that stays. */
  | 'connected';

/** A day that is old enough, and stays. */
export interface KeptDay {
  readonly day: string;
  readonly reason: KeptReason;
  /** One of the messages that hold it. */
  readonly localKey: string;
}

/** What can go, and what cannot. */
export interface DroppableDays {
  /** Days that go together, because messages connect them. Oldest first. */
  readonly groups: readonly (readonly string[])[];
  readonly kept: readonly KeptDay[];
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

/** Judges sealed days that are old enough. */
export function findDroppableDays(
  database: SqlConnection,
  days: readonly string[],
  finished: (message: MessageSummary) => boolean = isFinished,
): DroppableDays {
  const kept: KeptDay[] = [];
  const left = new Map<string, readonly Neighbour[]>();
  for (const day of days) {
    const held = heldBy(database, day, finished);
    if (held === undefined) left.set(day, neighbours(database, day));
    else kept.push(held);
  }
  // A day that stays holds those that it shares messages with; they hold others in turn.
  for (let changed = true; changed; ) {
    changed = false;
    for (const [day, others] of left) {
      const holder = others.find((other) => !left.has(other.day));
      if (holder === undefined) continue;
      kept.push({ day, reason: 'connected', localKey: holder.localKey });
      left.delete(day);
      changed = true;
    }
  }
  kept.sort((a, b) => (a.day < b.day ? -1 : 1));
  return { groups: groupsOf(left), kept };
}

interface Neighbour {
  readonly day: string;
  readonly localKey: string;
}

function heldBy(
  database: SqlConnection,
  day: string,
  finished: (message: MessageSummary) => boolean,
): KeptDay | undefined {
  const message = database.prepare(messageOfKey);
  for (let writer = nextWriter(database, day, ''); writer !== undefined; ) {
    for (const { local_key: localKey } of segmentRows(database, { day, writer })) {
      const row = message.get(localKey) as MessageRow | null | undefined;
      const open = row === undefined || row === null || !finished(headOfRow(row)) ? 'unfinished' : undefined;
      const reason = open ?? (row?.unconfirmed === 0 ? undefined : 'queued');
      if (reason !== undefined) return { day, reason, localKey };
    }
    writer = nextWriter(database, day, writer);
  }
  const queued = database
    .prepare(
      `SELECT local_key FROM journal_queue
       WHERE local_key IN (SELECT local_key FROM journal_event WHERE day = ?) LIMIT 1`,
    )
    .get(day) as { local_key: string } | null | undefined;
  return queued === undefined || queued === null
    ? undefined
    : { day, reason: 'queued', localKey: queued.local_key };
}

/** Other days on which messages of this day have events, or the container of one of them, or what lies in a container. */
function neighbours(database: SqlConnection, day: string): readonly Neighbour[] {
  return database
    .prepare(
      `SELECT o.day AS day, min(e.local_key) AS localKey FROM journal_event AS e
         JOIN journal_event AS o ON o.local_key = e.local_key
         WHERE e.day = ?1 AND o.day <> ?1 GROUP BY o.day
       UNION SELECT o.day, min(e.local_key) FROM journal_event AS e
         JOIN journal_event AS o ON o.local_key = e.container_key
         WHERE e.day = ?1 AND o.day <> ?1 GROUP BY o.day
       UNION SELECT e.day, min(e.local_key) FROM journal_event AS o
         JOIN journal_event AS e INDEXED BY journal_event_container ON e.container_key = o.local_key
         WHERE o.day = ?1 AND e.day <> ?1 GROUP BY e.day`,
    )
    .all(day) as Neighbour[];
}

function groupsOf(left: ReadonlyMap<string, readonly Neighbour[]>): readonly (readonly string[])[] {
  const groups: string[][] = [];
  const seen = new Set<string>();
  for (const day of left.keys()) {
    const group: string[] = [];
    for (const pending = [day]; pending.length > 0; ) {
      const next = pending.pop();
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      group.push(next);
      pending.push(...(left.get(next) ?? []).map((other) => other.day));
    }
    if (group.length > 0) groups.push(group.sort());
  }
  return groups.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}
