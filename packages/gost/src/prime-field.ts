/**
 * Arithmetic modulo a prime, with a short cut for primes just below a power of two, which all curves of the suites have.
 *
 * @module
 */
import { invertModulo } from './modular-inverse.ts';

/** Numbers are from 0 to p - 1, unless a function says otherwise. */
export interface PrimeField {
  readonly p: bigint;
  /** Remainder of a number from 0 to 2^(2·bits + 32), such as a short sum of products. Never of a negative one. */
  reduce(x: bigint): bigint;
  /**
   * A number that equals x modulo p and exceeds p by less than 2^24 times: half the work of `reduce`, for numbers that
   * are a factor of one more product. x is from 0 to 2^(2·bits + 12).
   */
  shrink(x: bigint): bigint;
  /** A multiple of p that is larger than any shrunk number plus 2p. */
  readonly enough: bigint;
  add(a: bigint, b: bigint): bigint;
  subtract(a: bigint, b: bigint): bigint;
  /** 1 / a. `a` is not 0. */
  invert(a: bigint): bigint;
}

/** A gap of at most so many bits keeps what `shrink` promises. */
const maxGapBits = 11n;

/** The field of `p`, a prime of at least 128 bits. */
export function createPrimeField(p: bigint): PrimeField {
  return Object.freeze({
    p,
    ...createReduction(p),
    enough: p << 25n,
    add: (a, b) => {
      const sum = a + b;
      return sum >= p ? sum - p : sum;
    },
    subtract: (a, b) => {
      const difference = a - b;
      return difference < 0n ? difference + p : difference;
    },
    invert: (a) => invertModulo(a, p),
  } satisfies PrimeField);
}

function createReduction(p: bigint): Pick<PrimeField, 'reduce' | 'shrink'> {
  const bits = BigInt(p.toString(2).length);
  const mask = (1n << bits) - 1n;
  const gap = mask + 1n - p;
  if (gap >> maxGapBits > 0n) return { reduce: (x) => x % p, shrink: (x) => x % p };
  return {
    // x = high·2^bits + low, and 2^bits = gap modulo p. Twice, and at most one p is left.
    reduce: (x) => {
      const once = (x & mask) + (x >> bits) * gap;
      const twice = (once & mask) + (once >> bits) * gap;
      return twice >= p ? twice - p : twice;
    },
    shrink: (x) => (x & mask) + (x >> bits) * gap,
  };
}
