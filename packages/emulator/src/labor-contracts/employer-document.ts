import {
  type Certificate,
  type SignatureSuite,
  type TrustPolicy,
  VerifyError,
  XmlError,
} from '@egov-gateway/core';
import { type VerifiedPayload, verifyPayload } from '@egov-gateway/payload';

import { ContractRefusal } from './contract-refusal.ts';

/** What signatures of employers are judged by. @internal */
export interface EmployerTrust {
  readonly trust: TrustPolicy;
  readonly suites: readonly SignatureSuite[];
  readonly isRevoked: ((certificate: Certificate) => boolean | Promise<boolean>) | undefined;
  readonly maxPayloadBytes: number;
}

/**
 * What the employer signed.
 *
 * @throws {ContractRefusal} SCSE999 too big, SCSE001 the signature does not hold, SCSE002 no XML
 * @internal
 */
export async function openDocument(
  document: string | Uint8Array,
  judged: EmployerTrust,
  atMs: number,
): Promise<VerifiedPayload> {
  const { trust, suites, isRevoked, maxPayloadBytes } = judged;
  if (Buffer.byteLength(document) > maxPayloadBytes) throw new ContractRefusal('SCSE999');
  try {
    const verified = await verifyPayload(document, { trust, suites, atMs });
    for (const { certificate } of verified.signers) {
      if (await isRevoked?.(certificate)) throw new ContractRefusal('SCSE001');
    }
    return verified;
  } catch (error) {
    if (error instanceof VerifyError) throw new ContractRefusal('SCSE001', { cause: error });
    if (error instanceof XmlError) throw new ContractRefusal('SCSE002', { cause: error });
    throw error;
  }
}
