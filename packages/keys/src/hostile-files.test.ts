/**
 * Bounded fuzzing: mutated files of every kind end in a documented error or in a result, within time. fast-check prints
 * the seed of a failure.
 */

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
const containers = ['organisation', 'organisation-modern', 'organisation-legacy', 'organisation-no-mac'].map(
  (name) => fixture(`keys/${name}.p12`),
);
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
      fc.asyncProperty(mutations, async (steps) => {
        await endsWell(() => parseCertificate(mutate(organisation.der, steps)), [KeyError]);
      }),
      { numRuns: 1500 },
    );
  });

  test('PEM texts', { timeout: 60_000 }, async () => {
    const text = fixture('keys/organisation.crt');
    await fc.assert(
      fc.asyncProperty(mutations, async (steps) => {
        await endsWell(() => parseCertificates(mutate(text, steps)), [KeyError]);
      }),
      { numRuns: 500 },
    );
  });

  test('PKCS#12 containers', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...containers), mutations, async (bytes, steps) => {
        await endsWell(() => loadPkcs12(mutate(bytes, steps), password, { limits }), [KeyError]);
      }),
      { numRuns: 400 },
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
    const keys = [der('keys/organisation.key'), der('keys/organisation-encrypted.key')];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...keys), mutations, async (bytes, steps) => {
        const privateKey = mutate(bytes, steps);
        await endsWell(
          () => loadPem({ privateKey, certificate: organisation.der, password, maxIterations: 20_000 }),
          [KeyError],
        );
      }),
      { numRuns: 400 },
    );
  });

  test('certificates in messages are never accepted, and end in VerifyError alone', {
    timeout: 60_000,
  }, async () => {
    const policy = certificateChain({ roots: [root], expect: 'any-signer' });
    await fc.assert(
      fc.asyncProperty(mutations, async (steps) => {
        const der = mutate(organisation.der, steps);
        fc.pre(Buffer.compare(der, organisation.der) !== 0);
        await expect(policy.resolve({ kind: 'certificate', der }, atMs)).rejects.toBeInstanceOf(VerifyError);
      }),
      { numRuns: 500 },
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
  ])('%s: refused within a second by every reader', { timeout: 5000 }, async (_kind, bytes) => {
    const started = performance.now();
    const readers: readonly (() => unknown)[] = [
      () => loadPkcs12(bytes, password),
      () => parseCertificate(bytes),
      () => loadPem({ privateKey: bytes, certificate: organisation.der, password }),
    ];
    for (const read of readers) {
      await expect(Promise.resolve().then(read)).rejects.toBeInstanceOf(KeyError);
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
