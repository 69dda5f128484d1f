import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Certificate, fixedClock, type SigningKey, type TrustPolicy } from '@egov-gateway/core';
import { createGostSigner, createGostSuite, type GostAlgorithm, gostSuites } from '@egov-gateway/gost';
import {
  certificateChain,
  loadPem,
  loadPkcs12,
  parseCertificate,
  pinnedCertificates,
  rsaSuite,
} from '@egov-gateway/keys';
import { codeOf, copiedCertificate, fixture, fixtureText } from '@egov-gateway/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { SignedXml } from 'xml-crypto';

import { signPayload } from './sign-payload.ts';
import { type VerifiedPayload, verifyPayload } from './verify-payload.ts';

const atMs = Date.UTC(2026, 0, 13);
const clock = fixedClock(atMs);
const organisation = parseCertificate(fixture('keys/organisation.crt'));
const person = parseCertificate(fixture('keys/person.crt'));
const trust = pinnedCertificates([organisation, person]);
const document =
  '<c:contract xmlns:c="http://agency.example/contract"><c:iin>001300900011</c:iin> Ә&#13;\n</c:contract>';

let keys: readonly [SigningKey, SigningKey];
let once: string;
let twice: string;

async function load(name: string): Promise<SigningKey> {
  return loadPem({
    privateKey: fixtureText(`keys/${name}.key`),
    certificate: fixtureText(`keys/${name}.crt`),
  });
}

async function sign(xml: string, key: SigningKey, suites = [rsaSuite, ...gostSuites]): Promise<string> {
  return new TextDecoder().decode(await signPayload(xml, key, { clock, suites }));
}

function verify(xml: string, by: TrustPolicy = trust): Promise<VerifiedPayload> {
  return verifyPayload(xml, { trust: by, atMs });
}

/** Base64 in lines, as the software of НУЦ РК writes it; done before anybody else signs. */
function inLines(xml: string): string {
  return xml.replace(
    /<ds:(SignatureValue|X509Certificate)>([^<]+)</g,
    (_all, name: string, value: string) => `<ds:${name}>\n${value.replace(/.{76}/g, '$&&#13;\n')}\n<`,
  );
}

beforeAll(async () => {
  keys = [await load('organisation'), await load('person')];
  once = await sign(document, keys[0]);
  twice = await sign(inLines(once), keys[1]);
});

