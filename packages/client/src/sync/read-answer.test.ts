import {
  BusinessError,
  type EnvelopeSigner,
  type EnvelopeVerifier,
  GatewayFault,
  KeyError,
  ParseError,
  type TransportResponse,
  VerifyError,
} from '@egov-gateway/core';
import { asUnverified, failureOf, syncAnswer, syncFault } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { ping, verifier } from '../../test/ping-service.ts';
import { thrownBy } from '../../test/scripted-client.ts';
import { SyncClient } from './sync-client.ts';
import type { SyncClientOptions } from './sync-client-options.ts';

const signer: EnvelopeSigner = { sign: async (envelope) => envelope };
/** What a verifier makes of an unsigned fault. */
const unsigned: EnvelopeVerifier = { verify: async (envelope) => asUnverified(parseXml(envelope).root) };

function xmlResponse(
  body: Uint8Array,
  status = 200,
  contentType = 'text/xml; charset=utf-8',
): TransportResponse {
  return { status, headers: { 'content-type': contentType }, body };
}

/** A client whose transport answers always the same. */
function clientFor(response: TransportResponse, options: Partial<SyncClientOptions> = {}): SyncClient {
  return new SyncClient({
    endpoint: 'https://gateway.invalid/bip-sync/',
    sender: { id: 'system', password: 'p' },
    signer,
    verifier,
    transport: { exchange: async () => response },
    ...options,
  });
}

