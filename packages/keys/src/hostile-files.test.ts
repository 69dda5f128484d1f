/**
 * Bounded fuzzing: mutated files of every kind end in a documented error or in a result, within time. fast-check prints
 * the seed of a failure; `EGW_FUZZ_SEED` repeats it, `EGW_FUZZ_RUNS` multiplies the runs. With `EGW_SHARED`, real files are
 * mutated too.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { KeyError, VerifyError } from '@egov-gateway/core';
import { derElement, fixture } from '@egov-gateway/testing';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseCertificate, parseCertificates } from './certificate.ts';
import { certificateChain } from './certificate-chain.ts';
import { loadPem } from './load-pem.ts';
import { loadPkcs12 } from './load-pkcs12.ts';

const password = 'test-only';
const organisation = parseCertificate(fixture('keys/organisation.crt'));
const root = parseCertificate(fixture('keys/ca.crt'));

/** Files of real authorities, where a folder of them is at hand. */
const realFiles = (folder: string): Uint8Array[] => {
  const path = join(process.env['EGW_SHARED'] ?? '', 'vectors', folder);
  const names = existsSync(path) ? readdirSync(path) : [];
  return names.filter((name) => !name.includes('SUMS')).map((name) => readFileSync(join(path, name)));
};
const gost = ['gost2004', 'gost2015-256', 'gost2015-512'];
const containers = [
  ...['organisation', 'organisation-modern', 'organisation-legacy', 'organisation-no-mac'],
  ...gost.flatMap((algorithm) => [`${algorithm}/organisation`, `${algorithm}/organisation-sign-and-auth`]),
]
  .map((name) => fixture(`keys/${name}.p12`))
  .concat(realFiles('p12'));
const certificates = [
  organisation.der,
  ...gost.map((algorithm) => parseCertificate(fixture(`keys/${algorithm}/organisation.crt`)).der),
  ...realFiles('certs').flatMap((bytes) => parseCertificates(bytes).map(({ der }) => der)),
];
const roots = [root, ...gost.map((algorithm) => parseCertificate(fixture(`keys/${algorithm}/ca.crt`)))];
const passwords = ['test-only', 'Qwerty12', 'Aa123456'];

/** Every run prints its seed when it fails; the options repeat or prolong it. */
const runs = (numRuns: number): { numRuns: number; seed?: number } => {
  const seed = process.env['EGW_FUZZ_SEED'];
  const factor = Number(process.env['EGW_FUZZ_RUNS'] ?? 1);
  return { numRuns: numRuns * factor, ...(seed !== undefined && { seed: Number(seed) }) };
};
const limits = { maxIterations: 20_000 };
const atMs = Date.parse('2026-11-22T00:00:00Z');

interface Mutation {
  readonly kind: 'flip' | 'set' | 'cut' | 'remove' | 'double' | 'swap';
  readonly at: number;
  readonly size: number;
  readonly value: number;
}

const mutations = fc.array(
  fc.record({
    kind: fc.constantFrom<Mutation['kind']>('flip', 'set', 'cut', 'remove', 'double', 'swap'),
    at: fc.nat(100_000),
    size: fc.integer({ min: 1, max: 64 }),
    value: fc.oneof(fc.nat(255), fc.constantFrom(0x00, 0x02, 0x04, 0x24, 0x30, 0x7f, 0x80, 0x84, 0xa0, 0xff)),
  }),
  { minLength: 1, maxLength: 4 },
);

function mutate(bytes: Uint8Array, steps: readonly Mutation[]): Uint8Array {
  let current = Buffer.from(bytes);
  for (const { kind, at, size, value } of steps) {
    // Headers lie in front and matter most.
    const index = current.length === 0 ? 0 : (value % 2 === 0 ? at % 120 : at) % current.length;
    const [head, middle, tail] = [
      current.subarray(0, index),
      current.subarray(index, index + size),
      current.subarray(index + size),
    ];
    if (kind === 'flip' && current.length > 0) current[index] = (current[index] ?? 0) ^ (1 << (value % 8));
    if (kind === 'set' && current.length > 0) current[index] = value;
    if (kind === 'cut') current = Buffer.from(head);
    if (kind === 'remove') current = Buffer.concat([head, tail]);
    if (kind === 'double') current = Buffer.concat([head, middle, middle, tail]);
    if (kind === 'swap') current = Buffer.concat([tail, middle, head]);
  }
  return current;
}

