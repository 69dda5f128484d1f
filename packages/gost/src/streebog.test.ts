import type { Digest } from '@egov-gateway/core';
import { fixtureText } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createStreebog256, createStreebog512, streebog256, streebog512 } from './streebog.ts';

interface StandardHash {
  readonly name: string;
  readonly hash: string;
  readonly message: string;
  readonly digest: string;
}

interface ComputedHash {
  readonly hash: string;
  readonly messageBytes: number;
  readonly digest: string;
}

const hashes = {
  streebog256: { create: createStreebog256, hash: streebog256, size: 32 },
  streebog512: { create: createStreebog512, hash: streebog512, size: 64 },
} as const;

const standard = JSON.parse(fixtureText('gost/standard-hashes.json')) as readonly StandardHash[];
const computed = JSON.parse(fixtureText('gost/bouncy-castle-hashes.json')) as readonly ComputedHash[];
const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => 7 * i + 3);
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

function inPieces(digest: Digest, message: Uint8Array, cuts: readonly number[]): Uint8Array {
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    digest.update(message.subarray(from, cut));
    from = cut;
  }
  digest.update(message.subarray(from));
  return digest.digest();
}

describe.each(Object.entries(hashes))('%s', (name, { create, hash, size }) => {
  test.each(standard.filter((one) => one.hash === name))('$name', ({ message, digest }) => {
    expect(hex(hash(Buffer.from(message, 'hex')))).toBe(digest);
  });

  test.each(computed.filter((one) => one.hash === name))(
    'agrees with BouncyCastle on $messageBytes octets',
    ({ messageBytes, digest }) => {
      expect(hex(hash(pattern(messageBytes)))).toBe(digest);
    },
  );

  test('gives the same for any pieces, also empty ones', () => {
    const message = pattern(400);
    const whole = hex(hash(message));
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 12 }), (cuts) => {
        expect(hex(inPieces(create(), message, cuts))).toBe(whole);
      }),
    );
  });

  test('reads a part of a larger buffer, whatever its alignment', () => {
    const large = pattern(300);
    for (const start of [0, 1, 3, 64]) {
      expect(hex(hash(large.subarray(start, start + 130)))).toBe(hex(hash(large.slice(start, start + 130))));
    }
  });

  test('does not keep what it was given: a caller may reuse the buffer', () => {
    const digest = create();
    const buffer = pattern(10);
    digest.update(buffer);
    buffer.fill(0);
    expect(hex(digest.digest())).toBe(hex(hash(pattern(10))));
  });

  test(`has ${size} octets, and other ones for other messages`, () => {
    expect(hash(pattern(1))).toHaveLength(size);
    expect(hex(hash(pattern(1)))).not.toBe(hex(hash(Uint8Array.of(2))));
    expect(hex(hash(pattern(64)))).not.toBe(hex(hash(pattern(65))));
    expect(hex(hash(new Uint8Array(63)))).not.toBe(hex(hash(new Uint8Array(64))));
  });

  test('carries in the sum of the blocks over all its words', () => {
    const message = new Uint8Array(192).fill(0xff);
    expect(hex(hash(message))).not.toBe(hex(hash(message.subarray(64))));
    expect(hex(inPieces(create(), message, [1, 2, 100]))).toBe(hex(hash(message)));
  });

  test('can be asked once', () => {
    const digest = create();
    digest.digest();
    expect(() => digest.digest()).toThrow(TypeError);
    expect(() => digest.update(pattern(1))).toThrow(TypeError);
  });
});

describe('streebog256 and streebog512', () => {
  test('are not parts of each other', () => {
    const message = pattern(5);
    expect(hex(streebog512(message))).not.toContain(hex(streebog256(message)));
  });
});
