/**
 * Multiples of one point, computed in advance, so that multiplying it takes few additions and hardly any doubling.
 *
 * A scalar is written as a sum of ±2^i over all bit positions i, and the positions are dealt out like the teeth of a comb:
 * position = (tooth · blocks + block) · columns + column. One look-up answers for all teeth of a block and a column.
 *
 * @see Lim and Lee, "More flexible exponentiation with precomputation", CRYPTO '94
 * @module
 */
import type { Curve } from './curve.ts';
import { type AffinePoint, add, double, fromAffine, negate, type Point, toAffine } from './point.ts';

/** How the positions are dealt out. A table has `blocks · 2^(teeth - 1)` points. */
export interface CombShape {
  readonly teeth: number;
  readonly blocks: number;
}

/** For the base point and scalars below n: 6144 points, 1.2 MB at 512 bits. */
export const baseComb: CombShape = { teeth: 11, blocks: 6 };
/** For a public key and scalars below n: 1024 points, 200 kB at 512 bits. */
export const keyComb: CombShape = { teeth: 8, blocks: 8 };

/** A table for one point. */
export interface CombTable {
  /** Bits of the scalars that it takes. */
  readonly bits: number;
  /**
   * The points to add in each column, last column first.
   *
   * @param scalar - 0, or an odd number of at most `bits` bits; when `bits` is enough for n, any number below n
   */
  columnsOf(scalar: bigint): readonly AffinePoint[][];
}

/** Every column of scalars that are 0 is empty. */
const noColumns: readonly AffinePoint[][] = [];

/** Columns of every comb of a curve: their doublings are shared by all tables of one multiplication. */
export function combColumns(curve: Curve): number {
  return curve.bytes / 8;
}

/** The table of `point`, which has order n. */
export function createCombTable(point: AffinePoint, curve: Curve, shape: CombShape): CombTable {
  const { teeth, blocks } = shape;
  const columns = combColumns(curve);
  const length = teeth * blocks * columns;
  const table = tabulate(point, curve, shape);
  const half = 1 << (teeth - 1);
  const allOnes = (1n << BigInt(length)) - 1n;

  const lookUp = (bits: string, block: number, column: number): AffinePoint => {
    let digit = 0;
    for (let tooth = teeth - 1; tooth >= 0; tooth--) {
      const position = (tooth * blocks + block) * columns + column;
      digit = 2 * digit + bits.charCodeAt(length - 1 - position) - 48;
    }
    // The table holds the sums in which the topmost tooth counts positive.
    return digit >= half
      ? (table[block * half + digit - half] as AffinePoint)
      : negate(table[block * half + half - 1 - digit] as AffinePoint, curve);
  };

  return {
    bits: length,
    columnsOf: (scalar) => {
      if (scalar === 0n) return noColumns;
      // Only odd numbers are sums of ±2^i; n is odd, so -scalar is odd when scalar is even.
      const isOdd = (scalar & 1n) === 1n;
      const odd = isOdd ? scalar : curve.n - scalar;
      if (odd < 0n || odd > allOnes) throw new RangeError('the scalar does not fit the table');
      const bits = ((odd + allOnes) >> 1n).toString(2).padStart(length, '0');
      const sums: AffinePoint[][] = [];
      for (let column = columns - 1; column >= 0; column--) {
        const sum: AffinePoint[] = [];
        for (let block = 0; block < blocks; block++) {
          const point = lookUp(bits, block, column);
          sum.push(isOdd ? point : negate(point, curve));
        }
        sums.push(sum);
      }
      return sums;
    },
  };
}

/** All sums of one block after another: entry d of a block has tooth i positive when bit i of d is set. */
function tabulate(point: AffinePoint, curve: Curve, { teeth, blocks }: CombShape): AffinePoint[] {
  const columns = combColumns(curve);
  const powers: Point[] = [];
  const doubled: Point[] = [];
  let power = fromAffine(point);
  for (let position = 0; position < teeth * blocks * columns; position++) {
    const next = double(power, curve);
    if (position % columns === 0) {
      powers.push(power);
      doubled.push(next);
    }
    power = next;
  }
  const ofTooth = toAffine(powers, curve);
  const ofToothTwice = toAffine(doubled, curve);

  const sums: Point[] = [];
  for (let block = 0; block < blocks; block++) {
    const start = sums.length;
    let least = fromAffine(ofTooth[(teeth - 1) * blocks + block] as AffinePoint);
    for (let tooth = 0; tooth < teeth - 1; tooth++) {
      least = add(least, negate(ofTooth[tooth * blocks + block] as AffinePoint, curve), curve);
    }
    sums.push(least);
    for (let tooth = 0; tooth < teeth - 1; tooth++) {
      const twice = ofToothTwice[tooth * blocks + block] as AffinePoint;
      const size = 1 << tooth;
      for (let i = 0; i < size; i++) sums.push(add(sums[start + i] as Point, twice, curve));
    }
  }
  return toAffine(sums, curve);
}
