import { describe, expect, test } from 'vitest';

import { integerOption, maxTimeMs } from './integer-option.ts';

describe('integerOption', () => {
  test('takes both ends of its range, and the default for what was left out', () => {
    expect(integerOption('limit', 1, 5)).toBe(1);
    expect(integerOption('limit', maxTimeMs, 5)).toBe(maxTimeMs);
    expect(integerOption('limit', 0, 5, { min: 0 })).toBe(0);
    expect(integerOption('limit', undefined, 5)).toBe(5);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, maxTimeMs + 1, '7', null, 7n])(
    'refuses %s and names the option and its range',
    (value) => {
      expect(() => integerOption('limit', value as number, 5)).toThrow(
        new TypeError('limit must be an integer from 1 to 2147483647'),
      );
    },
  );

  test('refuses what lies outside of a range of its own', () => {
    expect(() => integerOption('limit', 9, 20, { min: 10, max: 30 })).toThrow(TypeError);
    expect(() => integerOption('limit', 31, 20, { min: 10, max: 30 })).toThrow(TypeError);
  });
});
