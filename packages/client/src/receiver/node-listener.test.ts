import { createServer, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';

import { createMemoryJournal } from '@egov-gateway/journal';
import { deferred } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { endpoint, listening, nodeServer, push, soap } from '../../test/served-push.ts';
import { toNodeListener } from './node-listener.ts';
import { serverTimeouts } from './server-timeouts.ts';
import type { SoapEndpoint } from './soap-endpoint.ts';

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
    const limits = serverTimeouts({ headersTimeoutMs: 500, checkingIntervalMs: 10 });
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

  test('takes messages while other senders do not get on with theirs', async () => {
    const { receiver, exchanges } = endpoint({ maxConcurrent: 2 });
    const origin = await nodeServer(receiver);
    const idle = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const socket = connect(Number(new URL(origin).port), '127.0.0.1');
        socket.on('error', () => undefined);
        await new Promise((resolve) => socket.write(head(1000), resolve));
        return socket;
      }),
    );
    for (const id of ['1', '2', '3']) {
      const answer = await fetch(`${origin}/push`, { method: 'POST', headers: soap, body: push(id) });
      expect(answer.status).toBe(200);
    }
    for (const socket of idle) socket.destroy();
    await expect.poll(() => exchanges.filter(({ reason }) => reason === 'hung-up')).toHaveLength(8);
  });

  test('answers 503 to more senders at a time than it reads from', async () => {
    const { receiver, exchanges } = endpoint({ maxReading: 1 });
    const origin = await nodeServer(receiver);
    const idle = connect(Number(new URL(origin).port), '127.0.0.1');
    idle.on('error', () => undefined);
    idle.write(head(1000));
    const send = () => fetch(`${origin}/push`, { method: 'POST', headers: soap, body: push() });
    await expect.poll(async () => (await send()).status).toBe(503);
    expect(exchanges).toContainEqual(expect.objectContaining({ reason: 'busy' }));
    idle.destroy();
    await expect.poll(async () => (await send()).status).toBe(200);
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

  test('loses one connection, not the process, when an endpoint throws', async () => {
    const broken: SoapEndpoint = {
      handle: async () => {
        throw new Error('mock');
      },
      close: async () => {},
    };
    const answer = await talk(await nodeServer(broken), (socket) => socket.write(head(0)));
    expect(answer).toBe('');
  });

  test('closes when everything under way is answered, and takes nothing more', async () => {
    const { receiver } = endpoint();
    const origin = await nodeServer(receiver);
    await receiver.close();
    expect((await fetch(`${origin}/push`, { method: 'POST', headers: soap, body: push() })).status).toBe(503);
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
