import type { Certificate, SignerReference, TrustPolicy } from '@egov-gateway/core';

import { findCertificates } from './find-certificate.ts';
import { assertInstant, assertMaySign, assertValidAt, refusal } from './trust-refusal.ts';

/** Options of {@link pinnedCertificates}. */
export interface PinnedCertificatesOptions {
  /**
   * Accept a message that says nothing about its signer, when exactly one certificate is pinned: it is then judged by
   * that one. Default: `false`.
   */
  readonly allowUnnamedSigner?: boolean;
}

/**
 * Trust in these certificates and no others, whoever issued them.
 *
 * The answer to a gateway that sends only issuer and serial number. A reference is resolved among the pinned
 * certificates: byte for byte, by issuer (in any order) and serial number, by key identifier, or by SHA-1 thumbprint.
 * Validity and key usage are checked, the issuer's signature is not: the pin stands in its place.
 *
 * @throws {TypeError} when no certificate is given
 * @example
 * ```ts
 * const trust = pinnedCertificates([parseCertificate(bytes)]); // of gateway.cer
 * ```
 */
export function pinnedCertificates(
  certificates: readonly Certificate[],
  options: PinnedCertificatesOptions = {},
): TrustPolicy {
  const { allowUnnamedSigner = false } = options;
  const pinned = [
    ...new Map(certificates.map((certificate) => [certificate.thumbprintSha256, certificate])).values(),
  ];
  if (pinned.length === 0) throw new TypeError('at least one certificate must be pinned');

  return {
    async resolve(reference: SignerReference, atMs: number): Promise<Certificate> {
      assertInstant(atMs);
      const isUnnamed = reference.kind === 'none' && allowUnnamedSigner && pinned.length === 1;
      const certificate = choose(isUnnamed ? pinned : findCertificates(pinned, reference), reference, atMs);
      assertValidAt(certificate, atMs, "the signer's certificate");
      assertMaySign(certificate);
      return certificate;
    },
  };
}

function choose(found: readonly Certificate[], reference: SignerReference, atMs: number): Certificate {
  const [first, ...others] = found;
  if (first === undefined) {
    throw reference.kind === 'certificate'
      ? refusal('ERR_VERIFY_SIGNER_UNTRUSTED', 'the certificate in the message is not one of the pinned ones')
      : refusal('ERR_VERIFY_SIGNER_UNKNOWN', `no pinned certificate fits the reference (${reference.kind})`);
  }
  if (others.length === 0) return first;

  // Renewed certificates may share a key and so an identifier: any of them says the same, if it is the same key.
  const keys = new Set(found.map((certificate) => Buffer.from(certificate.publicKey.spki).toString('hex')));
  if (keys.size > 1) {
    throw refusal(
      'ERR_VERIFY_SIGNER_UNKNOWN',
      'the reference fits several pinned certificates of different keys',
    );
  }
  const current = found.filter(({ notBeforeMs, notAfterMs }) => atMs >= notBeforeMs && atMs <= notAfterMs);
  return current[0] ?? first;
}
