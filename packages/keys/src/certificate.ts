import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

import { type Certificate, KeyError, type NameAttribute, type PublicKey } from '@egov-gateway/core';

import { extendedKeyUsage, keyUsage, subjectKeyIdentifier } from './extensions.ts';
import { looksLikePem, readPem } from './pem.ts';
import { type CertificateFields, readCertificate } from './x509.ts';

const pemLabels = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);

/** Fields of the certificates made here. A certificate made elsewhere is read again from its DER. */
const fieldsOf = new WeakMap<Certificate, CertificateFields>();

/**
 * A certificate of any key algorithm, from DER or from PEM with one certificate.
 *
 * Nothing about it is trusted or judged: that is the work of a trust policy.
 *
 * @throws {KeyError} `ERR_KEY_FORMAT` when the bytes hold no certificate, `ERR_KEY_LIMIT` when they are too large or
 *   nest too deep, `ERR_KEY_CERTIFICATE` when the certificate breaks a rule of RFC 5280, `ERR_KEY_AMBIGUOUS` when a
 *   PEM text holds several
 * @example
 * ```ts
 * const certificate = parseCertificate(await readFile('gateway.cer'));
 * ```
 */
export function parseCertificate(bytes: Uint8Array): Certificate {
  const [certificate, ...more] = parseCertificates(bytes);
  if (certificate === undefined || more.length > 0) {
    throw new KeyError(
      `one certificate was expected, the text holds ${more.length + 1}: use parseCertificates`,
      {
        code: 'ERR_KEY_AMBIGUOUS',
      },
    );
  }
  return certificate;
}

/**
 * Every certificate of a PEM bundle, in its order; or the one of a DER file.
 *
 * @throws {KeyError} as {@link parseCertificate} does, and `ERR_KEY_FORMAT` when there is none
 */
export function parseCertificates(bytes: Uint8Array): Certificate[] {
  if (!looksLikePem(bytes)) return [new X509Certificate(bytes)];
  const blocks = readPem(bytes).filter(({ label }) => pemLabels.has(label));
  if (blocks.length === 0) {
    throw new KeyError('the PEM text holds no certificate', { code: 'ERR_KEY_FORMAT' });
  }
  return blocks.map((block) => new X509Certificate(block.bytes));
}

/**
 * The fields behind a certificate, also of one that another library made.
 *
 * @internal
 */
export function certificateFields(certificate: Certificate): CertificateFields {
  return fieldsOf.get(certificate) ?? readCertificate(certificate.der);
}

/**
 * SHA-1 of the DER, lower-case hex.
 *
 * @internal
 */
export function thumbprintSha1(certificate: Certificate): string {
  return createHash('sha1').update(certificate.der).digest('hex');
}

class X509Certificate implements Certificate {
  readonly der: Uint8Array;
  readonly publicKey: PublicKey;
  readonly subject: readonly NameAttribute[];
  readonly issuer: readonly NameAttribute[];
  readonly iin: string | null;
  readonly bin: string | null;
  readonly serialNumber: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly keyUsage: readonly string[] | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly subjectKeyIdentifier: string | null;
  readonly thumbprintSha256: string;

  constructor(bytes: Uint8Array) {
    // A copy: what was read must not change under the one who trusts it.
    const der = Uint8Array.from(bytes);
    const fields = readCertificate(der);
    this.der = der;
    this.publicKey = { algorithm: fields.publicKey.name, spki: fields.publicKey.bytes };
    this.subject = fields.subject;
    this.issuer = fields.issuer;
    this.iin = identifier(fields.subject, '2.5.4.5', 'IIN');
    this.bin = identifier(fields.subject, '2.5.4.11', 'BIN');
    this.serialNumber = Buffer.from(fields.serialNumber)
      .toString('hex')
      .replace(/^00(?=.)/, '');
    this.notBeforeMs = fields.notBeforeMs;
    this.notAfterMs = fields.notAfterMs;
    this.keyUsage = keyUsage(fields.extensions);
    this.extendedKeyUsage = extendedKeyUsage(fields.extensions);
    this.subjectKeyIdentifier = subjectKeyIdentifier(fields.extensions);
    this.thumbprintSha256 = createHash('sha256').update(der).digest('hex');
    Object.freeze(this);
    fieldsOf.set(this, fields);
  }

  /** What may be printed: a subject names a person. */
  toJSON(): { thumbprintSha256: string; notBefore: string; notAfter: string } {
    return {
      thumbprintSha256: this.thumbprintSha256,
      notBefore: new Date(this.notBeforeMs).toISOString(),
      notAfter: new Date(this.notAfterMs).toISOString(),
    };
  }

  toString(): string {
    return `Certificate ${this.thumbprintSha256}`;
  }

  [inspect.custom](): string {
    const { thumbprintSha256, notBefore, notAfter } = this.toJSON();
    return `Certificate { thumbprintSha256: '${thumbprintSha256}', notBefore: '${notBefore}', notAfter: '${notAfter}' }`;
  }
}

/** The twelve digits behind a prefix. Two different ones say nothing: whoever compares must not have the choice. */
function identifier(name: readonly NameAttribute[], type: string, prefix: string): string | null {
  const values = new Set(
    name
      .filter((attribute) => attribute.type === type && attribute.value.startsWith(prefix))
      .map((attribute) => attribute.value.slice(prefix.length)),
  );
  const [value, ...more] = values;
  return value !== undefined && more.length === 0 && /^\d{12}$/.test(value) ? value : null;
}
