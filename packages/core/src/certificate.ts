import type { Algorithm } from './algorithm.ts';

/** One `type=value` pair of a distinguished name; `type` is a dotted OID. */
export interface NameAttribute {
  readonly type: string;
  readonly value: string;
}

/**
 * A public key as a certificate carries it.
 */
export interface PublicKey {
  /** `null` when the key is of a kind this SDK does not know. */
  readonly algorithm: Algorithm | null;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
}

/**
 * An X.509 certificate as the SDK sees it. Made by `@egov-gateway/keys`.
 *
 * `util.inspect` and `JSON.stringify` show only the thumbprint and the validity: a subject names a person.
 */
export interface Certificate {
  readonly der: Uint8Array;
  readonly publicKey: PublicKey;
  /** In the order of the certificate. */
  readonly subject: readonly NameAttribute[];
  /** In the order of the certificate. Compare names as sets: the order of RDNs flips between issuers. */
  readonly issuer: readonly NameAttribute[];
  /** Individual identification number (ИИН, ЖСН) from `serialNumber=IIN…`, 12 digits. */
  readonly iin: string | null;
  /** Business identification number (БИН, БСН) from `OU=BIN…`, 12 digits. */
  readonly bin: string | null;
  /** Lower-case hex without separators and without the sign octet. */
  readonly serialNumber: string;
  /** Milliseconds since the epoch. */
  readonly notBeforeMs: number;
  /** Milliseconds since the epoch, inclusive. */
  readonly notAfterMs: number;
  /** Names of RFC 5280, 4.2.1.3; `null` when the extension is absent. */
  readonly keyUsage: readonly string[] | null;
  /** Dotted OIDs; `null` when the extension is absent. */
  readonly extendedKeyUsage: readonly string[] | null;
  /** Lower-case hex; `null` when the extension is absent. */
  readonly subjectKeyIdentifier: string | null;
  /** SHA-256 of the DER, lower-case hex. */
  readonly thumbprintSha256: string;
}
