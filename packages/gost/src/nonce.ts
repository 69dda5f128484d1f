/**
 * The secret number of a signature. Two signatures with the same number give the key away, so it is derived from key and
 * digest: equal only for equal digests, even when the random source fails. Fresh randomness is mixed in, so that faults
 * and side channels cannot be averaged over equal signatures.
 *
 * The HMAC is OpenSSL's with SHA-512, whatever the hash of the signature: no table of ours is indexed by the key, and
 * verifiers cannot tell.
 *
 * @see RFC 6979, section 3.2 "Generation of k", section 3.6 "Variants" (additional data k')
 * @module
 */
import { createHmac } from 'node:crypto';

import { concatenate, readBigEndian, writeBigEndian } from './octets.ts';

/** What a number is derived from. */
export interface NonceSeed {
  /** n. */
  readonly order: bigint;
  /** d, below n. */
  readonly secret: bigint;
  /** The number that is signed, below n. */
  readonly message: bigint;
  /** Fresh randomness; empty for none. */
  readonly extra: Uint8Array;
  /** Hash of the HMAC. Default: `sha512`. */
  readonly hash?: 'sha256' | 'sha512' | undefined;
}

const hashBytes = { sha256: 32, sha512: 64 } as const;

/** Numbers from 1 to n - 1, one after another; the first is taken unless it gives a signature that has a 0. */
export function* deriveNonces(seed: NonceSeed): Generator<bigint, never> {
  const { order, secret, message, extra, hash = 'sha512' } = seed;
  const orderBits = order.toString(2).length;
  const size = Math.ceil(orderBits / 8);
  let key: Uint8Array = new Uint8Array(hashBytes[hash]);
  let value: Uint8Array = new Uint8Array(hashBytes[hash]).fill(1);
  const mac = (octets: Uint8Array): Uint8Array => createHmac(hash, key).update(octets).digest();

  const fixed = concatenate(writeBigEndian(secret, size), writeBigEndian(message, size), extra);
  for (const separator of [0, 1]) {
    key = mac(concatenate(value, Uint8Array.of(separator), fixed));
    value = mac(value);
  }
  for (;;) {
    const octets = new Uint8Array(size);
    for (let filled = 0; filled < size; filled += value.length) {
      value = mac(value);
      octets.set(value.subarray(0, size - filled), filled);
    }
    const number = readBigEndian(octets) >> BigInt(8 * size - orderBits);
    if (number > 0n && number < order) yield number;
    key = mac(concatenate(value, Uint8Array.of(0)));
    value = mac(value);
  }
}
