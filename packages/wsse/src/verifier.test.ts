import { inspect } from 'node:util';

import {
  type Certificate,
  fixedClock,
  type SignatureSuite,
  type SignerReference,
  type TrustPolicy,
  type VerifiedBody,
} from '@egov-gateway/core';
import { loadPem, parseCertificate, pinnedCertificates, rsaSha1Suite, rsaSuite } from '@egov-gateway/keys';
import { codeOf, copiedCertificate, fixture, fixtureText } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { createEnvelopeSigner } from './signer.ts';
import { createEnvelopeVerifier, type EnvelopeVerifierOptions } from './verifier.ts';

const clock = fixedClock(Date.parse('2026-01-01T00:00:00Z'));
const organisation = parseCertificate(fixture('keys/organisation.crt'));
const trust = pinnedCertificates([organisation]);
const genuine = fixture('wsse/key-identifier/message.xml');
const genuineText = fixtureText('wsse/key-identifier/message.xml');
const key = await loadPem({
  privateKey: fixtureText('keys/organisation.key'),
  certificate: fixtureText('keys/organisation.crt'),
});

const verifierOf = (options: Partial<EnvelopeVerifierOptions> = {}) =>
  createEnvelopeVerifier({ trust, clock, ...options });
const codeFor = (text: string | Uint8Array, options?: Partial<EnvelopeVerifierOptions>) =>
  codeOf(() => verifierOf(options).verify(typeof text === 'string' ? Buffer.from(text) : text));

async function verified(): Promise<VerifiedBody> {
  const body = await verifierOf().verify(genuine);
  if (!body.verified) throw new Error('expected a verified Body');
  return body;
}

/** A policy that trusts one certificate whatever the message says, and remembers what it was asked. */
function trusting(certificate: Certificate): TrustPolicy & { readonly asked: [SignerReference, number][] } {
  const asked: [SignerReference, number][] = [];
  return {
    asked,
    resolve: async (reference, atMs) => {
      asked.push([reference, atMs]);
      return certificate;
    },
  };
}

