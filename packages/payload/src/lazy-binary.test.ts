import { inspect } from 'node:util';

import { codeOf } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import { lazyBinary } from './binary.ts';
import { definePayload } from './define-payload.ts';
import { LazyBinary } from './lazy-binary.ts';

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
