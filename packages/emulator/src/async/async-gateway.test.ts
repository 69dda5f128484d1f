import { createAsyncGateway } from '@egov-gateway/client/preset';
import type { MessageJournal } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { echo } from '../../test/echo-service.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../index.ts';

type Gateway = ReturnType<typeof createAsyncGateway>;
type GatewayOptions = Parameters<typeof createAsyncGateway>[0];

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator(options);
  onTestFinished(() => emulator.close());
  return emulator;
}

/** A system of the emulator with a gateway of its own; by default the built-in one. */
function gatewayOf(
  emulator: Emulator,
  options: Partial<GatewayOptions> & { readonly journal?: MessageJournal } = {},
): Gateway {
  const gateway = createAsyncGateway({
    ...emulator.connection(),
    endpoint: emulator.asyncUrl,
    transport: emulator.transport(),
    journal: createMemoryJournal(),
    poll: { minIntervalMs: 20, maxIntervalMs: 50 },
    ...options,
  } as GatewayOptions);
  onTestFinished(() => gateway.close());
  return gateway;
}

const soon = { timeoutMs: 10_000 };

describe('createAsyncGateway of the client, with this emulator', () => {
  test('by PULL: a request is answered, the answer confirmed and handled once', async () => {
    const emulator = await start();
    emulator.asyncService(echo, async (text, chain) => {
      await chain.notify(`soon ${text}`);
      return `done ${text}`;
    });
    const gateway = gatewayOf(emulator);
    const handled: string[] = [];
    gateway.on(echo, ({ type, data }) => {
      handled.push(`${type} ${data}`);
    });
    gateway.start();
    const { key } = await gateway.send(echo, 'сәлем', { reference: 'contract 1' });
    expect(await gateway.wait(key, soon)).toMatchObject({ state: 'answered', deliveryState: undefined });
    await vi.waitUntil(() => handled.length === 2);
    expect([...handled].sort()).toEqual(['NOTIFICATION soon сәлем', 'RESPONSE done сәлем']);
    await gateway.confirmer.drain();
    await vi.waitUntil(() => emulator.chains[0]?.messages.every(({ state }) => state === 'DELIVERED'));
    expect(handled).toHaveLength(2);
    expect(emulator.asyncErrors).toEqual([]);
  });

  test('by PUSH: answers and states of delivery come to the receiver', async () => {
    const emulator = await start();
    emulator.asyncService(echo, (text) => `done ${text}`);
    const gateway = gatewayOf(emulator, { poll: false });
    emulator.pushTo(emulator.testSystem.senderId, gateway.receiver);
    const handled: string[] = [];
    gateway.on(echo, ({ data }) => {
      handled.push(data);
    });
    gateway.start();
    const { key } = await gateway.send(echo, 'x');
    const message = await gateway.wait(key, soon);
    expect(message.state).toBe('answered');
    await vi.waitUntil(() => handled.length === 1);
    await emulator.idle();
    expect(await gateway.status(key)).toMatchObject({ messageState: 'DELIVERED' });
    expect(emulator.asyncErrors).toEqual([]);
  });

  test('two gateways talk: one asks, the other one is the provider', async () => {
    const emulator = await start();
    const { signingKey } = emulator.testSystem;
    emulator.register({
      senderId: 'provider',
      password: 'p',
      certificates: [signingKey.certificate],
      provides: [echo.id],
    });
    const provider = gatewayOf(emulator, { sender: { id: 'provider', password: 'p' } });
    provider.on(echo, async (message, tx) => {
      if (message.type !== 'REQUEST') return;
      await tx.reply('NOTIFICATION', 'taken');
      await tx.reply('RESPONSE', message.data.toUpperCase());
    });
    provider.start();
    const initiator = gatewayOf(emulator);
    const handled: string[] = [];
    initiator.on(echo, ({ data }) => {
      handled.push(data);
    });
    initiator.start();
    const { key } = await initiator.send(echo, 'ping');
    expect(await initiator.wait(key, soon)).toMatchObject({ state: 'answered' });
    await vi.waitUntil(() => handled.length === 2);
    expect([...handled].sort()).toEqual(['PING', 'taken']);
  });

  test('a service that nobody provides: rejected, with the code of the gateway', async () => {
    const gateway = gatewayOf(await start());
    gateway.start();
    const { key } = await gateway.send({ ...echo, id: 'NONE' }, 'x');
    expect(await gateway.wait(key, soon)).toMatchObject({ state: 'rejected', code: 'SCE004' });
  });
});

