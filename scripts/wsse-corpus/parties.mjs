/** Keys of fixtures/keys, and the forms of KeyInfo that name their certificates. */
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { keyIdentifier as subjectKeyIdentifier } from '../test-pki/certificate.mjs';
import { tokenId, uris } from './message.mjs';

const keys = new URL('../../fixtures/keys/', import.meta.url);
const tokenProfile = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0';
export const x509v3 = `${tokenProfile}#X509v3`;
export const base64Binary =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary';

export function privateKey(name) {
  return createPrivateKey(readFileSync(new URL(`${name}.key`, keys)));
}

export function certificateOf(name) {
  return new X509Certificate(readFileSync(new URL(`${name}.crt`, keys)));
}

export function base64Certificate(name) {
  return certificateOf(name).raw.toString('base64');
}

/** As NAME.crt has it: CN first. */
export const issuerName = 'CN=СЫНАҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) TEST ONLY,C=KZ';
export const issuerNameReversed = 'C=KZ,CN=СЫНАҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) TEST ONLY';

export function serialOf(name) {
  return BigInt(`0x${certificateOf(name).serialNumber}`).toString();
}

const inReference = (content) =>
  `<ds:KeyInfo><wsse:SecurityTokenReference>${content}</wsse:SecurityTokenReference></ds:KeyInfo>`;

export function keyIdentifier(content, { valueType = x509v3, encoding = base64Binary } = {}) {
  return inReference(
    `<wsse:KeyIdentifier EncodingType="${encoding}" ValueType="${valueType}">${content}</wsse:KeyIdentifier>`,
  );
}

export function issuerSerialElement(name, issuer = issuerName, serial = serialOf(name)) {
  return (
    `<ds:X509IssuerSerial><ds:X509IssuerName>${issuer}</ds:X509IssuerName>` +
    `<ds:X509SerialNumber>${serial}</ds:X509SerialNumber></ds:X509IssuerSerial>`
  );
}

/** One function a form; each takes the name of a party. */
export const keyInfo = {
  'key-identifier': (name) => keyIdentifier(base64Certificate(name)),
  'subject-key-identifier': (name) =>
    keyIdentifier(subjectKeyIdentifier(privateKey(name)).toString('base64'), {
      valueType: `${tokenProfile}#X509SubjectKeyIdentifier`,
    }),
  'thumbprint-sha1': (name) =>
    keyIdentifier(createHash('sha1').update(certificateOf(name).raw).digest('base64'), {
      valueType: 'http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1',
    }),
  'binary-security-token': (id = tokenId) =>
    inReference(`<wsse:Reference URI="#${id}" ValueType="${x509v3}"/>`),
  'x509-data': (name) =>
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64Certificate(name)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
  'issuer-serial': (name, issuer) =>
    inReference(`<ds:X509Data>${issuerSerialElement(name, issuer)}</ds:X509Data>`),
  in: inReference,
};

/** A token for `wsse:Security`. */
export function securityToken(name, { id = tokenId, valueType = x509v3, encoding = base64Binary } = {}) {
  return (
    `<wsse:BinarySecurityToken xmlns:wsu="${uris.wsu}" wsu:Id="${id}" EncodingType="${encoding}"` +
    ` ValueType="${valueType}">${base64Certificate(name)}</wsse:BinarySecurityToken>`
  );
}
