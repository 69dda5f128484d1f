import { inspect } from 'node:util';

import type { Certificate } from '@egov-gateway/core';
import type { GostAlgorithm } from '@egov-gateway/gost';
import { codeOf, fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { parseCertificate } from './certificate.ts';
import { type CertificateChainOptions, certificateChain } from './certificate-chain.ts';
import { certificateRoles, describeCertificate } from './describe-certificate.ts';
import { loadPem } from './load-pem.ts';
import { loadPkcs12 } from './load-pkcs12.ts';
import { signatureSuites } from './signature-suites.ts';

const password = 'test-only';
const payload = Buffer.from('what is signed');
const atMs = Date.parse('2026-11-22T00:00:00Z');
const rsaRoot = parseCertificate(fixture('keys/ca.crt'));
const allowed = { allowUnprovenSigning: true };

describe.each([
  ['gost2004', 64],
  ['gost2015-256', 64],
  ['gost2015-512', 128],
] as const)('%s', (algorithm: GostAlgorithm, size) => {
  const file = (name: string): Uint8Array => fixture(`keys/${algorithm}/${name}`);
  const crt = (name: string): Certificate => parseCertificate(file(`${name}.crt`));
  const organisation = crt('organisation');
  const suite = signatureSuites.find((candidate) => candidate.algorithm === algorithm);
  const verifies = (certificate: Certificate, data: Uint8Array, signature: Uint8Array) =>
    suite?.verify(certificate.publicKey, data, signature);

  test.each([
    'organisation',
    'organisation-modern',
    'organisation-integer',
    'organisation-little-endian',
    'organisation-big-endian',
  ])('%s.p12 opens and signs', async (name) => {
    const key = await loadPkcs12(file(`${name}.p12`), password, allowed);
    expect(key.algorithm).toBe(algorithm);
    expect(key.certificate.thumbprintSha256).toBe(organisation.thumbprintSha256);

    const signature = await key.sign(payload);
    expect(signature).toHaveLength(size);
    expect(await verifies(organisation, payload, signature)).toBe(true);
    expect(await verifies(organisation, Buffer.from('what is signEd'), signature)).toBe(false);
  });

  test.each(['organisation.key', 'organisation-encrypted.key'])('%s opens from PEM', async (name) => {
    const key = await loadPem({
      privateKey: file(name),
      certificate: file('organisation.crt'),
      password,
      ...allowed,
    });
    expect(await verifies(organisation, payload, await key.sign(payload))).toBe(true);
  });

  test('of two keys, alias or purpose chooses', async () => {
    const bytes = file('organisation-sign-and-auth.p12');
    expect(await codeOf(() => loadPkcs12(bytes, password))).toBe('ERR_KEY_AMBIGUOUS');
    for (const choice of [
      { purpose: 'auth' },
      { alias: 'auth' },
      { alias: crt('auth').subjectKeyIdentifier ?? '' },
    ]) {
      const key = await loadPkcs12(bytes, password, choice as { alias?: string; purpose?: 'auth' });
      expect(key.certificate.thumbprintSha256).toBe(crt('auth').thumbprintSha256);
    }
    expect(await codeOf(() => loadPkcs12(bytes, password, { alias: 'sign', purpose: 'auth' }))).toBe(
      'ERR_KEY_NOT_FOUND',
    );
  });

  test('a key beside the certificate of another is refused', async () => {
    expect(await codeOf(() => loadPkcs12(file('organisation-mismatch.p12'), password))).toBe(
      'ERR_KEY_MISMATCH',
    );
    for (const certificate of [file('person.crt'), fixture('keys/organisation.crt')]) {
      expect(await codeOf(() => loadPem({ privateKey: file('organisation.key'), certificate }))).toBe(
        'ERR_KEY_MISMATCH',
      );
    }
  });

  test('the wrong password is said to be wrong, and a damaged file to be damaged', async () => {
    expect(await codeOf(() => loadPkcs12(file('organisation.p12'), 'wrong'))).toBe('ERR_KEY_PASSWORD');
    const cut = file('organisation.p12').subarray(0, 500);
    expect(await codeOf(() => loadPkcs12(cut, password))).toBe('ERR_KEY_FORMAT');
  });

  test('a private number that is no key is refused', async () => {
    const pem = Buffer.from(file('organisation.key')).toString('latin1');
    const der = Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64');
    const bytes = size / 2;
    const filled = (value: number): Uint8Array => Buffer.from(der).fill(value, der.length - bytes);
    for (const privateKey of [filled(0), algorithm === 'gost2004' ? filled(0) : filled(0xff)]) {
      expect(await codeOf(() => loadPem({ privateKey, certificate: file('organisation.crt') }))).toBe(
        'ERR_KEY_FORMAT',
      );
    }
    const other = Buffer.from(der);
    other[other.length - 1] = (other[other.length - 1] ?? 0) ^ 1;
    expect(await codeOf(() => loadPem({ privateKey: other, certificate: file('organisation.crt') }))).toBe(
      'ERR_KEY_MISMATCH',
    );
  });

  test('nothing prints the key', async () => {
    const key = await loadPkcs12(file('organisation.p12'), password, allowed);
    const shown = `${inspect(key, { depth: 9, showHidden: true })} ${JSON.stringify(key)} ${String(key)}`;
    const pem = Buffer.from(file('organisation.key')).toString('latin1');
    const number = Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64').subarray(-size / 2);
    for (const secret of [number, Buffer.from(number).reverse()]) {
      expect(shown).not.toContain(secret.toString('hex'));
      expect(shown).not.toContain(BigInt(`0x${secret.toString('hex')}`).toString());
    }
    expect(shown).toContain(algorithm);
  });

  test('its certificate is described', () => {
    expect(describeCertificate(organisation)).toMatchObject({
      algorithm,
      iin: '001300900011',
      bin: '991340000017',
      keyUsage: ['digitalSignature', 'nonRepudiation'],
    });
    expect(certificateRoles(organisation)).toEqual({
      purpose: 'sign',
      roles: ['organization', 'chief-executive'],
      policies: ['1.2.398.3.3.2', '1.2.398.3.3.2.1'],
    });
    expect(certificateRoles(crt('auth')).purpose).toBe('auth');
  });

  describe('chains', () => {
    const root = crt('ca');
    const judge = (certificate: Certificate, options: Partial<CertificateChainOptions> = {}) => {
      const expect = { bin: '991340000017' };
      const policy = certificateChain({ roots: [root], expect, ...options });
      return codeOf(() => policy.resolve({ kind: 'certificate', der: certificate.der }, atMs));
    };

    test.each([
      ['organisation', {}],
      ['auth', {}],
      ['rsa-organisation', {}],
      ['organisation-below-rsa', { roots: [rsaRoot] }],
      ['branch', { roots: [rsaRoot], intermediates: [crt('intermediate')] }],
      ['person', { expect: { iin: '001300900207' } }],
      ['organisation', { roots: [rsaRoot, root] }],
    ] as const)('%s is trusted', async (name, options) => {
      expect(await judge(crt(name), options)).toBeNull();
    });

    test.each([
      ['expired', {}, 'ERR_VERIFY_CERTIFICATE_EXPIRED'],
      ['not-yet-valid', {}, 'ERR_VERIFY_CERTIFICATE_NOT_YET_VALID'],
      ['wrong-usage', {}, 'ERR_VERIFY_SIGNER_PURPOSE'],
      ['auth', { purpose: 'sign' }, 'ERR_VERIFY_SIGNER_PURPOSE'],
      ['other-bin', {}, 'ERR_VERIFY_SIGNER_IDENTITY'],
      ['person', {}, 'ERR_VERIFY_SIGNER_IDENTITY'],
      ['organisation', { roots: [rsaRoot] }, 'ERR_VERIFY_SIGNER_UNTRUSTED'],
      ['organisation-below-rsa', {}, 'ERR_VERIFY_SIGNER_UNTRUSTED'],
      ['branch', { roots: [rsaRoot] }, 'ERR_VERIFY_SIGNER_UNTRUSTED'],
      ['ca', {}, 'ERR_VERIFY_SIGNER_PURPOSE'],
      ['organisation', { suites: [] }, 'ERR_VERIFY_CERTIFICATE'],
      ['broken-algorithm-mismatch', {}, 'ERR_VERIFY_CERTIFICATE'],
      ['broken-other-algorithm', {}, 'ERR_VERIFY_SIGNER_UNTRUSTED'],
      ['broken-zero-signature', {}, 'ERR_VERIFY_SIGNER_UNTRUSTED'],
      ['broken-off-curve', {}, 'ERR_VERIFY_CERTIFICATE'],
    ] as const)('%s with %o is refused', async (name, options, code) => {
      expect(await judge(crt(name), options)).toBe(code);
    });

    test('every changed bit of a certificate is refused', async () => {
      const policy = certificateChain({ roots: [root], expect: 'any-signer' });
      for (let at = 0; at < organisation.der.length; at += 23) {
        const der = Uint8Array.from(organisation.der);
        der[at] = (der[at] ?? 0) ^ (1 << (at % 8));
        const code = await codeOf(() => policy.resolve({ kind: 'certificate', der }, atMs));
        expect(code, `octet ${at}`).toMatch(/^ERR_VERIFY_/);
      }
    });
  });
});

describe('gost2015-256 without allowUnprovenSigning', () => {
  test('loads, and refuses to sign', async () => {
    const key = await loadPkcs12(fixture('keys/gost2015-256/organisation.p12'), password);
    expect(key.certificate.bin).toBe('991340000017');
    expect(await codeOf(() => key.sign(payload))).toBe('ERR_SIGN_ALGORITHM');
  });
});
