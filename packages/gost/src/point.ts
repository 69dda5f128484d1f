/**
 * Points of a curve, for public numbers only: everything here takes a time that depends on its arguments.
 *
 * A `Point` is in the coordinates that Sun called XYZZ: x = X/ZZ, y = Y/ZZZ, where ZZ³ = ZZZ²; both are 0 at infinity.
 * Before a subtraction a multiple of p is added that is large enough: the reduction takes no negative numbers.
 *
 * @see Bernstein and Lange, Explicit-Formulas Database, "XYZZ coordinates": madd-2008-s, dbl-2008-s-1
 * @module
 */
import type { Curve } from './curve.ts';

/** A point that is not at infinity. */
export interface AffinePoint {
  readonly x: bigint;
  readonly y: bigint;
}

/** A point, also the one at infinity. */
export interface Point {
  readonly X: bigint;
  readonly Y: bigint;
  readonly ZZ: bigint;
  readonly ZZZ: bigint;
}

/** The neutral element. */
export const infinity: Point = Object.freeze({ X: 1n, Y: 1n, ZZ: 0n, ZZZ: 0n });

/** The same point in the coordinates that sums are computed in. */
export function fromAffine({ x, y }: AffinePoint): Point {
  return { X: x, Y: y, ZZ: 1n, ZZZ: 1n };
}

/** -P. */
export function negate({ x, y }: AffinePoint, { p }: Curve): AffinePoint {
  return { x, y: y === 0n ? 0n : p - y };
}

/** Whether x and y are in the field and fulfil the equation. */
export function isOnCurve({ x, y }: AffinePoint, { field, a, b }: Curve): boolean {
  const { p, reduce } = field;
  if (x < 0n || x >= p || y < 0n || y >= p) return false;
  return reduce(y * y) === reduce(reduce(x * x + a) * x + b);
}

/** 2P. */
export function double(point: Point, curve: Curve): Point {
  const { X, Y, ZZ, ZZZ } = point;
  const { reduce, shrink, p, enough } = curve.field;
  // A point with Y = 0 has order 2; only curves with an even cofactor have one.
  if (ZZ === 0n || Y === 0n) return infinity;
  const U = 2n * Y;
  const V = shrink(U * U);
  const W = shrink(U * V);
  const S = reduce(X * V);
  // a = -3 lets 3X² + aZZ² be written as one product.
  const M = curve.isMinusThree
    ? reduce(3n * (X + p - ZZ) * (X + ZZ))
    : reduce(3n * X * X + curve.a * shrink(ZZ * ZZ));
  const X2 = reduce(M * M + 2n * (p - S));
  return {
    X: X2,
    Y: reduce(M * (S + p - X2) + p * enough - W * Y),
    ZZ: reduce(V * ZZ),
    ZZZ: reduce(W * ZZZ),
  };
}

/** P + Q, for all P and Q: equal, opposite and infinite ones too. */
export function add(point: Point, { x, y }: AffinePoint, curve: Curve): Point {
  const { X, Y, ZZ, ZZZ } = point;
  if (ZZ === 0n) return { X: x, Y: y, ZZ: 1n, ZZZ: 1n };
  const { reduce, shrink, subtract, p, enough } = curve.field;
  const H = subtract(reduce(x * ZZ), X);
  const R = subtract(reduce(y * ZZZ), Y);
  if (H === 0n) return R === 0n ? double(point, curve) : infinity;
  const HH = shrink(H * H);
  const HHH = shrink(H * HH);
  const V = reduce(X * HH);
  const X3 = reduce(R * R + enough - HHH - 2n * V);
  return {
    X: X3,
    Y: reduce(R * (V + p - X3) + p * enough - Y * HHH),
    ZZ: reduce(ZZ * HH),
    ZZZ: reduce(ZZZ * HHH),
  };
}

/** x and y of points none of which is infinite, for the price of one inversion. */
export function toAffine(points: readonly Point[], curve: Curve): AffinePoint[] {
  const { reduce, invert } = curve.field;
  const products: bigint[] = [];
  let product = 1n;
  for (const { ZZZ } of points) {
    products.push(product);
    product = reduce(product * ZZZ);
  }
  let inverse = invert(product);
  const affine: AffinePoint[] = new Array(points.length);
  for (let i = points.length - 1; i >= 0; i--) {
    const { X, Y, ZZ, ZZZ } = points[i] as Point;
    const inverseZZZ = reduce(inverse * (products[i] as bigint));
    inverse = reduce(inverse * ZZZ);
    const inverseZ = reduce(ZZ * inverseZZZ);
    affine[i] = { x: reduce(X * reduce(inverseZ * inverseZ)), y: reduce(Y * inverseZZZ) };
  }
  return affine;
}

/** Whether the x coordinate of a point is `r` modulo n. False for the point at infinity. */
export function hasAbscissa({ X, ZZ }: Point, r: bigint, { field, n }: Curve): boolean {
  if (ZZ === 0n) return false;
  for (let x = r; x < field.p; x += n) {
    if (field.reduce(x * ZZ) === X) return true;
  }
  return false;
}
