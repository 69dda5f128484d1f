/**
 * The worker that hands what came in to the application.
 *
 * @module
 */
import { integerOption } from '@egov-gateway/core';

import { type Backoff, resolveBackoff } from './backoff.ts';
import { assertFunction, assertOptions, assertPort } from './checked-options.ts';
import { Committer } from './commit.ts';
import { DoubtMatcher } from './doubt-matcher.ts';
import { type HandlerErrorEvent, HandleWork, type InboxHandler } from './handle-work.ts';
import { concludeInterrupted } from './interrupted.ts';
import { retryMessage } from './operator.ts';
import type { Outbox } from './outbox.ts';
import { acceptMessage } from './prepared-message.ts';
import { QueueWorker } from './queue-worker.ts';
import type { Open } from './stored-message.ts';
import { commonOptionNames, resolveWorkerOptions, type WorkerOptions } from './worker-options.ts';

/** Options of {@link createInbox}. */
export interface InboxOptions<Message> extends WorkerOptions {
  /** Opens stored bytes: the `open` of an `AsyncClient`. */
  readonly open: Open<Message>;
  /** Who handles what, by `serviceId`. More can be added with {@link Inbox.on}. */
  readonly handlers?: Readonly<Record<string, InboxHandler<Message>>> | undefined;
  /**
   * The application's own reference that a message names, such as the contract number in its data. With it a reply whose
   * chain is not known ends the doubt about the one message that was enqueued with this `reference`. Default: such a
   * reply stays `unmatched`, and the doubt is a person's to resolve.
   */
  readonly referenceOf?: ((message: Message) => string | undefined | Promise<string | undefined>) | undefined;
  /** Gives what handlers send its deadline, and is woken by it. Default: another worker finds it. */
  readonly outbox?: Pick<Outbox, 'accept' | 'wake'> | undefined;
  /** Messages handled at a time, all services together; of one chain never more than one. Default: 16. */
  readonly concurrency?: number | undefined;
  /**
   * Messages of one service handled at a time, at most `concurrency`. Less than that, or handlers of one service that hang
   * keep all others waiting. Default: 4, and one less than `concurrency` when that is smaller.
   */
  readonly serviceConcurrency?: number | undefined;
  /** Time for one call of a handler, milliseconds. Default: 300 000. */
  readonly handlerTimeoutMs?: number | undefined;
  /** Calls of the handler before a message is given up. Default: 20. */
  readonly maxAttempts?: number | undefined;
  /** Between the calls. Default: 2 s, doubling, at most 15 minutes, jitter 0.3. */
  readonly backoff?: Backoff | undefined;
  /**
   * Told of every attempt that failed. What it throws is reported and disturbs nothing. Default: the diagnostics channel
   * `egov-gateway:worker:error` is told in its place, so that no failure is silent.
   */
  readonly onHandlerError?: ((event: HandlerErrorEvent) => unknown) | undefined;
}

/** Handles the messages that came in. Any number of them may work on one journal. */
export interface Inbox<Message> {
  /** Sets who handles the messages of a service; those that waited for it are handled now. */
  on(serviceId: string, handler: InboxHandler<Message>): void;
  /** Begins to handle. */
  start(): void;
  /**
   * Takes nothing new and waits for handlers to end. Those that have not ended within `graceMs` (default: 25 000) see
   * their `signal` fire, and their messages go back to the queue.
   */
  stop(options?: { readonly graceMs?: number | undefined }): Promise<void>;
  /** Something may be due: for whoever receives. */
  wake(): void;
  /** Handles what is due now, at most `concurrency` messages. Returns how many it took. @throws {JournalError} */
  runOnce(): Promise<number>;
  /** Sweeps, then handles until nothing is due. Returns how many it took. @throws {JournalError} */
  drain(): Promise<number>;
  /**
   * Gives a message that is `dead` back to its handler.
   *
   * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`, `ERR_JOURNAL_STATE`, `ERR_JOURNAL_CONFLICT`
   */
  retry(localKey: string, note?: string): Promise<void>;
}

/** So many services without a handler are remembered; the rest is looked at more often. */
const MAX_UNHANDLED_SERVICES = 100;

/**
 * A worker that hands received messages to their handlers.
 *
 * @throws {TypeError} when an option is unknown, missing or out of range
 * @example
 * ```ts
 * import { createInbox } from '@egov-gateway/outbox';
 *
 * const inbox = createInbox({
 *   journal,
 *   open,
 *   handlers: {
 *     LABOUR_CONTRACT: (message, tx) => {
 *       tx.execute('UPDATE contract SET state = ? WHERE chain = ?', 'registered', tx.record.correlationId ?? null);
 *     },
 *   },
 * });
 * inbox.start();
 * ```
 */
