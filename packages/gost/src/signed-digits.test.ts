import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { signedDigits } from './signed-digits.ts';

describe('signedDigits', () => {
  test.each([2, 3, 5, 8])('with width %i spells the number, sparsely and with odd digits', (width) => {
    const check = (scalar: bigint): void => {
      const digits = [...signedDigits(scalar, width)];
      expect(digits.reduceRight((sum, digit) => 2n * sum + BigInt(digit), 0n)).toBe(scalar);
      expect(digits.every((digit) => digit === 0 || (digit & 1) === 1)).toBe(true);
      expect(digits.every((digit) => Math.abs(digit) < 1 << (width - 1))).toBe(true);
      const positions = digits.flatMap((digit, position) => (digit === 0 ? [] : [position]));
      const gaps = positions.slice(1).map((position, i) => position - (positions[i] ?? 0));
      expect(gaps.every((gap) => gap >= width)).toBe(true);
    };
    for (let scalar = 0n; scalar < 300n; scalar++) check(scalar);
    for (const bits of [255n, 256n, 511n, 512n]) for (const step of [-1n, 0n, 1n]) check(2n ** bits + step);
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 512n }), check));
  });
});
