import { type Certificate, KeyError } from '@egov-gateway/core';
import { Asn1Reader, asn1Tags, parseCertificate, readAsn1 } from '@egov-gateway/keys';

import { type CmsSignedData, type CmsSigner, readSignedData } from './cms-signed-data.ts';
import type { DetachedSignature } from './detached-signature.ts';
import { documentDigest } from './document-digest.ts';
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
 * accredited centres, and the portal does it.
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

/** The signer whose certificate is the given one. */
function signerOf(data: CmsSignedData, given: Certificate | undefined): CmsSigner | undefined {
  if (given === undefined) return data.signers.length === 1 ? data.signers[0] : undefined;
  const { issuer, serialNumber } = identityOf(given);
  return data.signers.find(({ id }) =>
    'keyIdentifier' in id
      ? Buffer.from(id.keyIdentifier).toString('hex') === given.subjectKeyIdentifier
      : Buffer.compare(id.issuer, issuer) === 0 && Buffer.compare(id.serialNumber, serialNumber) === 0,
  );
}

/** Issuer and serial number as the certificate encodes them: the way in which a signer is named. */
function identityOf(certificate: Certificate): {
  readonly issuer: Uint8Array;
  readonly serialNumber: Uint8Array;
} {
  const outer = new Asn1Reader(readAsn1(certificate.der), asn1Tags.sequence, 'a certificate');
  const signed = new Asn1Reader(outer.take('signed part'), asn1Tags.sequence, 'the signed part');
  signed.takeIf(0xa0);
  const serialNumber = signed.take('serial number', asn1Tags.integer).content;
  signed.take('algorithm');
  return { issuer: signed.take('issuer').bytes, serialNumber };
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof KeyError) return undefined;
    throw error;
  }
}

function reportOf(codes: readonly SignatureFindingCode[]): SignatureReport {
  const findings = [...new Set(codes)]
    .map(explainSignatureFinding)
    .sort((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error'));
  return { findings, usable: findings.every(({ severity }) => severity !== 'error') };
}
