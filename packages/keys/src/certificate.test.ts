import { createHash, X509Certificate } from 'node:crypto';
import { inspect } from 'node:util';

import { codeOf, derElement, fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { parseCertificate, parseCertificates } from './certificate.ts';

const organisation = fixture('keys/organisation.crt');
const der = parseCertificate(organisation).der;
const parties = [
  'organisation',
  'person',
  'gateway',
  'service',
  'other-bin',
  'auth',
  'branch',
  'ca',
  'tls-server',
];

/** The certificate with one octet string replaced by another of the same length. */
function patched(from: string, to: string): Uint8Array {
  const hex = Buffer.from(der).toString('hex');
  expect(hex).toContain(from);
  return new Uint8Array(Buffer.from(hex.replace(from, to), 'hex'));
}

describe('parseCertificate', () => {
  test.each(parties)('%s: agrees with node:crypto', (party) => {
    const bytes = fixture(`keys/${party}.crt`);
    const expected = new X509Certificate(bytes);
    const certificate = parseCertificate(bytes);

    expect(Buffer.compare(certificate.der, expected.raw)).toBe(0);
    expect(certificate.serialNumber).toBe(expected.serialNumber.toLowerCase());
    expect(certificate.thumbprintSha256).toBe(expected.fingerprint256.replaceAll(':', '').toLowerCase());
    expect(certificate.notBeforeMs).toBe(Date.parse(expected.validFrom));
    expect(certificate.notAfterMs).toBe(Date.parse(expected.validTo));
    expect(certificate.extendedKeyUsage ?? undefined).toEqual(expected.keyUsage);
    expect(
      Buffer.compare(certificate.publicKey.spki, expected.publicKey.export({ type: 'spki', format: 'der' })),
    ).toBe(0);
    expect(certificate.publicKey.algorithm).toBe('rsa');
  });

  test('reads who it is, in right letters', () => {
    const certificate = parseCertificate(organisation);

    expect(certificate.iin).toBe('001300900011');
    expect(certificate.bin).toBe('991340000017');
    expect(certificate.subject.map(({ value }) => value)).toEqual([
      'ТЕСТОВ ҒАЛЫМ TEST ONLY',
      'ТЕСТОВ',
      'IIN001300900011',
      'KZ',
      '«СЫНАҚ ҰЙЫМЫ» ЖШС TEST ONLY',
      'BIN991340000017',
      'ҒАЛЫМҰЛЫ',
    ]);
    expect(certificate.issuer[0]?.value).toBe('СЫНАҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) TEST ONLY');
  });

  test('reads what it is for', () => {
    const certificate = parseCertificate(organisation);

    expect(certificate.keyUsage).toEqual(['digitalSignature', 'nonRepudiation']);
    expect(certificate.extendedKeyUsage).toEqual([
      '1.3.6.1.5.5.7.3.4',
      '1.2.398.3.3.4.1.2',
      '1.2.398.3.3.4.1.2.1',
    ]);
    const pkcs1 = new X509Certificate(organisation).publicKey.export({ type: 'pkcs1', format: 'der' });
    expect(certificate.subjectKeyIdentifier).toBe(createHash('sha1').update(pkcs1).digest('hex'));
    expect(parseCertificate(fixture('keys/broken/no-key-usage.crt')).keyUsage).toBeNull();
    expect(parseCertificate(fixture('keys/ca.crt')).extendedKeyUsage).toBeNull();
  });

  test('drops the sign octet of a serial number with the high bit set', () => {
    expect(parseCertificate(fixture('keys/gateway.crt')).serialNumber).toMatch(/^[89a-f][0-9a-f]{31}$/);
  });

  test('a person has no BIN; two BINs are none', () => {
    expect(parseCertificate(fixture('keys/person.crt')).bin).toBeNull();
    expect(parseCertificate(fixture('keys/broken/two-bins.crt')).bin).toBeNull();
  });

  test('reads every string type of a name', () => {
    const { subject } = parseCertificate(fixture('keys/broken/strings.crt'));
    expect(subject.map(({ value }) => value)).toEqual([
      'ӘҒҚҢӨҰҮҺІ',
      'Latin é',
      'test@example.invalid',
      'Astana',
      'KZ',
    ]);
  });

  test.each([
    ['gost2004', '2a830e030a01010101'],
    ['gost2015-256', '2a830e030a01010201'],
    ['gost2015-512', '2a830e030a01010202'],
    [null, '2a830e030a01010909'],
  ])('a key of algorithm %s is named by its OID', (algorithm, oid) => {
    // rsaEncryption in the SubjectPublicKeyInfo: the only one followed by the BIT STRING of the key.
    const certificate = parseCertificate(patched('06092a864886f70d0101010500038201', `0609${oid}0500038201`));
    expect(certificate.publicKey.algorithm).toBe(algorithm);
  });

  test('keeps a copy: bytes that change later change nothing', () => {
    const bytes = Uint8Array.from(der);
    const certificate = parseCertificate(bytes);
    bytes.fill(0);
    expect(Buffer.compare(certificate.der, der)).toBe(0);
  });

  test.each([
    ['inspect', (value: unknown) => inspect(value)],
    ['inspect inside another object', (value: unknown) => inspect({ a: { b: [value] } }, { depth: 9 })],
    ['JSON', (value: unknown) => JSON.stringify({ value })],
    ['String', (value: unknown) => String(value)],
  ])('%s shows the thumbprint and names nobody', (_kind, print) => {
    const certificate = parseCertificate(organisation);
    const printed = print(certificate);
    expect(printed).toContain(certificate.thumbprintSha256);
    expect(printed).not.toMatch(/ТЕСТОВ|ҒАЛЫМ|001300900011|991340000017/);
  });

  test('has nothing that a printer finds when it ignores what the certificate says of itself', () => {
    const certificate = parseCertificate(organisation);
    const printed = inspect(certificate, { customInspect: false, showHidden: true, depth: 9 });
    expect(printed).not.toMatch(/ТЕСТОВ|ҒАЛЫМ|001300900011|991340000017/);
    expect(Reflect.ownKeys(certificate)).toEqual([]);
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['noise', Buffer.from('noise')],
    ['a private key', fixture('keys/organisation.key')],
    ['a container', fixture('keys/organisation.p12')],
    ['a cut off certificate', der.subarray(0, -1)],
    ['bytes behind a certificate', Buffer.concat([der, Buffer.from([0])])],
    ['an empty SEQUENCE', derElement(0x30)],
    ['an indefinite length', Buffer.concat([Buffer.from([0x30, 0x80]), der.subarray(4), Buffer.alloc(2)])],
    [
      'a date that does not exist',
      patched('170d3230303130313030303030305a', '170d3230303233303030303030305a'),
    ],
  ])('refuses %s', async (_rule, bytes) => {
    expect(await codeOf(() => parseCertificate(bytes))).toBe('ERR_KEY_FORMAT');
  });

  test.each([
    ['version 4', patched('a003020102', 'a003020103')],
    ['extensions in version 1', patched('a003020102', 'a003020100')],
    // Both identifiers of keys, one after another, under one OID.
    ['an extension twice', patched('0603551d0e', '0603551d23')],
    ['an end before the beginning', patched('180f3230393931323331', '180f3230313931323331')],
  ])('refuses %s as no certificate', async (_rule, bytes) => {
    expect(await codeOf(() => parseCertificate(bytes))).toBe('ERR_KEY_CERTIFICATE');
  });

  test('refuses more than 64 KiB before reading', async () => {
    const large = Buffer.concat([Buffer.from([0x30, 0x83, 0x01, 0, 0]), Buffer.alloc(65_536)]);
    expect(await codeOf(() => parseCertificate(large))).toBe('ERR_KEY_LIMIT');
  });

  test('refuses a bundle: which one is meant is not said', async () => {
    const bundle = Buffer.concat([organisation, fixture('keys/ca.crt')]);
    expect(await codeOf(() => parseCertificate(bundle))).toBe('ERR_KEY_AMBIGUOUS');
  });
});

describe('parseCertificates', () => {
  test('reads a bundle in its order, with text between and other blocks', () => {
    const bundle = Buffer.concat([
      Buffer.from('Root of the tests\r\n'),
      fixture('keys/ca.crt'),
      fixture('keys/organisation.key'),
      organisation,
    ]);
    const serials = parseCertificates(bundle).map(({ serialNumber }) => serialNumber);
    expect(serials).toEqual(
      ['ca', 'organisation'].map((name) => parseCertificate(fixture(`keys/${name}.crt`)).serialNumber),
    );
  });

  test('reads one certificate of DER', () => {
    expect(parseCertificates(der)).toHaveLength(1);
  });

  test('refuses a PEM text without certificates', async () => {
    expect(await codeOf(() => parseCertificates(fixture('keys/organisation.key')))).toBe('ERR_KEY_FORMAT');
  });
});
