import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  concatenate,
  readBigEndian,
  readLittleEndian,
  reversed,
  writeBigEndian,
  writeLittleEndian,
} from './octets.ts';

describe('numbers as octets', () => {
  test('the first octet is the least or the most significant one', () => {
    expect(readLittleEndian(Uint8Array.of(1, 2))).toBe(0x201n);
    expect(readBigEndian(Uint8Array.of(1, 2))).toBe(0x102n);
    expect([...writeLittleEndian(0x201n, 3)]).toEqual([1, 2, 0]);
    expect([...writeBigEndian(0x102n, 3)]).toEqual([0, 1, 2]);
    expect(readLittleEndian(new Uint8Array(0))).toBe(0n);
  });

  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 512n - 1n }), (number) => {
        expect(readLittleEndian(writeLittleEndian(number, 64))).toBe(number);
        expect(readBigEndian(writeBigEndian(number, 64))).toBe(number);
      }),
    );
  });

  test.each([
    [256n, 1],
    [2n ** 256n, 32],
    [-1n, 1],
    [-1n, 4],
  ])('%s does not fit into %i octets', (number, size) => {
    expect(() => writeLittleEndian(number, size)).toThrow(RangeError);
  });

  test('a part of a larger buffer is read alone, and nothing is changed', () => {
    const large = Uint8Array.of(9, 1, 2, 9);
    expect(readLittleEndian(large.subarray(1, 3))).toBe(0x201n);
    expect(readBigEndian(large.subarray(1, 3))).toBe(0x102n);
    expect([...reversed(large)]).toEqual([9, 2, 1, 9]);
    expect([...large]).toEqual([9, 1, 2, 9]);
    expect([...concatenate(large, new Uint8Array(0), Uint8Array.of(5))]).toEqual([9, 1, 2, 9, 5]);
  });
});
