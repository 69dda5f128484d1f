import {
  fixedClock,
  type SignatureSuite,
  SignError,
  type SigningKey,
  type TrustPolicy,
  VerifyError,
} from '@egov-gateway/core';
import {
  certificateChain,
  loadPem,
  parseCertificate,
  pinnedCertificates,
  rsaSuite,
} from '@egov-gateway/keys';
import { codeOf, fixture, fixtureText } from '@egov-gateway/testing';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { SignedXml } from 'xml-crypto';

import { type SignPayloadOptions, signPayload } from './sign-payload.ts';
import { type VerifyPayloadOptions, verifyPayload } from './verify-payload.ts';

const atMs = Date.UTC(2026, 0, 13);
const organisation = parseCertificate(fixture('keys/organisation.crt'));
const trust = pinnedCertificates([organisation]);
const c14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const excC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const document =
  '<c:contractRequest xmlns:SOAP="urn:x" xmlns:c="http://example.kz/contract" xmlns:xs="urn:y"><newContractData>' +
  '<iin>001300900011</iin><name kind="xs:a">Әбіл &amp; &lt;Ң&gt;&#xD;</name></newContractData></c:contractRequest>';

let key: SigningKey;
let signed: string;
let exclusive: string;

async function load(name: string): Promise<SigningKey> {
  return loadPem({
    privateKey: fixtureText(`keys/${name}.key`),
    certificate: fixtureText(`keys/${name}.crt`),
  });
}

async function sign(xml: string | Uint8Array, options: SignPayloadOptions = {}, by = key): Promise<string> {
  return new TextDecoder().decode(await signPayload(xml, by, { clock: fixedClock(atMs), ...options }));
}

function verify(xml: string | Uint8Array, options: Partial<VerifyPayloadOptions> = {}) {
  return verifyPayload(xml, { trust, atMs, ...options });
}

beforeAll(async () => {
  key = await load('organisation');
  signed = await sign(document);
  exclusive = await sign(document, { canonicalization: 'exclusive' });
});

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
    expect(await codeOf(() => sign(`<x>${signed}</x>`))).toBe('ERR_SIGN_ALREADY_SIGNED');
    expect(await codeOf(() => sign(`<x><y>${signed}</y>${signed}</x>`))).toBe('ERR_SIGN_ALREADY_SIGNED');
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

