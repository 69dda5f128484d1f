import { fixtureText } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { type Curve, cryptoProA, tc26A256, tc26A512 } from './curve.ts';
import { multiplyCold } from './double-multiplication.ts';
import { infinity, isOnCurve } from './point.ts';

type Named = Readonly<Record<'name' | 'p' | 'a' | 'b' | 'n' | 'cofactor' | 'gx' | 'gy', string>>;

const published = JSON.parse(fixtureText('gost/bouncy-castle-curves.json')) as readonly Named[];
const curves: readonly Curve[] = [cryptoProA, tc26A256, tc26A512];

describe.each(curves.map((curve) => [curve.name, curve] as const))('%s', (name, curve) => {
  const { n, cofactor, p, a, b, gx, gy } = curve;

  test('has the parameters that BouncyCastle knows', () => {
    const expected = published.find((one) => one.name === name);
    const ours = Object.entries({ p, a, b, n, cofactor, gx, gy });
    expect(ours.map(([key, value]) => [key, value.toString(16)])).toEqual(
      ours.map(([key]) => [key, expected?.[key as keyof Named]]),
    );
  });

  test('has a base point of order n', () => {
    const base = { x: gx, y: gy };
    expect(isOnCurve(base, curve)).toBe(true);
    expect(multiplyCold(curve, 0n, n, base)).toEqual(infinity);
    expect(multiplyCold(curve, 0n, 1n, base).ZZ).not.toBe(0n);
  });

  test('has as many points as Hasse allows', () => {
    const points = n * cofactor;
    expect((points - p - 1n) ** 2n <= 4n * p).toBe(true);
    // A curve with as many points as its field has elements, or one more, is broken.
    expect(points).not.toBe(p);
    expect(points).not.toBe(p + 1n);
  });

  test('is not singular', () => {
    expect((4n * a ** 3n + 27n * b ** 2n) % p).not.toBe(0n);
  });

  test('knows its size and whether a is -3', () => {
    expect(curve.bytes).toBe(name === 'tc26-512-A' ? 64 : 32);
    expect(curve.isMinusThree).toBe(name !== 'tc26-256-A');
  });
});