describe('outcomes of an answer', () => {
  test('a verified fault: answered', async () => {
    const error = await thrownBy(
      clientFor(xmlResponse(syncFault(), 500)).call(ping, 'x', { messageId: 'm-1' }),
    );
    expect(error).toBeInstanceOf(GatewayFault);
    expect(error).toMatchObject({
      faultCode: 'SCE007',
      verified: true,
      delivery: 'answered',
      messageId: 'm-1',
    });
  });

  test('a fault under status 200 is a fault all the same', async () => {
    expect(await failureOf(clientFor(xmlResponse(syncFault())).call(ping, 'x'))).toEqual({
      code: 'ERR_FAULT_GATEWAY',
      delivery: 'answered',
    });
  });

  test('an unsigned fault: unknown', async () => {
    const error = await thrownBy(
      clientFor(xmlResponse(syncFault(), 500), { verifier: unsigned }).call(ping, 'x'),
    );
    expect(error).toMatchObject({ code: 'ERR_FAULT_GATEWAY', verified: false, delivery: 'unknown' });
  });

  test('an unsigned answer is refused even when the verifier lets it through: unknown', async () => {
    const error = await thrownBy(
      clientFor(xmlResponse(syncAnswer()), { verifier: unsigned }).call(ping, 'x'),
    );
    expect(error).toBeInstanceOf(VerifyError);
    expect(error).toMatchObject({ code: 'ERR_VERIFY_UNSIGNED', delivery: 'unknown' });
  });

  test('a bad signature: unknown, and the message id is there', async () => {
    const refusal = new VerifyError('altered', { code: 'ERR_VERIFY_DIGEST' });
    const refusing = { verify: async () => Promise.reject(refusal) };
    const call = clientFor(xmlResponse(syncAnswer()), { verifier: refusing }).call(ping, 'x', {
      messageId: 'm',
    });
    expect(await thrownBy(call)).toMatchObject({
      code: 'ERR_VERIFY_DIGEST',
      delivery: 'unknown',
      messageId: 'm',
    });
  });

  test('a key error while the answer is checked does not pass for not-sent', async () => {
    const failure = new KeyError('cannot be read', { code: 'ERR_KEY_FORMAT' });
    const failing = { verify: async () => Promise.reject(failure) };
    expect(
      await failureOf(clientFor(xmlResponse(syncAnswer()), { verifier: failing }).call(ping, 'x')),
    ).toEqual({
      code: 'ERR_KEY_FORMAT',
      delivery: 'unknown',
    });
  });

  test('a status that is no success: answered, with the data of the refusal', async () => {
    const refusal = xmlResponse(syncAnswer({ code: 'SCSE001', message: 'нет данных', data: 'why' }));
    const error = await thrownBy(clientFor(refusal).call(ping, 'x', { messageId: 'm-1' }));
    expect(error).toBeInstanceOf(BusinessError);
    expect(error).toMatchObject({ statusCode: 'SCSE001', delivery: 'answered', messageId: 'm-1' });
    expect(error as BusinessError).toMatchObject({ statusMessage: 'нет данных', data: 'why' });
  });

  test.each([
    ['no data', null],
    ['data of another kind', '<other/>'],
  ])('a refusal with %s is the refusal, without data', async (_name, data) => {
    const error = await thrownBy(
      clientFor(xmlResponse(syncAnswer({ code: 'SCSE001', data }))).call(ping, 'x'),
    );
    expect(error).toBeInstanceOf(BusinessError);
    expect((error as BusinessError).data).toBeUndefined();
  });

  test.each(['scss001', 'SCSS001 ', 'SCSS0011', '0'])('status %j is not the success code', async (code) => {
    expect(await failureOf(clientFor(xmlResponse(syncAnswer({ code }))).call(ping, 'x'))).toEqual({
      code: 'ERR_BUSINESS_STATUS',
      delivery: 'answered',
    });
  });

  test('the status inside the data must be a success too', async () => {
    const inner = { ...ping, innerStatus: (value: string) => ({ code: value, message: '' }) };
    const error = await thrownBy(clientFor(xmlResponse(syncAnswer({ data: 'E5' }))).call(inner, 'x'));
    expect(error as BusinessError).toMatchObject({ statusCode: 'E5', data: 'E5', delivery: 'answered' });
    expect(await clientFor(xmlResponse(syncAnswer({ data: 'SCSS001' }))).call(inner, 'x')).toBe('SCSS001');
  });

  test.each([
    ['data is missing', syncAnswer({ data: null }), 'ERR_PARSE_MISSING_ELEMENT'],
    ['data is of another kind', syncAnswer({ data: '<a/>' }), 'ERR_PARSE_NOT_TEXT'],
    ['the answer is cut short', syncAnswer().subarray(0, 200), 'ERR_XML_TRUNCATED'],
    ['the answer is empty', new Uint8Array(0), 'ERR_XML_TRUNCATED'],
  ])('%s: unknown', async (_name, body, code) => {
    const error = await thrownBy(clientFor(xmlResponse(body)).call(ping, 'x', { messageId: 'm-1' }));
    expect(error).toMatchObject({ code, delivery: 'unknown', messageId: 'm-1' });
    if (code.startsWith('ERR_PARSE')) expect(error).toBeInstanceOf(ParseError);
  });

  test.each([
    [200, 'text/html', 'ERR_SEND_CONTENT_TYPE'],
    [200, '', 'ERR_SEND_CONTENT_TYPE'],
    [200, 'text/plain', 'ERR_SEND_CONTENT_TYPE'],
    [200, 'text/xmlx', 'ERR_SEND_CONTENT_TYPE'],
    [200, 'multipart/related; type="text/xml"', 'ERR_SEND_CONTENT_TYPE'],
    [500, 'text/html', 'ERR_SEND_HTTP_STATUS'],
    [202, 'text/xml', 'ERR_SEND_HTTP_STATUS'],
    [302, 'text/xml', 'ERR_SEND_HTTP_STATUS'],
    [400, 'text/xml', 'ERR_SEND_HTTP_STATUS'],
    [407, 'text/html', 'ERR_SEND_HTTP_STATUS'],
    [502, 'text/xml', 'ERR_SEND_HTTP_STATUS'],
  ])('HTTP %i %s: unknown', async (status, contentType, code) => {
    const error = await thrownBy(clientFor(xmlResponse(syncAnswer(), status, contentType)).call(ping, 'x'));
    expect(error).toMatchObject({ code, delivery: 'unknown', httpStatus: status });
  });

  test.each([400, 403, 500, 502])('a verified fault under HTTP %i is an answer', async (status) => {
    expect(await failureOf(clientFor(xmlResponse(syncFault(), status)).call(ping, 'x'))).toEqual({
      code: 'ERR_FAULT_GATEWAY',
      delivery: 'answered',
    });
  });

  test.each([400, 500, 503])('an XML page under HTTP %i is none', async (status) => {
    const page = Buffer.from('<?xml version="1.0"?><html><h1>Fault</h1></html>');
    expect(await failureOf(clientFor(xmlResponse(page, status)).call(ping, 'x'))).toEqual({
      code: 'ERR_SEND_HTTP_STATUS',
      delivery: 'unknown',
    });
  });

  test('HTTP 500 without a body: unknown', async () => {
    const call = clientFor(xmlResponse(new Uint8Array(0), 500)).call(ping, 'x');
    expect(await failureOf(call)).toEqual({ code: 'ERR_SEND_HTTP_STATUS', delivery: 'unknown' });
  });
});
