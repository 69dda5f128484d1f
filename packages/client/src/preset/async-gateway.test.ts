import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type MessageJournal, SendError, systemClock } from '@egov-gateway/core';
import { readAsyncAccepted } from '@egov-gateway/envelope';
import { createMemoryJournal, openJournal } from '@egov-gateway/journal';
import { describe, expect, test, vi } from 'vitest';

import { asyncGateways } from '../../test/async-gateways.ts';
import { ping, type RemoteGateway, sessionId, verifierOfOrganisation } from '../../test/remote-gateway.ts';
import { WatchedJournal } from '../async/watched-journal.ts';
import type { AsyncGateway } from './async-gateway.ts';

const gateways = asyncGateways();

async function sqliteJournal(): Promise<MessageJournal> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const journal = await openJournal(join(folder, 'messages.db'));
  gateways.keep({
    async [Symbol.asyncDispose]() {
      await journal.close();
      await rm(folder, { recursive: true });
    },
  });
  return journal;
}

const journals = [
  ['memory', async () => createMemoryJournal()],
  ['SQLite', sqliteJournal],
] as const;

describe.each(journals)('a chain, with the journal in %s', (_name, openOne) => {
  test('is sent, polled, confirmed, handled and answered', async () => {
    const remote = gateways.remote();
    const states: string[] = [];
    const gateway = gateways.on(remote, {
      journal: await openOne(),
      onStateChange: ({ localKey, state }) => states.push(`${localKey} ${state}`),
    });
    const handled: string[] = [];
    gateway.on(ping, (message) => {
      handled.push(`${message.type} ${message.data} ${message.correlationId}`);
    });
    gateway.start();
    const { key: sent } = await gateway.send(ping, 'пинг', { reference: 'contract 1' });
    const chain = await gateway.wait(sent, { states: ['sent'], timeoutMs: 5_000 });
    expect(remote.taken).toEqual([{ correlationId: chain.correlationId, type: 'REQUEST', data: 'пинг' }]);

    remote.queue('NOTIFICATION', 'soon', chain.correlationId);
    remote.queue('RESPONSE', 'понг', chain.correlationId);
    const answered = await gateway.wait(sent, { timeoutMs: 5_000 });
    expect(answered).toMatchObject({ state: 'answered', reference: 'contract 1' });
    expect(answered.relatedKeys).toHaveLength(2);
    for (const related of answered.relatedKeys) {
      expect(await gateway.wait(related, { timeoutMs: 5_000 })).toMatchObject({ state: 'handled' });
    }
    await vi.waitUntil(() => remote.waiting.length === 0);
    expect(handled).toEqual([
      `NOTIFICATION soon ${chain.correlationId}`,
      `RESPONSE понг ${chain.correlationId}`,
    ]);
    expect(states.filter((line) => line.startsWith(sent))).toEqual(
      ['queued', 'sending', 'sent', 'answered'].map((state) => `${sent} ${state}`),
    );
  });

  test('is pushed, handled once and replied to in one commit', async () => {
    const remote = gateways.remote();
    const gateway = gateways.on(remote, { journal: await openOne(), poll: false });
    gateway.on(ping, async (message, tx) => {
      if (message.type !== 'REQUEST') return;
      await tx.reply('NOTIFICATION', 'wait');
      await tx.reply('RESPONSE', message.data.toUpperCase());
    });
    gateway.start();
    const bytes = await remote.push(remote.queue('REQUEST', 'ping', '777'));
    for (let times = 0; times < 2; times += 1) {
      const { status, body } = await gateway.receiver.handle({
        method: 'POST',
        target: '/',
        headers: { 'content-type': 'text/xml' },
        body: bytes,
      });
      expect(status).toBe(200);
      const accepted = readAsyncAccepted(await verifierOfOrganisation().verify(body));
      expect(accepted).toMatchObject({ correlationId: '777', sessionId });
    }
    await vi.waitUntil(() => remote.taken.length >= 2);
    expect([...remote.taken].sort((a, b) => a.type.localeCompare(b.type))).toEqual([
      { correlationId: '777', type: 'NOTIFICATION', data: 'wait' },
      { correlationId: '777', type: 'RESPONSE', data: 'PING' },
    ]);
  });
});

