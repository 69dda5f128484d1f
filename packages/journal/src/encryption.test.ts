import { createDecipheriv, createSecretKey, generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';

import { codeOf } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createByteCipher, type EncryptionKeys } from './encryption.ts';

const oldKey = new Uint8Array(32).fill(0x11);
const newKey = new Uint8Array(32).fill(0x22);
const place = { localKey: '0190a6e0-0000-7000-8000-000000000001', version: 1 };
const plain = Buffer.from('<soap:Envelope/>');
const cipher = createByteCipher({ current: 'new', keys: { old: oldKey, new: newKey } });

describe('createByteCipher', () => {
  test('gives back what it sealed, of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const sealed = cipher.seal(bytes, place);
        expect(Buffer.from(cipher.open(sealed, place))).toEqual(Buffer.from(bytes));
        expect(cipher.plainLength({ byteLength: sealed.bytes.byteLength, keyId: sealed.keyId })).toBe(
          bytes.length,
        );
      }),
    );
  });

  test('stores nonce, ciphertext and tag, as the README says', () => {
    const { bytes, keyId } = cipher.seal(plain, place);
    const decipher = createDecipheriv('aes-256-gcm', newKey, bytes.subarray(0, 12));
    decipher.setAAD(
      Buffer.from(`egw-journal-bytes/1\nlocalKey 36 ${place.localKey}\nversion 1 1\nkeyId 3 new\n`),
    );
    decipher.setAuthTag(bytes.subarray(-16));
    expect(keyId).toBe('new');
    expect(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])).toEqual(plain);
  });

  test('seals the same bytes differently each time', () => {
    expect(cipher.seal(plain, place).bytes).not.toEqual(cipher.seal(plain, place).bytes);
  });

  test('opens what an older key sealed, and seals with the current one', () => {
    const sealed = createByteCipher({ current: 'old', keys: { old: oldKey } }).seal(plain, place);
    expect(sealed.keyId).toBe('old');
    expect(cipher.open(sealed, place)).toEqual(plain);
    expect(cipher.seal(plain, place).keyId).toBe('new');
  });

  test('takes a KeyObject', () => {
    const given = createByteCipher({ current: 'new', keys: { new: createSecretKey(newKey) } });
    expect(given.open(cipher.seal(plain, place), place)).toEqual(plain);
  });

  test('leaves bytes as they are without keys, and opens them with keys too', () => {
    const sealed = createByteCipher().seal(plain, place);
    expect(sealed).toEqual({ bytes: plain, keyId: undefined });
    expect(cipher.open(sealed, place)).toEqual(plain);
  });

  test('does not depend on the array of the key afterwards', () => {
    const key = Uint8Array.from(newKey);
    const own = createByteCipher({ current: 'new', keys: { new: key } });
    key.fill(0);
    expect(own.open(cipher.seal(plain, place), place)).toEqual(plain);
  });

  test.each<[string, { localKey: string; version: number }]>([
    ['another message', { ...place, localKey: '0190a6e0-0000-7000-8000-000000000002' }],
    ['another event', { ...place, version: 2 }],
  ])('does not open the bytes as those of %s', async (_, other) => {
    const sealed = cipher.seal(plain, place);
    expect(await codeOf(() => cipher.open(sealed, other))).toBe('ERR_JOURNAL_KEY');
  });

  test('does not open bytes under the id of another key', async () => {
    const { bytes } = cipher.seal(plain, place);
    expect(await codeOf(() => cipher.open({ bytes, keyId: 'old' }, place))).toBe('ERR_JOURNAL_KEY');
    const same = createByteCipher({ current: 'a', keys: { a: newKey, b: newKey } });
    const sealed = same.seal(plain, place);
    expect(await codeOf(() => same.open({ ...sealed, keyId: 'b' }, place))).toBe('ERR_JOURNAL_KEY');
  });

  test('does not open bytes with any one bit changed', () => {
    const { bytes, keyId } = cipher.seal(plain, place);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (bit) => {
        const changed = Uint8Array.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => cipher.open({ bytes: changed, keyId }, place)).toThrow(
          expect.objectContaining({ code: 'ERR_JOURNAL_KEY' }),
        );
      }),
    );
  });

  test.each([[0], [11], [27]])('does not open bytes cut to %d octets', async (length) => {
    const { bytes, keyId } = cipher.seal(plain, place);
    expect(await codeOf(() => cipher.open({ bytes: bytes.subarray(0, length), keyId }, place))).toBe(
      'ERR_JOURNAL_KEY',
    );
  });

  test('names the key that is missing', () => {
    const sealed = cipher.seal(plain, place);
    expect(() => createByteCipher().open(sealed, place)).toThrow(/'new'/);
  });

  test.each<[string, EncryptionKeys]>([
    ['16 octets', { current: 'a', keys: { a: new Uint8Array(16) } }],
    ['33 octets', { current: 'a', keys: { a: new Uint8Array(33) } }],
    ['no octets', { current: 'a', keys: { a: new Uint8Array(0) } }],
    ['a current key that is not there', { current: 'b', keys: { a: new Uint8Array(32) } }],
    ['no keys', { current: 'a', keys: {} }],
    ['an empty id', { current: '', keys: { '': new Uint8Array(32) } }],
    ['an id with a line feed', { current: 'a\n', keys: { 'a\n': new Uint8Array(32) } }],
    ['a name that every object has', { current: 'constructor', keys: {} }],
    ['a public key', { current: 'a', keys: { a: generateKeyPairSync('ed25519').publicKey } }],
  ])('refuses %s', async (_, keys) => {
    expect(await codeOf(() => createByteCipher(keys))).toBe('ERR_JOURNAL_KEY');
  });

  test('prints no key', () => {
    const secret = createByteCipher({
      current: 'a',
      keys: { a: Buffer.from('abcdefghijklmnopqrstuvwxyz012345') },
    });
    const printed = inspect(secret, { depth: 10, showHidden: true }) + JSON.stringify(secret);
    expect(printed).not.toContain('abcdef');
    expect(printed).not.toMatch(/61,? ?62/);
  });
});
