import type { Digest } from '@egov-gateway/core';

import type { GostAlgorithm } from './gost-algorithm.ts';

/** What a backend is asked to verify. Octets have the Kazakh forms; sizes, ranges and the point are checked already. */
export interface VerifyDigestRequest {
  readonly algorithm: GostAlgorithm;
  /** X ‖ Y, little-endian. */
  readonly publicKey: Uint8Array;
  readonly digest: Uint8Array;
  /** r ‖ s, little-endian. */
  readonly signature: Uint8Array;
}

/** What a backend is asked to sign. */
export interface SignDigestRequest {
  readonly algorithm: GostAlgorithm;
  /** d, little-endian. */
  readonly privateKey: Uint8Array;
  readonly digest: Uint8Array;
}

/**
 * Another implementation of the same algorithms, such as a native module. Give it to a suite or a signer; what it does
 * not offer is done in TypeScript. What it signs is verified in TypeScript before it leaves.
 */
export interface GostBackend {
  /** A new hash of the algorithm. */
  createDigest?(algorithm: GostAlgorithm): Digest;
  /** Whether the signature is valid. Anything but `true` means that it is not. */
  verifyDigest?(request: VerifyDigestRequest): boolean | Promise<boolean>;
  /** r ‖ s, little-endian. */
  signDigest?(request: SignDigestRequest): Uint8Array | Promise<Uint8Array>;
}
