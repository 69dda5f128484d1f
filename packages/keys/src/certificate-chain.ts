import { createHash } from 'node:crypto';

import type { Certificate, SignatureSuite, SignerReference, TrustPolicy } from '@egov-gateway/core';

import { ownCertificate, parseCertificate } from './certificate.ts';
import { assertUnderstood, buildPath, type CertificatePath } from './certificate-path.ts';
import { assertExpected, checkedExpectation, type ExpectedSigner } from './expected-signer.ts';
import { findCertificates } from './find-certificate.ts';
import type { KeyPurpose } from './key-purpose.ts';
import { signatureSuites } from './signature-suites.ts';
import { assertInstant, assertMaySign, assertValidAt, refusal } from './trust-refusal.ts';

/** Options of {@link certificateChain}. */
export interface CertificateChainOptions {
  /** Certificates of the authorities that are trusted. Each must be an authority; nothing above them is looked at. */
  readonly roots: readonly Certificate[];
  /** Authorities between the roots and the signers. Default: none. Messages do not carry them. */
  readonly intermediates?: readonly Certificate[] | undefined;
  /** Certificates of known signers, for messages that name their signer without carrying a certificate. Default: none. */
  readonly signers?: readonly Certificate[] | undefined;
  readonly expect: ExpectedSigner;
  /** Demands a purpose in extended key usage. Default: any. */
  readonly purpose?: KeyPurpose | undefined;
  /** Verify certificates that are not signed with RSA. Default: those of all GOST algorithms. `[]`: RSA alone. */
  readonly suites?: readonly SignatureSuite[] | undefined;
}

/** Signers whose path was checked, kept because a partner sends the same certificate with every message. */
const rememberedPaths = 256;

/** Largest certificate that is taken from a message, bytes. */
const maxCertificateBytes = 65_536;

/**
 * Trust in signers whose certificate leads to one of the given roots, and who are who is expected.
 *
 * At every message: each signature of the path, names on both sides in any order, key identifiers, the right to issue
 * and the allowed length of the path, the validity of every certificate at the instant of the message, critical
 * extensions, the signer's key usage, and IIN or BIN. Revocation is not looked up.
 *
 * @throws {TypeError} when there is no root, or the expectation is not an IIN or BIN of 12 digits
 * @throws {KeyError} when a given certificate was made elsewhere and cannot be read
 * @see Rules No 123, Приложение 6, п.2: the signer's IIN or BIN is the registered one
 * @example
 * ```ts
 * const trust = certificateChain({ roots, intermediates, expect: { bin: '991340000801' } });
 * ```
 */
export function certificateChain(options: CertificateChainOptions): TrustPolicy {
  const { suites = signatureSuites, purpose } = options;
  if (options.roots.length === 0) throw new TypeError('at least one root must be given');
  const roots = options.roots.map(ownCertificate);
  const intermediates = (options.intermediates ?? []).map(ownCertificate);
  const signers = (options.signers ?? []).map(ownCertificate);
  const expected = checkedExpectation(options.expect);
  const material = { roots, intermediates, suites };
  const known = [...signers, ...intermediates];
  const remembered = new Map<string, CertificatePath>();

  return {
    async resolve(reference: SignerReference, atMs: number): Promise<Certificate> {
      assertInstant(atMs);
      const digest = reference.kind === 'certificate' ? digestOf(reference.der) : undefined;
      const path = digest === undefined ? undefined : remembered.get(digest);
      const leaf = path?.[0] ?? findSigner(known, reference);
      assertUnderstood(leaf, suites);
      assertValidAt(leaf, atMs, "the signer's certificate");
      assertMaySign(leaf, purpose);
      if (path === undefined || !isValidAt(path, atMs)) {
        const built = await buildPath(leaf, material, atMs);
        if (digest !== undefined) remember(remembered, digest, built);
      }
      assertExpected(leaf, expected);
      return leaf;
    },
  };
}

function findSigner(known: readonly Certificate[], reference: SignerReference): Certificate {
  if (reference.kind === 'certificate') {
    try {
      return parseDer(reference.der);
    } catch (cause) {
      throw refusal('ERR_VERIFY_CERTIFICATE', 'the certificate in the message cannot be read', cause);
    }
  }
  const [signer, ...others] = findCertificates(known, reference);
  if (signer === undefined) {
    throw refusal('ERR_VERIFY_SIGNER_UNKNOWN', `no known certificate fits the reference (${reference.kind})`);
  }
  if (others.length > 0) {
    throw refusal('ERR_VERIFY_SIGNER_UNKNOWN', `several certificates fit the reference (${reference.kind})`);
  }
  return signer;
}

/** What a message carries is DER; PEM inside of it would be something else than what was pinned or signed. */
function parseDer(der: Uint8Array): Certificate {
  if (der[0] !== 0x30) throw refusal('ERR_VERIFY_CERTIFICATE', 'the certificate in the message is not DER');
  return parseCertificate(der);
}

function isValidAt(path: CertificatePath, atMs: number): boolean {
  return path.every(({ notBeforeMs, notAfterMs }) => atMs >= notBeforeMs && atMs <= notAfterMs);
}

function digestOf(der: Uint8Array): string {
  if (der.length > maxCertificateBytes) {
    throw refusal(
      'ERR_VERIFY_CERTIFICATE',
      `the certificate in the message is larger than ${maxCertificateBytes} bytes`,
    );
  }
  return createHash('sha256').update(der).digest('hex');
}

function remember(paths: Map<string, CertificatePath>, digest: string, path: CertificatePath): void {
  paths.delete(digest);
  paths.set(digest, path);
  const [oldest] = paths.keys();
  if (paths.size > rememberedPaths && oldest !== undefined) paths.delete(oldest);
}
