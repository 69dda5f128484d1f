/**
 * Queues, the same in every store.
 *
 * @module
 */
import type { QueueName } from '@egov-gateway/core';

import type { JournalTables } from './journal-tables.ts';

/** Options of `MessageJournal.take`. */
export interface TakeOptions {
  readonly nowMs: number;
  readonly limit: number;
  readonly leaseMs: number;
  readonly except?: readonly string[] | undefined;
}

const queues: readonly QueueName[] = ['outbox', 'confirmations', 'inbox'];

/** @throws {TypeError} when a number is not a whole one, or `limit` or `leaseMs` is less than 1 */
export function assertTakeOptions({ nowMs, limit, leaseMs }: TakeOptions): void {
  if (!Number.isSafeInteger(nowMs)) throw new TypeError('nowMs must be a whole number of milliseconds');
  if (!Number.isSafeInteger(limit) || limit < 1) throw new TypeError('limit must be a whole number from 1');
  if (!Number.isSafeInteger(leaseMs) || leaseMs < 1) {
    throw new TypeError('leaseMs must be a whole number of milliseconds from 1');
  }
}

/** Takes what is due and leases it. */
export function takeDue(tables: JournalTables, queue: QueueName, options: TakeOptions): readonly string[] {
  const keys = tables.due(queue, options.nowMs, options.limit, options.except ?? []);
  const dueAtMs = options.nowMs + options.leaseMs;
  for (const localKey of keys) tables.putQueue({ queue, localKey, dueAtMs });
  return keys;
}

/** How far the clocks of two machines may be apart, milliseconds. */
const SKEW_MS = 60_000;
/** The longest wait that is kept from the last event on; whatever is due later than that has an instant of its own. */
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Puts back what is missing from the queues. A message in the middle of an attempt is due when the attempt must be over.
 * What was written while the clock was ahead is due as long after now as it was after its last event.
 *
 * @returns how many
 */
export function sweepQueues(tables: JournalTables, nowMs: number): number {
  let count = 0;
  for (const queue of queues) {
    for (const { localKey, state, untilMs } of tables.missing(queue)) {
      const dueAtMs = state === 'sending' ? Math.max(nowMs, untilMs ?? nowMs) : nowMs;
      tables.putQueue({ queue, localKey, dueAtMs });
      count += 1;
    }
    for (const { localKey, dueAtMs, changedAtMs } of tables.ahead(queue, nowMs + SKEW_MS)) {
      const waitMs = dueAtMs - changedAtMs;
      // Due before its last event: it was moved or taken since the clock was set right.
      if (waitMs < 0 || waitMs > LONGEST_WAIT_MS) continue;
      tables.putQueue({ queue, localKey, dueAtMs: nowMs + waitMs });
      count += 1;
    }
  }
  return count;
}
