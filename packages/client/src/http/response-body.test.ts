import { once } from 'node:events';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

import { failureOf, serveHttp, serveTcp } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { open, post } from '../../test/plain-http.ts';

function withWrongChecksum(gzip: Buffer): Buffer {
  return Buffer.concat([gzip.subarray(0, -8), Buffer.alloc(4), gzip.subarray(-4)]);
}

describe('content encoding', () => {
  const text = '<данные>'.repeat(1000);
  const encodings = {
    gzip: gzipSync(text),
    'X-GZIP': gzipSync(text),
    deflate: deflateSync(text),
    ' Deflate ': deflateRawSync(text),
    br: brotliCompressSync(text),
    identity: Buffer.from(text),
  };

  test.each(Object.entries(encodings))('%s is taken off', async (encoding, bytes) => {
    await using server = await serveHttp((_request, response) => {
      response.setHeader('content-encoding', encoding).end(bytes);
    });
    await using transport = open();
    expect(Buffer.from((await post(transport, server.url)).body).toString()).toBe(text);
  });

  test('an empty body that claims gzip is empty', async () => {
    await using server = await serveHttp((_request, response) => {
      response.writeHead(500, { 'content-encoding': 'gzip' }).end();
    });
    await using transport = open();
    expect(await post(transport, server.url)).toMatchObject({ status: 500, body: new Uint8Array(0) });
  });

  test.each(['zstd', 'compress', 'gzip, gzip', 'gzip, identity', 'aes128gcm'])(
    '%s is refused',
    async (encoding) => {
      await using server = await serveHttp((_request, response) => {
        response.setHeader('content-encoding', encoding).end('x');
      });
      await using transport = open();
      expect(await failureOf(post(transport, server.url))).toEqual({
        code: 'ERR_SEND_RESPONSE_ENCODING',
        delivery: 'unknown',
      });
    },
  );

  test.each([
    ['cut short', gzipSync(text).subarray(0, 40)],
    ['not gzip at all', Buffer.from('<html>')],
    ['with a wrong checksum', withWrongChecksum(gzipSync(text))],
  ])('gzip %s is refused', async (_name, bytes) => {
    await using server = await serveHttp((_request, response) => {
      response.setHeader('content-encoding', 'gzip').end(bytes);
    });
    await using transport = open();
    expect(await failureOf(post(transport, server.url))).toEqual({
      code: 'ERR_SEND_RESPONSE_ENCODING',
      delivery: 'unknown',
    });
  });

  test('any text survives any encoding in any chunks', async () => {
    let bytes: Buffer = Buffer.alloc(0);
    let encoding = '';
    await using server = await serveHttp(async (_request, response) => {
      response.setHeader('content-encoding', encoding).flushHeaders();
      const step = Math.max(1, Math.ceil(bytes.length / 3));
      for (let at = 0; at < bytes.length; at += step) response.write(bytes.subarray(at, at + step));
      response.end();
    });
    await using transport = open();
    const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync } as const;
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 5000 }),
        fc.constantFrom('gzip', 'deflate', 'br'),
        async (original, name) => {
          encoding = name;
          bytes = encoders[name](original);
          expect(Buffer.compare((await post(transport, server.url)).body, original)).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('maxResponseBytes', () => {
  const limit = 10_000;
  const tooLarge = { code: 'ERR_SEND_RESPONSE_TOO_LARGE', delivery: 'unknown' };

  test('is inclusive', async () => {
    await using server = await serveHttp((_request, response) => response.end(Buffer.alloc(limit)));
    await using transport = open({ maxResponseBytes: limit });
    expect((await post(transport, server.url)).body.byteLength).toBe(limit);
  });

  test('refuses by Content-Length before anything is read', async () => {
    await using server = await serveHttp((_request, response) => {
      response.writeHead(200, { 'content-length': limit + 1 }).flushHeaders();
    });
    await using transport = open({ maxResponseBytes: limit });
    expect(await failureOf(post(transport, server.url))).toEqual(tooLarge);
  });

  test('refuses an endless answer and breaks the connection', async () => {
    let broken: Promise<unknown> | undefined;
    await using server = await serveHttp((_request, response) => {
      broken = once(response, 'close');
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(4096)));
      };
      response.on('drain', more);
      more();
    });
    await using transport = open({ maxResponseBytes: limit });
    expect(await failureOf(post(transport, server.url))).toEqual(tooLarge);
    await broken;
  });

  test.each([
    ['gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000))],
    ['deflate', deflateSync(Buffer.alloc(50_000_000))],
  ])('stops a %s bomb', async (encoding, bomb) => {
    await using server = await serveHttp((_request, response) => {
      response.setHeader('content-encoding', encoding).end(bomb);
    });
    await using transport = open({ maxResponseBytes: 1_000_000 });
    expect(await failureOf(post(transport, server.url))).toEqual(tooLarge);
  });

  test('stops a gzip bomb that never ends', async () => {
    let broken: Promise<unknown> | undefined;
    await using server = await serveHttp((_request, response) => {
      broken = once(response, 'close');
      response.setHeader('content-encoding', 'gzip').write(gzipSync(Buffer.alloc(1_000_000)));
    });
    await using transport = open({ maxResponseBytes: limit });
    expect(await failureOf(post(transport, server.url))).toEqual(tooLarge);
    await broken;
  });

  test('counts the wire too: an endless row of empty gzip members', async () => {
    const empty = gzipSync('');
    await using server = await serveHttp((_request, response) => {
      response.setHeader('content-encoding', 'gzip').flushHeaders();
      response.end(Buffer.concat(Array.from({ length: 1_000 }, () => empty)));
    });
    await using transport = open({ maxResponseBytes: limit });
    expect(await failureOf(post(transport, server.url))).toEqual(tooLarge);
  });

  test('refuses headers that are too large', async () => {
    await using server = await serveTcp((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`);
    });
    await using transport = open();
    expect(await failureOf(post(transport, server.url))).toEqual(tooLarge);
  });
});
