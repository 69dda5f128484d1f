import {
  type Clock,
  type MessageJournal,
  type RecordedMessage,
  type Timers,
  withinTime,
} from '@egov-gateway/core';

import type { Admission } from './admission.ts';
import { jittered } from './backoff.ts';
import type { Committer } from './commit.ts';
import { eventOf } from './conclusion.ts';
import { outcomeOf } from './failure.ts';

/** A message that is to be confirmed: what `sendDeliveryNotification` names. */
export interface ConfirmableMessage {
  readonly messageId: string;
  readonly serviceId: string;
  readonly localKey: string;
}

/** Tells the gateway that a polled message is here, durable. What it throws decides whether it is told again. */
export type Confirm = (
  message: ConfirmableMessage,
  outcome: 'accepted',
  options: { readonly signal: AbortSignal; readonly timeoutMs: number },
) => Promise<unknown>;

/** Code of `confirmed` when the message has no id that it could be confirmed by. */
export const noMessageId = 'MESSAGE_ID_MISSING';

/** What {@link ConfirmWork} works with. @internal */
export interface ConfirmWorkOptions {
  readonly journal: MessageJournal;
  readonly committer: Committer;
  readonly admission: Admission;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly confirm: Confirm;
  readonly timeoutMs: number;
  readonly firstMs: number;
  readonly maxMs: number;
}

/** What is remembered of the last refusal of a message. */
interface Refusal {
  readonly restMs: number;
  readonly againAtMs: number;
  /** Of the message, then. */
  readonly version: number;
  readonly code: string;
}

/** The shortest and the longest rest after refusals of the same message, milliseconds. */
const MIN_REFUSAL_REST_MS = 60_000;
const MAX_REFUSAL_REST_MS = 86_400_000;
const MAX_REMEMBERED = 1_000;

/**
 * Everything that is done with one message of the queue `confirmations`. Nothing depends on its order: a message may be
 * handled before it is confirmed, and be confirmed twice.
 *
 * @internal
 */
export class ConfirmWork {
  readonly #options: ConfirmWorkOptions;
  /** Messages whose confirmation was refused more than once. Who forgets it, tells once too often. */
  readonly #refusals = new Map<string, Refusal>();

  constructor(options: ConfirmWorkOptions) {
    this.#options = options;
  }

  /** @throws {JournalError} when the journal is in trouble */
  async work(localKey: string, stopping: AbortSignal, except: readonly string[]): Promise<'done' | 'back'> {
    const { journal, admission, clock } = this.#options;
    const record = await journal.message(localKey);
    if (record?.direction !== 'in') {
      await journal.commit({ events: [], dequeue: [{ queue: 'confirmations', localKey }] });
      return 'done';
    }
    const { messageId, serviceId } = record;
    if (messageId === undefined) {
      await this.#confirmed(record, noMessageId);
      return 'done';
    }
    const refusal = this.#refusals.get(localKey);
    const restMs = (refusal?.againAtMs ?? 0) - clock.now();
    if (refusal !== undefined && restMs > 0 && restMs <= MAX_REFUSAL_REST_MS) {
      // It was put on the queue once more, because the gateway sent it once more: what was refused then is so now.
      await this.#postpone(localKey, refusal.againAtMs);
      return 'back';
    }
    if (refusal?.version === record.version) {
      // The gateway did not send it again: there is nothing to tell.
      await this.#confirmed(record, refusal.code);
      return 'done';
    }
    const pass = await admission.enter(serviceId, clock.now(), except);
    if (!pass.isAdmitted) {
      await this.#postpone(localKey, pass.againAtMs);
      return 'back';
    }
    let isAnswered: boolean | undefined;
    try {
      isAnswered = await this.#confirm(record, { messageId, serviceId, localKey }, stopping);
    } finally {
      pass.leave(isAnswered, clock.now());
    }
    return isAnswered ? 'done' : 'back';
  }

  /** Whether the gateway answered. */
  async #confirm(
    record: RecordedMessage,
    message: ConfirmableMessage,
    stopping: AbortSignal,
  ): Promise<boolean> {
    const error = await this.#call(message, stopping);
    if (error === undefined) {
      await this.#confirmed(record, undefined);
      return true;
    }
    const outcome = outcomeOf(error.reason);
    if (outcome.kind === 'refused' || outcome.kind === 'unreadable') {
      await this.#refused(record, outcome.code);
      return true;
    }
    const { clock, random, firstMs, maxMs } = this.#options;
    const nowMs = clock.now();
    // As long again as it has been waiting: grows like any back-off, and needs no record of its own.
    const waitMs = Math.min(maxMs, Math.max(firstMs, nowMs - record.createdAtMs));
    await this.#postpone(record.localKey, nowMs + jittered(waitMs, 0.3, random));
    return false;
  }

  /**
   * The gateway was told and has answered: telling it again would bring the same. It is not told again, unless it sends the
   * message again; then less and less often, and the same refusal is not written down twice.
   */
  async #refused(record: RecordedMessage, code: string): Promise<void> {
    const { clock, firstMs } = this.#options;
    const { localKey } = record;
    const nowMs = clock.now();
    if (!record.events.some((event) => event.kind === 'confirmed' && event.code === code)) {
      await this.#confirmed(record, code);
      return;
    }
    const before = this.#refusals.get(localKey)?.restMs ?? Math.max(firstMs, MIN_REFUSAL_REST_MS) / 2;
    const restMs = Math.min(MAX_REFUSAL_REST_MS, before * 2);
    this.#refusals.delete(localKey);
    for (const oldest of this.#refusals.keys()) {
      if (this.#refusals.size < MAX_REMEMBERED) break;
      this.#refusals.delete(oldest);
    }
    const { version } = record;
    this.#refusals.set(localKey, { restMs, againAtMs: nowMs + restMs, version, code });
    await this.#postpone(localKey, nowMs + restMs);
  }

  /** What the call was rejected with. */
  async #call(
    message: ConfirmableMessage,
    stopping: AbortSignal,
  ): Promise<{ readonly reason: unknown } | undefined> {
    const { confirm, timers, timeoutMs } = this.#options;
    const limit = {
      timers,
      timeoutMs: timeoutMs + 1_000,
      outer: stopping,
      late: () => new Error('the confirmation did not end in time'),
    };
    try {
      await withinTime(limit, async (signal) => confirm(message, 'accepted', { signal, timeoutMs }));
      return undefined;
    } catch (reason) {
      return { reason };
    }
  }

  async #confirmed(record: RecordedMessage, code: string | undefined): Promise<void> {
    const { committer, clock } = this.#options;
    if (code === undefined) this.#refusals.delete(record.localKey);
    await committer.commit({
      events: [eventOf(record, { kind: 'confirmed', atMs: clock.now(), code })],
      dequeue: [{ queue: 'confirmations', localKey: record.localKey }],
    });
  }

  async #postpone(localKey: string, dueAtMs: number): Promise<void> {
    await this.#options.journal.commit({
      events: [],
      enqueue: [{ queue: 'confirmations', localKey, dueAtMs }],
    });
  }
}
