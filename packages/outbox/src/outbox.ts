/**
 * The worker that sends what was accepted, and says openly what nobody knows.
 *
 * @module
 */
import { type Clock, integerOption, type MessageJournal, type Resolution } from '@egov-gateway/core';

import { Admission } from './admission.ts';
import { assertFunction, assertOptions } from './checked-options.ts';
import { type BreakerOptions, resolveBreaker } from './circuit-breaker.ts';
import { Committer } from './commit.ts';
import type { Deliver } from './deliver.ts';
import { concludeInterrupted } from './interrupted.ts';
import { cancelMessage, type GatewayNames, resolveMessage, retryMessage } from './operator.ts';
import { type OutboxPolicy, PolicyBook } from './outbox-policy.ts';
import {
  acceptMessage,
  type EnqueueOptions,
  type PreparedMessage,
  type QueuedMessage,
} from './prepared-message.ts';
import { QueueWorker } from './queue-worker.ts';
import { SendWork } from './send-work.ts';
import { commonOptionNames, resolveWorkerOptions, type WorkerOptions } from './worker-options.ts';

/** Options of {@link createOutbox}. */
export interface OutboxOptions extends WorkerOptions {
  /** Sends one message: the `deliver` of an `AsyncClient`. */
  readonly deliver: Deliver;
  /** How messages are sent, unless `services` says otherwise. */
  readonly defaults?: OutboxPolicy | undefined;
  /** Policies of single services, by `serviceId`. What one leaves out is taken from `defaults`. */
  readonly services?: Readonly<Record<string, OutboxPolicy>> | undefined;
  /** When an endpoint counts as down. */
  readonly breaker?: BreakerOptions | undefined;
  /** The endpoint that a service is sent to; each has a breaker of its own. Default: all services have the same one. */
  readonly endpointOf?: ((serviceId: string) => string) | undefined;
  /** Messages on the wire at a time, all services together. Default: 16. */
  readonly concurrency?: number | undefined;
  /**
   * Time to record an attempt and its outcome, on top of the time of the attempt, milliseconds. An attempt that has no
   * outcome by then is of a worker that died. Default: 10 000.
   */
  readonly graceMs?: number | undefined;
}

/** Sends the messages of a journal. Any number of them may work on one journal. */
export interface Outbox {
  /**
   * Accepts a message: when the promise resolves it is durable, and from then on it is not lost.
   *
   * @throws {TypeError} when the message or an option is not what it should be, or the policy is `resend` and the message
   *   has no `messageId`
   * @throws {JournalError} `ERR_JOURNAL_CONFLICT` when the key is taken; any other when nothing was kept
   */
  enqueue(prepared: PreparedMessage, options?: EnqueueOptions): Promise<{ readonly localKey: string }>;
  /**
   * What {@link Outbox.enqueue} would commit, for whoever commits it together with something else: the event, with
   * version 0 expected, and the entry of the queue.
   *
   * @throws {TypeError} as {@link Outbox.enqueue}
   */
  accept(prepared: PreparedMessage, options?: EnqueueOptions): QueuedMessage;
  /** What the policy of a service says of unknown outcomes. With `resend`, its messages need a `messageId` of their own. */
  onUnknown(serviceId: string): 'hold' | 'resend';
  /** Begins to send. */
  start(): void;
  /**
   * Takes nothing new and waits for what is on the wire. What has not ended within `graceMs` (default: 25 000) is broken
   * off, and its outcome is unknown.
   */
  stop(options?: { readonly graceMs?: number | undefined }): Promise<void>;
  /** Something may be due: for whoever enqueues beside {@link Outbox.enqueue}. */
  wake(): void;
  /** Sends what is due now, at most `concurrency` messages. Returns how many it took. @throws {JournalError} */
  runOnce(): Promise<number>;
  /** Sweeps, then sends until nothing is due. Returns how many it took. @throws {JournalError} */
  drain(): Promise<number>;
  /**
   * Records what a person found out about a message in doubt: `sent`, `not-sent` (the same bytes go out again) or
   * `abandoned`. With `sent`, name the chain when it is known: without it no reply can be told to belong to the message.
   *
   * @throws {TypeError} when the resolution is none, the note is missing, or names come with anything but `sent`
   * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`, `ERR_JOURNAL_STATE`, `ERR_JOURNAL_CONFLICT`
   */
  resolve(localKey: string, resolution: Resolution, note: string, names?: GatewayNames): Promise<void>;
  /**
   * Sends a message again, the same bytes, that is `dead` or `rejected`.
   *
   * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`, `ERR_JOURNAL_STATE`, `ERR_JOURNAL_CONFLICT`
   */
  retry(localKey: string, note?: string): Promise<void>;
  /**
   * Gives up a message that is `queued` or `draft`: it is `dead` with the code `CANCELLED`, and is not sent. One that an
   * earlier attempt may have brought to the gateway is `in-doubt`. The note says why, for whoever reads the journal.
   *
   * @throws {TypeError} when the note is missing
   * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`, `ERR_JOURNAL_STATE`, `ERR_JOURNAL_CONFLICT`
   */
  cancel(localKey: string, note: string): Promise<void>;
}

