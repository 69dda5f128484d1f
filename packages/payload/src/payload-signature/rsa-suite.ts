import { constants, createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

import type { PublicKey, SignatureSuite } from '@egov-gateway/core';

const minModulusBits = 2048;
const maxModulusBits = 16_384;

/**
 * RSA with SHA-256, the suite that payload signatures use when none is given. Keys from 2048 bits. The same algorithm
 * as the suite in `wsse`, which lies in the same layer and cannot be imported from here.
 *
 * @see RFC 6931, section 2.3.2 "RSA-SHA256"
 */
export const rsaSha256: SignatureSuite = Object.freeze({
  algorithm: 'rsa',
  signatureUris: ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'],
  digestUris: ['http://www.w3.org/2001/04/xmlenc#sha256'],
  createDigest: () => createHash('sha256'),
  supports: (key) => readKey(key) !== undefined,
  verify: async (key, data, signature) => {
    const parsed = readKey(key);
    return (
      parsed !== undefined &&
      verify('sha256', data, { key: parsed, padding: constants.RSA_PKCS1_PADDING }, signature)
    );
  },
} satisfies SignatureSuite);

function readKey(key: PublicKey): KeyObject | undefined {
  if (key.algorithm !== 'rsa') return undefined;
  try {
    const parsed = createPublicKey({ key: Buffer.from(key.spki), format: 'der', type: 'spki' });
    const bits = parsed.asymmetricKeyDetails?.modulusLength ?? 0;
    const isSound = parsed.asymmetricKeyType === 'rsa' && bits >= minModulusBits && bits <= maxModulusBits;
    return isSound ? parsed : undefined;
  } catch {
    return undefined;
  }
}
