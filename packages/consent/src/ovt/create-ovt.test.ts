import { createPublicKey, verify } from 'node:crypto';

import { type Certificate, fixedClock, type SigningKey, ValidateError } from '@egov-gateway/core';
import { loadPkcs12 } from '@egov-gateway/keys';
import { codeOf, fixture } from '@egov-gateway/testing';
import { beforeAll, describe, expect, test } from 'vitest';

import { createOvt } from './create-ovt.ts';
import { parseOvt } from './parse-ovt.ts';

const bin = '991340000017';
const atMs = Date.UTC(2026, 10, 22, 5, 0, 0, 999);
const clock = fixedClock(atMs);
let key: SigningKey;

beforeAll(async () => {
  key = await loadPkcs12(fixture('keys/organisation.p12'), 'test-only');
});

/** What a receiver does, from the text alone and with the library of Node.js. */
function opened(ovt: string, { publicKey }: Certificate) {
  const [header = '', claims = '', signature = ''] = ovt.split('.');
  const spki = createPublicKey({ key: Buffer.from(publicKey.spki), format: 'der', type: 'spki' });
  const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  return {
    header: decode(header),
    claims: decode(claims),
    isSigned: verify(
      'RSA-SHA256',
      Buffer.from(`${header}.${claims}`),
      spki,
      Buffer.from(signature, 'base64url'),
    ),
  };
}

describe('createOvt', () => {
  test('is a JWT that RS256 verifies with the key of the company', async () => {
    const ovt = await createOvt({ key, bin, clock });
    expect(opened(ovt, key.certificate)).toEqual({
      header: { alg: 'RS256', typ: 'JWT' },
      claims: { cbin: bin, mcheck: 'Bio', iat: Math.floor(atMs / 1000), exp: Math.floor(atMs / 1000) + 300 },
      isSigned: true,
    });
  });

  test('is three parts of base64url without padding', async () => {
    for (const mcheck of ['Bio', 'Bio1', 'Bio12']) {
      expect(await createOvt({ key, bin, clock, mcheck })).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    }
  });

  test('no longer verifies with other claims, or with its parts in another order', async () => {
    const ovt = await createOvt({ key, bin, clock });
    const [header = '', claims = '', signature = ''] = ovt.split('.');
    const other = claims.replace(/^./, (first) => (first === 'e' ? 'f' : 'e'));
    const verified = [`${header}.${other}.${signature}`, `${claims}.${header}.${signature}`].map((text) => {
      const { signingInput, signature: octets } = { ...parts(text) };
      const spki = createPublicKey({
        key: Buffer.from(key.certificate.publicKey.spki),
        format: 'der',
        type: 'spki',
      });
      return verify('RSA-SHA256', signingInput, spki, octets);
    });
    expect(verified).toEqual([false, false]);
  });

  test('has the mark, the lifetime rounded up, and the header that were asked for', async () => {
    const ovt = await createOvt({ key, bin, clock, mcheck: 'Other', lifetimeMs: 1, header: { kid: 'k1' } });
    const { header, claims } = opened(ovt, key.certificate);
    expect(header).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' });
    expect(claims).toMatchObject({ mcheck: 'Other', exp: Math.floor(atMs / 1000) + 1 });
  });

  test('signs for a company whose certificate names none', async () => {
    const certificate: Certificate = { ...plain(key.certificate), bin: null };
    const nameless: SigningKey = { algorithm: 'rsa', certificate, sign: (data) => key.sign(data) };
    expect(opened(await createOvt({ key: nameless, bin, clock }), certificate).isSigned).toBe(true);
  });

  test.each([
    ['gost2015-512', 'gost2015-512'],
    ['gost2004', 'gost2004'],
  ] as const)('wants an RSA key, and says so of %s', async (_name, algorithm) => {
    const gost: SigningKey = {
      algorithm,
      certificate: key.certificate,
      sign: () => Promise.reject(new Error('never')),
    };
    const run = () => createOvt({ key: gost, bin, clock });
    expect(await codeOf(run)).toBe('ERR_SIGN_ALGORITHM');
    await expect(run()).rejects.toThrow(/needs an RSA key, this one is gost/);
  });

  test.each([
    ['after its end', 1, 'ERR_SIGN_CERTIFICATE_EXPIRED'],
    ['before its beginning', -1, 'ERR_SIGN_CERTIFICATE_NOT_YET_VALID'],
  ] as const)('refuses a certificate %s', async (_name, side, code) => {
    const { notAfterMs, notBeforeMs } = key.certificate;
    const now = side === 1 ? notAfterMs + 1000 : notBeforeMs - 1000;
    expect(await codeOf(() => createOvt({ key, bin, clock: fixedClock(now) }))).toBe(code);
  });

  test('refuses a clock that shows no time', async () => {
    const broken = { now: () => Number.NaN };
    expect(await codeOf(() => createOvt({ key, bin, clock: broken }))).toBe('ERR_SIGN_CERTIFICATE_EXPIRED');
  });

  test.each([
    ['of another company', { bin: '991340000027' }, 'signer-mismatch'],
    ['with a wrong control digit', { bin: '991340000018' }, 'bin'],
    ['that is no number', { bin: 'x', identity: 'format' as const }, 'bin'],
    ['that is empty', { bin: '', identity: 'off' as const }, 'bin'],
    ['of another company, unchecked', { bin: 'x', identity: 'off' as const }, 'signer-mismatch'],
  ])('refuses a BIN %s, without repeating it', async (_name, wrong, rule) => {
    const outcome = createOvt({ key, clock, ...wrong });
    await expect(outcome).rejects.toThrow(ValidateError);
    await expect(outcome).rejects.toMatchObject({ issues: [{ path: '/cbin', rule }] });
    await expect(outcome).rejects.not.toThrow(wrong.bin.length > 5 ? wrong.bin : /never/);
  });

  test('refuses a signature of nothing', async () => {
    const empty: SigningKey = {
      ...{ algorithm: 'rsa', certificate: key.certificate },
      sign: async () => new Uint8Array(),
    };
    expect(await codeOf(() => createOvt({ key: empty, bin, clock }))).toBe('ERR_SIGN_KEY');
  });

  test.each([
    { lifetimeMs: 0 },
    { lifetimeMs: Number.NaN },
    { header: { alg: 'none' } },
    { header: { typ: 'x' } },
    { header: { crit: 'b64' } },
    { lifetime: 1 },
    { identity: 'loose' },
  ])('refuses %j', async (options) => {
    await expect(createOvt({ key, bin, clock, ...options } as never)).rejects.toThrow(TypeError);
  });
});

