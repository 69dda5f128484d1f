import type { Certificate, SignatureSuite } from '@egov-gateway/core';

import { certificateDetails, ownCertificate } from './certificate.ts';
import { assertUnderstood, buildPath, type CertificatePath } from './certificate-path.ts';
import { assertExpected, checkedExpectation, type ExpectedSigner } from './expected-signer.ts';
import type { KeyPurpose } from './key-purpose.ts';
import { signatureSuites } from './signature-suites.ts';
import { assertInstant, assertMaySign, assertValidAt } from './trust-refusal.ts';

/** Options of {@link checkCertificate}. */
export interface CheckCertificateOptions {
  /** Certificates that are trusted: authorities, or the certificate itself. */
  readonly trusted: readonly Certificate[];
  /** Authorities between them and the certificate. Default: none. */
  readonly intermediates?: readonly Certificate[] | undefined;
  /** The instant to judge at, milliseconds since the epoch. */
  readonly atMs: number;
  /** Whose certificate it must be. Default: anybody's. */
  readonly expect?: ExpectedSigner | undefined;
  /** Demands a purpose in extended key usage. Default: any. */
  readonly purpose?: KeyPurpose | undefined;
  /** Verify certificates that are not signed with RSA. Default: those of all GOST algorithms. `[]`: RSA alone. */
  readonly suites?: readonly SignatureSuite[] | undefined;
}

/** A certificate that holds. */
export interface CheckedCertificate {
  /** The certificate, its issuers, and last the trusted one; only itself when it is trusted as it is. */
  readonly path: readonly [Certificate, ...Certificate[]];
}

/**
 * Judges a certificate on its own, apart from any message: that of a holder, who must be allowed to sign, or that of an
 * authority. The same rules as `certificateChain`.
 *
 * @throws {VerifyError} `ERR_VERIFY_SIGNER_UNTRUSTED`, `ERR_VERIFY_SIGNER_IDENTITY`, `ERR_VERIFY_SIGNER_PURPOSE`,
 *   `ERR_VERIFY_CERTIFICATE_EXPIRED`, `ERR_VERIFY_CERTIFICATE_NOT_YET_VALID`, `ERR_VERIFY_CERTIFICATE`
 * @throws {TypeError} when nothing is trusted, or the instant or the expectation make no sense
 * @example
 * ```ts
 * const { path } = await checkCertificate(certificate, { trusted: roots, atMs: Date.now() });
 * ```
 */
export async function checkCertificate(
  certificate: Certificate,
  options: CheckCertificateOptions,
): Promise<CheckedCertificate> {
  const { suites = signatureSuites, expect = 'any-signer', purpose, atMs } = options;
  if (options.trusted.length === 0) throw new TypeError('at least one certificate must be trusted');
  assertInstant(atMs);
  const expected = checkedExpectation(expect);
  const checked = ownCertificate(certificate);
  const trusted = options.trusted.map(ownCertificate);

  assertUnderstood(checked, suites);
  assertValidAt(checked, atMs, 'the certificate');
  if (!isAuthority(checked) || purpose !== undefined) assertMaySign(checked, purpose);
  const isTrustedItself = trusted.some(
    ({ thumbprintSha256 }) => thumbprintSha256 === checked.thumbprintSha256,
  );
  const material = {
    roots: trusted.filter(isAuthority),
    intermediates: (options.intermediates ?? []).map(ownCertificate),
    suites,
  };
  const path: CertificatePath = isTrustedItself ? [checked] : await buildPath(checked, material, atMs);
  assertExpected(checked, expected);
  return { path };
}

/** Whether a certificate is one of an authority: it may issue others. */
export function isAuthority(certificate: Certificate): boolean {
  return certificateDetails(certificate).basicConstraints.isAuthority;
}
