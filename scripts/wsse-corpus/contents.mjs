/** What is inside a signature: order, comments, base64. */
import { reference, signedInfo, uris } from './message.mjs';
import { keyInfo } from './parties.mjs';
import { refused } from './refused.mjs';
import { signed } from './sign.mjs';

const org = 'organisation';
const structure = 'ERR_VERIFY_STRUCTURE';
const base64 = 'ERR_VERIFY_BASE64';
const comment = 'ERR_VERIFY_COMMENT';
const genuine = signed();

const contents = () => [
  refused(
    structure,
    'second-signed-info-first',
    'a SignedInfo before the genuine one',
    genuine.replace('<ds:SignedInfo>', `${signedInfo()}<ds:SignedInfo>`).replaceAll('{{DIGEST}}', 'AAAA'),
  ),
  refused(
    structure,
    'second-signed-info-last',
    'a SignedInfo behind the genuine one',
    genuine.replace('</ds:SignedInfo>', `</ds:SignedInfo>${signedInfo()}`).replaceAll('{{DIGEST}}', 'AAAA'),
  ),
  refused(
    structure,
    'second-signed-info-in-object',
    'a SignedInfo in ds:Object',
    genuine
      .replace('</ds:Signature>', `<ds:Object>${signedInfo()}</ds:Object></ds:Signature>`)
      .replaceAll('{{DIGEST}}', 'AAAA'),
  ),
  refused(
    structure,
    'no-signed-info',
    'no SignedInfo',
    genuine.replace(/<ds:SignedInfo>.*<\/ds:SignedInfo>/s, ''),
  ),
  refused(
    structure,
    'no-signature-value',
    'no SignatureValue',
    genuine.replace(/<ds:SignatureValue>.*<\/ds:SignatureValue>/s, ''),
  ),
  refused(
    structure,
    'two-signature-values',
    'two SignatureValues',
    genuine.replace('<ds:SignatureValue>', '<ds:SignatureValue>AAAA</ds:SignatureValue><ds:SignatureValue>'),
  ),
  refused(structure, 'key-info-first', 'KeyInfo before SignedInfo', keyInfoFirst()),
  refused(
    structure,
    'two-key-infos',
    'two KeyInfos',
    genuine.replace('</ds:KeyInfo>', `</ds:KeyInfo>${keyInfo['x509-data'](org)}`),
  ),
  refused(
    structure,
    'object',
    'a ds:Object',
    genuine.replace('</ds:Signature>', '<ds:Object/></ds:Signature>'),
  ),
  refused(
    structure,
    'no-digest-value',
    'no DigestValue',
    signed({
      signature: {
        info: signedInfo({ references: reference().replace(/<ds:DigestValue>.*<\/ds:DigestValue>/, '') }),
      },
    }),
  ),
  refused(
    structure,
    'two-digest-values',
    'two DigestValues',
    signed({
      signature: {
        info: signedInfo({
          references: reference().replace(
            '<ds:DigestValue>',
            '<ds:DigestValue>AAAA</ds:DigestValue><ds:DigestValue>',
          ),
        }),
      },
    }),
  ),
  refused(
    structure,
    'text-in-signed-info',
    'text between the elements of SignedInfo',
    signed({ signature: { info: signedInfo().replace('<ds:Reference', 'garbage<ds:Reference') } }),
  ),
  refused(
    structure,
    'text-in-signature',
    'text between the elements of the signature',
    genuine.replace('<ds:SignatureValue>', 'garbage<ds:SignatureValue>'),
  ),
  refused(
    structure,
    'element-in-digest-value',
    'an element inside DigestValue',
    signed({ signature: { info: signedInfo({ references: reference({ digestValue: 'AA<ds:X/>AA' }) }) } }),
  ),
  refused(
    structure,
    'unknown-in-security',
    'an element in wsse:Security that no transport signature needs',
    signed({ before: '<wsse:UsernameToken><wsse:Username>x</wsse:Username></wsse:UsernameToken>' }),
  ),
  refused(
    'ERR_VERIFY_ENCRYPTED',
    'encrypted-body',
    'the content of the Body is encrypted',
    signed({ body: { content: `<xenc:EncryptedData xmlns:xenc="${uris.xenc}"/>` } }),
  ),
  refused(
    'ERR_VERIFY_ENCRYPTED',
    'encrypted-key',
    'wsse:Security has an encrypted key',
    signed({ before: `<xenc:EncryptedKey xmlns:xenc="${uris.xenc}"/>` }),
  ),
];

