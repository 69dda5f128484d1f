import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type CombShape, createCombTable, keyComb } from './comb-table.ts';
import { cryptoProA, tc26A256, tc26A512 } from './curve.ts';
import { isInSubgroup, multiplyCold, multiplyWithTable } from './double-multiplication.ts';
import { type AffinePoint, negate, type Point, toAffine } from './point.ts';
import { multiplySecret } from './secret-multiplication.ts';

const curves = [cryptoProA, tc26A256, tc26A512].map((curve) => [curve.name, curve] as const);

describe.each(curves)('u·G + v·Q on %s', (_name, curve) => {
  const { p, a, b, n, cofactor: h, gx: Gx, gy: Gy } = curve;
  const Noble = weierstrass({ p, a, b, n, h, Gx, Gy });
  const base: AffinePoint = { x: Gx, y: Gy };
  const affine = (point: Point): AffinePoint | null =>
    point.ZZ === 0n ? null : (toAffine([point], curve)[0] as AffinePoint);
  const scalar = fc.bigInt({ min: 0n, max: n - 1n });
  const expected = (u: bigint, v: bigint, d: bigint): AffinePoint | null => {
    const sum = (u + v * d) % n;
    return sum === 0n ? null : Noble.BASE.multiplyUnsafe(sum).toAffine();
  };
  const keys = [1n, 2n, n - 1n, (n * 5n) / 11n].map((d) => {
    const q = Noble.BASE.multiplyUnsafe(d).toAffine();
    return { d, q, table: createCombTable(q, curve, keyComb) };
  });

  test('agrees with noble for random factors, with and without a table', () => {
    fc.assert(
      fc.property(scalar, scalar, fc.constantFrom(...keys), (u, v, { d, q, table }) => {
        const sum = expected(u, v, d);
        expect(affine(multiplyCold(curve, u, v, q))).toEqual(sum);
        expect(affine(multiplyWithTable(curve, u, v, table))).toEqual(sum);
      }),
      { numRuns: 25 },
    );
  });

  test('agrees at the edges: 0, 1, 2, n - 1, powers of two, sums that are infinite, Q = ±G', {
    timeout: 60_000,
  }, () => {
    const edges = [0n, 1n, 2n, 3n, n - 1n, n - 2n, (n - 1n) / 2n, 2n ** BigInt(n.toString(2).length - 1)];
    for (const { d, q, table } of keys) {
      for (const u of edges) {
        for (const v of edges) {
          const sum = expected(u, v, d);
          expect(affine(multiplyCold(curve, u, v, q))).toEqual(sum);
          expect(affine(multiplyWithTable(curve, u, v, table))).toEqual(sum);
        }
      }
    }
  });

  test('n times a point is infinity', () => {
    expect(affine(multiplyCold(curve, n, 0n, base))).toBeNull();
    expect(affine(multiplyCold(curve, 0n, n, base))).toBeNull();
    expect(affine(multiplyWithTable(curve, n, 0n, createCombTable(base, curve, keyComb)))).toBeNull();
    expect(isInSubgroup(base, curve)).toBe(true);
    expect(isInSubgroup(negate(base, curve), curve)).toBe(true);
  });

  test.each<CombShape>([
    { teeth: 2, blocks: curve.bytes === 64 ? 40 : 36 },
    { teeth: 5, blocks: 13 },
    { teeth: 9, blocks: 8 },
  ])('a comb of any shape gives the same: %o', (shape) => {
    const table = createCombTable(base, curve, shape);
    if (table.bits < n.toString(2).length) return;
    for (const v of [1n, 2n, n - 1n, (n * 3n) / 7n]) {
      expect(affine(multiplyWithTable(curve, 0n, v, table))).toEqual(expected(v, 0n, 1n));
    }
  });

  test('a short comb takes odd numbers that fit, and refuses all others', () => {
    const table = createCombTable(base, curve, { teeth: 4, blocks: 1 });
    const most = 2n ** BigInt(table.bits) - 1n;
    for (const v of [1n, 3n, most]) {
      expect(affine(multiplyWithTable(curve, 0n, v, table))).toEqual(expected(v, 0n, 1n));
    }
    for (const v of [2n, most + 2n, n - 2n]) expect(() => table.columnsOf(v)).toThrow(RangeError);
    expect(() => table.columnsOf(-1n)).toThrow(RangeError);
    expect(table.columnsOf(0n)).toEqual([]);
  });
});

describe('multiplySecret', () => {
  test.each(curves)('agrees with noble and with the arithmetic for public numbers on %s', (_name, curve) => {
    const { p, a, b, n, cofactor: h, gx: Gx, gy: Gy } = curve;
    const Noble = weierstrass({ p, a, b, n, h, Gx, Gy });
    const check = (k: bigint): void => {
      const point = multiplySecret(curve, k);
      expect(point).toEqual(Noble.BASE.multiply(k).toAffine());
      expect(toAffine([multiplyCold(curve, k, 0n, point)], curve)).toEqual([point]);
    };
    for (const k of [1n, 2n, 3n, n - 1n, n - 2n, 255n, 256n]) check(k);
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: n - 1n }), check), { numRuns: 25 });
  });

  test.each(curves)('refuses factors outside 1 to n - 1 on %s', (_name, curve) => {
    for (const k of [0n, curve.n, curve.n + 1n, -1n])
      expect(() => multiplySecret(curve, k)).toThrow(RangeError);
  });
});
