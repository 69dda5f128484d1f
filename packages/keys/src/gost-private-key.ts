/**
 * GOST private keys in PKCS#8, as the key files of the national authority hold them.
 *
 * @module
 */
import { KeyError, SignError } from '@egov-gateway/core';
import {
  createGostSigner,
  derivePublicKey,
  type GostAlgorithm,
  type GostPrivateKey,
  gostIdentifiers,
} from '@egov-gateway/gost';

import { readAsn1 } from './asn1.ts';
import { readInteger, readOctets, tags } from './asn1-values.ts';
import type { KeySigner, PrivateKey, PrivateKeyInfo, PrivateKeyOptions } from './private-key.ts';

/** A number that the file may mean, with the public key that would belong to it. */
interface Candidate {
  readonly key: GostPrivateKey;
  readonly spki: Uint8Array;
}

/**
 * Reads the number d. An OCTET STRING is little-endian, an INTEGER big-endian; where an OCTET STRING makes sense in both
 * directions, the certificate decides: d·G must be its point.
 *
 * @throws {KeyError} `ERR_KEY_FORMAT` when it holds no number that can be a key of this algorithm
 */
export function readGostKey(
  algorithm: GostAlgorithm,
  { key }: PrivateKeyInfo,
  options: PrivateKeyOptions,
): PrivateKey {
  const candidates = readNumbers(key, gostIdentifiers(algorithm).size).flatMap((d) =>
    candidate({ algorithm, d }),
  );
  if (candidates.length === 0) {
    throw damaged(algorithm);
  }
  return {
    algorithm,
    pairWith(publicKey) {
      const proven = candidates.find(({ spki }) => Buffer.compare(spki, publicKey.bytes) === 0);
      return proven === undefined ? null : signerOf(proven.key, options);
    },
  };
}

/** Octets as numbers, in the order in which they are to be tried. */
function readNumbers(key: Uint8Array, size: number): bigint[] {
  const element = readAsn1(key);
  if (element.tag === tags.integer) {
    // Whoever left out the sign octet meant a positive number all the same.
    return [bigEndian(readInteger(element))];
  }
  const octets = readOctets(element);
  return octets.length === size ? [bigEndian(Uint8Array.from(octets).reverse()), bigEndian(octets)] : [];
}

function candidate(key: GostPrivateKey): Candidate[] {
  try {
    return [{ key, spki: derivePublicKey(key).spki }];
  } catch (error) {
    // Not from 1 to n - 1: in this direction the octets are no key.
    if (error instanceof KeyError) return [];
    throw error;
  }
}

function signerOf({ algorithm, d }: GostPrivateKey, { allowUnprovenSigning }: PrivateKeyOptions): KeySigner {
  if (algorithm === 'gost2015-256' && allowUnprovenSigning !== true) {
    return async () => {
      throw new SignError(
        'signing with gost2015-256 is not proved: load the key with allowUnprovenSigning to do it nevertheless',
        { code: 'ERR_SIGN_ALGORITHM' },
      );
    };
  }
  const signer = createGostSigner({ algorithm, d, allowUnprovenSigning });
  return (data) => signer.sign(data);
}

function bigEndian(octets: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(octets).toString('hex')}`);
}

function damaged(algorithm: GostAlgorithm): KeyError {
  return new KeyError(`the ${algorithm} private key is damaged: it holds no number of the right size`, {
    code: 'ERR_KEY_FORMAT',
  });
}
