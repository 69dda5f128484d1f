import { createHash } from 'node:crypto';

import { type Certificate, formatName, type SignerReference } from '@egov-gateway/core';
import { codeOf, fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { parseCertificate } from './certificate.ts';
import { pinnedCertificates } from './pinned-certificates.ts';

const load = (name: string): Certificate => parseCertificate(fixture(`keys/${name}.crt`));
const gateway = load('gateway');
const organisation = load('organisation');
const attacker = load('attacker');
const atMs = Date.parse('2026-11-22T00:00:00Z');

const decimal = ({ serialNumber }: Certificate): string => BigInt(`0x${serialNumber}`).toString();
const sha1 = ({ der }: Certificate): string => createHash('sha1').update(der).digest('hex');
const embedded = ({ der }: Certificate): SignerReference => ({ kind: 'certificate', der });
const issuerSerial = (issuer: string, serialNumber: string): SignerReference => ({
  kind: 'issuer-serial',
  issuer,
  serialNumber,
});
const keyIdentifier = ({ subjectKeyIdentifier }: Certificate): SignerReference => ({
  kind: 'subject-key-identifier',
  identifier: subjectKeyIdentifier ?? '',
});
const issuer = formatName(gateway.issuer);

describe('pinnedCertificates', () => {
  const policy = pinnedCertificates([organisation, gateway]);

  test.each<[string, SignerReference]>([
    ['the certificate itself', embedded(gateway)],
    ['issuer and serial number', issuerSerial(issuer, decimal(gateway))],
    ['an issuer in the other order', issuerSerial(issuer.split(',').reverse().join(', '), decimal(gateway))],
    ['an issuer in another case', issuerSerial(issuer.toLowerCase(), decimal(gateway))],
    ['a serial number with zeros in front', issuerSerial(issuer, `00${decimal(gateway)}`)],
    ['the key identifier', keyIdentifier(gateway)],
    ['the SHA-1 thumbprint', { kind: 'thumbprint-sha1', thumbprint: sha1(gateway) }],
    [
      'the SHA-1 thumbprint in upper case',
      { kind: 'thumbprint-sha1', thumbprint: sha1(gateway).toUpperCase() },
    ],
  ])('finds a certificate by %s', async (_rule, reference) => {
    expect(await policy.resolve(reference, atMs)).toBe(gateway);
  });

  test.each<[string, SignerReference, string]>([
    ['another certificate', embedded(load('person')), 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['an attacker with the same names and serial number', embedded(attacker), 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['the authority of a pinned certificate', embedded(load('ca')), 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    [
      'a pinned certificate with an octet more',
      { kind: 'certificate', der: Buffer.concat([gateway.der, Buffer.from([0])]) },
      'ERR_VERIFY_SIGNER_UNTRUSTED',
    ],
    ['no octets', { kind: 'certificate', der: new Uint8Array() }, 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['another serial number', issuerSerial(issuer, '1'), 'ERR_VERIFY_SIGNER_UNKNOWN'],
    ['a negative serial number', issuerSerial(issuer, `-${decimal(gateway)}`), 'ERR_VERIFY_SIGNER_UNKNOWN'],
    ['a serial number in hex', issuerSerial(issuer, gateway.serialNumber), 'ERR_VERIFY_SIGNER_UNKNOWN'],
    ['an empty serial number', issuerSerial(issuer, ''), 'ERR_VERIFY_SIGNER_UNKNOWN'],
    [
      'a serial number of a million digits',
      issuerSerial(issuer, '9'.repeat(1_000_000)),
      'ERR_VERIFY_SIGNER_UNKNOWN',
    ],
    ['another issuer', issuerSerial('CN=x', decimal(gateway)), 'ERR_VERIFY_SIGNER_UNKNOWN'],
    ['half of the issuer', issuerSerial('C=KZ', decimal(gateway)), 'ERR_VERIFY_SIGNER_UNKNOWN'],
    ['no issuer', issuerSerial('', decimal(gateway)), 'ERR_VERIFY_SIGNER_UNKNOWN'],
    ['an issuer that is no name', issuerSerial('=,=', decimal(gateway)), 'ERR_VERIFY_SIGNER_UNKNOWN'],
    [
      'an empty key identifier',
      { kind: 'subject-key-identifier', identifier: '' },
      'ERR_VERIFY_SIGNER_UNKNOWN',
    ],
    ['another key identifier', keyIdentifier(attacker), 'ERR_VERIFY_SIGNER_UNKNOWN'],
    [
      'another thumbprint',
      { kind: 'thumbprint-sha1', thumbprint: sha1(attacker) },
      'ERR_VERIFY_SIGNER_UNKNOWN',
    ],
    [
      'a SHA-256 thumbprint',
      { kind: 'thumbprint-sha1', thumbprint: gateway.thumbprintSha256 },
      'ERR_VERIFY_SIGNER_UNKNOWN',
    ],
    ['no reference', { kind: 'none' }, 'ERR_VERIFY_SIGNER_UNKNOWN'],
    [
      'a reference of an unknown kind',
      { kind: 'key-name' } as unknown as SignerReference,
      'ERR_VERIFY_SIGNER_UNKNOWN',
    ],
  ])('refuses %s', async (_rule, reference, code) => {
    expect(await codeOf(() => policy.resolve(reference, atMs))).toBe(code);
  });

  test('refuses outside of the validity, to the millisecond', async () => {
    const resolve = (at: number) => codeOf(() => policy.resolve(embedded(gateway), at));
    expect(await resolve(gateway.notBeforeMs - 1)).toBe('ERR_VERIFY_CERTIFICATE_NOT_YET_VALID');
    expect(await resolve(gateway.notBeforeMs)).toBeNull();
    expect(await resolve(gateway.notAfterMs)).toBeNull();
    expect(await resolve(gateway.notAfterMs + 1)).toBe('ERR_VERIFY_CERTIFICATE_EXPIRED');
  });

  test.each([
    ['expired', 'ERR_VERIFY_CERTIFICATE_EXPIRED'],
    ['not-yet-valid', 'ERR_VERIFY_CERTIFICATE_NOT_YET_VALID'],
    ['wrong-usage', 'ERR_VERIFY_SIGNER_PURPOSE'],
  ])('refuses the certificate %s although it is pinned', async (name, code) => {
    const certificate = load(name);
    const pinned = pinnedCertificates([certificate]);
    expect(await codeOf(() => pinned.resolve(embedded(certificate), atMs))).toBe(code);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'the instant %d is a mistake of the caller',
    async (at) => {
      await expect(policy.resolve(embedded(gateway), at)).rejects.toThrow(TypeError);
    },
  );

  test('no certificates are a mistake of the caller', () => {
    expect(() => pinnedCertificates([])).toThrow(TypeError);
  });

  test('an unnamed signer is accepted when it is allowed and one certificate is pinned', async () => {
    const reference: SignerReference = { kind: 'none' };
    const one = pinnedCertificates([gateway, gateway], { allowUnnamedSigner: true });
    const two = pinnedCertificates([gateway, organisation], { allowUnnamedSigner: true });
    expect(await one.resolve(reference, atMs)).toBe(gateway);
    expect(await codeOf(() => two.resolve(reference, atMs))).toBe('ERR_VERIFY_SIGNER_UNKNOWN');
    expect(await codeOf(() => pinnedCertificates([gateway]).resolve(reference, atMs))).toBe(
      'ERR_VERIFY_SIGNER_UNKNOWN',
    );
  });

  test('a reference that fits certificates of different keys is refused', async () => {
    const both = pinnedCertificates([organisation, attacker]);
    const reference = issuerSerial(formatName(organisation.issuer), decimal(organisation));
    expect(await codeOf(() => both.resolve(reference, atMs))).toBe('ERR_VERIFY_SIGNER_UNKNOWN');
  });

  test('a reference that fits two certificates of one key finds one of them', async () => {
    const renewed = parseCertificate(fixture('keys/broken/no-key-usage.crt'));
    const both = pinnedCertificates([organisation, renewed]);
    expect(await both.resolve(keyIdentifier(organisation), atMs)).toBe(organisation);
    expect(await both.resolve(embedded(renewed), atMs)).toBe(renewed);

    const unnamed = pinnedCertificates([organisation, renewed], { allowUnnamedSigner: true });
    expect(await codeOf(() => unnamed.resolve({ kind: 'none' }, atMs))).toBe('ERR_VERIFY_SIGNER_UNKNOWN');
  });
});
