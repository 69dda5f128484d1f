import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { backoffMs, jittered, resolveBackoff } from './backoff.ts';

const plain = { firstMs: 100, maxMs: 1_000, factor: 2, jitter: 0 };

describe('backoffMs', () => {
  test('grows by the factor up to its limit', () => {
    expect([1, 2, 3, 4, 5, 6].map((attempt) => backoffMs(plain, attempt, () => 0))).toEqual([
      100, 200, 400, 800, 1_000, 1_000,
    ]);
  });

  test('is a whole number within its bounds after any number of attempts', () => {
    fc.assert(
      fc.property(
        fc.record({
          firstMs: fc.integer({ min: 1, max: 10_000 }),
          maxMs: fc.integer({ min: 10_000, max: 0x7fffffff }),
          factor: fc.double({ min: 1, max: 10, noNaN: true }),
          jitter: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (backoff, attempt, chance) => {
          const waitMs = backoffMs(backoff, attempt, () => chance);
          return Number.isSafeInteger(waitMs) && waitMs >= 1 && waitMs <= backoff.maxMs;
        },
      ),
    );
  });

  test.each([Number.NaN, -1, 2, Number.POSITIVE_INFINITY])(
    'waits in full when the source of chance gives %s',
    (chance) => {
      expect(jittered(500, 1, () => chance)).toBe(500);
    },
  );
});

describe('resolveBackoff', () => {
  test('takes what is left out from the default', () => {
    expect(resolveBackoff('backoff', { firstMs: 5 }, plain)).toEqual({ ...plain, firstMs: 5 });
  });

  test('lifts the default limit when the first wait is longer', () => {
    expect(resolveBackoff('backoff', { firstMs: 5_000 }, plain).maxMs).toBe(5_000);
  });

  test.each([
    { firstMs: 0 },
    { firstMs: 1.5 },
    { firstMs: Number.NaN },
    { firstMs: 200, maxMs: 100 },
    { maxMs: 0x80000000 },
    { factor: 0.5 },
    { factor: Number.NaN },
    { factor: 11 },
    { jitter: -0.1 },
    { jitter: 1.1 },
    { jitter: '0.5' },
    { first: 1 },
    [],
    null,
  ])('refuses %j', (backoff) => {
    expect(() => resolveBackoff('backoff', backoff as never, plain)).toThrow(TypeError);
  });
});
