import { once } from 'node:events';
import { inspect } from 'node:util';

import { SendError } from '@egov-gateway/core';
import { codeOf, deferred, failureOf, fixtureText, serveHttp, serveTcp } from '@egov-gateway/testing';
import { MockAgent } from 'undici';
import { describe, expect, test } from 'vitest';

import { open, post, read } from '../../test/plain-http.ts';
import { createTransport } from './transport.ts';

const ca = fixtureText('keys/ca.crt');
const clientCertificate = {
  certificate: fixtureText('keys/tls-client.crt'),
  privateKey: fixtureText('keys/tls-client.key'),
};

describe('createTransport', () => {
  test('posts the bytes with the given headers and asks for gzip', async () => {
    let seen: unknown;
    await using server = await serveHttp(async (request, response) => {
      const { method, url, headers } = request;
      seen = { method, url, headers, body: (await read(request)).toString() };
      response.setHeader('Content-Type', 'text/xml').end('<b/>');
    });
    await using transport = open();
    const answer = await post(transport, new URL('/bip-sync/?x=1', server.url));
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/xml');
    expect(answer.body).toEqual(new TextEncoder().encode('<b/>'));
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/bip-sync/?x=1',
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        'content-length': '4',
        'accept-encoding': 'gzip',
        soapaction: '""',
      },
      body: '<a/>',
    });
  });

  test('answers a plain Uint8Array, whose slices are copies', async () => {
    await using server = await serveHttp((_request, response) => response.end('abc'));
    await using transport = open();
    const answer = await post(transport, server.url);
    expect(Buffer.isBuffer(answer.body)).toBe(false);
    expect(answer.body.slice(0, 1).buffer).not.toBe(answer.body.buffer);
  });

  test('joins repeated headers', async () => {
    await using server = await serveHttp((_request, response) => {
      response.setHeader('X-Trace', ['1', '2']).end();
    });
    await using transport = open();
    expect((await post(transport, server.url)).headers['x-trace']).toBe('1, 2');
  });

  test('keeps the connection for the next exchange', async () => {
    await using server = await serveHttp((_request, response) => response.end('x'));
    await using transport = open();
    for (let round = 0; round < 5; round += 1) await post(transport, server.url);
    expect(server.connections()).toBe(1);
  });

  test('opens no more connections than allowed', async () => {
    await using server = await serveHttp((_request, response) => response.end('x'));
    await using transport = open({ connections: 2 });
    await Promise.all(Array.from({ length: 12 }, () => post(transport, server.url)));
    expect(server.connections()).toBe(2);
  });

  test('returns statuses other than 200 and does not follow redirects', async () => {
    let visits = 0;
    await using server = await serveHttp((request, response) => {
      visits += 1;
      response.writeHead(request.url === '/' ? 302 : 200, { location: '/elsewhere' }).end();
    });
    await using transport = open();
    expect((await post(transport, server.url)).status).toBe(302);
    expect(visits).toBe(1);
  });

  test('passes over informational answers', async () => {
    await using server = await serveHttp((_request, response) => {
      response.writeEarlyHints({ link: '</style>; rel=preload' });
      response.end('final');
    });
    await using transport = open();
    expect(Buffer.from((await post(transport, server.url)).body).toString()).toBe('final');
  });

  test('reads an answer of several megabytes', async () => {
    const large = Buffer.alloc(3_000_000, 'абв');
    await using server = await serveHttp((_request, response) => response.end(large));
    await using transport = open();
    expect(Buffer.compare((await post(transport, server.url)).body, large)).toBe(0);
  });

  test('shows nothing secret when inspected', () => {
    const transport = open({
      proxy: { url: 'http://proxy.invalid', username: 'user', password: 'pass-of-proxy' },
      ca,
      clientCertificate,
    });
    const shown = inspect(transport, { depth: 20, showHidden: true }) + JSON.stringify(transport);
    expect(shown).not.toMatch(/pass-of-proxy|PRIVATE KEY|cGFzcy1vZi1wcm94eQ/);
  });
});

describe('plain http', () => {
  test('is refused by default, on the loopback too', async () => {
    await using server = await serveHttp((_request, response) => response.end());
    await using transport = createTransport();
    expect(await failureOf(post(transport, server.url))).toEqual({
      code: 'ERR_SEND_INSECURE_URL',
      delivery: 'not-sent',
    });
    expect(server.connections()).toBe(0);
  });

  test('is refused with a dispatcher of the user too', async () => {
    const dispatcher = new MockAgent();
    await using transport = createTransport({ dispatcher });
    expect(await codeOf(() => post(transport, 'http://gateway.invalid/'))).toBe('ERR_SEND_INSECURE_URL');
    await dispatcher.close();
  });

  test.each(['ftp://gateway.invalid/', 'file:///etc/hosts', 'data:,x'])(
    'being allowed does not allow %s',
    async (url) => {
      await using transport = open();
      expect(await codeOf(() => post(transport, url))).toBe('ERR_SEND_INSECURE_URL');
    },
  );

  test('says how to allow it inside a VPN', async () => {
    await using transport = createTransport();
    await expect(post(transport, 'http://gateway.invalid/')).rejects.toThrow(/VPN.*allowInsecureHttp/);
  });
});

