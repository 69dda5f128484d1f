/**
 * Numbers as octets.
 *
 * @module
 */

/** The number that octets spell, the least significant one first. */
export function readLittleEndian(octets: Uint8Array): bigint {
  return readBigEndian(reversed(octets));
}

/** The number that octets spell, the most significant one first. */
export function readBigEndian(octets: Uint8Array): bigint {
  const { buffer, byteOffset, length } = octets;
  return length === 0 ? 0n : BigInt(`0x${Buffer.from(buffer, byteOffset, length).toString('hex')}`);
}

/** `size` octets of a number, the least significant one first. The number fits. */
export function writeLittleEndian(value: bigint, size: number): Uint8Array {
  return writeBigEndian(value, size).reverse();
}

/** `size` octets of a number, the most significant one first. The number fits. */
export function writeBigEndian(value: bigint, size: number): Uint8Array {
  const digits = value.toString(16).padStart(2 * size, '0');
  const octets = new Uint8Array(size);
  const written = Buffer.from(octets.buffer).write(digits, 'hex');
  if (written !== size || digits.length !== 2 * size) {
    throw new RangeError(`the number does not fit into ${size} octets`);
  }
  return octets;
}

/** A copy, last octet first. */
export function reversed(octets: Uint8Array): Uint8Array {
  return new Uint8Array(octets).reverse();
}

/** A copy of the parts, one after another. */
export function concatenate(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
