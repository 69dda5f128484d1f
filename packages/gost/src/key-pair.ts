import { KeyError, type PublicKey } from '@egov-gateway/core';

import { type GostAlgorithm, gostProfile } from './gost-algorithm.ts';
import { readGostPublicKey, writeGostPublicKey } from './public-key.ts';
import { multiplySecret } from './secret-multiplication.ts';

/** A private key as a number. */
export interface GostPrivateKey {
  readonly algorithm: GostAlgorithm;
  /** From 1 to n - 1. */
  readonly d: bigint;
}

/**
 * The public key of a private one: Q = d·G.
 *
 * @throws {KeyError} `ERR_KEY_FORMAT` when d is not from 1 to n - 1
 */
export function derivePublicKey({ algorithm, d }: GostPrivateKey): PublicKey {
  const { curve } = gostProfile(algorithm);
  if (typeof d !== 'bigint' || d <= 0n || d >= curve.n) {
    throw new KeyError(`the private number of a ${algorithm} key is out of range`, {
      code: 'ERR_KEY_FORMAT',
    });
  }
  return writeGostPublicKey({ algorithm, ...multiplySecret(curve, d) });
}

/** Whether d·G is the point of `publicKey`. False also when either of them is unsound. */
export function isKeyPair(privateKey: GostPrivateKey, publicKey: PublicKey): boolean {
  if (publicKey.algorithm !== privateKey.algorithm) return false;
  try {
    // The encoding is unique, but only a point that is checked may be called a key.
    readGostPublicKey(publicKey.spki);
    return Buffer.compare(derivePublicKey(privateKey).spki, publicKey.spki) === 0;
  } catch (error) {
    if (error instanceof KeyError) return false;
    throw error;
  }
}
