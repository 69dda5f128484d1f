import { describe, expect, test, vi } from 'vitest';

import type { Timers } from './timers.ts';
import { withinTime } from './within-time.ts';

function setUp(outer?: AbortSignal) {
  const waiting = new Set<() => void>();
  const timers: Timers = {
    schedule(run) {
      waiting.add(run);
      return () => waiting.delete(run);
    },
  };
  const reason = new Error('late');
  const passTime = (): void => {
    for (const run of [...waiting]) run();
  };
  return { limit: { timers, timeoutMs: 5, outer, late: () => reason }, reason, waiting, passTime };
}

/** Work that ends with its signal, and says why. */
const obedient = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(String(signal.reason))));

describe('withinTime', () => {
  test('hands on what the work returns, and lets go of timer and signal', async () => {
    const { signal } = new AbortController();
    const forget = vi.spyOn(signal, 'removeEventListener');
    const { limit, waiting } = setUp(signal);
    await expect(withinTime(limit, async () => 'done')).resolves.toBe('done');
    expect(waiting.size).toBe(0);
    expect(forget).toHaveBeenCalledOnce();
  });

  test('hands on what the work rejects or throws with, and lets go as well', async () => {
    const { limit, waiting } = setUp();
    const error = new Error('broken');
    await expect(withinTime(limit, () => Promise.reject(error))).rejects.toBe(error);
    const thrower = (): Promise<never> => {
      throw error;
    };
    await expect(withinTime(limit, thrower)).rejects.toBe(error);
    expect(waiting.size).toBe(0);
  });

  test('rejects when the time is over, even when the work ends by its signal in the same moment', async () => {
    const { limit, passTime, reason } = setUp();
    const ended = withinTime(limit, obedient);
    passTime();
    await expect(ended).rejects.toBe(reason);
  });

  test('rejects when the time is over and the work does not listen', async () => {
    const { limit, passTime, reason } = setUp();
    const ended = withinTime(limit, () => new Promise(() => {}));
    passTime();
    await expect(ended).rejects.toBe(reason);
  });

  test('waits for work that was told to end from outside', async () => {
    const controller = new AbortController();
    const { limit } = setUp(controller.signal);
    const ended = withinTime(limit, obedient);
    controller.abort('stop');
    await expect(ended).resolves.toBe('stop');
  });

  test('tells work at once of a signal that has fired', async () => {
    const { limit } = setUp(AbortSignal.abort('stop'));
    await expect(withinTime(limit, async (signal) => signal.reason)).resolves.toBe('stop');
  });
});