describe('send', () => {
  test('is durable before anything is started, and sent by whoever starts on the journal', async () => {
    const journal = createMemoryJournal();
    const remote = gateways.remote();
    const { key: sent } = await gateways.on(remote, { journal }).send(ping, 'x');
    expect(await journal.message(sent)).toMatchObject({ state: 'queued' });
    expect(remote.taken).toEqual([]);
    const other = gateways.on(remote, { journal });
    other.start();
    expect(await other.wait(sent, { states: ['sent'], timeoutMs: 5_000 })).toMatchObject({ attempts: 1 });
    expect(remote.taken).toHaveLength(1);
  });

  test('the same key twice is one message', async () => {
    const remote = gateways.remote();
    const gateway = gateways.on(remote);
    const own = '0190a6e0-0000-7000-8000-000000000001';
    expect(await gateway.send(ping, 'x', { key: own })).toEqual({ key: own });
    await expect(gateway.send(ping, 'x', { key: own })).rejects.toMatchObject({
      code: 'ERR_JOURNAL_CONFLICT',
      message: expect.stringContaining('accepted before under this key'),
    });
  });

  test.each([
    ['expiresAtMs', { expiresAtMs: 1 }],
    ['notbefore', { notbefore: 1 }],
    ['localKey', { localKey: 'x' }],
    ['key', { key: 'contract/17' }],
    ['key', { key: '' }],
    ['key', { key: 17 }],
  ])('the option %s as %j is misuse, from handlers too', async (name, options) => {
    const remote = gateways.remote();
    const gateway = gateways.on(remote);
    const misuse = { name: 'TypeError', message: expect.stringMatching(new RegExp(`\\b${name}\\b`)) };
    await expect(gateway.send(ping, 'x', options as never)).rejects.toMatchObject(misuse);
    const errors: unknown[] = [];
    gateway.on(ping, async (_message, tx) => {
      await tx.send(ping, 'x', options as never).catch((error) => errors.push(error));
      await tx.reply('RESPONSE', 'x', options as never).catch((error) => errors.push(error));
    });
    remote.queue('REQUEST', 'x', '777');
    gateway.start();
    await vi.waitUntil(() => errors.length === 2);
    expect(errors).toMatchObject([misuse, misuse]);
  });

  test('a deadline that passes before it could be sent expires it', async () => {
    const remote = gateways.remote();
    let nowMs = Date.now();
    const gateway = gateways.on(remote, { clock: { now: () => nowMs } });
    const { key: sent } = await gateway.send(ping, 'x', { deadlineMs: 1_000 });
    nowMs += 1_001;
    await gateway.outbox.drain();
    expect(await gateway.message(sent)).toMatchObject({ state: 'expired' });
    expect(remote.taken).toEqual([]);
  });

  test.each([0, -1, 1.5, Number.NaN])('the deadline %d is misuse', async (deadlineMs) => {
    const gateway = gateways.on(gateways.remote());
    await expect(gateway.send(ping, 'x', { deadlineMs })).rejects.toThrow(TypeError);
  });

  test('a refusal ends it with the code of the gateway', async () => {
    const remote = gateways.remote();
    remote.refusal = 'SCE004';
    const gateway = gateways.on(remote);
    gateway.start();
    const { key: sent } = await gateway.send(ping, 'x');
    expect(await gateway.wait(sent, { timeoutMs: 5_000 })).toMatchObject({
      state: 'rejected',
      code: 'SCE004',
    });
  });
});

describe('a lost answer', () => {
  const lost = () => new SendError('mock', { code: 'ERR_SEND_NETWORK', delivery: 'unknown' });

  test('leaves a doubt, which an incoming reply resolves by its reference', async () => {
    const remote = gateways.remote();
    remote.lostAnswers.push(lost());
    const gateway = gateways.on(remote, {
      services: [ping],
      outbox: { pollMs: 100 },
      inbox: { pollMs: 100 },
      referenceOf: ({ data }) => (typeof data === 'string' ? data : undefined),
    });
    gateway.on(ping, () => {});
    gateway.start();
    const { key: sent } = await gateway.send(ping, 'x', { reference: 'contract 1' });
    expect(await gateway.wait(sent, { timeoutMs: 5_000 })).toMatchObject({ state: 'in-doubt' });
    remote.queue('RESPONSE', 'contract 1', remote.taken[0]?.correlationId);
    const resolved = await gateway.wait(sent, { states: ['answered'], timeoutMs: 5_000 });
    expect(resolved.events.map(({ kind }) => kind)).toContain('resolved');
    expect(remote.taken).toHaveLength(1);
  });

  test('sends again the same message, with an id of ours, where the policy of the service says so', async () => {
    const remote = gateways.remote();
    remote.lostAnswers.push(lost());
    const backoff = { firstMs: 1, maxMs: 1, factor: 1 };
    const gateway = gateways.on(remote, { policies: { PING: { onUnknown: 'resend', backoff } } });
    gateway.start();
    const { key: sent } = await gateway.send(ping, 'x');
    const message = await gateway.wait(sent, { states: ['sent'], timeoutMs: 5_000 });
    expect(message.attempts).toBe(2);
    expect(remote.ownIds).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), remote.ownIds[0]]);
    const { key: other } = await gateway.send(ping, 'y', { messageId: 'own-1' });
    await gateway.wait(other, { states: ['sent'], timeoutMs: 5_000 });
    expect(remote.ownIds[2]).toBe('own-1');
  });

  test('handlers too send with an id of ours where the policy says so, and without one elsewhere', async () => {
    const pong = { ...ping, id: 'PONG' };
    const remote = gateways.remote();
    const gateway = gateways.on(remote, { policies: { PING: { onUnknown: 'resend' } } });
    gateway.on(ping, async (_message, tx) => {
      await tx.send(ping, 'sent');
      await tx.reply('RESPONSE', 'replied');
      await tx.send(pong, 'elsewhere');
    });
    remote.queue('REQUEST', 'x');
    gateway.start();
    await vi.waitUntil(() => remote.taken.length === 3);
    const idOf = (data: string) => remote.ownIds[remote.taken.findIndex((one) => one.data === data)];
    expect(idOf('sent')).toMatch(/^[0-9a-f-]{36}$/);
    expect(idOf('replied')).toMatch(/^[0-9a-f-]{36}$/);
    expect(idOf('sent')).not.toBe(idOf('replied'));
    expect(idOf('elsewhere')).toBeUndefined();
  });
});

