import { inspect } from 'node:util';

import {
  type EnvelopeSigner,
  fixedClock,
  SignError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
  ValidateError,
} from '@egov-gateway/core';
import { readSyncRequest, wsAddressingHeaders } from '@egov-gateway/envelope';
import { asUnverified, failureOf, syncAnswer, syncFault } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { ping, text, verifier } from '../../test/ping-service.ts';
import { thrownBy } from '../../test/scripted-client.ts';
import { SyncClient } from './sync-client.ts';
import type { SyncClientOptions } from './sync-client-options.ts';

const signer: EnvelopeSigner = { sign: async (envelope) => envelope };

function xmlResponse(
  body: Uint8Array,
  status = 200,
  contentType = 'text/xml; charset=utf-8',
): TransportResponse {
  return { status, headers: { 'content-type': contentType }, body };
}

/** A client whose transport answers always the same. */
function clientFor(
  response: TransportResponse | Error,
  options: Partial<SyncClientOptions> = {},
): SyncClient {
  return recording(response, options).client;
}

function recording(response: TransportResponse | Error, options: Partial<SyncClientOptions> = {}) {
  const requests: TransportRequest[] = [];
  const transport: Transport = {
    exchange: async (request) => {
      requests.push(request);
      if (response instanceof Error) throw response;
      return response;
    },
  };
  const client = new SyncClient({
    endpoint: 'https://gateway.invalid/bip-sync/',
    sender: { id: 'system', password: 'pass-of-sender' },
    signer,
    verifier,
    transport,
    retryDelayMs: 0,
    ...options,
  });
  return { client, requests };
}

function sentBy(requests: readonly TransportRequest[]) {
  return readSyncRequest(asUnverified(parseXml(requests[0]?.body ?? new Uint8Array(0)).root));
}

describe('call', () => {
  test('sends one SOAP 1.1 request and returns the data of the answer', async () => {
    const { client, requests } = recording(xmlResponse(syncAnswer({ data: 'понг' })));
    expect(await client.call(ping, 'пинг')).toBe('понг');
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      url: new URL('https://gateway.invalid/bip-sync/'),
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
    });
    const { info, data } = sentBy(requests);
    expect(info).toMatchObject({
      serviceId: 'PING',
      sender: { senderId: 'system', password: 'pass-of-sender' },
    });
    expect(info.messageId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(data?.text()).toBe('пинг');
  });

  test('sends the bytes that the signer returns, made from the layout of the envelope', async () => {
    const signed = new TextEncoder().encode('<signed/>');
    const { client, requests } = recording(xmlResponse(syncAnswer()), {
      signer: {
        sign: async (envelope, layout) => {
          const body = Buffer.from(envelope).toString().slice(layout?.bodyStart, layout?.bodyEnd);
          expect(body).toMatch(/^<soap:Body.*<\/soap:Body>$/s);
          return signed;
        },
      },
    });
    await client.call(ping, 'x');
    expect(requests[0]?.body).toBe(signed);
  });

  test('writes messageDate from the clock, at the constant offset of the country', async () => {
    const clock = fixedClock(Date.UTC(2026, 0, 13, 5) + 0.75);
    const { client, requests } = recording(xmlResponse(syncAnswer()), { clock });
    await client.call(ping, 'x');
    expect(sentBy(requests).info.messageDate).toBe('2026-01-13T10:00:00.000+05:00');
  });

  test('carries what client and call ask for, the call winning', async () => {
    const { client, requests } = recording(xmlResponse(syncAnswer()), {
      utcOffset: '+06:00',
      routeId: 'R_CLIENT',
      properties: [{ key: 'of', value: 'client' }],
      extensions: [{ name: 'userId', content: 'u', after: 'messageDate' }],
      headerBlocks: ({ messageId }) =>
        wsAddressingHeaders({ action: 'urn:ping', messageId: `urn:uuid:${messageId}` }),
      headers: { 'X-Api-Key': 'k', soapaction: '"ping"' },
    });
    const messageId = '7ea6369f-18c5-4633-ad73-19de35883e0b';
    const call = { messageId, correlationId: 'chain', properties: [{ key: 'of', value: 'call' }] };
    await client.call(ping, 'x', call);
    const { info } = sentBy(requests);
    expect(info).toMatchObject({ messageId, correlationId: 'chain', routeId: 'R_CLIENT' });
    expect(info.properties).toEqual([{ key: 'of', value: 'call' }]);
    expect(info.messageDate).toMatch(/\+06:00$/);
    expect(info.extension('userId')?.text()).toBe('u');
    expect(Buffer.from(requests[0]?.body ?? []).toString()).toContain(`urn:uuid:${messageId}<`);
    expect(requests[0]?.headers).toMatchObject({ 'x-api-key': 'k', soapaction: '"ping"' });
  });

  test('gives every request the same header object and a new id', async () => {
    const { client, requests } = recording(xmlResponse(syncAnswer()));
    await Promise.all([client.call(ping, 'a'), client.call(ping, 'b')]);
    expect(requests[0]?.headers).toBe(requests[1]?.headers);
    expect(sentBy(requests).info.messageId).not.toBe(sentBy(requests.slice(1)).info.messageId);
  });

  test('reads an answer without data when the codec allows it', async () => {
    const silent = { ...ping, response: { ...text, readAbsent: () => 'nothing' } };
    expect(await clientFor(xmlResponse(syncAnswer({ data: null }))).call(silent, 'x')).toBe('nothing');
  });

  test.each(['text/xml', 'application/xml;charset=UTF-8', 'Application/SOAP+XML; action=""'])(
    'reads an answer labelled %s',
    async (contentType) => {
      expect(await clientFor(xmlResponse(syncAnswer(), 200, contentType)).call(ping, 'x')).toBe('pong');
    },
  );
});

