import type { Algorithm } from './algorithm.ts';
import type { Certificate } from './certificate.ts';
import type { XmlElement } from './xml.ts';

/** What `KeyInfo` of a signature says about its signer. None of it is trusted by itself. */
export type SignerReference =
  | { readonly kind: 'certificate'; readonly der: Uint8Array }
  | {
      readonly kind: 'issuer-serial';
      /** The issuer as text, `CN=…,C=KZ`; the order of RDNs means nothing. */
      readonly issuer: string;
      /** Decimal. */
      readonly serialNumber: string;
    }
  /** Lower-case hex. */
  | { readonly kind: 'subject-key-identifier'; readonly identifier: string }
  /** SHA-1 of the certificate, lower-case hex. @see WSS X.509 Token Profile 1.1, 3.1.1 "ThumbprintSHA1" */
  | { readonly kind: 'thumbprint-sha1'; readonly thumbprint: string }
  /** The message says nothing about its signer. */
  | { readonly kind: 'none' };

/** Decides who may sign. Made by `@egov-gateway/keys`: pinned certificates, or a chain to a pinned root plus an identity. */
export interface TrustPolicy {
  /**
   * The certificate of a signer that is trusted at the given instant.
   *
   * @param reference - what the message says about its signer
   * @param atMs - the instant to judge at, milliseconds since the epoch
   * @throws {VerifyError} `ERR_VERIFY_SIGNER_UNKNOWN`, `ERR_VERIFY_SIGNER_UNTRUSTED`, `ERR_VERIFY_SIGNER_IDENTITY`,
   *   `ERR_VERIFY_SIGNER_PURPOSE`, `ERR_VERIFY_CERTIFICATE_EXPIRED`, `ERR_VERIFY_CERTIFICATE_NOT_YET_VALID`,
   *   `ERR_VERIFY_CERTIFICATE`
   */
  resolve(reference: SignerReference, atMs: number): Promise<Certificate>;
}

declare const verifiedBrand: unique symbol;
declare const unverifiedBrand: unique symbol;

/** The one `soap:Body` whose signature was checked. Only an {@link EnvelopeVerifier} makes one. */
export interface VerifiedBody {
  readonly verified: true;
  /** The `soap:Body` element, read in the same pass whose bytes were digested. */
  readonly body: XmlElement;
  readonly signer: { readonly algorithm: Algorithm; readonly certificate: Certificate };
  /** The exact octets that the signature covers. */
  canonical(): Uint8Array;
  readonly [verifiedBrand]: true;
}

/** A `soap:Body` that nobody vouches for: the endpoint has no WS-Security, or the message is an unsigned fault. */
export interface UnverifiedBody {
  readonly verified: false;
  readonly body: XmlElement;
  readonly [unverifiedBrand]: true;
}

/** Checks the transport signature of a received envelope. */
export interface EnvelopeVerifier {
  /**
   * The verified Body, and nothing else of the message.
   *
   * An envelope without any signature whose Body is a `soap:Fault` comes back as {@link UnverifiedBody}, because a
   * gateway that cannot read a message cannot sign its refusal; everything else unsigned is refused.
   *
   * @param options - `atMs`: the instant to judge certificates at, milliseconds since the epoch, for a message that was
   *   received earlier. Default: now
   * @throws {XmlError} when the bytes are not acceptable XML
   * @throws {VerifyError} when anything about the signature does not hold; see the table of codes in `wsse`
   */
  verify(
    envelope: Uint8Array,
    options?: { readonly atMs?: number | undefined },
  ): Promise<VerifiedBody | UnverifiedBody>;
}
