/**
 * The worker that pulls messages: asks, stores, and has them confirmed.
 *
 * @module
 */
import {
  assertOptions,
  type Clock,
  integerOption,
  type MessageJournal,
  systemClock,
  systemTimers,
  type Timers,
} from '@egov-gateway/core';

import { publishStates, publishWorkerError } from '../worker-telemetry.ts';
import type { AsyncClient } from './async-client.ts';
import type { PolledMessages } from './async-messages.ts';
import { type PaceLimits, type PollOutcome, PollPace } from './poll-pace.ts';
import { ServiceLoop } from './service-loop.ts';
import { type KeptMessage, keepable, storePage, type UnreadablePart, unreadableParts } from './store-page.ts';

/** Options of {@link createPoller}. */
export interface PollerOptions {
  /** Asks the gateway: an `AsyncClient`. */
  readonly client: Pick<AsyncClient, 'poll'>;
  /** Keeps what comes. Nothing is confirmed before it is durable there. */
  readonly journal: MessageJournal;
  /** Ids of the services to ask for. More can be added with {@link Poller.add}. */
  readonly services?: readonly string[] | undefined;
  /** Pause while messages come, milliseconds. Default: 5000. */
  readonly minIntervalMs?: number | undefined;
  /** The longest pause, reached by doubling while nothing comes or the gateway fails, milliseconds. Default: 120 000. */
  readonly maxIntervalMs?: number | undefined;
  /** Messages to ask for at a time. As long as so many come, the next page follows at once. Default: 50. */
  readonly amount?: number | undefined;
  /** Time for one question, milliseconds. Default: that of the client. */
  readonly timeoutMs?: number | undefined;
  /**
   * Waited for between two pages, with the keys of the messages of the first one. A gateway that hands out a message until
   * it is confirmed would hand out the same page again: here they can be confirmed. Default: nothing.
   */
  readonly settle?: ((keys: readonly string[]) => Promise<unknown>) | undefined;
  /** Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Default: the timers of the machine. */
  readonly timers?: Timers | undefined;
  /** As `Math.random`, for jitter. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

const optionNames = Object.keys({
  client: true,
  journal: true,
  services: true,
  minIntervalMs: true,
  maxIntervalMs: true,
  amount: true,
  timeoutMs: true,
  settle: true,
  clock: true,
  timers: true,
  random: true,
} satisfies Record<keyof PollerOptions, true>);

/** What polling brought. */
export interface PollReport {
  /** New messages. */
  readonly stored: number;
  /** Messages that were here already; they are confirmed once more. */
  readonly repeated: number;
  /** Other messages under an id that is taken: stored too, with the code `CONFLICTING_ID`. */
  readonly conflicting: number;
  /**
   * Messages that cannot be read or have no id. They are kept with the answer they came in, but not confirmed, so that the
   * gateway keeps them too.
   */
  readonly unreadable: number;
}

/** Pulls messages into a journal. Any number of them may work on one journal. */
export interface Poller {
  /** Asks for the messages of one more service. */
  add(serviceId: string): void;
  /** Begins to ask. */
  start(): void;
  /** Asks nothing new and waits for what was asked to be stored. What takes longer than `graceMs` (default: 25 000) is broken off. */
  stop(options?: { readonly graceMs?: number | undefined }): Promise<void>;
  /** Something may be there: asks all services now. */
  wake(): void;
  /**
   * Asks now, page after page, and returns what came. Without `serviceId`: for every service.
   *
   * @throws {GatewayError} of the question; {JournalError} when a page could not be stored
   */
  runOnce(serviceId?: string): Promise<PollReport>;
}

interface Page {
  readonly polled: PolledMessages;
  readonly kept: readonly KeptMessage[];
  readonly unreadable: readonly UnreadablePart[];
  /** How many were asked for. */
  readonly amount: number;
}

/** What a service is stuck with: messages that come again and again, because nobody can confirm them. */
interface Stuck {
  /** What was kept already. */
  readonly hashes: Set<string>;
  /** How many of them were in the last answer. */
  count: number;
}

/** So many unreadable messages at most are asked for on top, and remembered. */
const MAX_STUCK = 1_000;

interface PollResult {
  /** Of the messages of the last page. */
  readonly keys: readonly string[];
  readonly report: PollReport;
  readonly outcome: PollOutcome;
}

/** Pages of one service in a row, before others have their turn and pauses are kept again. */
const MAX_PAGES = 100;

/**
 * A worker that pulls messages.
 *
 * What it gets is committed to the journal, the whole answer and each of its messages, and put on the queue of
 * confirmations in the same change. An answer that cannot be stored is kept and stored later, before anything new is
 * asked: whether the gateway would hand it out again is not known.
 *
 * @throws {TypeError} when a part is missing, or an option is out of range or unknown
 * @example
 * ```ts
 * import { createPoller } from '@egov-gateway/client';
 *
 * const poller = createPoller({ client, journal, services: ['LABOUR_CONTRACT'] });
 * poller.start();
 * ```
 */
export function createPoller(options: PollerOptions): Poller {
  assertOptions('createPoller', options, optionNames);
  return new JournalPoller(options);
}

class JournalPoller implements Poller {
  readonly #options: PollerOptions;
  readonly #limits: PaceLimits;
  readonly #amount: number;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #services = new Map<string, ServiceLoop<PollResult, Page>>();
  readonly #stuck = new Map<string, Stuck>();
  #stopping = new AbortController();
  #isRunning = false;

