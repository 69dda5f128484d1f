import { describe, expect, test, vi } from 'vitest';

import { pause, systemTimers, type Timers } from './timers.ts';

/** Timers that go off when the test says so. */
function handTimers(): Timers & { readonly waiting: Set<() => void> } {
  const waiting = new Set<() => void>();
  return {
    waiting,
    schedule(run) {
      waiting.add(run);
      return () => waiting.delete(run);
    },
  };
}

describe('systemTimers', () => {
  test('runs once after the delay, and not when it was cancelled', () => {
    vi.useFakeTimers();
    try {
      const runs: string[] = [];
      systemTimers.schedule(() => runs.push('kept'), 50);
      systemTimers.schedule(() => runs.push('cancelled'), 50)();
      vi.advanceTimersByTime(49);
      expect(runs).toEqual([]);
      vi.advanceTimersByTime(1_000);
      expect(runs).toEqual(['kept']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('waits as long as it can for a delay that Node.js would cut to a millisecond', () => {
    vi.useFakeTimers();
    try {
      const run = vi.fn();
      systemTimers.schedule(run, 40 * 86_400_000);
      vi.advanceTimersByTime(20 * 86_400_000);
      expect(run).not.toHaveBeenCalled();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('pause', () => {
  test('ends with the timer and lets go of the signal', async () => {
    const timers = handTimers();
    const { signal } = new AbortController();
    const forget = vi.spyOn(signal, 'removeEventListener');
    const paused = pause(timers, 10, signal);
    for (const run of timers.waiting) run();
    await paused;
    expect(forget).toHaveBeenCalledOnce();
  });

  test('ends with the signal and cancels the timer', async () => {
    const timers = handTimers();
    const controller = new AbortController();
    const paused = pause(timers, 10, controller.signal);
    controller.abort();
    await paused;
    expect(timers.waiting.size).toBe(0);
  });

  test('does not wait at all for a signal that has fired', async () => {
    const timers = handTimers();
    await pause(timers, 10, AbortSignal.abort());
    expect(timers.waiting.size).toBe(0);
  });
});
