/**
 * The width-`width` non-adjacent form of a number that is not negative: digits for 2^0, 2^1, …, each 0 or odd and below
 * 2^(width-1) in magnitude, any `width` neighbours with one nonzero digit at most.
 *
 * @see Solinas, "Efficient Arithmetic on Koblitz Curves", Algorithm 1 for τ = 2
 */
export function signedDigits(scalar: bigint, width: number): Int8Array {
  const bits = scalar.toString(2);
  const bit = (position: number): number =>
    position < bits.length ? bits.charCodeAt(bits.length - 1 - position) - 48 : 0;
  const digits = new Int8Array(bits.length + 1);
  let carry = 0;
  for (let position = 0; position <= bits.length; ) {
    if (bit(position) === carry) {
      position += 1;
      continue;
    }
    let digit = carry;
    for (let i = 0; i < width; i++) digit += bit(position + i) << i;
    carry = digit >> (width - 1);
    digits[position] = digit - (carry << width);
    position += width;
  }
  return digits;
}