/**
 * A worker that sends the messages of a journal.
 *
 * @throws {TypeError} when an option is unknown, missing or out of range
 * @example
 * ```ts
 * import { createOutbox } from '@egov-gateway/outbox';
 *
 * const outbox = createOutbox({
 *   journal,
 *   deliver: (message, options) => client.deliver(message.bytes, options),
 *   services: { LABOUR_CONTRACT: { maxPerHour: 2000, deadlineMs: 3 * 86_400_000 } },
 * });
 * outbox.start();
 * const { localKey } = await outbox.enqueue(prepared, { reference: 'contract 17' });
 * ```
 */
export function createOutbox(options: OutboxOptions): Outbox {
  assertOptions('options', options, [
    ...commonOptionNames,
    'deliver',
    'defaults',
    'services',
    'breaker',
    'endpointOf',
    'concurrency',
    'graceMs',
  ]);
  return new JournalOutbox(options);
}

class JournalOutbox implements Outbox {
  readonly #journal: MessageJournal;
  readonly #clock: Clock;
  readonly #policies: PolicyBook;
  readonly #committer: Committer;
  readonly #worker: QueueWorker;

  constructor(options: OutboxOptions) {
    const { deliver, endpointOf } = options;
    const common = resolveWorkerOptions('outbox', options);
    const { journal, clock, timers, random, telemetry } = common;
    assertFunction('deliver', deliver);
    assertFunction('endpointOf', endpointOf, false);
    const policies = new PolicyBook(options.defaults, options.services);
    const breaker = resolveBreaker(options.breaker);
    const admission = new Admission({ journal, policies, breaker, endpointOf, random });
    const committer = new Committer({ journal, timers, random, telemetry });
    const graceMs = integerOption('graceMs', options.graceMs, 10_000, { min: 100, max: 3_600_000 });
    const send = new SendWork({
      journal,
      committer,
      deliver,
      admission,
      policies,
      clock,
      timers,
      random,
      telemetry,
      graceMs,
    });
    this.#journal = journal;
    this.#clock = clock;
    this.#policies = policies;
    this.#committer = committer;
    this.#worker = new QueueWorker({
      ...common,
      queue: 'outbox',
      concurrency: integerOption('concurrency', options.concurrency, 16, { max: 1_000 }),
      openings: (nowMs) => admission.openings(nowMs),
      work: (localKey, stopping, except) => send.work(localKey, stopping, except),
      swept: () => concludeInterrupted({ journal, committer, clock }),
    });
  }

  accept(prepared: PreparedMessage, options: EnqueueOptions = {}): QueuedMessage {
    const { deadlineMs, onUnknown } = this.#policies.of(prepared.serviceId);
    return acceptMessage(prepared, options, { nowMs: this.#clock.now(), deadlineMs, onUnknown });
  }

  onUnknown(serviceId: string): 'hold' | 'resend' {
    return this.#policies.of(serviceId).onUnknown;
  }

  async enqueue(prepared: PreparedMessage, options?: EnqueueOptions): Promise<{ localKey: string }> {
    const { localKey, event, entry } = this.accept(prepared, options);
    const expect = [{ localKey, version: 0 }];
    await this.#committer.publish({ events: [event], expect, enqueue: [entry] });
    this.#worker.wake();
    return { localKey };
  }

  start(): void {
    this.#worker.start();
  }

  async stop({ graceMs }: { graceMs?: number | undefined } = {}): Promise<void> {
    await this.#worker.stop(integerOption('graceMs', graceMs, 25_000, { min: 0 }));
  }

  wake(): void {
    this.#worker.wake();
  }

  runOnce(): Promise<number> {
    return this.#worker.runOnce();
  }

  drain(): Promise<number> {
    return this.#worker.drain();
  }

  async resolve(localKey: string, resolution: Resolution, note: string, names?: GatewayNames): Promise<void> {
    await resolveMessage(this.#operator(), localKey, resolution, note, names);
    this.#worker.wake();
  }

  async retry(localKey: string, note?: string): Promise<void> {
    await retryMessage(this.#operator(), localKey, 'out', note);
    this.#worker.wake();
  }

  async cancel(localKey: string, note: string): Promise<void> {
    await cancelMessage(this.#operator(), localKey, note);
  }

  #operator() {
    return { journal: this.#journal, committer: this.#committer, clock: this.#clock };
  }
}
