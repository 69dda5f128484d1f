/**
 * The secret number of a signature. Two signatures with the same number give the key away, so it is derived from key and
 * digest: equal only for equal digests, even when the random source fails. Fresh randomness is mixed in, so that faults
 * and side channels cannot be averaged over equal signatures.
 *
 * @see RFC 6979, section 3.2 "Generation of k", section 3.6 "Variants" (additional data k')
 * @module
 */
import { type HmacHash, hmac } from './hmac.ts';
import { writeBigEndian } from './little-endian.ts';

/** What a number is derived from. */
export interface NonceSeed {
  readonly hash: HmacHash;
  /** n. */
  readonly order: bigint;
  /** d, below n. */
  readonly secret: bigint;
  /** The number that is signed, below n. */
  readonly message: bigint;
  /** Fresh randomness; empty for none. */
  readonly extra: Uint8Array;
}

/** Numbers from 1 to n - 1, one after another; the first is taken unless it gives a signature that has a 0. */
export function* deriveNonces({ hash, order, secret, message, extra }: NonceSeed): Generator<bigint, never> {
  const orderBits = order.toString(2).length;
  const size = Math.ceil(orderBits / 8);
  const seed = [writeBigEndian(secret, size), writeBigEndian(message, size), extra];
  const mac = (key: Uint8Array, ...parts: Uint8Array[]): Uint8Array => hmac(hash, key, ...parts);
  const hashBytes = hash.createDigest().digest().length;

  let value: Uint8Array = new Uint8Array(hashBytes).fill(1);
  let key: Uint8Array = new Uint8Array(hashBytes);
  for (const separator of [0, 1]) {
    key = mac(key, value, Uint8Array.of(separator), ...seed);
    value = mac(key, value);
  }
  for (;;) {
    const octets = new Uint8Array(size);
    for (let filled = 0; filled < size; filled += hashBytes) {
      value = mac(key, value);
      octets.set(value.subarray(0, size - filled), filled);
    }
    const number = BigInt(`0x${Buffer.from(octets).toString('hex')}`) >> BigInt(8 * size - orderBits);
    if (number > 0n && number < order) yield number;
    key = mac(key, value, Uint8Array.of(0));
    value = mac(key, value);
  }
}
