import { constants, generateKeyPairSync, sign } from 'node:crypto';

import type { PublicKey } from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import { rsaSha1Suite, rsaSuite } from './rsa-suite.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const spki = rsa.publicKey.export({ type: 'spki', format: 'der' });
const key: PublicKey = { algorithm: 'rsa', spki };
const data = Buffer.from('octets to sign');

function publicKeyOf(type: 'ec' | 'ed25519' | 'rsa-pss' | 'short'): PublicKey {
  const { publicKey } =
    type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : type === 'ed25519'
        ? generateKeyPairSync('ed25519')
        : type === 'rsa-pss'
          ? generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
          : generateKeyPairSync('rsa', { modulusLength: 1024 });
  return { algorithm: 'rsa', spki: publicKey.export({ type: 'spki', format: 'der' }) };
}

describe.each([
  ['rsaSuite', rsaSuite, 'sha256'],
  ['rsaSha1Suite', rsaSha1Suite, 'sha1'],
] as const)('%s', (_name, suite, hash) => {
  test('verifies what node:crypto signed', async () => {
    expect(await suite.verify(key, data, sign(hash, data, rsa.privateKey))).toBe(true);
  });

  test('has the digest of its name', () => {
    const digest = suite.createDigest();
    digest.update(Buffer.from('ab'));
    digest.update(Buffer.from('c'));
    const expected = {
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
    };
    expect(Buffer.from(digest.digest()).toString('hex')).toBe(expected[hash]);
  });

  test('takes its key', () => {
    expect(suite.supports?.(key)).toBe(true);
  });

  test('refuses other data, another hash, another padding, a cut and an empty signature', async () => {
    const signature = sign(hash, data, rsa.privateKey);
    const other = hash === 'sha1' ? 'sha256' : 'sha1';
    const padding = constants.RSA_PKCS1_PSS_PADDING;

    expect(await suite.verify(key, Buffer.from('other'), signature)).toBe(false);
    expect(await suite.verify(key, data, sign(other, data, rsa.privateKey))).toBe(false);
    expect(await suite.verify(key, data, sign(hash, data, { key: rsa.privateKey, padding }))).toBe(false);
    expect(await suite.verify(key, data, signature.subarray(1))).toBe(false);
    expect(await suite.verify(key, data, Buffer.concat([Buffer.alloc(1), signature]))).toBe(false);
    expect(await suite.verify(key, data, new Uint8Array(0))).toBe(false);
  });

  test.each(['ec', 'ed25519', 'rsa-pss', 'short'] as const)(
    'refuses a key that is no RSA key of 2048 bits, without an exception: %s',
    async (type) => {
      const wrong = publicKeyOf(type);
      expect(suite.supports?.(wrong)).toBe(false);
      expect(await suite.verify(wrong, data, sign(hash, data, rsa.privateKey))).toBe(false);
    },
  );

  test('refuses a key that is called otherwise, is garbage, or has the exponent 1', async () => {
    const signature = sign(hash, data, rsa.privateKey);
    // 01 00 01, the usual exponent, is the end of the structure.
    const exponentOne = Buffer.concat([spki.subarray(0, -5), Buffer.from('0203000001', 'hex')]);
    for (const wrong of [
      { algorithm: 'gost2015-512' as const, spki },
      { algorithm: null, spki },
      { algorithm: 'rsa' as const, spki: Buffer.from('garbage') },
      { algorithm: 'rsa' as const, spki: exponentOne },
    ]) {
      expect(suite.supports?.(wrong)).toBe(false);
      expect(await suite.verify(wrong, data, signature)).toBe(false);
    }
  });
});

describe('the suites', () => {
  test('do not share an identifier', () => {
    const uris = [rsaSuite, rsaSha1Suite].flatMap((suite) => [...suite.signatureUris, ...suite.digestUris]);
    expect(new Set(uris).size).toBe(uris.length);
  });

  test('SHA-1 is for reading only', () => {
    expect(rsaSha1Suite.verifyOnly).toBe(true);
    expect(rsaSuite.verifyOnly ?? false).toBe(false);
  });

  test('cannot be changed', () => {
    expect(Object.isFrozen(rsaSuite)).toBe(true);
    expect(Object.isFrozen(rsaSha1Suite)).toBe(true);
  });
});
