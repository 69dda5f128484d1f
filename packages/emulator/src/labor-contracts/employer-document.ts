import { VerifyError, XmlError } from '@egov-gateway/core';
import type { VerifiedPayload } from '@egov-gateway/payload';

import { type DocumentTrust, verifyDocument } from '../checks/document-trust.ts';
import { ContractRefusal } from './contract-refusal.ts';

/** What documents of employers are judged by. @internal */
export interface EmployerTrust extends DocumentTrust {
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
  if (Buffer.byteLength(document) > judged.maxPayloadBytes) throw new ContractRefusal('SCSE999');
  try {
    const verified = await verifyDocument(document, judged, atMs);
    if (verified === 'revoked') throw new ContractRefusal('SCSE001');
    return verified;
  } catch (error) {
    if (error instanceof VerifyError) throw new ContractRefusal('SCSE001', { cause: error });
    if (error instanceof XmlError) throw new ContractRefusal('SCSE002', { cause: error });
    throw error;
  }
}
