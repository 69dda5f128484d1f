import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ByteCollector } from './byte-collector.ts';
import { createResponseBody } from './http/response-body.ts';

describe('ByteCollector', () => {
  test('returns all bytes in order, whatever was foretold', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40_000 })), fc.maxSafeNat(), (chunks, expected) => {
        const collector = new ByteCollector(expected % 200_000);
        for (const chunk of chunks) collector.add(chunk);
        const whole = Buffer.concat(chunks);
        expect(collector.byteLength).toBe(whole.length);
        expect(Buffer.compare(collector.take(), whole)).toBe(0);
        expect(collector.byteLength).toBe(0);
        expect(collector.take()).toEqual(new Uint8Array(0));
      }),
      { numRuns: 50 },
    );
  });

  test('does not copy a single chunk', () => {
    const chunk = new Uint8Array(9);
    const collector = new ByteCollector();
    collector.add(chunk);
    expect(collector.take().buffer).toBe(chunk.buffer);
  });

  test('gives a plain Uint8Array', () => {
    const collector = new ByteCollector();
    collector.add(Buffer.from('a'));
    collector.add(Buffer.from('b'));
    expect(collector.take().constructor).toBe(Uint8Array);
  });

  test('sets aside exactly what Content-Length says, and little for one that lies', () => {
    const honest = new ByteCollector(30_000);
    for (let at = 0; at < 3; at += 1) honest.add(new Uint8Array(10_000));
    expect(honest.take().buffer.byteLength).toBe(30_000);
    const lying = new ByteCollector(60_000_000);
    lying.add(new Uint8Array(1));
    lying.add(new Uint8Array(1));
    expect(lying.take().buffer.byteLength).toBeLessThanOrEqual(1024 * 1024);
  });

  test.each([Number.NaN, -5, Number.POSITIVE_INFINITY])('does not believe a length of %s', (expected) => {
    const collector = new ByteCollector(expected);
    collector.add(new Uint8Array(1));
    collector.add(new Uint8Array(1));
    expect(collector.take().byteLength).toBe(2);
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

describe('an answer in chunks of one octet', () => {
  const MEGABYTE = 1024 * 1024;
  // Noise, so that it does not shrink.
  const content = createHash('shake256', { outputLength: MEGABYTE }).digest();

  /** What is still held: garbage that waits for its collection is nobody's cost. */
  function heldBytes(): number {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  }

  test.each([
    ['plain', content, {}],
    ['gzip', gzipSync(content), { 'content-encoding': 'gzip' }],
  ])('costs its bytes, not an object for each: %s', async (_name, wire, headers) => {
    const before = heldBytes();
    const answer = await new Promise<Uint8Array>((resolve, reject) => {
      const body = createResponseBody(headers, 2 * MEGABYTE, { onBody: resolve, onBodyError: reject });
      // As they come from a socket: each a view of a block of its own.
      for (let at = 0; at < wire.length; at += 1) body.write(wire.subarray(at, at + 1));
      expect(heldBytes() - before).toBeLessThan(20 * MEGABYTE);
      body.end();
    });
    expect(Buffer.compare(answer, content)).toBe(0);
  });
});