/** Only errors of the documented classes may come out. */
async function endsWell(
  run: () => unknown,
  allowed: readonly (new (...args: never[]) => Error)[],
): Promise<void> {
  try {
    await run();
  } catch (error) {
    expect(
      allowed.some((kind) => error instanceof kind),
      String(error),
    ).toBe(true);
  }
}

describe('mutated files', () => {
  test('certificates', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...certificates), mutations, async (der, steps) => {
        await endsWell(() => parseCertificate(mutate(der, steps)), [KeyError]);
      }),
      runs(1500),
    );
  });

  test('PEM texts', { timeout: 60_000 }, async () => {
    const text = fixture('keys/organisation.crt');
    await fc.assert(
      fc.asyncProperty(mutations, async (steps) => {
        await endsWell(() => parseCertificates(mutate(text, steps)), [KeyError]);
      }),
      runs(500),
    );
  });

  test('PKCS#12 containers', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...containers), mutations, async (bytes, steps) => {
        const mutated = mutate(bytes, steps);
        for (const word of passwords) await endsWell(() => loadPkcs12(mutated, word, { limits }), [KeyError]);
      }),
      runs(400),
    );
  });

  test('private keys', { timeout: 120_000 }, async () => {
    const der = (name: string): Uint8Array =>
      Buffer.from(
        Buffer.from(fixture(name))
          .toString('latin1')
          .replace(/-----.*-----|\s/g, ''),
        'base64',
      );
    const folders = ['keys', ...gost.map((algorithm) => `keys/${algorithm}`)];
    const pairs = folders.flatMap((folder) =>
      ['organisation.key', 'organisation-encrypted.key'].map((name) => ({
        bytes: der(`${folder}/${name}`),
        certificate: fixture(`${folder}/organisation.crt`),
      })),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pairs), mutations, async ({ bytes, certificate }, steps) => {
        const privateKey = mutate(bytes, steps);
        await endsWell(
          () => loadPem({ privateKey, certificate, password, maxIterations: 20_000 }),
          [KeyError],
        );
      }),
      runs(400),
    );
  });

  test('certificates in messages are never accepted, and end in VerifyError alone', {
    timeout: 60_000,
  }, async () => {
    const policy = certificateChain({ roots, expect: 'any-signer' });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...certificates), mutations, async (original, steps) => {
        const der = mutate(original, steps);
        fc.pre(Buffer.compare(der, original) !== 0);
        await expect(policy.resolve({ kind: 'certificate', der }, atMs)).rejects.toBeInstanceOf(VerifyError);
      }),
      runs(500),
    );
  });
});

describe('bombs', () => {
  const nest = (depth: number): Uint8Array => {
    const open = Array.from({ length: depth }, () => [0x30, 0x80]).flat();
    return Uint8Array.from([...open, ...new Array(depth * 2).fill(0)]);
  };
  const wide = derElement(0x30, ...Array.from({ length: 40_000 }, () => [0x05, 0x00]));
  const pieces = derElement(0x24, ...Array.from({ length: 40_000 }, () => [0x04, 0x00]));

  test.each([
    ['depth', nest(250_000)],
    ['a million elements', wide],
    ['a string of many pieces', pieces],
    ['a length of 4 GiB', Uint8Array.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff])],
    ['size', new Uint8Array(2_000_000).fill(0x30)],
    ['the iterations of the MAC', fixture('keys/mac-iterations-bomb.p12')],
    ['the iterations of a key', fixture('keys/key-iterations-bomb.p12')],
    ['the iterations of a key inside the encrypted part', fixture('keys/hidden-iterations-bomb.p12')],
  ])('%s: refused by every reader, within the time limit of a test', async (_kind, bytes) => {
    const readers: readonly (() => unknown)[] = [
      () => loadPkcs12(bytes, password),
      () => parseCertificate(bytes),
      () => loadPem({ privateKey: bytes, certificate: organisation.der, password }),
    ];
    for (const read of readers) {
      await expect(Promise.resolve().then(read)).rejects.toBeInstanceOf(KeyError);
    }
  });
});
