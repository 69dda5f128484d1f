/**
 * GOST keys of the test PKI. A key comes from its name, so that the same one comes out each time.
 * TEST ONLY. Needs the built packages: `npm run build`.
 */
import { createHash } from 'node:crypto';

import { createGostSigner, derivePublicKey, gostIdentifiers } from '@egov-gateway/gost';

import * as der from './der.mjs';

const seeded = (seed, size) => createHash('sha512').update(`test-only ${seed}`).digest().subarray(0, size);

/** A key of `algorithm` whose number comes from `seed`. */
export function gostKey(algorithm, seed) {
  const identifiers = gostIdentifiers(algorithm);
  const { size } = identifiers;
  // Two bits short, so that the number is below every order.
  const octets = Buffer.from(seeded(`gost key ${algorithm} ${seed}`, size));
  octets[0] &= 0x3f;
  const d = BigInt(`0x${octets.toString('hex')}`);
  const signer = createGostSigner({
    algorithm,
    d,
    allowUnprovenSigning: true,
    random: (length) => new Uint8Array(seeded(`gost nonce ${algorithm} ${seed}`, length)),
  });
  return {
    ...identifiers,
    algorithm,
    octets,
    spki: Buffer.from(derivePublicKey({ algorithm, d }).spki),
    signer,
  };
}

/**
 * PrivateKeyInfo as the national authority writes it: an INTEGER for 2004, an OCTET STRING in little-endian order for
 * 2015. `form` chooses another: `integer`, `little-endian`, `big-endian`.
 */
export function gostPkcs8(key, form = key.algorithm === 'gost2004' ? 'integer' : 'little-endian') {
  const { octets, keyOid, curveOid, keyDigestOid } = key;
  const number = {
    integer: () => der.integer(octets),
    'little-endian': () => der.octetString(Buffer.from(octets).reverse()),
    'big-endian': () => der.octetString(octets),
  }[form]();
  const parameters = der.sequence(der.oid(curveOid), der.oid(keyDigestOid));
  return der.sequence(der.integer(0), der.sequence(der.oid(keyOid), parameters), der.octetString(number));
}
