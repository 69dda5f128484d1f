import { type Certificate, formatName, type SignatureSuite, type SignerReference } from '@egov-gateway/core';
import { codeOf, copiedCertificate, fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { parseCertificate } from './certificate.ts';
import { type CertificateChainOptions, certificateChain } from './certificate-chain.ts';

const load = (name: string): Certificate => parseCertificate(fixture(`keys/${name}.crt`));
const root = load('ca');
const intermediate = load('intermediate');
const organisation = load('organisation');
const atMs = Date.parse('2026-11-22T00:00:00Z');

const embedded = ({ der }: Certificate): SignerReference => ({ kind: 'certificate', der });

/** The code with which a chain refuses a signer, or `null`. */
function judge(
  signer: Certificate | SignerReference,
  options: Partial<CertificateChainOptions> = {},
  at = atMs,
): Promise<string | null> {
  const policy = certificateChain({ roots: [root], expect: 'any-signer', ...options });
  return codeOf(() => policy.resolve('kind' in signer ? signer : embedded(signer), at));
}

describe('certificateChain', () => {
  test.each([
    'organisation',
    'person',
    'gateway',
    'auth',
    'broken/no-key-usage',
    'broken/no-authority-key',
    'broken/issuer-reversed',
    'broken/strings',
  ])('%s: leads to the root', async (name) => {
    expect(await judge(load(name))).toBeNull();
  });

  test('a path leads through intermediates, in any order of them', async () => {
    expect(await judge(load('branch'))).toBe('ERR_VERIFY_SIGNER_UNTRUSTED');
    expect(
      await judge(load('branch'), { intermediates: [organisation, intermediate, load('person')] }),
    ).toBeNull();
    expect(await judge(load('branch'), { roots: [intermediate] })).toBeNull();
  });

  test.each([
    ['attacker', 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['expired', 'ERR_VERIFY_CERTIFICATE_EXPIRED'],
    ['not-yet-valid', 'ERR_VERIFY_CERTIFICATE_NOT_YET_VALID'],
    ['wrong-usage', 'ERR_VERIFY_SIGNER_PURPOSE'],
    ['ca', 'ERR_VERIFY_SIGNER_PURPOSE'],
    ['attacker-ca', 'ERR_VERIFY_SIGNER_PURPOSE'],
    ['broken/sha1-signature', 'ERR_VERIFY_CERTIFICATE'],
    ['broken/rsa-1024', 'ERR_VERIFY_CERTIFICATE'],
    ['broken/algorithm-mismatch', 'ERR_VERIFY_CERTIFICATE'],
    ['broken/unknown-critical-extension', 'ERR_VERIFY_CERTIFICATE'],
    ['broken/authority-key-mismatch', 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['broken/issuer-name-mismatch', 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['broken/issued-by-person', 'ERR_VERIFY_SIGNER_UNTRUSTED'],
  ])('refuses %s', async (name, code) => {
    expect(await judge(load(name))).toBe(code);
  });

  test('an attacker does not become trusted by being among the intermediates', async () => {
    expect(await judge(load('attacker'), { intermediates: [load('attacker-ca')] })).toBe(
      'ERR_VERIFY_SIGNER_UNTRUSTED',
    );
  });

  test('a person does not become an authority by being among the intermediates', async () => {
    const intermediates = [load('person')];
    expect(await judge(load('broken/issued-by-person'), { intermediates })).toBe('ERR_VERIFY_CERTIFICATE');
  });

  test.each([
    ['intermediate-not-ca', 'ERR_VERIFY_CERTIFICATE'],
    ['intermediate-no-cert-sign', 'ERR_VERIFY_CERTIFICATE'],
    ['intermediate-expired', 'ERR_VERIFY_CERTIFICATE_EXPIRED'],
  ])('refuses a path through %s, unless there is a better one', async (name, code) => {
    const broken = load(`broken/${name}`);
    expect(await judge(load('branch'), { intermediates: [broken] })).toBe(code);
    expect(await judge(load('branch'), { intermediates: [broken, intermediate] })).toBeNull();
  });

  test('holds the allowed length of a path', async () => {
    const intermediates = [intermediate, load('broken/intermediate-below-intermediate')];
    expect(await judge(load('broken/leaf-below-two-intermediates'), { intermediates })).toBe(
      'ERR_VERIFY_CERTIFICATE',
    );
  });

  test('judges at the instant of the message, also the authorities', async () => {
    const expired = load('expired');
    const branch = { intermediates: [load('broken/intermediate-expired')] };
    expect(await judge(expired, {}, Date.parse('2020-06-01T00:00:00Z'))).toBeNull();
    expect(await judge(load('branch'), branch, Date.parse('2020-06-01T00:00:00Z'))).toBeNull();
    expect(await judge(organisation, {}, Date.parse('2019-12-31T23:59:59Z'))).toBe(
      'ERR_VERIFY_CERTIFICATE_NOT_YET_VALID',
    );
    expect(await judge(organisation, {}, Date.parse('2100-01-01T00:00:00Z'))).toBe(
      'ERR_VERIFY_CERTIFICATE_EXPIRED',
    );
  });

  test('a path that was found once is judged again at every instant', async () => {
    const policy = certificateChain({
      roots: [root],
      intermediates: [load('broken/intermediate-expired')],
      expect: 'any-signer',
    });
    const reference = embedded(load('branch'));
    const early = Date.parse('2020-06-01T00:00:00Z');
    expect(await codeOf(() => policy.resolve(reference, early))).toBeNull();
    expect(await codeOf(() => policy.resolve(reference, atMs))).toBe('ERR_VERIFY_CERTIFICATE_EXPIRED');
    expect(await codeOf(() => policy.resolve(reference, early))).toBeNull();
  });

  test('hands out the same certificate for the same octets', async () => {
    const policy = certificateChain({ roots: [root], expect: 'any-signer' });
    const first = await policy.resolve(embedded(organisation), atMs);
    const copy: SignerReference = { kind: 'certificate', der: Uint8Array.from(organisation.der) };
    expect(await policy.resolve(copy, atMs)).toBe(first);
  });

  describe('expectations', () => {
    test.each([
      [{ iin: '001300900011' }, null],
      [{ bin: '991340000017' }, null],
      [{ bin: '991340000017', iin: '001300900011' }, null],
      [{ bin: '991340000027' }, 'ERR_VERIFY_SIGNER_IDENTITY'],
      [{ iin: '001300900207' }, 'ERR_VERIFY_SIGNER_IDENTITY'],
      [{ bin: '991340000017', iin: '001300900207' }, 'ERR_VERIFY_SIGNER_IDENTITY'],
      [{ bin: '991340000027', iin: '001300900011' }, 'ERR_VERIFY_SIGNER_IDENTITY'],
    ])('%o', async (expected, code) => {
      expect(await judge(organisation, { expect: expected })).toBe(code);
    });

    test('a person is not an organisation', async () => {
      expect(await judge(load('person'), { expect: { bin: '991340000017' } })).toBe(
        'ERR_VERIFY_SIGNER_IDENTITY',
      );
    });

    test('a certificate with two BINs is neither', async () => {
      for (const bin of ['991340000017', '991340000027']) {
        expect(await judge(load('broken/two-bins'), { expect: { bin } })).toBe('ERR_VERIFY_SIGNER_IDENTITY');
      }
    });

    test('trust comes first: nobody learns who is expected by trying', async () => {
      expect(await judge(load('attacker'), { expect: { bin: '991340000027' } })).toBe(
        'ERR_VERIFY_SIGNER_UNTRUSTED',
      );
    });

    test('what is expected cannot be changed afterwards', async () => {
      const expected = { bin: '991340000027' };
      const policy = certificateChain({ roots: [root], expect: expected });
      expected.bin = '991340000017';
      expect(await codeOf(() => policy.resolve(embedded(organisation), atMs))).toBe(
        'ERR_VERIFY_SIGNER_IDENTITY',
      );
    });

    test.each([
      {},
      { bin: '' },
      { bin: '99134000001' },
      { iin: 1300900011 },
      { bin: 'BIN991340000017' },
      'any',
      null,
      undefined,
    ])('the expectation %o is a mistake of the caller', (expected) => {
      const options = { roots: [root], expect: expected } as unknown as CertificateChainOptions;
      expect(() => certificateChain(options)).toThrow(TypeError);
    });

    test('no roots are a mistake of the caller', () => {
      expect(() => certificateChain({ roots: [], expect: 'any-signer' })).toThrow(TypeError);
    });

    test('a purpose can be demanded', async () => {
      expect(await judge(organisation, { purpose: 'sign' })).toBeNull();
      expect(await judge(load('auth'), { purpose: 'sign' })).toBe('ERR_VERIFY_SIGNER_PURPOSE');
      expect(await judge(load('tls-server'), { purpose: 'auth' })).toBe('ERR_VERIFY_SIGNER_PURPOSE');
    });
  });

  describe('references', () => {
    const byIssuer: SignerReference = {
      kind: 'issuer-serial',
      issuer: formatName(organisation.issuer),
      serialNumber: BigInt(`0x${organisation.serialNumber}`).toString(),
    };

    test('a signer without certificate in the message is found among the known ones', async () => {
      expect(await judge(byIssuer)).toBe('ERR_VERIFY_SIGNER_UNKNOWN');
      expect(await judge(byIssuer, { signers: [organisation] })).toBeNull();
    });

    test('a known signer is still judged by the chain', async () => {
      expect(await judge(byIssuer, { signers: [load('attacker')] })).toBe('ERR_VERIFY_SIGNER_UNTRUSTED');
    });

    test('a reference that fits two known signers is refused', async () => {
      const signers = [organisation, load('attacker')];
      expect(await judge(byIssuer, { signers })).toBe('ERR_VERIFY_SIGNER_UNKNOWN');
    });

    test.each<[string, SignerReference, string]>([
      ['no reference', { kind: 'none' }, 'ERR_VERIFY_SIGNER_UNKNOWN'],
      ['no octets', { kind: 'certificate', der: new Uint8Array() }, 'ERR_VERIFY_CERTIFICATE'],
      ['noise', { kind: 'certificate', der: Buffer.from('noise') }, 'ERR_VERIFY_CERTIFICATE'],
      ['PEM', { kind: 'certificate', der: fixture('keys/organisation.crt') }, 'ERR_VERIFY_CERTIFICATE'],
      [
        'a cut off certificate',
        { kind: 'certificate', der: organisation.der.subarray(0, -1) },
        'ERR_VERIFY_CERTIFICATE',
      ],
      [
        'a megabyte',
        { kind: 'certificate', der: new Uint8Array(1_000_000).fill(0x30) },
        'ERR_VERIFY_CERTIFICATE',
      ],
    ])('refuses %s', async (_rule, reference, code) => {
      expect(await judge(reference)).toBe(code);
    });

    test.each([Number.NaN, Number.NEGATIVE_INFINITY])(
      'the instant %d is a mistake of the caller',
      async (at) => {
        const policy = certificateChain({ roots: [root], expect: 'any-signer' });
        await expect(policy.resolve(embedded(organisation), at)).rejects.toThrow(TypeError);
      },
    );
  });

  test('every changed bit of a certificate is refused', async () => {
    const policy = certificateChain({ roots: [root], expect: 'any-signer' });
    // One bit of every fourth octet: the signed part, both algorithms, the signature.
    for (let at = 0; at < organisation.der.length; at += 4) {
      const der = Uint8Array.from(organisation.der);
      der[at] = (der[at] ?? 0) ^ (1 << ((at / 4) % 8));
      const code = await codeOf(() => policy.resolve({ kind: 'certificate', der }, atMs));
      expect(code, `octet ${at}`).toMatch(/^ERR_VERIFY_/);
    }
  });

  test('effort is bounded, however many authorities of one name are configured', async () => {
    const intermediates = Array.from({ length: 500 }, () => load('intermediate'));
    const roots = Array.from({ length: 500 }, () => load('attacker-ca'));
    expect(await judge(load('branch'), { roots, intermediates })).toBe('ERR_VERIFY_SIGNER_UNTRUSTED');
  });

  describe('other algorithms', () => {
    // RSA's identifiers rewritten to those of GOST 34.310-2004: the suite decides then, RSA is not asked.
    const renamed = (name: string, signature: string): Certificate => {
      const hex = Buffer.from(load(name).der).toString('hex');
      const changed = hex
        .replaceAll('06092a864886f70d01010b', `0609${signature}`)
        .replaceAll('06092a864886f70d010101', '06092a830e030a01010101');
      return parseCertificate(Buffer.from(changed, 'hex'));
    };
    const gost = (name: string): Certificate => renamed(name, '2a830e030a01010102');
    const asked: number[] = [];
    const suite = (answer: boolean): SignatureSuite => ({
      algorithm: 'gost2004',
      signatureUris: ['urn:test:signature'],
      digestUris: ['urn:test:digest'],
      createDigest: () => ({ update: () => {}, digest: () => new Uint8Array() }),
      verify: async (key, data, signature) => {
        asked.push(data.length, signature.length);
        return answer && key.algorithm === 'gost2004';
      },
    });

    test('are judged by the suite that is given', async () => {
      const roots = [gost('ca')];
      expect(await judge(gost('organisation'), { roots, suites: [suite(true)] })).toBeNull();
      expect(asked.at(-1)).toBe(256);
      expect(await judge(gost('organisation'), { roots, suites: [suite(false)] })).toBe(
        'ERR_VERIFY_SIGNER_UNTRUSTED',
      );
    });

    test('are refused without their suite', async () => {
      expect(await judge(gost('organisation'), { roots: [gost('ca')] })).toBe('ERR_VERIFY_CERTIFICATE');
    });

    test('of an unknown signature are refused', async () => {
      const unknown = renamed('organisation', '2a830e030a01010109');
      expect(await judge(unknown, { roots: [gost('ca')], suites: [suite(true)] })).toBe(
        'ERR_VERIFY_CERTIFICATE',
      );
    });

    test('never verify what says it is signed with RSA, nor the other way round', async () => {
      const suites = [suite(true)];
      expect(await judge(organisation, { roots: [gost('ca')], suites })).toBe('ERR_VERIFY_SIGNER_UNTRUSTED');
      expect(await judge(gost('organisation'), { roots: [root], suites })).toBe(
        'ERR_VERIFY_SIGNER_UNTRUSTED',
      );
    });

    test('certificates made elsewhere are read again from their octets', async () => {
      const foreign = copiedCertificate(root);
      expect(await judge(organisation, { roots: [foreign] })).toBeNull();
      expect(() =>
        certificateChain({
          roots: [copiedCertificate(root, { der: new Uint8Array() })],
          expect: 'any-signer',
        }),
      ).toThrow();
    });
  });
});
