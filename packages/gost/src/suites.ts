/**
 * The Kazakh GOST algorithms as suites of XML signatures.
 *
 * @module
 */
import type { Digest, PublicKey, SignatureSuite } from '@egov-gateway/core';

import type { GostBackend } from './backend.ts';
import { type GostAlgorithm, gostProfile } from './gost-algorithm.ts';
import { KnownKeys } from './known-keys.ts';
import { decodeSignature } from './signature-octets.ts';

/** How a suite works. */
export interface GostSuiteOptions {
  readonly algorithm: GostAlgorithm;
  /**
   * How many public keys are remembered with their tables, which makes verifying some five times as fast. A key takes
   * about 50 kB, or 100 kB for `gost2015-512`. Default: 64.
   */
  readonly maxKnownKeys?: number | undefined;
  /** Must be true for a suite of `gost2015-256` with which signers sign. Default: false. */
  readonly allowUnprovenSigning?: boolean | undefined;
  /** Another implementation for the parts that it offers. Default: none. */
  readonly backend?: GostBackend | undefined;
}

const defaultMaxKnownKeys = 64;

/**
 * A suite with options of its own. Most users take {@link gost2004Suite} and {@link gost2015x512Suite} as they are.
 *
 * @throws {TypeError} when an option makes no sense
 */
export function createGostSuite(options: GostSuiteOptions): SignatureSuite {
  const {
    algorithm,
    maxKnownKeys = defaultMaxKnownKeys,
    allowUnprovenSigning = false,
    backend = {},
  } = options;
  const { curve, size, signatureUri, digestUri, createDigest } = gostProfile(algorithm);
  const keys = new KnownKeys(algorithm, maxKnownKeys);
  const newDigest = (): Digest => backend.createDigest?.(algorithm) ?? createDigest();

  const verify = async (key: PublicKey, data: Uint8Array, signature: Uint8Array): Promise<boolean> => {
    const known = keys.get(key);
    if (known === null || typeof decodeSignature(signature, curve) === 'string') return false;
    const hash = newDigest();
    hash.update(data);
    const digest = hash.digest();
    if (backend.verifyDigest === undefined) return known.findFault(digest, signature) === null;
    const publicKey = key.spki.slice(-2 * size);
    return (await backend.verifyDigest({ algorithm, publicKey, digest, signature })) === true;
  };

  return Object.freeze({
    algorithm,
    signatureUris: [signatureUri],
    digestUris: [digestUri],
    verifyOnly: algorithm === 'gost2015-256' && !allowUnprovenSigning,
    createDigest: newDigest,
    supports: (key) => keys.get(key) !== null,
    verify,
  } satisfies SignatureSuite);
}

/** GOST 34.310-2004 with GOST 34.311-95: keys issued until 2024, and certificates of authorities until 2045. */
export const gost2004Suite: SignatureSuite = createGostSuite({ algorithm: 'gost2004' });

/** GOST 34.310-2015 with 512 bits and Streebog-512: the keys that are issued now. */
export const gost2015x512Suite: SignatureSuite = createGostSuite({ algorithm: 'gost2015-512' });

/**
 * GOST 34.310-2015 with 256 bits and Streebog-256, for verifying. To sign with it see `allowUnprovenSigning` of
 * {@link createGostSuite}.
 */
export const gost2015x256Suite: SignatureSuite = createGostSuite({ algorithm: 'gost2015-256' });

/** All three, for a verifier that accepts every kind of Kazakh key: `suites: [rsaSuite, ...gostSuites]`. */
export const gostSuites: readonly SignatureSuite[] = [gost2015x512Suite, gost2004Suite, gost2015x256Suite];
