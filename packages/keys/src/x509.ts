/**
 * Reads X.509 certificates of any key algorithm into their fields. Nothing is judged here.
 *
 * @see RFC 5280, section 4.1 "Basic Certificate Fields"
 * @module
 */
import { type Algorithm, KeyError, type NameAttribute } from '@egov-gateway/core';

import { type Asn1Element, malformed, readAsn1, tooMuch } from './asn1.ts';
import {
  Asn1Reader,
  readBitString,
  readBoolean,
  readInteger,
  readOctets,
  readOid,
  readText,
  readTime,
  tags,
} from './asn1-values.ts';

/** An AlgorithmIdentifier. */
export interface AlgorithmIdentifier {
  readonly oid: string;
  /** DER of the parameters; `undefined` when there are none. */
  readonly parameters: Uint8Array | undefined;
  /** DER of the whole. */
  readonly bytes: Uint8Array;
}

/** One extension. */
export interface Extension {
  readonly critical: boolean;
  /** What the OCTET STRING holds. */
  readonly value: Uint8Array;
}

/** The public key of a certificate. */
export interface SubjectPublicKeyInfo {
  /** DER of the whole. */
  readonly bytes: Uint8Array;
  /** The name of the algorithm; `null` when this SDK does not know it. */
  readonly name: Algorithm | null;
  readonly algorithm: AlgorithmIdentifier;
  /** What the BIT STRING holds. */
  readonly key: Uint8Array;
}

/** The fields of a certificate. */
export interface CertificateFields {
  /** 0 is v1, 2 is v3. */
  readonly version: number;
  /** Big endian, two's complement. */
  readonly serialNumber: Uint8Array;
  /** The octets that are signed. */
  readonly signedBytes: Uint8Array;
  /** The algorithm named inside the signed part. */
  readonly innerAlgorithm: AlgorithmIdentifier;
  /** The algorithm named beside the signature. */
  readonly outerAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly issuer: readonly NameAttribute[];
  readonly subject: readonly NameAttribute[];
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly publicKey: SubjectPublicKeyInfo;
  /** By dotted OID. */
  readonly extensions: ReadonlyMap<string, Extension>;
}

/** Key algorithms. The Kazakh ones lie in the arc 1.2.398.3.10.1.1. */
const keyAlgorithms: ReadonlyMap<string, Algorithm> = new Map([
  ['1.2.840.113549.1.1.1', 'rsa'],
  ['1.2.398.3.10.1.1.1.1', 'gost2004'],
  ['1.2.398.3.10.1.1.2.1', 'gost2015-256'],
  ['1.2.398.3.10.1.1.2.2', 'gost2015-512'],
]);

/** Largest certificate that is read, bytes. */
const maxCertificateBytes = 65_536;

/**
 * The name of a key algorithm by its OID, or `null` when this SDK does not know it.
 *
 * @internal
 */
export function keyAlgorithmName(oid: string): Algorithm | null {
  return keyAlgorithms.get(oid) ?? null;
}

/**
 * The fields of a certificate in DER.
 *
 * @throws {KeyError} `ERR_KEY_FORMAT` when it is no DER of a certificate, `ERR_KEY_LIMIT` when it is larger than
 *   64 KiB or nests too deep, `ERR_KEY_CERTIFICATE` when it breaks a rule of RFC 5280 that everything else rests on
 */
export function readCertificate(der: Uint8Array): CertificateFields {
  if (der.length > maxCertificateBytes)
    throw tooMuch(`a certificate of more than ${maxCertificateBytes} bytes`);
  const certificate = new Asn1Reader(readAsn1(der), tags.sequence, 'a certificate');
  const signed = certificate.take('signed part', tags.sequence);
  const outerAlgorithm = readAlgorithm(certificate.take('signature algorithm'));
  const signature = readBitString(certificate.take('signature'));
  certificate.end();

  const tbs = new Asn1Reader(signed, tags.sequence, 'the signed part of a certificate');
  const versionElement = tbs.takeIf(0xa0);
  const version = versionElement === undefined ? 0 : readVersion(versionElement);
  const serialNumber = readInteger(tbs.take('serial number'));
  const innerAlgorithm = readAlgorithm(tbs.take('signature algorithm'));
  const issuer = readName(tbs.take('issuer'));
  const validity = new Asn1Reader(tbs.take('validity'), tags.sequence, 'the validity of a certificate');
  const notBeforeMs = readTime(validity.take('notBefore'));
  const notAfterMs = readTime(validity.take('notAfter'));
  validity.end();
  const subject = readName(tbs.take('subject'));
  const publicKey = readPublicKey(tbs.take('public key'));
  tbs.takeIf(0x81); // issuerUniqueID
  tbs.takeIf(0x82); // subjectUniqueID
  const extensionsElement = tbs.takeIf(0xa3);
  tbs.end();

  if (notBeforeMs > notAfterMs) throw unacceptable('it ends before it begins');
  if (extensionsElement !== undefined && version !== 2) throw unacceptable('it has extensions but is not v3');

  return {
    version,
    serialNumber,
    signedBytes: signed.bytes,
    innerAlgorithm,
    outerAlgorithm,
    signature,
    issuer,
    subject,
    notBeforeMs,
    notAfterMs,
    publicKey,
    extensions: extensionsElement === undefined ? new Map() : readExtensions(extensionsElement),
  };
}

