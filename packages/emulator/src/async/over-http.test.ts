/** The channel over sockets, with the SDK's own client and receiver on the other side. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { AsyncClient, createTransport } from '@egov-gateway/client';
import { createPushReceiver, serverTimeouts, toNodeListener } from '@egov-gateway/client/receiver';
import type { MessageJournal } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, onTestFinished, test } from 'vitest';

import { AsyncParty } from '../../test/async-party.ts';
import { httpTransport } from '../../test/caller.ts';
import { echo } from '../../test/echo-service.ts';
import { fetchRaw } from '../../test/raw-http.ts';
import { createEmulator, type Emulator, type EmulatorOptions, type EmulatorServer } from '../index.ts';

async function listening(
  options: EmulatorOptions = {},
): Promise<{ emulator: Emulator; server: EmulatorServer }> {
  const emulator = await createEmulator(options);
  onTestFinished(() => emulator.close());
  return { emulator, server: await emulator.listen() };
}

/** A receiver of pushes on a port of its own. */
async function receiving(emulator: Emulator): Promise<{ url: URL; journal: MessageJournal }> {
  const journal = createMemoryJournal();
  const receiver = createPushReceiver({
    journal,
    verifier: createEnvelopeVerifier({ trust: emulator.trust }),
    signer: createEnvelopeSigner({ key: emulator.testSystem.signingKey }),
    unknownStatusWaitMs: 0,
    maxBodyBytes: 1_000_000,
  });
  const server = createServer(serverTimeouts(), toNodeListener(receiver));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await receiver.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`), journal };
}

function client(emulator: Emulator, endpoint: URL): AsyncClient {
  const transport = createTransport({ allowInsecureHttp: true });
  onTestFinished(() => transport.close());
  const { sender } = emulator.connection({ channel: 'async' });
  return new AsyncClient({
    endpoint,
    allowInsecureHttp: true,
    sender,
    signer: createEnvelopeSigner({ key: emulator.testSystem.signingKey }),
    verifier: createEnvelopeVerifier({ trust: emulator.trust }),
    transport,
  });
}

describe('over HTTP', () => {
  test('a chain by PUSH: the receiver of the SDK journals what comes', async () => {
    const { emulator, server } = await listening();
    const { url, journal } = await receiving(emulator);
    emulator.asyncService(echo, (text) => `${text}!`).pushTo('test-system', url);
    const { correlationId } = await client(emulator, server.asyncUrl).send(echo, 'сәлем');
    await emulator.idle();
    const { messages } = await journal.find({ correlationId: correlationId ?? '', direction: 'in' });
    expect(messages).toMatchObject([{ messageType: 'RESPONSE', serviceId: 'ECHO' }]);
    expect(emulator.chains[0]?.messages.map(({ state }) => state)).toEqual(['DELIVERED', 'DELIVERED']);
    expect(emulator.asyncErrors).toEqual([]);
  });

  test('a chain by PULL, with the client of the SDK', async () => {
    const { emulator, server } = await listening();
    emulator.asyncService(echo, (text) => `${text}!`);
    const party = client(emulator, server.asyncUrl);
    await party.send(echo, 'сәлем');
    await emulator.idle();
    const raw = new AsyncParty(emulator, { url: server.asyncUrl, transport: httpTransport() });
    expect(await raw.pulled()).toEqual(['RESPONSE сәлем!']);
    const messageId = emulator.chains[0]?.messages[1]?.messageId ?? '';
    await party.confirm({ messageId, serviceId: echo.id }, 'accepted');
    expect(await raw.pulled()).toEqual([]);
  });

  test('slow-push, duplicate-push and oversized-push at the receiver of the SDK: stored once', async () => {
    const { emulator, server } = await listening({ async: { push: { retryDelaysMs: [1] } } });
    const { url, journal } = await receiving(emulator);
    emulator.asyncService(echo, (text) => `${text}!`).pushTo('test-system', url);
    emulator
      .misbehave('oversized-push', { pushBytes: 2_000_000 })
      .misbehave('slow-push', { chunkBytes: 1000, intervalMs: 1, times: 3 })
      .misbehave('duplicate-push', { times: 2 });
    await client(emulator, server.asyncUrl).send(echo, 'a');
    await emulator.advance(1000);
    const { messages } = await journal.find({ direction: 'in', states: ['received', 'unmatched'] });
    expect(messages.filter(({ messageType }) => messageType === 'RESPONSE')).toHaveLength(1);
    expect(emulator.misbehavioursLeft).toBe(0);
  });

  test('a receiver that is not there is tried again', async () => {
    const { emulator, server } = await listening();
    emulator.asyncService(echo, (text) => text).pushTo('test-system', 'http://127.0.0.1:1/');
    await client(emulator, server.asyncUrl).send(echo, 'a');
    await emulator.idle();
    expect(emulator.chains[0]?.messages[1]).toMatchObject({ state: 'ON_DELIVERY', attempts: 1 });
    expect(emulator.nextDueMs).toBeGreaterThan(0);
  });

  test('the clock of the machine moves the agenda, too', async () => {
    const { emulator, server } = await listening({ async: { handlerDelayMs: 5 } });
    const handled = new Promise<string>((resolve) => {
      emulator.asyncService(echo, (text) => {
        resolve(text);
        return undefined;
      });
    });
    await client(emulator, server.asyncUrl).send(echo, 'a');
    expect(await handled).toBe('a');
  });

  test('both descriptions are served, each at its own path', async () => {
    const { server } = await listening();
    const wsdl = await fetchRaw(`${server.asyncUrl}?wsdl`);
    expect(wsdl.status).toBe(200);
    expect(wsdl.text).toContain(`location="${server.asyncUrl}"`);
    expect(parseXml(Buffer.from(wsdl.text)).root.attribute('name')).toContain('Async');
    expect((await fetchRaw(`${server.url}?wsdl`)).text).toContain('ISyncChannel');
    expect(server.urlOf('/bip-async').pathname).toBe('/bip-async/');
  });

  test('there may be no asynchronous channel at all', async () => {
    const { emulator, server } = await listening({ asyncEndpoints: [] });
    expect(() => emulator.asyncUrl).toThrow(TypeError);
    expect(() => server.asyncUrl).toThrow(TypeError);
    expect(() => emulator.connection({ channel: 'async' })).toThrow(TypeError);
  });
});
