import type { Clock, MessageJournal, RecordedMessage, Timers } from '@egov-gateway/core';

import type { Admission, Pass } from './admission.ts';
import type { Committer } from './commit.ts';
import {
  type ConclusionContext,
  concludeAttempt,
  concludeExhaustion,
  concludeExpiry,
  eventOf,
  outboxCodes,
} from './conclusion.ts';
import { attemptDelivery, type Deliver } from './deliver.ts';
import { type AttemptOutcome, codeOf, isConflict, isJournalTrouble } from './failure.ts';
import { attemptHistory, lastWithBytes } from './message-history.ts';
import type { PolicyBook, ResolvedPolicy } from './outbox-policy.ts';
import type { WorkerTelemetry } from './worker-telemetry.ts';

/** What {@link SendWork} works with. @internal */
export interface SendWorkOptions {
  readonly journal: MessageJournal;
  readonly committer: Committer;
  readonly deliver: Deliver;
  readonly admission: Admission;
  readonly policies: PolicyBook;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly telemetry: WorkerTelemetry;
  /** Time to record an outcome, on top of that of the attempt. */
  readonly graceMs: number;
}

/** How long a message rests whose bytes cannot be read, milliseconds. */
const UNREADABLE_REST_MS = 300_000;

/**
 * Everything that is done with one message of the queue `outbox`. Each step is one commit that expects the message to be
 * as it was read, so that of two workers with the same message one walks away.
 *
 * @internal
 */
export class SendWork {
  readonly #options: SendWorkOptions;

  constructor(options: SendWorkOptions) {
    this.#options = options;
  }