describe('createEnvelopeVerifier', () => {
  test('returns the Body, its signer and its canonical octets', async () => {
    const body = await verified();

    expect(body.body.path).toBe('/Envelope/Body');
    expect(body.body.first?.localName).toBe('SendMessage');
    expect(body.signer.algorithm).toBe('rsa');
    expect(body.signer.certificate.thumbprintSha256).toBe(organisation.thumbprintSha256);
    expect(Buffer.from(body.canonical()).toString()).toMatch(
      /^<soap:Body xmlns:soap="[^"]*" xmlns:wsu=.*<\/soap:Body>$/,
    );
  });

  test('does not lead to the header, which nobody signed', async () => {
    const { body } = await verifierOf().verify(genuine);
    for (const name of ['document', 'parent', 'startOffset']) expect(Reflect.get(body, name)).toBeUndefined();
    expect(body.path).toBe('/Envelope/Body');
  });

  test('canonical octets keep what a PrefixList keeps', async () => {
    const body = await verifierOf().verify(fixture('wsse/inclusive-prefix-list/message.xml'));
    expect(body.verified && Buffer.from(body.canonical()).toString()).toContain('xmlns:b="urn:test:b"');
  });

  test('later changes to the bytes that were read change nothing', async () => {
    const bytes = Uint8Array.from(genuine);
    const body = await verifierOf().verify(bytes);
    const before = body.verified ? Buffer.from(body.canonical()).toString() : '';
    bytes.fill(0x20);
    expect(body.verified && Buffer.from(body.canonical()).toString()).toBe(before);
  });

  test('asks the policy once, about the signer and the instant of the clock', async () => {
    const policy = trusting(organisation);
    await verifierOf({ trust: policy }).verify(fixture('wsse/issuer-serial/message.xml'));

    expect(policy.asked).toEqual([
      [
        {
          kind: 'issuer-serial',
          issuer: 'CN=СЫНАҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) TEST ONLY,C=KZ',
          serialNumber: BigInt(`0x${organisation.serialNumber}`).toString(),
        },
        clock.now(),
      ],
    ]);
  });

  test.each([
    ['no-key-info', { kind: 'none' }],
    ['key-identifier', { kind: 'certificate', der: new Uint8Array(organisation.der) }],
    ['binary-security-token', { kind: 'certificate', der: new Uint8Array(organisation.der) }],
    ['x509-data-chain', { kind: 'certificate', der: new Uint8Array(organisation.der) }],
    [
      'subject-key-identifier',
      { kind: 'subject-key-identifier', identifier: organisation.subjectKeyIdentifier },
    ],
  ])('%s: the policy is asked about what KeyInfo says', async (name, reference) => {
    const policy = trusting(organisation);
    await verifierOf({ trust: policy }).verify(fixture(`wsse/${name}/message.xml`));
    expect(policy.asked[0]?.[0]).toEqual(reference);
  });

  test('a key identifier in X509Data is understood', async () => {
    const text = genuineText.replace(
      /<ds:KeyInfo>.*<\/ds:KeyInfo>/,
      '<ds:KeyInfo><ds:X509Data><ds:X509SKI>AQID</ds:X509SKI></ds:X509Data></ds:KeyInfo>',
    );
    const policy = trusting(organisation);
    await verifierOf({ trust: policy }).verify(Buffer.from(text));
    expect(policy.asked[0]?.[0]).toEqual({ kind: 'subject-key-identifier', identifier: '010203' });
  });

  test('the policy is not asked about a message of the wrong structure', async () => {
    const policy = trusting(organisation);
    for (const name of [
      'two-signatures',
      'body-moved-to-header',
      'rsa-sha1',
      'transform-xslt',
      'unsigned-fault',
    ]) {
      await codeFor(fixture(`wsse/${name}/message.xml`), { trust: policy });
    }
    expect(policy.asked).toEqual([]);
  });

  test('what the policy throws comes out as it is', async () => {
    const reason = new Error('the certificate store is gone');
    const policy: TrustPolicy = { resolve: () => Promise.reject(reason) };
    await expect(verifierOf({ trust: policy }).verify(genuine)).rejects.toBe(reason);
  });

  test.each([
    ['another algorithm', 'gost2015-512'],
    ['an unknown algorithm', null],
  ] as const)('a signer whose key is of %s is refused', async (_name, algorithm) => {
    const publicKey = { ...organisation.publicKey, algorithm };
    const policy = trusting(copiedCertificate(organisation, { publicKey }));
    expect(await codeFor(genuine, { trust: policy })).toBe('ERR_VERIFY_KEY_TYPE');
  });

  test('a suite that has no opinion of keys is asked to verify with them', async () => {
    const { supports: _supports, ...suite } = rsaSuite;
    const body = await verifierOf({ suites: [suite] }).verify(genuine);
    expect(body.verified).toBe(true);
  });

  test('a suite of another package plugs in', async () => {
    const suite: SignatureSuite = {
      ...rsaSuite,
      signatureUris: ['urn:test:signature', rsaSuite.signatureUris[0]],
      digestUris: ['urn:test:digest'],
    };
    const signer = createEnvelopeSigner({ key, clock, suites: [suite] });
    const envelope = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>';
    const signed = await signer.sign(Buffer.from(envelope));

    expect(Buffer.from(signed).toString()).toContain('Algorithm="urn:test:signature"');
    expect((await verifierOf({ suites: [suite, rsaSha1Suite] }).verify(signed)).verified).toBe(true);
    expect(await codeFor(signed)).toBe('ERR_VERIFY_ALGORITHM');
  });

  test('several messages can be verified at once', async () => {
    const verifier = verifierOf();
    const bodies = await Promise.all(Array.from({ length: 20 }, () => verifier.verify(genuine)));
    expect(bodies.every(({ verified: isVerified }) => isVerified)).toBe(true);
  });

  test('the limits of the reader are kept', async () => {
    expect(await codeFor(genuine, { limits: { maxDepth: 3 } })).toBe('ERR_XML_LIMIT');
    expect(await codeFor(genuine, { limits: { maxBytes: 100 } })).toBe('ERR_XML_LIMIT');
  });

  test.each([
    ['a message without trust', { trust: undefined as unknown as TrustPolicy }],
    ['no suite', { suites: [] }],
    ['two suites of one name', { suites: [rsaSuite, { ...rsaSuite }] }],
    ['a limit that is none', { limits: { maxDepth: Number.NaN } }],
  ])('%s is a TypeError', async (_name, options) => {
    const run = async () => verifierOf(options).verify(genuine);
    await expect(run()).rejects.toThrow(TypeError);
  });

  test('options are checked when the verifier is made', () => {
    expect(() => verifierOf({ trust: undefined as unknown as TrustPolicy })).toThrow('TrustPolicy');
    expect(() => verifierOf({ suites: [] })).toThrow('empty');
  });

  test('text instead of bytes is a TypeError', async () => {
    await expect(verifierOf().verify(genuineText as unknown as Uint8Array)).rejects.toThrow(TypeError);
  });

  test('a header of a hundred thousand blocks is read in its turn', async () => {
    const blocks = '<x xmlns="urn:test"/>'.repeat(100_000);
    expect(await codeFor(genuineText.replace('<soap:Header>', `<soap:Header>${blocks}`))).toBeNull();
    const inside = genuineText.replace('</wsse:Security>', `${blocks}</wsse:Security>`);
    expect(await codeFor(inside)).toBe('ERR_VERIFY_STRUCTURE');
  });

  test('no refusal shows what the message says', async () => {
    const secret = '&lt;001300900011&gt; Әліппе';
    const texts = [
      genuineText.replaceAll('ds:Signature', 'ds:Sig001300900011'),
      genuineText.replace(
        'Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"',
        `Algorithm="${secret}"`,
      ),
      genuineText.replace(/URI="#[^"]*"/, `URI="${secret}"`),
      genuineText.replace('000000001', '001300900011'),
    ];
    for (const text of texts.slice(1)) {
      const error = await verifierOf()
        .verify(Buffer.from(text))
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Error);
      expect(inspect(error)).not.toContain('001300900011');
    }
  });
});

describe('VerifiedBody', () => {
  test('prints and serialises the signer by thumbprint, and nothing of the content', async () => {
    const body = await verified();
    for (const shown of [
      inspect(body, { depth: 9, showHidden: true }),
      JSON.stringify(body),
      `${inspect([body])}`,
    ]) {
      expect(shown).toContain(organisation.thumbprintSha256);
      expect(shown).not.toMatch(/000000001|test-only|IIN|BIN/);
    }
  });

  test('cannot be changed', async () => {
    const body = (await verified()) as { verified: boolean; body: unknown; signer: unknown };
    expect(() => Object.assign(body, { verified: false })).toThrow(TypeError);
    expect(() => Object.assign(body, { body: null })).toThrow(TypeError);
    expect(Object.isFrozen(body.signer)).toBe(true);
  });
});
