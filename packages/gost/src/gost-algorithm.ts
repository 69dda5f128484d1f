/**
 * The Kazakh GOST algorithms: which curve, which hash, and what each is called.
 *
 * @module
 */
import type { Algorithm, Digest } from '@egov-gateway/core';

import { type Curve, cryptoProA, tc26A256, tc26A512 } from './curve.ts';
import { createGost34311 } from './gost34311.ts';
import { createStreebog256, createStreebog512 } from './streebog.ts';

/** Names of the algorithms of this package. */
export type GostAlgorithm = Exclude<Algorithm, 'rsa'>;

/** Every one of them. */
export const gostAlgorithms: readonly GostAlgorithm[] = ['gost2004', 'gost2015-256', 'gost2015-512'];

/** What an algorithm is called in keys, certificates and XML signatures. OIDs are dotted. */
export interface GostIdentifiers {
  /** Algorithm of a public key. */
  readonly keyOid: string;
  /** First parameter of a public key: the curve. */
  readonly curveOid: string;
  /** Second parameter of a public key: its hash. */
  readonly keyDigestOid: string;
  /** Algorithm of a signature, in certificates. Its parameters are NULL. */
  readonly signatureOid: string;
  /** The hash on its own, in CMS and time stamps. */
  readonly digestOid: string;
  /** `SignatureMethod` of XML signatures. */
  readonly signatureUri: string;
  /** `DigestMethod` of XML signatures. */
  readonly digestUri: string;
  /** Size of r, s, d and of a coordinate, octets. */
  readonly size: 32 | 64;
}

/** An algorithm with its working parts. */
export interface GostProfile extends GostIdentifiers {
  readonly algorithm: GostAlgorithm;
  readonly curve: Curve;
  createDigest(): Digest;
}

const xmldsigMore = 'http://www.w3.org/2001/04/xmldsig-more#';
const pkigovkz = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:';

const profiles: Readonly<Record<GostAlgorithm, GostProfile>> = {
  gost2004: {
    algorithm: 'gost2004',
    keyOid: '1.2.398.3.10.1.1.1.1',
    curveOid: '1.2.398.3.10.1.1.1.1.1',
    keyDigestOid: '1.2.398.3.10.1.3.1.1.0',
    signatureOid: '1.2.398.3.10.1.1.1.2',
    digestOid: '1.2.398.3.10.1.3.1',
    signatureUri: `${xmldsigMore}gost34310-gost34311`,
    digestUri: `${xmldsigMore}gost34311`,
    size: 32,
    curve: cryptoProA,
    createDigest: () => createGost34311(),
  },
  'gost2015-256': {
    algorithm: 'gost2015-256',
    keyOid: '1.2.398.3.10.1.1.2.1',
    curveOid: '1.2.398.3.10.1.1.2.1.1',
    keyDigestOid: '1.2.398.3.10.1.3.2',
    signatureOid: '1.2.398.3.10.1.1.2.3.1',
    digestOid: '1.2.398.3.10.1.3.2',
    signatureUri: `${pkigovkz}gostr34102015-gostr34112015-256`,
    digestUri: `${pkigovkz}gostr34112015-256`,
    size: 32,
    curve: tc26A256,
    createDigest: createStreebog256,
  },
  'gost2015-512': {
    algorithm: 'gost2015-512',
    keyOid: '1.2.398.3.10.1.1.2.2',
    curveOid: '1.2.398.3.10.1.1.2.2.1',
    keyDigestOid: '1.2.398.3.10.1.3.3',
    signatureOid: '1.2.398.3.10.1.1.2.3.2',
    digestOid: '1.2.398.3.10.1.3.3',
    signatureUri: `${pkigovkz}gostr34102015-gostr34112015-512`,
    digestUri: `${pkigovkz}gostr34112015-512`,
    size: 64,
    curve: tc26A512,
    createDigest: createStreebog512,
  },
};

/**
 * The working parts of `algorithm`.
 *
 * @throws {TypeError} when it is none of this package
 * @internal
 */
export function gostProfile(algorithm: GostAlgorithm): GostProfile {
  if (!Object.hasOwn(profiles, algorithm)) throw new TypeError('expected the name of a GOST algorithm');
  return profiles[algorithm];
}

/**
 * OIDs, URIs and sizes of `algorithm`.
 *
 * @throws {TypeError} when it is none of this package
 */
export function gostIdentifiers(algorithm: GostAlgorithm): GostIdentifiers {
  const {
    curve: _curve,
    createDigest: _createDigest,
    algorithm: _algorithm,
    ...identifiers
  } = gostProfile(algorithm);
  return identifiers;
}
