import { codeOf } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readJson } from './read-json.ts';

const read = (text: string) => readJson(new Uint8Array(Buffer.from(text)));

describe('readJson', () => {
  test.each([
    ['{"id":"123"}', { id: '123' }],
    [
      ' { "a" : [ 1 , -2.5e1 , true , false , null , "\\u0041\\n" ] } ',
      { a: [1, -25, true, false, null, 'A\n'] },
    ],
    ['[]', []],
    ['{}', {}],
    ['"Вступил в силу"', 'Вступил в силу'],
    ['12345678901234567890', 12345678901234567890n],
    ['-9007199254740993', -9007199254740993n],
    ['{"__proto__":{"id":1}}', JSON.parse('{"__proto__":{"id":1}}')],
  ])('reads %s', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  test('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        const plain = (_name: string, one: unknown) => (typeof one === 'bigint' ? Number(one) : one);
        expect(JSON.stringify(read(text), plain)).toBe(text);
      }),
    );
  });

  test('agrees with JSON.parse on what is JSON, whatever the text', () => {
    const alphabet = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"a"',
      '"b"',
      '1',
      '-',
      '.5',
      'true',
      ' ',
      '\\',
      '"',
    );
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        let code: string | undefined;
        try {
          read(text);
        } catch (error) {
          code = (error as { code: string }).code;
        }
        // Only a repeated name is refused although it is JSON.
        if (isJson) expect([undefined, 'ERR_PORTAL_DUPLICATE_KEY']).toContain(code);
        else expect(['ERR_PORTAL_JSON', 'ERR_PORTAL_DUPLICATE_KEY']).toContain(code);
      }),
      { numRuns: 500 },
    );
  });

  test.each([['{"id":1,"id":2}'], ['{"id":1,"\\u0069d":2}'], ['{"a":{"id":1,"x":[],"id":1}}']])(
    'refuses %s: a name twice',
    async (text) => {
      expect(await codeOf(() => read(text))).toBe('ERR_PORTAL_DUPLICATE_KEY');
    },
  );

  test.each([
    [''],
    [' '],
    ['{'],
    ['{"id"}'],
    ['{"id":}'],
    ['{"id":1,}'],
    ['{"id":1}}'],
    ['{id:1}'],
    ["{'id':1}"],
    ['[1,]'],
    ['01'],
    ['1.'],
    ['+1'],
    ['NaN'],
    ['undefined'],
    ['"a'],
    ['"\\x"'],
    ['"\n"'],
    ['"\\'],
    ['<html>'],
    ['{} {}'],
    ['['.repeat(40)],
    [`${'['.repeat(34)}${']'.repeat(34)}`],
  ])('refuses %j', async (text) => {
    expect(await codeOf(() => read(text))).toBe('ERR_PORTAL_JSON');
  });

  test('refuses what is not UTF-8', async () => {
    expect(await codeOf(() => readJson(Uint8Array.of(0x22, 0xff, 0x22)))).toBe('ERR_PORTAL_JSON');
  });

  test('reads a long text in one pass', () => {
    const long = 'x'.repeat(1_000_000);
    expect(read(`"${long}"`)).toBe(long);
  });

  test('repeats nothing of the text in its words', () => {
    try {
      read('{"iin":"001300900011",');
    } catch (error) {
      expect(String(error)).not.toContain('0013');
    }
  });
});
