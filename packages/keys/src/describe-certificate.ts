import { type Algorithm, type Certificate, formatName } from '@egov-gateway/core';

import { certificateDetails } from './certificate.ts';
import { hasPurpose, type KeyPurpose } from './key-purpose.ts';

/** A certificate in plain words, ready for JSON. It names a person: print it only for whoever asked. */
export interface CertificateDescription {
  /** `null` when the key is of a kind this SDK does not know. */
  readonly algorithm: Algorithm | null;
  /** RFC 4514. */
  readonly subject: string;
  readonly iin: string | null;
  readonly bin: string | null;
  /** Lower-case hex without separators and without the sign octet. */
  readonly serialNumber: string;
  /** ISO 8601, UTC, with milliseconds. */
  readonly notBefore: string;
  /** ISO 8601, UTC, with milliseconds. */
  readonly notAfter: string;
  /** Names of RFC 5280, 4.2.1.3. */
  readonly keyUsage: readonly string[] | null;
  /** Dotted OIDs. */
  readonly extendedKeyUsage: readonly string[] | null;
  readonly thumbprintSha256: string;
}

/** What a certificate of the national authority says about the holder's role. */
export interface CertificateRoles {
  /** `null` when extended key usage marks neither, or both. */
  readonly purpose: KeyPurpose | null;
  /** Names of the roles in extended key usage, in its order. */
  readonly roles: readonly CertificateRole[];
  /** Dotted OIDs; `null` when the extension is absent. */
  readonly policies: readonly string[] | null;
}

/** Roles that the national authority writes into extended key usage. */
export type CertificateRole =
  | 'person'
  | 'organization'
  | 'chief-executive'
  | 'right-to-sign'
  | 'right-to-sign-financial'
  | 'human-resources'
  | 'employee'
  | 'digital-id';

const roles: ReadonlyMap<string, CertificateRole> = new Map([
  ['1.2.398.3.3.4.1.1', 'person'],
  ['1.2.398.3.3.4.1.2', 'organization'],
  ['1.2.398.3.3.4.1.2.1', 'chief-executive'],
  ['1.2.398.3.3.4.1.2.2', 'right-to-sign'],
  ['1.2.398.3.3.4.1.2.3', 'right-to-sign-financial'],
  ['1.2.398.3.3.4.1.2.4', 'human-resources'],
  ['1.2.398.3.3.4.1.2.5', 'employee'],
  ['1.2.398.3.3.4.3.2.1', 'digital-id'],
]);

/** The fields of a certificate that people ask for; absent is `null`. */
export function describeCertificate(certificate: Certificate): CertificateDescription {
  return {
    algorithm: certificate.publicKey.algorithm,
    subject: formatName(certificate.subject),
    iin: certificate.iin,
    bin: certificate.bin,
    serialNumber: certificate.serialNumber,
    notBefore: new Date(certificate.notBeforeMs).toISOString(),
    notAfter: new Date(certificate.notAfterMs).toISOString(),
    keyUsage: certificate.keyUsage,
    extendedKeyUsage: certificate.extendedKeyUsage,
    thumbprintSha256: certificate.thumbprintSha256,
  };
}

/** What a certificate may be used for, in the terms of the national authority. */
export function certificateRoles(certificate: Certificate): CertificateRoles {
  const signs = hasPurpose(certificate, 'sign');
  const authenticates = hasPurpose(certificate, 'auth');
  return {
    purpose: signs === authenticates ? null : signs ? 'sign' : 'auth',
    roles: (certificate.extendedKeyUsage ?? []).flatMap((oid) => roles.get(oid) ?? []),
    policies: certificateDetails(certificate).policies,
  };
}
