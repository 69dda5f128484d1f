import { codeOf, fixtureText } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { cryptoProA, tc26A256, tc26A512 } from './curve.ts';
import { type GostAlgorithm, gostAlgorithms, gostIdentifiers } from './gost-algorithm.ts';
import { derivePublicKey, isKeyPair } from './key-pair.ts';

interface Vector {
  readonly algorithm: GostAlgorithm;
  readonly d: string;
  readonly publicKey: string;
}

const vectors = JSON.parse(fixtureText('gost/bouncy-castle-signatures.json')) as readonly Vector[];
const orders = { gost2004: cryptoProA.n, 'gost2015-256': tc26A256.n, 'gost2015-512': tc26A512.n } as const;

describe('derivePublicKey', () => {
  test.each(vectors)(
    'gives the public key of BouncyCastle: $algorithm $publicKey',
    ({ algorithm, d, publicKey }) => {
      const { spki } = derivePublicKey({ algorithm, d: BigInt(`0x${d}`) });
      expect(Buffer.from(spki.slice(-2 * gostIdentifiers(algorithm).size)).toString('hex')).toBe(publicKey);
    },
  );

  test.each(gostAlgorithms)('refuses numbers outside 1 to n - 1: %s', async (algorithm) => {
    const n = orders[algorithm];
    for (const d of [0n, -1n, n, n + 1n, 2n ** 600n]) {
      expect(await codeOf(() => derivePublicKey({ algorithm, d }))).toBe('ERR_KEY_FORMAT');
    }
    expect(await codeOf(() => derivePublicKey({ algorithm, d: n - 1n }))).toBeNull();
  });

  test('refuses what is no bigint, and algorithms of others', async () => {
    const wrong = { algorithm: 'gost2004', d: '5' } as unknown as Parameters<typeof derivePublicKey>[0];
    expect(await codeOf(() => derivePublicKey(wrong))).toBe('ERR_KEY_FORMAT');
    const rsa = { algorithm: 'rsa', d: 5n } as unknown as Parameters<typeof derivePublicKey>[0];
    expect(() => derivePublicKey(rsa)).toThrow(TypeError);
  });
});

describe('isKeyPair', () => {
  test.each(gostAlgorithms)('knows a pair from others: %s', (algorithm) => {
    const n = orders[algorithm];
    const publicKey = derivePublicKey({ algorithm, d: 5n });
    expect(isKeyPair({ algorithm, d: 5n }, publicKey)).toBe(true);
    expect(isKeyPair({ algorithm, d: 6n }, publicKey)).toBe(false);
    // The opposite point has the same X.
    expect(isKeyPair({ algorithm, d: n - 5n }, publicKey)).toBe(false);
    expect(isKeyPair({ algorithm, d: 0n }, publicKey)).toBe(false);
    expect(isKeyPair({ algorithm, d: n }, publicKey)).toBe(false);
    expect(isKeyPair({ algorithm, d: 5n }, { algorithm: null, spki: publicKey.spki })).toBe(false);
    expect(isKeyPair({ algorithm, d: 5n }, { algorithm, spki: publicKey.spki.slice(1) })).toBe(false);
    expect(isKeyPair({ algorithm, d: 5n }, { algorithm, spki: new Uint8Array(0) })).toBe(false);
  });

  test('a number belongs to one algorithm', () => {
    const publicKey = derivePublicKey({ algorithm: 'gost2004', d: 5n });
    expect(isKeyPair({ algorithm: 'gost2015-256', d: 5n }, publicKey)).toBe(false);
    expect(isKeyPair({ algorithm: 'gost2015-256', d: 5n }, { ...publicKey, algorithm: 'gost2015-256' })).toBe(
      false,
    );
  });
});
