/**
 * d·G and k·G, where the factor is a secret. The ladder is `multiply` of `@noble/curves`, which does the same additions
 * for every factor as far as JavaScript allows; only the field below it is ours, because that makes it faster.
 *
 * @module
 */
import { Field, type IField } from '@noble/curves/abstract/modular.js';
import { type WeierstrassPointCons, weierstrass } from '@noble/curves/abstract/weierstrass.js';

import type { Curve } from './curve.ts';
import type { AffinePoint } from './point.ts';

const pointClasses = new WeakMap<Curve, WeierstrassPointCons<bigint>>();

/**
 * `scalar`·G.
 *
 * @param scalar - from 1 to n - 1
 * @throws {RangeError} when it is not
 */
export function multiplySecret(curve: Curve, scalar: bigint): AffinePoint {
  return pointClass(curve).BASE.multiply(scalar).toAffine();
}

function pointClass(curve: Curve): WeierstrassPointCons<bigint> {
  let points = pointClasses.get(curve);
  if (points === undefined) {
    const { p, a, b, n, cofactor: h, gx: Gx, gy: Gy } = curve;
    points = weierstrass({ p, a, b, n, h, Gx, Gy }, { Fp: fieldOf(curve) });
    pointClasses.set(curve, points);
  }
  return points;
}

/**
 * The field of noble with our arithmetic. Written out as one literal, because the engine finds its functions faster
 * there than in an object that inherits them.
 */
function fieldOf({ field, a, b, isMinusThree }: Curve): IField<bigint> {
  const { p, reduce, add, subtract, invert } = field;
  const whole = Field(p);
  const [twoP, threeP, threeB] = [2n * p, 3n * p, reduce(3n * b)];
  // The formulas of noble multiply by a, which is -3, and work out 3b, over and over.
  const multiply = (x: bigint, y: bigint): bigint => {
    if (y === 3n && x === b) return threeB;
    if (x !== a || !isMinusThree) return reduce(x * y);
    const threeY = 3n * y;
    if (threeY === 0n) return 0n;
    return (threeY < p ? p : threeY < twoP ? twoP : threeP) - threeY;
  };
  return {
    ORDER: p,
    BITS: whole.BITS,
    BYTES: whole.BYTES,
    isLE: false,
    ZERO: 0n,
    ONE: 1n,
    create: (x) => whole.create(x),
    isValid: (x) => x >= 0n && x < p,
    is0: (x) => x === 0n,
    isValidNot0: (x) => x > 0n && x < p,
    isOdd: (x) => (x & 1n) === 1n,
    eql: (x, y) => x === y,
    neg: (x) => (x === 0n ? x : p - x),
    add,
    sub: subtract,
    mul: multiply,
    sqr: (x) => reduce(x * x),
    inv: invert,
    div: (x, y) => reduce(x * invert(y)),
    pow: (x, exponent) => whole.pow(x, exponent),
    sqrt: (x) => whole.sqrt(x),
    addN: (x, y) => x + y,
    subN: (x, y) => x - y,
    mulN: (x, y) => x * y,
    sqrN: (x) => x * x,
    invertBatch: (list) => whole.invertBatch(list),
    toBytes: (x) => whole.toBytes(x),
    fromBytes: (octets, skipValidation) => whole.fromBytes(octets, skipValidation),
    cmov: (x, y, condition) => (condition ? y : x),
  };
}
