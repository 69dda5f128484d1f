import { setMaxListeners } from 'node:events';

import { type Clock, type MessageJournal, pause, type QueueName, type Timers } from '@egov-gateway/core';

import type { Openings } from './admission.ts';
import { backoffMs } from './backoff.ts';
import type { WorkerTelemetry } from './worker-telemetry.ts';

/** What {@link QueueWorker} works with. @internal */
export interface QueueWorkerOptions {
  readonly queue: QueueName;
  readonly journal: MessageJournal;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly telemetry: WorkerTelemetry;
  /** Messages at a time. */
  readonly concurrency: number;
  readonly leaseMs: number;
  readonly pollMs: number;
  readonly sweepMs: number;
  /** What may be taken now. */
  openings(nowMs: number): Openings;
  /**
   * Does what is due with one message. `back`: it was put back on the queue for later. Rejects only when the journal is
   * in trouble; the message comes back when its lease ends.
   *
   * @param except - what the queue had been asked to leave alone when it gave the message
   * @param park - waits for the turn of the message without taking the place of others. Resolves to `false` when the worker
   *   stops before: then the message is `unstarted`, and the worker puts it back
   */
  work(
    localKey: string,
    stopping: AbortSignal,
    except: readonly string[],
    park: (turn: Promise<void>) => Promise<boolean>,
  ): Promise<'done' | 'back' | 'unstarted'>;
  /** With every sweep: ends what a process left that died. */
  swept?(): Promise<void>;
  /** Looks for work that no queue knows of, once every `pollMs` at most. */
  look?(stopping: AbortSignal): Promise<void>;
}

/** Between tries while the journal is in trouble. */
const troubleBackoff = { firstMs: 250, maxMs: 30_000, factor: 2, jitter: 0.3 };

/** How long what was told to break off has left to say what became of it, milliseconds. */
const LAST_WORDS_MS = 5_000;

/**
 * Takes from one queue what is due, a bounded number at a time, and never dies: while the journal is in trouble it waits
 * and goes on. It rests until the next entry is due, somebody wakes it, or it is time to look for what other processes
 * put on the queue.
 *
 * @internal
 */
export class QueueWorker {
  readonly #options: QueueWorkerOptions;
  readonly #held = new Map<string, Promise<void>>();
  /** What ends the waiting of those that are held and wait for their turn. */
  readonly #parked = new Set<() => void>();
  /** Held until the worker stopped, and not begun. */
  #unstarted: string[] = [];
  /** Taken once more while it was held. */
  readonly #again = new Set<string>();
  #breakOff: AbortController;
  #running: Promise<void> | undefined;
  #isStopping = false;
  #isWoken = false;
  #rouse: (() => void) | undefined;
  /** Something that is due was left, because there was no room for it. */
  #isHungry = false;
  /** The services that the queue was asked to leave alone. */
  #leftAlone = '';
  /** Something was put back: it may be due before what is waited for. */
  #isStale = false;
  #trouble: { readonly error: unknown } | undefined;
  #troubles = 0;
  #sweptAtMs: number | undefined;
  #lookedAtMs: number | undefined;

  constructor(options: QueueWorkerOptions) {
    this.#options = options;
    this.#breakOff = breakOffOf(options);
  }

