import { KeyError } from '@egov-gateway/core';
import { codeOf, derElement, fixtureText } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { cryptoProA, tc26A256, tc26A512 } from './curve.ts';
import { type GostAlgorithm, gostAlgorithms, gostIdentifiers } from './gost-algorithm.ts';
import { derivePublicKey } from './key-pair.ts';
import { concatenate, writeLittleEndian } from './octets.ts';
import { add, double, infinity, negate, toAffine } from './point.ts';
import { decodePoint, encodePoint, readGostPublicKey, writeGostPublicKey } from './public-key.ts';

interface Vector {
  readonly algorithm: GostAlgorithm;
  readonly publicKey: string;
}

const vectors = JSON.parse(fixtureText('gost/bouncy-castle-signatures.json')) as readonly Vector[];
const curves = { gost2004: cryptoProA, 'gost2015-256': tc26A256, 'gost2015-512': tc26A512 } as const;

/** Every octet before X ‖ Y. Those of 2004 and 2015-512 were read off certificates of real authorities. */
const prefixes: Readonly<Record<GostAlgorithm, string>> = {
  gost2004: '306c302506092a830e030a010101013018060a2a830e030a0101010101060a2a830e030a01030101000343000440',
  'gost2015-256': '306a302306092a830e030a010102013016060a2a830e030a010102010106082a830e030a0103020343000440',
  'gost2015-512':
    '3081ac302306092a830e030a010102023016060a2a830e030a010102020106082a830e030a01030303818400048180',
};

describe('readGostPublicKey', () => {
  test.each(vectors)('reads a key of BouncyCastle: $algorithm $publicKey', ({ algorithm, publicKey }) => {
    const spki = Buffer.from(prefixes[algorithm] + publicKey, 'hex');
    const key = readGostPublicKey(spki);
    expect(key.algorithm).toBe(algorithm);
    expect(Buffer.from(encodePoint(key, curves[algorithm])).toString('hex')).toBe(publicKey);
    expect(writeGostPublicKey(key)).toEqual({ algorithm, spki: new Uint8Array(spki) });
  });

  const { spki } = derivePublicKey({ algorithm: 'gost2004', d: 77n });
  const key = spki.slice(-64);
  const changed = (at: number, octet: number): Uint8Array => spki.with(at, octet);
  const oid = (hexadecimal: string): Uint8Array => derElement(0x06, Buffer.from(hexadecimal, 'hex'));
  const encode = (parameters: readonly Uint8Array[], point: Uint8Array): Uint8Array =>
    derElement(
      0x30,
      derElement(0x30, oid('2a830e030a01010101'), derElement(0x30, ...parameters)),
      derElement(0x03, [0], derElement(0x04, point)),
    );
  const own = [oid('2a830e030a0101010101'), oid('2a830e030a0103010100')];

  test('is what the encoder of this test makes too', () => {
    expect(encode(own, key)).toEqual(spki);
  });

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['text', Buffer.from('not a key')],
    ['a key that ends within its head', spki.slice(0, 30)],
    ['a key without parameters', encode([], key)],
    ['a key without its hash', encode(own.slice(0, 1), key)],
    ['a key with a third parameter', encode([...own, derElement(0x05)], key)],
    ['parameters the other way round', encode(own.toReversed(), key)],
    ['another curve', encode([oid('2a830e030a0101010102'), oid('2a830e030a0103010100')], key)],
    ['the Russian name of the curve', encode([oid('2a850302022301'), oid('2a850302021e01')], key)],
    ['a long form of a length', Uint8Array.from([0x30, 0x81, ...spki.slice(1)])],
    ['unused bits', changed(spki.length - 67, 1)],
    ['a point without its OCTET STRING', encode(own, key).fill(0x24, -66, -65)],
    ['a key that is short of an octet', encode(own, key.slice(1))],
    ['a key of three coordinates', encode(own, concatenate(key, key.slice(32)))],
  ])('refuses %s as none of its kinds', async (_rule, octets) => {
    expect(await codeOf(() => readGostPublicKey(octets))).toBe('ERR_KEY_UNSUPPORTED');
  });

  test.each<[string, Uint8Array]>([
    ['an octet behind the key', concatenate(spki, Uint8Array.of(0))],
    ['a key that is cut', spki.slice(0, -1)],
    ['a point off the curve', concatenate(spki.slice(0, -1), Uint8Array.of((spki.at(-1) ?? 0) ^ 1))],
    ['the origin', concatenate(spki.slice(0, -64), new Uint8Array(64))],
    ['coordinates that are too large', concatenate(spki.slice(0, -64), new Uint8Array(64).fill(0xff))],
  ])('refuses %s as damaged', async (_rule, octets) => {
    expect(await codeOf(() => readGostPublicKey(octets))).toBe('ERR_KEY_FORMAT');
  });

  test('an error names the algorithm and never the key', () => {
    try {
      readGostPublicKey(concatenate(spki.slice(0, -64), new Uint8Array(64).fill(7)));
    } catch (error) {
      expect(error).toBeInstanceOf(KeyError);
      expect(String(error)).toMatch(/gost2004 public key is unsound: the point is not on the curve/);
      expect(String(error)).not.toMatch(/\d{5}/);
      return;
    }
    throw new Error('expected an error');
  });
});

