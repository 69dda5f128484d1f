/**
 * Points of a curve, for public numbers only: everything here takes a time that depends on its arguments.
 *
 * A `Point` is in Jacobian coordinates, x = X/Z², y = Y/Z³; Z = 0 is the point at infinity. Sums keep a positive
 * operand by adding multiples of p before a subtraction, since the reduction takes no negative numbers.
 *
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
  readonly Z: bigint;
}

/** The neutral element. */
export const infinity: Point = Object.freeze({ X: 1n, Y: 1n, Z: 0n });

/** The same point with Z = 1. */
export function fromAffine({ x, y }: AffinePoint): Point {
  return { X: x, Y: y, Z: 1n };
}

/** -P. */
export function negate({ x, y }: AffinePoint, { p }: Curve): AffinePoint {
  return { x, y: y === 0n ? 0n : p - y };
}

/** Whether x and y are in the field and fulfil the equation. */
export function isOnCurve({ x, y }: AffinePoint, { field, a, b }: Curve): boolean {
  const { p, reduce } = field;
  if (x < 0n || x >= p || y < 0n || y >= p) return false;
  return reduce(y * y) === reduce(reduce(reduce(x * x) + a) * x + b);
}

/** 2P. */
export function double(point: Point, curve: Curve): Point {
  const { X, Y, Z } = point;
  const { reduce, p } = curve.field;
  // A point with Y = 0 has order 2; only curves with an even cofactor have one.
  if (Z === 0n || Y === 0n) return infinity;
  const YY = reduce(Y * Y);
  const beta = reduce(X * YY);
  const ZZ = reduce(Z * Z);
  // a = -3 lets 3X² + aZ⁴ be written as one product.
  const alpha = curve.isMinusThree
    ? reduce(3n * (X + p - ZZ) * (X + ZZ))
    : reduce(3n * X * X + curve.a * reduce(ZZ * ZZ));
  const beta4 = 4n * beta;
  const X3 = reduce(alpha * alpha + 8n * p - 2n * beta4);
  const Y3 = reduce(alpha * (beta4 + p - X3) + 8n * p * p - 8n * YY * YY);
  return { X: X3, Y: Y3, Z: reduce(2n * Y * Z) };
}

/** P + Q, for all P and Q: equal, opposite and infinite ones too. */
export function add(point: Point, { x, y }: AffinePoint, curve: Curve): Point {
  const { X, Y, Z } = point;
  if (Z === 0n) return { X: x, Y: y, Z: 1n };
  const { reduce, subtract, p } = curve.field;
  const ZZ = reduce(Z * Z);
  const H = subtract(reduce(x * ZZ), X);
  const R = subtract(reduce(y * reduce(Z * ZZ)), Y);
  if (H === 0n) return R === 0n ? double(point, curve) : infinity;
  const HH = reduce(H * H);
  const HHH = reduce(H * HH);
  const V = reduce(X * HH);
  const X3 = reduce(R * R + 3n * p - HHH - 2n * V);
  const Y3 = reduce(R * (V + p - X3) + p * p - Y * HHH);
  return { X: X3, Y: Y3, Z: reduce(Z * H) };
}

/** x and y of points none of which is infinite, for the price of one inversion. */
export function toAffine(points: readonly Point[], curve: Curve): AffinePoint[] {
  const { reduce, invert } = curve.field;
  const products: bigint[] = [];
  let product = 1n;
  for (const { Z } of points) {
    products.push(product);
    product = reduce(product * Z);
  }
  let inverse = invert(product);
  const affine: AffinePoint[] = new Array(points.length);
  for (let i = points.length - 1; i >= 0; i--) {
    const { X, Y, Z } = points[i] as Point;
    const inverseZ = reduce(inverse * (products[i] as bigint));
    inverse = reduce(inverse * Z);
    const square = reduce(inverseZ * inverseZ);
    affine[i] = { x: reduce(X * square), y: reduce(Y * reduce(square * inverseZ)) };
  }
  return affine;
}

/** Whether the x coordinate of a point is `x` modulo n. False for the point at infinity. */
export function hasAbscissa({ X, Z }: Point, x: bigint, curve: Curve): boolean {
  if (Z === 0n) return false;
  const { reduce, p } = curve.field;
  const ZZ = reduce(Z * Z);
  for (let candidate = x; candidate < p; candidate += curve.n) {
    if (reduce(candidate * ZZ) === X) return true;
  }
  return false;
}
