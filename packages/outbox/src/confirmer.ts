/**
 * The worker that tells the gateway what arrived.
 *
 * @module
 */
import { integerOption } from '@egov-gateway/core';

import { Admission } from './admission.ts';
import { type Backoff, resolveBackoff } from './backoff.ts';
import { assertFunction, assertOptions } from './checked-options.ts';
import { type BreakerOptions, resolveBreaker } from './circuit-breaker.ts';
import { Committer } from './commit.ts';
import { type Confirm, ConfirmWork } from './confirm-work.ts';
import { PolicyBook } from './outbox-policy.ts';
import { QueueWorker } from './queue-worker.ts';
import { commonOptionNames, resolveWorkerOptions, type WorkerOptions } from './worker-options.ts';

/** Options of {@link createConfirmer}. */
export interface ConfirmerOptions extends WorkerOptions {
  /** Confirms one message: the `confirm` of an `AsyncClient`. */
  readonly confirm: Confirm;
  /** Confirmations on the wire at a time. Default: 4. */
  readonly concurrency?: number | undefined;
  /** Time for one, milliseconds. Default: 60 000. */
  readonly timeoutMs?: number | undefined;
  /** The shortest and the longest wait before a message is confirmed again, milliseconds. Default: 2 s, 15 minutes. */
  readonly backoff?: Pick<Backoff, 'firstMs' | 'maxMs'> | undefined;
  /** When the endpoint counts as down. */
  readonly breaker?: BreakerOptions | undefined;
}

/** Confirms polled messages to the gateway. */
export interface Confirmer {
  /** Begins to confirm. */
  start(): void;
  /** Takes nothing new and waits for what is on the wire, at most `graceMs` (default: 10 000). What is left is confirmed again. */
  stop(options?: { readonly graceMs?: number | undefined }): Promise<void>;
  /** Something may be due: for whoever polls. */
  wake(): void;
  /** Confirms what is due now, at most `concurrency` messages. Returns how many it took. @throws {JournalError} */
  runOnce(): Promise<number>;
  /** Sweeps, then confirms until nothing is due. Returns how many it took. @throws {JournalError} */
  drain(): Promise<number>;
}

/**
 * A worker that confirms what a poller stored. It goes on until the gateway has answered: a confirmation has no deadline,
 * and one too many does no harm that is known.
 *
 * @throws {TypeError} when an option is unknown, missing or out of range
 * @example
 * ```ts
 * import { createConfirmer } from '@egov-gateway/outbox';
 *
 * const confirmer = createConfirmer({
 *   journal,
 *   confirm: (message, outcome, options) => client.confirm(message, outcome, options),
 * });
 * confirmer.start();
 * ```
 */
export function createConfirmer(options: ConfirmerOptions): Confirmer {
  const names = ['confirm', 'concurrency', 'timeoutMs', 'backoff', 'breaker'];
  assertOptions('options', options, [...commonOptionNames, ...names]);
  const { confirm } = options;
  assertFunction('confirm', confirm);
  const timeoutMs = integerOption('timeoutMs', options.timeoutMs, 60_000, { max: 3_600_000 });
  const concurrency = integerOption('concurrency', options.concurrency, 4, { max: 1_000 });
  const common = resolveWorkerOptions('confirmations', options, { leaseMs: timeoutMs + 30_000 });
  const { journal, clock, timers, random, telemetry } = common;
  if (options.backoff !== undefined) assertOptions('backoff', options.backoff, ['firstMs', 'maxMs']);
  const { firstMs, maxMs } = resolveBackoff('backoff', options.backoff, {
    firstMs: 2_000,
    maxMs: 900_000,
    factor: 2,
    jitter: 0.3,
  });
  const admission = new Admission({
    journal,
    policies: new PolicyBook({ concurrency }, undefined),
    breaker: resolveBreaker(options.breaker),
    endpointOf: undefined,
    random,
  });
  const work = new ConfirmWork({
    journal,
    committer: new Committer({ journal, timers, random, telemetry }),
    admission,
    clock,
    timers,
    random,
    confirm,
    timeoutMs,
    firstMs,
    maxMs,
  });
  const worker = new QueueWorker({
    ...common,
    queue: 'confirmations',
    concurrency,
    openings: (nowMs) => admission.openings(nowMs),
    work: (localKey, stopping, except) => work.work(localKey, stopping, except),
  });
  return {
    start: () => worker.start(),
    stop: async ({ graceMs } = {}) => worker.stop(integerOption('graceMs', graceMs, 10_000, { min: 0 })),
    wake: () => worker.wake(),
    runOnce: () => worker.runOnce(),
    drain: () => worker.drain(),
  };
}
