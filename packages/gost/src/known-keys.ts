import type { PublicKey } from '@egov-gateway/core';

import { type GostAlgorithm, gostProfile } from './gost-algorithm.ts';
import { readGostPublicKey } from './public-key.ts';
import { VerificationKey } from './verification-key.ts';

/**
 * The keys that were used last, by their octets: a certificate that comes with each message is another object each time.
 * The one that was not used for the longest time makes room.
 */
export class KnownKeys {
  readonly #algorithm: GostAlgorithm;
  readonly #maxKeys: number;
  readonly #keys = new Map<string, VerificationKey>();

  constructor(algorithm: GostAlgorithm, maxKeys: number) {
    if (!Number.isSafeInteger(maxKeys) || maxKeys < 0) {
      throw new TypeError('maxKnownKeys is a whole number from 0 on');
    }
    this.#algorithm = algorithm;
    this.#maxKeys = maxKeys;
  }

  /** How many keys are held. */
  get size(): number {
    return this.#keys.size;
  }

  /** The key, or `null` when it is none of the algorithm or unsound. Those are not remembered. */
  get(key: PublicKey): VerificationKey | null {
    if (key.algorithm !== this.#algorithm) return null;
    const name = Buffer.from(key.spki).toString('latin1');
    const known = this.#keys.get(name) ?? this.#read(key.spki);
    if (known === null) return null;
    this.#keys.delete(name);
    this.#keys.set(name, known);
    if (this.#keys.size > this.#maxKeys) this.#keys.delete(this.#keys.keys().next().value as string);
    return known;
  }

  #read(spki: Uint8Array): VerificationKey | null {
    try {
      const { algorithm, x, y } = readGostPublicKey(spki);
      return algorithm === this.#algorithm
        ? new VerificationKey(gostProfile(algorithm).curve, { x, y })
        : null;
    } catch {
      return null;
    }
  }
}
