import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import {
  channelNames,
  type DataCodec,
  fixedClock,
  GatewayFault,
  SignError,
  ValidateError,
} from '@egov-gateway/core';
import { readAsyncMessage, readDeliveryNotification, readGetMessages } from '@egov-gateway/envelope';
import { createMemoryJournal } from '@egov-gateway/journal';
import {
  asUnverified,
  asyncAccepted,
  asyncConfirmed,
  asyncFault,
  asyncMessages,
  asyncStatus,
  failureOf,
} from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import {
  now,
  ping,
  scripted,
  sendError,
  text,
  thrownBy,
  unsignedFaults,
} from '../../test/scripted-client.ts';

describe('prepare', () => {
  test('writes a REQUEST without ids and sends nothing', async () => {
    const { client, requests } = scripted(asyncAccepted());
    const prepared = await client.prepare(ping, 'пинг', { routeId: 'R_1' });
    expect(prepared).toMatchObject({ serviceId: 'PING', messageType: 'REQUEST' });
    expect(requests).toEqual([]);
    const { info, data } = readAsyncMessage(asUnverified(parseXml(prepared.bytes).root));
    expect(info).toMatchObject({ messageType: 'REQUEST', routeId: 'R_1', sender: { senderId: 'system' } });
    expect([info.messageId, info.correlationId]).toEqual([undefined, undefined]);
    expect(info.messageDate).toBe('2026-01-13T10:00:00.000+05:00');
    expect(data?.text()).toBe('пинг');
  });

  test('writes further messages of a chain with their own codec', async () => {
    const service = {
      ...ping,
      notification: {
        ...text,
        write: (value: string, writer) => writer.text(`>${value}`),
      } as DataCodec<string>,
    };
    const { client } = scripted(asyncAccepted());
    const prepared = await client.prepare(service, 'x', { type: 'NOTIFICATION', correlationId: 'c-1' });
    expect(prepared).toMatchObject({ messageType: 'NOTIFICATION', correlationId: 'c-1' });
    const { info, data } = readAsyncMessage(asUnverified(parseXml(prepared.bytes).root));
    expect(info).toMatchObject({ messageType: 'NOTIFICATION', correlationId: 'c-1' });
    expect(data?.text()).toBe('>x');
  });

  test('lists every broken rule, not-sent', async () => {
    const { client } = scripted(asyncAccepted(), { sender: { id: '' } });
    const error = await thrownBy(client.prepare(ping, '', { messageId: 'own-1' }));
    expect(error).toBeInstanceOf(ValidateError);
    expect(error).toMatchObject({ delivery: 'not-sent', messageId: 'own-1' });
    expect((error as ValidateError).issues.length).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['a REQUEST with a chain', { correlationId: 'c-1' }],
    ['a RESPONSE without one', { type: 'RESPONSE' }],
  ])('refuses %s from callers without types', async (_name, options) => {
    const { client } = scripted(asyncAccepted());
    const outcome = client.prepare(ping, 'x', options as never);
    await expect(outcome).rejects.toMatchObject({ code: 'ERR_VALIDATE_CONTRACT', delivery: 'not-sent' });
  });

  test.each(['OTHER', 'constructor'])('the type %s is misuse', async (type) => {
    const outcome = scripted(asyncAccepted()).client.prepare(ping, 'x', {
      type,
      correlationId: 'c',
    } as never);
    await expect(outcome).rejects.toThrow(TypeError);
  });

  test('an error of the signer is not-sent; a cancelled one is the reason of the caller', async () => {
    const sign = async () => Promise.reject(new SignError('x', { code: 'ERR_SIGN_KEY' }));
    const { client } = scripted(asyncAccepted(), { signer: { sign } });
    expect(await failureOf(client.prepare(ping, 'x'))).toEqual({
      code: 'ERR_SIGN_KEY',
      delivery: 'not-sent',
    });
    await expect(client.prepare(ping, 'x', { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
  });
});

describe('deliver', () => {
  test('sends exactly the prepared bytes and returns the ids of the gateway', async () => {
    const { client, requests } = scripted(asyncAccepted());
    const prepared = await client.prepare(ping, 'x');
    const accepted = await client.deliver(prepared);
    expect(requests.map(({ body }) => body)).toEqual([prepared.bytes]);
    expect(requests[0]?.headers).toMatchObject({
      soapaction: '""',
      'content-type': 'text/xml; charset=utf-8',
    });
    expect(accepted).toMatchObject({ messageId: '216386080', correlationId: '3226347', verified: true });
    expect(accepted.bytes).toEqual(asyncAccepted());
    await client.deliver(prepared.bytes);
    expect(requests[1]?.body).toBe(prepared.bytes);
  });

  test('tries once, whatever happened: the outbox repeats', async () => {
    const { client, requests } = scripted([sendError('not-sent'), asyncAccepted()], { maxAttempts: 5 });
    expect(await failureOf(client.deliver(new Uint8Array([1])))).toMatchObject({ delivery: 'not-sent' });
    expect(requests).toHaveLength(1);
  });

  const refused = { status: 500, headers: { 'content-type': 'text/xml' }, body: asyncFault('SCE004') };
  test('a verified fault is answered, an unsigned one proves nothing', async () => {
    const error = await thrownBy(scripted(refused).client.deliver(new Uint8Array([1])));
    expect(error).toBeInstanceOf(GatewayFault);
    expect(error).toMatchObject({ faultCode: 'SCE004', verified: true, delivery: 'answered' });
    const { client } = scripted(refused, { verifier: unsignedFaults });
    expect(await failureOf(client.deliver(new Uint8Array([1])))).toMatchObject({ delivery: 'unknown' });
  });

  test.each([
    ['of another operation', asyncStatus(), 'ERR_PARSE_UNEXPECTED_ELEMENT'],
    ['without an id', asyncAccepted({ messageId: '' }), 'ERR_PARSE_MISSING_ELEMENT'],
    ['that is no XML', new TextEncoder().encode('<html'), 'ERR_XML_TRUNCATED'],
  ])('an answer %s leaves it unknown', async (_name, answer, code) => {
    expect(await failureOf(scripted(answer).client.deliver(new Uint8Array([1])))).toEqual({
      code,
      delivery: 'unknown',
    });
  });

  test('an unsigned answer is refused, an old one too', async () => {
    const { client } = scripted(asyncAccepted(), { verifier: unsignedFaults });
    const unsigned = { code: 'ERR_VERIFY_UNSIGNED', delivery: 'unknown' };
    expect(await failureOf(client.deliver(new Uint8Array([1])))).toEqual(unsigned);
    const later = fixedClock(now + 3_600_000);
    const stale = scripted(asyncAccepted(), { maxAnswerAgeMs: 60_000, clock: later }).client;
    expect(await failureOf(stale.deliver(new Uint8Array([1])))).toMatchObject({ code: 'ERR_VERIFY_STALE' });
  });

  test('without verification it says so', async () => {
    const { client } = scripted(asyncAccepted(), {
      verifier: undefined,
      verification: 'off',
      acceptUnverified: (envelope) => asUnverified(parseXml(envelope).root),
    });
    expect(await client.deliver(new Uint8Array([1]))).toMatchObject({ verified: false });
  });

  test('ends by its time and by the signal', async () => {
    const never = { exchange: () => new Promise<never>(() => {}) };
    const { client } = scripted(asyncAccepted(), { transport: never });
    expect(await failureOf(client.deliver(new Uint8Array([1]), { timeoutMs: 1 }))).toEqual({
      code: 'ERR_SEND_TIMEOUT',
      delivery: 'unknown',
    });
    const controller = new AbortController();
    const outcome = client.deliver(new Uint8Array([1]), { signal: controller.signal });
    controller.abort('enough');
    await expect(outcome).rejects.toBe('enough');
    await expect(client.deliver(new Uint8Array([1]), { timeoutMs: 0 })).rejects.toThrow(TypeError);
  });
});

describe('poll', () => {
  test('asks for a service and returns the messages with the exact answer', async () => {
    const answer = asyncMessages([{}, { messageId: 'm-2', messageType: 'NOTIFICATION', data: 'soon' }]);
    const { client, body } = scripted(answer);
    const polled = await client.poll('PING', { amount: 10, correlationId: 'c-1' });
    expect(readGetMessages(body())).toMatchObject({ serviceId: 'PING', amount: 10, correlationId: 'c-1' });
    expect(polled.messages.map(({ info, part }) => [info.messageId, info.messageType, part])).toEqual([
      ['m-1', 'RESPONSE', 0],
      ['m-2', 'NOTIFICATION', 1],
    ]);
    expect(polled.bytes).toEqual(answer);
    expect(polled.verified).toBe(true);
  });

  test('a message that cannot be read does not hide the others', async () => {
    const { client } = scripted(asyncMessages([{ messageType: 'OTHER' }, { messageId: 'm-2' }]));
    const { messages, unreadable } = await client.poll('PING');
    expect(messages.map(({ part }) => part)).toEqual([1]);
    expect(unreadable).toMatchObject([{ part: 0, error: { code: 'ERR_PARSE_VALUE' } }]);
  });

  test.each([Number.NaN, -1, 1.5])('refuses the amount %d', async (amount) => {
    const { client } = scripted(asyncMessages([]));
    expect(await failureOf(client.poll('PING', { amount }))).toMatchObject({ code: 'ERR_VALIDATE_CONTRACT' });
  });
});

describe('confirm', () => {
  const message = { messageId: 'm-1', serviceId: 'PING' };

  test('says that a message was accepted, or not and why', async () => {
    const accepted = scripted(asyncConfirmed());
    expect(await accepted.client.confirm(message)).toMatchObject({ notificationId: 'n-1' });
    expect(readDeliveryNotification(accepted.body())).toMatchObject({
      ...message,
      receiveStatus: 'accepted',
      resend: false,
    });
    const refused = scripted(asyncConfirmed());
    await refused.client.confirm(message, { receiveStatus: 'notAccepted', resend: true });
    expect(readDeliveryNotification(refused.body())).toMatchObject({
      receiveStatus: 'notAccepted',
      resend: true,
    });
    expect(Buffer.from(refused.requests[0]?.body ?? []).toString()).toContain('MESSAGE_NOT_ACCTEPTED');
  });

  test('the spelling of a dictionary is an option', async () => {
    const { client, requests } = scripted(asyncConfirmed(), { notAcceptedSpelling: 'MESSAGE_NOT_ACCEPTED' });
    await client.confirm(message, { receiveStatus: 'notAccepted' });
    expect(Buffer.from(requests[0]?.body ?? []).toString()).toContain('>MESSAGE_NOT_ACCEPTED<');
  });
});

describe('telemetry', () => {
  test('names the operation, and the key of a message that has no id', async () => {
    const events: unknown[] = [];
    const listen = (event: unknown) => events.push(event);
    subscribe(channelNames.callEnd, listen);
    const journal = createMemoryJournal();
    const { localKey } = await scripted(asyncAccepted(), { journal }).client.send(ping, 'secret-data');
    await scripted(asyncMessages([])).client.poll('PING');
    unsubscribe(channelNames.callEnd, listen);
    expect(events).toMatchObject([
      { operation: 'sendMessage', serviceId: 'PING', messageId: localKey },
      { operation: 'getMessages', serviceId: 'PING' },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/secret|pass-of-sender/);
  });
});
