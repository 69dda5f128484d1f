import { deferred, manualTime } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { TokenCache } from './token-cache.ts';

describe('TokenCache', () => {
  const counting = (expiresInMs?: number) => {
    let asked = 0;
    const time = manualTime();
    const cache = new TokenCache(async () => ({ token: `t${++asked}`, expiresInMs }), time.clock);
    return { cache, time, asked: () => asked };
  };

  test('asks once, however many want it at a time', async () => {
    const gate = deferred();
    let asked = 0;
    const cache = new TokenCache(async () => {
      asked += 1;
      await gate.promise;
      return { token: 't' };
    }, manualTime().clock);
    const all = Promise.all([cache.get(), cache.get(), cache.renew('old')]);
    gate.resolve();
    expect(await all).toEqual(['t', 't', 't']);
    expect(asked).toBe(1);
  });

  test('keeps a token without an end until it is refused', async () => {
    const { cache, time, asked } = counting();
    await cache.get();
    time.leap(365 * 86_400_000);
    expect(await cache.get()).toBe('t1');
    expect(await cache.renew('t1')).toBe('t2');
    expect(asked()).toBe(2);
  });

  test('asks again half a minute before the end', async () => {
    const { cache, time } = counting(600_000);
    await cache.get();
    time.leap(569_999);
    expect(await cache.get()).toBe('t1');
    time.leap(1);
    expect(await cache.get()).toBe('t2');
  });

  test('uses half of a life that is shorter than that', async () => {
    const { cache, time } = counting(20_000);
    await cache.get();
    time.leap(9_999);
    expect(await cache.get()).toBe('t1');
    time.leap(1);
    expect(await cache.get()).toBe('t2');
  });

  test('whoever is late with a refused token gets the new one', async () => {
    const { cache, asked } = counting();
    await cache.get();
    expect(await cache.renew('t1')).toBe('t2');
    expect(await cache.renew('t1')).toBe('t2');
    expect(asked()).toBe(2);
  });

  test('drops only the token that was meant', async () => {
    const { cache } = counting();
    await cache.get();
    cache.drop('t0');
    expect(await cache.get()).toBe('t1');
    cache.drop('t1');
    expect(await cache.get()).toBe('t2');
  });

  test('keeps nothing of a failure', async () => {
    let asked = 0;
    const cache = new TokenCache(async () => {
      asked += 1;
      if (asked === 1) throw new Error('down');
      return { token: 't' };
    }, manualTime().clock);
    await expect(cache.get()).rejects.toThrow('down');
    expect(await cache.get()).toBe('t');
  });
});