describe('receiving', () => {
  test('a handler that fails is called again, and effects of the failed call are not kept', async () => {
    const remote = gateways.remote();
    const gateway = gateways.on(remote, { inbox: { backoff: { firstMs: 1, maxMs: 1, factor: 1 } } });
    let calls = 0;
    gateway.on(ping, async (_message, tx) => {
      calls += 1;
      await tx.send(ping, `call ${tx.attempt}`);
      if (calls === 1) throw new Error('not yet');
    });
    remote.queue('REQUEST', 'x');
    gateway.start();
    await vi.waitUntil(() => remote.taken.length > 0);
    expect(remote.taken.map(({ data }) => data)).toEqual(['call 2']);
  });

  test('stored bytes are verified again, as of the instant they came', async () => {
    const journal = createMemoryJournal();
    const remote = gateways.remote();
    const forged = Object.assign(new WatchedJournal(journal, systemClock, () => {}), {
      bytes: async (localKey: string, version: number) => {
        const bytes = Buffer.from((await journal.bytes(localKey, version)) ?? []).toString();
        return new TextEncoder().encode(bytes.replace('>x<', '>y<'));
      },
    });
    const errors: string[] = [];
    const gateway = gateways.on(remote, {
      journal: forged,
      inbox: { maxAttempts: 1, onHandlerError: ({ code }) => errors.push(code) },
    });
    gateway.on(ping, () => expect.unreachable('a forged message was handled'));
    remote.queue('REQUEST', 'x');
    gateway.start();
    await vi.waitUntil(() => errors.length > 0);
    expect(errors).toEqual(['ERR_VERIFY_DIGEST']);
  });

  test('many messages come page after page', async () => {
    const remote = gateways.remote();
    const gateway = gateways.on(remote, {
      poll: { minIntervalMs: 60_000, maxIntervalMs: 60_000, amount: 5 },
    });
    let count = 0;
    gateway.on(ping, () => {
      count += 1;
    });
    for (let index = 0; index < 23; index += 1) remote.queue('REQUEST', `x ${index}`);
    gateway.start();
    await vi.waitUntil(() => count === 23, { timeout: 20_000 });
    expect(new Set(remote.confirmed).size).toBe(23);
  });
});

describe('a push', () => {
  const push = async (gateway: AsyncGateway, remote: RemoteGateway) => {
    const body = await remote.push(remote.queue('REQUEST', 'ping', '777'));
    const headers = { 'content-type': 'text/xml' };
    return (await gateway.receiver.handle({ method: 'POST', target: '/', headers, body })).status;
  };

  test('of a service that is not known here is refused, and nothing of it kept', async () => {
    const remote = gateways.remote();
    const journal = createMemoryJournal();
    const gateway = gateways.on(remote, { journal, services: [{ ...ping, id: 'OTHER' }], poll: false });
    expect(await push(gateway, remote)).toBe(500);
    expect((await journal.find({})).messages).toEqual([]);
    gateway.on(ping, () => {});
    expect(await push(gateway, remote)).toBe(200);
  });

  test.each([
    ['named', { services: [ping] }],
    ['named for the receiver', { receiver: { services: ['PING'] } }],
    ['any', { receiver: { services: 'all' as const } }],
  ])('of a service that is %s is kept', async (_title, options) => {
    const remote = gateways.remote();
    expect(await push(gateways.on(remote, { poll: false, ...options }), remote)).toBe(200);
  });

  test('of a service that was sent to is kept, handler or not', async () => {
    const remote = gateways.remote();
    const gateway = gateways.on(remote, { poll: false });
    await gateway.send(ping, 'x');
    expect(await push(gateway, remote)).toBe(200);
  });
});
