import { describe, expect, test } from 'vitest';

import { fixedClock, systemClock } from './clock.ts';
import { newLocalKey, newMessageId } from './message-id.ts';

describe('newMessageId', () => {
  test('is a UUID v4, a new one each time', () => {
    const ids = Array.from({ length: 100 }, newMessageId);

    expect(new Set(ids).size).toBe(100);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('newLocalKey', () => {
  test('is a UUID v7 that sorts by time within a process', () => {
    const keys = Array.from({ length: 1000 }, newLocalKey);

    expect([...keys].sort()).toEqual(keys);
    expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
  });
});

describe('fixedClock', () => {
  test('stands still', () => {
    const clock = fixedClock(1_700_000_000_000);

    expect([clock.now(), clock.now()]).toEqual([1_700_000_000_000, 1_700_000_000_000]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %s', (atMs) => {
    expect(() => fixedClock(atMs)).toThrow(TypeError);
  });
});

describe('systemClock', () => {
  test('tells the time of the machine in milliseconds', () => {
    const before = Date.now();

    expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  });
});
