/**
 * Signature values: two numbers as octets.
 *
 * @module
 */
import type { Curve } from './curve.ts';
import { concatenate, readLittleEndian, reversed, writeLittleEndian } from './octets.ts';

/** The two numbers of a signature, each from 1 to n - 1. */
export interface SignatureNumbers {
  readonly r: bigint;
  readonly s: bigint;
}

/** Why octets are no signature. */
export type SignatureFault =
  /** Not two numbers of the size of the curve. */
  | 'length'
  /** r or s is 0, or n or more. */
  | 'range'
  /** Two numbers, but not the signature of this digest with this key. */
  | 'mismatch';

/** r and s of the Kazakh form r ‖ s, both little-endian, or why there are none. */
export function decodeSignature(octets: Uint8Array, { bytes, n }: Curve): SignatureNumbers | SignatureFault {
  if (octets.length !== 2 * bytes) return 'length';
  const r = readLittleEndian(octets.subarray(0, bytes));
  const s = readLittleEndian(octets.subarray(bytes));
  return r > 0n && r < n && s > 0n && s < n ? { r, s } : 'range';
}

/** The Kazakh form of a signature. */
export function encodeSignature({ r, s }: SignatureNumbers, { bytes }: Curve): Uint8Array {
  return concatenate(writeLittleEndian(r, bytes), writeLittleEndian(s, bytes));
}

/**
 * The Kazakh form r ‖ s (little-endian) as the Russian one, s ‖ r (big-endian): what BouncyCastle's JCE provider and
 * gost-engine of OpenSSL read. The octets are the same, last one first.
 *
 * @throws {TypeError} when it has neither 64 nor 128 octets
 */
export function toRussianSignature(kazakh: Uint8Array): Uint8Array {
  assertSize(kazakh);
  return reversed(kazakh);
}

/**
 * The Russian form s ‖ r (big-endian) as the Kazakh one, r ‖ s (little-endian).
 *
 * @throws {TypeError} when it has neither 64 nor 128 octets
 */
export function fromRussianSignature(russian: Uint8Array): Uint8Array {
  assertSize(russian);
  return reversed(russian);
}

function assertSize({ length }: Uint8Array): void {
  if (length !== 64 && length !== 128) throw new TypeError('a GOST signature has 64 or 128 octets');
}
