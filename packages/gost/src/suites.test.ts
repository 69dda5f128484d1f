import type { Digest, PublicKey, SignatureSuite } from '@egov-gateway/core';
import { fixtureText } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cryptoProA, tc26A256, tc26A512 } from './curve.ts';
import { type GostAlgorithm, gostAlgorithms, gostIdentifiers } from './gost-algorithm.ts';
import { createGost34311 } from './gost34311.ts';
import { cryptoProBox } from './gost34311-sbox.ts';
import { derivePublicKey } from './key-pair.ts';
import { concatenate, writeLittleEndian } from './octets.ts';
import { toRussianSignature } from './signature-octets.ts';
import { createGostSigner } from './signer.ts';
import {
  createGostSuite,
  gost2004Suite,
  gost2015x256Suite,
  gost2015x512Suite,
  gostSuites,
} from './suites.ts';

interface Vector {
  readonly algorithm: GostAlgorithm;
  readonly messageBytes: number;
  readonly d: string;
  readonly signature: string;
}

const vectors = JSON.parse(fixtureText('gost/bouncy-castle-signatures.json')) as readonly Vector[];
const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => 7 * i + 3);
const curves = { gost2004: cryptoProA, 'gost2015-256': tc26A256, 'gost2015-512': tc26A512 } as const;
const suites: Readonly<Record<GostAlgorithm, SignatureSuite>> = {
  gost2004: gost2004Suite,
  'gost2015-256': gost2015x256Suite,
  'gost2015-512': gost2015x512Suite,
};

describe('a suite', () => {
  test.each(vectors)(
    'takes a signature of BouncyCastle: $algorithm, $messageBytes octets',
    async (vector) => {
      const { algorithm, messageBytes, d, signature } = vector;
      const key = derivePublicKey({ algorithm, d: BigInt(`0x${d}`) });
      const octets = Buffer.from(signature, 'hex');
      expect(await suites[algorithm].verify(key, pattern(messageBytes), octets)).toBe(true);
      expect(await suites[algorithm].verify(key, pattern(messageBytes + 1), octets)).toBe(false);
    },
  );
});