/** A SubjectPublicKeyInfo of any algorithm. */
export function readPublicKey(element: Asn1Element): SubjectPublicKeyInfo {
  const reader = new Asn1Reader(element, tags.sequence, 'a public key');
  const algorithm = readAlgorithm(reader.take('algorithm'));
  const key = readBitString(reader.take('key'));
  reader.end();
  return { bytes: element.bytes, name: keyAlgorithmName(algorithm.oid), algorithm, key };
}

/** An AlgorithmIdentifier. */
export function readAlgorithm(element: Asn1Element): AlgorithmIdentifier {
  const reader = new Asn1Reader(element, tags.sequence, 'an algorithm identifier');
  const oid = readOid(reader.take('algorithm'));
  const parameters = reader.done ? undefined : reader.take('parameters').bytes;
  reader.end();
  return { oid, parameters, bytes: element.bytes };
}

/** Attributes of a Name in its order; the attributes of one RDN follow one another. */
function readName(element: Asn1Element): readonly NameAttribute[] {
  const name: NameAttribute[] = [];
  const rdns = new Asn1Reader(element, tags.sequence, 'a name');
  while (!rdns.done) {
    const rdn = new Asn1Reader(rdns.take('RDN'), tags.set, 'an RDN');
    while (!rdn.done) {
      const attribute = new Asn1Reader(rdn.take('attribute'), tags.sequence, 'an attribute of a name');
      const type = readOid(attribute.take('type'));
      const valueElement = attribute.take('value');
      attribute.end();
      const value = readText(valueElement);
      // A value that is no text still has to tell two names apart.
      name.push({ type, value: value ?? `#${Buffer.from(valueElement.bytes).toString('hex')}` });
    }
  }
  return name;
}

function readVersion(element: Asn1Element): number {
  const reader = new Asn1Reader(element, 0xa0, 'the version of a certificate');
  const octets = readInteger(reader.take('number'));
  reader.end();
  const version = octets.length === 1 ? (octets[0] as number) : -1;
  if (version < 0 || version > 2) throw unacceptable('its version is not 1, 2 or 3');
  return version;
}

function readExtensions(element: Asn1Element): ReadonlyMap<string, Extension> {
  const wrapper = new Asn1Reader(element, 0xa3, 'the extensions of a certificate');
  const list = new Asn1Reader(wrapper.take('list'), tags.sequence, 'the list of extensions');
  wrapper.end();
  const extensions = new Map<string, Extension>();
  while (!list.done) {
    const reader = new Asn1Reader(list.take('extension'), tags.sequence, 'an extension');
    const oid = readOid(reader.take('type'));
    const criticalElement = reader.takeIf(tags.boolean);
    const value = readOctets(reader.take('value', tags.octetString));
    reader.end();
    // @see RFC 5280, 4.2: a certificate must not have two of one kind; which of them counts would be anyone's guess.
    if (extensions.has(oid)) throw unacceptable(`it has the extension ${oid} twice`);
    const critical = criticalElement !== undefined && readBoolean(criticalElement);
    extensions.set(oid, { critical, value });
  }
  if (extensions.size === 0) throw malformed('the list of extensions is empty');
  return extensions;
}

function unacceptable(what: string): KeyError {
  return new KeyError(`the certificate cannot be used: ${what}`, { code: 'ERR_KEY_CERTIFICATE' });
}
