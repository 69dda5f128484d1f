import { randomFillSync } from 'node:crypto';
import { inspect } from 'node:util';

import { type Algorithm, KeyError, type PublicKey, SignError } from '@egov-gateway/core';

import type { GostBackend } from './backend.ts';
import { type GostAlgorithm, type GostProfile, gostProfile } from './gost-algorithm.ts';
import { derivePublicKey, type GostPrivateKey, isKeyPair } from './key-pair.ts';
import { writeLittleEndian } from './octets.ts';
import { readGostPublicKey } from './public-key.ts';
import { blindingBytes, SelfCheck } from './self-check.ts';
import { signDigest } from './sign-digest.ts';

/** What a signer is made from. */
export interface GostSignerOptions extends GostPrivateKey {
  /**
   * Must be true to sign with `gost2015-256`: it was proved against other implementations only, never against a
   * signature of the state's own software, because none is published. Default: false.
   */
  readonly allowUnprovenSigning?: boolean | undefined;
  /** Fresh random octets, as many as asked for. Default: those of node:crypto. */
  readonly random?: ((size: number) => Uint8Array) | undefined;
  /** Another implementation for the parts that it offers. Default: none. */
  readonly backend?: GostBackend | undefined;
}

/** A private key that signs and never hands itself out. */
export interface GostSigner {
  readonly algorithm: GostAlgorithm;
  /** d·G. */
  readonly publicKey: PublicKey;
  /** Whether this is the private half of `publicKey`. */
  matches(publicKey: PublicKey): boolean;
  /**
   * The signature of `data`, hashed here, as XML-DSig and certificates of Kazakhstan carry it: r ‖ s, little-endian.
   *
   * @throws {SignError} `ERR_SIGN_KEY` when the signature does not verify: a fault of the machine or of the backend
   */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/**
 * A signer for a private key. Its first signature takes some 100 ms, in which tables of the curve are made.
 *
 * @example
 * ```ts
 * const signer = createGostSigner({ algorithm: 'gost2015-512', d: 0x1234567890abcdefn });
 * const signature = await signer.sign(new TextEncoder().encode('text'));
 * ```
 *
 * @throws {KeyError} `ERR_KEY_FORMAT` when d is not from 1 to n - 1, `ERR_KEY_UNSUPPORTED` for `gost2015-256` without
 *   `allowUnprovenSigning`
 */
export function createGostSigner(options: GostSignerOptions): GostSigner {
  const { algorithm } = options;
  if (algorithm === 'gost2015-256' && options.allowUnprovenSigning !== true) {
    throw new KeyError(
      'signing with gost2015-256 is not proved: set allowUnprovenSigning to do it nevertheless',
      {
        code: 'ERR_KEY_UNSUPPORTED',
      },
    );
  }
  return new LocalSigner(options);
}

function systemRandom(size: number): Uint8Array {
  return randomFillSync(new Uint8Array(size));
}

class LocalSigner implements GostSigner {
  readonly algorithm: GostAlgorithm;
  readonly publicKey: PublicKey;
  readonly #d: bigint;
  readonly #profile: GostProfile;
  readonly #check: SelfCheck;
  readonly #random: (size: number) => Uint8Array;
  readonly #backend: GostBackend;

  constructor({ algorithm, d, random = systemRandom, backend = {} }: GostSignerOptions) {
    this.algorithm = algorithm;
    this.publicKey = derivePublicKey({ algorithm, d });
    this.#d = d;
    this.#profile = gostProfile(algorithm);
    this.#check = new SelfCheck({ curve: this.#profile.curve, d, q: readGostPublicKey(this.publicKey.spki) });
    this.#random = random;
    this.#backend = backend;
    Object.freeze(this);
  }

  matches(publicKey: PublicKey): boolean {
    return isKeyPair({ algorithm: this.algorithm, d: this.#d }, publicKey);
  }

  async sign(data: Uint8Array): Promise<Uint8Array> {
    const { algorithm } = this;
    const hash = this.#backend.createDigest?.(algorithm) ?? this.#profile.createDigest();
    hash.update(data);
    const digest = hash.digest();
    const signature = await (this.#backend.signDigest?.({
      algorithm,
      privateKey: writeLittleEndian(this.#d, this.#profile.size),
      digest,
    }) ?? this.#signDigest(digest));
    const fault = this.#check.findFault(digest, signature, this.#randomOctets(blindingBytes));
    if (fault !== null) {
      throw new SignError(`the signature that was made does not verify: ${fault}`, { code: 'ERR_SIGN_KEY' });
    }
    return signature;
  }

  #signDigest(digest: Uint8Array): Uint8Array {
    const { curve, size } = this.#profile;
    return signDigest({ curve, d: this.#d, digest, extra: this.#randomOctets(size) });
  }

  #randomOctets(size: number): Uint8Array {
    const octets = this.#random(size);
    if (octets.length !== size) throw new TypeError(`the random source owes ${size} octets`);
    return octets;
  }

  toJSON(): { algorithm: Algorithm } {
    return { algorithm: this.algorithm };
  }

  toString(): string {
    return `GostSigner ${this.algorithm}`;
  }

  [inspect.custom](): string {
    return `GostSigner { algorithm: '${this.algorithm}' }`;
  }
}
