import { inspect } from 'node:util';

import {
  BusinessError,
  type EnvelopeSigner,
  type EnvelopeVerifier,
  fixedClock,
  GatewayFault,
  JournalError,
  type MessageJournal,
  ParseError,
  type Service,
} from '@egov-gateway/core';
import { readSyncResponse, type SyncRequest, writeSyncRequest } from '@egov-gateway/envelope';
import { createMemoryJournal } from '@egov-gateway/journal';
import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { deferred, fixture, fixtureText, manualTime } from '@egov-gateway/testing';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';
import { beforeAll, describe, expect, test } from 'vitest';

import { SyncClient } from '../sync/sync-client.ts';
import { type ServiceHandler, serve } from './hosted-service.ts';
import type { ServedExchange } from './served-exchange.ts';
import { createServiceHost, type ServiceHostOptions } from './service-host.ts';
import type { HttpAnswer } from './soap-endpoint.ts';

const atMs = Date.UTC(2027, 0, 12, 9);
const session = '{0f8fad5b-d9cb-469f-a165-70867728950e}';

/** Says `ping` and hears `pong`; nothing else is sent or taken. */
const ping: Service<string, string> = {
  id: 'PING',
  request: {
    validate: (value) =>
      value === 'refused by rule' ? [{ path: '', rule: 'rule', message: 'is refused' }] : [],
    write: (value, writer) => writer.text(value),
    read: (data) => {
      if (data.text() === 'unreadable') {
        throw new ParseError('expected ping', { code: 'ERR_PARSE_VALUE', path: data.path });
      }
      return data.text();
    },
  },
  response: {
    validate: (value) => (value === 'invalid' ? [{ path: '', rule: 'rule', message: 'is invalid' }] : []),
    write: (value, writer) => writer.text(value),
    read: (data) => data.text(),
  },
  successCodes: ['SCSS001'],
};

let gateway: EnvelopeSigner;
let own: EnvelopeSigner;
let trustsGateway: EnvelopeVerifier;
let trustsOwn: EnvelopeVerifier;

async function signerOf(name: string): Promise<EnvelopeSigner> {
  const key = await loadPem({
    privateKey: fixtureText(`keys/${name}.key`),
    certificate: fixtureText(`keys/${name}.crt`),
  });
  return createEnvelopeSigner({ key, clock: fixedClock(atMs) });
}

function verifierOf(name: string): EnvelopeVerifier {
  const certificate = parseCertificate(fixture(`keys/${name}.crt`));
  return createEnvelopeVerifier({ trust: pinnedCertificates([certificate]), clock: fixedClock(atMs) });
}

beforeAll(async () => {
  gateway = await signerOf('gateway');
  own = await signerOf('organisation');
  trustsGateway = verifierOf('gateway');
  trustsOwn = verifierOf('organisation');
});

function bench(handler: ServiceHandler<string, string>, options: Partial<ServiceHostOptions> = {}) {
  const exchanges: ServedExchange[] = [];
  const host = createServiceHost({
    services: [serve(ping, handler)],
    verifier: trustsGateway,
    signer: own,
    clock: fixedClock(atMs),
    onExchange: (exchange) => exchanges.push(exchange),
    ...options,
  });
  const post = async (value: string, more: Partial<SyncRequest['info']> = {}, signal?: AbortSignal) => {
    const { bytes, layout } = writeSyncRequest({
      info: {
        messageId: 'm-1',
        serviceId: 'PING',
        messageDateMs: atMs,
        sender: { senderId: 'gateway', password: 'agreed' },
        ...more,
      },
      // What a peer sends need not be what the service takes.
      data: { codec: { ...ping.request, validate: () => [] }, value },
    });
    return host.handle({
      method: 'POST',
      target: '/',
      headers: { 'content-type': 'text/xml' },
      body: await gateway.sign(bytes, layout),
      signal,
    });
  };
  return { host, exchanges, post };
}

async function readAnswer(answer: HttpAnswer) {
  const { info, data, verified } = readSyncResponse(await trustsOwn.verify(answer.body));
  return { ...info, data: data?.text(), verified };
}

/** Code of a fault that the host signed. */
async function faultOf(answer: HttpAnswer): Promise<string> {
  expect(answer.status).toBe(500);
  try {
    await readAnswer(answer);
  } catch (error) {
    if (error instanceof GatewayFault) {
      expect(error.verified).toBe(true);
      return error.faultCode;
    }
    throw error;
  }
  throw new Error('expected a fault');
}

