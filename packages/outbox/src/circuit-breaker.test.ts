import { describe, expect, test } from 'vitest';

import { CircuitBreaker, resolveBreaker } from './circuit-breaker.ts';

const options = resolveBreaker({ failures: 3, backoff: { firstMs: 1_000, maxMs: 4_000, jitter: 0 } });
const make = () => new CircuitBreaker(options, () => 0);

function fail(breaker: CircuitBreaker, nowMs: number, times = 1): void {
  for (let i = 0; i < times; i++) breaker.begin()(false, nowMs);
}

describe('CircuitBreaker', () => {
  test('opens after so many failures in a row', () => {
    const breaker = make();
    fail(breaker, 0, 2);
    expect(breaker.state(0)).toBe('closed');
    fail(breaker, 0);
    expect(breaker.state(0)).toBe('open');
    expect(breaker.room(999)).toBe(0);
    expect(breaker.untilMs(0)).toBe(1_000);
  });

  test('counts from the start again after an answer', () => {
    const breaker = make();
    fail(breaker, 0, 2);
    breaker.begin()(true, 0);
    fail(breaker, 0, 2);
    expect(breaker.state(0)).toBe('closed');
  });

  test('lets one message go when it is half-open', () => {
    const breaker = make();
    fail(breaker, 0, 3);
    expect(breaker.state(1_000)).toBe('half-open');
    expect(breaker.room(1_000)).toBe(1);
    const end = breaker.begin();
    expect(breaker.room(1_000)).toBe(0);
    end(true, 1_100);
    expect(breaker.state(1_100)).toBe('closed');
    expect(breaker.room(1_100)).toBe(Number.POSITIVE_INFINITY);
  });

  test('stays open longer each time the probe fails, up to its limit', () => {
    const breaker = make();
    fail(breaker, 0, 3);
    const waits: number[] = [];
    let nowMs = 1_000;
    for (let probe = 0; probe < 4; probe++) {
      fail(breaker, nowMs);
      waits.push((breaker.untilMs(nowMs) ?? 0) - nowMs);
      nowMs = breaker.untilMs(nowMs) ?? 0;
    }
    expect(waits).toEqual([2_000, 4_000, 4_000, 4_000]);
  });

  test('gives the place of a probe back that never left', () => {
    const breaker = make();
    fail(breaker, 0, 3);
    breaker.begin()(undefined, 1_000);
    expect(breaker.room(1_000)).toBe(1);
  });

  test('is not opened longer by what began before it opened', () => {
    const breaker = make();
    const late = breaker.begin();
    fail(breaker, 0, 3);
    late(false, 500);
    expect(breaker.untilMs(500)).toBe(1_000);
  });

  test('does not stay open for longer because the clock was set back', () => {
    const breaker = make();
    fail(breaker, 1_000_000, 3);
    expect(breaker.state(0)).toBe('half-open');
  });
});

describe('resolveBreaker', () => {
  test.each([{ failures: 0 }, { failures: Number.NaN }, { threshold: 3 }, { backoff: { factor: 0 } }, 5])(
    'refuses %j',
    (breaker) => {
      expect(() => resolveBreaker(breaker as never)).toThrow(TypeError);
    },
  );
});
