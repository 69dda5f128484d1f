import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cryptoProA, tc26A512 } from './curve.ts';
import { createPrimeField } from './prime-field.ts';

const primes: readonly [string, bigint][] = [
  ['2^256 - 617', cryptoProA.p],
  ['2^512 - 569', tc26A512.p],
  ['2^255 + 1073, which has no short cut', 2n ** 255n + 0x431n],
];

describe.each(primes)('createPrimeField(%s)', (_name, p) => {
  const field = createPrimeField(p);
  const bits = p.toString(2).length;
  const element = fc.bigInt({ min: 0n, max: p - 1n });
  const edges = [0n, 1n, 2n, p - 2n, p - 1n];

  test('reduces what it promises to', () => {
    const most = 2n ** BigInt(2 * bits + 32);
    const numbers = [
      ...edges,
      p,
      p + 1n,
      2n * p,
      3n * p,
      (p - 1n) ** 2n,
      2n ** BigInt(bits) - 1n,
      2n ** BigInt(bits),
      most,
    ];
    for (const x of numbers) expect(field.reduce(x)).toBe(x % p);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: most }), (x) => {
        expect(field.reduce(x)).toBe(x % p);
      }),
    );
  });

  test('shrinks to an equal number below its bound, which `enough` exceeds by 2p', () => {
    const most = 2n ** BigInt(2 * bits + 12);
    expect(field.enough % p).toBe(0n);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: most }), (x) => {
        const shrunk = field.shrink(x);
        expect(shrunk % p).toBe(x % p);
        expect(shrunk >= 0n && shrunk + 2n * p < field.enough).toBe(true);
      }),
    );
    expect(field.shrink(most) + 2n * p < field.enough).toBe(true);
  });

  test('adds, subtracts and inverts', () => {
    const check = (a: bigint, b: bigint): void => {
      expect(field.add(a, b)).toBe((a + b) % p);
      expect(field.subtract(a, b)).toBe((a - b + p) % p);
      if (a !== 0n) expect((field.invert(a) * a) % p).toBe(1n);
    };
    for (const a of edges) for (const b of edges) check(a, b);
    fc.assert(fc.property(element, element, check));
  });
});
