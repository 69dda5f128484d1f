import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { codeOf, derElement, fixture, fixturesUrl, fixtureText } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { parseCertificate } from './certificate.ts';
import { loadPem } from './load-pem.ts';

const certificate = fixture('keys/organisation.crt');
const thumbprint = parseCertificate(certificate).thumbprintSha256;
const plain = fixture('keys/organisation.key');
const encrypted = fixture('keys/organisation-encrypted.key');
const keyObject = createPrivateKey(Buffer.from(plain));
const pem = (label: string, der: Uint8Array): Uint8Array =>
  Buffer.from(`-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`);
const pkcs8 = keyObject.export({ type: 'pkcs8', format: 'der' });

/** EncryptedPrivateKeyInfo under PBES2 with this many iterations. */
function withIterations(iterations: Uint8Array): Uint8Array {
  const oid = (hex: string): Uint8Array => derElement(0x06, Buffer.from(hex, 'hex'));
  const parameters = derElement(0x30, derElement(0x04, new Uint8Array(8)), derElement(0x02, iterations));
  const kdf = derElement(0x30, oid('2a864886f70d01050c'), parameters);
  const cipher = derElement(0x30, oid('60864801650304012a'), derElement(0x04, new Uint8Array(16)));
  const algorithm = derElement(0x30, oid('2a864886f70d01050d'), derElement(0x30, kdf, cipher));
  return derElement(0x30, algorithm, derElement(0x04, new Uint8Array(32)));
}

describe('loadPem', () => {
  test.each([
    ['PKCS#8', plain],
    ['PKCS#8 with other blocks around', Buffer.concat([certificate, plain, certificate])],
    ['PKCS#8 in DER', pkcs8],
    ['PKCS#1', keyObject.export({ type: 'pkcs1', format: 'pem' })],
    ['PEM text', fixtureText('keys/organisation.key')],
    ['a URL', new URL('keys/organisation.key', fixturesUrl)],
    ['a path', fileURLToPath(new URL('keys/organisation.key', fixturesUrl))],
  ])('reads a key as %s', async (_form, privateKey) => {
    const key = await loadPem({ privateKey, certificate });
    expect(key.certificate.thumbprintSha256).toBe(thumbprint);
    expect(await key.sign(Buffer.from('data'))).toHaveLength(256);
  });

  test('reads an encrypted key, PEM and DER', async () => {
    const der = Buffer.from(
      fixtureText('keys/organisation-encrypted.key').replace(/-----.*-----|\s/g, ''),
      'base64',
    );
    for (const privateKey of [encrypted, der]) {
      const key = await loadPem({ privateKey, certificate, password: 'test-only' });
      expect(key.certificate.thumbprintSha256).toBe(thumbprint);
    }
  });

  test('takes the certificate of the key out of a bundle', async () => {
    const bundle = Buffer.concat([fixture('keys/ca.crt'), certificate]);
    const key = await loadPem({ privateKey: plain, certificate: bundle });
    expect(key.certificate.thumbprintSha256).toBe(thumbprint);
  });

  test.each([
    ['an encrypted key without password', { privateKey: encrypted }, 'ERR_KEY_PASSWORD'],
    [
      'an encrypted key with the wrong password',
      { privateKey: encrypted, password: 'x' },
      'ERR_KEY_PASSWORD',
    ],
    ['the certificate of somebody else', { certificate: fixture('keys/person.crt') }, 'ERR_KEY_MISMATCH'],
    [
      'the certificate of an attacker in the same name',
      { certificate: fixture('keys/attacker.crt') },
      'ERR_KEY_MISMATCH',
    ],
    [
      'two certificates of the key',
      { certificate: Buffer.concat([certificate, fixture('keys/broken/two-bins.crt')]) },
      'ERR_KEY_AMBIGUOUS',
    ],
    ['a certificate where the key should be', { privateKey: certificate }, 'ERR_KEY_NOT_FOUND'],
    ['a key where the certificate should be', { certificate: plain }, 'ERR_KEY_FORMAT'],
    ['two keys', { privateKey: Buffer.concat([plain, plain]) }, 'ERR_KEY_AMBIGUOUS'],
    ['a file that is not there', { privateKey: 'no-such-file.key' }, 'ERR_KEY_NOT_FOUND'],
    ['a key that is cut off', { privateKey: pem('PRIVATE KEY', pkcs8.subarray(0, 600)) }, 'ERR_KEY_FORMAT'],
    ['a key of noise', { privateKey: pem('PRIVATE KEY', Buffer.from('noise')) }, 'ERR_KEY_FORMAT'],
    ['a PKCS#1 key of noise', { privateKey: pem('RSA PRIVATE KEY', Buffer.from('noise')) }, 'ERR_KEY_FORMAT'],
    ['an old format', { privateKey: pem('EC PRIVATE KEY', pkcs8) }, 'ERR_KEY_UNSUPPORTED'],
    ['an RSA key of 1024 bits', { privateKey: fixture('keys/private/rsa-1024.key') }, 'ERR_KEY_UNSUPPORTED'],
    ['more than 1 MiB', { privateKey: new Uint8Array(1_048_577) }, 'ERR_KEY_LIMIT'],
    [
      'an iteration bomb',
      { privateKey: withIterations(Buffer.from('7fffffff', 'hex')), password: 'x' },
      'ERR_KEY_LIMIT',
    ],
    [
      'an iteration count beyond all numbers',
      { privateKey: withIterations(Buffer.alloc(100, 0x7f)), password: 'x' },
      'ERR_KEY_LIMIT',
    ],
    [
      'an iteration count of zero',
      { privateKey: withIterations(Buffer.from([0])), password: 'x' },
      'ERR_KEY_FORMAT',
    ],
    ['an own limit', { privateKey: encrypted, password: 'test-only', maxIterations: 2047 }, 'ERR_KEY_LIMIT'],
  ])('refuses %s', async (_rule, options, code) => {
    expect(await codeOf(() => loadPem({ privateKey: plain, certificate, ...options }))).toBe(code);
  });

  test('refuses a key of another algorithm', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const text = privateKey.export({ type: 'pkcs8', format: 'pem' });
    expect(await codeOf(() => loadPem({ privateKey: text, certificate }))).toBe('ERR_KEY_UNSUPPORTED');
  });

  test('refuses a key whose numbers were damaged: it has the right modulus and signs rubbish', async () => {
    const damaged = Buffer.from(pkcs8);
    // The private exponent and both exponents of the CRT; the modulus lies in front of them.
    for (const at of [400, 880, 1010]) damaged[at] = (damaged[at] ?? 0) ^ 0xff;
    expect(await codeOf(() => loadPem({ privateKey: damaged, certificate }))).toBe('ERR_KEY_MISMATCH');
  });
});