  /** Begins to work. Does nothing when it works already. */
  start(): void {
    if (this.#running !== undefined && !this.#isStopping) return;
    if (this.#running !== undefined) throw new Error('the worker has not ended yet: await stop() first');
    this.#begin();
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Something may be due: does not wait for the next look. */
  wake(): void {
    this.#isWoken = true;
    this.#rouse?.();
  }

  /** Takes nothing new, lets what it holds end within `graceMs`, then breaks it off. */
  async stop(graceMs: number): Promise<void> {
    const { timers, telemetry } = this.#options;
    this.#isStopping = true;
    this.#rouse?.();
    for (const giveUp of this.#parked) giveUp();
    const ended = new AbortController();
    const idle = this.#idle().then(() => ended.abort());
    await pause(timers, graceMs, ended.signal);
    this.#breakOff.abort(new Error('the worker stops'));
    await pause(timers, LAST_WORDS_MS, ended.signal);
    if (ended.signal.aborted) await idle;
    try {
      await this.#giveBack(this.#unstarted.splice(0));
    } catch (error) {
      // Their leases end.
      telemetry.failed(error);
    }
  }

  /**
   * Does what is due now, at most as much as it may hold at a time. Returns how many messages it took.
   *
   * @throws {JournalError} when the journal is in trouble
   */
  runOnce(): Promise<number> {
    this.#begin();
    return this.#once();
  }

  /** Sweeps, looks, and does what is due until nothing is. Returns how many messages it took. */
  async drain(): Promise<number> {
    const { journal, clock, look, swept } = this.#options;
    this.#begin();
    await journal.sweep(clock.now());
    await swept?.();
    await look?.(this.#breakOff.signal);
    let total = 0;
    while (!this.#isStopping) {
      const taken = await this.#once();
      if (taken === 0) break;
      total += taken;
    }
    return total;
  }

  /** Forgets that it was stopped, unless it works. */
  #begin(): void {
    if (this.#running !== undefined || !this.#isStopping) return;
    this.#isStopping = false;
    this.#breakOff = breakOffOf(this.#options);
  }

  async #once(): Promise<number> {
    const { keys, openings } = await this.#take();
    await Promise.all(keys.map((localKey) => this.#hold(localKey, openings.except)));
    const trouble = this.#takeTrouble();
    if (trouble !== undefined) throw trouble.error;
    return keys.length;
  }

  /** What is held and does not wait for its turn. */
  get #busy(): number {
    return this.#held.size - this.#parked.size;
  }

  async #park(turn: Promise<void>): Promise<boolean> {
    if (this.#isStopping) return false;
    let giveUp: () => void = () => {};
    const stopped = new Promise<false>((resolve) => {
      giveUp = () => resolve(false);
    });
    this.#parked.add(giveUp);
    // Its place is free.
    this.wake();
    try {
      return await Promise.race([turn.then(() => true), stopped]);
    } finally {
      this.#parked.delete(giveUp);
    }
  }

  async #idle(): Promise<void> {
    await this.#running;
    while (this.#held.size > 0) await Promise.all(this.#held.values());
  }

  async #run(): Promise<void> {
    const { clock, random, telemetry, concurrency } = this.#options;
    while (!this.#isStopping) {
      try {
        const trouble = this.#takeTrouble();
        if (trouble !== undefined) throw trouble.error;
        this.#isWoken = false;
        this.#isStale = false;
        await this.#sweep();
        const nowMs = clock.now();
        const { keys, asked, openings } = await this.#take();
        for (const localKey of keys) void this.#hold(localKey, openings.except);
        if (keys.length === 0 && this.#held.size === 0) this.#troubles = 0;
        const isMore = asked > 0 && keys.length === asked && this.#busy < concurrency;
        if (!isMore) await this.#rest(nowMs, openings);
      } catch (error) {
        this.#troubles += 1;
        telemetry.failed(error);
        await this.#sleep(backoffMs(troubleBackoff, this.#troubles, random), false);
      }
    }
  }

  /** What is left by a process that died, or was lost from a queue. */
  async #sweep(): Promise<void> {
    const { journal, clock, sweepMs, pollMs, look, swept } = this.#options;
    const nowMs = clock.now();
    // A clock that was set back makes it due as well.
    const isDue = (atMs: number | undefined, everyMs: number) =>
      atMs === undefined || nowMs >= atMs + everyMs || nowMs < atMs;
    if (isDue(this.#sweptAtMs, sweepMs)) {
      await journal.sweep(nowMs);
      await swept?.();
      this.#sweptAtMs = nowMs;
    }
    if (look !== undefined && isDue(this.#lookedAtMs, pollMs)) {
      await look(this.#breakOff.signal);
      this.#lookedAtMs = nowMs;
    }
  }

  async #take(): Promise<{ keys: readonly string[]; asked: number; openings: Openings }> {
    const { journal, clock, queue, leaseMs, concurrency } = this.#options;
    const nowMs = clock.now();
    const openings = this.#options.openings(nowMs);
    const asked = Math.min(concurrency - this.#busy, openings.limit);
    this.#isHungry = asked <= 0;
    this.#leftAlone = String(openings.except);
    if (asked <= 0) return { keys: [], asked: 0, openings };
    const { except } = openings;
    const taken = await journal.take(queue, { nowMs, limit: asked, leaseMs, except });
    if (taken.length === asked) this.#isHungry = true;
    if (this.#isStopping) {
      await this.#giveBack(taken);
      return { keys: [], asked, openings };
    }
    // What was put back a moment ago, or has outlived its lease, is still held: its turn comes when that ends.
    const keys = taken.filter((localKey) => !this.#held.has(localKey));
    for (const localKey of taken) if (this.#held.has(localKey)) this.#again.add(localKey);
    return { keys, asked, openings };
  }

  async #giveBack(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const { journal, clock, queue } = this.#options;
    const dueAtMs = clock.now();
    await journal.commit({ events: [], enqueue: keys.map((localKey) => ({ queue, localKey, dueAtMs })) });
  }

  #hold(localKey: string, except: readonly string[]): Promise<void> {
    const task = this.#work(localKey, except).finally(() => {
      this.#held.delete(localKey);
      if (this.#again.delete(localKey)) void this.#hold(localKey, except);
      if (this.#isHungry || this.#trouble !== undefined || this.#hasOpened()) this.wake();
      else if (this.#isStale) this.#rouse?.();
    });
    this.#held.set(localKey, task);
    return task;
  }

  /** Whether the queue would be asked for other services now. */
  #hasOpened(): boolean {
    const { openings, clock } = this.#options;
    return this.#leftAlone !== '' && String(openings(clock.now()).except) !== this.#leftAlone;
  }

  async #work(localKey: string, except: readonly string[]): Promise<void> {
    try {
      const result = await this.#options.work(localKey, this.#breakOff.signal, except, (turn) =>
        this.#park(turn),
      );
      if (result === 'unstarted') this.#unstarted.push(localKey);
      else this.#troubles = 0;
      if (result === 'back') this.#isStale = true;
    } catch (error) {
      this.#trouble = { error };
    }
  }

  #takeTrouble(): { readonly error: unknown } | undefined {
    const trouble = this.#trouble;
    this.#trouble = undefined;
    return trouble;
  }

  /** Waits for what comes first: something due, a service that opens, a wake-up, the next look. */
  async #rest(takenAtMs: number, { limit, except, againAtMs }: Openings): Promise<void> {
    const { journal, queue, clock, pollMs, concurrency } = this.#options;
    const endMs = clock.now() + pollMs;
    do {
      if (this.#isWoken) return;
      const wasStale = this.#isStale;
      this.#isStale = false;
      const hasRoom = limit > 0 && this.#busy < concurrency;
      const nextMs = hasRoom ? await journal.nextDueMs(queue, { except }) : undefined;
      const times = [endMs];
      if (againAtMs !== undefined) times.push(againAtMs);
      // What was due before and was not given is for somebody else, or for later; unless it came back meanwhile.
      if (nextMs !== undefined && (nextMs > takenAtMs || wasStale)) times.push(nextMs);
      const waitMs = Math.min(...times) - clock.now();
      if (waitMs <= 0 || this.#isStopping) return;
      await this.#sleep(waitMs, true);
    } while (this.#isStale);
  }

  /** Resolves after a time, and earlier when the worker stops or, if it may be woken, when it is. */
  #sleep(delayMs: number, mayBeWoken: boolean): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        cancel();
        this.#rouse = undefined;
        resolve();
      };
      const cancel = this.#options.timers.schedule(finish, delayMs);
      this.#rouse = () => {
        if (this.#isStopping || mayBeWoken) finish();
      };
      if (this.#isStopping || (mayBeWoken && (this.#isWoken || this.#isStale))) finish();
    });
  }
}

/** What breaks off everything that is held: each message listens to it once, and so does the look. */
function breakOffOf({ concurrency }: QueueWorkerOptions): AbortController {
  const controller = new AbortController();
  setMaxListeners(concurrency + 1, controller.signal);
  return controller;
}
