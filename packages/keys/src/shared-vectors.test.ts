/**
 * Conformance with files that real authorities made. They are not part of this repository: set `EGW_SHARED` to a folder
 * that has `vectors/certs` and `vectors/p12` to run these tests.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Algorithm, type Certificate, sameName } from '@egov-gateway/core';
import { codeOf, derElement } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { readAsn1 } from './asn1.ts';
import { parseCertificate } from './certificate.ts';
import { certificateChain } from './certificate-chain.ts';
import { buildPath } from './certificate-path.ts';
import { isSignedBy } from './certificate-signature.ts';
import { loadPem } from './load-pem.ts';
import { loadPkcs12 } from './load-pkcs12.ts';
import { signatureSuites } from './signature-suites.ts';
import { readPublicKey } from './x509.ts';

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
  const judge = (name: string, roots: readonly string[], atMs: number, via: readonly string[] = []) => {
    const intermediates = via.map(load);
    const policy = certificateChain({ roots: roots.map(load), intermediates, expect: 'any-signer' });
    return codeOf(() => policy.resolve({ kind: 'certificate', der: load(name).der }, atMs));
  };

  // Leaf, or authority that stands in for one, then its issuer.
  const issued: readonly (readonly [string, string])[] = [
    ['ceo_valid_sign_2004_gost.cer', 'nca_gost_test.crt'],
    ['gokalkan_gost1.cer', 'nca_gost2015_test.cer'],
    ['gokalkan_gost2.cer', 'ncanode_NCA_2015_CERT.cer'],
    ['individual_valid_sign_2004_rsa.cer', 'nca_rsa_test.crt'],
    ['individual_valid_sign_2004_rsa_auth.cer', 'ncanode_NCA_2004_RSA_CERT.cer'],
    ['ncanode_CERT_INDIVIDUAL.cer', 'nca_rsa_test.crt'],
  ];
  const authorities: readonly (readonly [string, string])[] = [
    ['btsd_gost.cer', 'root_gost_2020.cer'],
    ['ucgo_gost.cer', 'root_gost_2020.cer'],
    ['nca_gost.pem', 'root_gost.pem'],
    ['nca_gost_2022.pem', 'root_gost_2022.pem'],
    ['nca_rsa.pem', 'root_rsa.pem'],
    ['nca_rsa_2022.cer', 'root_rsa_2020.cer'],
    ['root_gost.pem', 'root_gost.pem'],
    ['root_gost_2020.cer', 'root_gost_2020.cer'],
    ['root_gost_2022.pem', 'root_gost_2022.pem'],
    ['root_rsa.pem', 'root_rsa.pem'],
    ['root_rsa_2020.cer', 'root_rsa_2020.cer'],
    ['ncanode_hist_trusted_nca_gost.crt', 'ncanode_hist_root_root_gost.crt'],
    ['ncanode_hist_trusted_nca_rsa.crt', 'ncanode_hist_root_root_rsa.crt'],
  ];

  test.each(issued)('%s is trusted below %s, within its validity', async (name, issuer) => {
    const { notBeforeMs, notAfterMs } = load(name);
    expect(await judge(name, [issuer], notBeforeMs)).toBeNull();
    expect(await judge(name, [issuer], notAfterMs)).toBeNull();
    expect(await judge(name, [issuer], notAfterMs + 1)).toBe('ERR_VERIFY_CERTIFICATE_EXPIRED');
    expect(await judge(name, [issuer], notBeforeMs - 1)).toBe('ERR_VERIFY_CERTIFICATE_NOT_YET_VALID');
  });

  test.each(issued)('%s is not trusted by others than %s', async (name, issuer) => {
    const others = [...issued, ...authorities].map(([, other]) => other);
    const strangers = others.filter(
      (other) => load(other).thumbprintSha256 !== load(issuer).thumbprintSha256,
    );
    expect(await judge(name, strangers, load(name).notBeforeMs)).toBe('ERR_VERIFY_SIGNER_UNTRUSTED');
  });

  test.each(authorities)('%s carries the signature of %s', async (name, issuer) => {
    const authority = load(name);
    expect(await isSignedBy(authority, load(issuer), signatureSuites)).toBe(true);
    expect(sameName(authority.issuer, load(issuer).subject)).toBe(true);
    const wrong = [...authorities].map(([, other]) => load(other));
    for (const other of wrong) {
      if (other.thumbprintSha256 === load(issuer).thumbprintSha256) continue;
      expect(await isSignedBy(authority, other, signatureSuites)).toBe(false);
    }
  });

  test('an authority is no signer', async () => {
    const { notBeforeMs } = load('nca_gost_2022.pem');
    expect(await judge('nca_gost_2022.pem', ['root_gost_2022.pem'], notBeforeMs)).toBe(
      'ERR_VERIFY_SIGNER_PURPOSE',
    );
  });

  test('all authorities of production stand under their roots', async () => {
    const roots = authorities.map(([, issuer]) => load(issuer));
    for (const [name] of authorities) {
      const material = { roots, intermediates: [], suites: signatureSuites };
      const instant = Math.max(load(name).notBeforeMs, Date.parse('2022-10-01T00:00:00Z'));
      if (roots.some(({ thumbprintSha256 }) => thumbprintSha256 === load(name).thumbprintSha256)) continue;
      const path = await buildPath(load(name), material, instant);
      expect(path).toHaveLength(2);
    }
  });

  test('a test authority without its root is trusted by itself alone', async () => {
    const { notBeforeMs } = load('gokalkan_gost1.cer');
    const via = ['nca_gost2015_test.cer'];
    expect(await judge('gokalkan_gost1.cer', ['root_gost_2022.pem'], notBeforeMs, via)).toBe(
      'ERR_VERIFY_SIGNER_UNTRUSTED',
    );
  });

  test('every changed octet of a GOST signature is refused', async () => {
    const { der, notBeforeMs } = load('gokalkan_gost1.cer');
    const policy = certificateChain({ roots: [load('nca_gost2015_test.cer')], expect: 'any-signer' });
    for (let at = der.length - 128; at < der.length; at += 3) {
      const changed = Uint8Array.from(der);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      const resolve = () => policy.resolve({ kind: 'certificate', der: changed }, notBeforeMs);
      expect(await codeOf(resolve), `octet ${at}`).toBe('ERR_VERIFY_SIGNER_UNTRUSTED');
    }
  });

  test.each(['1.2.398.3.10.1.1.1.2', '1.2.398.3.10.1.1.2.3.1', '1.2.398.3.10.1.1.2.3.2'])(
    'what another implementation made with %s is trusted, and its key opens',
    async (oid) => {
      const file = (name: string) => readFileSync(join(folder, 'vectors', 'selfmade', name));
      const user = parseCertificate(file(`user_${oid}.cer`));
      const roots = [parseCertificate(file(`ca_${oid}.cer`))];
      const policy = certificateChain({ roots, expect: { bin: '000000000000' } });
      await policy.resolve({ kind: 'certificate', der: user.der }, user.notBeforeMs);

      const suite = signatureSuites.find(({ algorithm }) => algorithm === user.publicKey.algorithm);
      const message = Buffer.from('message to sign');
      expect(await suite?.verify(user.publicKey, message, file(`sig_${oid}.bin`))).toBe(true);
      expect(
        await suite?.verify(user.publicKey, Buffer.from('message to sigN'), file(`sig_${oid}.bin`)),
      ).toBe(false);

      const number = file(`user_${oid}.d.hex`).toString('latin1').trim();
      const octets = Buffer.from(number.length % 2 === 0 ? `00${number}` : `0${number}`, 'hex');
      const integer = octets[1] !== undefined && octets[1] < 0x80 ? octets.subarray(1) : octets;
      const { algorithm } = readPublicKey(readAsn1(user.publicKey.spki));
      const privateKey = derElement(
        0x30,
        [0x02, 0x01, 0x00],
        algorithm.bytes,
        derElement(0x04, derElement(0x02, integer)),
      );
      const key = await loadPem({ privateKey, certificate: user.der, allowUnprovenSigning: true });
      expect(await suite?.verify(user.publicKey, message, await key.sign(message))).toBe(true);
    },
  );
});

describe.runIf(folder !== '')('published test containers', () => {
  test.each([
    ['ncanode_KEY_INDIVIDUAL_VALID_SIGN_2004.p12', 'Qwerty12', 'sign', 'rsa', 256],
    ['ncanode_hist_AUTH_RSA256.p12', 'Qwerty12', 'auth', 'rsa', 256],
    ['ncanode_hist_GOSTKNCA.p12', 'Qwerty12', 'sign', 'gost2004', 64],
    ['mitwork_1.p12', 'Qwerty12', 'sign', 'gost2015-512', 128],
    ['ncanode_KEY_INDIVIDUAL_VALID_2015.p12', 'Aa123456', 'sign', 'gost2015-512', 128],
  ] as const)('%s opens and signs', async (name, password, purpose, algorithm, size) => {
    const key = await loadPkcs12(container(name), password, { purpose });
    expect(key.algorithm).toBe(algorithm);
    expect(key.certificate.iin).toMatch(/^12345678901[12]$/);
    const { subjectKeyIdentifier } = key.certificate;
    expect(await loadPkcs12(container(name), password, { alias: subjectKeyIdentifier ?? '' })).toBeDefined();

    const data = Buffer.from('data');
    const signature = await key.sign(data);
    expect(signature).toHaveLength(size);
    const suite = signatureSuites.find((candidate) => candidate.algorithm === algorithm);
    expect(await suite?.verify(key.certificate.publicKey, data, signature)).toBe(true);
    expect(await suite?.verify(key.certificate.publicKey, Buffer.from('date'), signature)).toBe(false);

    expect(await codeOf(() => loadPkcs12(container(name), `${password}x`))).toBe('ERR_KEY_PASSWORD');
    const other = purpose === 'sign' ? 'auth' : 'sign';
    expect(await codeOf(() => loadPkcs12(container(name), password, { purpose: other }))).toBe(
      'ERR_KEY_NOT_FOUND',
    );
  });
});
