import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import {
  channelNames,
  type DataCodec,
  fixedClock,
  type Journal,
  JournalError,
  type JournalEvent,
  type TransportResponse,
} from '@egov-gateway/core';
import { asUnverified, failureOf, syncAnswer, syncFault } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { ping, text, verifier } from '../../test/ping-service.ts';
import { SyncClient } from '../sync/sync-client.ts';
import type { SyncClientOptions } from '../sync/sync-client-options.ts';

function xmlResponse(body: Uint8Array, status = 200, contentType = 'text/xml'): TransportResponse {
  return { status, headers: { 'content-type': contentType }, body };
}

function clientFor(response: TransportResponse, options: Partial<SyncClientOptions> = {}): SyncClient {
  return new SyncClient({
    endpoint: 'https://gateway.invalid/',
    sender: { id: 'system', password: 'pass-of-sender' },
    signer: { sign: async (envelope) => envelope },
    verifier,
    transport: { exchange: async () => response },
    clock: fixedClock(1_768_280_400_000),
    ...options,
  });
}

describe('journal', () => {
  function memory(): Journal & { readonly events: JournalEvent[] } {
    const events: JournalEvent[] = [];
    return { events, append: async (event) => void events.push(event) };
  }

  test('has the exact bytes before they leave, and the exact answer', async () => {
    const journal = memory();
    const response = xmlResponse(syncAnswer());
    let sent: Uint8Array | undefined;
    const transport = {
      exchange: async ({ body }: { body: Uint8Array }) => {
        expect(journal.events.map(({ kind }) => kind)).toEqual(['signed']);
        sent = body;
        return response;
      },
    };
    await clientFor(response, { journal, transport }).call(ping, 'x', { messageId: 'm-1' });
    const same = { messageId: 'm-1', serviceId: 'PING', channel: 'sync', atMs: 1_768_280_400_000 };
    expect(journal.events).toMatchObject([
      { ...same, kind: 'signed' },
      { ...same, kind: 'answered', delivery: 'answered' },
    ]);
    expect(journal.events[0]?.bytes).toBe(sent);
    expect(journal.events[1]?.bytes).toBe(response.body);
    expect(journal.events[0]?.localKey).toMatch(/^[0-9a-f-]{14}7/);
    expect(journal.events[1]?.localKey).toBe(journal.events[0]?.localKey);
  });

  test('has the key and the reference of the caller', async () => {
    const journal = memory();
    const options = { key: 'contract.1', reference: 'contract 1', subjects: ['001300900011'] };
    await clientFor(xmlResponse(syncAnswer()), { journal }).call(ping, 'x', options);
    expect(journal.events).toMatchObject([
      { kind: 'signed', localKey: 'contract.1', reference: 'contract 1', subjects: ['001300900011'] },
      { kind: 'answered', localKey: 'contract.1' },
    ]);
  });

  test('is not told the failure of a call whose key another call has', async () => {
    const events: JournalEvent[] = [];
    const journal: Journal = {
      append: async (event) => {
        events.push(event);
        throw new JournalError('impossible there', { code: 'ERR_JOURNAL_STATE' });
      },
    };
    const transport = { exchange: () => expect.unreachable('sent') };
    const outcome = clientFor(xmlResponse(syncAnswer()), { journal, transport }).call(ping, 'x', {
      key: 'taken',
    });
    expect(await failureOf(outcome)).toEqual({ code: 'ERR_JOURNAL_STATE', delivery: 'not-sent' });
    expect(events.map(({ kind }) => kind)).toEqual(['signed']);
  });

  test.each([
    ['a refusing status', xmlResponse(syncAnswer({ code: 'SCSE001' })), {}, 'refused', 'SCSE001', 'answered'],
    ['a verified fault', xmlResponse(syncFault(), 500), {}, 'refused', 'SCE007', 'answered'],
    [
      'an unsigned fault',
      xmlResponse(syncFault(), 500),
      { verifier: { verify: async (bytes: Uint8Array) => asUnverified(parseXml(bytes).root) } },
      'failed',
      'ERR_FAULT_GATEWAY',
      'unknown',
    ],
    ['a page', xmlResponse(syncAnswer(), 502, 'text/html'), {}, 'failed', 'ERR_SEND_HTTP_STATUS', 'unknown'],
    [
      'an answer of another kind',
      xmlResponse(syncAnswer({ data: null })),
      {},
      'failed',
      'ERR_PARSE_MISSING_ELEMENT',
      'unknown',
    ],
  ])('ends with %s', async (_name, response, options, kind, code, delivery) => {
    const journal = memory();
    await failureOf(clientFor(response, { ...options, journal }).call(ping, 'x'));
    expect(journal.events).toHaveLength(2);
    expect(journal.events[1]).toMatchObject({ kind, code, delivery, bytes: response.body });
  });

  test('ends with a failure when the call is cancelled or times out', async () => {
    const journal = memory();
    const transport = { exchange: () => new Promise<never>(() => {}) };
    const client = clientFor(xmlResponse(syncAnswer()), { journal, transport, totalTimeoutMs: 10 });
    await failureOf(client.call(ping, 'x'));
    const controller = new AbortController();
    const call = client.call(ping, 'x', { signal: controller.signal });
    setImmediate(() => controller.abort('enough'));
    await expect(call).rejects.toBe('enough');
    expect(journal.events.map(({ kind, code, delivery }) => [kind, code, delivery])).toEqual([
      ['signed', undefined, undefined],
      ['failed', 'ERR_SEND_TIMEOUT', 'unknown'],
      ['signed', undefined, undefined],
      ['failed', 'ABORTED', 'unknown'],
    ]);
  });

  test('hears nothing of a request that never became a message', async () => {
    const journal = memory();
    await failureOf(clientFor(xmlResponse(syncAnswer()), { journal }).call(ping, ''));
    expect(journal.events).toEqual([]);
  });

  test('that refuses the signed bytes stops the call: its own error, nothing sent', async () => {
    const full = new Error('disk full');
    let exchanges = 0;
    const client = clientFor(xmlResponse(syncAnswer()), {
      journal: { append: () => Promise.reject(full) },
      transport: {
        exchange: async () => {
          exchanges += 1;
          return xmlResponse(syncAnswer());
        },
      },
    });
    await expect(client.call(ping, 'x')).rejects.toBe(full);
    expect(exchanges).toBe(0);
  });

  test('that never answers is subject to the time of the call: not-sent', async () => {
    const journal = { append: () => new Promise<never>(() => {}) };
    const client = clientFor(xmlResponse(syncAnswer()), { journal, totalTimeoutMs: 10 });
    expect(await failureOf(client.call(ping, 'x'))).toEqual({
      code: 'ERR_SEND_TIMEOUT',
      delivery: 'not-sent',
    });
  });

  test('that refuses the answer does not take it away from the caller', async () => {
    const append = async ({ kind }: JournalEvent) => {
      if (kind !== 'signed') throw new Error('disk full');
    };
    const client = clientFor(xmlResponse(syncAnswer()), { journal: { append } });
    expect(await client.call(ping, 'x')).toBe('pong');
  });
});

