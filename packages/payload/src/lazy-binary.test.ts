import { inspect } from 'node:util';

import { codeOf } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import { decodeBase64, encodeBase64 } from './base64.ts';
import { lazyBinary } from './binary.ts';
import { definePayload } from './define-payload.ts';
import { LazyBinary } from './lazy-binary.ts';

describe('decodeBase64', () => {
  test.each([
    ['', ''],
    ['AA==', '00'],
    ['AAA=', '0000'],
    ['AAAA', '000000'],
    ['/+8=', 'ffef'],
    [' A A\r\n=\t= ', '00'],
  ])('reads %j', (text, hex) => {
    expect(Buffer.from(decodeBase64(text) ?? []).toString('hex')).toBe(hex);
  });

  test.each([
    'A',
    'AA',
    'AAA',
    'A===',
    '====',
    '=',
    'AA=A',
    'AA==AAAA',
    'AB==',
    'AAB=',
    '_-8=',
    'AA%=',
    'ÄAAA',
    'AA=\u00a0=',
  ])('refuses %j', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });

  test('reads what encodeBase64 writes, also when it is wrapped', async () => {
    await fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = encodeBase64(bytes);
        expect(decodeBase64(text)).toEqual(bytes);
        expect(decodeBase64(text.replace(/.{1,4}/g, '$&\r\n'))).toEqual(bytes);
      }),
    );
  });

  test('accepts one text per content', async () => {
    await fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/]{0,8}={0,2}$/), (text) => {
        const bytes = decodeBase64(text);
        if (bytes !== undefined) expect(encodeBase64(bytes)).toBe(text);
      }),
    );
  });
});

describe('LazyBinary', () => {
  const payload = definePayload({ schema: z.object({ file: lazyBinary(), next: z.string() }) });
  const read = (content: string) =>
    payload.read(
      parseXml(new TextEncoder().encode(`<data><file>${content}</file><next>x</next></data>`)).root,
    );

  test('gives the octets that were sent', () => {
    expect(read('JVBE\nRg==').file.bytes()).toEqual(Uint8Array.of(0x25, 0x50, 0x44, 0x46));
    expect(read('JVBERg==').file.toBase64()).toBe('JVBERg==');
    expect(read('JVBERg==').file.base64Length).toBe(8);
  });

  test('reports content that is no base64 when it is asked for it, not before', async () => {
    const { file, next } = read('secret!');
    expect(next).toBe('x');
    expect(await codeOf(() => file.bytes())).toBe('ERR_PARSE_VALUE');
    expect(() => file.bytes()).toThrow(expect.objectContaining({ path: '/data/file' }) as Error);
    expect(() => file.bytes()).not.toThrow(/secret/);
  });

  test('refuses elements at once', async () => {
    expect(await codeOf(() => read('<b/>'))).toBe('ERR_PARSE_NOT_TEXT');
  });

  test('does not show its content', () => {
    const { file } = read('JVBERg==');
    expect(inspect(file, { depth: 5, showHidden: true })).not.toContain('JVBE');
    expect(JSON.stringify(file)).not.toContain('JVBE');
  });

  test('keeps what it is made from, even when that changes', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const lazy = LazyBinary.from(bytes);
    bytes.fill(0);
    expect(lazy.bytes()).toEqual(Uint8Array.of(1, 2, 3));
  });

  test('does not hand out what a caller may change', () => {
    const lazy = LazyBinary.from(Uint8Array.of(1, 2, 3));
    lazy.bytes().fill(0);
    expect(lazy.bytes()).toEqual(Uint8Array.of(1, 2, 3));
  });
});
