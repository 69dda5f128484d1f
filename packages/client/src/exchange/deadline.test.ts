import { setImmediate as turn } from 'node:timers/promises';

import { failureOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { Deadline } from './deadline.ts';

const forever = new Promise<never>(() => {});

function deadline(signal?: AbortSignal, totalTimeoutMs = 60_000): Deadline {
  return new Deadline({ totalTimeoutMs, signal, messageId: 'm-1' });
}

describe('Deadline', () => {
  test('hands on what the work comes to', async () => {
    const one = deadline();
    const failure = new Error('of the work');
    expect(await one.race(Promise.resolve(5))).toBe(5);
    await expect(one.race(Promise.reject(failure))).rejects.toBe(failure);
    one.dispose();
  });

  test('rejects work that begins after the interruption', async () => {
    const controller = new AbortController();
    const one = deadline(controller.signal);
    controller.abort('enough');
    await turn();
    await turn();
    await expect(one.race(forever)).rejects.toBe('enough');
    one.dispose();
  });

  test('is interrupted from the start by a signal that fired before', async () => {
    const one = deadline(AbortSignal.abort('enough'));
    expect(one.isCancelled).toBe(true);
    await expect(one.race(forever)).rejects.toBe('enough');
    one.dispose();
  });

  test('reports the delivery that is known when the time is up', async () => {
    const one = deadline(undefined, 5);
    one.delivery = 'unknown';
    expect(await failureOf(one.race(forever))).toEqual({ code: 'ERR_SEND_TIMEOUT', delivery: 'unknown' });
    // A timer may fire a fraction of a millisecond early.
    expect(one.leftMs).toBeLessThan(1);
    one.dispose();
  });

  test('lets work that ends by the signal speak first', async () => {
    const controller = new AbortController();
    const one = deadline(controller.signal);
    const work = new Promise<never>((_resolve, reject) => {
      one.signal.addEventListener('abort', () => reject(new Error('nothing had left')));
    });
    const outcome = one.race(work);
    controller.abort('enough');
    await expect(outcome).rejects.toThrow('nothing had left');
    one.dispose();
  });

  test('holds neither timer nor listener after it is disposed of', () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const controller = new AbortController();
    const one = deadline(controller.signal);
    expect(timers()).toBe(before + 1);
    one.dispose();
    expect(timers()).toBe(before);
    controller.abort('enough');
    expect(one.signal.aborted).toBe(false);
  });
});
