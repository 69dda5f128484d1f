import { createHash } from 'node:crypto';

import type { Digest } from '@egov-gateway/core';
import { createGost34311, createStreebog256, createStreebog512 } from '@egov-gateway/gost';

/** A hash that a signature may name. */
export interface DocumentDigest {
  readonly name: string;
  /** Whether collisions can be made: such a signature proves nothing. */
  readonly isBroken: boolean;
  readonly create: () => Digest;
}

const nodeDigest = (name: string, isBroken = false): DocumentDigest => ({
  name,
  isBroken,
  create: () => {
    const hash = createHash(name);
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
  },
});
const streebog256: DocumentDigest = { name: 'streebog256', isBroken: false, create: createStreebog256 };
const streebog512: DocumentDigest = { name: 'streebog512', isBroken: false, create: createStreebog512 };
const gost34311: DocumentDigest = { name: 'gost34311', isBroken: false, create: () => createGost34311() };

/**
 * By OID: SHA-2 of NIST, Streebog under its Russian and its Kazakh names, the old hash of Kazakhstan, and the two that
 * are broken.
 *
 * @see RFC 5754, section 2; RFC 9215, section 2 for the Russian names
 */
const digests: ReadonlyMap<string, DocumentDigest> = new Map([
  ['2.16.840.1.101.3.4.2.1', nodeDigest('sha256')],
  ['2.16.840.1.101.3.4.2.2', nodeDigest('sha384')],
  ['2.16.840.1.101.3.4.2.3', nodeDigest('sha512')],
  ['1.2.643.7.1.1.2.2', streebog256],
  ['1.2.643.7.1.1.2.3', streebog512],
  ['1.2.398.3.10.1.3.2', streebog256],
  ['1.2.398.3.10.1.3.3', streebog512],
  ['1.2.398.3.10.1.3.1', gost34311],
  ['1.3.14.3.2.26', nodeDigest('sha1', true)],
  ['1.2.840.113549.2.5', nodeDigest('md5', true)],
]);

/** The hash of this OID, or `undefined` when this SDK does not know it. */
export function documentDigest(oid: string): DocumentDigest | undefined {
  return digests.get(oid);
}
