import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

import { fixedClock } from '@egov-gateway/core';
import { readAsyncAccepted, writeAsyncDelivery } from '@egov-gateway/envelope';
import { createMemoryJournal } from '@egov-gateway/journal';
import { deferred } from '@egov-gateway/testing';
import { acceptUnverified } from '@egov-gateway/wsse';
import express from 'express';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';

import { toExpressHandler } from './express-handler.ts';
import { toFastifyPlugin } from './fastify-plugin.ts';
import { toFetchHandler } from './fetch-handler.ts';
import { toNodeListener } from './node-listener.ts';
import { createPushReceiver, type PushReceiverOptions } from './push-receiver.ts';
import type { ServedExchange } from './served-exchange.ts';
import { serverTimeouts } from './server-timeouts.ts';
import type { SoapEndpoint } from './soap-endpoint.ts';

const atMs = Date.UTC(2027, 0, 12, 9);
const soap = { 'content-type': 'text/xml; charset=utf-8' };

/** A push of so much data. */
function push(messageId = '216386080', data = 'pay'): Uint8Array {
  const codec = {
    validate: () => [],
    write: (value: string, writer: { text(value: string): void }) => writer.text(value),
    read: () => '',
  };
  const info = {
    messageId,
    correlationId: '3226347',
    messageType: 'REQUEST',
    serviceId: 'ECHO',
    messageDateMs: atMs,
    sender: { senderId: 'gateway' },
  } as const;
  return writeAsyncDelivery({ info, data: { codec, value: data } }).bytes;
}

function endpoint(options: Partial<PushReceiverOptions> = {}) {
  const exchanges: ServedExchange[] = [];
  const journal = createMemoryJournal();
  const receiver = createPushReceiver({
    journal,
    verification: 'off',
    acceptUnverified,
    clock: fixedClock(atMs),
    onExchange: (exchange) => exchanges.push(exchange),
    ...options,
  } as PushReceiverOptions);
  return { receiver, journal, exchanges };
}

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Listens on a free port of the loopback interface until the test ends. */
async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        for (const socket of sockets) socket.destroy();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const nodeServer = (receiver: SoapEndpoint): Promise<string> =>
  listening(createServer(serverTimeouts(), toNodeListener(receiver)));

async function expressServer(receiver: SoapEndpoint, before?: express.RequestHandler): Promise<string> {
  const app = express();
  app.set('env', 'test');
  if (before !== undefined) app.use(before);
  app.all('/push', toExpressHandler(receiver));
  app.use(((error, _request, response, _next) => {
    response.status(500).json({ type: (error as Error).name, message: (error as Error).message });
  }) as express.ErrorRequestHandler);
  return listening(createServer(serverTimeouts(), app as RequestListener));
}

async function fastifyServer(
  receiver: SoapEndpoint,
  prepare?: (app: FastifyInstance) => void,
): Promise<string> {
  const app: FastifyInstance = fastify({ http: serverTimeouts() });
  prepare?.(app);
  await app.register(toFastifyPlugin(receiver), { prefix: '/push' });
  open.push(() => app.close());
  return app.listen({ port: 0, host: '127.0.0.1' });
}

/** The server of the Fetch API is this function. */
async function fetchServer(
  receiver: SoapEndpoint,
): Promise<(init: RequestInit, path?: string) => Promise<Response>> {
  const handle = toFetchHandler(receiver);
  return (init, path = '/push') => handle(new Request(`http://receiver.example${path}`, init));
}

async function client(
  receiver: SoapEndpoint,
  kind: 'node' | 'express' | 'fastify' | 'fetch',
): Promise<(init: RequestInit, path?: string) => Promise<Response>> {
  if (kind === 'fetch') return fetchServer(receiver);
  const servers = { node: nodeServer, express: expressServer, fastify: fastifyServer };
  const origin = await servers[kind](receiver);
  return (init, path = '/push') => fetch(origin + path, init);
}

async function acceptedId(response: Response): Promise<string> {
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  const bytes = new Uint8Array(await response.arrayBuffer());
  return readAsyncAccepted(acceptUnverified(bytes)).messageId;
}

