/**
 * One signature.
 *
 * @see RFC 7091, section 6.1 "Digital Signature Generation Process"
 * @module
 */
import type { Curve } from './curve.ts';
import { deriveNonces } from './nonce.ts';
import { multiplySecret } from './secret-multiplication.ts';
import { encodeSignature, type SignatureNumbers } from './signature-octets.ts';
import { digestNumber } from './verification-key.ts';

/** What one signature is made of. */
export interface SignDigestOptions {
  readonly curve: Curve;
  /** The private key, from 1 to n - 1. */
  readonly d: bigint;
  readonly digest: Uint8Array;
  /** Fresh randomness. */
  readonly extra: Uint8Array;
}

/** r ‖ s of a digest. */
export function signDigest({ curve, d, digest, extra }: SignDigestOptions): Uint8Array {
  const e = digestNumber(digest, curve);
  const nonces = deriveNonces({ order: curve.n, secret: d, message: e, extra });
  for (;;) {
    const numbers = signWithNonce(curve, { d, e, k: nonces.next().value });
    if (numbers !== null) return encodeSignature(numbers, curve);
  }
}

/** r, the abscissa of k·G, and s = r·d + k·e, both modulo n; `null` when one of them is 0. */
export function signWithNonce(
  curve: Curve,
  { d, e, k }: { readonly d: bigint; readonly e: bigint; readonly k: bigint },
): SignatureNumbers | null {
  const r = multiplySecret(curve, k).x % curve.n;
  const s = (r * d + k * e) % curve.n;
  return r === 0n || s === 0n ? null : { r, s };
}
