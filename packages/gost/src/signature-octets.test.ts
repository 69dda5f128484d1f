import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cryptoProA, tc26A256, tc26A512 } from './curve.ts';
import { concatenate, writeBigEndian, writeLittleEndian } from './octets.ts';
import {
  decodeSignature,
  encodeSignature,
  fromRussianSignature,
  toRussianSignature,
} from './signature-octets.ts';

const curves = [cryptoProA, tc26A256, tc26A512].map((curve) => [curve.name, curve] as const);

describe.each(curves)('signatures on %s', (_name, curve) => {
  const { bytes, n } = curve;
  const number = fc.bigInt({ min: 1n, max: n - 1n });
  const octets = (r: bigint, s: bigint): Uint8Array =>
    concatenate(writeLittleEndian(r, bytes), writeLittleEndian(s, bytes));

  test('are r and s, least significant octet first', () => {
    fc.assert(
      fc.property(number, number, (r, s) => {
        expect(encodeSignature({ r, s }, curve)).toEqual(octets(r, s));
        expect(decodeSignature(octets(r, s), curve)).toEqual({ r, s });
      }),
    );
  });

  test('in the Russian form are s and r, most significant octet first', () => {
    fc.assert(
      fc.property(number, number, (r, s) => {
        const russian = concatenate(writeBigEndian(s, bytes), writeBigEndian(r, bytes));
        expect(toRussianSignature(octets(r, s))).toEqual(russian);
        expect(fromRussianSignature(russian)).toEqual(octets(r, s));
      }),
    );
  });

  test('are refused when a number is 0, n or more', () => {
    const most = 2n ** BigInt(8 * bytes) - 1n;
    for (const wrong of [0n, n, n + 1n, most]) {
      expect(decodeSignature(octets(wrong, 1n), curve)).toBe('range');
      expect(decodeSignature(octets(1n, wrong), curve)).toBe('range');
    }
    expect(decodeSignature(octets(1n, n - 1n), curve)).toEqual({ r: 1n, s: n - 1n });
  });

  test('are refused with any other length', () => {
    for (const length of [0, 1, bytes, 2 * bytes - 1, 2 * bytes + 1, 4 * bytes]) {
      expect(decodeSignature(new Uint8Array(length).fill(1), curve)).toBe('length');
    }
  });
});

describe('toRussianSignature and fromRussianSignature', () => {
  test('leave their argument alone', () => {
    const octets = Uint8Array.from({ length: 64 }, (_, i) => i);
    toRussianSignature(octets);
    fromRussianSignature(octets);
    expect(octets[0]).toBe(0);
  });

  test.each([0, 63, 65, 96, 127, 129])('refuse %i octets', (length) => {
    expect(() => toRussianSignature(new Uint8Array(length))).toThrow(TypeError);
    expect(() => fromRussianSignature(new Uint8Array(length))).toThrow(TypeError);
  });
});
