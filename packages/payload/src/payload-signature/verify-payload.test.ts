import { type SignatureSuite, type TrustPolicy, VerifyError } from '@egov-gateway/core';
import { certificateChain, parseCertificate, rsaSuite } from '@egov-gateway/keys';
import { codeOf, copiedCertificate, fixture } from '@egov-gateway/testing';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  document,
  exclusive,
  load,
  organisation,
  sign,
  signatureOf,
  signed,
  verify,
} from '../../test/signing-party.ts';

describe('verifyPayload', () => {
  test('gives back what was signed, and nothing else', async () => {
    for (const xml of [signed, exclusive]) {
      const verified = await verify(xml);
      expect(verified.root.localName).toBe('contractRequest');
      expect(verified.root.first?.first?.text()).toBe('001300900011');
      expect(verified.xml).not.toContain('Signature');
      expect(verified.signer.algorithm).toBe('rsa');
      expect(verified.signer.certificate.thumbprintSha256).toBe(organisation.thumbprintSha256);
    }
    expect((await verify(signed)).xml).toBe(document);
  });

  test('accepts base64 with the line ends of Java, and comments that are not signed', async () => {
    const wrapped = signed.replace(
      /<ds:SignatureValue>([^<]+)</,
      (_all, value: string) => `<ds:SignatureValue>${value.replace(/.{76}/g, '$&&#13;\n')}&#13;\n<`,
    );
    expect((await verify(wrapped)).xml).toBe(document);
    expect((await verify(signed.replace('<iin>', '<!-- note --><iin>'))).xml).toBe(document);
  });

  test('finds the signer by issuer and number', async () => {
    const byNumber = signed.replace(
      /<ds:X509Certificate>[^<]+<\/ds:X509Certificate>/,
      `<ds:X509IssuerSerial><ds:X509IssuerName>${issuerName()}</ds:X509IssuerName><ds:X509SerialNumber>` +
        `${BigInt(`0x${organisation.serialNumber}`)}</ds:X509SerialNumber></ds:X509IssuerSerial>`,
    );
    expect((await verify(byNumber)).signer.certificate.bin).toBe('991340000017');
  });

  test('takes the first of several certificates for that of the signer', async () => {
    const chain = (text: string) => `<ds:X509Certificate>${text}</ds:X509Certificate>`;
    const behind = signed.replace('</ds:X509Data>', `${chain('AAAA')}</ds:X509Data>`);
    expect((await verify(behind)).xml).toBe(document);
    const before = signed.replace('<ds:X509Data>', `<ds:X509Data>${chain('AAAA')}`);
    expect(await codeOf(() => verify(before))).toBe('ERR_VERIFY_SIGNER_UNTRUSTED');
  });

  test('finds a signature at the place that is named', async () => {
    const nested = document.replace('</newContractData></c:contractRequest>', '');
    const moved = await sign(`${nested}</newContractData></c:contractRequest>`);
    const start = moved.indexOf('<ds:Signature');
    const end = moved.indexOf('</ds:Signature>') + '</ds:Signature>'.length;
    const inside = moved
      .replace(moved.slice(start, end), '')
      .replace('</newContractData>', `${moved.slice(start, end)}</newContractData>`);
    expect(await codeOf(() => verify(inside))).toBe('ERR_VERIFY_SIGNATURE_PLACE');
    const verified = await verify(inside, { signatureIn: '/contractRequest/newContractData' });
    expect(verified.xml).toBe(document);
  });

  test('refuses a signature that was made for another document', async () => {
    const other = await sign(
      '<c:contractRequest xmlns:c="http://agency.example/contract"><x/></c:contractRequest>',
    );
    expect(await codeOf(() => verify(signed.replace(signatureOf(signed), signatureOf(other))))).toBe(
      'ERR_VERIFY_DIGEST',
    );
  });

  test.each([
    ['other-bin', 'ERR_VERIFY_SIGNER_UNTRUSTED'],
    ['attacker', 'ERR_VERIFY_SIGNER_UNTRUSTED'],
  ])('refuses what %s has signed, though its certificate is inside', async (name, code) => {
    const forged = await sign(document, {}, await load(name));
    expect(await codeOf(() => verify(forged))).toBe(code);
  });

  test('refuses the right certificate over the signature of another key', async () => {
    const attacker = await load('attacker');
    const forged = await sign(
      document,
      {},
      { algorithm: 'rsa', certificate: organisation, sign: (data) => attacker.sign(data) },
    );
    expect(await codeOf(() => verify(forged))).toBe('ERR_VERIFY_SIGNATURE');
  });

  test('asks the trust policy, with the instant, and believes nothing else', async () => {
    const chain = certificateChain({
      roots: [parseCertificate(fixture('keys/ca.crt'))],
      expect: { bin: '991340000017' },
    });
    expect((await verify(signed, { trust: chain })).signer.certificate.bin).toBe('991340000017');
    expect(await codeOf(() => verify(signed, { trust: chain, atMs: Date.UTC(2101, 0) }))).toBe(
      'ERR_VERIFY_CERTIFICATE_EXPIRED',
    );
    const refusing: TrustPolicy = {
      resolve: () => Promise.reject(new VerifyError('no', { code: 'ERR_VERIFY_SIGNER_UNTRUSTED' })),
    };
    expect(await codeOf(() => verify(signed, { trust: refusing }))).toBe('ERR_VERIFY_SIGNER_UNTRUSTED');
    await expect(verify(signed, { atMs: Number.NaN })).rejects.toThrow(TypeError);
  });

  test('refuses a signer whose key is of another kind than the algorithm', async () => {
    const odd: TrustPolicy = {
      resolve: async () =>
        copiedCertificate(organisation, {
          publicKey: { ...organisation.publicKey, algorithm: 'gost2015-512' },
        }),
    };
    expect(await codeOf(() => verify(signed, { trust: odd }))).toBe('ERR_VERIFY_KEY_TYPE');
    const picky: SignatureSuite = { ...rsaSuite, supports: () => false };
    expect(await codeOf(() => verify(signed, { suites: [picky] }))).toBe('ERR_VERIFY_KEY_WEAK');
    expect(await codeOf(() => verify(signed, { suites: [] }))).toBe('ERR_VERIFY_ALGORITHM');
  });

  test('takes suites of other algorithms', async () => {
    const suite: SignatureSuite = {
      ...rsaSuite,
      signatureUris: ['urn:example:signature', ...rsaSuite.signatureUris],
      digestUris: ['urn:example:digest'],
    };
    const xml = await sign(document, { suites: [suite] });
    expect(xml).toContain('<ds:SignatureMethod Algorithm="urn:example:signature"/>');
    expect(xml).toContain('<ds:DigestMethod Algorithm="urn:example:digest"/>');
    expect((await verify(xml, { suites: [suite] })).xml).toBe(document);
    expect(await codeOf(() => verify(xml))).toBe('ERR_VERIFY_ALGORITHM');
  });

  test('refuses every document in which one character of what is signed was changed', async () => {
    const end = signed.indexOf('<ds:KeyInfo>');
    await fc.assert(
      fc.asyncProperty(fc.nat(end - 1), fc.constantFrom('x', ' ', '<', '0', 'Қ'), async (at, character) => {
        fc.pre(signed[at] !== character);
        const changed = signed.slice(0, at) + character + signed.slice(at + 1);
        const outcome = await verify(changed).then(
          ({ xml }) => xml,
          (error: unknown) => error,
        );
        // White space within a tag, or around base64, says nothing else; all other changes are refused.
        if (typeof outcome === 'string') expect(outcome).toBe(document);
        else expect(outcome).toMatchObject({ code: expect.stringMatching(/^ERR_(XML|VERIFY)_/) as string });
      }),
    );
  });

  test('verifies every document that signPayload signs', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '&amp;', '&lt;', '&#13;', '\n', 'Қ', ']]&gt;', '😀', '&#x9;'),
    });
    const nested = fc.letrec((tie) => ({
      xml: fc
        .tuple(
          fc.constantFrom('a', 'B:b', 'c-c:d'),
          fc.array(fc.oneof({ maxDepth: 4 }, text, tie('xml')), { maxLength: 3 }),
          text,
        )
        .map(([name, parts, value]) => `<${name} k="${value}">${parts.join('')}</${name}>`),
    })).xml;
    await fc.assert(
      fc.asyncProperty(nested, fc.constantFrom('inclusive', 'exclusive'), async (xml, canonicalization) => {
        const whole = `<r xmlns:B="urn:B" xmlns:c-c="urn:c" xmlns:b="urn:b" xmlns="urn:d">${String(xml)}</r>`;
        const verified = await verify(await sign(whole, { canonicalization }));
        expect(verified.root.toXml()).toBe(
          (await verify(await sign(verified.xml, { canonicalization }))).root.toXml(),
        );
      }),
      { numRuns: 40 },
    );
  });
});

function issuerName(): string {
  const names: Record<string, string> = {
    '2.5.4.3': 'CN',
    '2.5.4.6': 'C',
    '2.5.4.10': 'O',
    '2.5.4.11': 'OU',
  };
  return organisation.issuer.map(({ type, value }) => `${names[type] ?? type}=${value}`).join(',');
}
