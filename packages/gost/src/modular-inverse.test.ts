import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cryptoProA, tc26A256, tc26A512 } from './curve.ts';
import { invertModulo } from './modular-inverse.ts';

describe('invertModulo', () => {
  test.each([
    ['p of CryptoPro-A', cryptoProA.p],
    ['n of CryptoPro-A', cryptoProA.n],
    ['n of tc26-256-A', tc26A256.n],
    ['p of tc26-512-A', tc26A512.p],
    ['n of tc26-512-A', tc26A512.n],
    ['a small prime', 7n],
    ['a prime of 48 bits', 2n ** 48n - 59n],
    ['a prime of 61 bits', 2n ** 61n - 1n],
  ])('inverts modulo %s', (_name, modulus) => {
    const check = (a: bigint): void => {
      const inverse = invertModulo(a, modulus);
      expect((inverse * a) % modulus).toBe(1n);
      expect(inverse > 0n && inverse < modulus).toBe(true);
    };
    for (let i = 0n; i < 6n; i++) {
      check((i % (modulus - 1n)) + 1n);
      check(modulus - (i % (modulus - 1n)) - 1n);
    }
    for (let power = 1n; power < modulus; power *= 2n) check(power);
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: modulus - 1n }), check));
  });

  test('inverts neighbours of fractions that have long runs of equal quotients', () => {
    // Fibonacci numbers: every quotient is 1, the most steps that there can be.
    const { n } = tc26A512;
    let [a, b] = [1n, 2n];
    while (b < n) [a, b] = [b, a + b];
    expect((invertModulo(a, n) * a) % n).toBe(1n);
  });

  test.each([0n, 7n, 14n])('refuses %s modulo 7: it has no inverse', (a) => {
    expect(() => invertModulo(a, 7n)).toThrow(RangeError);
  });

  test('refuses a number that shares a factor with the modulus', () => {
    expect(() => invertModulo(6n, 9n)).toThrow(RangeError);
  });
});
