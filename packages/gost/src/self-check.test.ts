import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cryptoProA, tc26A256, tc26A512 } from './curve.ts';
import { multiplySecret } from './secret-multiplication.ts';
import { blindingBytes, SelfCheck } from './self-check.ts';
import { signDigest } from './sign-digest.ts';
import { VerificationKey } from './verification-key.ts';

const curves = [cryptoProA, tc26A256, tc26A512].map((curve) => [curve.name, curve] as const);

describe.each(curves)('SelfCheck on %s', (_name, curve) => {
  const { bytes, n } = curve;
  const d = (n * 5n) / 11n;
  const q = multiplySecret(curve, d);
  const check = new SelfCheck({ curve, d, q });
  const blinding = fc.uint8Array({ minLength: blindingBytes, maxLength: blindingBytes });
  const digests = fc.uint8Array({ minLength: bytes, maxLength: bytes });
  const sign = (digest: Uint8Array): Uint8Array =>
    signDigest({ curve, d, digest, extra: new Uint8Array(bytes) });

  test('judges as a verifier does, whatever the blinding', () => {
    const key = new VerificationKey(curve, q);
    fc.assert(
      fc.property(digests, blinding, fc.nat(8 * 2 * bytes - 1), (digest, octets, bit) => {
        const signature = sign(digest);
        expect(check.findFault(digest, signature, octets)).toBeNull();
        const wrong = signature.with(bit >> 3, (signature[bit >> 3] as number) ^ (1 << (bit & 7)));
        expect(check.findFault(digest, wrong, octets)).toBe(key.findFault(digest, wrong));
        expect(check.findFault(digest, wrong, octets)).not.toBeNull();
      }),
      { numRuns: 20 },
    );
  });

  test('works with any blinding, also 0, and with d and digests at the edges', () => {
    for (const secret of [1n, 2n, n - 1n]) {
      const own = new SelfCheck({ curve, d: secret, q: multiplySecret(curve, secret) });
      for (const fill of [0, 1, 0xff]) {
        const digest = new Uint8Array(bytes).fill(fill);
        const signature = signDigest({ curve, d: secret, digest, extra: new Uint8Array(0) });
        expect(own.findFault(digest, signature, new Uint8Array(blindingBytes).fill(fill))).toBeNull();
        expect(own.findFault(new Uint8Array(bytes).fill(7), signature, new Uint8Array(blindingBytes))).toBe(
          'mismatch',
        );
      }
    }
  });

  test('notices that the private number is not the one of the public key', () => {
    const digest = new Uint8Array(bytes).fill(3);
    const corrupt = new SelfCheck({ curve, d: d + 1n, q });
    const signature = signDigest({ curve, d: d + 1n, digest, extra: new Uint8Array(0) });
    expect(corrupt.findFault(digest, signature, new Uint8Array(blindingBytes).fill(5))).toBe('mismatch');
  });

  test('tells a signature of another size or range', () => {
    const digest = new Uint8Array(bytes);
    expect(check.findFault(digest, new Uint8Array(2 * bytes), new Uint8Array(blindingBytes))).toBe('range');
    expect(check.findFault(digest, new Uint8Array(bytes), new Uint8Array(blindingBytes))).toBe('length');
  });
});
