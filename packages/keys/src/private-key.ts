/**
 * Private keys: PKCS#8 in, an object that signs out.
 *
 * @see RFC 5208 "PKCS #8: Private-Key Information Syntax"
 * @module
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

import { type Algorithm, KeyError } from '@egov-gateway/core';

import { malformed, readAsn1 } from './asn1.ts';
import { Asn1Reader, readCount, readOctets, tags } from './asn1-values.ts';
import { rsaBits } from './rsa-strength.ts';
import {
  type AlgorithmIdentifier,
  keyAlgorithmName,
  readAlgorithm,
  type SubjectPublicKeyInfo,
} from './x509.ts';

/** A private key that was read and can be asked two things. It never hands itself out. */
export interface PrivateKey {
  readonly algorithm: Algorithm;
  /** Whether this is the private half of a public key. Proven by a signature, not only by comparing numbers. */
  matches(publicKey: SubjectPublicKeyInfo): boolean;
  /** The signature octets as XML-DSig carries them. The key hashes `data` itself. */
  sign(data: Uint8Array): Uint8Array;
}

/** PrivateKeyInfo. */
interface PrivateKeyInfo {
  readonly algorithm: AlgorithmIdentifier;
  /** What the OCTET STRING holds: its form depends on the algorithm. */
  readonly key: Uint8Array;
  /** DER of the whole. */
  readonly bytes: Uint8Array;
}

/** One reader an algorithm. */
const readers: Readonly<Partial<Record<Algorithm, (info: PrivateKeyInfo) => PrivateKey>>> = {
  rsa: readRsaKey,
};

/**
 * The private key in a PKCS#8 structure.
 *
 * @throws {KeyError} `ERR_KEY_FORMAT` when it is damaged, `ERR_KEY_UNSUPPORTED` when its algorithm is not known
 */
export function readPrivateKey(pkcs8: Uint8Array): PrivateKey {
  const info = readPrivateKeyInfo(pkcs8);
  const name = keyAlgorithmName(info.algorithm.oid);
  const read = name === null ? undefined : readers[name];
  if (read === undefined) {
    throw new KeyError(`private keys of algorithm ${name ?? info.algorithm.oid} are not supported`, {
      code: 'ERR_KEY_UNSUPPORTED',
    });
  }
  return read(info);
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

/** RSA is node:crypto's: the numbers are read once, into a key object. */
function readRsaKey({ bytes }: PrivateKeyInfo): PrivateKey {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new KeyError('the RSA private key is damaged', { code: 'ERR_KEY_FORMAT', cause });
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (!(bits >= rsaBits.min && bits <= rsaBits.max)) {
    throw new KeyError(`an RSA key of ${bits} bits is not supported, ${rsaBits.min} to ${rsaBits.max} are`, {
      code: 'ERR_KEY_UNSUPPORTED',
    });
  }
  return {
    algorithm: 'rsa',
    matches: (publicKey) => matchesRsaKey(key, publicKey),
    sign: (data) => new Uint8Array(sign('sha256', data, key)),
  };
}

function matchesRsaKey(key: KeyObject, publicKey: SubjectPublicKeyInfo): boolean {
  if (publicKey.name !== 'rsa') return false;
  let publicHalf: KeyObject;
  try {
    publicHalf = createPublicKey({ key: Buffer.from(publicKey.bytes), format: 'der', type: 'spki' });
  } catch {
    return false;
  }
  if (!createPublicKey(key).equals(publicHalf)) return false;
  // A key with a damaged private exponent carries the right modulus and signs rubbish.
  const probe = Buffer.from('does this key sign?');
  try {
    return verify('sha256', probe, publicHalf, sign('sha256', probe, key));
  } catch {
    return false;
  }
}