describe.each(['node', 'express', 'fastify', 'fetch'] as const)('mounted in %s', (kind) => {
  test('takes a push of exactly the bytes that were sent', async () => {
    const { receiver, journal, exchanges } = endpoint();
    const send = await client(receiver, kind);
    const bytes = push('1', 'я'.repeat(200_000));
    expect(await acceptedId(await send({ method: 'POST', headers: soap, body: bytes }))).toBe('1');
    const stored = await journal.bytes(exchanges[0]?.localKey ?? '', 1);
    expect(Buffer.compare(stored ?? bytes.subarray(1), bytes)).toBe(0);
  });

  test('stores exactly one of many equal pushes at once', async () => {
    const { receiver, journal } = endpoint();
    const send = await client(receiver, kind);
    const body = push();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send({ method: 'POST', headers: soap, body })),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200));
    expect((await journal.find({})).messages).toHaveLength(1);
  });

  test('serves the WSDL with its own address', async () => {
    const send = await client(endpoint().receiver, kind);
    const answer = await send({ method: 'GET' }, '/push?WSDL');
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    const wsdl = await answer.text();
    expect(wsdl).toContain('changeMassageStatusNotification');
    expect(wsdl).toMatch(/location="http:\/\/(?:127\.0\.0\.1:\d+|receiver\.example)\/push"/);
    const head = await send({ method: 'HEAD' }, '/push?wsdl');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  test('answers an empty push with a fault', async () => {
    const send = await client(endpoint().receiver, kind);
    const answer = await send({ method: 'POST', headers: soap, body: '' });
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('<errorCode>SCE001</errorCode>');
  });

  const refused: readonly (readonly [string, number, RequestInit])[] = [
    ['GET without a question', 405, { method: 'GET' }],
    ['PUT', 405, { method: 'PUT', headers: soap, body: 'x' }],
    ['DELETE', 405, { method: 'DELETE' }],
    ['JSON', 415, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }],
    ['an unknown type', 415, { method: 'POST', headers: { 'content-type': 'a/b' }, body: 'x' }],
    [
      'another charset',
      415,
      { method: 'POST', headers: { 'content-type': 'text/xml; charset=windows-1251' }, body: 'x' },
    ],
    [
      'gzip',
      415,
      { method: 'POST', headers: { ...soap, 'content-encoding': 'gzip' }, body: gzipSync(push()) },
    ],
    ['too much', 413, { method: 'POST', headers: soap, body: push('1', 'x'.repeat(100_000)) }],
  ];
  test.each(refused)('refuses %s with %i and goes on', async (_title, status, init) => {
    const { receiver, exchanges } = endpoint({ maxBodyBytes: 50_000 });
    const send = await client(receiver, kind);
    const answer = await send(init);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    await answer.text();
    expect(await acceptedId(await send({ method: 'POST', headers: soap, body: push() }))).toBe('216386080');
    expect(exchanges.map(({ outcome }) => outcome)).toEqual(['refused', 'stored']);
  });

  test('refuses a body without end, whose length nobody knows', async () => {
    const { receiver } = endpoint({ maxBodyBytes: 50_000 });
    const send = await client(receiver, kind);
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(10_000).fill(0x20)),
    });
    const outcome = await send({ method: 'POST', headers: soap, body, duplex: 'half' } as RequestInit).then(
      (answer) => answer.status,
      // The connection may be cut while there is still something to send.
      () => 413,
    );
    expect(outcome).toBe(413);
    expect((await send({ method: 'POST', headers: soap, body: push() })).status).toBe(200);
  });
});

