import { inspect } from 'node:util';

import {
  type DataCodec,
  type EnvelopeSigner,
  fixedClock,
  GatewayError,
  type Service,
  SignError,
  type SigningKey,
  type Transport,
  type UnverifiedBody,
  type VerifiedBody,
} from '@egov-gateway/core';
import { readSyncRequest, type WrittenEnvelope, writeFault, writeSyncResponse } from '@egov-gateway/envelope';
import { loadPem, loadPkcs12, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { codeOf, failureOf, fixture, fixtureText, serveHttps, syncAnswer } from '@egov-gateway/testing';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';
import { MockAgent } from 'undici';
import { beforeAll, describe, expect, test } from 'vitest';

import { createGateway, type GatewayOptions } from './preset.ts';

const text: DataCodec<string> = {
  validate: () => [],
  write: (value, writer) => writer.text(value),
  read: (data) => data.text(),
};
const echo: Service<string, string> = {
  id: 'ECHO',
  request: text,
  response: text,
  successCodes: ['SCSS001'],
};
const ca = fixtureText('keys/ca.crt');
const gatewayPem = fixtureText('keys/gateway.crt');
const sender = { id: 'system', password: 'pass-of-sender' };

let key: SigningKey;
let gatewaySigner: EnvelopeSigner;
let attackerSigner: EnvelopeSigner;

beforeAll(async () => {
  key = await loadPkcs12(new URL('../../../fixtures/keys/organisation.p12', import.meta.url), 'test-only');
  gatewaySigner = await signerOf('gateway');
  attackerSigner = await signerOf('attacker');
});

async function signerOf(name: string): Promise<EnvelopeSigner> {
  return createEnvelopeSigner({
    key: await loadPem({
      privateKey: fixtureText(`keys/${name}.key`),
      certificate: fixtureText(`keys/${name}.crt`),
    }),
    keyInfo: 'issuer-serial',
  });
}

/** The gateway as a function: checks the request's signature, answers with the same data, signs the answer. */
async function answerTo(request: Uint8Array): Promise<{ bytes: Uint8Array; unsigned: Uint8Array }> {
  const trust = pinnedCertificates([parseCertificate(fixture('keys/organisation.crt'))]);
  const { bytes, layout } = echoed(await createEnvelopeVerifier({ trust }).verify(request));
  return { bytes: await gatewaySigner.sign(bytes, layout), unsigned: bytes };
}

function echoed(body: VerifiedBody | UnverifiedBody): WrittenEnvelope {
  const { info, data } = readSyncRequest(body);
  const status = { code: 'SCSS001', message: info.sender.senderId };
  return writeSyncResponse({
    info: { messageId: 'theirs', responseDateMs: Date.now(), status },
    data: { codec: text, value: data?.text() ?? '' },
  });
}

function answering(make: (request: Uint8Array) => Promise<Uint8Array>, status = 200): Transport {
  return {
    exchange: async ({ body }) => ({
      status,
      headers: { 'content-type': 'text/xml' },
      body: await make(body),
    }),
  };
}

function open(transport: Transport, options: Partial<GatewayOptions> = {}) {
  return createGateway({
    endpoint: 'https://gateway.invalid/bip-sync-wss/',
    key,
    gatewayCertificates: gatewayPem,
    sender,
    transport,
    ...options,
  } as GatewayOptions);
}

describe('createGateway', () => {
  test.each([
    ['gost2004', 'rsa'],
    ['gost2015-512', 'rsa'],
    ['gost2015-512', 'gost2015-512'],
    ['rsa', 'gost2004'],
    ['rsa', 'gost2015-512'],
  ])('signs with a %s key file and reads answers signed with %s, without an option', async (ours, theirs) => {
    const folder = (algorithm: string) => (algorithm === 'rsa' ? 'keys' : `keys/${algorithm}`);
    const own = await loadPkcs12(fixture(`${folder(ours)}/organisation.p12`), 'test-only');
    expect(own.algorithm).toBe(ours);
    const answerSigner = createEnvelopeSigner({
      key: await loadPkcs12(fixture(`${folder(theirs)}/gateway.p12`), 'test-only'),
      keyInfo: 'issuer-serial',
    });
    const transport = answering(async (request) => {
      const trust = pinnedCertificates([own.certificate]);
      const body = await createEnvelopeVerifier({ trust }).verify(request);
      if (!body.verified || body.signer.algorithm !== ours) throw new Error('not signed with the key');
      return answerSigner.sign(echoed(body).bytes);
    });
    await using gateway = open(transport, {
      key: own,
      gatewayCertificates: fixtureText(`${folder(theirs)}/gateway.crt`),
    });
    expect(await gateway.call(echo, 'сәлем')).toBe('сәлем');
  });

  test('calls over HTTPS: signed there, verified back', async () => {
    const tls = { cert: fixtureText('keys/tls-server.crt'), key: fixtureText('keys/tls-server.key') };
    await using server = await serveHttps(tls, async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      try {
        const { bytes } = await answerTo(Buffer.concat(chunks));
        response.setHeader('content-type', 'text/xml; charset=utf-8').end(bytes);
      } catch (error) {
        response.writeHead(400).end(String(error));
      }
    });
    await using gateway = createGateway({
      endpoint: new URL('/bip-sync-wss/', server.url),
      key,
      gatewayCertificates: gatewayPem,
      sender,
      ca,
    });
    expect(await gateway.call(echo, 'Әлия <&>')).toBe('Әлия <&>');
    const answer = await gateway.callWithInfo(echo, 'x');
    expect(answer).toMatchObject({ verified: true, info: { status: { message: 'system' } } });
  });

  test('takes the gateway’s certificate as PEM, as bytes, parsed, as a list and as a policy', async () => {
    const certificate = parseCertificate(fixture('keys/gateway.crt'));
    const transport = answering(async (request) => (await answerTo(request)).bytes);
    for (const gatewayCertificates of [
      gatewayPem,
      fixture('keys/gateway.crt'),
      certificate.der,
      certificate,
      [certificate],
    ]) {
      expect(await open(transport, { gatewayCertificates }).call(echo, 'x')).toBe('x');
    }
    const trust = pinnedCertificates([certificate]);
    expect(await open(transport, { gatewayCertificates: undefined, trust }).call(echo, 'x')).toBe('x');
  });

  test.each(['key-identifier', 'binary-security-token', 'x509-data', 'issuer-serial'] as const)(
    'signs with %s',
    async (keyInfo) => {
      const transport = answering(async (request) => (await answerTo(request)).bytes);
      expect(await open(transport, { keyInfo }).call(echo, 'x')).toBe('x');
    },
  );

  test.each<[string, string, (request: Uint8Array) => Promise<Uint8Array>]>([
    ['not signed', 'ERR_VERIFY_UNSIGNED', async (request) => (await answerTo(request)).unsigned],
    [
      'altered after it was signed',
      'ERR_VERIFY_DIGEST',
      async (request) => {
        const { bytes } = await answerTo(request);
        return Buffer.from(Buffer.from(bytes).toString().replace('>x<', '>y<'));
      },
    ],
    [
      'signed by somebody else',
      'ERR_VERIFY_SIGNER_UNKNOWN',
      async (request) => attackerSigner.sign((await answerTo(request)).unsigned),
    ],
    ['cut short', 'ERR_XML_TRUNCATED', async (request) => (await answerTo(request)).bytes.subarray(0, 700)],
    ['the request, sent back', 'ERR_VERIFY_SIGNER_UNTRUSTED', async (request) => request],
  ])('an answer that is %s: unknown', async (_name, code, make) => {
    expect(await failureOf(open(answering(make)).call(echo, 'x'))).toEqual({ code, delivery: 'unknown' });
  });

  test('a fault counts as an answer only when it is signed', async () => {
    const fault = writeFault({ faultCode: 'SCE006', faultString: 'отказ' });
    const signed = async () => gatewaySigner.sign(fault.bytes, fault.layout);
    expect(await failureOf(open(answering(signed, 500)).call(echo, 'x'))).toEqual({
      code: 'ERR_FAULT_GATEWAY',
      delivery: 'answered',
    });
    expect(await failureOf(open(answering(async () => fault.bytes, 500)).call(echo, 'x'))).toEqual({
      code: 'ERR_FAULT_GATEWAY',
      delivery: 'unknown',
    });
  });

  test("without WS-Security: signing and verification 'off'", async () => {
    let sent = '';
    const transport = answering(async (request) => {
      sent = Buffer.from(request).toString();
      return syncAnswer();
    });
    const gateway = open(transport, {
      key: undefined,
      gatewayCertificates: undefined,
      signing: 'off',
      verification: 'off',
    });
    expect(await gateway.callWithInfo(echo, 'x')).toMatchObject({ value: 'pong', verified: false });
    expect(sent).not.toContain('Signature');
  });

  test('judges certificates by its clock', async () => {
    const transport = answering(async (request) => (await answerTo(request)).bytes);
    const clock = fixedClock(Date.UTC(2010, 0, 1));
    const error = await open(transport, { clock })
      .call(echo, 'x')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SignError);
    expect(error).toMatchObject({ code: 'ERR_SIGN_CERTIFICATE_NOT_YET_VALID', delivery: 'not-sent' });
  });

  test('limits the XML of answers', async () => {
    const transport = answering(async (request) => (await answerTo(request)).bytes);
    const gateway = open(transport, { limits: { maxBytes: 100 } });
    expect(await failureOf(gateway.call(echo, 'x'))).toEqual({ code: 'ERR_XML_LIMIT', delivery: 'unknown' });
  });

  test('answers from a MockAgent', async () => {
    const dispatcher = new MockAgent();
    dispatcher
      .get('https://gateway.invalid')
      .intercept({ path: '/', method: 'POST' })
      .reply(200, Buffer.from(syncAnswer()), { headers: { 'content-type': 'text/xml' } });
    await using gateway = createGateway({
      endpoint: 'https://gateway.invalid/',
      key,
      verification: 'off',
      sender,
      dispatcher,
    });
    expect(await gateway.call(echo, 'x')).toBe('pong');
    await dispatcher.close();
  });

  test('closes its own transport, and not one that was given', async () => {
    const own = createGateway({
      endpoint: 'https://gateway.invalid/',
      key,
      gatewayCertificates: gatewayPem,
      sender,
    });
    await own.close();
    expect(await codeOf(() => own.call(echo, 'x'))).toBe('ERR_SEND_CLOSED');

    const given = open(answering(async (request) => (await answerTo(request)).bytes));
    await given.close();
    expect(await given.call(echo, 'x')).toBe('x');
  });

  test('its methods can be handed around', async () => {
    const { call } = open(answering(async (request) => (await answerTo(request)).bytes));
    expect(await call(echo, 'x')).toBe('x');
  });

  test('shows nothing secret when inspected', () => {
    const shown = inspect(open(answering(async () => syncAnswer())), { depth: 20, showHidden: true });
    expect(shown).not.toMatch(/pass-of-sender|PRIVATE/);
  });

  test.each<[string, Partial<Record<keyof GatewayOptions, unknown>>]>([
    ['no key', { key: undefined }],
    ['a key that is switched off', { signing: 'off' }],
    ['no trust', { gatewayCertificates: undefined }],
    ['trust twice', { trust: { resolve: async () => Promise.reject() } }],
    ['trust that is switched off', { verification: 'off' }],
    ['an empty list of certificates', { gatewayCertificates: [] }],
    ['a misspelt switch', { verification: 'none' }],
    ['connection options beside a transport', { ca }],
    ['limits of the exchange beside a transport', { maxResponseBytes: 5 }],
    ['a dispatcher beside a transport', { dispatcher: new MockAgent() }],
  ])('%s is a TypeError', (_name, options) => {
    const transport = answering(async () => syncAnswer());
    expect(() => open(transport, options as Partial<GatewayOptions>)).toThrow(TypeError);
  });

  test('plain http is refused beside a transport of any maker too, unless it is allowed', async () => {
    const transport = answering(async (request) => (await answerTo(request)).bytes);
    const endpoint = 'http://gateway.invalid/';
    expect(await codeOf(() => open(transport, { endpoint }))).toBe('ERR_SEND_INSECURE_URL');
    expect(await open(transport, { endpoint, allowInsecureHttp: true }).call(echo, 'x')).toBe('x');
  });

  test('an answer that HTTP lets through is not too large for XML', async () => {
    const length = 65 * 1024 * 1024;
    const transport = answering(async () => new Uint8Array(length).fill(0x20));
    const dispatcher = new MockAgent();
    dispatcher
      .get('https://gateway.invalid')
      .intercept({ path: '/bip-sync-wss/', method: 'POST' })
      .reply(200, Buffer.alloc(length, ' '), { headers: { 'content-type': 'text/xml' } });
    const options = { transport: undefined, dispatcher, maxResponseBytes: length } as Partial<GatewayOptions>;
    expect(await codeOf(() => open(transport).call(echo, 'x'))).toBe('ERR_XML_LIMIT');
    expect(await codeOf(() => open(transport, options).call(echo, 'x'))).toBe('ERR_XML_TRUNCATED');
    await dispatcher.close();
  });

  test('plain http and unreadable certificates are refused at once', async () => {
    const options = { endpoint: 'http://gateway.invalid/', key, gatewayCertificates: gatewayPem, sender };
    expect(await codeOf(() => createGateway(options))).toBe('ERR_SEND_INSECURE_URL');
    const allowed = createGateway({ ...options, allowInsecureHttp: true });
    await allowed.close();
    const garbage = { ...options, endpoint: 'https://gateway.invalid/', gatewayCertificates: 'garbage' };
    expect(() => createGateway(garbage)).toThrow(GatewayError);
  });
});