describe('createServiceHost', () => {
  test('answers with what the handler returned, signed', async () => {
    const { post, exchanges } = bench((request) => `${request} pong`);
    const answer = await post('ping', { sessionId: session, correlationId: 'chain-1' });
    expect(answer.status).toBe(200);
    expect(await readAnswer(answer)).toMatchObject({
      data: 'ping pong',
      status: { code: 'SCSS001', message: 'Message has been processed successfully' },
      correlationId: 'chain-1',
      sessionId: session,
      responseDate: '2027-01-12T14:00:00.000+05:00',
      verified: true,
    });
    expect(exchanges).toMatchObject([
      { outcome: 'served', operation: 'SendMessage', messageId: 'm-1', serviceId: 'PING' },
    ]);
  });

  test('is called by the client of the same package', async () => {
    const { host } = bench(async (request) => `${request} pong`);
    const client = new SyncClient({
      endpoint: 'https://host.example/sync',
      sender: { id: 'gateway', password: 'agreed' },
      signer: gateway,
      verifier: trustsOwn,
      clock: fixedClock(atMs),
      transport: {
        exchange: ({ body, headers, url }) =>
          host.handle({ method: 'POST', target: url.pathname, headers, body }),
      },
    });
    expect(await client.call(ping, 'ping')).toBe('ping pong');
  });

  test('tells the handler who asks', async () => {
    const { post } = bench((_request, context) => {
      const { sender, signal, data, isRepeated, ...rest } = context;
      expect(rest).toEqual({
        messageId: 'm-1',
        correlationId: undefined,
        serviceId: 'PING',
        routeId: 'R',
        properties: [{ key: 'k', value: 'v' }],
        sessionId: session,
        receivedAtMs: atMs,
      });
      expect([signal.aborted, data?.localName, isRepeated]).toEqual([false, 'data', false]);
      expect(sender.signer?.bin).toBe('991340000801');
      expect(JSON.stringify(sender) + inspect(sender)).not.toContain('agreed');
      return `${sender.senderId} ${sender.password}`;
    });
    const more = { sessionId: session, routeId: 'R', properties: [{ key: 'k', value: 'v' }] };
    expect((await readAnswer(await post('ping', more))).data).toBe('gateway agreed');
  });

  test('labels successes as it is told', async () => {
    const status = { code: 'Success', message: 'готово' };
    const { post } = bench(() => '', { services: [serve(ping, () => 'pong', { status })] });
    expect((await readAnswer(await post('ping'))).status).toEqual(status);
  });

  test('answers a business error with its status and its data', async () => {
    const { post, exchanges } = bench(() => {
      throw new BusinessError({ code: 'SCSE001', message: 'я'.repeat(300) }, { data: 'why' });
    });
    const answer = await readAnswer(await post('ping'));
    expect(answer).toMatchObject({ status: { code: 'SCSE001', message: 'я'.repeat(250) }, data: 'why' });
    expect(exchanges).toMatchObject([{ outcome: 'business-error', httpStatus: 200 }]);
  });

  test('answers a service that is not here with its code', async () => {
    expect(await faultOf(await bench(() => 'pong').post('ping', { serviceId: 'OTHER' }))).toBe('SCE004');
  });

  test.each(['unreadable', 'refused by rule'])(
    'refuses data that the service does not take: %s',
    async (value) => {
      const { post } = bench(() => {
        throw new Error('not called');
      });
      expect(await faultOf(await post(value))).toBe('SCE001');
    },
  );

  test('refuses a request without data when the service takes none such', async () => {
    const { host } = bench(() => 'pong');
    const { bytes, layout } = writeSyncRequest({
      info: {
        messageId: 'm-1',
        serviceId: 'PING',
        messageDateMs: atMs,
        sender: { senderId: 'gateway', password: 'agreed' },
      },
    });
    const request = {
      method: 'POST',
      target: '/',
      headers: { 'content-type': 'text/xml' },
      body: await gateway.sign(bytes, layout),
    };
    expect(await faultOf(await host.handle(request))).toBe('SCE001');
    const lenient = { ...ping, request: { ...ping.request, readAbsent: () => 'nothing' } };
    const other = bench(() => '', { services: [serve(lenient, (value) => value)] });
    expect((await readAnswer(await other.host.handle(request))).data).toBe('nothing');
  });

  test.each([
    ['throws', () => Promise.reject(new Error('secret of the database'))],
    ['returns what its own service refuses', () => 'invalid'],
    ['throws nothing that is an error', () => Promise.reject('secret')],
  ])(
    'keeps to itself what happens when a handler %s',
    async (_title, handler: ServiceHandler<string, string>) => {
      const { post, exchanges } = bench(handler);
      const answer = await post('ping');
      expect(await faultOf(answer)).toBe('SCE909');
      expect(Buffer.from(answer.body).toString()).not.toMatch(/secret|invalid/);
      expect(exchanges).toMatchObject([{ outcome: 'failed', reason: 'internal' }]);
    },
  );

  test('answers in time, and aborts the handler that is late', async () => {
    const time = manualTime(atMs);
    const reasons: unknown[] = [];
    const release = deferred();
    const { post, host } = bench(
      async (_request, { signal }) => {
        signal.addEventListener('abort', () => reasons.push(signal.reason));
        await release.promise;
        return 'late';
      },
      { timers: time.timers, deadlineMs: 30_000 },
    );
    const answer = post('ping');
    await expect.poll(() => time.pending).toBe(1);
    await time.advance(30_000);
    expect(await faultOf(await answer)).toBe('EGW-TIMEOUT');
    expect(reasons).toHaveLength(1);
    release.resolve();
    await host.close();
  });

  test('tells the handler that the caller is gone', async () => {
    const gone = new AbortController();
    const { post } = bench(async (_request, { signal }) => {
      gone.abort(new Error('hung up'));
      expect(signal.aborted).toBe(true);
      return 'pong';
    });
    expect((await post('ping', {}, gone.signal)).status).toBe(200);
  });

  test('refuses further requests while a late handler is still at it', async () => {
    const time = manualTime(atMs);
    const release = deferred();
    const { post, host } = bench(() => release.promise.then(() => 'late'), {
      timers: time.timers,
      maxConcurrent: 1,
    });
    const first = post('ping');
    await expect.poll(() => time.pending).toBe(1);
    await time.advance(30_000);
    await first;
    expect((await post('ping')).status).toBe(503);
    release.resolve();
    await time.settle();
    const next = post('ping');
    expect((await next).status).toBe(200);
    await host.close();
    expect((await post('ping')).status).toBe(503);
  });

  test('refuses senders that are not allowed', async () => {
    const { post } = bench(() => 'pong', { allowedSenders: ({ password }) => password === 'other' });
    expect(await faultOf(await post('ping'))).toBe('EGW-SENDER');
  });

  test('is not made without services, or with one twice', () => {
    expect(() => bench(() => '', { services: [] })).toThrow(TypeError);
    const twice = [serve(ping, () => ''), serve(ping, () => '')];
    expect(() => bench(() => '', { services: twice })).toThrow(TypeError);
    expect(() => bench(() => '', { deadlineMs: -1 })).toThrow(TypeError);
    expect(() => bench(() => '', { deadlineMS: 1 } as object)).toThrow(/no option "deadlineMS"/);
  });
});

