import { inspect } from 'node:util';

import { type EnvelopeLayout, fixedClock, type SigningKey } from '@egov-gateway/core';
import { loadPem, parseCertificate, pinnedCertificates, rsaSha1Suite, rsaSuite } from '@egov-gateway/keys';
import { codeOf, copiedCertificate, fixture, fixtureText } from '@egov-gateway/testing';
import { createXmlWriter, parseXml, xmlName } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import type { KeyInfoStyle } from './key-info-style.ts';
import { createEnvelopeSigner } from './signer.ts';
import { createEnvelopeVerifier } from './verifier.ts';
import { soap11Namespace, utilityNamespace } from './vocabulary.ts';

const clock = fixedClock(Date.parse('2026-01-01T00:00:00Z'));
const loadKey = (name: string): Promise<SigningKey> =>
  loadPem({ privateKey: fixtureText(`keys/${name}.key`), certificate: fixtureText(`keys/${name}.crt`) });
const key = await loadKey('organisation');
const trust = pinnedCertificates([parseCertificate(fixture('keys/organisation.crt'))]);
const verifier = createEnvelopeVerifier({ trust, clock });
const styles: readonly KeyInfoStyle[] = [
  'key-identifier',
  'binary-security-token',
  'x509-data',
  'issuer-serial',
];

const newId = (): string => '11111111-1111-4111-8111-111111111111';
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** An envelope as the canonical writer makes it, with a declaration that exclusive C14N drops. */
function written(): { bytes: Uint8Array; layout: EnvelopeLayout } {
  const writer = createXmlWriter();
  writer.open(xmlName('Body', soap11Namespace, 'soap'));
  writer.attribute(xmlName('Id', utilityNamespace, 'wsu'), 'id-1');
  writer.open('data');
  writer.declarePrefix('ns5', 'urn:test:type');
  writer.attribute(xmlName('type', 'http://www.w3.org/2001/XMLSchema-instance', 'xsi'), 'ns5:Request');
  writer.text('Әліппе <&>');
  writer.close();
  writer.open('section');
  writer.cdata?.('<a>Әліппе ]]> &amp;\r\n</a>');
  writer.close();
  writer.close();
  const { bytes, wireOnly } = writer.finish();
  const head = Buffer.from(`<soap:Envelope xmlns:soap="${soap11Namespace}"><soap:Header>`);
  const neck = Buffer.from('</soap:Header>');
  const bodyStart = head.length + neck.length;
  return {
    bytes: new Uint8Array(Buffer.concat([head, neck, bytes, Buffer.from('</soap:Envelope>')])),
    layout: {
      headerInsertAt: head.length,
      bodyStart,
      bodyEnd: bodyStart + bytes.length,
      bodyId: 'id-1',
      wireOnly: wireOnly.map(([start, end, ...canonical]) => [
        start + bodyStart,
        end + bodyStart,
        ...canonical,
      ]),
    },
  };
}

