import type { SendError } from '@egov-gateway/core';
import { failureOf, serveHttp, serveTcp, unusedPort } from '@egov-gateway/testing';
import fc from 'fast-check';
import { MockAgent, Agent as UndiciAgent } from 'undici';
import { describe, expect, test } from 'vitest';

import { open, post, read } from '../../test/plain-http.ts';
import { createTransport, type TransportOptions } from './transport.ts';

describe('delivery of a broken exchange', () => {
  test('nobody listens: not-sent', async () => {
    await using transport = open();
    expect(await failureOf(post(transport, `http://127.0.0.1:${await unusedPort()}/`))).toEqual({
      code: 'ERR_SEND_CONNECT',
      delivery: 'not-sent',
    });
  });

  test('the name does not resolve: not-sent', async () => {
    await using transport = open();
    // A label that is too long is refused without a question to any name server.
    expect(await failureOf(post(transport, `http://${'a'.repeat(64)}.invalid/`))).toEqual({
      code: 'ERR_SEND_CONNECT',
      delivery: 'not-sent',
    });
  });

  test('every exchange that waits for a connection fails when none can be made', async () => {
    await using transport = open({ connections: 1 });
    const url = `http://127.0.0.1:${await unusedPort()}/`;
    const failures = await Promise.all(Array.from({ length: 5 }, () => failureOf(post(transport, url))));
    expect(new Set(failures.map(({ delivery }) => delivery))).toEqual(new Set(['not-sent']));
  });

  test('the connection is reset before the request was read: unknown', async () => {
    await using server = await serveTcp((socket) => {
      socket.once('data', () => socket.resetAndDestroy());
    });
    await using transport = open();
    expect(await failureOf(post(transport, server.url))).toEqual({
      code: 'ERR_SEND_NETWORK',
      delivery: 'unknown',
    });
  });

  test('the connection is closed without an answer: unknown', async () => {
    await using server = await serveHttp(async (request, response) => {
      await read(request);
      response.destroy();
    });
    await using transport = open();
    expect(await failureOf(post(transport, server.url))).toEqual({
      code: 'ERR_SEND_NETWORK',
      delivery: 'unknown',
    });
  });

  test('an idle connection is reset when the next request arrives: unknown', async () => {
    let exchanges = 0;
    await using server = await serveHttp(async (request, response) => {
      await read(request);
      exchanges += 1;
      if (exchanges === 1) response.end('x');
      else request.socket.resetAndDestroy();
    });
    await using transport = open();
    await post(transport, server.url);
    expect(await failureOf(post(transport, server.url))).toEqual({
      code: 'ERR_SEND_NETWORK',
      delivery: 'unknown',
    });
    expect(server.connections()).toBe(1);
  });

  test.each([
    ['shorter than Content-Length', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<a>'],
    ['cut within its chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n<a>'],
    ['cut within its headers', 'HTTP/1.1 200 OK\r\ncontent-'],
    ['of another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['with two Content-Length', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
    [
      'with both framings',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['that switches protocols', 'HTTP/1.1 101 Switching\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'],
  ])('the answer is %s: unknown', async (_name, bytes) => {
    await using server = await serveTcp((socket) => {
      socket.once('data', () => socket.end(bytes));
    });
    await using transport = open();
    expect(await failureOf(post(transport, server.url))).toEqual({
      code: 'ERR_SEND_NETWORK',
      delivery: 'unknown',
    });
  });

  test('an impossible header is a TypeError and nothing is sent', async () => {
    await using server = await serveHttp((_request, response) => response.end());
    await using transport = open();
    const exchange = transport.exchange({
      url: server.url,
      headers: { 'x-a': 'b\r\nx-injected: 1' },
      body: new Uint8Array(1),
      signal: new AbortController().signal,
    });
    await expect(exchange).rejects.toBeInstanceOf(TypeError);
    expect(server.connections()).toBe(0);
  });
});

describe('not-sent', () => {
  test('is said only when the server got no byte, whatever it does', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 4\r\n\r\n<a/>';
    const behaviour = fc.record({
      acts: fc.constantFrom('on connect', 'on data'),
      answers: fc.nat({ max: head.length }),
      ends: fc.constantFrom('reset', 'end', 'destroy'),
      rounds: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(behaviour, async ({ acts, answers, ends, rounds }) => {
        let received = 0;
        await using server = await serveTcp((socket) => {
          const act = () => {
            socket.write(head.slice(0, answers));
            if (ends === 'reset') socket.resetAndDestroy();
            else if (ends === 'end') socket.end();
            else socket.destroy();
          };
          socket.on('data', (bytes) => {
            received += bytes.length;
            if (acts === 'on data' && !socket.destroyed) act();
          });
          if (acts === 'on connect') act();
        });
        await using transport = open();
        for (let round = 0; round < rounds; round += 1) {
          const before = received;
          const delivery = await post(transport, server.url).then(
            () => 'answered',
            (error: unknown) => (error as SendError).delivery,
          );
          if (delivery === 'not-sent') expect(received).toBe(before);
          else expect(['answered', 'unknown']).toContain(delivery);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('dispatcher', () => {
  test('a MockAgent answers instead of the network', async () => {
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    dispatcher
      .get('https://gateway.invalid')
      .intercept({ path: '/bip-sync/', method: 'POST', body: /^<a\/>$/ })
      .reply(200, '<b/>', { headers: { 'content-type': 'text/xml' } });
    await using transport = createTransport({ dispatcher });
    const answer = await post(transport, 'https://gateway.invalid/bip-sync/');
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml' } });
    expect(Buffer.from(answer.body).toString()).toBe('<b/>');
    await dispatcher.close();
  });

  test('a MockPool given directly does too', async () => {
    const agent = new MockAgent();
    const dispatcher = agent.get('https://gateway.invalid');
    dispatcher.intercept({ path: '/', method: 'POST' }).reply(500, 'x', { headers: { 'X-A': ['1', '2'] } });
    await using transport = createTransport({ dispatcher });
    const answer = await post(transport, 'https://gateway.invalid/');
    expect(answer).toMatchObject({ status: 500, headers: { 'x-a': '1, 2' } });
    await agent.close();
  });

  test.each([
    ['ECONNREFUSED', 'ERR_SEND_CONNECT', 'not-sent'],
    ['ENOTFOUND', 'ERR_SEND_CONNECT', 'not-sent'],
    ['UND_ERR_CONNECT_TIMEOUT', 'ERR_SEND_CONNECT_TIMEOUT', 'not-sent'],
    ['ECONNRESET', 'ERR_SEND_CONNECT', 'unknown'],
    ['ETIMEDOUT', 'ERR_SEND_CONNECT_TIMEOUT', 'unknown'],
    ['UND_ERR_SOCKET', 'ERR_SEND_CONNECT', 'unknown'],
    ['CERT_HAS_EXPIRED', 'ERR_SEND_TLS', 'unknown'],
  ])('a foreign dispatcher that fails with %s: %s, %s', async (systemCode, code, delivery) => {
    const dispatcher = new MockAgent();
    dispatcher
      .get('https://gateway.invalid')
      .intercept({ path: '/', method: 'POST' })
      .replyWithError(Object.assign(new Error('mock'), { code: systemCode }));
    await using transport = createTransport({ dispatcher });
    expect(await failureOf(post(transport, 'https://gateway.invalid/'))).toEqual({ code, delivery });
    await dispatcher.close();
  });

  test('one that throws rejects the exchange', async () => {
    const dispatcher = new UndiciAgent();
    dispatcher.dispatch = () => {
      throw new Error('thrown');
    };
    await using transport = createTransport({ dispatcher });
    expect(await failureOf(post(transport, 'https://gateway.invalid/'))).toMatchObject({
      delivery: 'unknown',
    });
    await dispatcher.close();
  });

  test('stays open when the transport is closed, and the transport refuses', async () => {
    const dispatcher = new MockAgent();
    const transport = createTransport({ dispatcher });
    await transport.close();
    expect(await failureOf(post(transport, 'https://gateway.invalid/'))).toEqual({
      code: 'ERR_SEND_CLOSED',
      delivery: 'not-sent',
    });
    await dispatcher.close();
  });

  test('cannot be combined with connection options', () => {
    const dispatcher = new MockAgent();
    const options = { dispatcher, ca: 'PEM', connections: 3 } as unknown as TransportOptions;
    expect(() => createTransport(options)).toThrow(/connections, ca/);
  });
});
