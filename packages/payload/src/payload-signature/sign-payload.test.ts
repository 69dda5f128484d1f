import { SignError, type SigningKey } from '@egov-gateway/core';
import { parseCertificate, rsaSuite } from '@egov-gateway/keys';
import { codeOf, fixture, fixtureText } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';
import { SignedXml } from 'xml-crypto';

import { c14n, document, key, organisation, sign, signed, verify } from '../../test/signing-party.ts';

describe('signPayload', () => {
  test('makes the signature that known systems make', () => {
    const signature = signed.slice(signed.indexOf('<ds:Signature'));
    expect(signature.replace(/>[A-Za-z0-9+/=]{40,}</g, '>…<')).toBe(
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>' +
        `<ds:CanonicalizationMethod Algorithm="${c14n}"/>` +
        '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>' +
        '<ds:Reference URI=""><ds:Transforms>' +
        '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>' +
        `<ds:Transform Algorithm="${c14n}#WithComments"/></ds:Transforms>` +
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>' +
        '<ds:DigestValue>…</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>…</ds:SignatureValue>' +
        '<ds:KeyInfo><ds:X509Data><ds:X509Certificate>…</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>' +
        '</c:contractRequest>',
    );
    expect(signed.startsWith(document.slice(0, -'</c:contractRequest>'.length))).toBe(true);
  });

  test.each(['inclusive', 'exclusive'] as const)(
    'is accepted by xml-crypto as it comes: %s',
    async (canonicalization) => {
      // Without prefixes whose order depends on a locale, which is where xml-crypto itself is wrong.
      const xml = await sign('<r xmlns="urn:r"><a b="1">x</a></r>', { canonicalization });
      const verifier = new SignedXml({ publicCert: fixtureText('keys/organisation.crt') });
      verifier.loadSignature(xml.slice(xml.indexOf('<ds:Signature'), xml.lastIndexOf('</r>')));
      expect(verifier.checkSignature(xml)).toBe(true);
    },
  );

  test('signs through the key alone, which may answer later', async () => {
    const seen: Uint8Array[] = [];
    const remote: SigningKey = {
      algorithm: 'rsa',
      certificate: organisation,
      sign: async (data) => {
        seen.push(data);
        return key.sign(data);
      },
    };
    expect(await sign(document, {}, remote)).toBe(signed);
    expect(seen).toHaveLength(1);
    expect(new TextDecoder().decode(seen[0])).toMatch(/^<ds:SignedInfo xmlns:SOAP="urn:x" xmlns:c="/);
  });

  test('takes octets and a byte order mark', async () => {
    const bytes = new TextEncoder().encode(`\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n${document}`);
    const { xml } = await verify(await sign(bytes));
    expect(xml).toBe((await verify(signed)).xml);
  });

  test.each([
    ['a DOCTYPE', `<!DOCTYPE r>${document}`, 'ERR_SIGN_PAYLOAD'],
    ['an instruction', document.replace('<iin>', '<?pi x?><iin>'), 'ERR_SIGN_PAYLOAD'],
    ['an entity', document.replace('&amp;', '&evil;'), 'ERR_SIGN_PAYLOAD'],
    ['a comment', document.replace('<iin>', '<!--x--><iin>'), 'ERR_SIGN_PAYLOAD'],
    ['a comment in text', document.replace('0011</iin>', '<!--x-->0011</iin>'), 'ERR_SIGN_PAYLOAD'],
    ['xml:lang', document.replace('<iin>', '<iin xml:lang="kk">'), 'ERR_SIGN_PAYLOAD'],
    ['xml:space', document.replace('<iin>', '<iin xml:space="preserve">'), 'ERR_SIGN_PAYLOAD'],
    ['xml:id', document.replace('<iin>', '<iin xml:id="a">'), 'ERR_SIGN_PAYLOAD'],
    ['U+0085', document.replace('Әбіл', 'Ә\u0085'), 'ERR_SIGN_PAYLOAD'],
    ['U+2028', document.replace('Әбіл', 'Ә\u2028'), 'ERR_SIGN_PAYLOAD'],
    ['a control character', document.replace('Әбіл', '\u0001'), 'ERR_SIGN_PAYLOAD'],
    [
      'an attribute that begins with xmlns',
      document.replace('<iin>', '<iin xmlnsa="1">'),
      'ERR_SIGN_PAYLOAD',
    ],
    ['an element name beyond U+FFFF', document.replaceAll('iin>', '\u{10000}>'), 'ERR_SIGN_PAYLOAD'],
    ['an attribute name beyond U+FFFF', document.replace('<iin>', '<iin \u{10000}="1">'), 'ERR_SIGN_PAYLOAD'],
    ['no end', document.slice(0, -1), 'ERR_SIGN_PAYLOAD'],
    ['nothing', '', 'ERR_SIGN_PAYLOAD'],
  ])('refuses a document with %s', async (_name, xml, code) => {
    expect(await codeOf(() => sign(xml))).toBe(code);
  });

  test('refuses a document of which a part is signed', async () => {
    expect(await codeOf(() => sign(`<x><y>${signed}</y>${signed}</x>`))).toBe('ERR_SIGN_ALREADY_SIGNED');
    expect(await codeOf(() => sign(`<x>${signed}</x>`))).toBe('ERR_SIGN_ALREADY_SIGNED');
  });

  test.each([
    ['expired', 'ERR_SIGN_CERTIFICATE_EXPIRED'],
    ['not-yet-valid', 'ERR_SIGN_CERTIFICATE_NOT_YET_VALID'],
  ])('refuses a key whose certificate is %s', async (name, code) => {
    const certificate = parseCertificate(fixture(`keys/${name}.crt`));
    const other: SigningKey = { algorithm: 'rsa', certificate, sign: (data) => key.sign(data) };
    expect(await codeOf(() => sign(document, {}, other))).toBe(code);
  });

  test('refuses a key that no suite fits', async () => {
    const gost: SigningKey = { ...key, algorithm: 'gost2015-512', certificate: organisation, sign: key.sign };
    expect(await codeOf(() => sign(document, {}, gost))).toBe('ERR_SIGN_ALGORITHM');
    expect(await codeOf(() => sign(document, { suites: [] }))).toBe('ERR_SIGN_ALGORITHM');
    expect(await codeOf(() => sign(document, { suites: [{ ...rsaSuite, verifyOnly: true }] }))).toBe(
      'ERR_SIGN_ALGORITHM',
    );
  });

  test('passes on why the key refused', async () => {
    const refusing = (error: unknown): SigningKey => ({
      algorithm: 'rsa',
      certificate: organisation,
      sign: () => Promise.reject(error),
    });
    const own = new SignError('the token is not there', { code: 'ERR_SIGN_KEY' });
    await expect(sign(document, {}, refusing(own))).rejects.toBe(own);
    const cause = new Error('PIN 1234');
    await expect(sign(document, {}, refusing(cause))).rejects.toMatchObject({ code: 'ERR_SIGN_KEY', cause });
    await expect(sign(document, {}, refusing(cause))).rejects.not.toThrow(/1234/);
  });

  test('refuses an unknown canonicalization', async () => {
    await expect(sign(document, { canonicalization: 'c14n11' as never })).rejects.toThrow(TypeError);
  });
});
