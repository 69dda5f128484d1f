/**
 * u·G + v·Q, the sum that a verifier computes. For public numbers only.
 *
 * @module
 */
import { type CombTable, combColumns, createCombTable, largeComb } from './comb-table.ts';
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

/** Odd multiples of Q up to 15: wider windows cost more to prepare than they save. */
const windowWidth = 5;

const baseTables = new WeakMap<Curve, CombTable>();

/** The table of the base point, made at its first use. */
function baseTable(curve: Curve): CombTable {
  let table = baseTables.get(curve);
  if (table === undefined) {
    table = createCombTable({ x: curve.gx, y: curve.gy }, curve, largeComb);
    baseTables.set(curve, table);
  }
  return table;
}

/** u·G + v·Q for a Q that has no table: as many doublings as v has bits. Q has order n. */
export function multiplyCold(curve: Curve, u: bigint, v: bigint, q: AffinePoint): Point {
  const ofBase = baseTable(curve).columnsOf(u);
  const ofKey = signedDigits(v, windowWidth);
  const multiples = v === 0n ? [] : oddMultiples(q, curve);
  let sum = infinity;
  for (let position = Math.max(ofKey.length, combColumns(curve)) - 1; position >= 0; position--) {
    sum = double(sum, curve);
    const digit = ofKey[position] ?? 0;
    if (digit !== 0) {
      const multiple = multiples[(Math.abs(digit) - 1) / 2] as AffinePoint;
      sum = add(sum, digit > 0 ? multiple : negate(multiple, curve), curve);
    }
    const column = ofBase[ofBase.length - 1 - position];
    if (column !== undefined) for (const point of column) sum = add(sum, point, curve);
  }
  return sum;
}

/** u·G + v·Q for a Q that has a table. */
export function multiplyWithTable(curve: Curve, u: bigint, v: bigint, table: CombTable): Point {
  const ofBase = baseTable(curve).columnsOf(u);
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
  return sum.Z === 0n;
}

/** Q, 3Q, 5Q, … 15Q. */
function oddMultiples(q: AffinePoint, curve: Curve): AffinePoint[] {
  const [twice] = toAffine([double(fromAffine(q), curve)], curve) as [AffinePoint];
  const multiples = [fromAffine(q)];
  while (multiples.length < 1 << (windowWidth - 2)) {
    multiples.push(add(multiples.at(-1) as Point, twice, curve));
  }
  return toAffine(multiples, curve);
}
