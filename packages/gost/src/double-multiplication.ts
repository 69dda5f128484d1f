/**
 * u·G + v·Q, the sum that a verifier computes. For public numbers only.
 *
 * @module
 */
import { baseComb, type CombTable, combColumns, createCombTable } from './comb-table.ts';
import type { Curve } from './curve.ts';
import {
  type AffinePoint,
  add,
  double,
  fromAffine,
  infinity,
  negate,
  type Point,
  toAffine,
} from './point.ts';
import { signedDigits } from './signed-digits.ts';

/** Digits of G reach 127 and those of Q 15: a wider window for Q would cost more to prepare than it saves. */
const widths = { base: 8, key: 5 } as const;

/** What is kept of a base point, each part made when it is needed first. */
class Base {
  readonly #curve: Curve;
  #multiples: readonly AffinePoint[] | undefined;
  #table: CombTable | undefined;

  constructor(curve: Curve) {
    this.#curve = curve;
  }

  get multiples(): readonly AffinePoint[] {
    this.#multiples ??= oddMultiples(this.#point, widths.base, this.#curve);
    return this.#multiples;
  }

  get table(): CombTable {
    this.#table ??= createCombTable(this.#point, this.#curve, baseComb);
    return this.#table;
  }

  get #point(): AffinePoint {
    return { x: this.#curve.gx, y: this.#curve.gy };
  }
}

const bases = new WeakMap<Curve, Base>();

function baseOf(curve: Curve): Base {
  let base = bases.get(curve);
  if (base === undefined) {
    base = new Base(curve);
    bases.set(curve, base);
  }
  return base;
}

/** u·G + v·Q for a Q that has no table: as many doublings as a scalar has bits, and little to prepare. */
export function multiplyCold(curve: Curve, u: bigint, v: bigint, q: AffinePoint): Point {
  const terms = [
    { digits: signedDigits(u, widths.base), multiples: baseOf(curve).multiples },
    { digits: signedDigits(v, widths.key), multiples: oddMultiples(q, widths.key, curve) },
  ];
  let sum = infinity;
  for (let position = Math.max(...terms.map(({ digits }) => digits.length)) - 1; position >= 0; position--) {
    sum = double(sum, curve);
    for (const { digits, multiples } of terms) {
      const digit = digits[position] ?? 0;
      if (digit === 0) continue;
      const multiple = multiples[(Math.abs(digit) - 1) / 2] as AffinePoint;
      sum = add(sum, digit > 0 ? multiple : negate(multiple, curve), curve);
    }
  }
  return sum;
}

/** u·G + v·Q for a Q that has a table. */
export function multiplyWithTable(curve: Curve, u: bigint, v: bigint, table: CombTable): Point {
  const ofBase = baseOf(curve).table.columnsOf(u);
  const ofKey = table.columnsOf(v);
  let sum = infinity;
  for (let column = 0; column < combColumns(curve); column++) {
    sum = double(sum, curve);
    for (const point of ofBase[column] ?? []) sum = add(sum, point, curve);
    for (const point of ofKey[column] ?? []) sum = add(sum, point, curve);
  }
  return sum;
}

/** Whether n·Q is the point at infinity. */
export function isInSubgroup(q: AffinePoint, curve: Curve): boolean {
  if (curve.cofactor === 1n) return true;
  const bits = curve.n.toString(2);
  let sum = infinity;
  for (let i = 0; i < bits.length; i++) {
    sum = double(sum, curve);
    if (bits.charAt(i) === '1') sum = add(sum, q, curve);
  }
  return sum.ZZ === 0n;
}

/** Q, 3Q, 5Q, … for the digits of a window. Q has no small order. */
function oddMultiples(q: AffinePoint, width: number, curve: Curve): AffinePoint[] {
  const [twice] = toAffine([double(fromAffine(q), curve)], curve) as [AffinePoint];
  const multiples = [fromAffine(q)];
  while (multiples.length < 1 << (width - 2)) {
    multiples.push(add(multiples.at(-1) as Point, twice, curve));
  }
  return toAffine(multiples, curve);
}