describe.each(gostAlgorithms)('the suite of %s', (algorithm) => {
  const suite = suites[algorithm];
  const { bytes, n } = curves[algorithm];
  const signer = createGostSigner({ algorithm, d: 0x1234567890abcdefn, allowUnprovenSigning: true });
  const key = signer.publicKey;
  const data = pattern(100);
  const signed = signer.sign(data);
  const numbers = (r: bigint, s: bigint): Uint8Array =>
    concatenate(writeLittleEndian(r, bytes), writeLittleEndian(s, bytes));
  const flipped = (octets: Uint8Array, bit: number): Uint8Array =>
    octets.with(bit >> 3, (octets[bit >> 3] as number) ^ (1 << (bit & 7)));
  const bitsOf = (octets: Uint8Array): number[] => Array.from({ length: 8 * octets.length }, (_, bit) => bit);

  test('verifies what was signed, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (message) => {
        expect(await suite.verify(key, message, await signer.sign(message))).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  test('refuses a change of any bit of the signature', { timeout: 120_000 }, async () => {
    const signature = await signed;
    for (const bit of bitsOf(signature)) {
      expect(await suite.verify(key, data, flipped(signature, bit))).toBe(false);
    }
    expect(await suite.verify(key, data, signature)).toBe(true);
  });

  test('refuses a change of any bit of the key', { timeout: 120_000 }, async () => {
    const signature = await signed;
    for (const bit of bitsOf(key.spki)) {
      const other = { algorithm, spki: flipped(key.spki, bit) };
      expect(suite.supports?.(other)).toBe(false);
      expect(await suite.verify(other, data, signature)).toBe(false);
    }
  });

  test('refuses a change of any bit of the data, and so of the digest', { timeout: 120_000 }, async () => {
    const signature = await signed;
    for (const bit of bitsOf(data))
      expect(await suite.verify(key, flipped(data, bit), signature)).toBe(false);
  });

  test('refuses other keys of its kind', async () => {
    for (const d of [1n, 2n, n - 0x1234567890abcdefn, n - 1n]) {
      expect(await suite.verify(derivePublicKey({ algorithm, d }), data, await signed)).toBe(false);
    }
  });

  test('refuses the numbers the other way round, in the other byte order, and in the Russian form', async () => {
    const signature = await signed;
    const [r, s] = [signature.slice(0, bytes), signature.slice(bytes)];
    expect(await suite.verify(key, data, concatenate(s, r))).toBe(false);
    expect(await suite.verify(key, data, concatenate(r.toReversed(), s.toReversed()))).toBe(false);
    expect(await suite.verify(key, data, concatenate(r.toReversed(), s))).toBe(false);
    expect(await suite.verify(key, data, toRussianSignature(signature))).toBe(false);
  });

  test('refuses r or s of 0, n and more, and the negative s', async () => {
    const signature = await signed;
    const [r, s] = [0, bytes].map((at) =>
      BigInt(
        `0x${Buffer.from(signature.slice(at, at + bytes))
          .reverse()
          .toString('hex')}`,
      ),
    ) as [bigint, bigint];
    for (const wrong of [0n, n, 2n ** BigInt(8 * bytes) - 1n]) {
      expect(await suite.verify(key, data, numbers(wrong, s))).toBe(false);
      expect(await suite.verify(key, data, numbers(r, wrong))).toBe(false);
      expect(await suite.verify(key, data, numbers(wrong, wrong))).toBe(false);
    }
    for (const same of [r + n, s + n].filter((number) => number < 2n ** BigInt(8 * bytes))) {
      expect(
        await suite.verify(key, data, numbers(same === r + n ? same : r, same === s + n ? same : s)),
      ).toBe(false);
    }
    expect(await suite.verify(key, data, numbers(r, n - s))).toBe(false);
    expect(await suite.verify(key, data, numbers(1n, 1n))).toBe(false);
  });

  test('refuses signatures of any other length', async () => {
    const signature = await signed;
    for (const wrong of [
      new Uint8Array(0),
      signature.slice(1),
      signature.slice(0, -1),
      concatenate(signature, Uint8Array.of(0)),
      concatenate(Uint8Array.of(0), signature),
      concatenate(signature, signature),
    ]) {
      expect(await suite.verify(key, data, wrong)).toBe(false);
    }
  });

  test('refuses keys of other kinds and damaged ones, without an exception', async () => {
    const others: PublicKey[] = [
      { algorithm: null, spki: key.spki },
      { algorithm: 'rsa', spki: key.spki },
      { algorithm, spki: new Uint8Array(0) },
      { algorithm, spki: key.spki.slice(0, -1) },
      { algorithm, spki: concatenate(key.spki, Uint8Array.of(0)) },
      ...gostAlgorithms
        .filter((other) => other !== algorithm)
        .flatMap((other) => {
          const { spki } = derivePublicKey({ algorithm: other, d: 5n });
          return [
            { algorithm: other, spki },
            { algorithm, spki },
          ];
        }),
    ];
    for (const other of others) {
      expect(suite.supports?.(other)).toBe(false);
      expect(await suite.verify(other, data, await signed)).toBe(false);
    }
    expect(suite.supports?.(key)).toBe(true);
  });

  test('is named as XML signatures name it', () => {
    const { signatureUri, digestUri } = gostIdentifiers(algorithm);
    expect(suite.algorithm).toBe(algorithm);
    expect(suite.signatureUris).toEqual([signatureUri]);
    expect(suite.digestUris).toEqual([digestUri]);
  });

  test('cannot be changed', () => {
    expect(Object.isFrozen(suite)).toBe(true);
  });
});

describe('suites', () => {
  test('have the identifiers that Kazakh software writes', () => {
    const written = gostSuites.map(({ algorithm, signatureUris, digestUris }) => [
      algorithm,
      signatureUris[0],
      digestUris[0],
    ]);
    const names = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:';
    const more = 'http://www.w3.org/2001/04/xmldsig-more#';
    expect(written).toEqual([
      ['gost2015-512', `${names}gostr34102015-gostr34112015-512`, `${names}gostr34112015-512`],
      ['gost2004', `${more}gost34310-gost34311`, `${more}gost34311`],
      ['gost2015-256', `${names}gostr34102015-gostr34112015-256`, `${names}gostr34112015-256`],
    ]);
  });

  test('share no identifier', () => {
    const uris = gostSuites.flatMap(({ signatureUris, digestUris }) => [...signatureUris, ...digestUris]);
    expect(new Set(uris).size).toBe(uris.length);
  });

  test('2015-256 is for verifying, unless its suite is made for more', () => {
    const verifyOnly = gostSuites.filter((suite) => suite.verifyOnly).map(({ algorithm }) => algorithm);
    expect(verifyOnly).toEqual(['gost2015-256']);
    const made = createGostSuite({ algorithm: 'gost2015-256', allowUnprovenSigning: true });
    expect(made.verifyOnly).toBe(false);
  });

  test('hash with the Kazakh box', async () => {
    const signer = createGostSigner({
      algorithm: 'gost2004',
      d: 5n,
      backend: { createDigest: () => createGost34311(cryptoProBox) },
    });
    const signature = await signer.sign(pattern(10));
    expect(await gost2004Suite.verify(signer.publicKey, pattern(10), signature)).toBe(false);
    const digest = gost2004Suite.createDigest();
    digest.update(new Uint8Array(0));
    expect(Buffer.from(digest.digest()).toString('hex').slice(0, 8)).toBe('ce85b99c');
  });
});

describe('createGostSuite', () => {
  const algorithm = 'gost2015-512';
  const signer = createGostSigner({ algorithm, d: 77n });
  const data = pattern(20);

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %s keys to remember',
    (maxKnownKeys) => {
      expect(() => createGostSuite({ algorithm, maxKnownKeys })).toThrow(TypeError);
    },
  );

  test('refuses algorithms of others', () => {
    const options = { algorithm: 'rsa' } as unknown as Parameters<typeof createGostSuite>[0];
    expect(() => createGostSuite(options)).toThrow(TypeError);
  });

  test.each([0, 1, 2])('gives the same answers with %i remembered keys', async (maxKnownKeys) => {
    const suite = createGostSuite({ algorithm, maxKnownKeys });
    const signature = await signer.sign(data);
    const others = [5n, 6n, 7n].map((d) => derivePublicKey({ algorithm, d }));
    for (let round = 0; round < 3; round++) {
      expect(await suite.verify(signer.publicKey, data, signature)).toBe(true);
      for (const other of others) expect(await suite.verify(other, data, signature)).toBe(false);
    }
  });

  test('asks the backend for what it offers, with sound requests only', async () => {
    const requests: string[] = [];
    let hashes = 0;
    const suite = createGostSuite({
      algorithm,
      backend: {
        createDigest: (name): Digest => {
          hashes += 1;
          return suites[name as GostAlgorithm].createDigest();
        },
        verifyDigest: async ({ publicKey, digest, signature }) => {
          requests.push([publicKey.length, digest.length, signature.length].join());
          return digest[0] !== undefined;
        },
      },
    });
    expect(await suite.verify(signer.publicKey, data, new Uint8Array(128).fill(1))).toBe(true);
    expect(requests).toEqual(['128,64,128']);
    expect(hashes).toBe(1);
    expect(await suite.verify(signer.publicKey, data, new Uint8Array(128))).toBe(false);
    expect(await suite.verify(signer.publicKey, data, new Uint8Array(64).fill(1))).toBe(false);
    expect(await suite.verify({ algorithm, spki: data }, data, new Uint8Array(128).fill(1))).toBe(false);
    expect(requests).toHaveLength(1);
  });

  test('anything but true from a backend is no', async () => {
    for (const answer of [false, undefined, 1, 'true', Promise.resolve(false)]) {
      const verifyDigest = () => answer as unknown as boolean;
      const suite = createGostSuite({ algorithm, backend: { verifyDigest } });
      expect(await suite.verify(signer.publicKey, data, await signer.sign(data))).toBe(false);
    }
  });
});
