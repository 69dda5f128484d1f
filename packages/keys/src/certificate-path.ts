/**
 * Paths from a signer's certificate to a pinned root.
 *
 * @see RFC 5280, section 6.1 "Basic Path Validation"
 * @module
 */
import { type Certificate, type SignatureSuite, sameName, VerifyError } from '@egov-gateway/core';

import { certificateDetails } from './certificate.ts';
import { assertSoundKey, isSignedBy } from './certificate-signature.ts';
import { extensionOids } from './extensions.ts';
import { assertValidAt, refusal } from './trust-refusal.ts';

/** A signer's certificate, the authorities above it, and last the root. */
export type CertificatePath = readonly [Certificate, ...Certificate[]];

/** What paths are built from. */
export interface PathMaterial {
  readonly roots: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly suites: readonly SignatureSuite[];
}

/** Most authorities in a path, the root included. The real hierarchy has two. */
const maxAuthorities = 6;

/** Most signatures that are checked for one signer, whatever certificates were configured. */
const maxSignatureChecks = 32;

const understoodExtensions: ReadonlySet<string> = new Set(Object.values(extensionOids));

/**
 * A path whose every link holds at the given instant.
 *
 * @throws {VerifyError} `ERR_VERIFY_SIGNER_UNTRUSTED` when there is none; when one fails for a reason of its own, that
 *   reason: `ERR_VERIFY_CERTIFICATE`, `ERR_VERIFY_CERTIFICATE_EXPIRED`, `ERR_VERIFY_CERTIFICATE_NOT_YET_VALID`
 */
export async function buildPath(
  leaf: Certificate,
  material: PathMaterial,
  atMs: number,
): Promise<CertificatePath> {
  const pending: CertificatePath[] = [[leaf]];
  const roots = new Set(material.roots);
  let checks = 0;
  let reason: VerifyError | undefined;

  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const child = path.at(-1) as Certificate;
    for (const issuer of issuersOf(child, path, material)) {
      checks += 1;
      if (checks > maxSignatureChecks) {
        throw refusal(
          'ERR_VERIFY_SIGNER_UNTRUSTED',
          `no path to a root within ${maxSignatureChecks} signatures`,
        );
      }
      try {
        if (!(await isSignedBy(child, issuer, material.suites))) continue;
        assertAuthority(issuer, path, material.suites);
        assertValidAt(issuer, atMs, 'the certificate of an issuer');
      } catch (error) {
        // Another path may do; if none does, the first reason is the one to tell.
        if (!(error instanceof VerifyError)) throw error;
        reason ??= error;
        continue;
      }
      if (roots.has(issuer)) return [...path, issuer];
      if (path.length < maxAuthorities) pending.push([...path, issuer]);
    }
  }
  throw reason ?? refusal('ERR_VERIFY_SIGNER_UNTRUSTED', 'no trusted root stands behind the certificate');
}

/**
 * Refuses a certificate with a critical extension that this SDK does not understand, or with an unsound key.
 *
 * @throws {VerifyError} `ERR_VERIFY_CERTIFICATE`
 * @see RFC 5280, section 4.2
 */
export function assertUnderstood(certificate: Certificate, suites: readonly SignatureSuite[]): void {
  const fields = certificateDetails(certificate);
  for (const [oid, { critical }] of fields.extensions) {
    if (critical && !understoodExtensions.has(oid)) {
      throw refusal(
        'ERR_VERIFY_CERTIFICATE',
        `a certificate has the critical extension ${oid}, which is not known`,
      );
    }
  }
  assertSoundKey(certificate, suites);
}

/** Certificates that may have issued `child`: roots first, none that is in the path already. */
function issuersOf(
  child: Certificate,
  path: CertificatePath,
  material: PathMaterial,
): readonly Certificate[] {
  const { authorityKeyIdentifier: keyIdentifier } = certificateDetails(child);
  return [...material.roots, ...material.intermediates].filter(
    (issuer) =>
      sameName(child.issuer, issuer.subject) &&
      (keyIdentifier === null ||
        issuer.subjectKeyIdentifier === null ||
        issuer.subjectKeyIdentifier === keyIdentifier) &&
      !path.some(({ thumbprintSha256 }) => thumbprintSha256 === issuer.thumbprintSha256),
  );
}

/** @see RFC 5280, section 6.1.4 "Preparation for Certificate i+1", (k) to (o) */
function assertAuthority(
  issuer: Certificate,
  below: CertificatePath,
  suites: readonly SignatureSuite[],
): void {
  assertUnderstood(issuer, suites);
  const { isAuthority, pathLength } = certificateDetails(issuer).basicConstraints;
  if (!isAuthority)
    throw refusal('ERR_VERIFY_CERTIFICATE', 'the certificate of an issuer is not one of an authority');
  if (issuer.keyUsage !== null && !issuer.keyUsage.includes('keyCertSign')) {
    throw refusal('ERR_VERIFY_CERTIFICATE', 'the key usage of an issuer does not allow to sign certificates');
  }
  // Authorities between this one and the signer; those that renewed themselves do not count.
  const between = below.slice(1).filter(({ subject, issuer: name }) => !sameName(subject, name)).length;
  if (pathLength !== undefined && between > pathLength) {
    throw refusal(
      'ERR_VERIFY_CERTIFICATE',
      `an issuer allows ${pathLength} authorities below it, there are ${between}`,
    );
  }
}