describe.each(gostAlgorithms)('decodePoint, %s', (algorithm) => {
  const curve = curves[algorithm];
  const base = { x: curve.gx, y: curve.gy };
  const octets = (x: bigint, y: bigint): Uint8Array =>
    concatenate(writeLittleEndian(x, curve.bytes), writeLittleEndian(y, curve.bytes));

  test('reads the base point', () => {
    expect(decodePoint(octets(base.x, base.y), curve)).toEqual(base);
  });

  test('tells what is wrong', () => {
    const least = 2n ** BigInt(8 * curve.bytes) - curve.p;
    expect(decodePoint(octets(base.x, base.y).slice(1), curve)).toBe('length');
    expect(decodePoint(new Uint8Array(0), curve)).toBe('length');
    expect(decodePoint(octets(curve.p, base.y), curve)).toBe('range');
    expect(decodePoint(octets(base.x, curve.p + least - 1n), curve)).toBe('range');
    expect(decodePoint(octets(base.x, base.y ^ 1n), curve)).toBe('off-curve');
    expect(decodePoint(octets(base.y, base.x), curve)).toBe('off-curve');
    expect(decodePoint(octets(0n, 0n), curve)).toBe('off-curve');
    // The other byte order.
    expect(decodePoint(octets(base.x, base.y).reverse(), curve)).not.toEqual(base);
  });

  test('no coordinate has a second encoding: x + p does not fit, or is refused', () => {
    if (base.x + curve.p < 2n ** BigInt(8 * curve.bytes)) {
      expect(decodePoint(octets(base.x + curve.p, base.y), curve)).toBe('range');
    }
  });

  test('has the size that its identifiers tell', () => {
    expect(gostIdentifiers(algorithm).size).toBe(curve.bytes);
  });
});

describe('decodePoint on a curve with a cofactor', () => {
  const curve = tc26A256;
  const { p, a, b, n } = curve;
  const power = (number: bigint, exponent: bigint): bigint => {
    let result = 1n;
    for (let square = number % p, left = exponent; left > 0n; left >>= 1n, square = (square * square) % p) {
      if ((left & 1n) === 1n) result = (result * square) % p;
    }
    return result;
  };
  const points = Array.from({ length: 40 }, (_, i) => BigInt(i)).flatMap((x) => {
    const square = (x ** 3n + a * x + b) % p;
    const y = power(square, (p + 1n) / 4n);
    return (y * y) % p === square ? [{ x, y }] : [];
  });
  const times = (factor: bigint, point: { x: bigint; y: bigint }) => {
    let sum = infinity;
    for (const bit of factor.toString(2)) {
      sum = double(sum, curve);
      if (bit === '1') sum = add(sum, point, curve);
    }
    return sum;
  };
  const smallOrder = points
    .map((point) => times(n, point))
    .filter((sum) => sum.ZZ !== 0n)
    .flatMap((sum) => toAffine([sum], curve));

  test('the points of this test are on the curve, and some have a small order', () => {
    expect(points.length).toBeGreaterThan(10);
    expect(smallOrder.length).toBeGreaterThan(3);
    for (const point of smallOrder) expect(times(4n, point)).toEqual(infinity);
  });

  test('refuses points of small order, and points with a part of small order', () => {
    for (const point of smallOrder) {
      expect(decodePoint(encodePoint(point, curve), curve)).toBe('wrong-subgroup');
      const base = { x: curve.gx, y: curve.gy };
      const [sum] = toAffine([add(times(7n, base), point, curve)], curve);
      expect(decodePoint(encodePoint(sum ?? base, curve), curve)).toBe('wrong-subgroup');
    }
  });

  test('takes exactly the points whose n-fold is infinite', () => {
    for (const point of [...points, ...points.map((one) => negate(one, curve))]) {
      const expected = times(n, point).ZZ === 0n ? point : 'wrong-subgroup';
      expect(decodePoint(encodePoint(point, curve), curve)).toEqual(expected);
    }
  });

  test('a key of small order is no public key', async () => {
    const { spki } = derivePublicKey({ algorithm: 'gost2015-256', d: 5n });
    const octets = concatenate(spki.slice(0, -64), encodePoint(smallOrder[0] ?? { x: 0n, y: 0n }, curve));
    expect(await codeOf(() => readGostPublicKey(octets))).toBe('ERR_KEY_FORMAT');
  });
});
