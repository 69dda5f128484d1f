import type { Certificate } from '@egov-gateway/core';
import { parseCertificate } from '@egov-gateway/keys';

import { type CmsSignedData, type CmsSigner, readSignedData } from './cms-signed-data.ts';
import type { DetachedSignature } from './detached-signature.ts';
import { documentDigest } from './document-digest.ts';
import { readable, signerOf } from './find-signer.ts';
import { isKazakh } from './kazakh-key.ts';
import {
  explainSignatureFinding,
  type SignatureFinding,
  type SignatureFindingCode,
} from './signature-finding.ts';
import { signatureKinds } from './signature-kind.ts';

/** How to judge. */
export interface SignatureCheckOptions {
  /** The moment at which the certificate has to be in force, milliseconds since the epoch. Default: not checked. */
  readonly atMs?: number;
}

/** What is known of a signature. */
export interface SignatureReport {
  /** Errors first. */
  readonly findings: readonly SignatureFinding[];
  /** Whether there are no errors. It does not mean that the signature is valid. */
  readonly usable: boolean;
}

/**
 * Whether a detached signature looks like one of this document: its form, its hash, its certificate.
 *
 * The signature itself and the chain of the certificate are not verified: that takes Russian algorithms and a list of
 * accredited centres. By its description the portal verifies nothing when it is uploaded.
 *
 * @param document - the bytes that are going to be uploaded
 * @throws {TypeError} when the arguments are of another kind
 */
export function checkDetachedSignature(
  document: Uint8Array,
  signature: DetachedSignature,
  options: SignatureCheckOptions = {},
): SignatureReport {
  const { cms, kind, certificate } = signature;
  if (!(document instanceof Uint8Array)) throw new TypeError('document must be a Uint8Array');
  if (!(cms instanceof Uint8Array) || !(certificate instanceof Uint8Array)) {
    throw new TypeError('cms and certificate must be Uint8Array');
  }
  const { atMs } = options;
  if (atMs !== undefined && !Number.isFinite(atMs)) throw new TypeError('atMs must be a finite number');
  if (!Object.hasOwn(signatureKinds, kind)) return reportOf(['kind-unknown']);
  if (kind === 'pep') return reportOf(['simple-signature']);

  const codes: SignatureFindingCode[] = [];
  const given = readable(() => parseCertificate(certificate));
  if (certificate.length === 0) codes.push('certificate-absent');
  else if (given === undefined) codes.push('certificate-malformed');
  else if (atMs !== undefined && !(given.notBeforeMs <= atMs && atMs <= given.notAfterMs)) {
    codes.push('certificate-expired');
  }
  const message = readable(() => readSignedData(cms) ?? 'other');
  if (message === undefined) codes.push('cms-malformed');
  else if (message === 'other') codes.push('cms-other-type');
  const data = typeof message === 'object' ? message : undefined;
  const signer = data && signerOf(data, given);
  if (data !== undefined) codes.push(...messageFindings(data, signer, given));
  if (signer !== undefined) codes.push(...digestFindings(document, signer));
  if (kind === 'ukep' && isKazakh(given, signer ?? data?.signers[0])) codes.push('kazakh-key');
  return reportOf(codes);
}

function messageFindings(
  data: CmsSignedData,
  signer: CmsSigner | undefined,
  given: Certificate | undefined,
): readonly SignatureFindingCode[] {
  const codes: SignatureFindingCode[] = [];
  if (data.hasContent) codes.push('cms-attached');
  if (data.signers.length === 0) codes.push('cms-no-signer');
  else if (given !== undefined && signer === undefined) codes.push('certificate-differs');
  if (data.signers.length > 1) codes.push('cms-several-signers');
  if (given !== undefined && !data.certificates.some((der) => Buffer.compare(der, given.der) === 0)) {
    codes.push('certificate-missing');
  }
  if (signer?.hasAttributes === true && signer.contentType !== data.contentType)
    codes.push('cms-content-type');
  return codes;
}

function digestFindings(document: Uint8Array, signer: CmsSigner): readonly SignatureFindingCode[] {
  const digest = documentDigest(signer.digestOid);
  if (digest?.isBroken === true) return ['digest-broken'];
  if (!signer.hasAttributes) return ['no-attributes'];
  if (signer.messageDigest === undefined) return ['digest-missing'];
  if (digest === undefined) return ['digest-unknown'];
  const hash = digest.create();
  hash.update(document);
  return Buffer.compare(hash.digest(), signer.messageDigest) === 0 ? [] : ['digest-differs'];
}

function reportOf(codes: readonly SignatureFindingCode[]): SignatureReport {
  const findings = [...new Set(codes)]
    .map(explainSignatureFinding)
    .sort((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error'));
  return { findings, usable: findings.every(({ severity }) => severity !== 'error') };
}
