import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

import { type Certificate, KeyError, type NameAttribute, type PublicKey } from '@egov-gateway/core';

import {
  authorityKeyIdentifier,
  type BasicConstraints,
  basicConstraints,
  certificatePolicies,
  extendedKeyUsage,
  keyUsage,
  subjectKeyIdentifier,
} from './extensions.ts';
import { looksLikePem, readPem } from './pem.ts';
import { type CertificateFields, readCertificate } from './x509.ts';

const pemLabels = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);

/** What trust decisions read beside the public fields. All of it was read when the certificate was: nothing fails late. */
export interface CertificateDetails extends CertificateFields {
  readonly basicConstraints: BasicConstraints;
  /** Lower-case hex. */
  readonly authorityKeyIdentifier: string | null;
  /** Dotted OIDs. */
  readonly policies: readonly string[] | null;
}

const detailsOf = new WeakMap<Certificate, CertificateDetails>();

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
 * const certificate = parseCertificate(bytes); // of gateway.cer, PEM or DER
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
 * The same certificate as this package reads it: others may hand in objects of their own.
 *
 * @throws {KeyError} as {@link parseCertificate} does
 * @internal
 */
export function ownCertificate(certificate: Certificate): Certificate {
  return detailsOf.has(certificate) ? certificate : new X509Certificate(certificate.der);
}

/**
 * The details behind a certificate.
 *
 * @internal
 */
export function certificateDetails(certificate: Certificate): CertificateDetails {
  // Every certificate of this package has details: its constructor sets them.
  return detailsOf.get(ownCertificate(certificate)) as CertificateDetails;
}

/**
 * SHA-1 of the DER, lower-case hex.
 *
 * @internal
 */
export function thumbprintSha1(certificate: Certificate): string {
  return createHash('sha1').update(certificate.der).digest('hex');
}

/** Its fields are private and read through accessors, so that no printer finds a name or a number of a person in it. */
class X509Certificate implements Certificate {
  readonly #der: Uint8Array;
  readonly #publicKey: PublicKey;
  readonly #subject: readonly NameAttribute[];
  readonly #issuer: readonly NameAttribute[];
  readonly #iin: string | null;
  readonly #bin: string | null;
  readonly #serialNumber: string;
  readonly #notBeforeMs: number;
  readonly #notAfterMs: number;
  readonly #keyUsage: readonly string[] | null;
  readonly #extendedKeyUsage: readonly string[] | null;
  readonly #subjectKeyIdentifier: string | null;
  readonly #thumbprintSha256: string;

  constructor(bytes: Uint8Array) {
    // A copy: what was read must not change under the one who trusts it.
    const der = Uint8Array.from(bytes);
    const fields = readCertificate(der);
    this.#der = der;
    this.#publicKey = { algorithm: fields.publicKey.name, spki: fields.publicKey.bytes };
    this.#subject = fields.subject;
    this.#issuer = fields.issuer;
    this.#iin = identifier(fields.subject, '2.5.4.5', 'IIN');
    this.#bin = identifier(fields.subject, '2.5.4.11', 'BIN');
    this.#serialNumber = Buffer.from(fields.serialNumber)
      .toString('hex')
      .replace(/^00(?=.)/, '');
    this.#notBeforeMs = fields.notBeforeMs;
    this.#notAfterMs = fields.notAfterMs;
    this.#keyUsage = keyUsage(fields.extensions);
    this.#extendedKeyUsage = extendedKeyUsage(fields.extensions);
    this.#subjectKeyIdentifier = subjectKeyIdentifier(fields.extensions);
    this.#thumbprintSha256 = createHash('sha256').update(der).digest('hex');
    Object.freeze(this);
    detailsOf.set(this, {
      ...fields,
      basicConstraints: basicConstraints(fields.extensions),
      authorityKeyIdentifier: authorityKeyIdentifier(fields.extensions),
      policies: certificatePolicies(fields.extensions),
    });
  }

  get der(): Uint8Array {
    return this.#der;
  }

  get publicKey(): PublicKey {
    return this.#publicKey;
  }

  get subject(): readonly NameAttribute[] {
    return this.#subject;
  }

  get issuer(): readonly NameAttribute[] {
    return this.#issuer;
  }

  get iin(): string | null {
    return this.#iin;
  }

  get bin(): string | null {
    return this.#bin;
  }

  get serialNumber(): string {
    return this.#serialNumber;
  }

  get notBeforeMs(): number {
    return this.#notBeforeMs;
  }

  get notAfterMs(): number {
    return this.#notAfterMs;
  }

  get keyUsage(): readonly string[] | null {
    return this.#keyUsage;
  }

  get extendedKeyUsage(): readonly string[] | null {
    return this.#extendedKeyUsage;
  }

  get subjectKeyIdentifier(): string | null {
    return this.#subjectKeyIdentifier;
  }

  get thumbprintSha256(): string {
    return this.#thumbprintSha256;
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
