import {
  type Certificate,
  type SignatureSuite,
  type TrustPolicy,
  VerifyError,
  type XmlElement,
  XmlError,
} from '@egov-gateway/core';
import { presignedPayload, verifyPayload } from '@egov-gateway/payload';

import { type BusinessRefusal, businessError } from '../outcome.ts';

/** What signatures of requests are judged by. @internal */
export interface RequesterTrust {
  readonly trust: TrustPolicy;
  readonly suites: readonly SignatureSuite[];
  readonly isRevoked: ((certificate: Certificate) => boolean | Promise<boolean>) | undefined;
}

/** The document in `data`, or what is wrong with its signature. */
type SignedDocument = { readonly root: XmlElement } | { readonly refusal: BusinessRefusal<never> };

const payload = presignedPayload();

/** What the organisation that asks has signed. @internal */
export async function openSigned(
  data: XmlElement,
  judged: RequesterTrust,
  atMs: number,
): Promise<SignedDocument> {
  const { trust, suites, isRevoked } = judged;
  try {
    const { root, signers } = await verifyPayload(payload.read(data), { trust, suites, atMs });
    for (const { certificate } of signers) {
      if (await isRevoked?.(certificate)) return { refusal: refusalOf('revoked') };
    }
    return { root };
  } catch (error) {
    if (error instanceof VerifyError || error instanceof XmlError) return { refusal: refusalOf(error.code) };
    throw error;
  }
}

function refusalOf(reason: string): BusinessRefusal<never> {
  const message = `emulator: the signature of the request does not hold: ${reason}`;
  return businessError({ code: 'EMU-PAYLOAD-SIGNATURE', message });
}