describe('misbehaviour', () => {
  test('lost-answer: one effect, and a doubt that is said openly until the answer resolves it', async () => {
    const emulator = await start();
    emulator.asyncService(echo, (text) => text);
    emulator.misbehave('lost-answer');
    const gateway = gatewayOf(emulator, {
      inbox: { pollMs: 100 },
      referenceOf: ({ data }) => (typeof data === 'string' ? data : undefined),
    });
    gateway.on(echo, () => {});
    gateway.start();
    const { key } = await gateway.send(echo, 'contract 1', { reference: 'contract 1' });
    expect(await gateway.wait(key, soon)).toMatchObject({ state: 'in-doubt' });
    expect(await gateway.wait(key, { ...soon, states: ['answered'] })).toMatchObject({ attempts: 1 });
    expect(emulator.chains).toHaveLength(1);
  });

  test('lost-answer with resend and a gateway that recognises ids: one effect, no doubt', async () => {
    const emulator = await start({ async: { dedupe: 'message-id' } });
    emulator.asyncService(echo, (text) => text);
    emulator.misbehave('lost-answer');
    const backoff = { firstMs: 1, maxMs: 1, factor: 1 };
    const gateway = gatewayOf(emulator, { policies: { [echo.id]: { onUnknown: 'resend', backoff } } });
    gateway.on(echo, () => {});
    gateway.start();
    const { key } = await gateway.send(echo, 'x');
    expect(await gateway.wait(key, soon)).toMatchObject({ state: 'answered', attempts: 2 });
    expect(emulator.chains).toHaveLength(1);
  });

  test.each(['duplicate-push', 'unsigned-push', 'wrong-key-push', 'tampered-push'] as const)(
    '%s: handled once, and only what was signed',
    async (name) => {
      const emulator = await start({ async: { push: { retryDelaysMs: [1] } } });
      emulator.asyncService(echo, () => undefined);
      const gateway = gatewayOf(emulator, { poll: false });
      emulator.pushTo(emulator.testSystem.senderId, gateway.receiver);
      const handled: string[] = [];
      gateway.on(echo, ({ data }) => {
        handled.push(data);
      });
      gateway.start();
      const { key } = await gateway.send(echo, 'x');
      await gateway.wait(key, { ...soon, states: ['sent', 'delivered'] });
      await emulator.idle();
      emulator.misbehave(name);
      await emulator.chains[0]?.respond('the answer');
      expect(await gateway.wait(key, soon)).toMatchObject({ state: 'answered' });
      await vi.waitUntil(() => handled.length > 0);
      await emulator.idle();
      await gateway.inbox.drain();
      expect(handled).toEqual(['the answer']);
    },
  );

  test('fault-on-confirm: confirmed later, handled once', async () => {
    const emulator = await start();
    emulator.asyncService(echo, (text) => text);
    emulator.misbehave('fault-on-confirm');
    const gateway = gatewayOf(emulator, { confirmations: { backoff: { firstMs: 5, maxMs: 20 } } });
    let handled = 0;
    gateway.on(echo, () => {
      handled += 1;
    });
    gateway.start();
    const { key } = await gateway.send(echo, 'x');
    await gateway.wait(key, soon);
    await vi.waitUntil(() => emulator.chains[0]?.messages.every(({ state }) => state === 'DELIVERED'), {
      timeout: 10_000,
    });
    expect(handled).toBe(1);
  });

  test('unknown-chain-reply: kept as unmatched, the real answer is handled', async () => {
    const emulator = await start();
    emulator.asyncService(echo, (text) => text);
    emulator.misbehave('unknown-chain-reply');
    const journal = createMemoryJournal();
    const gateway = gatewayOf(emulator, { journal });
    gateway.on(echo, () => {});
    gateway.start();
    const { key } = await gateway.send(echo, 'x');
    expect(await gateway.wait(key, soon)).toMatchObject({ state: 'answered' });
    await vi.waitUntil(async () => (await journal.find({ states: ['unmatched'] })).messages.length === 1);
  });
});
