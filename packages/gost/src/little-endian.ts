/** The number that octets spell, the least significant one first. */
export function readLittleEndian(octets: Uint8Array): bigint {
  return octets.length === 0 ? 0n : BigInt(`0x${Buffer.from(octets).reverse().toString('hex')}`);
}

/** `size` octets of a number, the least significant one first. The number fits. */
export function writeLittleEndian(value: bigint, size: number): Uint8Array {
  return reversed(writeBigEndian(value, size));
}

/** `size` octets of a number, the most significant one first. The number fits. */
export function writeBigEndian(value: bigint, size: number): Uint8Array {
  const octets = Uint8Array.from(Buffer.from(value.toString(16).padStart(2 * size, '0'), 'hex'));
  if (octets.length !== size) throw new RangeError(`the number does not fit into ${size} octets`);
  return octets;
}

/** A copy, last octet first. */
export function reversed(octets: Uint8Array): Uint8Array {
  return Uint8Array.from(octets).reverse();
}
