import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decodeBase64, encodeBase64 } from './base64.ts';

describe('decodeBase64', () => {
  test.each([
    // RFC 4648, section 10
    ['', ''],
    [' \n', ''],
    ['Zg==', 'f'],
    ['Zm8=', 'fo'],
    ['Zm9vYmFy', 'foobar'],
    ['Zm9v\r\n\tYmFy ', 'foobar'],
  ])('%j is read', (text, expected) => {
    expect(Buffer.from(decodeBase64(text) ?? []).toString()).toBe(expected);
  });

  test('what was encoded comes back, with white space anywhere', async () => {
    const white = fc.array(fc.tuple(fc.nat(), fc.constantFrom(' ', '\n', '\r', '\t', '\r\n')), {
      maxLength: 5,
    });
    await fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), white, (bytes, spaces) => {
        let text = encodeBase64(bytes);
        for (const [at, space] of spaces) {
          const index = at % (text.length + 1);
          text = text.slice(0, index) + space + text.slice(index);
        }
        expect(Buffer.compare(decodeBase64(text) ?? Buffer.alloc(0), bytes)).toBe(0);
      }),
    );
  });

  test('one text means one octet string: whatever is read is what would be written', async () => {
    await fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AQgw/+-_=* \u00a0') }), (text) => {
        const bytes = decodeBase64(text);
        if (bytes !== undefined) expect(encodeBase64(bytes)).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  test.each([
    ['a missing character', 'Zm9'],
    ['no padding', 'Zg'],
    ['too much padding', 'Zm9v===='],
    ['text behind the padding', 'Zg==Zg=='],
    ['bits behind the last octet', 'Zh=='],
    ['the alphabet of URLs', '-_-_'],
    ['another character', 'Zm9*'],
    ['padding alone', '===='],
    ['padding in the middle', 'Zm=v'],
    ['a foreign character that makes room for itself', 'Zm9vYg%=='],
    ['a letter beyond Latin', 'Ä'.repeat(4)],
    ['a no-break space', 'Zm9v\u00a0YmFy'],
  ])('%s is refused', (_name, text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});

describe('encodeBase64', () => {
  test('never breaks the line', () => {
    expect(encodeBase64(new Uint8Array(1000))).not.toMatch(/\s/);
  });

  test('reads only its part of a shared buffer', () => {
    expect(encodeBase64(new Uint8Array([0, 0x66, 0]).subarray(1, 2))).toBe('Zg==');
  });
});