describe('createEnvelopeSigner', () => {
  test.each([
    ['key-identifier', 'key-identifier'],
    ['x509-data', 'x509-data'],
    ['issuer-serial', 'issuer-serial-reversed'],
    ['binary-security-token', 'binary-security-token'],
    ['key-identifier', 'references-and-cdata'],
    ['key-identifier', 'kazakh-letters'],
    ['key-identifier', 'soap-1.2'],
    ['key-identifier', 'crlf-line-ends'],
    ['key-identifier', 'type-prefix-on-data'],
    ['key-identifier', 'wsse-id-and-wsu-id'],
  ] as const)('%s: digest and signature are those that libxml2 leads to in %s', async (keyInfo, name) => {
    const reference = fixtureText(`wsse/${name}/message.xml`);
    const unsigned = Buffer.from(reference.replace(/<wsse:Security .*<\/wsse:Security>/s, ''));
    const signed = text(await createEnvelopeSigner({ key, keyInfo, clock }).sign(unsigned));

    const value = (message: string, element: string) =>
      new RegExp(`<ds:${element}>([^<]*)<`).exec(message)?.[1]?.replace(/\s/g, '');
    expect(value(signed, 'DigestValue')).toBe(value(reference, 'DigestValue'));
    // SignedInfo of this one is broken into lines, so that its signature is another one.
    if (name !== 'crlf-line-ends') {
      expect(value(signed, 'SignatureValue')).toBe(value(reference, 'SignatureValue'));
    }
    for (const element of ['X509Certificate', 'X509IssuerName', 'X509SerialNumber']) {
      if (keyInfo !== 'key-identifier') expect(value(signed, element)).toBe(value(reference, element));
    }
  });

  test.each(styles)('%s: with a layout and without one, the same bytes come out', async (keyInfo) => {
    const { bytes, layout } = written();
    const signer = createEnvelopeSigner({ key, keyInfo, clock, newId });
    const signed = await signer.sign(bytes, layout);

    expect(text(signed)).toBe(text(await signer.sign(bytes)));
    expect((await verifier.verify(signed)).verified).toBe(true);
  });

  test('the layout is the one of the gateway, prefix by prefix', async () => {
    const { bytes, layout } = written();
    const signed = text(await createEnvelopeSigner({ key, clock }).sign(bytes, layout));
    const security = /<wsse:Security .*<\/wsse:Security>/s.exec(signed)?.[0] ?? '';

    expect(security.replace(/>[A-Za-z0-9+/=]{40,}</g, '>…<')).toBe(
      '<wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"' +
        ' soap:mustUnderstand="1"><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>' +
        '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod>' +
        '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod>' +
        '<ds:Reference URI="#id-1"><ds:Transforms>' +
        '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms>' +
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>' +
        '<ds:DigestValue>…</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>…</ds:SignatureValue>' +
        '<ds:KeyInfo><wsse:SecurityTokenReference><wsse:KeyIdentifier' +
        ' EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"' +
        ' ValueType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3">…' +
        '</wsse:KeyIdentifier></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature></wsse:Security>',
    );
    expect(signed.replace(security, '')).toBe(text(bytes));
  });

  test('a token has an id of its own in each message', async () => {
    const { bytes, layout } = written();
    const signer = createEnvelopeSigner({ key, clock, keyInfo: 'binary-security-token' });
    const ids = await Promise.all(
      [1, 2].map(
        async () =>
          /BinarySecurityToken xmlns:wsu="[^"]*" wsu:Id="(X509-[\w-]{36})"/.exec(
            text(await signer.sign(bytes, layout)),
          )?.[1],
      ),
    );

    expect(ids[0]).toBeDefined();
    expect(ids[0]).not.toBe(ids[1]);
  });

  test('the result is a buffer of its own, and the input is left alone', async () => {
    const { bytes, layout } = written();
    const before = text(bytes);
    const signed = await createEnvelopeSigner({ key, clock }).sign(bytes, layout);

    expect(signed.byteOffset).toBe(0);
    expect(signed.buffer.byteLength).toBe(signed.length);
    expect(text(bytes)).toBe(before);
  });

  test('a view into a larger buffer is signed as what it shows', async () => {
    const { bytes, layout } = written();
    const padded = Buffer.concat([Buffer.from('garbage'), bytes, Buffer.from('garbage')]);
    const view = new Uint8Array(padded.buffer, padded.byteOffset + 7, bytes.length);

    const signer = createEnvelopeSigner({ key, clock });
    expect(text(await signer.sign(view, layout))).toBe(text(await signer.sign(bytes, layout)));
  });

  test.each([
    ['offsets out of order', { headerInsertAt: 200, bodyStart: 100 }],
    ['an end beyond the envelope', { bodyEnd: 100_000 }],
    ['a negative offset', { headerInsertAt: -1 }],
    ['NaN', { bodyStart: Number.NaN }],
    ['a fraction', { bodyStart: 100.5 }],
    ['a Body that starts elsewhere', { bodyStart: 110 }],
    ['a Body that ends elsewhere', { bodyEnd: 300 }],
    ['an id the Body does not have', { bodyId: 'id-2' }],
    ['an id that needs escaping', { bodyId: 'id-1" x="' }],
    ['a place that is not in the Header', { headerInsertAt: 5 }],
    ['a range outside the Body', { wireOnly: [[0, 10]] }],
    ['a range that ends before it starts', { wireOnly: [[230, 220]] }],
    [
      'ranges out of order',
      {
        wireOnly: [
          [240, 250],
          [220, 230],
        ],
      },
    ],
    [
      'ranges that overlap',
      {
        wireOnly: [
          [220, 240],
          [230, 250],
        ],
      },
    ],
  ] as const)('a layout with %s is refused', async (_name, wrong) => {
    const { bytes, layout } = written();
    const signer = createEnvelopeSigner({ key, clock });
    expect(await codeOf(() => signer.sign(bytes, { ...layout, ...wrong }))).toBe('ERR_SIGN_ENVELOPE');
  });

  test.each([
    ['the end of the Body one byte early', { bodyEnd: -1 }],
    ['the end of the Body one byte late', { bodyEnd: 1 }],
    ['the start of the Body one byte early', { bodyStart: -1 }],
    ['the place in the Header one byte early', { headerInsertAt: -1 }],
    ['the place in the Header one byte late', { headerInsertAt: 1 }],
  ] as const)('a layout with %s is refused', async (_name, by) => {
    const { bytes, layout } = written();
    const [[field, delta]] = Object.entries(by) as [[keyof EnvelopeLayout, number]];
    const shifted = { ...layout, wireOnly: [], [field]: (layout[field] as number) + delta };
    const signer = createEnvelopeSigner({ key, clock });
    expect(await codeOf(() => signer.sign(bytes, shifted))).toBe('ERR_SIGN_ENVELOPE');
  });

  test.each([
    ['the Header is one empty tag', '<e:Header/>', `<e:Body wsu:Id="id-1"></e:Body>`, 'id-1'],
    ['the prefix of the Body is another one', '<e:Header>', `<x:Body wsu:Id="id-1"></x:Body>`, 'id-1'],
    ['the Body has no prefix', '<e:Header>', `<Body wsu:Id="id-1"></Body>`, 'id-1'],
    ['the Body is one empty tag', '<e:Header>', `<e:Body wsu:Id="id-1"/>`, 'id-1'],
    ['the id is in another attribute', '<e:Header>', `<e:Body Id="id-1"></e:Body>`, 'id-1'],
    ['the id is not on the Body', '<e:Header>', `<e:Body ><a wsu:Id="id-1"/></e:Body>`, 'id-1'],
    ['the id is no id', '<e:Header>', `<e:Body wsu:Id="1 2"></e:Body>`, '1 2'],
    ['the Body is something else', '<e:Header>', `<e:Bodyguard wsu:Id="id-1"></e:Bodyguard>`, 'id-1'],
  ])('a layout is refused when %s', async (_name, header, body, bodyId) => {
    const head = `<e:Envelope xmlns:e="urn:test">${header}`;
    const bytes = Buffer.from(`${head}</e:Header>${body}</e:Envelope>`);
    const bodyStart = head.length + '</e:Header>'.length;
    const layout = {
      headerInsertAt: head.length,
      bodyStart,
      bodyEnd: bodyStart + body.length,
      bodyId,
      wireOnly: [],
    };
    expect(await codeOf(() => createEnvelopeSigner({ key, clock }).sign(bytes, layout))).toBe(
      'ERR_SIGN_ENVELOPE',
    );
  });

  test('a layout of a signed envelope is refused', async () => {
    const { bytes, layout } = written();
    const signer = createEnvelopeSigner({ key, clock });
    const signed = await signer.sign(bytes, layout);
    const by = signed.length - bytes.length;
    const shifted: EnvelopeLayout = {
      ...layout,
      bodyStart: layout.bodyStart + by,
      bodyEnd: layout.bodyEnd + by,
      wireOnly: [],
    };

    expect(await codeOf(() => signer.sign(signed, shifted))).toBe('ERR_SIGN_ALREADY_SIGNED');
  });

  test.each([
    ['expired', 'ERR_SIGN_CERTIFICATE_EXPIRED'],
    ['not-yet-valid', 'ERR_SIGN_CERTIFICATE_NOT_YET_VALID'],
  ])('does not sign with a certificate that is %s', async (name, code) => {
    const { bytes, layout } = written();
    const signer = createEnvelopeSigner({ key: await loadKey(name), clock });
    expect(await codeOf(() => signer.sign(bytes, layout))).toBe(code);
  });

  test('a clock without a time signs nothing', async () => {
    const { bytes, layout } = written();
    const signer = createEnvelopeSigner({ key, clock: { now: () => Number.NaN } });
    expect(await codeOf(() => signer.sign(bytes, layout))).toBe('ERR_SIGN_CERTIFICATE_NOT_YET_VALID');
  });

  test.each([
    [
      'of an algorithm whose suite only verifies',
      { ...key, algorithm: 'gost2015-256' as const },
      'ERR_SIGN_ALGORITHM',
    ],
    [
      'whose certificate is of another algorithm',
      {
        ...key,
        certificate: copiedCertificate(key.certificate, {
          publicKey: { ...key.certificate.publicKey, algorithm: null },
        }),
      },
      'ERR_SIGN_KEY',
    ],
    [
      'of 1024 bits',
      { ...key, certificate: parseCertificate(fixture('keys/broken/rsa-1024.crt')) },
      'ERR_SIGN_KEY',
    ],
  ])('a key %s is refused at once', async (_name, wrong, code) => {
    const signing: SigningKey = { ...wrong, sign: (data) => key.sign(data) };
    expect(await codeOf(() => createEnvelopeSigner({ key: signing }))).toBe(code);
  });

  test('SHA-1 cannot be signed with, and is passed over when another suite fits', async () => {
    const { bytes, layout } = written();
    expect(await codeOf(() => createEnvelopeSigner({ key, suites: [rsaSha1Suite] }))).toBe(
      'ERR_SIGN_ALGORITHM',
    );
    const signer = createEnvelopeSigner({ key, clock, suites: [rsaSha1Suite, rsaSuite] });
    expect(text(await signer.sign(bytes, layout))).toContain(rsaSuite.signatureUris[0]);
  });

  test.each([
    ['throws', () => Promise.reject(new Error('the token was pulled out'))],
    ['makes nothing', () => Promise.resolve(new Uint8Array(0))],
    ['makes no octets', () => Promise.resolve('signature' as unknown as Uint8Array)],
  ])('a key that %s is ERR_SIGN_KEY', async (_name, sign) => {
    const { bytes, layout } = written();
    const broken: SigningKey = { algorithm: 'rsa', certificate: key.certificate, sign };
    expect(await codeOf(() => createEnvelopeSigner({ key: broken, clock }).sign(bytes, layout))).toBe(
      'ERR_SIGN_KEY',
    );
  });

  test('arguments of the wrong kind are a TypeError', async () => {
    expect(() => createEnvelopeSigner({ key, keyInfo: 'none' as KeyInfoStyle })).toThrow(TypeError);
    await expect(createEnvelopeSigner({ key, clock }).sign('<a/>' as unknown as Uint8Array)).rejects.toThrow(
      TypeError,
    );
    const signer = createEnvelopeSigner({ key, clock, newId: () => '"><evil' });
    await expect(signer.sign(written().bytes, written().layout)).rejects.toThrow(TypeError);
  });

  test('nothing of the key is printed', () => {
    expect(inspect(createEnvelopeSigner({ key }), { depth: 9, showHidden: true })).not.toContain('IIN');
  });

  test('what is written is read as one envelope', async () => {
    const { bytes, layout } = written();
    const signed = await createEnvelopeSigner({ key, clock, keyInfo: 'issuer-serial' }).sign(bytes, layout);
    expect(parseXml(signed).root.path).toBe('/Envelope');
  });
});