  constructor(options: PollerOptions) {
    const { client, journal, clock = systemClock, timers = systemTimers } = options;
    if (typeof client?.poll !== 'function') throw new TypeError('client is missing: an AsyncClient');
    if (typeof journal?.commit !== 'function') throw new TypeError('journal is missing: a MessageJournal');
    this.#options = { ...options };
    const minIntervalMs = integerOption('minIntervalMs', options.minIntervalMs, 5_000);
    const maxIntervalMs = integerOption('maxIntervalMs', options.maxIntervalMs, 120_000, {
      min: minIntervalMs,
    });
    this.#limits = { minIntervalMs, maxIntervalMs };
    this.#amount = integerOption('amount', options.amount, 50);
    this.#clock = clock;
    this.#timers = timers;
    for (const serviceId of options.services ?? []) this.add(serviceId);
  }

  add(serviceId: string): void {
    if (typeof serviceId !== 'string' || serviceId === '') throw new TypeError('serviceId must be a string');
    if (this.#services.has(serviceId)) return;
    const loop = new ServiceLoop<PollResult, Page>({
      pace: new PollPace(this.#limits, this.#options.random ?? Math.random),
      timers: this.#timers,
      poll: (signal) => this.#pollAll(serviceId, signal),
    });
    this.#services.set(serviceId, loop);
    if (this.#isRunning) loop.start(this.#stopping.signal);
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#stopping = new AbortController();
    for (const loop of this.#services.values()) loop.start(this.#stopping.signal);
  }

  async stop({ graceMs = 25_000 }: { readonly graceMs?: number | undefined } = {}): Promise<void> {
    integerOption('graceMs', graceMs, 25_000, { min: 0 });
    this.#isRunning = false;
    const ended = Promise.all([...this.#services.values()].map((loop) => loop.stop()));
    const cancel = this.#timers.schedule(() => this.#stopping.abort(new Error('the poller stops')), graceMs);
    await ended.finally(cancel);
  }

  wake(): void {
    if (!this.#isRunning) return;
    for (const loop of this.#services.values()) loop.wake();
  }

  async runOnce(serviceId?: string): Promise<PollReport> {
    if (serviceId !== undefined) this.add(serviceId);
    const loops = serviceId === undefined ? [...this.#services.values()] : [this.#services.get(serviceId)];
    let report: PollReport = { stored: 0, repeated: 0, conflicting: 0, unreadable: 0 };
    for (const loop of loops) {
      if (loop !== undefined) report = sum(report, (await loop.once(new AbortController().signal)).report);
    }
    return report;
  }

  /** Page after page, until one is not full. */
  async #pollAll(serviceId: string, signal: AbortSignal): Promise<PollResult> {
    let report: PollReport = { stored: 0, repeated: 0, conflicting: 0, unreadable: 0 };
    for (let pages = 1; ; pages += 1) {
      const page = await this.#pollPage(serviceId, signal);
      report = sum(report, page.report);
      const hasMore = page.outcome === 'full' && pages < MAX_PAGES && !signal.aborted;
      if (!hasMore) {
        const { keys } = page;
        return { keys, report, outcome: pages > 1 && page.outcome === 'empty' ? 'busy' : page.outcome };
      }
      await this.#options.settle?.(page.keys);
    }
  }

  async #pollPage(serviceId: string, signal: AbortSignal): Promise<PollResult> {
    const loop = this.#services.get(serviceId);
    const { client, journal, timeoutMs } = this.#options;
    const stuck = this.#stuck.get(serviceId) ?? { hashes: new Set<string>(), count: 0 };
    this.#stuck.set(serviceId, stuck);
    let page = loop?.held;
    if (page === undefined) {
      // Those that nobody confirms come first again: others are behind them.
      const amount = this.#amount + Math.min(stuck.count, MAX_STUCK);
      const polled = await client.poll(serviceId, { amount, signal, timeoutMs });
      page = { polled, kept: keepable(polled), unreadable: unreadableParts(polled), amount };
      if (loop !== undefined) loop.held = page;
    }
    const { polled, kept, unreadable, amount } = page;
    const fresh = unreadable.filter(({ contentHash }) => !stuck.hashes.has(contentHash));
    const contents = { serviceId, bytes: polled.bytes, kept, unreadable: fresh };
    const stored = await storePage(journal, contents, Math.trunc(this.#clock.now()));
    if (loop !== undefined) loop.held = undefined;
    if (stuck.hashes.size > 10 * MAX_STUCK) stuck.hashes.clear();
    for (const { contentHash } of unreadable) stuck.hashes.add(contentHash);
    stuck.count = unreadable.length;
    for (const change of stored.changed) publishStates([change], change.serviceId);
    for (const { error } of unreadable) publishWorkerError('poller', error);
    const { repeated, conflicting, keys } = stored;
    const isNew = stored.stored + conflicting + fresh.length > 0;
    const outcome = !isNew ? 'empty' : kept.length + unreadable.length >= amount ? 'full' : 'busy';
    const report = { stored: stored.stored, repeated, conflicting, unreadable: unreadable.length };
    return { keys, report, outcome };
  }
}

function sum(one: PollReport, other: PollReport): PollReport {
  return {
    stored: one.stored + other.stored,
    repeated: one.repeated + other.repeated,
    conflicting: one.conflicting + other.conflicting,
    unreadable: one.unreadable + other.unreadable,
  };
}
