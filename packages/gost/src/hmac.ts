import type { Digest } from '@egov-gateway/core';

/** A hash as HMAC needs it. */
export interface HmacHash {
  readonly blockBytes: number;
  createDigest(): Digest;
}

/**
 * HMAC of the parts one after another.
 *
 * @param key - at most one block of the hash
 * @see RFC 2104, section 2
 */
export function hmac(hash: HmacHash, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  if (key.length > hash.blockBytes) throw new RangeError('the key is longer than a block of the hash');
  const inner = hash.createDigest();
  inner.update(padded(key, hash.blockBytes, 0x36));
  for (const part of parts) inner.update(part);
  const outer = hash.createDigest();
  outer.update(padded(key, hash.blockBytes, 0x5c));
  outer.update(inner.digest());
  return outer.digest();
}

function padded(key: Uint8Array, size: number, pad: number): Uint8Array {
  const block = new Uint8Array(size).fill(pad);
  for (let i = 0; i < key.length; i++) block[i] = (key[i] ?? 0) ^ pad;
  return block;
}