describe('verifyPayload', () => {
  test('gives back what was signed, and nothing else', async () => {
    for (const xml of [signed, exclusive]) {
      const verified = await verify(xml);
      expect(verified.root.localName).toBe('contractRequest');
      expect(verified.root.first?.first?.text()).toBe('001300900011');
      expect(verified.xml).not.toContain('Signature');
      expect(verified.signer.algorithm).toBe('rsa');
      expect(verified.signer.certificate.thumbprintSha256).toBe(organisation.thumbprintSha256);
    }
    expect((await verify(signed)).xml).toBe(document);
  });

  test('accepts base64 with the line ends of Java, and comments that are not signed', async () => {
    const wrapped = signed.replace(
      /<ds:SignatureValue>([^<]+)</,
      (_all, value: string) => `<ds:SignatureValue>${value.replace(/.{76}/g, '$&&#13;\n')}&#13;\n<`,
    );
    expect((await verify(wrapped)).xml).toBe(document);
    expect((await verify(signed.replace('<iin>', '<!-- note --><iin>'))).xml).toBe(document);
  });

  test('finds the signer by issuer and number', async () => {
    const byNumber = signed.replace(
      /<ds:X509Certificate>[^<]+<\/ds:X509Certificate>/,
      `<ds:X509IssuerSerial><ds:X509IssuerName>${issuerName()}</ds:X509IssuerName><ds:X509SerialNumber>` +
        `${BigInt(`0x${organisation.serialNumber}`)}</ds:X509SerialNumber></ds:X509IssuerSerial>`,
    );
    expect((await verify(byNumber)).signer.certificate.bin).toBe('991340000017');
  });

  test('finds a signature at the place that is named', async () => {
    const nested = document.replace('</newContractData></c:contractRequest>', '');
    const moved = await sign(`${nested}</newContractData></c:contractRequest>`);
    const start = moved.indexOf('<ds:Signature');
    const end = moved.indexOf('</ds:Signature>') + '</ds:Signature>'.length;
    const inside = moved
      .replace(moved.slice(start, end), '')
      .replace('</newContractData>', `${moved.slice(start, end)}</newContractData>`);
    expect(await codeOf(() => verify(inside))).toBe('ERR_VERIFY_STRUCTURE');
    const verified = await verify(inside, { signatureIn: '/contractRequest/newContractData' });
    expect(verified.xml).toBe(document);
  });

  const signatureOf = (xml: string) =>
    xml.slice(xml.indexOf('<ds:Signature '), xml.indexOf('</ds:Signature>') + '</ds:Signature>'.length);
  const without = (xml: string) => xml.replace(signatureOf(xml), '');

  const attacks: readonly (readonly [string, (xml: string) => string, string])[] = [
    ['altered text', (xml) => xml.replace('001300900011', '001300900021'), 'ERR_VERIFY_DIGEST'],
    ['an added element', (xml) => xml.replace('<iin>', '<evil/><iin>'), 'ERR_VERIFY_DIGEST'],
    ['a removed element', (xml) => xml.replace(/<iin>.*<\/iin>/, ''), 'ERR_VERIFY_DIGEST'],
    ['an added attribute', (xml) => xml.replace('<iin>', '<iin a="1">'), 'ERR_VERIFY_DIGEST'],
    [
      'an added attribute that begins with xmlns',
      (xml) => xml.replace('<iin>', '<iin xmlnsa="1">'),
      'ERR_VERIFY_PAYLOAD',
    ],
    ['an added namespace', (xml) => xml.replace('<iin>', '<iin xmlns="urn:evil">'), 'ERR_VERIFY_DIGEST'],
    ['added white space', (xml) => xml.replace('<iin>', ' <iin>'), 'ERR_VERIFY_DIGEST'],
    ['an altered carriage return', (xml) => xml.replace('&#xD;', '&#xA;'), 'ERR_VERIFY_DIGEST'],
    [
      'CDATA in the place of an element',
      (xml) => xml.replace('<iin>001300900011</iin>', '<![CDATA[<iin>001300900011</iin>]]>'),
      'ERR_VERIFY_DIGEST',
    ],
    [
      'text behind the signature',
      (xml) => xml.replace('</ds:Signature>', '</ds:Signature>evil'),
      'ERR_VERIFY_DIGEST',
    ],
    ['no signature', without, 'ERR_VERIFY_UNSIGNED'],
    [
      'a signature in another namespace',
      (xml) => xml.replace('xmldsig#"', 'xmldsig-evil#"'),
      'ERR_VERIFY_UNSIGNED',
    ],
    [
      'the signature twice',
      (xml) => xml.replace('</c:', `${signatureOf(xml)}</c:`),
      'ERR_VERIFY_SIGNATURE_COUNT',
    ],
    [
      'more signatures than are checked',
      (xml) => xml.replace('</c:', `${signatureOf(xml).repeat(16)}</c:`),
      'ERR_VERIFY_SIGNATURE_COUNT',
    ],
    [
      'an empty second signature',
      (xml) => xml.replace('</c:', '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></c:'),
      'ERR_VERIFY_STRUCTURE',
    ],
    [
      'a second signature inside the first',
      (xml) => xml.replace('</ds:KeyInfo>', '<ds:Signature/></ds:KeyInfo>'),
      'ERR_VERIFY_STRUCTURE',
    ],
    [
      'the signed document inside another one',
      (xml) => `<evil>${xml}<iin>0</iin></evil>`,
      'ERR_VERIFY_STRUCTURE',
    ],
    [
      'the signed document inside its own namesake',
      (xml) => `<c:contractRequest xmlns:c="http://example.kz/contract">${xml}</c:contractRequest>`,
      'ERR_VERIFY_STRUCTURE',
    ],
    [
      'the document as an Object of the signature',
      (xml) => xml.replace('</ds:KeyInfo>', `</ds:KeyInfo><ds:Object>${without(xml)}</ds:Object>`),
      'ERR_VERIFY_STRUCTURE',
    ],
    [
      'an unknown element in the signature',
      (xml) => xml.replace('<ds:KeyInfo>', '<evil/><ds:KeyInfo>'),
      'ERR_VERIFY_STRUCTURE',
    ],
    [
      'two KeyInfo',
      (xml) => xml.replace('</ds:KeyInfo>', '</ds:KeyInfo><ds:KeyInfo/>'),
      'ERR_VERIFY_STRUCTURE',
    ],
    [
      'two SignedInfo',
      (xml) => xml.replace('<ds:SignedInfo>', `${between(xml, 'SignedInfo')}<ds:SignedInfo>`),
      'ERR_VERIFY_STRUCTURE',
    ],
    [
      'two SignatureValue',
      (xml) => xml.replace('<ds:KeyInfo>', '<ds:SignatureValue>AAAA</ds:SignatureValue><ds:KeyInfo>'),
      'ERR_VERIFY_STRUCTURE',
    ],
    [
      'two DigestValue',
      (xml) => xml.replace('<ds:DigestValue>', '<ds:DigestValue>AAAA</ds:DigestValue><ds:DigestValue>'),
      'ERR_VERIFY_STRUCTURE',
    ],
    ['no SignatureValue', (xml) => xml.replace(between(xml, 'SignatureValue'), ''), 'ERR_VERIFY_STRUCTURE'],
    [
      'an empty signature',
      (xml) => xml.replace(signatureOf(xml), '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'),
      'ERR_VERIFY_STRUCTURE',
    ],
    [
      'two references',
      (xml) => xml.replace('<ds:Reference', `${between(xml, 'Reference')}<ds:Reference`),
      'ERR_VERIFY_REFERENCE_COUNT',
    ],
    ['no reference', (xml) => xml.replace(between(xml, 'Reference'), ''), 'ERR_VERIFY_REFERENCE_COUNT'],
    [
      'a reference to a part',
      (xml) => xml.replace('URI=""', 'URI="#part"').replace('<iin>', '<iin Id="part">'),
      'ERR_VERIFY_REFERENCE_URI',
    ],
    ['a reference without URI', (xml) => xml.replace(' URI=""', ''), 'ERR_VERIFY_REFERENCE_URI'],
    [
      'a reference to a file',
      (xml) => xml.replace('URI=""', 'URI="file:///etc/hostname"'),
      'ERR_VERIFY_REFERENCE_URI',
    ],
    [
      'a reference by XPointer',
      (xml) => xml.replace('URI=""', 'URI="#xpointer(/)"'),
      'ERR_VERIFY_REFERENCE_URI',
    ],
    [
      'an XPath transform',
      (xml) => xml.replace(`${c14n}#WithComments`, 'http://www.w3.org/TR/1999/REC-xpath-19991116'),
      'ERR_VERIFY_TRANSFORM',
    ],
    [
      'an XSLT transform',
      (xml) => xml.replace(`${c14n}#WithComments`, 'http://www.w3.org/TR/1999/REC-xslt-19991116'),
      'ERR_VERIFY_TRANSFORM',
    ],
    [
      'no enveloped transform',
      (xml) => xml.replace(/<ds:Transform Algorithm="[^"]*enveloped-signature"\/>/, ''),
      'ERR_VERIFY_TRANSFORM',
    ],
    [
      'transforms in the other order',
      (xml) => xml.replace(/(<ds:Transform [^>]*>)(<ds:Transform [^>]*>)/, '$2$1'),
      'ERR_VERIFY_TRANSFORM',
    ],
    [
      'three transforms',
      (xml) => xml.replace('</ds:Transforms>', `<ds:Transform Algorithm="${excC14n}"/></ds:Transforms>`),
      'ERR_VERIFY_TRANSFORM',
    ],
    [
      'a transform with parameters',
      (xml) => xml.replace(`#WithComments"/>`, `#WithComments"><x/></ds:Transform>`),
      'ERR_VERIFY_TRANSFORM',
    ],
    [
      'C14N 1.1 of SignedInfo',
      (xml) => xml.replace(`Algorithm="${c14n}"`, 'Algorithm="http://www.w3.org/2006/12/xml-c14n11"'),
      'ERR_VERIFY_ALGORITHM',
    ],
    [
      'a signature by RSA with SHA-1',
      (xml) => xml.replace('2001/04/xmldsig-more#rsa-sha256', '2000/09/xmldsig#rsa-sha1'),
      'ERR_VERIFY_ALGORITHM',
    ],
    [
      'a digest by SHA-1',
      (xml) => xml.replace('2001/04/xmlenc#sha256', '2000/09/xmldsig#sha1'),
      'ERR_VERIFY_ALGORITHM',
    ],
    [
      'a signature by HMAC',
      (xml) => xml.replace('2001/04/xmldsig-more#rsa-sha256', '2000/09/xmldsig#hmac-sha1'),
      'ERR_VERIFY_ALGORITHM',
    ],
    [
      'no algorithm',
      (xml) => xml.replace(/(<ds:SignatureMethod) Algorithm="[^"]*"/, '$1'),
      'ERR_VERIFY_ALGORITHM',
    ],
    [
      'a comment in the digest',
      (xml) => xml.replace('<ds:DigestValue>', '<ds:DigestValue><!--x-->'),
      'ERR_XML_COMMENT',
    ],
    [
      'a comment in SignedInfo',
      (xml) => xml.replace('<ds:Reference', '<!--x--><ds:Reference'),
      'ERR_VERIFY_COMMENT',
    ],
    [
      'a comment in the signature',
      (xml) => xml.replace('<ds:KeyInfo>', '<!--x--><ds:KeyInfo>'),
      'ERR_VERIFY_COMMENT',
    ],
    ['a comment in text', (xml) => xml.replace('0011</iin>', '<!--x-->0011</iin>'), 'ERR_XML_COMMENT'],
    [
      'a digest that is no base64',
      (xml) => xml.replace('<ds:DigestValue>', '<ds:DigestValue>%'),
      'ERR_VERIFY_BASE64',
    ],
    [
      'an empty digest',
      (xml) => xml.replace(/<ds:DigestValue>[^<]*/, '<ds:DigestValue>'),
      'ERR_VERIFY_BASE64',
    ],
    [
      'a signature that is no base64',
      (xml) => xml.replace('<ds:SignatureValue>', '<ds:SignatureValue>*'),
      'ERR_VERIFY_BASE64',
    ],
    [
      'an empty signature value',
      (xml) => xml.replace(/<ds:SignatureValue>[^<]*/, '<ds:SignatureValue>'),
      'ERR_VERIFY_BASE64',
    ],
    [
      'another signature value',
      (xml) => xml.replace(/<ds:SignatureValue>[^<]*/, `<ds:SignatureValue>${'A'.repeat(342)}==`),
      'ERR_VERIFY_SIGNATURE',
    ],
    [
      'a short signature value',
      (xml) => xml.replace(/<ds:SignatureValue>[^<]*/, '<ds:SignatureValue>AAAA'),
      'ERR_VERIFY_SIGNATURE',
    ],
    [
      'white space in SignedInfo',
      (xml) => xml.replace('<ds:Reference', '\n<ds:Reference'),
      'ERR_VERIFY_SIGNATURE',
    ],
    [
      'two certificates',
      (xml) =>
        xml.replace(
          '</ds:X509Certificate>',
          '</ds:X509Certificate><ds:X509Certificate>AAAA</ds:X509Certificate>',
        ),
      'ERR_VERIFY_KEY_INFO',
    ],
    [
      'a certificate that is none',
      (xml) => xml.replace(/<ds:X509Certificate>[^<]*/, '<ds:X509Certificate>AAAA'),
      'ERR_VERIFY_SIGNER_UNTRUSTED',
    ],
    [
      'a serial number that is none',
      (xml) =>
        xml.replace(
          /<ds:X509Certificate>.*<\/ds:X509Certificate>/,
          '<ds:X509IssuerSerial><ds:X509IssuerName>CN=x</ds:X509IssuerName><ds:X509SerialNumber>0x1</ds:X509SerialNumber></ds:X509IssuerSerial>',
        ),
      'ERR_VERIFY_KEY_INFO',
    ],
    ['a DOCTYPE', (xml) => `<!DOCTYPE x>${xml}`, 'ERR_XML_DOCTYPE'],
    ['an instruction', (xml) => xml.replace('<iin>', '<?x?><iin>'), 'ERR_XML_PROCESSING_INSTRUCTION'],
    ['xml:lang', (xml) => xml.replace('<iin>', '<iin xml:lang="kk">'), 'ERR_VERIFY_PAYLOAD'],
    ['U+0085', (xml) => xml.replace('Әбіл', 'Ә\u0085'), 'ERR_VERIFY_PAYLOAD'],
  ];

  function between(xml: string, name: string): string {
    return xml.slice(xml.indexOf(`<ds:${name}`), xml.indexOf(`</ds:${name}>`) + `</ds:${name}>`.length);
  }

  test.each(attacks)('refuses a document with %s', async (_name, change, code) => {
    const changed = change(signed);
    expect(changed).not.toBe(signed);
    expect(await codeOf(() => verify(changed))).toBe(code);
  });

  test('refuses a signature that was made for another document', async () => {
    const other = await sign(
      '<c:contractRequest xmlns:c="http://example.kz/contract"><x/></c:contractRequest>',
    );
    expect(await codeOf(() => verify(signed.replace(signatureOf(signed), signatureOf(other))))).toBe(
      'ERR_VERIFY_DIGEST',
    );
  });

  test.each([
    ['other-bin', 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['attacker', 'ERR_VERIFY_SIGNER_UNTRUSTED'],
  ])('refuses what %s has signed, though its certificate is inside', async (name, code) => {
    const forged = await sign(document, {}, await load(name));
    expect(await codeOf(() => verify(forged))).toBe(code);
  });

  test('refuses the right certificate over the signature of another key', async () => {
    const attacker = await load('attacker');
    const forged = await sign(
      document,
      {},
      { algorithm: 'rsa', certificate: organisation, sign: (data) => attacker.sign(data) },
    );
    expect(await codeOf(() => verify(forged))).toBe('ERR_VERIFY_SIGNATURE');
  });

  test('asks the trust policy, with the instant, and believes nothing else', async () => {
    const chain = certificateChain({
      roots: [parseCertificate(fixture('keys/ca.crt'))],
      expect: { bin: '991340000017' },
    });
    expect((await verify(signed, { trust: chain })).signer.certificate.bin).toBe('991340000017');
    expect(await codeOf(() => verify(signed, { trust: chain, atMs: Date.UTC(2101, 0) }))).toBe(
      'ERR_VERIFY_CERTIFICATE_EXPIRED',
    );
    const refusing: TrustPolicy = {
      resolve: () => Promise.reject(new VerifyError('no', { code: 'ERR_VERIFY_SIGNER_UNTRUSTED' })),
    };
    expect(await codeOf(() => verify(signed, { trust: refusing }))).toBe('ERR_VERIFY_SIGNER_UNTRUSTED');
    await expect(verify(signed, { atMs: Number.NaN })).rejects.toThrow(TypeError);
  });

  test('refuses a signer whose key is of another kind than the algorithm', async () => {
    const odd: TrustPolicy = {
      resolve: async () => ({
        ...organisation,
        publicKey: { ...organisation.publicKey, algorithm: 'gost2015-512' },
      }),
    };
    expect(await codeOf(() => verify(signed, { trust: odd }))).toBe('ERR_VERIFY_KEY_TYPE');
    const picky: SignatureSuite = { ...rsaSuite, supports: () => false };
    expect(await codeOf(() => verify(signed, { suites: [picky] }))).toBe('ERR_VERIFY_KEY_TYPE');
    expect(await codeOf(() => verify(signed, { suites: [] }))).toBe('ERR_VERIFY_ALGORITHM');
  });

  test('takes suites of other algorithms', async () => {
    const suite: SignatureSuite = {
      ...rsaSuite,
      signatureUris: ['urn:example:signature', ...rsaSuite.signatureUris],
      digestUris: ['urn:example:digest'],
    };
    const xml = await sign(document, { suites: [suite] });
    expect(xml).toContain('<ds:SignatureMethod Algorithm="urn:example:signature"/>');
    expect(xml).toContain('<ds:DigestMethod Algorithm="urn:example:digest"/>');
    expect((await verify(xml, { suites: [suite] })).xml).toBe(document);
    expect(await codeOf(() => verify(xml))).toBe('ERR_VERIFY_ALGORITHM');
  });

  test('refuses every document in which one character of what is signed was changed', async () => {
    const end = signed.indexOf('<ds:KeyInfo>');
    await fc.assert(
      fc.asyncProperty(fc.nat(end - 1), fc.constantFrom('x', ' ', '<', '0', 'Қ'), async (at, character) => {
        fc.pre(signed[at] !== character);
        const changed = signed.slice(0, at) + character + signed.slice(at + 1);
        const outcome = await verify(changed).then(
          ({ xml }) => xml,
          (error: unknown) => error,
        );
        // White space within a tag, or around base64, says nothing else; all other changes are refused.
        if (typeof outcome === 'string') expect(outcome).toBe(document);
        else expect(outcome).toMatchObject({ code: expect.stringMatching(/^ERR_(XML|VERIFY)_/) as string });
      }),
    );
  });

  test('verifies every document that signPayload signs', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '&amp;', '&lt;', '&#13;', '\n', 'Қ', ']]&gt;', '😀', '&#x9;'),
    });
    const nested = fc.letrec((tie) => ({
      xml: fc
        .tuple(
          fc.constantFrom('a', 'B:b', 'c-c:d'),
          fc.array(fc.oneof({ maxDepth: 4 }, text, tie('xml')), { maxLength: 3 }),
          text,
        )
        .map(([name, parts, value]) => `<${name} k="${value}">${parts.join('')}</${name}>`),
    })).xml;
    await fc.assert(
      fc.asyncProperty(nested, fc.constantFrom('inclusive', 'exclusive'), async (xml, canonicalization) => {
        const whole = `<r xmlns:B="urn:B" xmlns:c-c="urn:c" xmlns:b="urn:b" xmlns="urn:d">${String(xml)}</r>`;
        const verified = await verify(await sign(whole, { canonicalization }));
        expect(verified.root.toXml()).toBe(
          (await verify(await sign(verified.xml, { canonicalization }))).root.toXml(),
        );
      }),
      { numRuns: 40 },
    );
  });
});

function issuerName(): string {
  const names: Record<string, string> = {
    '2.5.4.3': 'CN',
    '2.5.4.6': 'C',
    '2.5.4.10': 'O',
    '2.5.4.11': 'OU',
  };
  return organisation.issuer.map(({ type, value }) => `${names[type] ?? type}=${value}`).join(',');
}
