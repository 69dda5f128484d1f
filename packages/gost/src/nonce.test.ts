import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cryptoProA, tc26A256, tc26A512 } from './curve.ts';
import { deriveNonces, type NonceSeed } from './nonce.ts';

const p256 = {
  order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secret: 0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721n,
};
const p521 = {
  order:
    0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  secret:
    0x0fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b83538n,
};
/** Here the first two numbers are out of range, and the third is taken. */
const k163 = {
  order: 0x4000000000000000000020108a2e0cc0d99f8a5efn,
  secret: 0x09a4d6792295a7f730fc3f2b49cbc0f62e862272fn,
};
const none = new Uint8Array(0);

/** Leftmost bits of the hash, modulo the order. @see RFC 6979, section 2.3.2 */
function messageNumber(hash: 'sha256' | 'sha512', text: string, order: bigint): bigint {
  const digest = createHash(hash).update(text).digest();
  const surplus = BigInt(Math.max(0, 8 * digest.length - order.toString(2).length));
  return (BigInt(`0x${digest.toString('hex')}`) >> surplus) % order;
}

const first = (seed: NonceSeed): bigint => deriveNonces(seed).next().value;

describe('deriveNonces', () => {
  test.each([
    {
      clause: 'A.1.2',
      key: k163,
      hash: 'sha256',
      text: 'sample',
      k: 0x23af4074c90a02b3fe61d286d5c87f425e6bdd81bn,
    },
    {
      clause: 'A.2.5',
      key: p256,
      hash: 'sha256',
      text: 'sample',
      k: 0xa6e3c57dd01abe90086538398355dd4c3b17aa873382b0f24d6129493d8aad60n,
    },
    {
      clause: 'A.2.5',
      key: p256,
      hash: 'sha256',
      text: 'test',
      k: 0xd16b6ae827f17175e040871a1c7ec3500192c4c92677336ec2537acaee0008e0n,
    },
    {
      clause: 'A.2.5',
      key: p256,
      hash: 'sha512',
      text: 'sample',
      k: 0x5fa81c63109badb88c1f367b47da606da28cad69aa22c4fe6ad7df73a7173aa5n,
    },
    {
      clause: 'A.2.5',
      key: p256,
      hash: 'sha512',
      text: 'test',
      k: 0x6915d11632aca3c40d5d51c08daf9c555933819548784480e93499000d9f0b7fn,
    },
    {
      clause: 'A.2.7',
      key: p521,
      hash: 'sha512',
      text: 'sample',
      k: 0x1dae2ea071f8110dc26882d4d5eae0621a3256fc8847fb9022e2b7d28e6f10198b1574fdd03a9053c08a1854a168aa5a57470ec97dd5ce090124ef52a2f7ecbffd3n,
    },
  ] as const)('gives k of RFC 6979, $clause, for "$text" with $hash', ({ key, hash, text, k }) => {
    expect(first({ ...key, message: messageNumber(hash, text, key.order), extra: none, hash })).toBe(k);
  });

  test.each([cryptoProA, tc26A256, tc26A512].map((curve) => [curve.name, curve.n] as const))(
    'stays within 1 to n - 1 and never repeats for other keys, messages or randomness: %s',
    (_name, order) => {
      const number = fc.bigInt({ min: 1n, max: order - 1n });
      fc.assert(
        fc.property(number, number, fc.uint8Array({ maxLength: 64 }), (secret, message, extra) => {
          const k = first({ order, secret, message, extra });
          expect(k > 0n && k < order).toBe(true);
          expect(first({ order, secret, message, extra })).toBe(k);
          expect(first({ order, secret, message: message === 1n ? 2n : 1n, extra })).not.toBe(k);
          expect(first({ order, secret: secret === 1n ? 2n : 1n, message, extra })).not.toBe(k);
          expect(first({ order, secret, message, extra: Uint8Array.of(...extra, 1) })).not.toBe(k);
        }),
        { numRuns: 30 },
      );
    },
  );

  test('skips numbers that are out of range, and has another one after each', () => {
    // Of 8-bit numbers every second is 130 or more.
    const seen = new Set<bigint>();
    const numbers = deriveNonces({ order: 131n, secret: 5n, message: 7n, extra: none });
    for (let i = 0; i < 200; i++) {
      const { value } = numbers.next();
      expect(value > 0n && value < 131n).toBe(true);
      seen.add(value);
    }
    expect(seen.size).toBeGreaterThan(60);
  });
});
