/**
 * Conformance with files that real authorities made. They are not part of this repository: set `EGW_SHARED` to a folder
 * that has `vectors/certs` and `vectors/p12` to run these tests.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Algorithm, Certificate } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { parseCertificate } from './certificate.ts';
import { certificateChain } from './certificate-chain.ts';
import { loadPkcs12 } from './load-pkcs12.ts';

const folder = process.env['EGW_SHARED'] ?? '';
const certificates = join(folder, 'vectors', 'certs');
const load = (name: string): Certificate => parseCertificate(readFileSync(join(certificates, name)));
const container = (name: string): Uint8Array => readFileSync(join(folder, 'vectors', 'p12', name));

const algorithms: Readonly<Record<string, Algorithm>> = {
  'nca_gost.pem': 'gost2004',
  'nca_gost_2022.pem': 'gost2015-512',
  'nca_rsa.pem': 'rsa',
  'nca_rsa_2022.cer': 'rsa',
  'root_gost.pem': 'gost2004',
  'root_gost_2020.cer': 'gost2004',
  'root_gost_2022.pem': 'gost2015-512',
  'root_rsa.pem': 'rsa',
  'root_rsa_2020.cer': 'rsa',
  'ucgo_gost.cer': 'gost2004',
  'btsd_gost.cer': 'gost2004',
  'ceo_valid_sign_2004_gost.cer': 'gost2004',
  'gokalkan_gost1.cer': 'gost2015-512',
  'individual_valid_sign_2004_rsa.cer': 'rsa',
  'individual_valid_sign_2004_rsa_auth.cer': 'rsa',
};

describe.runIf(folder !== '')('certificates of real authorities', () => {
  const files = existsSync(certificates)
    ? readdirSync(certificates).filter((name) => /\.(cer|crt|pem)$/.test(name))
    : [];

  test('are there', () => {
    expect(files.length).toBeGreaterThan(20);
  });

  test.each(files)('%s is read', (name) => {
    const certificate = load(name);
    const expected = algorithms[name];
    if (expected !== undefined) expect(certificate.publicKey.algorithm).toBe(expected);
    expect(certificate.publicKey.algorithm).not.toBeNull();
    expect(certificate.notAfterMs).toBeGreaterThan(certificate.notBeforeMs);
    expect(certificate.subject.map(({ value }) => value).join()).not.toMatch(/[ÐÑÒÓ]|\uFFFD/);
  });

  test('have the listed thumbprints', () => {
    const sums = readFileSync(join(certificates, 'SHA256SUMS-of-DER'), 'utf8');
    const listed = [...sums.matchAll(/^([0-9a-f]{64})\s+\*?(?:\.\/)?(\S+)$/gm)];
    expect(listed.length).toBeGreaterThan(0);
    for (const [, sum, name = ''] of listed) expect(load(name).thumbprintSha256).toBe(sum);
  });

  test.each(['gokalkan_gost1.cer', 'nca_gost_2022.pem', 'ceo_valid_sign_2004_gost.cer', 'nca_rsa_2022.cer'])(
    '%s: the key identifier is SHA-1 of the key',
    (name) => {
      const certificate = load(name);
      // The BIT STRING ends the SubjectPublicKeyInfo; its content is what is hashed.
      const { spki } = certificate.publicKey;
      const candidates = Array.from({ length: spki.length }, (_unused, at) =>
        createHash('sha1').update(spki.subarray(at)).digest('hex'),
      );
      expect(candidates).toContain(certificate.subjectKeyIdentifier);
    },
  );
});

describe.runIf(folder !== '')('chains of real authorities', () => {
  const at = Date.parse('2024-06-01T00:00:00Z');
  const judge = (name: string, roots: readonly string[], atMs = at): Promise<string | null> => {
    const policy = certificateChain({ roots: roots.map(load), expect: { iin: '123456789011' } });
    return codeOf(() => policy.resolve({ kind: 'certificate', der: load(name).der }, atMs));
  };
  const rsaSigner = 'individual_valid_sign_2004_rsa.cer';

  test('an RSA signer of the test authority is trusted within its validity', async () => {
    const { notBeforeMs, notAfterMs } = load(rsaSigner);
    expect(await judge(rsaSigner, ['nca_rsa_test.crt'], notBeforeMs)).toBeNull();
    expect(await judge(rsaSigner, ['nca_rsa_test.crt'], notAfterMs)).toBeNull();
    expect(await judge(rsaSigner, ['nca_rsa_test.crt'], notAfterMs + 1)).toBe(
      'ERR_VERIFY_CERTIFICATE_EXPIRED',
    );
  });

  test('not by another authority', async () => {
    const { notBeforeMs } = load(rsaSigner);
    expect(await judge(rsaSigner, ['nca_rsa_2022.cer', 'root_rsa_2020.cer'], notBeforeMs)).toBe(
      'ERR_VERIFY_SIGNER_UNTRUSTED',
    );
  });

  test('a GOST signer needs its suite', async () => {
    const { notBeforeMs } = load('gokalkan_gost1.cer');
    expect(await judge('gokalkan_gost1.cer', ['nca_gost2015_test.cer'], notBeforeMs)).toBe(
      'ERR_VERIFY_CERTIFICATE',
    );
  });
});

describe.runIf(folder !== '')('published test containers', () => {
  test.each([
    ['ncanode_KEY_INDIVIDUAL_VALID_SIGN_2004.p12', 'Qwerty12', 'sign' as const],
    ['ncanode_hist_AUTH_RSA256.p12', 'Qwerty12', 'auth' as const],
  ])('%s opens and signs', async (name, password, purpose) => {
    const key = await loadPkcs12(container(name), password, { purpose });
    expect(key.algorithm).toBe('rsa');
    expect(key.certificate.iin).toBe('123456789011');
    expect(await key.sign(Buffer.from('data'))).toHaveLength(256);
  });

  test.each([
    ['mitwork_1.p12', 'Qwerty12'],
    ['ncanode_KEY_INDIVIDUAL_VALID_2015.p12', 'Aa123456'],
    ['ncanode_hist_GOSTKNCA.p12', 'Qwerty12'],
  ])('%s opens as far as its GOST key, which is said to be unsupported', async (name, password) => {
    expect(await codeOf(() => loadPkcs12(container(name), password))).toBe('ERR_KEY_UNSUPPORTED');
    expect(await codeOf(() => loadPkcs12(container(name), `${password}x`))).toBe('ERR_KEY_PASSWORD');
  });
});
