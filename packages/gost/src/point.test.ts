import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Curve, createCurve, cryptoProA, tc26A256, tc26A512 } from './curve.ts';
import {
  type AffinePoint,
  add,
  double,
  fromAffine,
  hasAbscissa,
  infinity,
  isOnCurve,
  negate,
  type Point,
  toAffine,
} from './point.ts';

/** a is neither -3 nor is p near a power of two: the general case. @see RFC 7091, section 7 */
const general: Curve = createCurve({
  name: 'RFC 7091',
  p: 2n ** 255n + 0x431n,
  a: 7n,
  b: 0x5fbff498aa938ce739b8e022fbafef40563f6e6a3472fc2a514c0ce9dae23b7en,
  n: 0x8000000000000000000000000000000150fe8a1892976154c59cfc193accf5b3n,
  cofactor: 1n,
  gx: 2n,
  gy: 0x8e2a8a0e65147d4bd6316030e16d19c85c97f0a9ca267122b96abbcea7e8fc8n,
});

const curves = [cryptoProA, tc26A256, tc26A512, general];

describe.each(curves.map((curve) => [curve.name, curve] as const))('arithmetic on %s', (_name, curve) => {
  const { p, a, b, n, cofactor: h, gx: Gx, gy: Gy } = curve;
  const Noble = weierstrass({ p, a, b, n, h, Gx, Gy });
  const base: AffinePoint = { x: Gx, y: Gy };
  const affine = (point: Point): AffinePoint => toAffine([point], curve)[0] as AffinePoint;
  const multiple = (k: bigint): AffinePoint => Noble.BASE.multiplyUnsafe(k).toAffine();
  const scalar = fc.bigInt({ min: 1n, max: n - 1n });
  /** The same point with other coordinates: not every sum has Z = 1. */
  const disguised = ({ x, y }: AffinePoint, z: bigint): Point => ({
    X: (x * z * z) % p,
    Y: (y * z * z * z) % p,
    ZZ: (z * z) % p,
    ZZZ: (z * z * z) % p,
  });

  test('agrees with noble on sums and doubles', () => {
    fc.assert(
      fc.property(scalar, scalar, fc.bigInt({ min: 1n, max: p - 1n }), (k, l, z) => {
        fc.pre(k !== l && k + l !== n);
        const [P, Q] = [multiple(k), multiple(l)];
        expect(affine(add(disguised(P, z), Q, curve))).toEqual(multiple((k + l) % n));
        expect(affine(double(disguised(P, z), curve))).toEqual(multiple((2n * k) % n));
      }),
      { numRuns: 25 },
    );
  });

  test('P + P is 2P, P + (-P) is infinity, infinity is neutral', () => {
    for (const z of [1n, 2n, p - 1n]) {
      const P = disguised(base, z);
      expect(affine(add(P, base, curve))).toEqual(multiple(2n));
      expect(add(P, negate(base, curve), curve)).toEqual(infinity);
    }
    expect(affine(add(infinity, base, curve))).toEqual(base);
    expect(double(infinity, curve)).toEqual(infinity);
  });

  test('is associative and commutative', () => {
    const [two, three] = [multiple(2n), multiple(3n)];
    const left = add(add(fromAffine(base), two, curve), three, curve);
    const right = add(add(fromAffine(three), two, curve), base, curve);
    expect(affine(left)).toEqual(multiple(6n));
    expect(affine(right)).toEqual(multiple(6n));
  });

  test('(n - 1)P is -P', () => {
    expect(negate(base, curve)).toEqual(multiple(n - 1n));
    expect(negate(negate(base, curve), curve)).toEqual(base);
  });

  test('converts many points at once', () => {
    const points = [1n, 2n, 5n].map((k) => disguised(multiple(k), k + 7n));
    expect(toAffine(points, curve)).toEqual([1n, 2n, 5n].map(multiple));
    expect(toAffine([], curve)).toEqual([]);
  });

  test('isOnCurve refuses neighbours, numbers outside the field and the origin', () => {
    expect(isOnCurve(base, curve)).toBe(true);
    for (const wrong of [
      { x: Gx, y: Gy + 1n },
      { x: Gx + 1n, y: Gy },
      { x: Gy, y: Gx },
      { x: Gx + p, y: Gy },
      { x: Gx, y: Gy + p },
      { x: -1n, y: Gy },
      { x: Gx, y: Gy - p },
      { x: 0n, y: 0n },
    ]) {
      expect(isOnCurve(wrong, curve)).toBe(false);
    }
  });

  test('hasAbscissa compares modulo n, and infinity has none', () => {
    const P = disguised(base, 11n);
    expect(hasAbscissa(P, Gx % n, curve)).toBe(true);
    expect(hasAbscissa(P, (Gx + 1n) % n, curve)).toBe(false);
    expect(hasAbscissa(infinity, 0n, curve)).toBe(false);
    expect(hasAbscissa({ X: 0n, Y: 1n, ZZ: 0n, ZZZ: 0n }, 1n, curve)).toBe(false);
    expect(hasAbscissa(infinity, 1n, curve)).toBe(false);
  });
});

describe('points of small order on tc26-256-A', () => {
  // The cofactor is 4: n·P is in a subgroup of 4 elements for any point of the curve.
  const { p, a, b, n, gx, gy } = tc26A256;
  const power = (base: bigint, exponent: bigint): bigint => {
    let result = 1n;
    for (let square = base % p, left = exponent; left > 0n; left >>= 1n, square = (square * square) % p) {
      if ((left & 1n) === 1n) result = (result * square) % p;
    }
    return result;
  };

  test('a point with y = 0 is its own opposite', () => {
    // Found as n·P for points P of the curve; p = 3 mod 4, so a root is a power.
    const found: AffinePoint[] = [];
    for (let x = 1n; found.length === 0; x++) {
      const square = (x ** 3n + a * x + b) % p;
      const y = power(square, (p + 1n) / 4n);
      if ((y * y) % p !== square) continue;
      let sum = infinity;
      for (const bit of n.toString(2)) {
        sum = double(sum, tc26A256);
        if (bit === '1') sum = add(sum, { x, y }, tc26A256);
      }
      if (sum.ZZ === 0n) continue;
      const twice = double(sum, tc26A256);
      found.push(...toAffine([twice.ZZ === 0n ? sum : twice], tc26A256));
    }
    const order2 = found[0] as AffinePoint;
    expect(order2.y).toBe(0n);
    expect(isOnCurve(order2, tc26A256)).toBe(true);
    expect(negate(order2, tc26A256)).toEqual(order2);
    expect(double(fromAffine(order2), tc26A256)).toEqual(infinity);
    expect(add(fromAffine(order2), order2, tc26A256)).toEqual(infinity);
    const base = { x: gx, y: gy };
    const sum = add(fromAffine(base), order2, tc26A256);
    expect(toAffine([add(sum, order2, tc26A256)], tc26A256)).toEqual([base]);
  });
});