export function createInbox<Message>(options: InboxOptions<Message>): Inbox<Message> {
  assertOptions('options', options, [
    ...commonOptionNames,
    'open',
    'handlers',
    'referenceOf',
    'outbox',
    'concurrency',
    'serviceConcurrency',
    'handlerTimeoutMs',
    'maxAttempts',
    'backoff',
    'onHandlerError',
  ]);
  const { open, referenceOf, outbox, onHandlerError } = options;
  assertFunction('open', open);
  assertFunction('referenceOf', referenceOf, false);
  assertFunction('onHandlerError', onHandlerError, false);
  if (outbox !== undefined) assertPort('outbox', outbox, ['accept', 'wake']);
  const handlerTimeoutMs = integerOption('handlerTimeoutMs', options.handlerTimeoutMs, 300_000, {
    max: 86_400_000,
  });
  // Nobody else is to call the handler while it may still run here.
  const common = resolveWorkerOptions('inbox', options, { leaseMs: handlerTimeoutMs + 30_000 });
  const { journal, clock, timers, random, telemetry } = common;
  const concurrency = integerOption('concurrency', options.concurrency, 16, { max: 1_000 });
  const perService = integerOption(
    'serviceConcurrency',
    options.serviceConcurrency,
    Math.min(4, Math.max(1, concurrency - 1)),
    { max: concurrency },
  );
  const committer = new Committer({ journal, timers, random, telemetry });
  const handlers = new Map<string, InboxHandler<Message>>();
  const unhandled = new Set<string>();

  const work = new HandleWork<Message>({
    journal,
    committer,
    clock,
    timers,
    random,
    telemetry,
    open,
    handlerTimeoutMs,
    perService,
    leaseMs: common.leaseMs,
    handlerOf: (serviceId) => handlers.get(serviceId),
    accept: (prepared, enqueueOptions) =>
      outbox?.accept(prepared, enqueueOptions) ??
      acceptMessage(prepared, enqueueOptions, {
        nowMs: clock.now(),
        deadlineMs: undefined,
        onUnknown: 'hold',
      }),
    maxAttempts: integerOption('maxAttempts', options.maxAttempts, 20, { max: 10_000 }),
    backoff: resolveBackoff('backoff', options.backoff, {
      firstMs: 2_000,
      maxMs: 900_000,
      factor: 2,
      jitter: 0.3,
    }),
    onNoHandler(serviceId) {
      if (unhandled.has(serviceId) || unhandled.size >= MAX_UNHANDLED_SERVICES) return;
      unhandled.add(serviceId);
      telemetry.failed(
        new Error(
          `nobody handles the messages of service ${JSON.stringify(serviceId)}: they wait in the journal`,
        ),
        'NO_HANDLER',
      );
    },
    onHandlerError(event) {
      if (onHandlerError === undefined) telemetry.failed(event.error, event.code);
      else telemetry.call(onHandlerError, event);
    },
    onAccepted: () => outbox?.wake(),
  });
  const matcher = referenceOf && new DoubtMatcher<Message>({ journal, committer, clock, open, referenceOf });
  const worker = new QueueWorker({
    ...common,
    queue: 'inbox',
    concurrency,
    openings: () => ({
      limit: Number.POSITIVE_INFINITY,
      except: [...unhandled, ...work.crowded],
      againAtMs: undefined,
    }),
    work: (localKey, stopping, _except, park) => work.work(localKey, stopping, park),
    swept: () => concludeInterrupted({ journal, committer, clock }),
    ...(matcher === undefined ? {} : { look: (stopping: AbortSignal) => matcher.look(stopping) }),
  });

  const on = (serviceId: string, handler: InboxHandler<Message>) => {
    if (typeof serviceId !== 'string' || serviceId === '') throw new TypeError('serviceId must be a string');
    assertFunction(`handler of ${JSON.stringify(serviceId)}`, handler);
    handlers.set(serviceId, handler);
    unhandled.delete(serviceId);
    worker.wake();
  };
  const given = options.handlers ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) throw new TypeError('handlers must be an object');
  for (const [serviceId, handler] of Object.entries(given)) on(serviceId, handler);

  return {
    on,
    start: () => worker.start(),
    stop: async ({ graceMs } = {}) => worker.stop(integerOption('graceMs', graceMs, 25_000, { min: 0 })),
    wake: () => worker.wake(),
    runOnce: () => worker.runOnce(),
    drain: () => worker.drain(),
    async retry(localKey, note) {
      await retryMessage({ journal, committer, clock }, localKey, 'in', note);
      worker.wake();
    },
  };
}
