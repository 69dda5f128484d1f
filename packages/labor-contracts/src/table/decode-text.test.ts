import { describe, expect, test } from 'vitest';

import { decodeText } from './decode-text.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const name = 'Бағдарламашы';

describe('decodeText', () => {
  test.each([
    ['a next line', '\u0085'],
    ['a vertical tab', '\v'],
    ['a delete', '\u007f'],
  ])('takes UTF-8 with %s for UTF-8', (_name, sign) => {
    const text = `iin;post\n1;${name}${sign}`;
    expect(decodeText(utf8(text))).toEqual({ text, encoding: 'utf-8' });
  });

  test('does not take UTF-8 that was cut off for Windows-1251', () => {
    expect(decodeText(utf8(`iin;post\n1;${name}`).subarray(0, -1))).toBeUndefined();
  });

  test('does not take UTF-8 with a piece of Windows-1251 for Windows-1251', () => {
    expect(
      decodeText(Buffer.concat([utf8(`iin;${name}\n1;`), Buffer.from([0xc8, 0xf2, 0xee])])),
    ).toBeUndefined();
  });

  test('takes no file with zeros for UTF-8', () => {
    expect(decodeText(utf8(`${name}\0`))).toBeUndefined();
  });
});
