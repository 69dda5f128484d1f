/**
 * What the compiler must accept: an option that is left open, as code has it that passes its own options on.
 */
import type { SigningKey, TrustPolicy } from '@egov-gateway/core';

import { createEnvelopeSigner } from './signer.ts';
import { createEnvelopeVerifier } from './verifier.ts';

declare const key: SigningKey;
declare const trust: TrustPolicy;

createEnvelopeSigner({
  key,
  keyInfo: undefined,
  suites: undefined,
  clock: undefined,
  newId: undefined,
  limits: undefined,
});
createEnvelopeVerifier({
  trust,
  suites: undefined,
  clock: undefined,
  limits: undefined,
  acceptUnqualifiedId: undefined,
});
