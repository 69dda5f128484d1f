/**
 * Writes the few DER elements that a public key is made of.
 *
 * @see ITU-T X.690, section 8
 * @module
 */

/** One element; its content is the parts one after another, 255 octets at most. */
export function derElement(tag: number, ...parts: readonly Iterable<number>[]): Uint8Array {
  const content = parts.flatMap((part) => [...part]);
  if (content.length > 255) throw new RangeError('the element is too long');
  const length = content.length < 128 ? [content.length] : [0x81, content.length];
  return Uint8Array.from([tag, ...length, ...content]);
}

/** An OBJECT IDENTIFIER from its dotted form. */
export function derOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return derElement(0x06, [40 * first + second, ...rest].flatMap(base128));
}

function base128(arc: number): number[] {
  const septets = [arc & 0x7f];
  for (let left = arc >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80);
  return septets;
}