describe('timeouts', () => {
  test.concurrent('a server that does not answer', async () => {
    await using server = await serveHttp(() => {});
    await using transport = open({ headersTimeoutMs: 20 });
    expect(await failureOf(post(transport, server.url))).toEqual({
      code: 'ERR_SEND_HEADERS_TIMEOUT',
      delivery: 'unknown',
    });
  });

  test.concurrent('a server that falls silent within the answer', async () => {
    await using server = await serveHttp((_request, response) => {
      response.write('<a>');
    });
    await using transport = open({ bodyTimeoutMs: 20 });
    expect(await failureOf(post(transport, server.url))).toEqual({
      code: 'ERR_SEND_BODY_TIMEOUT',
      delivery: 'unknown',
    });
  });

  test.concurrent('a server that never finishes the TLS handshake', async () => {
    await using server = await serveTcp(() => {});
    await using transport = open({ connectTimeoutMs: 20 });
    expect(await failureOf(post(transport, `https://127.0.0.1:${server.port}/`))).toEqual({
      code: 'ERR_SEND_CONNECT_TIMEOUT',
      delivery: 'not-sent',
    });
  });

  test.concurrent('a proxy that never answers CONNECT', async () => {
    await using proxy = await serveTcp(() => {});
    await using transport = open({ connectTimeoutMs: 20, proxy: proxy.url });
    expect(await failureOf(post(transport, 'https://gateway.invalid/'))).toEqual({
      code: 'ERR_SEND_CONNECT_TIMEOUT',
      delivery: 'not-sent',
    });
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '5' as unknown as number])(
    '%s is not a time',
    (value) => {
      expect(() => createTransport({ connectTimeoutMs: value })).toThrow(TypeError);
      expect(() => createTransport({ headersTimeoutMs: value })).toThrow(TypeError);
      expect(() => createTransport({ bodyTimeoutMs: value })).toThrow(TypeError);
      expect(() => createTransport({ keepAliveTimeoutMs: value })).toThrow(TypeError);
      expect(() => createTransport({ connections: value })).toThrow(TypeError);
      expect(() => createTransport({ maxResponseBytes: value })).toThrow(TypeError);
    },
  );
});

describe('signal', () => {
  const reason = { why: 'the user left' };

  test('aborted before: rejects with its reason and connects to nobody', async () => {
    await using server = await serveHttp((_request, response) => response.end());
    await using transport = open();
    await expect(post(transport, server.url, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(server.connections()).toBe(0);
  });

  test('aborted while the connection is made: rejects at once', async () => {
    await using server = await serveTcp(() => {});
    const transport = open();
    const controller = new AbortController();
    const exchange = post(transport, `https://127.0.0.1:${server.port}/`, controller.signal);
    controller.abort(reason);
    await expect(exchange).rejects.toBe(reason);
    await server.close();
    await transport.close();
  });

  test('aborted while it waits for a free connection: rejects, and is never sent', async () => {
    const bodies: string[] = [];
    const { promise: arrived, resolve: onArrival } = deferred<void>();
    const { promise: mayAnswer, resolve: release } = deferred<void>();
    await using server = await serveHttp(async (request, response) => {
      bodies.push((await read(request)).toString());
      onArrival();
      await mayAnswer;
      response.end('x');
    });
    await using transport = open({ connections: 1 });
    const first = post(transport, server.url);
    await arrived;
    const controller = new AbortController();
    const second = post(transport, server.url, controller.signal);
    const third = post(transport, server.url);
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    release();
    await Promise.all([first, third]);
    expect(bodies).toHaveLength(2);
    // The connection was not sacrificed for the cancelled exchange.
    expect(server.connections()).toBe(1);
  });

  test.each(['before the answer', 'within the answer'])(
    'aborted %s: rejects and breaks the connection',
    async (when) => {
      const controller = new AbortController();
      let broken: Promise<unknown> | undefined;
      await using server = await serveHttp((_request, response) => {
        broken = once(response, 'close');
        if (when === 'within the answer') response.write('<a>');
        setImmediate(() => controller.abort(reason));
      });
      await using transport = open();
      await expect(post(transport, server.url, controller.signal)).rejects.toBe(reason);
      await broken;
    },
  );

  test('aborted with a SendError of the SDK: not-sent while nothing has left, untouched after', async () => {
    const timeout = new SendError('too late', { code: 'ERR_SEND_TIMEOUT', delivery: 'unknown' });
    await using server = await serveTcp(() => {});
    await using transport = open();
    const early = new AbortController();
    const waiting = post(transport, `https://127.0.0.1:${server.port}/`, early.signal);
    early.abort(timeout);
    expect(await failureOf(waiting)).toEqual({ code: 'ERR_SEND_TIMEOUT', delivery: 'not-sent' });

    const late = new AbortController();
    await using deaf = await serveHttp(() => late.abort(timeout));
    await expect(post(transport, deaf.url, late.signal)).rejects.toBe(timeout);
    await server.close();
  });

  test('leaves no listener behind', async () => {
    await using server = await serveHttp((_request, response) => response.end('x'));
    await using transport = open();
    const { signal } = new AbortController();
    const added: unknown[] = [];
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
      added.push(given[1]);
      return addEventListener.apply(signal, given);
    };
    signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
      added.splice(added.indexOf(given[1]), 1);
      return removeEventListener.apply(signal, given);
    };
    await post(transport, server.url, signal);
    expect(added).toEqual([]);
  });
});

describe('close', () => {
  test('lets the running exchange finish and refuses the next', async () => {
    const { promise: arrived, resolve: onArrival } = deferred<void>();
    const { promise: mayAnswer, resolve: release } = deferred<void>();
    await using server = await serveHttp(async (_request, response) => {
      onArrival();
      await mayAnswer;
      response.end('x');
    });
    const transport = open();
    const running = post(transport, server.url);
    await arrived;
    const closed = transport.close();
    expect(await failureOf(post(transport, server.url))).toEqual({
      code: 'ERR_SEND_CLOSED',
      delivery: 'not-sent',
    });
    release();
    expect((await running).status).toBe(200);
    await closed;
  });

  test('may be called twice', async () => {
    const transport = open();
    await Promise.all([transport.close(), transport.close()]);
    await transport.close();
  });
});