describe('toNodeListener', () => {
  /** Writes to a connection as it likes, and returns all that comes back until it is closed. */
  function talk(origin: string, write: (socket: Socket) => void): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(Number(new URL(origin).port), '127.0.0.1');
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(answer));
      socket.on('connect', () => write(socket));
    });
  }
  const head = (length: number): string =>
    `POST /push HTTP/1.1\r\nHost: receiver.example\r\nContent-Type: text/xml\r\nContent-Length: ${length}\r\n\r\n`;

  test('answers 408 to a sender whose body does not come, and closes', async () => {
    const { receiver, exchanges } = endpoint({ bodyTimeoutMs: 20 });
    const answer = await talk(await nodeServer(receiver), (socket) => {
      socket.write(`${head(1000)}<a`);
      socket.on('data', () => socket.end());
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 .*connection: close/is);
    expect(exchanges).toMatchObject([{ outcome: 'refused', reason: 'too-slow', httpStatus: 408 }]);
  });

  test('answers 408 to a sender that is slower than the pace', async () => {
    const { receiver } = endpoint({ bodyTimeoutMs: 60_000, bodyGraceMs: 20, minBytesPerSecond: 1_000_000 });
    const answer = await talk(await nodeServer(receiver), (socket) => {
      socket.write(`${head(1000)}<a`);
      socket.on('data', () => socket.end());
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('loses a sender whose headers do not come', async () => {
    const { receiver } = endpoint();
    const limits = serverTimeouts({ headersTimeoutMs: 20, checkingIntervalMs: 10 });
    const origin = await listening(createServer(limits, toNodeListener(receiver)));
    const answer = await talk(origin, (socket) => socket.write('POST /push HTTP/1.1\r\nHost: a\r\nX-'));
    expect(answer).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
    expect((await fetch(`${origin}/push`, { method: 'POST', headers: soap, body: push() })).status).toBe(200);
  });

  test('forgets a sender that breaks off', async () => {
    const { receiver, exchanges, journal } = endpoint({ maxConcurrent: 1 });
    const origin = await nodeServer(receiver);
    await talk(origin, (socket) => {
      socket.write(`${head(1000)}<a`, () => socket.destroy());
    });
    await expect.poll(() => exchanges).toMatchObject([{ outcome: 'refused', reason: 'hung-up' }]);
    expect((await journal.find({})).messages).toEqual([]);
    expect((await fetch(`${origin}/push`, { method: 'POST', headers: soap, body: push() })).status).toBe(200);
  });

  test('stores what came whole although its sender does not wait for the answer', async () => {
    const gate = deferred();
    const memory = createMemoryJournal();
    const commit: typeof memory.commit = async (change) => {
      await gate.promise;
      return memory.commit(change);
    };
    const entered = deferred();
    const journal = Object.assign(Object.create(memory) as typeof memory, {
      commit: (change: Parameters<typeof commit>[0]) => {
        entered.resolve();
        return commit(change);
      },
    });
    const { receiver, exchanges } = endpoint({ journal });
    const origin = await nodeServer(receiver);
    const call = httpRequest(`${origin}/push`, { method: 'POST', headers: soap });
    call.on('error', () => undefined);
    call.end(push());
    await entered.promise;
    call.destroy();
    gate.resolve();
    await expect.poll(() => exchanges).toMatchObject([{ outcome: 'stored' }]);
  });

  test('answers 503 to what is too much at a time, and takes it later', async () => {
    const gate = deferred();
    const memory = createMemoryJournal();
    const journal = Object.assign(Object.create(memory) as typeof memory, {
      commit: async (change: Parameters<typeof memory.commit>[0]) => {
        await gate.promise;
        return memory.commit(change);
      },
    });
    const { receiver, exchanges } = endpoint({ journal, maxConcurrent: 2 });
    const origin = await nodeServer(receiver);
    const send = (id: string) => fetch(`${origin}/push`, { method: 'POST', headers: soap, body: push(id) });
    const answers = ['1', '2', '3', '4', '5'].map(send);
    await expect.poll(() => exchanges.filter(({ reason }) => reason === 'busy')).toHaveLength(3);
    gate.resolve();
    const statuses = (await Promise.all(answers)).map(({ status, headers }) => [
      status,
      headers.get('retry-after'),
    ]);
    expect(statuses.sort()).toEqual([
      [200, null],
      [200, null],
      [503, '5'],
      [503, '5'],
      [503, '5'],
    ]);
    expect((await send('6')).status).toBe(200);
  });

  test('answers 503 when all bodies together have no room for one more', async () => {
    const { receiver, exchanges } = endpoint({ maxBufferedBytes: 1000 });
    const origin = await nodeServer(receiver);
    const send = (data: string) =>
      fetch(`${origin}/push`, { method: 'POST', headers: soap, body: push('1', data) });
    expect((await send('x'.repeat(5000))).status).toBe(503);
    expect(exchanges).toMatchObject([{ reason: 'no-room' }]);
    expect((await send('x')).status).toBe(200);
  });

  test('tells a sender of too much why, after it has written all of it', async () => {
    const { receiver } = endpoint({ maxBodyBytes: 1000 });
    const body = Buffer.alloc(1_000_000, 0x20);
    const answer = await talk(await nodeServer(receiver), (socket) => {
      socket.write(head(body.length));
      socket.write(body, () => socket.end());
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 .*larger than/s);
  });

  test('serves its path alone, and names the address it was given', async () => {
    const { receiver } = endpoint({ path: '/push', address: 'https://public.example/in/' });
    const origin = await nodeServer(receiver);
    expect((await fetch(`${origin}/other`, { method: 'POST', headers: soap, body: push() })).status).toBe(
      404,
    );
    expect((await fetch(`${origin}/push/`, { method: 'POST', headers: soap, body: push() })).status).toBe(
      404,
    );
    expect(await (await fetch(`${origin}/push?wsdl`)).text()).toContain(
      'location="https://public.example/in/"',
    );
  });

  test('puts no name into the WSDL that is none', async () => {
    const origin = await nodeServer(endpoint().receiver);
    const answer = await talk(origin, (socket) =>
      socket.write('GET /push?wsdl HTTP/1.1\r\nHost: a"><b>\r\nConnection: close\r\n\r\n'),
    );
    expect(answer).toContain('location="/push"');
  });

  test('closes when everything under way is answered, and takes nothing more', async () => {
    const { receiver } = endpoint();
    const origin = await nodeServer(receiver);
    await receiver.close();
    expect((await fetch(`${origin}/push`, { method: 'POST', headers: soap, body: push() })).status).toBe(503);
  });
});

describe('toExpressHandler', () => {
  const body = push();
  const post = (origin: string) => fetch(`${origin}/push`, { method: 'POST', headers: soap, body });

  test('works behind express.raw, whose bytes are those that came', async () => {
    const { receiver, journal, exchanges } = endpoint();
    const origin = await expressServer(receiver, express.raw({ type: () => true }));
    expect(await acceptedId(await post(origin))).toBe('216386080');
    expect(await journal.bytes(exchanges[0]?.localKey ?? '', 1)).toEqual(body);
  });

  test('works behind a parser that is not for it', async () => {
    const origin = await expressServer(endpoint().receiver, express.json());
    expect((await post(origin)).status).toBe(200);
  });

  test.each([
    ['express.text', express.text({ type: () => true })],
    ['express.urlencoded', express.urlencoded({ type: () => true })],
  ])('says that %s has eaten the request', async (_title, parser) => {
    const { receiver, exchanges } = endpoint();
    const answer = await post(await expressServer(receiver, parser));
    expect(await answer.json()).toEqual({
      type: 'TypeError',
      message: expect.stringContaining('a body parser has read the request before the receiver'),
    });
    expect(exchanges).toEqual([]);
  });

  test('is mounted below a path', async () => {
    const { receiver } = endpoint({ path: '/in/push' });
    const app = express();
    app.use('/in', express.Router().use(toExpressHandler(receiver)));
    const origin = await listening(createServer(app as RequestListener));
    const answer = await fetch(`${origin}/in/push`, { method: 'POST', headers: soap, body: push() });
    expect(answer.status).toBe(200);
  });
});

describe('toFastifyPlugin', () => {
  test('works beside parsers of the application', async () => {
    const { receiver } = endpoint();
    const origin = await fastifyServer(receiver, (app) => {
      app.addContentTypeParser('text/xml', { parseAs: 'string' }, (_request, body, done) => done(null, body));
      app.post('/other', (request) => ({ body: request.body }));
    });
    const send = (path: string) => fetch(origin + path, { method: 'POST', headers: soap, body: push() });
    expect(await acceptedId(await send('/push'))).toBe('216386080');
    expect((await send('/other')).status).toBe(200);
  });

  test('says that a hook has eaten the request', async () => {
    const { receiver, exchanges } = endpoint();
    const origin = await fastifyServer(receiver, (app) => {
      app.addHook('onRequest', async (request) => {
        for await (const _chunk of request.raw);
      });
    });
    const answer = await fetch(`${origin}/push`, { method: 'POST', headers: soap, body: push() });
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('a hook has read the request before the receiver');
    expect(exchanges).toEqual([]);
  });
});

describe('serverTimeouts', () => {
  test('are the options of node:http', () => {
    expect(serverTimeouts()).toEqual({
      headersTimeout: 10_000,
      requestTimeout: 90_000,
      keepAliveTimeout: 5000,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: 16_384,
    });
  });

  test('are refused when they make no sense', () => {
    expect(() => serverTimeouts({ headersTimeoutMs: 0 })).toThrow(TypeError);
    expect(() => serverTimeouts({ headersTimeoutMs: 10, requestTimeoutMs: 5 })).toThrow(TypeError);
  });
});
