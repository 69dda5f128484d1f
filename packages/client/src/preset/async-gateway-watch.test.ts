import { SendError } from '@egov-gateway/core';
import { describe, expect, test, vi } from 'vitest';

import { asyncGateways } from '../../test/async-gateways.ts';
import { ping } from '../../test/remote-gateway.ts';

const gateways = asyncGateways();

describe('onStateChange', () => {
  test('is told of all states although it never comes to an end, throws or rejects', async () => {
    const told: string[] = [];
    const outcomes = [() => new Promise(() => {}), () => Promise.reject(new Error('mock')), () => fail()];
    const fail = () => {
      throw new Error('mock');
    };
    const gateway = gateways.on(gateways.remote(), {
      onStateChange: ({ state }) => {
        told.push(state);
        return outcomes[told.length - 1]?.();
      },
    });
    gateway.start();
    const { key: sent } = await gateway.send(ping, 'x');
    await gateway.wait(sent, { states: ['sent'], timeoutMs: 5_000 });
    await vi.waitUntil(() => told.length === 3);
    expect(told).toEqual(['queued', 'sending', 'sent']);
  });
});

describe('status', () => {
  test('is asked by key and recorded', async () => {
    const gateway = gateways.on(gateways.remote());
    gateway.start();
    const { key: sent } = await gateway.send(ping, 'x');
    await gateway.wait(sent, { states: ['sent'], timeoutMs: 5_000 });
    expect(await gateway.status(sent)).toMatchObject({ messageState: 'DELIVERED' });
    expect(await gateway.message(sent)).toMatchObject({ state: 'delivered', deliveryState: 'DELIVERED' });
  });

  test('needs a message that the gateway has', async () => {
    const gateway = gateways.on(gateways.remote());
    const { key: sent } = await gateway.send(ping, 'x');
    await expect(gateway.status(sent)).rejects.toMatchObject({
      code: 'ERR_JOURNAL_STATE',
      message: expect.stringContaining('it is queued: wait until it is sent'),
    });
    await expect(gateway.status('nobody')).rejects.toMatchObject({ code: 'ERR_JOURNAL_NOT_FOUND' });
  });
});

describe('wait', () => {
  test('gives up by time, by signal and when the gateway is closed', async () => {
    const gateway = gateways.on(gateways.remote());
    const { key: sent } = await gateway.send(ping, 'x');
    await expect(gateway.wait(sent, { timeoutMs: 1 })).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(gateway.wait(sent, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
    const closed = gateway.wait(sent);
    closed.catch(() => {});
    await gateway.close();
    await expect(closed).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('does not wait for what is not there', async () => {
    await expect(gateways.on(gateways.remote()).wait('nobody')).rejects.toMatchObject({
      code: 'ERR_JOURNAL_NOT_FOUND',
    });
  });
});

describe('options', () => {
  test.each([
    ['journal', { journal: undefined }],
    ['journal', { journal: { append: async () => {} } }],
    ['onStateChange', { onStateChange: 'x' }],
    ['a service', { services: [{ ...ping, id: '' }] }],
    ['gatewayCertificates or trust', { trust: { resolve: async () => expect.unreachable() } }],
    ['onUnknown', { policies: { PING: { onUnknown: 'lose' } } }],
    ['policy', { policy: {} }],
    ['onUnknown', { onUnknown: 'resend' }],
    ['polling', { polling: false }],
    ['allowedSender', { receiver: { allowedSender: ['a'] } }],
    ['intervalMs', { poll: { intervalMs: 1 } }],
    ['poolMs', { outbox: { poolMs: 1 } }],
    ['verifier is missing', { gatewayCertificates: undefined }],
  ])('%s that cannot be is a TypeError', (name, options) => {
    expect(() => gateways.on(gateways.remote(), options as never)).toThrow(
      expect.objectContaining({ name: 'TypeError', message: expect.stringContaining(name) }),
    );
  });

  test('plain http is refused before anything is opened', () => {
    expect(() => gateways.on(gateways.remote(), { endpoint: 'http://gateway.invalid/' })).toThrow(SendError);
  });
});
