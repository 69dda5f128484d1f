import type { Certificate } from '@egov-gateway/core';
import { codeOf, fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { parseCertificate } from './certificate.ts';
import { type CheckCertificateOptions, checkCertificate, isAuthority } from './check-certificate.ts';

const load = (name: string): Certificate => parseCertificate(fixture(`keys/${name}.crt`));
const root = load('ca');
const atMs = Date.parse('2026-11-22T00:00:00Z');
const judge = (name: string, options: Partial<CheckCertificateOptions> = {}) =>
  codeOf(() => checkCertificate(load(name), { trusted: [root], atMs, ...options }));

describe('checkCertificate', () => {
  test('hands back the path to what is trusted', async () => {
    const { path } = await checkCertificate(load('branch'), {
      trusted: [root],
      intermediates: [load('intermediate')],
      atMs,
    });
    expect(path.map(({ thumbprintSha256 }) => thumbprintSha256)).toEqual(
      [load('branch'), load('intermediate'), root].map(({ thumbprintSha256 }) => thumbprintSha256),
    );
  });

  test.each([
    ['organisation', {}],
    ['organisation', { expect: { bin: '991340000017' }, purpose: 'sign' }],
    ['organisation', { trusted: [load('organisation')] }],
    ['intermediate', {}],
    ['ca', {}],
    ['gost2015-512/intermediate', {}],
    ['gost2015-512/organisation', { trusted: [load('gost2015-512/ca')] }],
    ['gost2004/organisation', { trusted: [root, load('gost2004/ca')] }],
    ['gost2015-256/organisation-below-rsa', {}],
  ] as const)('%s with %o holds', async (name, options) => {
    expect(await judge(name, options)).toBeNull();
  });

  test.each([
    ['branch', {}, 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['attacker', {}, 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['attacker-ca', {}, 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['person', { trusted: [load('organisation')] }, 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['gost2015-512/organisation', {}, 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['expired', {}, 'ERR_VERIFY_CERTIFICATE_EXPIRED'],
    ['expired', { trusted: [load('expired')] }, 'ERR_VERIFY_CERTIFICATE_EXPIRED'],
    ['not-yet-valid', {}, 'ERR_VERIFY_CERTIFICATE_NOT_YET_VALID'],
    ['wrong-usage', {}, 'ERR_VERIFY_SIGNER_PURPOSE'],
    ['auth', { purpose: 'sign' }, 'ERR_VERIFY_SIGNER_PURPOSE'],
    ['ca', { purpose: 'sign' }, 'ERR_VERIFY_SIGNER_PURPOSE'],
    ['other-bin', { expect: { bin: '991340000017' } }, 'ERR_VERIFY_SIGNER_IDENTITY'],
    ['ca', { expect: { bin: '991340000017' } }, 'ERR_VERIFY_SIGNER_IDENTITY'],
    ['broken/sha1-signature', {}, 'ERR_VERIFY_CERTIFICATE'],
    ['broken/unknown-critical-extension', {}, 'ERR_VERIFY_CERTIFICATE'],
    ['gost2015-512/broken-off-curve', { trusted: [load('gost2015-512/ca')] }, 'ERR_VERIFY_CERTIFICATE'],
  ] as const)('%s with %o is refused', async (name, options, code) => {
    expect(await judge(name, options)).toBe(code);
  });

  test.each([{ trusted: [] }, { atMs: Number.NaN }, { expect: { bin: '99' } }])(
    '%o is a mistake of the caller',
    async (options) => {
      await expect(checkCertificate(root, { trusted: [root], atMs, ...options })).rejects.toThrow(TypeError);
    },
  );
});

describe('isAuthority', () => {
  test.each([
    ['ca', true],
    ['gost2004/ca', true],
    ['organisation', false],
    ['broken/intermediate-not-ca', false],
  ])('%s: %s', (name, answer) => {
    expect(isAuthority(load(name))).toBe(answer);
  });
});