describe('telemetry', () => {
  const events: [string, Record<string, unknown>][] = [];
  const listen = (message: unknown, name: string | symbol) => {
    events.push([String(name), message as Record<string, unknown>]);
  };
  beforeEach(() => {
    events.length = 0;
    for (const name of Object.values(channelNames)) subscribe(name, listen);
  });
  afterEach(() => {
    for (const name of Object.values(channelNames)) unsubscribe(name, listen);
  });

  test('tells the stages of a call that succeeds', async () => {
    await clientFor(xmlResponse(syncAnswer())).call(ping, 'x', { messageId: 'm-1' });
    const same = { messageId: 'm-1', serviceId: 'PING' };
    const durationMs = expect.any(Number);
    expect(events).toEqual([
      [channelNames.callStart, same],
      [channelNames.callSigned, { ...same, requestBytes: expect.any(Number), durationMs }],
      [
        channelNames.callAnswered,
        { ...same, httpStatus: 200, responseBytes: syncAnswer().length, durationMs, attempt: 1 },
      ],
      [channelNames.callEnd, { ...same, durationMs }],
    ]);
  });

  test.each([
    ['a refusing status', syncAnswer({ code: 'SCSE001' }), 'ERR_BUSINESS_STATUS', 'answered'],
    ['an answer of another kind', syncAnswer({ data: null }), 'ERR_PARSE_MISSING_ELEMENT', 'unknown'],
  ])('tells the code and delivery of %s', async (_name, body, code, delivery) => {
    await failureOf(clientFor(xmlResponse(body)).call(ping, 'x'));
    expect(events.at(-1)).toMatchObject([channelNames.callError, { code, delivery }]);
  });

  test('tells of calls that were cancelled, and of errors that are not of the SDK', async () => {
    const client = clientFor(xmlResponse(syncAnswer()));
    await expect(client.call(ping, 'x', { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
    expect(events.at(-1)?.[1]).toMatchObject({ code: 'ABORTED', delivery: 'not-sent' });
    const misuse = new TypeError('of the codec');
    const throwing: DataCodec<string> = {
      ...text,
      read: () => {
        throw misuse;
      },
    };
    await expect(client.call({ ...ping, response: throwing }, 'x')).rejects.toBe(misuse);
    expect(events.at(-1)?.[1]).toMatchObject({ code: 'UNEXPECTED', delivery: 'unknown' });
  });

  test('tells of a journal that lost an outcome', async () => {
    const error = new Error('disk full');
    const append = async ({ kind }: JournalEvent) => {
      if (kind !== 'signed') throw error;
    };
    await clientFor(xmlResponse(syncAnswer()), { journal: { append } }).call(ping, 'x');
    expect(events.filter(([name]) => name === channelNames.journalError)).toMatchObject([
      [channelNames.journalError, { serviceId: 'PING', kind: 'answered', error }],
    ]);
  });

  test('carries no payload and no password', async () => {
    await clientFor(xmlResponse(syncAnswer({ data: 'secret-answer' }))).call(ping, 'secret-request');
    await failureOf(
      clientFor(xmlResponse(syncAnswer({ code: 'E', message: 'secret-words' }))).call(ping, 'secret-request'),
    );
    expect(JSON.stringify(events)).not.toMatch(/secret|pass-of-sender/);
  });
});
