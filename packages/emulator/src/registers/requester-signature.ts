import { VerifyError, type XmlElement, XmlError } from '@egov-gateway/core';
import { presignedPayload } from '@egov-gateway/payload';

import { type DocumentTrust, verifyDocument } from '../checks/document-trust.ts';
import { type BusinessRefusal, businessError } from '../outcome.ts';

/** The document in `data`, or what is wrong with its signature. */
type SignedDocument = { readonly root: XmlElement } | { readonly refusal: BusinessRefusal<never> };

const payload = presignedPayload();

/** What the organisation that asks has signed. @internal */
export async function openSigned(
  data: XmlElement,
  judged: DocumentTrust,
  atMs: number,
): Promise<SignedDocument> {
  try {
    const verified = await verifyDocument(payload.read(data), judged, atMs);
    return verified === 'revoked' ? { refusal: refusalOf('revoked') } : { root: verified.root };
  } catch (error) {
    if (error instanceof VerifyError || error instanceof XmlError) return { refusal: refusalOf(error.code) };
    throw error;
  }
}

function refusalOf(reason: string): BusinessRefusal<never> {
  const message = `emulator: the signature of the request does not hold: ${reason}`;
  return businessError({ code: 'EMU-PAYLOAD-SIGNATURE', message });
}
