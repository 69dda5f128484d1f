import { fixtureText } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createGost34311, gost34311 } from './gost34311.ts';
import { cryptoProBox, kazakhBox } from './gost34311-sbox.ts';

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

const standard = JSON.parse(fixtureText('gost/standard-hashes.json')) as readonly StandardHash[];
const computed = JSON.parse(fixtureText('gost/bouncy-castle-hashes.json')) as readonly ComputedHash[];
const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => 7 * i + 3);
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

describe.each([
  ['gost34311', kazakhBox],
  ['gost34311-crypto-pro', cryptoProBox],
])('gost34311 with the box of %s', (name, box) => {
  test.each(standard.filter((one) => one.hash === name))('$name', ({ message, digest }) => {
    expect(hex(gost34311(Buffer.from(message, 'hex'), box))).toBe(digest);
  });

  test.each(computed.filter((one) => one.hash === name))(
    'agrees with BouncyCastle on $messageBytes octets',
    ({ messageBytes, digest }) => {
      expect(hex(gost34311(pattern(messageBytes), box))).toBe(digest);
    },
  );

  test('gives the same for any pieces', () => {
    const message = pattern(200);
    const whole = hex(gost34311(message, box));
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 12 }), (cuts) => {
        const digest = createGost34311(box);
        let from = 0;
        for (const cut of [...cuts].sort((a, b) => a - b)) {
          digest.update(message.subarray(from, cut));
          from = cut;
        }
        digest.update(message.subarray(from));
        expect(hex(digest.digest())).toBe(whole);
      }),
    );
  });
});

describe('gost34311', () => {
  test('takes the Kazakh box unless told otherwise', () => {
    expect(hex(gost34311(pattern(40)))).toBe(hex(gost34311(pattern(40), kazakhBox)));
    expect(hex(gost34311(pattern(40)))).not.toBe(hex(gost34311(pattern(40), cryptoProBox)));
  });

  test('hashers do not disturb each other', () => {
    const [one, other] = [createGost34311(), createGost34311(cryptoProBox)];
    one.update(pattern(33));
    other.update(pattern(70));
    one.update(pattern(1));
    other.digest();
    expect(hex(one.digest())).toBe(hex(gost34311(Uint8Array.from([...pattern(33), ...pattern(1)]))));
  });

  test('a message that ends in zeros is not the message without them', () => {
    expect(hex(gost34311(new Uint8Array(31)))).not.toBe(hex(gost34311(new Uint8Array(32))));
    expect(hex(gost34311(new Uint8Array(0)))).not.toBe(hex(gost34311(new Uint8Array(1))));
  });

  test('can be asked once', () => {
    const digest = createGost34311();
    digest.digest();
    expect(() => digest.digest()).toThrow(TypeError);
    expect(() => digest.update(pattern(1))).toThrow(TypeError);
  });

  test.each([
    '',
    'zz',
    kazakhBox.slice(1),
    `${kazakhBox}0`,
    kazakhBox.toUpperCase(),
    `${kazakhBox.slice(1)}\n`,
  ])('refuses a box that is not 128 hexadecimal digits', (box) => {
    expect(() => createGost34311(box)).toThrow(TypeError);
  });
});
