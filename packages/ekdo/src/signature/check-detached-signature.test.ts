import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { gost34311, streebog256, streebog512 } from '@egov-gateway/gost';
import { fixture } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type MakeCmsOptions, makeCertificate, makeCms, testCertificates } from '../../test/make-cms.ts';
import { checkDetachedSignature } from './check-detached-signature.ts';
import { readSignedData } from './cms-signed-data.ts';
import type { SignatureKind } from './signature-kind.ts';

const document = new Uint8Array(Buffer.from('%PDF-1.4 made up'));
const { russian, kazakh } = testCertificates;

function codesOf(
  options: MakeCmsOptions = {},
  kind: SignatureKind = 'ukep',
  certificate = options.certificate ?? russian,
): string[] {
  const cms = makeCms(document, options);
  return checkDetachedSignature(document, { cms, kind, certificate }).findings.map(({ code }) => code);
}

const digests: readonly (readonly [string, string, Uint8Array])[] = [
  ['SHA-256', '2.16.840.1.101.3.4.2.1', createHash('sha256').update(document).digest()],
  ['SHA-384', '2.16.840.1.101.3.4.2.2', createHash('sha384').update(document).digest()],
  ['SHA-512', '2.16.840.1.101.3.4.2.3', createHash('sha512').update(document).digest()],
  ['Streebog-256, Russian', '1.2.643.7.1.1.2.2', streebog256(document)],
  ['Streebog-512, Russian', '1.2.643.7.1.1.2.3', streebog512(document)],
];
const kazakhDigests: readonly (readonly [string, string, Uint8Array])[] = [
  ['Streebog-256, Kazakh', '1.2.398.3.10.1.3.2', streebog256(document)],
  ['Streebog-512, Kazakh', '1.2.398.3.10.1.3.3', streebog512(document)],
  ['GOST 34.311-95', '1.2.398.3.10.1.3.1', gost34311(document)],
];

