import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';

import type { KeyError } from '@egov-gateway/core';
import { codeOf, fixture, fixturesUrl } from '@egov-gateway/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { parseCertificate } from './certificate.ts';
import { loadPkcs12 } from './load-pkcs12.ts';

const password = 'test-only';
const organisation = parseCertificate(fixture('keys/organisation.crt'));
const container = (name: string): Uint8Array => fixture(`keys/${name}.p12`);
const payload = Buffer.from('what is signed');

/** The file with the octet at `at` (from the end when negative) changed. */
function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const index = at < 0 ? changed.length + at : at;
  changed[index] = (changed[index] ?? 0) ^ 0x01;
  return changed;
}

describe('loadPkcs12', () => {
  test.each([
    ['organisation', password],
    ['organisation-modern', password],
    ['organisation-legacy', password],
    ['organisation-cyrillic-password', 'құпия сөз'],
    ['organisation-cyrillic-password-legacy', 'құпия сөз'],
    ['organisation-empty-password', ''],
    ['organisation-no-mac', password],
    ['organisation-keys-inside', password],
  ])('%s: opens and signs', async (name, secret) => {
    const key = await loadPkcs12(container(name), secret);

    expect(key.algorithm).toBe('rsa');
    expect(key.certificate.thumbprintSha256).toBe(organisation.thumbprintSha256);
    const publicKey = createPublicKey({
      key: Buffer.from(organisation.publicKey.spki),
      format: 'der',
      type: 'spki',
    });
    expect(verify('sha256', payload, publicKey, await key.sign(payload))).toBe(true);
  });

  test('signs as the key beside it does', async () => {
    const key = await loadPkcs12(container('organisation'), password);
    const again = await loadPkcs12(container('organisation-modern'), password);

    expect(Buffer.compare(await key.sign(payload), await again.sign(payload))).toBe(0);
  });

  test.each(['organisation', 'organisation-legacy', 'organisation-modern', 'organisation-no-mac'])(
    '%s: the wrong password is said to be wrong',
    async (name) => {
      for (const wrong of ['test-onlY', '', 'test-only ', 'тест', 'x'.repeat(1000)]) {
        expect(await codeOf(() => loadPkcs12(container(name), wrong))).toBe('ERR_KEY_PASSWORD');
      }
    },
  );

  test('an empty password does not open a file that has one, nor the other way round', async () => {
    expect(await codeOf(() => loadPkcs12(container('organisation-empty-password'), ' '))).toBe(
      'ERR_KEY_PASSWORD',
    );
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['noise', Buffer.from('noise')],
    ['a certificate', fixture('keys/organisation.crt')],
    ['the DER of a certificate', organisation.der],
    ['a file that is cut off', container('organisation').subarray(0, 2000)],
    ['a file without its last octet', container('organisation').subarray(0, -1)],
    ['octets behind the file', Buffer.concat([container('organisation'), Buffer.from('\n')])],
    [
      'another version',
      Buffer.from(container('organisation-modern').map((octet, at) => (at === 6 ? 4 : octet))),
    ],
  ])('refuses %s as malformed', async (_rule, bytes) => {
    expect(await codeOf(() => loadPkcs12(bytes, password))).toBe('ERR_KEY_FORMAT');
  });

  test('tells a damaged file from a wrong password when one part of it still opens', async () => {
    const bytes = container('organisation-modern');
    // Inside the encrypted certificate, then inside the digest of the MAC.
    for (const at of [Math.floor(bytes.length * 0.8), -40]) {
      expect(await codeOf(() => loadPkcs12(flipped(bytes, at), password))).toBe('ERR_KEY_FORMAT');
      expect(await codeOf(() => loadPkcs12(flipped(bytes, at), 'wrong'))).toBe('ERR_KEY_PASSWORD');
    }
  });

  test.each([
    ['certificate-only', 'ERR_KEY_NOT_FOUND'],
    ['key-only', 'ERR_KEY_CERTIFICATE'],
    ['organisation-mismatch', 'ERR_KEY_MISMATCH'],
    ['organisation-sign-and-auth', 'ERR_KEY_AMBIGUOUS'],
    ['mac-iterations-bomb', 'ERR_KEY_LIMIT'],
    ['key-iterations-bomb', 'ERR_KEY_LIMIT'],
    ['hidden-iterations-bomb', 'ERR_KEY_LIMIT'],
  ])('%s: %s', async (name, code) => {
    expect(await codeOf(() => loadPkcs12(container(name), password))).toBe(code);
  });

  test('iterations are counted over the whole file, not one by one', async () => {
    const bytes = container('organisation-modern');
    // MAC, key and certificates: 3 × 2048.
    expect(await codeOf(() => loadPkcs12(bytes, password, { limits: { maxIterations: 6144 } }))).toBeNull();
    expect(await codeOf(() => loadPkcs12(bytes, password, { limits: { maxIterations: 6143 } }))).toBe(
      'ERR_KEY_LIMIT',
    );
  });

  test('a file larger than allowed is refused', async () => {
    const bytes = container('organisation');
    const limits = { maxBytes: bytes.length };
    expect(await codeOf(() => loadPkcs12(bytes, password, { limits }))).toBeNull();
    expect(await codeOf(() => loadPkcs12(Buffer.concat([bytes, bytes]), password, { limits }))).toBe(
      'ERR_KEY_LIMIT',
    );
    expect(await codeOf(() => loadPkcs12(new Uint8Array(1_048_577), password))).toBe('ERR_KEY_LIMIT');
  });

  test.each([{ maxBytes: Number.NaN }, { maxIterations: 0 }, { maxIterations: Number.POSITIVE_INFINITY }])(
    'limits %o are a mistake of the caller',
    async (limits) => {
      await expect(loadPkcs12(container('organisation'), password, { limits })).rejects.toThrow(TypeError);
    },
  );

  test('a password that is no string is a mistake of the caller', async () => {
    await expect(loadPkcs12(container('organisation'), undefined as unknown as string)).rejects.toThrow(
      TypeError,
    );
  });

  describe('choice among several keys', () => {
    const both = container('organisation-sign-and-auth');
    const auth = parseCertificate(fixture('keys/auth.crt'));

    test.each([
      [{ purpose: 'sign' as const }, organisation],
      [{ purpose: 'auth' as const }, auth],
      [{ alias: 'sign' }, organisation],
      [{ alias: 'auth' }, auth],
      [{ alias: auth.subjectKeyIdentifier ?? '' }, auth],
      [{ alias: 'auth', purpose: 'auth' as const }, auth],
    ])('%o finds its key', async (choice, expected) => {
      const key = await loadPkcs12(both, password, choice);
      expect(key.certificate.thumbprintSha256).toBe(expected.thumbprintSha256);
    });

    test.each([{ alias: 'other' }, { alias: 'sign', purpose: 'auth' as const }, { alias: '' }])(
      '%o finds none',
      async (choice) => {
        expect(await codeOf(() => loadPkcs12(both, password, choice))).toBe('ERR_KEY_NOT_FOUND');
      },
    );

    test('a purpose that the only key does not have finds none', async () => {
      expect(await codeOf(() => loadPkcs12(container('organisation'), password, { purpose: 'auth' }))).toBe(
        'ERR_KEY_NOT_FOUND',
      );
    });
  });

  describe('from a file', () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'egov-gateway-keys-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    test('reads a path and a file: URL', async () => {
      const url = new URL('keys/organisation.p12', fixturesUrl);
      for (const source of [url, fileURLToPath(url)]) {
        const key = await loadPkcs12(source, password);
        expect(key.certificate.bin).toBe('991340000017');
      }
    });

    test.each([
      ['a file that is not there', 'none.p12'],
      ['a folder', '.'],
    ])('%s is not found, and its name is not in the message', async (_rule, name) => {
      const path = join(folder, name);
      const error = (await loadPkcs12(path, password).catch((reason: unknown) => reason)) as KeyError;
      expect(error.code).toBe('ERR_KEY_NOT_FOUND');
      expect(error.message).not.toContain(folder);
    });

    test('stops reading a file that is too large', async () => {
      const path = join(folder, 'large.p12');
      writeFileSync(path, new Uint8Array(3_000_000));
      expect(await codeOf(() => loadPkcs12(path, password))).toBe('ERR_KEY_LIMIT');
    });
  });

  describe('what it shows', () => {
    const der = createPrivateKey(Buffer.from(fixture('keys/organisation.key'))).export({
      type: 'pkcs8',
      format: 'der',
    });

    test.each([
      ['inspect', (value: unknown) => inspect(value, { depth: 9 })],
      ['inspect with hidden fields', (value: unknown) => inspect(value, { depth: 9, showHidden: true })],
      ['JSON', (value: unknown) => JSON.stringify({ value })],
      ['String', (value: unknown) => String(value)],
      ['template', (value: unknown) => `${value as string}`],
    ])('%s names algorithm and certificate, no person and no secret', async (_kind, print) => {
      const printed = print(await loadPkcs12(container('organisation'), password));
      expect(printed).toContain(organisation.thumbprintSha256);
      expect(printed).toContain('rsa');
      expect(printed).not.toMatch(/ТЕСТОВ|001300900011|991340000017|test-only|KeyObject|PRIVATE/);
    });

    test('no property leads to the private key', async () => {
      const key = await loadPkcs12(container('organisation'), password);
      const own = Reflect.ownKeys(key);
      expect(own).toEqual(['algorithm', 'certificate']);
      expect(
        JSON.stringify(inspect(key, { customInspect: false, showHidden: true, depth: 9 })),
      ).not.toContain(der.subarray(60, 90).toString('base64'));
    });

    test('no error repeats the password', async () => {
      const error = (await loadPkcs12(container('organisation'), 'secret-word').catch(
        (e: unknown) => e,
      )) as KeyError;
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret-word');
    });
  });
});
