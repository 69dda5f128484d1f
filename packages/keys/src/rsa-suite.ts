/**
 * RSA with PKCS #1 v1.5 padding, over node:crypto.
 *
 * @module
 */
import { constants, createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

import type { Digest, PublicKey, SignatureSuite } from '@egov-gateway/core';

const minModulusBits = 2048;
// Beyond this OpenSSL refuses as well; checking one signature would take seconds.
const maxModulusBits = 16_384;

/** Parsed keys by the object that carries them: parsing costs more than verifying. `null` is a key that does not fit. */
const parsedKeys = new WeakMap<PublicKey, KeyObject | null>();

function parse(key: PublicKey): KeyObject | null {
  if (key.algorithm !== 'rsa') return null;
  try {
    const parsed = createPublicKey({ key: Buffer.from(key.spki), format: 'der', type: 'spki' });
    const { modulusLength = 0, publicExponent = 0n } = parsed.asymmetricKeyDetails ?? {};
    const fits =
      parsed.asymmetricKeyType === 'rsa' &&
      modulusLength >= minModulusBits &&
      modulusLength <= maxModulusBits &&
      publicExponent >= 3n;
    return fits ? parsed : null;
  } catch {
    return null;
  }
}

function keyObject(key: PublicKey): KeyObject | null {
  let parsed = parsedKeys.get(key);
  if (parsed === undefined) {
    parsed = parse(key);
    parsedKeys.set(key, parsed);
  }
  return parsed;
}

function rsaPkcs1(
  hash: 'sha256' | 'sha1',
  uris: Pick<SignatureSuite, 'signatureUris' | 'digestUris' | 'verifyOnly'>,
): SignatureSuite {
  return Object.freeze({
    algorithm: 'rsa',
    ...uris,
    createDigest: (): Digest => createHash(hash),
    supports: (key) => keyObject(key) !== null,
    verify: async (key, data, signature) => {
      const parsed = keyObject(key);
      if (parsed === null) return false;
      return verify(hash, data, { key: parsed, padding: constants.RSA_PKCS1_PADDING }, signature);
    },
  } satisfies SignatureSuite);
}

/**
 * RSA with SHA-256. Keys from 2048 bits.
 *
 * @see RFC 6931, section 2.3.2 "RSA-SHA256"
 */
export const rsaSuite: SignatureSuite = rsaPkcs1('sha256', {
  signatureUris: ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'],
  digestUris: ['http://www.w3.org/2001/04/xmlenc#sha256'],
});

/**
 * RSA with SHA-1, for reading old messages. Never a default, and a signer refuses it: SHA-1 collisions can be made.
 *
 * Knows the standard identifiers and those in the namespace `xmldsig-more#`, which no standard defines but which
 * software in Kazakhstan writes.
 *
 * @see XML Signature Syntax and Processing 1.1, section 6.1
 */
export const rsaSha1Suite: SignatureSuite = rsaPkcs1('sha1', {
  verifyOnly: true,
  signatureUris: [
    'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    'http://www.w3.org/2001/04/xmldsig-more#rsa-sha1',
  ],
  digestUris: ['http://www.w3.org/2000/09/xmldsig#sha1', 'http://www.w3.org/2001/04/xmldsig-more#sha1'],
});
