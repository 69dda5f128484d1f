import { fixedClock, type SigningKey } from '@egov-gateway/core';
import { loadPem, parseCertificate } from '@egov-gateway/keys';
import { fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import {
  type EnvelopeOptions,
  faultCodeOf,
  faultOf,
  post,
  readUnsigned,
  requestEnvelope,
  soapHeaders,
} from '../../test/caller.ts';
import { echo } from '../../test/echo-service.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../index.ts';
import { checkOrders } from './check.ts';

const keyOf = (name: string): Promise<SigningKey> =>
  loadPem({ privateKey: fixture(`keys/${name}.key`), certificate: fixture(`keys/${name}.crt`) });

async function echoing(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator(options);
  return emulator.service(echo, (text) => text);
}

/** Code of the fault that the request gets, `null` when it is answered. */
async function codeFor(
  options: EmulatorOptions,
  request: EnvelopeOptions = {},
  edit: (envelope: Uint8Array) => Uint8Array | string = (envelope) => envelope,
): Promise<string | null> {
  await using emulator = await echoing(options);
  const envelope = Buffer.from(edit(await requestEnvelope(emulator, request)));
  return faultCodeOf(await post(emulator.transport(), emulator.url, envelope));
}

const asText = (change: (xml: string) => string) => (envelope: Uint8Array) =>
  change(Buffer.from(envelope).toString());

describe('transport signature', () => {
  test.each(['key-identifier', 'binary-security-token', 'x509-data', 'issuer-serial'] as const)(
    'is accepted with KeyInfo %s',
    async (keyInfo) => {
      expect(await codeFor({}, { keyInfo })).toBeNull();
    },
  );

  test('missing: SCE007', async () => {
    expect(await codeFor({}, { isSigned: false })).toBe('SCE007');
  });

  test('of a fault without signature: SCE007', async () => {
    const fault =
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault/></s:Body></s:Envelope>';
    expect(await codeFor({}, {}, () => fault)).toBe('SCE007');
  });

  test('over a Body that was changed: SCE006', async () => {
    expect(
      await codeFor(
        {},
        {},
        asText((xml) => xml.replace('сәлем', 'сәлеm')),
      ),
    ).toBe('SCE006');
  });

  test('by a stranger whose certificate no root issued: SCE006', async () => {
    expect(await codeFor({}, { key: await keyOf('attacker') })).toBe('SCE006');
  });

  test('by the issuer and serial of nobody who is registered: SCE006', async () => {
    expect(await codeFor({}, { key: await keyOf('other-bin'), keyInfo: 'issuer-serial' })).toBe('SCE006');
  });

  test('under a certificate that has expired: SCE005', async () => {
    const key = await keyOf('expired');
    expect(await codeFor({}, { key, clock: fixedClock(key.certificate.notAfterMs) })).toBe('SCE005');
  });

  test('under a certificate that is not valid yet: SCE005', async () => {
    const key = await keyOf('not-yet-valid');
    expect(await codeFor({}, { key, clock: fixedClock(key.certificate.notBeforeMs) })).toBe('SCE005');
  });

  test('under a certificate that is revoked: SCE005', async () => {
    expect(await codeFor({ isRevoked: () => true })).toBe('SCE005');
    expect(await codeFor({ isRevoked: async ({ bin }) => bin === '991340000027' })).toBeNull();
  });

  test('is judged by the clock of the emulator', async () => {
    const key = await keyOf('expired');
    const clock = fixedClock(key.certificate.notAfterMs);
    expect(await codeFor({ clock }, { key, clock })).toBeNull();
  });

  test('by a registered certificate needs no root', async () => {
    const key = await keyOf('attacker');
    const systems = [{ senderId: 'test-system', password: 'test-only', certificates: [key.certificate] }];
    expect(await codeFor({ systems, roots: [] }, { key })).toBeNull();
    expect(await codeFor({ systems, roots: [] }, {})).toBe('SCE006');
  });

  test('by a certificate below another root of the caller', async () => {
    const roots = [parseCertificate(fixture('keys/attacker-ca.crt'))];
    expect(await codeFor({ roots }, { key: await keyOf('attacker') })).toBeNull();
  });
});

describe('envelope', () => {
  test.each([
    ['no XML', 'hello'],
    ['nothing', ''],
    ['XML that is no SOAP', '<a/>'],
    ['a DOCTYPE', '<!DOCTYPE a><a/>'],
    ['an envelope without Body', '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>'],
  ])('that is %s: SCE001', async (_case, xml) => {
    expect(await codeFor({}, {}, () => xml)).toBe('SCE001');
  });

  test('of SOAP 1.2: EMU-SOAP-VERSION, unless accepted', async () => {
    const edit = (xml: string) =>
      xml.replaceAll('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope');
    expect(await codeFor({}, { edit })).toBe('EMU-SOAP-VERSION');
    expect(await codeFor({ acceptSoap12: true }, { edit })).toBeNull();
  });

  test('of another operation: SCE001', async () => {
    const edit = (xml: string) => xml.replaceAll('typ:SendMessage', 'typ:sendMessage');
    expect(await codeFor({}, { edit })).toBe('SCE001');
  });

  test('without serviceId: SCE001', async () => {
    const edit = (xml: string) => xml.replace('<serviceId>ECHO</serviceId>', '');
    expect(await codeFor({}, { edit })).toBe('SCE001');
    expect(await codeFor({ xsd: 'lenient' }, { edit })).toBe('SCE001');
  });

  const reordered = (xml: string) =>
    xml.replace(/(<serviceId>.*?<\/serviceId>)(<messageDate>.*?<\/messageDate>)/, '$2$1');

  test('in another order than the XSD: SCE001, unless lenient', async () => {
    expect(await codeFor({}, { edit: reordered })).toBe('SCE001');
    expect(await codeFor({ xsd: 'lenient' }, { edit: reordered })).toBeNull();
  });

  test('with an element beyond the contract: SCE001, unless allowed', async () => {
    const edit = (xml: string) => xml.replace('<sender>', '<userId>u</userId><sender>');
    expect(await codeFor({}, { edit })).toBe('SCE001');
    expect(await codeFor({ requestInfoExtensions: ['userId'] }, { edit })).toBeNull();
  });

  test('says in errorData what was expected, and no value', async () => {
    await using emulator = await echoing();
    const envelope = await requestEnvelope(emulator, { edit: reordered, messageId: '001300900011' });
    const fault = faultOf(await post(emulator.transport(), emulator.url, envelope));
    expect(fault?.errorInfo?.errorData).toContain('requestInfo/serviceId: out of order');
    expect(fault?.errorInfo?.errorData).not.toContain('001300900011');
  });
});

describe('authorisation', () => {
  test.each([
    ['another senderId', { senderId: 'nobody' }, 'EMU-UNKNOWN-SENDER'],
    ['a wrong password', { password: 'wrong' }, 'EMU-WRONG-PASSWORD'],
    ['no password', { password: undefined }, 'EMU-WRONG-PASSWORD'],
  ])('refuses %s', async (_case, request, code) => {
    expect(await codeFor({}, request)).toBe(code);
  });

  test('refuses the certificate of another BIN, valid as it is', async () => {
    expect(await codeFor({}, { key: await keyOf('other-bin') })).toBe('EMU-SIGNER-MISMATCH');
  });

  test('takes another certificate of the same BIN', async () => {
    expect(await codeFor({}, { key: await keyOf('organisation') })).toBeNull();
  });

  test('refuses a suspended system, and a service that is not its own', async () => {
    await using emulator = await echoing();
    const { senderId, password, signingKey } = emulator.testSystem;
    emulator.suspend(senderId);
    const refused = await post(emulator.transport(), emulator.url, await requestEnvelope(emulator));
    expect(faultCodeOf(refused)).toBe('EMU-SUSPENDED');
    emulator.resume(senderId);
    emulator.register({ senderId, password, certificates: [signingKey.certificate], services: ['OTHER'] });
    const denied = await post(emulator.transport(), emulator.url, await requestEnvelope(emulator));
    expect(faultCodeOf(denied)).toBe('EMU-SERVICE-DENIED');
  });

  test('asks again before the answer: step 12', async () => {
    await using emulator = await createEmulator();
    emulator.service(echo, (text, { sender }) => {
      emulator.suspend(sender.senderId);
      return text;
    });
    const answer = await post(emulator.transport(), emulator.url, await requestEnvelope(emulator));
    expect(faultCodeOf(answer)).toBe('EMU-SUSPENDED');
    expect(emulator.exchanges[0]?.passed).toContain('service');
  });
});

describe('order of the checks', () => {
  const allWrong: EnvelopeOptions = {
    isSigned: false,
    password: 'wrong',
    edit: (xml) => xml.replace('<sender>', '<userId/><sender>'),
  };

  test.each([
    [['transport-signature', 'envelope', 'authorisation'], 'SCE007'],
    [['envelope', 'transport-signature', 'authorisation'], 'SCE001'],
    [['authorisation', 'envelope', 'transport-signature'], 'EMU-WRONG-PASSWORD'],
  ] as const)('%j decides which code comes first', async (checks, code) => {
    expect(await codeFor({ checks }, allWrong)).toBe(code);
  });

  test('compares the certificate also when the authorisation comes before the signature', async () => {
    const key = await keyOf('other-bin');
    expect(await codeFor({ checks: checkOrders.annex6 }, { key })).toBe('EMU-SIGNER-MISMATCH');
  });

  test.each([
    ['a check is left out', ['envelope', 'authorisation']],
    ['a check comes twice', ['envelope', 'authorisation', 'authorisation']],
    ['a check is unknown', ['envelope', 'authorisation', 'luck']],
    ['there is none', []],
  ])('is refused when %s', async (_case, checks) => {
    await expect(createEmulator({ checks: checks as never })).rejects.toThrow(TypeError);
  });
});

describe('endpoints', () => {
  test('without WS-Security take unsigned messages and answer unsigned', async () => {
    await using emulator = await echoing();
    const url = new URL('/bip-sync/', emulator.url);
    const answer = await post(
      emulator.transport(),
      url,
      await requestEnvelope(emulator, { isSigned: false }),
    );
    expect(answer.status).toBe(200);
    expect(Buffer.from(answer.body).toString()).not.toContain('Signature');
    expect(readUnsigned(answer).data?.first?.text()).toBe('сәлем');
  });

  test('without WS-Security verify a signature all the same', async () => {
    await using emulator = await echoing();
    const url = new URL('/bip-sync/', emulator.url);
    const envelope = Buffer.from(await requestEnvelope(emulator))
      .toString()
      .replace('сәлем', 'сәлеm');
    expect(faultCodeOf(await post(emulator.transport(), url, Buffer.from(envelope)))).toBe('SCE006');
  });

  test('with a second hop need a signature for the service', async () => {
    await using emulator = await echoing({ secondHop: true });
    const url = new URL('/bip-sync/', emulator.url);
    const unsigned = await requestEnvelope(emulator, { isSigned: false });
    expect(faultCodeOf(await post(emulator.transport(), url, unsigned))).toBe('SCE007');
    expect(faultCodeOf(await post(emulator.transport(), url, await requestEnvelope(emulator)))).toBeNull();
  });

  test('are found with and without the last slash, and nowhere else', async () => {
    await using emulator = await echoing({ endpoints: [{ path: '/one' }] });
    const envelope = await requestEnvelope(emulator);
    const statuses = ['/one', '/one/', '/two', '/one/two'].map(
      async (path) => (await post(emulator.transport(), new URL(path, emulator.url), envelope)).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 200, 404, 404]);
  });

  test.each([
    ['none', []],
    ['a path without a slash', [{ path: 'one' }]],
    ['a path with a query', [{ path: '/one?a' }]],
    ['the same path twice', [{ path: '/one' }, { path: '/one/' }]],
  ])('are refused when there is %s', async (_case, endpoints) => {
    await expect(createEmulator({ endpoints })).rejects.toThrow(TypeError);
  });
});

describe('content type', () => {
  test.each([
    ['text/xml', 200],
    ['text/xml; charset=utf-8', 200],
    ['Text/XML;charset="UTF-8"', 200],
    ['application/xml; charset=utf-8', 200],
    ['text/xml; charset=windows-1251', 415],
    ['application/soap+xml', 415],
    ['application/x-www-form-urlencoded', 415],
    ['', 415],
  ])('%j is answered with %i', async (contentType, status) => {
    await using emulator = await echoing();
    const headers = { ...soapHeaders, 'content-type': contentType };
    const answer = await post(emulator.transport(), emulator.url, await requestEnvelope(emulator), {
      headers,
    });
    expect(answer.status).toBe(status);
  });
});
