import { describe, expect, test } from 'vitest';

import { wholeOption } from './option-values.ts';
import { UsageError } from './usage-error.ts';

describe('wholeOption', () => {
  test.each([
    ['wait-ms', '1', 1],
    ['wait-ms', '2147483647', 2_147_483_647],
    ['max-per-hour', '3000000000', 3_000_000_000],
    ['wait-ms', undefined, undefined],
  ])('of --%s %s is %s', (name, text, value) => {
    expect(wholeOption({ [name]: text }, name)).toBe(value);
  });

  test.each([
    ['wait-ms', '0'],
    ['wait-ms', '-1'],
    ['wait-ms', '1.5'],
    ['wait-ms', '1e3'],
    ['wait-ms', ''],
    ['wait-ms', 'NaN'],
    // A timer would take it for the shortest time instead.
    ['wait-ms', '2147483648'],
    ['max-per-hour', '9999999999999999'],
  ])('of --%s %s is a mistake', (name, text) => {
    expect(() => wholeOption({ [name]: text }, name)).toThrow(UsageError);
  });
});