describe('callWithInfo', () => {
  test('says what stood around the data; the id of the answer is its own', async () => {
    const client = clientFor(xmlResponse(syncAnswer({ messageId: 'theirs' })));
    const answer = await client.callWithInfo(ping, 'x', { messageId: 'ours' });
    expect(answer).toMatchObject({
      value: 'pong',
      messageId: 'ours',
      verified: true,
      info: { messageId: 'theirs', correlationId: 'chain-1', status: { code: 'SCSS001' } },
    });
  });
});

describe('outcomes before anything is sent: not-sent', () => {
  test('a request that breaks the contract lists every issue and is not sent', async () => {
    const { client, requests } = recording(xmlResponse(syncAnswer()), { sender: { id: '' } });
    const error = await thrownBy(client.call(ping, '', { messageId: 'm-1' }));
    expect(error).toBeInstanceOf(ValidateError);
    expect(error).toMatchObject({ delivery: 'not-sent', messageId: 'm-1' });
    expect((error as ValidateError).issues.map(({ path }) => path)).toEqual([
      '/SendMessage/request/requestInfo/sender/senderId',
      '/SendMessage/request/requestInfo/sender/password',
      '/SendMessage/request/requestData/data/number',
    ]);
    expect(requests).toEqual([]);
  });

  test('a missing password is no issue where none is required', async () => {
    const options = { sender: { id: 'system' }, isPasswordRequired: false };
    expect(await clientFor(xmlResponse(syncAnswer()), options).call(ping, 'x')).toBe('pong');
  });

  const expired = new SignError('expired', { code: 'ERR_SIGN_CERTIFICATE_EXPIRED' });
  test.each([
    ['an error of the SDK', expired, 'ERR_SIGN_CERTIFICATE_EXPIRED'],
    ['an error of the HSM', new Error('slot 3'), 'ERR_SIGN_KEY'],
  ])('a signer that fails with %s', async (_name, failure, code) => {
    const sign = async () => Promise.reject(failure);
    const { client, requests } = recording(xmlResponse(syncAnswer()), { signer: { sign } });
    const error = await thrownBy(client.call(ping, 'x', { messageId: 'm-1' }));
    expect(error).toMatchObject({ code, delivery: 'not-sent', messageId: 'm-1' });
    expect(error.message).not.toContain('slot');
    expect(requests).toEqual([]);
  });

  test('an error that a signer throws again and again tells each call its own id', async () => {
    const shared = new SignError('x', { code: 'ERR_SIGN_KEY' });
    const client = clientFor(xmlResponse(syncAnswer()), { signer: { sign: () => Promise.reject(shared) } });
    const errors = await Promise.all(
      ['m-1', 'm-2'].map((messageId) =>
        client.call(ping, 'x', { messageId }).catch((error: unknown) => error),
      ),
    );
    expect(errors).toMatchObject([{ messageId: 'm-1' }, { messageId: 'm-2' }]);
  });
});

