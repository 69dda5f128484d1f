import { inspect } from 'node:util';

import { codeOf, fixtureText } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { cryptoProA, tc26A256, tc26A512 } from './curve.ts';
import { type GostAlgorithm, gostAlgorithms, gostIdentifiers } from './gost-algorithm.ts';
import { derivePublicKey } from './key-pair.ts';
import { createGostSigner, type GostSignerOptions } from './signer.ts';
import { createGostSuite } from './suites.ts';

interface Vector {
  readonly algorithm: GostAlgorithm;
  readonly d: string;
}

const vectors = JSON.parse(fixtureText('gost/bouncy-castle-signatures.json')) as readonly Vector[];
const orders = { gost2004: cryptoProA.n, 'gost2015-256': tc26A256.n, 'gost2015-512': tc26A512.n } as const;
const data = Buffer.from('octets to sign');
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

describe.each(gostAlgorithms)('createGostSigner, %s', (algorithm) => {
  const d = BigInt(`0x${vectors.find((vector) => vector.algorithm === algorithm)?.d}`);
  const suite = createGostSuite({ algorithm });
  const { size } = gostIdentifiers(algorithm);
  const create = (options: Partial<GostSignerOptions> = {}) =>
    createGostSigner({ algorithm, d, allowUnprovenSigning: true, ...options });

  test('signs for its public key', async () => {
    const signer = create();
    const signature = await signer.sign(data);
    expect(signer.algorithm).toBe(algorithm);
    expect(signer.publicKey).toEqual(derivePublicKey({ algorithm, d }));
    expect(signature).toHaveLength(2 * size);
    expect(await suite.verify(signer.publicKey, data, signature)).toBe(true);
  });

  test('never uses a secret number twice', async () => {
    const signer = create();
    const signatures = await Promise.all(Array.from({ length: 8 }, () => signer.sign(data)));
    expect(new Set(signatures.map((one) => hex(one.slice(0, size)))).size).toBe(8);
  });

  test('with a random source that stands still, equal data gives equal signatures and other data other numbers', async () => {
    const signer = create({ random: (length) => new Uint8Array(length) });
    const [one, again, other] = await Promise.all(
      [data, data, data.subarray(1)].map((each) => signer.sign(each)),
    );
    expect(hex(one as Uint8Array)).toBe(hex(again as Uint8Array));
    expect(hex((one as Uint8Array).slice(0, size))).not.toBe(hex((other as Uint8Array).slice(0, size)));
    expect(await suite.verify(signer.publicKey, data, one as Uint8Array)).toBe(true);
  });

  test('with the same randomness another key has another secret number', async () => {
    const random = (length: number): Uint8Array => new Uint8Array(length).fill(1);
    const one = await create({ random }).sign(data);
    const other = await create({ random, d: d - 1n }).sign(data);
    expect(hex(one.slice(0, size))).not.toBe(hex(other.slice(0, size)));
  });

  test('refuses a random source that gives another length', async () => {
    for (const random of [() => new Uint8Array(0), (length: number) => new Uint8Array(length + 1)]) {
      await expect(create({ random }).sign(data)).rejects.toThrow(TypeError);
    }
  });

  test('refuses private numbers that are out of range', async () => {
    for (const wrong of [0n, -1n, orders[algorithm], orders[algorithm] + 1n]) {
      expect(await codeOf(() => create({ d: wrong }))).toBe('ERR_KEY_FORMAT');
    }
  });

  test('knows its public key from others', () => {
    const signer = create();
    expect(signer.matches(derivePublicKey({ algorithm, d }))).toBe(true);
    expect(signer.matches(derivePublicKey({ algorithm, d: d - 1n }))).toBe(false);
    expect(signer.matches(derivePublicKey({ algorithm, d: orders[algorithm] - d }))).toBe(false);
    expect(signer.matches({ algorithm, spki: new Uint8Array(3) })).toBe(false);
  });

  test('shows nothing of the private number', async () => {
    const signer = create();
    await signer.sign(data);
    const shown = [
      inspect(signer, { depth: 9, showHidden: true }),
      String(signer),
      JSON.stringify(signer),
      JSON.stringify(Object.entries(signer).map(([, value]) => String(value))),
      Object.getOwnPropertyNames(signer).join(),
    ].join('\n');
    for (const digits of [d.toString(), d.toString(16)]) {
      expect(shown).not.toContain(digits);
      expect(shown).not.toContain(digits.slice(4, 20));
    }
    expect(inspect(signer)).toBe(`GostSigner { algorithm: '${algorithm}' }`);
    expect(Object.isFrozen(signer)).toBe(true);
  });

  test('asks the backend, and lets nothing out that does not verify', async () => {
    const honest = create();
    const seen: string[] = [];
    const backend = (change: (signature: Uint8Array) => Uint8Array) => ({
      signDigest: async ({ privateKey, digest }: { privateKey: Uint8Array; digest: Uint8Array }) => {
        seen.push(`${hex(privateKey)} ${digest.length}`);
        return change(await honest.sign(data));
      },
    });
    expect(await create({ backend: backend((signature) => signature) }).sign(data)).toHaveLength(2 * size);
    expect(BigInt(`0x${hex(Buffer.from(seen[0]?.split(' ')[0] ?? '', 'hex').reverse())}`)).toBe(d);
    for (const change of [
      (signature: Uint8Array) => signature.with(0, (signature[0] as number) ^ 1),
      (signature: Uint8Array) => signature.toReversed(),
      (signature: Uint8Array) => signature.slice(1),
      () => new Uint8Array(2 * size),
      () => new Uint8Array(0),
    ]) {
      expect(await codeOf(() => create({ backend: backend(change) }).sign(data))).toBe('ERR_SIGN_KEY');
    }
    expect(await codeOf(() => create({ backend: backend((one) => one) }).sign(data.subarray(1)))).toBe(
      'ERR_SIGN_KEY',
    );
  });
});

describe('createGostSigner', () => {
  test('signs with gost2015-256 only when told that it is not proved', async () => {
    expect(await codeOf(() => createGostSigner({ algorithm: 'gost2015-256', d: 5n }))).toBe(
      'ERR_KEY_UNSUPPORTED',
    );
    const wrong = {
      algorithm: 'gost2015-256',
      d: 5n,
      allowUnprovenSigning: 1,
    } as unknown as GostSignerOptions;
    expect(await codeOf(() => createGostSigner(wrong))).toBe('ERR_KEY_UNSUPPORTED');
  });

  test('refuses algorithms of others', () => {
    const options = { algorithm: 'rsa', d: 5n } as unknown as GostSignerOptions;
    expect(() => createGostSigner(options)).toThrow(TypeError);
  });
});
