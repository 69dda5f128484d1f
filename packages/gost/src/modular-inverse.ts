/** Leading bits that are looked at: products of them and of the factors they yield stay exact in a double. */
const leadingBits = 48;

/**
 * 1 / a modulo a prime, by Lehmer's form of Euclid's algorithm: most quotients are found from leading digits alone and
 * applied together. Takes a time that depends on `a`.
 *
 * @param a - from 1 to modulus - 1
 * @throws {RangeError} when there is no inverse
 * @see Knuth, The Art of Computer Programming, volume 2, 4.5.2, Algorithm L
 */
export function invertModulo(a: bigint, modulus: bigint): bigint {
  // x and y are remainders; u·a = x and v·a = y modulo the modulus.
  let [x, y, u, v] = [modulus, a % modulus, 0n, 1n];
  while (y !== 0n) {
    const [a1, b1, a2, b2] = quotientMatrix(x, y);
    if (b1 === 0) {
      const quotient = x / y;
      [x, y] = [y, x - quotient * y];
      [u, v] = [v, u - quotient * v];
    } else {
      const [A, B, C, D] = [BigInt(a1), BigInt(b1), BigInt(a2), BigInt(b2)];
      [x, y] = [A * x + B * y, C * x + D * y];
      [u, v] = [A * u + B * v, C * u + D * v];
    }
  }
  if (x !== 1n) throw new RangeError('the number has no inverse');
  const inverse = u % modulus;
  return inverse < 0n ? inverse + modulus : inverse;
}

/** The steps that the leading bits of x and y settle, as a matrix; its second entry is 0 when they settle none. */
function quotientMatrix(x: bigint, y: bigint): [number, number, number, number] {
  const shift = BigInt(Math.max(0, 4 * x.toString(16).length - leadingBits));
  let [p, q] = [Number(x >> shift), Number(y >> shift)];
  let [A, B, C, D] = [1, 0, 0, 1];
  while (q + C !== 0 && q + D !== 0) {
    const quotient = Math.floor((p + A) / (q + C));
    // The true quotient lies between the two: when they agree, it is known.
    if (quotient !== Math.floor((p + B) / (q + D))) break;
    [A, C] = [C, A - quotient * C];
    [B, D] = [D, B - quotient * D];
    [p, q] = [q, p - quotient * q];
  }
  return [A, B, C, D];
}
