import { fixedClock } from '@egov-gateway/core';
import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { fixture, fixtureText, wsseCases } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';
import { SignedXml } from 'xml-crypto';

import type { KeyInfoStyle } from './key-info-style.ts';
import { createEnvelopeSigner } from './signer.ts';
import { createEnvelopeVerifier } from './verifier.ts';

const clock = fixedClock(Date.parse('2026-01-01T00:00:00Z'));
const privateKey = fixtureText('keys/organisation.key');
const certificate = fixtureText('keys/organisation.crt');
const key = await loadPem({ privateKey, certificate });
const organisation = parseCertificate(fixture('keys/organisation.crt'));
const trust = pinnedCertificates([organisation]);

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const excC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** What xml-crypto says of a message, and which octets it says are signed. */
function xmlCryptoReads(message: string): { isValid: boolean; references: readonly string[] } {
  const text = message.replace(/^\uFEFF/, '');
  const signature = /<ds:Signature[ >].*?<\/ds:Signature>/s.exec(text)?.[0];
  if (signature === undefined) throw new Error('no signature to look at');
  const verifier = new SignedXml({ publicCert: certificate, idMode: 'wssecurity' });
  verifier.loadSignature(signature);
  const isValid = verifier.checkSignature(text);
  return { isValid, references: verifier.getSignedReferences() };
}

/** A message signed by xml-crypto. */
function xmlCryptoSigns(content: string, prefixList: readonly string[] = []): string {
  const reference =
    '<wsse:SecurityTokenReference><wsse:KeyIdentifier EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"' +
    ' ValueType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3">' +
    `${Buffer.from(organisation.der).toString('base64')}</wsse:KeyIdentifier></wsse:SecurityTokenReference>`;
  const signer = new SignedXml({
    privateKey,
    idMode: 'wssecurity',
    signatureAlgorithm: rsaSha256,
    canonicalizationAlgorithm: excC14n,
    getKeyInfoContent: () => reference,
  });
  signer.addReference({
    xpath: "/*/*[local-name(.)='Body']",
    transforms: [excC14n],
    digestAlgorithm: sha256,
    inclusiveNamespacesPrefixList: [...prefixList],
  });
  const envelope =
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="urn:test:a"><soap:Header>' +
    '<wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"/>' +
    `</soap:Header><soap:Body>${content}</soap:Body></soap:Envelope>`;
  signer.computeSignature(envelope, {
    prefix: 'ds',
    location: { reference: "//*[local-name(.)='Security']", action: 'append' },
  });
  return signer.getSignedXml();
}

const contents = [
  ['elements', '<a:x xmlns:a="urn:test:a" b="2" a="1"><y/></a:x>'],
  ['letters beyond Latin', '<имя>Әғқңөұүһі 𐐷</имя>'],
  ['references', '<x a="&#9;&quot;&lt;">&amp;&lt;&gt;&#1048;</x>'],
  ['default namespaces', '<x xmlns="urn:test:x"><y xmlns=""><z xmlns="urn:test:x"/></y></x>'],
  ['escaped XML', '<data>&lt;?xml version="1.0"?&gt;&lt;a&gt;1&lt;/a&gt;</data>'],
] as const;

describe('a message that this package signed', () => {
  const styles: readonly KeyInfoStyle[] = [
    'key-identifier',
    'binary-security-token',
    'x509-data',
    'issuer-serial',
  ];

  test.each(styles.flatMap((style) => contents.map(([name, content]) => [style, name, content] as const)))(
    '%s, %s: xml-crypto verifies it and sees the same octets',
    async (keyInfo, _name, content) => {
      const envelope = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${content}</e:Body></e:Envelope>`;
      const signed = await createEnvelopeSigner({ key, keyInfo, clock }).sign(Buffer.from(envelope));
      const body = await createEnvelopeVerifier({ trust, clock }).verify(signed);

      const opinion = xmlCryptoReads(Buffer.from(signed).toString());
      expect(opinion.isValid).toBe(true);
      expect(opinion.references).toEqual([body.verified && Buffer.from(body.canonical()).toString()]);
    },
  );
});

describe('a message that xml-crypto signed', () => {
  test.each(contents)('%s: is verified, with the same octets', async (_name, content) => {
    const signed = xmlCryptoSigns(content);
    const body = await createEnvelopeVerifier({ trust, clock }).verify(Buffer.from(signed));
    expect(body.verified && Buffer.from(body.canonical()).toString()).toBe(
      xmlCryptoReads(signed).references[0],
    );
  });

  test('is verified with a PrefixList', async () => {
    const signed = xmlCryptoSigns('<x/>', ['a']);
    const body = await createEnvelopeVerifier({ trust, clock }).verify(Buffer.from(signed));
    expect(body.verified && Buffer.from(body.canonical()).toString()).toContain('xmlns:a="urn:test:a"');
  });
});

describe('the corpus', () => {
  /** Where another tool cannot follow, and why. */
  const beyond = new Set([
    // Not named by wsu:Id.
    'wsse-id',
    // Not the standard names of the algorithms.
    'sha1-opted-in-kazakh-names',
  ]);
  const accepted = wsseCases().filter((one) => one.expect === 'ok' && !beyond.has(one.name));

  test.each(accepted)('$name: xml-crypto verifies it too', ({ message }) => {
    expect(xmlCryptoReads(Buffer.from(message).toString()).isValid).toBe(true);
  });
});
