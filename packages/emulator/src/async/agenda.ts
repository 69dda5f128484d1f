/**
 * What the gateway does by itself: everything that is due, in order, by a clock that may be moved.
 *
 * @module
 */
import type { EmulatorClock } from '../emulator-clock.ts';
import { type Due, DueHeap } from './due-heap.ts';

/** One piece of work. Those of a lane are done one after another, lanes beside each other. @internal */
export interface Job {
  readonly dueAtMs: number;
  readonly lane: string;
  /** Must not reject. */
  readonly run: () => Promise<void>;
}

interface Entry extends Job, Due {}

const MAX_TIMER_MS = 0x7fffffff;
/** How soon to look again at a clock that did not move while a timer ran, milliseconds. */
const STILL_MS = 50;

/** @internal */
export class Agenda {
  readonly #clock: EmulatorClock;
  readonly #heap = new DueHeap<Entry>();
  readonly #lanes = new Map<string, Entry[]>();
  #waiting: (() => void)[] = [];
  #order = 0;
  #timer: NodeJS.Timeout | undefined;
  #isPumpPlanned = false;
  #isClosed = false;

  constructor(clock: EmulatorClock) {
    this.#clock = clock;
  }

  /** When the next work is due that has not begun. */
  get nextDueMs(): number | undefined {
    return this.#heap.top?.dueAtMs;
  }

  add(job: Job): void {
    if (this.#isClosed) return;
    this.#order += 1;
    this.#heap.push({ ...job, order: this.#order });
    if (this.#isPumpPlanned) return;
    this.#isPumpPlanned = true;
    // Later, so that all that was put on the agenda together is there when its order is decided.
    queueMicrotask(() => {
      this.#isPumpPlanned = false;
      this.#pump();
    });
  }

  /** Resolves when nothing is running and nothing is due by the present instant. */
  async idle(): Promise<void> {
    this.#pump();
    while (!this.#isIdle()) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  /** Moves the clock on, from one piece of work to the next, and does each at its own instant. */
  async advance(ms: number): Promise<void> {
    const target = this.#clock.now() + ms;
    await this.idle();
    for (let next = this.nextDueMs; next !== undefined && next <= target; next = this.nextDueMs) {
      this.#clock.advanceTo(next);
      await this.idle();
      if (this.#isClosed) return;
    }
    this.#clock.advanceTo(target);
    await this.idle();
  }

  /** Begins nothing any more. What is running is not waited for. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#heap.clear();
    for (const queue of this.#lanes.values()) queue.length = 0;
    this.#wake();
  }

  #isIdle(): boolean {
    if (this.#isClosed) return true;
    const next = this.nextDueMs;
    const isDue = next !== undefined && next <= this.#clock.now();
    return this.#lanes.size === 0 && !this.#isPumpPlanned && !isDue;
  }

  #pump(isTimer = false): void {
    if (this.#isClosed) return;
    const nowMs = this.#clock.now();
    let hasBegun = false;
    for (let top = this.#heap.top; top !== undefined && top.dueAtMs <= nowMs; top = this.#heap.top) {
      this.#heap.pop();
      hasBegun = true;
      const lane = this.#lanes.get(top.lane);
      if (lane !== undefined) {
        lane.push(top);
        continue;
      }
      const queue = [top];
      this.#lanes.set(top.lane, queue);
      void this.#work(top.lane, queue);
    }
    this.#sleep(isTimer && !hasBegun);
    this.#wake();
  }

  async #work(name: string, queue: Entry[]): Promise<void> {
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) await entry.run();
    this.#lanes.delete(name);
    this.#pump();
  }

  /** Until the next work is due. The timer does not keep the process alive. */
  #sleep(isStill: boolean): void {
    clearTimeout(this.#timer);
    const next = this.nextDueMs;
    if (next === undefined) return;
    const leftMs = next - this.#clock.now();
    const ms = isStill && leftMs > 1 ? Math.max(leftMs, STILL_MS) : leftMs;
    this.#timer = setTimeout(() => this.#pump(true), Math.min(MAX_TIMER_MS, Math.max(1, ms))).unref();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
