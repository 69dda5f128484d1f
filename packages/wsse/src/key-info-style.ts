/**
 * How a signature names its signer: the four forms of `KeyInfo` that this package writes.
 *
 * @module
 */

import { type Certificate, formatName, SignError } from '@egov-gateway/core';
import { encodeBase64 } from '@egov-gateway/xml';

import { base64Encoding, utilityNamespace, x509TokenType } from './vocabulary.ts';

/**
 * How the signer's certificate is named in `KeyInfo`.
 *
 * - `key-identifier`: the whole certificate in `wsse:KeyIdentifier`; what the gateway's own samples carry
 * - `binary-security-token`: the whole certificate in a token beside the signature, referenced by id
 * - `x509-data`: the whole certificate in `ds:X509Data`, plain XML Signature without a token reference
 * - `issuer-serial`: issuer and serial number only; the receiver must know the certificate
 */
export type KeyInfoStyle = 'key-identifier' | 'binary-security-token' | 'x509-data' | 'issuer-serial';

/** What one style writes. `tokenId` is new for each message. */
export interface KeyInfoWriter {
  /** Content of `wsse:Security` before the signature. */
  token(tokenId: string): string;
  /** `ds:KeyInfo`, whole. */
  keyInfo(tokenId: string): string;
}

const tokenAttributes = `EncodingType="${base64Encoding}" ValueType="${x509TokenType}"`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML 1.0 cannot carry.
const notXml = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

function escapeText(text: string): string {
  if (notXml.test(text)) {
    throw new SignError(
      'the issuer name of the certificate has characters that XML cannot carry: use another keyInfo',
      {
        code: 'ERR_SIGN_KEY',
      },
    );
  }
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

function tokenReference(content: string): string {
  return `<ds:KeyInfo><wsse:SecurityTokenReference>${content}</wsse:SecurityTokenReference></ds:KeyInfo>`;
}

function withoutToken(keyInfo: string): KeyInfoWriter {
  return { token: () => '', keyInfo: () => keyInfo };
}

/**
 * Prepares the parts that do not change from message to message.
 *
 * @see WSS X.509 Certificate Token Profile 1.1.1, section 3.2 "Token References"
 * @throws {TypeError} when the style is unknown
 */
export function keyInfoWriter(style: KeyInfoStyle, certificate: Certificate): KeyInfoWriter {
  switch (style) {
    case 'key-identifier': {
      const identifier = `<wsse:KeyIdentifier ${tokenAttributes}>${encodeBase64(certificate.der)}</wsse:KeyIdentifier>`;
      return withoutToken(tokenReference(identifier));
    }
    case 'binary-security-token': {
      const token = `${tokenAttributes}>${encodeBase64(certificate.der)}</wsse:BinarySecurityToken>`;
      return {
        token: (id) => `<wsse:BinarySecurityToken xmlns:wsu="${utilityNamespace}" wsu:Id="${id}" ${token}`,
        keyInfo: (id) => tokenReference(`<wsse:Reference URI="#${id}" ValueType="${x509TokenType}"/>`),
      };
    }
    case 'x509-data': {
      const x509 = `<ds:X509Certificate>${encodeBase64(certificate.der)}</ds:X509Certificate>`;
      return withoutToken(`<ds:KeyInfo><ds:X509Data>${x509}</ds:X509Data></ds:KeyInfo>`);
    }
    case 'issuer-serial': {
      const issuer = escapeText(formatName(certificate.issuer));
      const serial = BigInt(`0x${certificate.serialNumber}`).toString();
      return withoutToken(
        tokenReference(
          '<ds:X509Data><ds:X509IssuerSerial>' +
            `<ds:X509IssuerName>${issuer}</ds:X509IssuerName><ds:X509SerialNumber>${serial}</ds:X509SerialNumber>` +
            '</ds:X509IssuerSerial></ds:X509Data>',
        ),
      );
    }
    default:
      throw new TypeError(
        'keyInfo must be key-identifier, binary-security-token, x509-data or issuer-serial',
      );
  }
}
