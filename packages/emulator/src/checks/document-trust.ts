import type { Certificate, SignatureSuite, TrustPolicy } from '@egov-gateway/core';
import { type VerifiedPayload, verifyPayload } from '@egov-gateway/payload';

/** What signatures of documents inside requests are judged by. @internal */
export interface DocumentTrust {
  readonly trust: TrustPolicy;
  readonly suites: readonly SignatureSuite[];
  readonly isRevoked: ((certificate: Certificate) => boolean | Promise<boolean>) | undefined;
}

/**
 * What was signed, or `revoked`: the signatures hold, and a certificate of one of them is revoked.
 *
 * @throws {VerifyError} when a signature does not hold
 * @throws {XmlError} when the document is no XML
 * @internal
 */
export async function verifyDocument(
  document: string | Uint8Array,
  { trust, suites, isRevoked }: DocumentTrust,
  atMs: number,
): Promise<VerifiedPayload | 'revoked'> {
  const verified = await verifyPayload(document, { trust, suites, atMs });
  for (const { certificate } of verified.signers) {
    if (await isRevoked?.(certificate)) return 'revoked';
  }
  return verified;
}
