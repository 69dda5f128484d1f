/**
 * Arithmetic modulo a prime, with a short cut for primes just below a power of two, which all curves of the suites have.
 *
 * @module
 */

/** Numbers are from 0 to p - 1, unless a function says otherwise. */
export interface PrimeField {
  readonly p: bigint;
  /** Remainder of a product or of a short sum of products: from 0 to 2^(2·bits + 16). Never negative. */
  reduce(x: bigint): bigint;
  add(a: bigint, b: bigint): bigint;
  subtract(a: bigint, b: bigint): bigint;
  multiply(a: bigint, b: bigint): bigint;
  /** 1 / a. `a` is not 0. */
  invert(a: bigint): bigint;
}

/** Beyond this the short cut does not pay. */
const maxGapBits = 32n;

/** The field of `p`, a prime. */
export function createPrimeField(p: bigint): PrimeField {
  const reduce = createReduction(p);
  return Object.freeze({
    p,
    reduce,
    add: (a, b) => {
      const sum = a + b;
      return sum >= p ? sum - p : sum;
    },
    subtract: (a, b) => {
      const difference = a - b;
      return difference < 0n ? difference + p : difference;
    },
    multiply: (a, b) => reduce(a * b),
    invert: (a) => invertModulo(a, p),
  } satisfies PrimeField);
}

function createReduction(p: bigint): (x: bigint) => bigint {
  const bits = BigInt(p.toString(2).length);
  const mask = (1n << bits) - 1n;
  const gap = mask + 1n - p;
  if (gap >> maxGapBits > 0n) return (x) => x % p;
  // x = high·2^bits + low, and 2^bits = gap modulo p. Twice, and at most one p is left.
  return (x) => {
    const once = (x & mask) + (x >> bits) * gap;
    const twice = (once & mask) + (once >> bits) * gap;
    return twice >= p ? twice - p : twice;
  };
}

/** 1 / a modulo a prime, by Euclid's algorithm. Takes a time that depends on `a`. */
export function invertModulo(a: bigint, modulus: bigint): bigint {
  let [rest, next] = [modulus, a % modulus];
  let [factor, nextFactor] = [0n, 1n];
  while (next !== 0n) {
    const quotient = rest / next;
    [rest, next] = [next, rest - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  if (rest !== 1n) throw new RangeError('the number has no inverse');
  return factor < 0n ? factor + modulus : factor;
}
