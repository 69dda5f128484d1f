import { createServer, type RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';

import { readAsyncAccepted } from '@egov-gateway/envelope';
import { acceptUnverified } from '@egov-gateway/wsse';
import express from 'express';
import fastify, { type FastifyInstance } from 'fastify';
import { describe, expect, test } from 'vitest';

import { closing, endpoint, listening, nodeServer, push, soap } from '../../test/served-push.ts';
import { toExpressHandler } from './express-handler.ts';
import { toFastifyPlugin } from './fastify-plugin.ts';
import { toFetchHandler } from './fetch-handler.ts';
import { serverTimeouts } from './server-timeouts.ts';
import type { SoapEndpoint } from './soap-endpoint.ts';

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
  closing(() => app.close());
  return app.listen({ port: 0, host: '127.0.0.1' });
}

/** The server of the Fetch API is this function. */
async function fetchServer(
  receiver: SoapEndpoint,
): Promise<(init: RequestInit, path?: string) => Promise<Response>> {
  const handle = toFetchHandler(receiver);
  return (init, path = '/push') => handle(new Request(new URL(path, 'http://receiver.example/'), init));
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
