import { inspect } from 'node:util';

import { type Algorithm, type Certificate, SignError, type SigningKey } from '@egov-gateway/core';

import type { KeySigner } from './private-key.ts';
import type { KeyPair } from './select-key.ts';

/** A key held in this process. Printing it shows its algorithm and which certificate it has, never itself. */
export function signingKey(pair: KeyPair): SigningKey {
  return new LoadedKey(pair);
}

class LoadedKey implements SigningKey {
  readonly algorithm: Algorithm;
  readonly certificate: Certificate;
  readonly #sign: KeySigner;

  constructor({ algorithm, sign, certificate }: KeyPair) {
    this.algorithm = algorithm;
    this.certificate = certificate;
    this.#sign = sign;
    Object.freeze(this);
  }

  /**
   * Signs in this thread: for RSA-2048 the hand-over to the thread pool costs as much as the signature, and a GOST
   * signature takes a few milliseconds.
   *
   * @throws {SignError} `ERR_SIGN_KEY` when the key refuses, `ERR_SIGN_ALGORITHM` for a `gost2015-256` key that was
   *   loaded without `allowUnprovenSigning`
   */
  async sign(data: Uint8Array): Promise<Uint8Array> {
    try {
      return await this.#sign(data);
    } catch (cause) {
      if (cause instanceof SignError) throw cause;
      throw new SignError('the private key refused to sign', { code: 'ERR_SIGN_KEY', cause });
    }
  }

  toJSON(): { algorithm: Algorithm; certificate: Certificate } {
    return { algorithm: this.algorithm, certificate: this.certificate };
  }

  toString(): string {
    return `SigningKey ${this.algorithm} ${this.certificate.thumbprintSha256}`;
  }

  [inspect.custom](): string {
    return `SigningKey { algorithm: '${this.algorithm}', certificate: '${this.certificate.thumbprintSha256}' }`;
  }
}
