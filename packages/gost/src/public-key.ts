/**
 * Public keys: X ‖ Y, both little-endian, and the structure that holds them in certificates.
 *
 * @see RFC 5280, section 4.1.2.7 "Subject Public Key Info"
 * @module
 */
import { KeyError, type PublicKey } from '@egov-gateway/core';

import type { Curve } from './curve.ts';
import { derElement, derOid } from './der.ts';
import { isInSubgroup } from './double-multiplication.ts';
import { type GostAlgorithm, type GostProfile, gostAlgorithms, gostProfile } from './gost-algorithm.ts';
import { concatenate, readLittleEndian, writeLittleEndian } from './octets.ts';
import { type AffinePoint, isOnCurve } from './point.ts';

/** A public key that was read and checked. */
export interface GostPublicKey {
  readonly algorithm: GostAlgorithm;
  readonly x: bigint;
  readonly y: bigint;
}

/** Why octets are no point that can be a public key. */
export type PointFault =
  /** Not two coordinates. */
  | 'length'
  /** A coordinate is p or more. */
  | 'range'
  /** The coordinates do not fulfil the equation of the curve. */
  | 'off-curve'
  /** On the curve, but n times the point is not infinity. */
  | 'wrong-subgroup';

const faultWords: Readonly<Record<PointFault, string>> = {
  length: 'it does not hold two coordinates',
  range: 'a coordinate is too large for the field',
  'off-curve': 'the point is not on the curve',
  'wrong-subgroup': 'the point is not in the subgroup that signatures use',
};

/** The point that X ‖ Y spell, or why there is none. */
export function decodePoint(octets: Uint8Array, curve: Curve): AffinePoint | PointFault {
  const { bytes, p } = curve;
  if (octets.length !== 2 * bytes) return 'length';
  const point = {
    x: readLittleEndian(octets.subarray(0, bytes)),
    y: readLittleEndian(octets.subarray(bytes)),
  };
  if (point.x >= p || point.y >= p) return 'range';
  if (!isOnCurve(point, curve)) return 'off-curve';
  return isInSubgroup(point, curve) ? point : 'wrong-subgroup';
}

/** X ‖ Y. */
export function encodePoint({ x, y }: AffinePoint, { bytes }: Curve): Uint8Array {
  return concatenate(writeLittleEndian(x, bytes), writeLittleEndian(y, bytes));
}

/**
 * Reads the `SubjectPublicKeyInfo` of a Kazakh GOST key. There is one encoding of each key: other lengths, tags and
 * parameters are refused, and so are points that no honest key has.
 *
 * @throws {KeyError} `ERR_KEY_UNSUPPORTED` when algorithm or parameters are none of this package, `ERR_KEY_FORMAT` when
 *   the key itself is unsound
 */
export function readGostPublicKey(spki: Uint8Array): GostPublicKey {
  const algorithm = gostAlgorithms.find((name) => startsWith(spki, prefixes[name]));
  if (algorithm === undefined) {
    throw new KeyError(
      'expected the SubjectPublicKeyInfo of a Kazakh GOST key with its standard parameters',
      {
        code: 'ERR_KEY_UNSUPPORTED',
      },
    );
  }
  const point = decodePoint(spki.subarray(prefixes[algorithm].length), gostProfile(algorithm).curve);
  if (typeof point === 'string') {
    throw new KeyError(`the ${algorithm} public key is unsound: ${faultWords[point]}`, {
      code: 'ERR_KEY_FORMAT',
    });
  }
  return { algorithm, ...point };
}

/** The key with its `SubjectPublicKeyInfo`, as certificates carry it. */
export function writeGostPublicKey({ algorithm, x, y }: GostPublicKey): PublicKey {
  const { curve } = gostProfile(algorithm);
  return { algorithm, spki: concatenate(prefixes[algorithm], encodePoint({ x, y }, curve)) };
}

/** Everything before X ‖ Y: all lengths and parameters of an algorithm are fixed. */
function spkiPrefix({ keyOid, curveOid, keyDigestOid, size }: GostProfile): Uint8Array {
  const parameters = derElement(0x30, derOid(curveOid), derOid(keyDigestOid));
  const algorithm = derElement(0x30, derOid(keyOid), parameters);
  const key = derElement(0x03, [0], derElement(0x04, new Uint8Array(2 * size)));
  return derElement(0x30, algorithm, key).slice(0, -2 * size);
}

const prefixes: Readonly<Record<GostAlgorithm, Uint8Array>> = {
  gost2004: spkiPrefix(gostProfile('gost2004')),
  'gost2015-256': spkiPrefix(gostProfile('gost2015-256')),
  'gost2015-512': spkiPrefix(gostProfile('gost2015-512')),
};

function startsWith(octets: Uint8Array, prefix: Uint8Array): boolean {
  return octets.length >= prefix.length && prefix.every((octet, i) => octets[i] === octet);
}
