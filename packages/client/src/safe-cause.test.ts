import { inspect } from 'node:util';

import { SendError, type TransportResponse } from '@egov-gateway/core';
import { serveTcp, unusedPort } from '@egov-gateway/testing';
import { MockAgent } from 'undici';
import { describe, expect, test } from 'vitest';

import { createTransport, type TransportOptions } from './http/transport.ts';
import { plainCode, safeCause } from './safe-cause.ts';

const SECRETS = /secret|c2VjcmV0|115, 101, 99|73 65 63 72 65 74/i;

function shown(error: unknown): string {
  const depths = [undefined, 1, 20].map((depth) => inspect(error, { depth: depth ?? 2 }));
  return [...depths, inspect(error, { depth: 20, showHidden: true }), JSON.stringify(error)].join('\n');
}

async function failureOver(
  url: URL | string,
  options: TransportOptions = {},
  signal = new AbortController().signal,
  headers: Record<string, string> = {},
): Promise<unknown> {
  await using transport = createTransport({ allowInsecureHttp: true, ...options } as TransportOptions);
  return transport
    .exchange({
      url: new URL(url),
      headers: { 'content-type': 'text/xml', 'x-api-key': 'secret-header', ...headers },
      body: new TextEncoder().encode('<secret-request/>'),
      signal,
    })
    .then(
      ({ status }: TransportResponse) => status,
      (error: unknown) => error,
    );
}

describe('no byte of request or answer in any SendError', () => {
  test.each([
    ['another protocol', 'SSH-secret-answer\r\n\r\nsecret-answer'],
    ['a status line that is wrong', 'HTTP/1.1 secret-answer\r\n\r\n'],
    ['a header that is wrong', 'HTTP/1.1 200 OK\r\nsecret answer\r\n\r\n<secret-answer/>'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nsecret-answer'],
    ['a cut body', 'HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n<secret-answer/>'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nsecret-answer\r\n'],
    ['headers without end', `HTTP/1.1 200 OK\r\nx: ${'secret'.repeat(20_000)}\r\n\r\n`],
    ['damaged gzip', 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 6\r\n\r\nsecret'],
    ['an unknown encoding', 'HTTP/1.1 200 OK\r\ncontent-encoding: secret\r\ncontent-length: 1\r\n\r\nx'],
    ['too much', 'HTTP/1.1 200 OK\r\ncontent-length: 90000\r\n\r\nsecret-answer'],
    ['an upgrade', 'HTTP/1.1 101 secret\r\nupgrade: secret\r\nconnection: upgrade\r\n\r\nsecret'],
    ['an answer that echoes the request', 'secret-request x-api-key: secret-header'],
  ])('when the answer is %s', async (_name, bytes) => {
    await using server = await serveTcp((socket) => {
      socket.once('data', () => socket.end(bytes));
    });
    const error = await failureOver(server.url, { maxResponseBytes: 50_000 });
    expect(error).toBeInstanceOf(SendError);
    expect(shown(error)).not.toMatch(SECRETS);
  });

  test('when nobody listens, the connection breaks, or the time is up', async () => {
    await using resetting = await serveTcp((socket) => {
      socket.once('data', () => socket.resetAndDestroy());
    });
    await using silent = await serveTcp(() => {});
    const reason = new SendError('late', { code: 'ERR_SEND_TIMEOUT', delivery: 'unknown' });
    const errors = [
      await failureOver(`http://127.0.0.1:${await unusedPort()}/`),
      await failureOver(resetting.url),
      await failureOver(silent.url, {}, AbortSignal.any([timeout(reason)])),
      await failureOver(silent.url, {}, undefined, { 'x-a': 'secret\r\n' }),
    ];
    expect(errors.filter((error) => error instanceof SendError)).toHaveLength(3);
    expect(shown(errors)).not.toMatch(SECRETS);
  });

  test.each([true, false])(
    'when a proxy answers with nonsense or refuses (tunnel: %s)',
    async (tunnelHttp) => {
      await using nonsense = await serveTcp((socket) => {
        socket.once('data', (request) => socket.end(`SSH-2.0 ${request}`));
      });
      await using refusing = await serveTcp((socket) => {
        socket.once('data', () => socket.end('HTTP/1.1 407 secret\r\ncontent-length: 6\r\n\r\nsecret'));
      });
      for (const { url } of [nonsense, refusing]) {
        const proxy = { url, username: 'secret', password: 'secret', tunnelHttp };
        const error = await failureOver('http://gateway.invalid/', { proxy });
        expect(shown(error)).not.toMatch(SECRETS);
      }
    },
  );

  test('when a dispatcher or a transport of another maker attaches everything', async () => {
    const rich = Object.assign(new Error('secret'), {
      code: 'ECONNRESET',
      data: 'secret',
      body: Buffer.from('secret'),
      headers: { 'proxy-authorization': 'Basic c2VjcmV0' },
      cause: Object.assign(new Error('secret'), { request: 'secret' }),
    });
    const dispatcher = new MockAgent();
    dispatcher.get('https://gateway.invalid').intercept({ path: '/', method: 'POST' }).replyWithError(rich);
    const error = await failureOver('https://gateway.invalid/', { dispatcher });
    expect(error).toMatchObject({
      cause: { code: 'ECONNRESET', cause: { message: 'an error without a code' } },
    });
    expect(shown(error)).not.toMatch(SECRETS);
    await dispatcher.close();
  });
});

describe('safeCause', () => {
  test('keeps what a system error says of itself', () => {
    const system = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
      code: 'ECONNREFUSED',
      errno: -111,
      syscall: 'connect',
      address: '127.0.0.1',
      port: 1,
    });
    const safe = safeCause(new AggregateError([system, system], 'secret'));
    expect(safe).toMatchObject({
      name: 'AggregateError',
      errors: [
        { message: 'connect ECONNREFUSED 127.0.0.1', code: 'ECONNREFUSED', syscall: 'connect', port: 1 },
        { code: 'ECONNREFUSED' },
      ],
    });
  });

  test.each([
    ['a circle of causes', circle()],
    ['text', 'secret'],
    ['nothing', undefined],
    ['null', null],
    [
      'codes and names that are not plain',
      Object.assign(new Error('secret'), { code: 'a secret', name: 'secret x' }),
    ],
    ['an address that is none', { address: 'secret', syscall: 'se cret', port: 'secret' }],
  ])('tells nothing of %s', (_name, foreign) => {
    expect(shown(safeCause(foreign))).not.toMatch(SECRETS);
  });
});

describe('plainCode', () => {
  test.each([
    [{ code: 'UND_ERR_SOCKET' }, 'UND_ERR_SOCKET'],
    [{ code: 'secret' }, ''],
    [{ code: 5 }, ''],
    [undefined, ''],
  ])('of %j', (error, code) => {
    expect(plainCode(error)).toBe(code);
  });
});

function timeout(reason: unknown): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 30);
  return controller.signal;
}

function circle(): Error {
  const error = new Error('secret');
  error.cause = error;
  return error;
}
