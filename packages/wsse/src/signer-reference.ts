import type { SignerReference } from '@egov-gateway/core';
import type { XmlNode } from '@egov-gateway/xml';

import { refusal, shown, shownPath, shownUri } from './refusal.ts';
import { assertNoText, base64Content, childrenInOrder, isNamed, leafText } from './strict-children.ts';
import {
  base64Encoding,
  securityNamespace,
  signatureNamespace,
  subjectKeyIdentifierType,
  thumbprintSha1Type,
  utilityNamespace,
  x509TokenType,
} from './vocabulary.ts';

const code = 'ERR_VERIFY_KEY_INFO';

function onlyChild(element: XmlNode): XmlNode {
  assertNoText(element, code);
  const child = element.first;
  if (child === undefined || child.next !== undefined) {
    throw refusal(code, `${shownPath(element)} must have exactly one element`);
  }
  return child;
}

function encodedContent(element: XmlNode): Uint8Array {
  const encoding = element.attribute('EncodingType');
  if (encoding !== undefined && encoding !== base64Encoding) {
    throw refusal(code, `${shownPath(element)} must be Base64Binary, found ${shownUri(encoding)}`);
  }
  return base64Content(element);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function keyIdentifier(element: XmlNode): SignerReference {
  const octets = encodedContent(element);
  const valueType = element.attribute('ValueType');
  switch (valueType) {
    case x509TokenType:
      return { kind: 'certificate', der: octets };
    case subjectKeyIdentifierType:
      return { kind: 'subject-key-identifier', identifier: hex(octets) };
    case thumbprintSha1Type:
      return { kind: 'thumbprint-sha1', thumbprint: hex(octets) };
    default:
      throw refusal(code, `key identifiers of type ${shownUri(valueType)} are not known`);
  }
}

/** A token in the same header block. Ids are unique by now, so there is at most one. */
function tokenReference(element: XmlNode, security: XmlNode): SignerReference {
  const uri = element.attribute('URI');
  const isMeant = (child: XmlNode): boolean => {
    const id = child.attribute('Id', utilityNamespace) ?? '';
    return isNamed(child, 'BinarySecurityToken', securityNamespace) && id !== '' && uri === `#${id}`;
  };
  const token = [...security.children()].find(isMeant);
  if (token === undefined) throw refusal(code, `no BinarySecurityToken in wsse:Security is ${shownUri(uri)}`);
  for (const valueType of [token.attribute('ValueType'), element.attribute('ValueType') ?? x509TokenType]) {
    if (valueType !== x509TokenType)
      throw refusal(code, `tokens of type ${shownUri(valueType)} are not known`);
  }
  return { kind: 'certificate', der: encodedContent(token) };
}

function issuerSerial(element: XmlNode): SignerReference {
  const names = ['X509IssuerName', 'X509SerialNumber'] as const;
  const [issuer, serial] = childrenInOrder(element, signatureNamespace, names, code);
  const serialNumber = leafText(serial, code).trim();
  if (!/^\d{1,60}$/.test(serialNumber))
    throw refusal(code, 'the serial number of the signer must be decimal');
  return { kind: 'issuer-serial', issuer: leafText(issuer, code).trim(), serialNumber };
}

/** The most specific form wins; with several certificates the first one is the signer's and the rest are its chain. */
function x509Data(element: XmlNode): SignerReference {
  assertNoText(element, code);
  const byName = new Map<string, XmlNode>();
  for (const child of element.children()) {
    const isKnown = ['X509Certificate', 'X509IssuerSerial', 'X509SKI', 'X509SubjectName'].includes(
      child.localName,
    );
    const isRepeated = byName.has(child.localName) && child.localName !== 'X509Certificate';
    if (!isKnown || isRepeated || child.namespace !== signatureNamespace) {
      throw refusal(code, `X509Data must not have ${shown(child.localName)} here`);
    }
    if (!byName.has(child.localName)) byName.set(child.localName, child);
  }
  const certificate = byName.get('X509Certificate');
  if (certificate !== undefined) return { kind: 'certificate', der: base64Content(certificate) };
  const serial = byName.get('X509IssuerSerial');
  if (serial !== undefined) return issuerSerial(serial);
  const identifier = byName.get('X509SKI');
  if (identifier !== undefined) {
    return { kind: 'subject-key-identifier', identifier: hex(base64Content(identifier)) };
  }
  throw refusal(code, 'X509Data must have a certificate, an issuer and serial number or a key identifier');
}

/**
 * What `ds:KeyInfo` says about the signer. Nothing of it is trusted here: a {@link TrustPolicy} decides.
 *
 * @see WSS X.509 Certificate Token Profile 1.1.1, section 3.2 "Token References"
 * @throws {VerifyError} `ERR_VERIFY_KEY_INFO` when the form is not known or names several signers
 * @throws {VerifyError} `ERR_VERIFY_BASE64`
 */
export function readSignerReference(keyInfo: XmlNode | undefined, security: XmlNode): SignerReference {
  if (keyInfo === undefined) return { kind: 'none' };
  const form = onlyChild(keyInfo);
  if (isNamed(form, 'X509Data', signatureNamespace)) return x509Data(form);
  if (!isNamed(form, 'SecurityTokenReference', securityNamespace)) {
    throw refusal(code, `KeyInfo with ${shown(form.localName)} is not known`);
  }
  const reference = onlyChild(form);
  if (isNamed(reference, 'X509Data', signatureNamespace)) return x509Data(reference);
  if (isNamed(reference, 'KeyIdentifier', securityNamespace)) return keyIdentifier(reference);
  if (isNamed(reference, 'Reference', securityNamespace)) return tokenReference(reference, security);
  throw refusal(code, `SecurityTokenReference with ${shown(reference.localName)} is not known`);
}