describe('createServiceHost with a journal', () => {
  test('keeps the request before its handler runs, and the outcome', async () => {
    const journal = createMemoryJournal();
    const { post, exchanges } = bench(
      async () => {
        const { messages } = await journal.find({ messageId: 'm-1', channel: 'sync', direction: 'in' });
        expect(messages).toMatchObject([{ state: 'received', serviceId: 'PING' }]);
        return 'pong';
      },
      { journal },
    );
    expect((await post('ping')).status).toBe(200);
    const message = await journal.message(exchanges[0]?.localKey ?? '');
    expect(message).toMatchObject({ state: 'handled', code: 'SCSS001' });
    expect(await journal.take('inbox', { nowMs: atMs * 2, limit: 9, leaseMs: 1 })).toEqual([]);
  });

  test('keeps how a handler failed', async () => {
    const journal = createMemoryJournal();
    const { post, exchanges } = bench(() => Promise.reject(new Error('broken')), { journal });
    await post('ping');
    expect(await journal.message(exchanges[0]?.localKey ?? '')).toMatchObject({
      state: 'dead',
      code: 'UNEXPECTED',
    });
  });

  test('says which request came before', async () => {
    const journal = createMemoryJournal();
    const { post } = bench((_request, { isRepeated }) => (isRepeated ? 'again' : 'first'), { journal });
    expect((await readAnswer(await post('ping'))).data).toBe('first');
    expect((await readAnswer(await post('ping'))).data).toBe('again');
    expect((await readAnswer(await post('other ping'))).data).toBe('first');
    expect((await journal.find({})).messages).toHaveLength(2);
  });

  test('does not run the handler when it cannot keep the request', async () => {
    const failing: MessageJournal = Object.assign(Object.create(createMemoryJournal()) as MessageJournal, {
      commit: async () => {
        throw new JournalError('full', { code: 'ERR_JOURNAL_FULL' });
      },
    });
    let calls = 0;
    const { post } = bench(() => String(++calls), { journal: failing });
    expect(await faultOf(await post('ping'))).toBe('SCE909');
    expect(calls).toBe(0);
  });

  test('answers although it cannot keep the outcome', async () => {
    const memory = createMemoryJournal();
    let commits = 0;
    const failing: MessageJournal = Object.assign(Object.create(memory) as MessageJournal, {
      commit: async (change: Parameters<MessageJournal['commit']>[0]) => {
        if (++commits > 1) throw new JournalError('full', { code: 'ERR_JOURNAL_FULL' });
        return memory.commit(change);
      },
    });
    const { post } = bench(() => 'pong', { journal: failing });
    expect((await readAnswer(await post('ping'))).data).toBe('pong');
  });
});