describe("verification: 'off'", () => {
  const off = {
    verifier: undefined,
    verification: 'off' as const,
    acceptUnverified: (envelope: Uint8Array) => asUnverified(parseXml(envelope).root),
  };

  test('returns values, said to be unverified', async () => {
    const answer = await clientFor(xmlResponse(syncAnswer()), off).callWithInfo(ping, 'x');
    expect(answer).toMatchObject({ value: 'pong', verified: false });
  });

  test.each([
    ['a fault', syncFault(), 'ERR_FAULT_GATEWAY'],
    ['a refusing status', syncAnswer({ code: 'SCSE001' }), 'ERR_BUSINESS_STATUS'],
    ['other data', syncAnswer({ data: '<a/>' }), 'ERR_PARSE_NOT_TEXT'],
  ])('makes %s unknown', async (_name, body, code) => {
    expect(await failureOf(clientFor(xmlResponse(body), off).call(ping, 'x'))).toEqual({
      code,
      delivery: 'unknown',
    });
  });

  test("signing: 'off' sends the envelope as it was written", async () => {
    const { client, requests } = recording(xmlResponse(syncAnswer()), {
      ...off,
      signer: undefined,
      signing: 'off',
    });
    await client.call(ping, 'x');
    expect(Buffer.from(requests[0]?.body ?? []).toString()).not.toContain('Security');
  });
});

describe('options', () => {
  const good = { code: 'x' };
  test.each<[string, Partial<Record<keyof SyncClientOptions, unknown>>]>([
    ['no signer', { signer: undefined }],
    ['a signer that is switched off', { signing: 'off' }],
    ['no verifier', { verifier: undefined }],
    ['a verifier that is switched off', { verification: 'off', acceptUnverified: () => good }],
    ['verification off without a reader', { verification: 'off', verifier: undefined }],
    ['a reader of unverified answers beside a verifier', { acceptUnverified: () => good }],
    ['an unknown switch', { verification: 'maybe' }],
    ['an unknown switch of signing', { signing: false }],
    ['an unknown retry', { retryUnknown: 'always' }],
    ['a relative endpoint', { endpoint: '/bip-sync' }],
    ['no endpoint', { endpoint: undefined }],
    ['no sender', { sender: undefined }],
    ['a sender without an id', { sender: { password: 'secret' } }],
    ['an age of no time', { maxAnswerAgeMs: 0 }],
    [
      'an age of answers that nobody verifies',
      { maxAnswerAgeMs: 1, verifier: undefined, verification: 'off', acceptUnverified: () => good },
    ],
    ['an ftp endpoint', { endpoint: 'ftp://gateway.invalid/' }],
    ['an endpoint with a password', { endpoint: 'https://u:secret@gateway.invalid/' }],
    ['NaN for a time', { totalTimeoutMs: Number.NaN }],
    ['no attempt', { maxAttempts: 0 }],
    ['a negative pause', { retryDelayMs: -1 }],
    ['a header of two lines', { headers: { a: 'b\r\nc: d' } }],
    ['a header without a name', { headers: { '': 'b' } }],
    ['a header name with a space', { headers: { 'a b': 'c' } }],
  ])('%s is a TypeError', (_name, options) => {
    const create = () => clientFor(xmlResponse(syncAnswer()), options as Partial<SyncClientOptions>);
    expect(create).toThrow(TypeError);
    expect(create).not.toThrow(/secret/);
  });

  test('plain http is refused, whatever the transport allows', () => {
    const endpoint = 'http://gateway.invalid/';
    const create = (options: object) => () => clientFor(xmlResponse(syncAnswer()), { endpoint, ...options });
    expect(create({})).toThrow(expect.objectContaining({ code: 'ERR_SEND_INSECURE_URL' }));
    expect(create({ allowInsecureHttp: true })).not.toThrow();
  });

  test('of a call are checked too', async () => {
    const client = clientFor(xmlResponse(syncAnswer()));
    const retry = { retryUnknown: 'always' as unknown as 'never' };
    await expect(client.call(ping, 'x', retry)).rejects.toBeInstanceOf(TypeError);
    await expect(client.call(ping, 'x', { totalTimeoutMs: -1 })).rejects.toBeInstanceOf(TypeError);
  });

  test('show nothing secret when the client is inspected or written as JSON', () => {
    const client = clientFor(xmlResponse(syncAnswer()), {
      headers: { authorization: 'Bearer secret-token' },
    });
    const shown = inspect(client, { depth: 20, showHidden: true }) + JSON.stringify(client);
    expect(shown).not.toMatch(/pass-of-sender|secret-token/);
  });

  test('changed later change nothing', async () => {
    const sender = { id: 'system', password: 'p' };
    const options = { sender, endpoint: new URL('https://gateway.invalid/a') };
    const { client, requests } = recording(xmlResponse(syncAnswer()), options);
    options.endpoint.pathname = '/b';
    sender.id = 'other';
    await client.call(ping, 'x');
    expect(requests[0]?.url.pathname).toBe('/a');
    expect(sentBy(requests).info.sender.senderId).toBe('system');
  });
});