describe('several signers', () => {
  test('are all given, in the order in which they signed, with what the first one signed', async () => {
    const { signer, signers, xml, root } = await verify(twice);
    expect(signers.map(({ certificate }) => certificate.iin)).toEqual(['001300900011', '001300900207']);
    expect(signer).toBe(signers[0]);
    expect(root.first?.text()).toBe('001300900011');
    expect(xml).toBe((await verify(once)).xml);
  });

  test('sign what the ones before them have written, with its carriage returns', async () => {
    expect(twice.match(/&#(13|xD);/g)?.length).toBeGreaterThan(20);
    expect(await codeOf(() => verify(twice.replace(/(Value>[^<]*?)&#(?:13|xD);/, '$1')))).toBe(
      'ERR_VERIFY_DIGEST',
    );
    const third = await sign(twice, keys[0]);
    expect((await verify(third)).signers).toHaveLength(3);
  });

  test('are found by their place, whatever the line ends of the file are', async () => {
    const spaced = await sign(`<r>\n  <a>1</a>\n</r>\n`, keys[0]);
    const more = await sign(spaced, keys[1]);
    const windows = more.replaceAll('\n', '\r\n');
    expect((await verify(windows)).signers).toHaveLength(2);
  });

  test('the last signature is accepted by xml-crypto as it comes', () => {
    const verifier = new SignedXml({
      publicCert: fixtureText('keys/person.crt'),
      getCertFromKeyInfo: () => null,
    });
    verifier.loadSignature(twice.slice(twice.lastIndexOf('<ds:Signature '), twice.lastIndexOf('</c:')));
    expect(verifier.checkSignature(twice)).toBe(true);
    expect(verifier.getSignedReferences()[0]).toContain('<ds:Signature ');
  });

  test('the first signature holds when those behind it are taken off', async () => {
    const start = twice.lastIndexOf('<ds:Signature ');
    const { signers } = await verify(twice.slice(0, start) + twice.slice(twice.lastIndexOf('</c:')));
    expect(signers).toHaveLength(1);
  });

  const first = /<ds:Signature .*?<\/ds:Signature>/s;
  test.each<[string, (xml: string) => string, string]>([
    ['an altered document', (xml) => xml.replace('0011<', '0021<'), 'ERR_VERIFY_DIGEST'],
    ['the first signature taken away', (xml) => xml.replace(first, ''), 'ERR_VERIFY_DIGEST'],
    [
      'the signatures in the other order',
      (xml) => xml.replace(/(<ds:Signature .*?<\/ds:Signature>)(<ds:Signature .*<\/ds:Signature>)/s, '$2$1'),
      'ERR_VERIFY_DIGEST',
    ],
    [
      'an element between the signatures',
      (xml) => xml.replace('</ds:Signature>', '</ds:Signature><x/>'),
      'ERR_VERIFY_DIGEST',
    ],
    [
      'one signature moved into an element',
      (xml) => xml.replace(first, (signature) => `<x>${signature}</x>`),
      'ERR_VERIFY_SIGNATURE_PLACE',
    ],
    [
      'one signature repeated with other line ends',
      (xml) => xml.replace('</c:contract>', `${first.exec(once)?.[0]}</c:contract>`),
      'ERR_VERIFY_SIGNATURE_COUNT',
    ],
    [
      'a comment in a signature',
      (xml) => xml.replace('<ds:KeyInfo>', '<!--x--><ds:KeyInfo>'),
      'ERR_VERIFY_COMMENT',
    ],
  ])('are refused with %s', async (_name, change, code) => {
    const changed = change(twice);
    expect(changed).not.toBe(twice);
    expect(await codeOf(() => verify(changed))).toBe(code);
  });

  test.each([
    ['first', [person]],
    ['last', [organisation]],
  ])('are refused when the %s one is not trusted', async (_place, certificates) => {
    expect(await codeOf(() => verify(twice, pinnedCertificates(certificates)))).toBe(
      'ERR_VERIFY_SIGNER_UNTRUSTED',
    );
  });
});

describe('signatures with GOST keys', () => {
  const makeKey = (algorithm: GostAlgorithm): SigningKey => {
    const signer = createGostSigner({ algorithm, d: 0x5eed_1234n, allowUnprovenSigning: true });
    const certificate = copiedCertificate(organisation, { publicKey: signer.publicKey });
    return { algorithm, certificate, sign: (data) => signer.sign(data) };
  };
  const suites = [
    rsaSuite,
    ...gostSuites.map(({ algorithm }) =>
      createGostSuite({ algorithm: algorithm as GostAlgorithm, allowUnprovenSigning: true }),
    ),
  ];

  test.each<[GostAlgorithm, string, string]>([
    [
      'gost2004',
      'http://www.w3.org/2001/04/xmldsig-more#gost34310-gost34311',
      'http://www.w3.org/2001/04/xmldsig-more#gost34311',
    ],
    [
      'gost2015-256',
      'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-256',
      'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34112015-256',
    ],
    [
      'gost2015-512',
      'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-512',
      'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34112015-512',
    ],
  ])('%s: are made and checked with its algorithms', async (algorithm, signatureUri, digestUri) => {
    const key = makeKey(algorithm);
    const ofKey: TrustPolicy = { resolve: async () => key.certificate };
    const xml = await sign(document, key, suites);
    expect(xml).toContain(`<ds:SignatureMethod Algorithm="${signatureUri}"/>`);
    expect(xml).toContain(`<ds:DigestMethod Algorithm="${digestUri}"/>`);
    expect((await verify(xml, ofKey)).signer.algorithm).toBe(algorithm);
    expect(await codeOf(() => verify(xml.replace('0011<', '0021<'), ofKey))).toBe('ERR_VERIFY_DIGEST');
    const other: TrustPolicy = {
      resolve: async () =>
        copiedCertificate(organisation, {
          publicKey: createGostSigner({ algorithm, d: 7n, allowUnprovenSigning: true }).publicKey,
        }),
    };
    expect(await codeOf(() => verify(xml, other))).toBe('ERR_VERIFY_SIGNATURE');
    expect(await codeOf(() => verify(xml))).toBe('ERR_VERIFY_KEY_TYPE');
  });

  test('gost2015-256 is not signed with unless asked for', async () => {
    expect(await codeOf(() => sign(document, makeKey('gost2015-256')))).toBe('ERR_SIGN_ALGORITHM');
  });

  test('RSA and GOST signers sign one document', async () => {
    const gost = makeKey('gost2015-512');
    const xml = await sign(inLines(await sign(document, gost)), keys[1]);
    const both: TrustPolicy = {
      resolve: async (reference) =>
        reference.kind === 'certificate' && Buffer.compare(reference.der, person.der) === 0
          ? person
          : gost.certificate,
    };
    expect((await verify(xml, both)).signers.map(({ algorithm }) => algorithm)).toEqual([
      'gost2015-512',
      'rsa',
    ]);
  });
});

describe('documents that Java software has signed', () => {
  const read = (name: string) => fixtureText(`payload-signatures/${name}.xml`);
  const certificate = (algorithm: string, name: string) =>
    parseCertificate(fixture(`keys/${algorithm}/${name}.crt`));

  test.each(['gost2004', 'gost2015-256', 'gost2015-512'])('%s: verify', async (algorithm) => {
    const pinned = pinnedCertificates([certificate(algorithm, 'organisation')]);
    const { signer, root } = await verify(read(algorithm), pinned);
    expect(signer.algorithm).toBe(algorithm);
    expect(signer.certificate.bin).toBe('991340000017');
    expect(root.first?.text()).toBe('001300900011');
    const windows = read(algorithm).replaceAll('\n', '\r\n');
    expect((await verify(windows, pinned)).signers).toHaveLength(1);
    // A digest of 512 bits takes two lines, and what is between them is signed; white space in the value never is.
    const trimmed = verify(read(algorithm).replaceAll('&#13;', ''), pinned);
    if (algorithm === 'gost2015-512') expect(await codeOf(() => trimmed)).toBe('ERR_VERIFY_SIGNATURE');
    else expect((await trimmed).signers).toHaveLength(1);
  });

  test('two signers verify, by a chain to the authority, and take a third', async () => {
    const chain = certificateChain({ roots: [certificate('gost2015-512', 'ca')], expect: 'any-signer' });
    const { signers } = await verify(read('two-signers'), chain);
    expect(signers.map(({ certificate: { iin } }) => iin)).toEqual(['001300900011', '001300900207']);
    const key = await loadPkcs12(fixture('keys/gost2015-512/gateway.p12'), 'test-only');
    const third = await sign(read('two-signers'), key);
    expect((await verify(third, chain)).signers.map(({ certificate: { bin } }) => bin)).toEqual([
      '991340000017',
      null,
      '991340000801',
    ]);
  });

  test('two signers do not verify when the carriage returns of the first are lost', async () => {
    const pinned = pinnedCertificates([
      certificate('gost2015-512', 'organisation'),
      certificate('gost2015-512', 'person'),
    ]);
    const lost = read('two-signers').replace('&#13;', '');
    expect(await codeOf(() => verify(lost, pinned))).toBe('ERR_VERIFY_DIGEST');
  });
});

// Files of real software are no part of this repository: set `EGW_SHARED` to a folder that has `vectors` to run these.
const folder = process.env['EGW_SHARED'] ?? '';

describe.runIf(folder !== '')('a document that the software of НУЦ РК has signed', () => {
  const xml = folder === '' ? '' : readFileSync(join(folder, 'vectors/xml/mitwork_validation.xml'), 'utf8');
  const certificate = (): Certificate =>
    parseCertificate(
      Buffer.from((/X509Certificate>([^<]+)</.exec(xml)?.[1] ?? '').replace(/&#13;|\s/g, ''), 'base64'),
    );
  const signedAtMs = Date.UTC(2025, 0, 1);
  const of = (text: string | Uint8Array, more: readonly Certificate[] = []) =>
    verifyPayload(text, { trust: pinnedCertificates([certificate(), ...more]), atMs: signedAtMs });

  test('verifies', async () => {
    const { signer, xml: covered } = await of(xml);
    expect(signer.algorithm).toBe('gost2015-512');
    expect(covered).toBe('<test><message>QCxn00hfuH9zCv58</message></test>');
  });

  test('verifies with the line ends of another system and a byte order mark', async () => {
    expect((await of(`\uFEFF${xml.replaceAll('\n', '\r\n')}`)).signers).toHaveLength(1);
    expect((await of(new TextEncoder().encode(xml))).signers).toHaveLength(1);
  });

  test('is refused when its carriage returns are lost, or anything else', async () => {
    expect(await codeOf(() => of(xml.replaceAll('&#13;', '')))).toBe('ERR_VERIFY_SIGNATURE');
    expect(await codeOf(() => of(xml.replace('QCxn', 'QCxm')))).toBe('ERR_VERIFY_DIGEST');
    expect(await codeOf(() => of(xml.replace('<ds:SignedInfo>\n', '<ds:SignedInfo>')))).toBe(
      'ERR_VERIFY_SIGNATURE',
    );
  });

  test('is judged at the instant that is given', async () => {
    const late = () => verifyPayload(xml, { trust: pinnedCertificates([certificate()]), atMs });
    expect(await codeOf(late)).toBe('ERR_VERIFY_CERTIFICATE_EXPIRED');
  });

  test('takes the signatures of others behind its own', async () => {
    const loaded = await loadPkcs12(
      join(folder, 'vectors/p12/ncanode_KEY_INDIVIDUAL_VALID_2015.p12'),
      'Aa123456',
    );
    const { notBeforeMs } = loaded.certificate;
    const signOptions = { clock: fixedClock(notBeforeMs + 1000) };
    const second = await signPayload(xml, loaded, signOptions);
    const third = await signPayload(second, keys[0], { clock });
    const { signers } = await verifyPayload(third, {
      trust: { resolve: async (reference) => resolveEmbedded(reference) },
      atMs,
    });
    expect(signers.map(({ algorithm }) => algorithm)).toEqual(['gost2015-512', 'gost2015-512', 'rsa']);
  });
});

function resolveEmbedded(reference: Parameters<TrustPolicy['resolve']>[0]): Certificate {
  if (reference.kind !== 'certificate') throw new TypeError('no certificate in the signature');
  return parseCertificate(reference.der);
}