function parts(ovt: string) {
  const [header = '', claims = '', signature = ''] = ovt.split('.');
  return { signingInput: Buffer.from(`${header}.${claims}`), signature: Buffer.from(signature, 'base64url') };
}

/** A class with getters loses them when it is spread. */
function plain(certificate: Certificate): Certificate {
  const { der, publicKey, subject, issuer, iin, serialNumber, notBeforeMs, notAfterMs } = certificate;
  const { keyUsage, extendedKeyUsage, subjectKeyIdentifier, thumbprintSha256 } = certificate;
  const names = { subject, issuer, iin, bin: certificate.bin, serialNumber };
  const rest = { keyUsage, extendedKeyUsage, subjectKeyIdentifier, thumbprintSha256 };
  return { der, publicKey, notBeforeMs, notAfterMs, ...names, ...rest };
}

describe('parseOvt', () => {
  test('takes an ovt apart', async () => {
    const ovt = await createOvt({ key, bin, clock });
    const { header, claims, signingInput, signature } = parseOvt(ovt);
    expect(header['alg']).toBe('RS256');
    expect(claims['cbin']).toBe(bin);
    expect(new TextDecoder().decode(signingInput)).toBe(ovt.slice(0, ovt.lastIndexOf('.')));
    expect(signature).toHaveLength(256);
  });

  const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const object = json({ a: 1 });

  test.each([
    ['nothing', ''],
    ['two parts', `${object}.${object}`],
    ['four parts', `${object}.${object}.AA.AA`],
    ['an empty signature', `${object}.${object}.`],
    ['padding', `${object}.${object}.AA==`],
    ['base64 with plus and slash', `${object}.${object}.+/+/`],
    ['bits that say nothing', `${object}.${object}.AB`],
    ['a header that is no JSON', `AAAA.${object}.AA`],
    ['a header that is a list', `${json([])}.${object}.AA`],
    ['claims that are null', `${object}.${json(null)}.AA`],
    ['claims that are no UTF-8', `${object}.${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}.AA`],
  ])('refuses %s, and repeats nothing of it', async (_name, ovt) => {
    expect(await codeOf(() => parseOvt(ovt))).toBe('ERR_PARSE_VALUE');
  });
});
