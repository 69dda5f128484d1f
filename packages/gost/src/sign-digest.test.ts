import { fixtureText } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { createCurve, tc26A512 } from './curve.ts';
import { writeLittleEndian } from './octets.ts';
import { multiplySecret } from './secret-multiplication.ts';
import { signDigest, signWithNonce } from './sign-digest.ts';
import { encodeSignature } from './signature-octets.ts';
import { VerificationKey } from './verification-key.ts';

type Numbers = Readonly<Record<string, string>>;
interface Example {
  readonly name: string;
  readonly curve: Numbers;
}

const examples = JSON.parse(fixtureText('gost/standard-signatures.json')) as readonly (Example & Numbers)[];
const number = (digits: string | undefined): bigint => BigInt(`0x${digits}`);

describe.each(examples.map((example) => [example.name, example] as const))('%s', (name, example) => {
  const [p, a, b, n, cofactor, gx, gy] = ['p', 'a', 'b', 'n', 'cofactor', 'gx', 'gy'].map((key) =>
    number(example.curve[key]),
  ) as [bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  const curve = createCurve({ name, p, a, b, n, cofactor, gx, gy });
  const [d, e, k, r, s] = ['d', 'e', 'k', 'r', 's'].map((key) => number(example[key])) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const q = { x: number(example['qx']), y: number(example['qy']) };
  const digest = writeLittleEndian(e, curve.bytes);

  test('the public key is d·G', () => {
    expect(multiplySecret(curve, d)).toEqual(q);
  });

  test('the secret number gives r and s', () => {
    expect(signWithNonce(curve, { d, e, k })).toEqual({ r, s });
  });

  test('the signature verifies, the first time and with a table, and a neighbour does not', () => {
    const key = new VerificationKey(curve, q);
    for (let use = 0; use < 3; use++) {
      expect(key.findFault(digest, encodeSignature({ r, s }, curve))).toBeNull();
      expect(key.findFault(digest, encodeSignature({ r, s: s + 1n }, curve))).toBe('mismatch');
      expect(key.findFault(digest, encodeSignature({ r: r - 1n, s }, curve))).toBe('mismatch');
    }
  });

  test('our own signature of the digest verifies', () => {
    const signature = signDigest({ curve, d, digest, extra: new Uint8Array(curve.bytes) });
    expect(new VerificationKey(curve, q).findFault(digest, signature)).toBeNull();
  });
});

describe('signDigest', () => {
  test.each([0n, tc26A512.n])('a digest that is 0 modulo n is signed as 1', (e) => {
    const curve = tc26A512;
    const [zero, one] = [writeLittleEndian(e, 64), writeLittleEndian(1n, 64)];
    const signature = signDigest({ curve, d: 3n, digest: zero, extra: new Uint8Array(64) });
    const key = new VerificationKey(curve, multiplySecret(curve, 3n));
    expect(key.findFault(zero, signature)).toBeNull();
    expect(key.findFault(one, signature)).toBeNull();
  });

  test('s = 0 gives no signature', () => {
    const curve = tc26A512;
    const k = 5n;
    const r = multiplySecret(curve, k).x % curve.n;
    // s = r·d + k·e is 0 for e = -r·d/k; with d = k that is -r.
    expect(signWithNonce(curve, { d: k, e: curve.n - r, k })).toBeNull();
  });
});
