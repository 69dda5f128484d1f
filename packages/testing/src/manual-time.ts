import type { Clock } from '@egov-gateway/core';

/** A clock that a test moves, and the timers that go with it. */
export interface ManualTime {
  readonly clock: Clock;
  /** Fits the port `Timers` of `@egov-gateway/core`. */
  readonly timers: { schedule(run: () => void, delayMs: number): () => void };
  /** Timers that wait. */
  readonly pending: number;
  /**
   * Moves the clock, running every timer on its way at its own instant. Between two of them everything that promises have
   * to do is done.
   */
  advance(ms: number): Promise<void>;
  /** Moves the clock without running anything, backwards too: a machine that slept, or whose clock was set. */
  leap(ms: number): void;
  /** Lets promises do what they have to, without moving the clock. */
  settle(): Promise<void>;
}

/** Time for tests: hours pass in milliseconds, the same way each time. Begins on 1 January 2027 unless told otherwise. */
export function manualTime(startMs: number = Date.UTC(2027, 0, 1)): ManualTime {
  let nowMs = startMs;
  let order = 0;
  const waiting = new Set<{ readonly atMs: number; readonly order: number; readonly run: () => void }>();
  // Immediate callbacks run after all promises have settled; a few, for work that itself goes through one.
  const settle = async () => {
    for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
  };
  const next = (untilMs: number) => {
    let first: { readonly atMs: number; readonly order: number; readonly run: () => void } | undefined;
    for (const one of waiting) {
      if (one.atMs > untilMs) continue;
      if (
        first === undefined ||
        one.atMs < first.atMs ||
        (one.atMs === first.atMs && one.order < first.order)
      ) {
        first = one;
      }
    }
    return first;
  };
  return {
    clock: { now: () => nowMs },
    timers: {
      schedule(run, delayMs) {
        const entry = { atMs: nowMs + Math.max(0, delayMs), order: order++, run };
        waiting.add(entry);
        return () => waiting.delete(entry);
      },
    },
    get pending() {
      return waiting.size;
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (let due = next(untilMs); due !== undefined; due = next(untilMs)) {
        waiting.delete(due);
        nowMs = Math.max(nowMs, due.atMs);
        due.run();
        await settle();
      }
      nowMs = untilMs;
    },
    leap(ms) {
      nowMs += ms;
    },
    settle,
  };
}
