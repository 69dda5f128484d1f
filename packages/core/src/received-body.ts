import type { UnverifiedBody, VerifiedBody } from './verification.ts';

/** What the maker of a body said of it: types are gone when the program runs. */
const received = new WeakMap<object, boolean>();

/**
 * Marks a body as one that a verifier made, and returns it. For those who implement `EnvelopeVerifier`: whoever calls
 * this vouches for what the body says of itself.
 */
export function markReceived<Body extends VerifiedBody | UnverifiedBody>(body: Body): Body {
  received.set(body, body.verified);
  return body;
}

/**
 * Returns normally when a verifier made the body and it says of itself what it said then.
 *
 * @throws {TypeError} when an object of that shape came from somewhere else
 */
export function assertReceived(body: VerifiedBody | UnverifiedBody): void {
  const verified = received.get(body);
  if (verified === undefined || verified !== body.verified) {
    throw new TypeError('expected the body that an EnvelopeVerifier or acceptUnverified returned');
  }
}