  /** @throws {JournalError} when the journal is in trouble */
  async work(localKey: string, stopping: AbortSignal, except: readonly string[]): Promise<'done' | 'back'> {
    const { journal, committer, clock, policies } = this.#options;
    const message = await journal.message(localKey);
    if (message?.direction !== 'out' || (message.state !== 'queued' && message.state !== 'sending')) {
      await journal.commit({ events: [], dequeue: [{ queue: 'outbox', localKey }] });
      return 'done';
    }
    const nowMs = clock.now();
    const policy = policies.of(message.serviceId);
    const { open, begun } = attemptHistory(message);
    if (message.state === 'sending') return this.#recover(message, open?.untilMs ?? nowMs, policy);
    if (message.expiresAtMs !== undefined && message.expiresAtMs <= nowMs) {
      await committer.commit(concludeExpiry(message, nowMs));
      return 'done';
    }
    if (begun >= policy.maxAttempts) {
      await committer.commit(concludeExhaustion(message, this.#context(policy)));
      return 'done';
    }
    return this.#send(message, policy, stopping, except);
  }

  /** An attempt without an outcome: another worker's that is still at it, or one of a process that died. */
  async #recover(
    message: RecordedMessage,
    untilMs: number,
    policy: ResolvedPolicy,
  ): Promise<'done' | 'back'> {
    const { committer, clock, graceMs } = this.#options;
    const nowMs = clock.now();
    if (untilMs > nowMs) {
      // No attempt takes longer than this: a later end is of a clock that was set back since.
      await this.#postpone(message, Math.min(untilMs, nowMs + policy.attemptTimeoutMs + graceMs));
      return 'back';
    }
    const outcome: AttemptOutcome = { kind: 'unknown', code: outboxCodes.interrupted };
    await committer.commit(concludeAttempt(message, outcome, this.#context(policy)));
    return 'back';
  }

  async #send(
    message: RecordedMessage,
    policy: ResolvedPolicy,
    stopping: AbortSignal,
    except: readonly string[],
  ): Promise<'done' | 'back'> {
    const { admission, clock } = this.#options;
    const pass = await admission.enter(message.serviceId, clock.now(), except);
    if (!pass.isAdmitted) {
      const { expiresAtMs = Number.POSITIVE_INFINITY } = message;
      await this.#postpone(message, Math.min(pass.againAtMs, expiresAtMs));
      return 'back';
    }
    let outcome: AttemptOutcome | undefined;
    try {
      outcome = await this.#attempt(message, policy, pass, stopping);
    } finally {
      pass.leave(outcome && isAnswer(outcome), clock.now());
    }
    // Whatever failed may have gone back on the queue.
    return outcome?.kind === 'answered' ? 'done' : 'back';
  }

  /** What became of the delivery; `undefined` when there was none. */
  async #attempt(
    message: RecordedMessage,
    policy: ResolvedPolicy,
    pass: Pass,
    stopping: AbortSignal,
  ): Promise<AttemptOutcome | undefined> {
    const { committer, clock, timers, deliver, graceMs } = this.#options;
    const { localKey, serviceId } = message;
    const bytes = await this.#bytes(message);
    if (bytes === undefined) return undefined;
    if (stopping.aborted) {
      await this.#postpone(message, clock.now());
      return undefined;
    }

    const beganAtMs = clock.now();
    const timeoutMs = policy.attemptTimeoutMs;
    const untilMs = beganAtMs + timeoutMs + graceMs;
    const attempt = message.attempts + 1;
    const sending = eventOf(message, { kind: 'sending', atMs: beganAtMs, attempt, untilMs });
    const receipt = await committer.commit({
      events: [sending],
      expect: [{ localKey, version: message.version }],
      // Who dies now leaves it to be looked at as soon as the attempt can have no outcome any more.
      enqueue: [{ queue: 'outbox', localKey, dueAtMs: untilMs }],
    });
    pass.recorded();
    if (receipt === undefined) return undefined;

    const begun: RecordedMessage = {
      ...message,
      version: message.version + 1,
      attempts: attempt,
      events: [
        ...message.events,
        {
          ...sending,
          direction: 'out',
          version: message.version + 1,
          position: 0,
          state: 'sending',
          byteLength: 0,
        },
      ],
    };
    const isLate = clock.now() - beganAtMs > graceMs / 2;
    const outcome: AttemptOutcome = isLate
      ? // The record took so long that the attempt could last beyond `untilMs`: others would take it for dead.
        { kind: 'unsent', code: 'ERR_JOURNAL_LOCKED', isRetriable: true }
      : await attemptDelivery(
          deliver,
          { bytes, serviceId, localKey, attempt },
          { timers, timeoutMs, graceMs: graceMs / 2, stopping },
        );
    await this.#conclude(begun, outcome, policy, stopping);
    return isLate ? undefined : outcome;
  }

  /** Records an outcome. It stands whatever the journal does meanwhile; only the end of the worker loses it. */
  async #conclude(
    begun: RecordedMessage,
    outcome: AttemptOutcome,
    policy: ResolvedPolicy,
    stopping: AbortSignal,
  ): Promise<void> {
    const { journal, committer, telemetry } = this.#options;
    let message = begun;
    for (;;) {
      const change = concludeAttempt(message, outcome, this.#context(policy));
      if ((await committer.insist(change, stopping)) !== undefined) return;
      // Somebody changed the message during the attempt: took it for dead, or a reply came.
      const current = await journal.message(begun.localKey);
      if (current === undefined || !this.#stillCounts(begun, current, outcome)) {
        telemetry.failed(
          new Error(`the outcome of an attempt of ${begun.localKey} came after it was concluded otherwise`),
          'ERR_JOURNAL_CONFLICT',
        );
        return;
      }
      message = current;
    }
  }

  /** Whether an outcome may be added to a message that somebody else has changed. */
  #stillCounts(begun: RecordedMessage, current: RecordedMessage, outcome: AttemptOutcome): boolean {
    const { open } = attemptHistory(current);
    if (current.state === 'sending' && open?.version === begun.version) return true;
    // A verified answer ends a doubt, and tells the chain; anything less is no news.
    return outcome.kind === 'answered';
  }

  /** The bytes to send, or `undefined` when they cannot be read: then the message rests, and the worker says so. */
  async #bytes(message: RecordedMessage): Promise<Uint8Array | undefined> {
    const { journal, telemetry, clock } = this.#options;
    try {
      const signed = lastWithBytes(message, 'signed');
      const bytes = signed && (await journal.bytes(message.localKey, signed.version));
      if (bytes !== undefined) return bytes;
      telemetry.failed(new Error(`message ${message.localKey} has no bytes to send`));
    } catch (error) {
      // Of this row alone; anything else is the journal's, and stops the worker for a while.
      if (isJournalTrouble(error) && codeOf(error) !== 'ERR_JOURNAL_DAMAGED') throw error;
      telemetry.failed(error);
    }
    await this.#postpone(message, clock.now() + UNREADABLE_REST_MS);
    return undefined;
  }

  async #postpone({ localKey, version }: RecordedMessage, dueAtMs: number): Promise<void> {
    try {
      await this.#options.journal.commit({
        events: [],
        expect: [{ localKey, version }],
        enqueue: [{ queue: 'outbox', localKey, dueAtMs }],
      });
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }

  #context(policy: ResolvedPolicy): ConclusionContext {
    return { policy, nowMs: this.#options.clock.now(), random: this.#options.random };
  }
}

/** Whether the endpoint answered; `undefined` when it was not asked. */
function isAnswer(outcome: AttemptOutcome): boolean | undefined {
  if (outcome.kind === 'unsent') return outcome.isRetriable ? false : undefined;
  return outcome.kind !== 'unknown';
}
