import type { SignatureKind } from './signature-kind.ts';

/** A signature that lies beside the document, not inside it. */
export interface DetachedSignature {
  /** CMS SignedData without the content that it signs, DER or BER. @see RFC 5652, section 5 */
  readonly cms: Uint8Array;
  readonly kind: SignatureKind;
  /** The signer's certificate, DER or PEM. The description calls it the open key of the signature. */
  readonly certificate: Uint8Array;
}

/**
 * Signs the bytes of a document, outside of this SDK: with the means of a Russian certification centre, a service, a
 * person at a desk. This is the only way to sign that there is: nothing here makes a signature.
 *
 * @param document - exactly the bytes that are going to be uploaded
 */
export type SignDetached = (document: Uint8Array) => Promise<DetachedSignature>;