describe('checkDetachedSignature', () => {
  test.each(digests)('takes a signature with %s', (_name, digestOid, digest) => {
    expect(codesOf({ digestOid, digest })).toEqual([]);
  });

  test.each(kazakhDigests)('takes an unqualified signature with %s', (_name, digestOid, digest) => {
    expect(codesOf({ digestOid, digest, certificate: kazakh }, 'unep')).toEqual([]);
  });

  test.each([...digests, ...kazakhDigests])(
    'sees that %s is of another document',
    (_name, digestOid, digest) => {
      const other = Uint8Array.from(digest);
      other[0] = (other[0] as number) ^ 1;
      expect(codesOf({ digestOid, digest: other }, 'unep')).toEqual(['digest-differs']);
    },
  );

  test.each(kazakhDigests)('refuses %s for a qualified signature', (_name, digestOid, digest) => {
    expect(codesOf({ digestOid, digest })).toEqual(['kazakh-key']);
  });

  const cases: readonly (readonly [string, MakeCmsOptions, readonly string[]])[] = [
    ['the document inside', { content: document }, ['cms-attached']],
    ['an empty document inside', { content: new Uint8Array() }, ['cms-attached']],
    ['another kind of message', { type: '1.2.840.113549.1.7.3' }, ['cms-other-type']],
    ['no signer', { signers: 0 }, ['cms-no-signer']],
    ['two signers', { signers: 2 }, ['cms-several-signers']],
    ['a key of Kazakhstan by its certificate', { certificate: kazakh }, ['kazakh-key']],
    ['a key of Kazakhstan by its algorithm', { signatureOid: '1.2.398.3.10.1.1.2.3.2' }, ['kazakh-key']],
    ['no hash', { digest: null }, ['digest-missing']],
    ['two hashes', { digestTimes: 2 }, ['digest-missing']],
    ['an empty hash', { digest: new Uint8Array() }, ['digest-differs']],
    ['SHA-1', { digestOid: '1.3.14.3.2.26' }, ['digest-broken']],
    ['MD5', { digestOid: '1.2.840.113549.2.5' }, ['digest-broken']],
    ['an unknown hash', { digestOid: '1.2.3.4' }, ['digest-unknown']],
    ['no signed attributes', { attributes: false }, ['no-attributes']],
    ['another contentType', { attributeType: '1.2.840.113549.1.7.5' }, ['cms-content-type']],
    ['no certificate inside', { withCertificate: false }, ['certificate-missing']],
  ];
  test.each(cases)('finds %s', (_name, options, codes) => {
    expect(codesOf(options)).toEqual(codes);
  });

  test('does not read a message that is larger than any signature', () => {
    const certificate = testCertificates.russian;
    const cms = new Uint8Array(4 * 1024 * 1024 + 1);
    const { findings } = checkDetachedSignature(document, { cms, kind: 'ukep', certificate });
    expect(findings.map(({ code }) => code)).toEqual(['cms-malformed']);
  });

  test('refuses a certificate that is not the signer of the message', () => {
    expect(codesOf({}, 'ukep', makeCertificate('RU', 8))).toEqual([
      'certificate-differs',
      'certificate-missing',
    ]);
  });

  test('knows a key by the country of its issuer, not of its holder', () => {
    const of = (issuer: string, holder: string): string[] => {
      const certificate = makeCertificate(issuer, 7, holder);
      return codesOf({ certificate }, 'ukep', certificate);
    };
    expect(of('RU', 'KZ')).toEqual([]);
    expect(of('KZ', 'RU')).toEqual(['kazakh-key']);
  });

  test('says that there is no certificate rather than that it cannot be read', () => {
    expect(codesOf({ withCertificate: false }, 'ukep', new Uint8Array())).toEqual(['certificate-absent']);
  });

  test('refuses a certificate that cannot be read', () => {
    expect(codesOf({}, 'ukep', new Uint8Array([1, 2, 3]))).toEqual(['certificate-malformed']);
  });

  test('refuses every GOST key of the fixtures for a qualified signature', () => {
    for (const algorithm of ['gost2004', 'gost2015-256', 'gost2015-512']) {
      const codes = codesOf({}, 'ukep', fixture(`keys/${algorithm}/organisation.crt`));
      expect(codes).toContain('kazakh-key');
    }
  });

  test('judges the certificate at the given moment only', () => {
    const signature = { cms: makeCms(document), kind: 'ukep', certificate: russian } as const;
    const at = (atMs: number): string[] =>
      checkDetachedSignature(document, signature, { atMs }).findings.map(({ code }) => code);
    expect(at(Date.UTC(2026, 0, 1))).toEqual([]);
    expect(at(Date.UTC(2019, 0, 1))).toEqual(['certificate-expired']);
    expect(at(Date.UTC(2100, 0, 1))).toEqual(['certificate-expired']);
    expect(() => at(Number.NaN)).toThrow(TypeError);
  });

  test('says of a simple signature that it was not checked', () => {
    expect(codesOf({}, 'pep')).toEqual(['simple-signature']);
  });

  test('refuses a kind that there is not', () => {
    expect(codesOf({}, 'УКЭП' as SignatureKind)).toEqual(['kind-unknown']);
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['text', new Uint8Array(Buffer.from('-----BEGIN PKCS7-----'))],
    ['base64', new Uint8Array(Buffer.from(Buffer.from(makeCms(document)).toString('base64')))],
    ['nesting without end', new Uint8Array(100_000).fill(0x30)],
    ['a cut off message', makeCms(document).subarray(0, 200)],
  ])('refuses %s as a message', (_name, cms) => {
    const report = checkDetachedSignature(document, { cms, kind: 'ukep', certificate: russian });
    expect(report.findings.map(({ code }) => code)).toEqual(['cms-malformed']);
    expect(report.usable).toBe(false);
  });

  test('never throws and never takes a message with one octet changed in the hash', () => {
    const cms = makeCms(document);
    const digest = createHash('sha256').update(document).digest();
    const at = Buffer.from(cms).indexOf(digest);
    fc.assert(
      fc.property(fc.nat(cms.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const changed = Uint8Array.from(cms);
        changed[index] = (changed[index] as number) ^ change;
        const { usable } = checkDetachedSignature(document, {
          cms: changed,
          kind: 'ukep',
          certificate: russian,
        });
        if (index >= at && index < at + digest.length) expect(usable).toBe(false);
      }),
    );
  });

  test('refuses arguments of another kind', () => {
    const signature = { cms: makeCms(document), kind: 'ukep', certificate: russian } as const;
    expect(() => checkDetachedSignature('x' as unknown as Uint8Array, signature)).toThrow(TypeError);
    expect(() =>
      checkDetachedSignature(document, { ...signature, cms: '' as unknown as Uint8Array }),
    ).toThrow(TypeError);
  });
});

const shared = process.env['EGW_SHARED'];
const vector = shared === undefined ? '' : join(shared, 'vectors/cms/mitwork_validation.b64');

describe.runIf(existsSync(vector))('a message of the Kazakh library', () => {
  test('is read: one signer, Streebog-512, its certificate inside, refused as a qualified signature', () => {
    const cms = new Uint8Array(Buffer.from(readFileSync(vector, 'latin1'), 'base64'));
    const data = readSignedData(cms);
    expect(data?.signers.map(({ digestOid }) => digestOid)).toEqual(['1.2.398.3.10.1.3.3']);
    const certificate = data?.certificates[0] ?? new Uint8Array();
    const codes = checkDetachedSignature(document, { cms, kind: 'ukep', certificate }).findings.map(
      ({ code }) => code,
    );
    expect(codes).toContain('kazakh-key');
    expect(codes).not.toContain('certificate-differs');
  });
});
