import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { c14n, excC14n, signatureOf, signed, verify } from '../../test/signing-party.ts';

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
    'ERR_VERIFY_SIGNATURE_PLACE',
  ],
  [
    'the signed document inside another one',
    (xml) => `<evil>${xml}<iin>0</iin></evil>`,
    'ERR_VERIFY_SIGNATURE_PLACE',
  ],
  [
    'the signed document inside its own namesake',
    (xml) => `<c:contractRequest xmlns:c="http://agency.example/contract">${xml}</c:contractRequest>`,
    'ERR_VERIFY_SIGNATURE_PLACE',
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
  ['an empty digest', (xml) => xml.replace(/<ds:DigestValue>[^<]*/, '<ds:DigestValue>'), 'ERR_VERIFY_BASE64'],
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
    'two issuers and numbers',
    (xml) => {
      const serial =
        '<ds:X509IssuerSerial><ds:X509IssuerName>CN=x</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial>';
      return xml.replace(/<ds:X509Certificate>.*<\/ds:X509Certificate>/, serial + serial);
    },
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

describe('verifyPayload', () => {
  test.each(attacks)('refuses a document with %s', async (_name, change, code) => {
    const changed = change(signed);
    expect(changed).not.toBe(signed);
    expect(await codeOf(() => verify(changed))).toBe(code);
  });
});

function without(xml: string): string {
  return xml.replace(signatureOf(xml), '');
}
