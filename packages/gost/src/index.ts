// For users.

export type { GostBackend, SignDigestRequest, VerifyDigestRequest } from './backend.ts';
export { type GostAlgorithm, gostAlgorithms } from './gost-algorithm.ts';
export { createGost34311, gost34311 } from './gost34311.ts';
export { cryptoProBox, kazakhBox, type SubstitutionBox } from './gost34311-sbox.ts';
export { fromRussianSignature, toRussianSignature } from './signature-octets.ts';
export { createGostSigner, type GostSigner, type GostSignerOptions } from './signer.ts';
export { createStreebog256, createStreebog512, streebog256, streebog512 } from './streebog.ts';
export {
  createGostSuite,
  type GostSuiteOptions,
  gost2004Suite,
  gost2015x256Suite,
  gost2015x512Suite,
  gostSuites,
} from './suites.ts';

// For libraries.

export { type GostIdentifiers, gostIdentifiers } from './gost-algorithm.ts';
export { derivePublicKey, type GostPrivateKey, isKeyPair } from './key-pair.ts';
export { type GostPublicKey, readGostPublicKey, writeGostPublicKey } from './public-key.ts';
