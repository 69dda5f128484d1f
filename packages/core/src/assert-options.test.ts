import { describe, expect, test } from 'vitest';

import { assertOptions } from './assert-options.ts';

describe('assertOptions', () => {
  test('lets known names through, with whatever value', () => {
    assertOptions('a part', { one: 1, two: undefined }, ['one', 'two']);
    assertOptions('a part', {}, []);
  });

  test('names the option that is not known, and those that are', () => {
    expect(() => assertOptions('a part', { tow: undefined }, ['one', 'two'])).toThrow(
      new TypeError('a part has no option "tow"; there are one, two'),
    );
  });

  test.each([undefined, null, 'x', 1, []])('refuses %j', (value) => {
    expect(() => assertOptions('a part', value, [])).toThrow(TypeError);
  });
});