function keyInfoFirst() {
  const info = /<ds:KeyInfo>.*<\/ds:KeyInfo>/s.exec(genuine)[0];
  return genuine.replace(info, '').replace('<ds:SignedInfo>', `${info}<ds:SignedInfo>`);
}

const split = (text, by) => `${text.slice(0, 8)}${by}${text.slice(8)}`;
const between = (name, change) =>
  genuine.replace(new RegExp(`(<ds:${name}>)([^<]*)`), (_all, tag, text) => tag + change(text));

const comments = () => [
  refused(
    'ERR_XML_COMMENT',
    'comment-in-digest-value',
    'a comment splits the DigestValue',
    between('DigestValue', (text) => split(text, '<!--x-->')),
  ),
  refused(
    'ERR_XML_COMMENT',
    'comment-in-signature-value',
    'a comment splits the SignatureValue',
    between('SignatureValue', (text) => split(text, '<!--x-->')),
  ),
  refused(
    'ERR_XML_COMMENT',
    'comment-in-key-identifier',
    'a comment splits the certificate',
    genuine.replace(/(<wsse:KeyIdentifier[^>]*>.{8})/, '$1<!--x-->'),
  ),
  refused(
    comment,
    'comment-in-signed-info',
    'a comment between elements of SignedInfo',
    genuine.replace('<ds:Reference', '<!--x--><ds:Reference'),
  ),
  refused(
    comment,
    'comment-in-signature',
    'a comment between elements of the signature',
    genuine.replace('<ds:SignatureValue>', '<!--x--><ds:SignatureValue>'),
  ),
  refused(
    'ERR_XML_COMMENT',
    'comment-in-text',
    'a comment splits a value of the Body',
    genuine.replace('0000000', '0000<!---->000'),
  ),
  refused(
    'ERR_XML_COMMENT',
    'comment-behind-text',
    'a comment ends a value of the Body',
    genuine.replace('</number>', '<!--x--></number>'),
  ),
];

const encodings = () => [
  refused(
    base64,
    'digest-truncated',
    'the DigestValue lacks a character',
    signed({
      signature: { info: signedInfo({ references: reference({ digestValue: `${'A'.repeat(42)}=` }) }) },
    }),
  ),
  refused(
    'ERR_VERIFY_DIGEST',
    'digest-short',
    'the DigestValue lacks octets',
    signed({ signature: { info: signedInfo({ references: reference({ digestValue: 'AAAA' }) }) } }),
  ),
  refused(
    base64,
    'digest-empty',
    'the DigestValue is empty',
    signed({ signature: { info: signedInfo({ references: reference({ digestValue: '' }) }) } }),
  ),
  refused(
    base64,
    'signature-truncated',
    'the SignatureValue lacks a character',
    between('SignatureValue', (text) => text.slice(1)),
  ),
  refused(
    'ERR_VERIFY_SIGNATURE',
    'signature-short',
    'the SignatureValue lacks octets',
    between('SignatureValue', (text) => text.slice(4)),
  ),
  refused(
    'ERR_VERIFY_SIGNATURE',
    'signature-altered',
    'the SignatureValue is another one',
    between('SignatureValue', (text) => (text[0] === 'A' ? 'B' : 'A') + text.slice(1)),
  ),
  refused(
    base64,
    'signature-empty',
    'the SignatureValue is empty',
    between('SignatureValue', () => ''),
  ),
  refused(
    base64,
    'signature-with-garbage',
    'the SignatureValue has a character that is not base64',
    between('SignatureValue', (text) => split(text, '*')),
  ),
  refused(
    base64,
    'signature-unpadded',
    'the SignatureValue has no padding',
    between('SignatureValue', (text) => text.replace(/=+$/, '')),
  ),
  refused(
    base64,
    'signature-with-tail',
    'the SignatureValue goes on behind its padding',
    between('SignatureValue', (text) => `${text}AAAA`),
  ),
  refused(
    base64,
    'signature-non-zero-padding',
    'the bits behind the last octet are not zero',
    between('SignatureValue', (text) =>
      text.replace(/[AQgw]==$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}==`),
    ),
  ),
  refused(
    base64,
    'signature-url-alphabet',
    'the SignatureValue has the alphabet of URLs',
    between('SignatureValue', (text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ),
  refused(
    base64,
    'certificate-truncated',
    'the certificate lacks a character',
    genuine.replace(/(<wsse:KeyIdentifier[^>]*>)./, '$1'),
  ),
];

export const contentCases = () => [...contents(), ...comments(), ...encodings()];
