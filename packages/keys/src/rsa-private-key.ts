import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

import { KeyError } from '@egov-gateway/core';

import type { PrivateKey, PrivateKeyInfo } from './private-key.ts';
import { rsaBits } from './rsa-strength.ts';
import type { SubjectPublicKeyInfo } from './x509.ts';

/**
 * RSA is node:crypto's: the numbers are read once, into a key object.
 *
 * @throws {KeyError} `ERR_KEY_FORMAT` when it is damaged, `ERR_KEY_UNSUPPORTED` when it is too short or too long
 */
export function readRsaKey({ bytes }: PrivateKeyInfo): PrivateKey {
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
    pairWith: (publicKey) =>
      matches(key, publicKey) ? async (data) => new Uint8Array(sign('sha256', data, key)) : null,
  };
}

function matches(key: KeyObject, publicKey: SubjectPublicKeyInfo): boolean {
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
