import { PassThrough, Readable } from 'node:stream';

import { manualTime } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type BodyLimits, readBody } from './read-body.ts';

const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(0x61);
const limits: BodyLimits = { maxBytes: 100, withinMs: 60_000 };

/** A sender that writes as the test says. */
function slowBody(more: Partial<BodyLimits> = {}) {
  const time = manualTime();
  const stream = new PassThrough();
  const body = readBody(stream, { ...limits, timers: time.timers, ...more });
  return { time, stream, body };
}

describe('readBody', () => {
  test('returns what came, however it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 5 }), async (chunks) => {
        const body = await readBody(Readable.from(chunks.filter((chunk) => chunk.length > 0)), limits);
        expect(Buffer.from(body as Uint8Array)).toEqual(Buffer.concat(chunks));
      }),
      { numRuns: 30 },
    );
  });

  test('returns no bytes of a body that has none', async () => {
    expect(await readBody(Readable.from([]), limits)).toEqual(new Uint8Array());
  });

  test('takes as many bytes as are allowed', async () => {
    expect(await readBody(Readable.from([bytes(100)]), limits)).toHaveLength(100);
  });

  test('keeps a small body apart from the block that it was read into', async () => {
    const block = Buffer.alloc(64 * 1024);
    const body = (await readBody(Readable.from([block.subarray(10, 20)]), limits)) as Uint8Array;
    expect(body.buffer.byteLength).toBe(10);
  });

  test('refuses one byte more than is allowed', async () => {
    expect(await readBody(Readable.from([bytes(60), bytes(41)]), limits)).toBe('too-large');
  });

  test('refuses a body that says itself too large without reading it', async () => {
    const stream = Readable.from([bytes(1)]);
    expect(await readBody(stream, { ...limits, declaredBytes: 101 })).toBe('too-large');
    expect(stream.readableDidRead).toBe(false);
  });

  test('refuses a body when there is no room for it', async () => {
    let heldBytes = 0;
    const reserve = (more: number): boolean => {
      heldBytes += more;
      return heldBytes <= 50;
    };
    expect(await readBody(Readable.from([bytes(30), bytes(30)]), { ...limits, reserve })).toBe('no-room');
  });

  test('refuses a body that has not come in time', async () => {
    const { time, stream, body } = slowBody();
    stream.write(bytes(10));
    await time.advance(60_000);
    expect(await body).toBe('too-slow');
    expect(time.pending).toBe(0);
  });

  test('refuses a sender that falls behind the pace, after the grace', async () => {
    const { time, stream, body } = slowBody({ minBytesPerSecond: 10, graceMs: 1000 });
    stream.write(bytes(20));
    await time.advance(2999);
    expect(time.pending).toBe(1);
    await time.advance(1);
    expect(await body).toBe('too-slow');
  });

  test('lets a sender go on that keeps the pace, until the whole time is over', async () => {
    const { time, stream, body } = slowBody({ minBytesPerSecond: 1, graceMs: 1000, withinMs: 10_000 });
    for (let second = 0; second < 9; second++) {
      stream.write(bytes(2));
      await time.advance(1000);
    }
    expect(time.pending).toBe(1);
    await time.advance(1000);
    expect(await body).toBe('too-slow');
  });

  test('refuses a sender that breaks off, and leaves no timer', async () => {
    const { time, stream, body } = slowBody();
    stream.write(bytes(10));
    stream.destroy(new Error('reset'));
    expect(await body).toBe('hung-up');
    expect(time.pending).toBe(0);
  });

  test('refuses a stream that is gone', async () => {
    const stream = new PassThrough();
    stream.destroy();
    expect(await readBody(stream, limits)).toBe('hung-up');
  });

  test('refuses a stream that somebody has read', async () => {
    const stream = Readable.from([bytes(1)]);
    for await (const _chunk of stream);
    expect(await readBody(stream, limits)).toBe('already-read');
  });

  test('lets nothing fail that happens to the stream afterwards', async () => {
    const stream = new PassThrough();
    const body = readBody(stream, { ...limits, maxBytes: 1 });
    stream.write(bytes(2));
    expect(await body).toBe('too-large');
    expect(() => stream.emit('error', new Error('reset'))).not.toThrow();
  });
});
