// For users.

export { rsaSha1Suite, rsaSuite } from '@egov-gateway/keys';

export { acceptUnverified } from './accept-unverified.ts';
export type { KeyInfoStyle } from './key-info-style.ts';
export { createEnvelopeSigner, type EnvelopeSignerOptions } from './signer.ts';
export { createEnvelopeVerifier, type EnvelopeVerifierOptions } from './verifier.ts';

// For libraries.

export { type EnvelopeParts, locateBody } from './locate-body.ts';
