import {
  printablePath,
  type SignatureSuite,
  type SignerReference,
  VerifyError,
  type VerifyErrorCode,
  type XmlElement,
} from '@egov-gateway/core';
import { decodeBase64 } from '@egov-gateway/xml';

import {
  dsigNamespace,
  envelopedSignature,
  exclusiveC14n,
  exclusiveC14nWithComments,
  inclusiveC14n,
  inclusiveC14nWithComments,
} from './vocabulary.ts';

/** An enveloped signature whose form is right; nothing about it is verified. */
export interface PayloadSignature {
  readonly suite: SignatureSuite;
  /** The octets of `SignatureValue`. */
  readonly value: Uint8Array;
  /** What the signature says about its signer. */
  readonly signer: SignerReference;
}

const canonicalizations: readonly string[] = [
  inclusiveC14n,
  inclusiveC14nWithComments,
  exclusiveC14n,
  exclusiveC14nWithComments,
];

/**
 * Reads a `ds:Signature` strictly: every element that is there is expected, once, and nothing else is.
 *
 * @see XML Signature Syntax and Processing 1.1, section 4
 * @throws {VerifyError} a code for each thing that does not fit
 */
export function readPayloadSignature(
  signature: XmlElement,
  suites: readonly SignatureSuite[],
): PayloadSignature {
  const [signedInfo, signatureValue, keyInfo] = strictChildren(
    signature,
    ['SignedInfo', 'SignatureValue'],
    'KeyInfo',
  );
  const references = count(signedInfo, 'Reference');
  if (references !== 1) {
    throw refusal('ERR_VERIFY_REFERENCE_COUNT', `expected one Reference, found ${references}`);
  }
  const [method, signatureMethod, reference] = strictChildren(signedInfo, [
    'CanonicalizationMethod',
    'SignatureMethod',
    'Reference',
  ]);
  const canonicalization = algorithmOf(method);
  if (!canonicalizations.includes(canonicalization)) {
    throw refusal('ERR_VERIFY_ALGORITHM', 'the canonicalization of SignedInfo is not one that is accepted');
  }
  const suite = suites.find(({ signatureUris }) => signatureUris.includes(algorithmOf(signatureMethod)));
  if (suite === undefined)
    throw refusal('ERR_VERIFY_ALGORITHM', 'the signature algorithm is not one that is accepted');
  readReference(reference, suite);
  return { suite, value: base64Of(signatureValue), signer: readSigner(keyInfo) };
}

function readReference(reference: XmlElement, suite: SignatureSuite): void {
  if (reference.attribute('URI') !== '') {
    throw refusal('ERR_VERIFY_REFERENCE_URI', 'the Reference is not to the whole document (URI="")');
  }
  const [transforms, digestMethod, digestValue] = strictChildren(reference, [
    'Transforms',
    'DigestMethod',
    'DigestValue',
  ]);
  const steps: string[] = [];
  for (let step = transforms.first; step !== undefined; step = step.next) {
    if (step.localName !== 'Transform' || step.namespace !== dsigNamespace) throw unexpected(step);
    steps.push(algorithmOf(step));
  }
  const [enveloped, c14n, ...rest] = steps;
  const isKnown =
    enveloped === envelopedSignature && (c14n === undefined || canonicalizations.includes(c14n));
  if (!isKnown || rest.length > 0) {
    throw refusal(
      'ERR_VERIFY_TRANSFORM',
      'expected the enveloped-signature transform and at most one C14N after it',
    );
  }
  if (!suite.digestUris.includes(algorithmOf(digestMethod))) {
    throw refusal('ERR_VERIFY_ALGORITHM', 'the digest algorithm does not belong to the signature algorithm');
  }
  base64Of(digestValue);
}

/** The certificate, or the issuer and serial number, that `KeyInfo` names. */
function readSigner(keyInfo: XmlElement | undefined): SignerReference {
  if (keyInfo === undefined) return { kind: 'none' };
  const found: SignerReference[] = [];
  for (let data = keyInfo.first; data !== undefined; data = data.next) {
    if (data.namespace !== dsigNamespace || data.localName !== 'X509Data') continue;
    for (let item = data.first; item !== undefined; item = item.next) {
      if (item.namespace !== dsigNamespace) continue;
      if (item.localName === 'X509Certificate') found.push({ kind: 'certificate', der: base64Of(item) });
      if (item.localName === 'X509IssuerSerial') found.push(readIssuerSerial(item));
    }
  }
  // Of several certificates the first is the signer's and the others its issuers; with a certificate there, the issuer
  // and number beside it only repeat what it says.
  const certificate = found.find(({ kind }) => kind === 'certificate');
  if (certificate === undefined && found.length > 1) {
    throw refusal('ERR_VERIFY_KEY_INFO', 'KeyInfo names several signers');
  }
  return certificate ?? found[0] ?? { kind: 'none' };
}

function readIssuerSerial(element: XmlElement): SignerReference {
  const [issuer, serial] = strictChildren(element, ['X509IssuerName', 'X509SerialNumber']);
  const serialNumber = serial.text().trim();
  if (!/^\d{1,60}$/.test(serialNumber)) {
    throw refusal('ERR_VERIFY_KEY_INFO', 'the serial number in KeyInfo is not a decimal number');
  }
  return { kind: 'issuer-serial', issuer: issuer.text().trim(), serialNumber };
}

type Elements<Names extends readonly string[]> = { readonly [Index in keyof Names]: XmlElement };

/** The children, which must be exactly these, in this order; the optional one may follow. */
function strictChildren<const Names extends readonly string[]>(
  parent: XmlElement,
  names: Names,
  optional?: string,
): [...Elements<Names>, XmlElement | undefined] {
  const children: XmlElement[] = [];
  let child = parent.first;
  for (const name of names) {
    if (child === undefined) {
      throw refusal('ERR_VERIFY_STRUCTURE', `expected ${name} in ${parent.localName}, found nothing`);
    }
    if (child.localName !== name || child.namespace !== dsigNamespace) throw unexpected(child);
    children.push(child);
    child = child.next;
  }
  const last = child;
  if (last !== undefined && (last.localName !== optional || last.namespace !== dsigNamespace || last.next)) {
    throw unexpected(last.localName === optional ? (last.next ?? last) : last);
  }
  return [...children, last] as unknown as [...Elements<Names>, XmlElement | undefined];
}

function count(parent: XmlElement, localName: string): number {
  let found = 0;
  for (let child = parent.first; child !== undefined; child = child.next) {
    if (child.localName === localName) found += 1;
  }
  return found;
}

/** An algorithm without parameters: none of those that are accepted has any here. */
function algorithmOf(element: XmlElement): string {
  if (element.first !== undefined || element.text().trim() !== '') {
    throw refusal(
      'ERR_VERIFY_TRANSFORM',
      `${element.localName} has parameters, which none that is accepted has`,
    );
  }
  return element.attribute('Algorithm') ?? '';
}

function base64Of(element: XmlElement): Uint8Array {
  const bytes = element.first === undefined ? decodeBase64(element.text()) : undefined;
  if (bytes === undefined || bytes.length === 0) {
    throw refusal('ERR_VERIFY_BASE64', `${element.localName} is not base64`);
  }
  return bytes;
}

function unexpected(element: XmlElement): VerifyError {
  return refusal('ERR_VERIFY_STRUCTURE', `${printablePath(element.path)} is not expected there`);
}

function refusal(code: VerifyErrorCode, message: string): VerifyError {
  return new VerifyError(message, { code });
}
