import type { Algorithm } from './algorithm.ts';
import type { Certificate, PublicKey } from './certificate.ts';
import type { EnvelopeLayout } from './envelope-layout.ts';

/** A private key with its certificate. The key itself may live in an HSM or in another process. */
export interface SigningKey {
  readonly algorithm: Algorithm;
  readonly certificate: Certificate;
  /**
   * Signs `data` (the key hashes it itself) and returns the signature octets as XML-DSig carries them.
   *
   * @throws {SignError} `ERR_SIGN_KEY` when the key refuses.
   */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** Puts a transport signature on a SOAP envelope. */
export interface EnvelopeSigner {
  /**
   * Returns the signed envelope: the bytes to send, serialised once.
   *
   * @param envelope - the unsigned envelope, UTF-8
   * @param layout - where Body and Header lie, as the canonical writer of `xml` reports it; without it the signer
   *   reads the envelope to find out. Signers that work elsewhere (a container, a service) ignore it.
   * @throws {SignError} `ERR_SIGN_ENVELOPE`, `ERR_SIGN_ALREADY_SIGNED`, `ERR_SIGN_KEY`, `ERR_SIGN_CERTIFICATE_EXPIRED`
   */
  sign(envelope: Uint8Array, layout?: EnvelopeLayout): Promise<Uint8Array>;
}

/** An incremental hash. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** The hash of all that was given. Call once. */
  digest(): Uint8Array;
}

/**
 * One family of algorithms, as XML-DSig names it. RSA is built into `wsse`; the Kazakh GOST suites come from
 * `gost`. A suite is given to a signer or a verifier; nothing is looked up globally.
 */
export interface SignatureSuite {
  readonly algorithm: Algorithm;
  /** `SignatureMethod` URIs that mean this suite. The first one is written. */
  readonly signatureUris: readonly [string, ...string[]];
  /** `DigestMethod` URIs that mean this suite's digest. The first one is written. */
  readonly digestUris: readonly [string, ...string[]];
  /** For reading old messages only: a signer refuses the suite. Default: false. */
  readonly verifyOnly?: boolean;
  /** A new incremental digest. */
  createDigest(): Digest;
  /** Whether the suite takes `key`: of its kind, sound and long enough. Without it every key of `algorithm` is taken. */
  supports?(key: PublicKey): boolean;
  /** Whether `signature` is `key`'s signature of `data`. A key of another kind is `false`, never an exception. */
  verify(key: PublicKey, data: Uint8Array, signature: Uint8Array): Promise<boolean>;
}
