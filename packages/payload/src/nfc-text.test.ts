import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isNfc, nfcText } from './nfc-text.ts';

describe('isNfc', () => {
  test.each(['', 'Aa-09', 'Әғқңөұүһі Й ё №1', 'İ', 'ﬁ', '漢'])('holds for %j', (text) => {
    expect(isNfc(text)).toBe(true);
  });

  test.each(['И\u0306', 'Е\u0308', 'I\u0307', '\u212b', '\u1100\u1161'])('does not hold for %j', (text) => {
    expect(isNfc(text)).toBe(false);
  });

  test('is what Unicode says, for every text', async () => {
    await fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'И\u0306', '\u0301'), (text, mark) => {
        expect(isNfc(text + mark)).toBe((text + mark).normalize('NFC') === text + mark);
      }),
    );
    for (let point = 0; point < 0x3000; point++) {
      const text = String.fromCodePoint(point);
      expect(isNfc(text)).toBe(text.normalize('NFC') === text);
    }
  });
});

describe('nfcText', () => {
  test.each(['а', 'Қожа\u00a0Ғани', '😀😀'])('accepts %j', (text) => {
    expect(nfcText({ maxLength: 10 }).safeParse(text).success).toBe(true);
  });

  test.each([
    ['', {}],
    ['а', { minLength: 2 }],
    ['😀', { minLength: 2 }],
    ['abc', { maxLength: 2 }],
    ['😀😀😀', { maxLength: 2 }],
    ['И\u0306', {}],
    [1, {}],
    [null, {}],
  ])('refuses %j with %j', (text, options) => {
    expect(nfcText(options).safeParse(text).success).toBe(false);
  });

  test('refuses limits without meaning', () => {
    for (const options of [{ minLength: -1 }, { maxLength: 0 }, { minLength: Number.NaN }]) {
      expect(() => nfcText(options)).toThrow(TypeError);
    }
  });
});
