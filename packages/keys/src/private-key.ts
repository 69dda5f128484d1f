/**
 * Private keys: PKCS#8 in, an object that signs out.
 *
 * @see RFC 5208 "PKCS #8: Private-Key Information Syntax"
 * @module
 */
import { type Algorithm, KeyError } from '@egov-gateway/core';

import { malformed, readAsn1 } from './asn1.ts';
import { Asn1Reader, readCount, readOctets, tags } from './asn1-values.ts';
import { readGostKey } from './gost-private-key.ts';
import { readRsaKey } from './rsa-private-key.ts';
import {
  type AlgorithmIdentifier,
  keyAlgorithmName,
  readAlgorithm,
  type SubjectPublicKeyInfo,
} from './x509.ts';

/** Makes the signature octets as XML-DSig carries them, and hashes `data` itself. */
export type KeySigner = (data: Uint8Array) => Promise<Uint8Array>;

/** A private key that was read and can be asked one thing. It never hands itself out. */
export interface PrivateKey {
  readonly algorithm: Algorithm;
  /** What signs with it, when it is proven to be the private half of this public key; otherwise `null`. */
  pairWith(publicKey: SubjectPublicKeyInfo): KeySigner | null;
}

/** What a loaded key may do. */
export interface PrivateKeyOptions {
  /**
   * Must be true to sign with a `gost2015-256` key: no signature of the state's own software is published, so that only
   * agreement with other implementations is proved. Without it such a key loads, and refuses to sign. Default: false.
   */
  readonly allowUnprovenSigning?: boolean | undefined;
}

/** PrivateKeyInfo. */
export interface PrivateKeyInfo {
  readonly algorithm: AlgorithmIdentifier;
  /** What the OCTET STRING holds: its form depends on the algorithm. */
  readonly key: Uint8Array;
  /** DER of the whole. */
  readonly bytes: Uint8Array;
}

/** One reader an algorithm. */
const readers: Readonly<Record<Algorithm, (info: PrivateKeyInfo, options: PrivateKeyOptions) => PrivateKey>> =
  {
    rsa: readRsaKey,
    gost2004: (info, options) => readGostKey('gost2004', info, options),
    'gost2015-256': (info, options) => readGostKey('gost2015-256', info, options),
    'gost2015-512': (info, options) => readGostKey('gost2015-512', info, options),
  };

/**
 * The private key in a PKCS#8 structure.
 *
 * @throws {KeyError} `ERR_KEY_FORMAT` when it is damaged, `ERR_KEY_UNSUPPORTED` when its algorithm is not known
 */
export function readPrivateKey(pkcs8: Uint8Array, options: PrivateKeyOptions): PrivateKey {
  const info = readPrivateKeyInfo(pkcs8);
  const name = keyAlgorithmName(info.algorithm.oid);
  if (name === null) {
    throw new KeyError(`private keys of algorithm ${info.algorithm.oid} are not supported`, {
      code: 'ERR_KEY_UNSUPPORTED',
    });
  }
  return readers[name](info, options);
}

function readPrivateKeyInfo(pkcs8: Uint8Array): PrivateKeyInfo {
  const element = readAsn1(pkcs8);
  const reader = new Asn1Reader(element, tags.sequence, 'a private key');
  const version = readCount(reader.take('version', tags.integer));
  if (version !== 0 && version !== 1) throw malformed('a private key is not of version 0 or 1');
  const algorithm = readAlgorithm(reader.take('algorithm'));
  const key = readOctets(reader.take('key'));
  reader.takeIf(0xa0); // attributes
  reader.takeIf(0x81); // public key, RFC 5958
  reader.end();
  return { algorithm, key, bytes: element.bytes };
}
