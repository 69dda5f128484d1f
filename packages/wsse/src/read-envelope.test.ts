import { fixedClock } from '@egov-gateway/core';
import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { codeOf, fixture, fixtureText } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { createEnvelopeSigner } from './signer.ts';
import { createEnvelopeVerifier } from './verifier.ts';
import { securityNamespace, soap11Namespace, soap12Namespace, utilityNamespace } from './vocabulary.ts';

const clock = fixedClock(Date.parse('2026-01-01T00:00:00Z'));
const key = await loadPem({
  privateKey: fixtureText('keys/organisation.key'),
  certificate: fixtureText('keys/organisation.crt'),
});
const signer = createEnvelopeSigner({ key, clock, newId: () => '1' });
const trust = pinnedCertificates([parseCertificate(fixture('keys/organisation.crt'))]);
const verifier = createEnvelopeVerifier({ trust, clock });

const soap = `xmlns:soap="${soap11Namespace}"`;
const wsu = `xmlns:wsu="${utilityNamespace}"`;
const id = `${wsu} wsu:Id="id-1"`;
const envelope = (content: string, attributes = ''): string =>
  `<soap:Envelope ${soap}${attributes}>${content}</soap:Envelope>`;

/** The signed message without its security header. */
async function sign(text: string): Promise<string> {
  const signed = await signer.sign(Buffer.from(text));
  expect((await verifier.verify(signed)).verified).toBe(true);
  return Buffer.from(signed)
    .toString()
    .replace(/<wsse:Security .*<\/wsse:Security>/s, '…');
}

const codeFor = (text: string): Promise<string | null> => codeOf(() => signer.sign(Buffer.from(text)));

describe('prepareByReading', () => {
  test.each([
    [
      'without a Header',
      envelope('<soap:Body>1</soap:Body>'),
      envelope(`<soap:Header>…</soap:Header><soap:Body ${id}>1</soap:Body>`),
    ],
    [
      'with an empty Header',
      envelope('<soap:Header></soap:Header><soap:Body/>'),
      envelope(`<soap:Header>…</soap:Header><soap:Body ${id}/>`),
    ],
    [
      'with an empty Header in one tag',
      envelope('<soap:Header /><soap:Body a="1"/>'),
      envelope(`<soap:Header >…</soap:Header><soap:Body ${id} a="1"/>`),
    ],
    [
      'with other header blocks',
      envelope('<soap:Header a="1"><x/></soap:Header><soap:Body></soap:Body>'),
      envelope(`<soap:Header a="1">…<x/></soap:Header><soap:Body ${id}></soap:Body>`),
    ],
    [
      'with an id',
      envelope(`<soap:Body ${wsu} wsu:Id="kept"/>`),
      envelope(`<soap:Header>…</soap:Header><soap:Body ${wsu} wsu:Id="kept"/>`),
    ],
    [
      'with a plain Id',
      envelope('<soap:Body Id="other"/>'),
      envelope(`<soap:Header>…</soap:Header><soap:Body ${id} Id="other"/>`),
    ],
    [
      'with wsu declared on the Envelope',
      envelope('<soap:Body/>', ` ${wsu}`),
      envelope(`<soap:Header>…</soap:Header><soap:Body ${id}/>`, ` ${wsu}`),
    ],
    [
      'with wsu declared on the Body',
      envelope(`<soap:Body ${wsu}/>`),
      envelope(`<soap:Header>…</soap:Header><soap:Body wsu:Id="id-1" ${wsu}/>`),
    ],
    [
      'with SOAP as the default namespace',
      `<Envelope xmlns="${soap11Namespace}"><Body><a xmlns=""/></Body></Envelope>`,
      `<Envelope xmlns="${soap11Namespace}"><Header>…</Header><Body ${id}><a xmlns=""/></Body></Envelope>`,
    ],
    [
      'of SOAP 1.2',
      `<e:Envelope xmlns:e="${soap12Namespace}"><e:Body/></e:Envelope>`,
      `<e:Envelope xmlns:e="${soap12Namespace}"><e:Header>…</e:Header><e:Body ${id}/></e:Envelope>`,
    ],
    [
      'with a byte order mark, CRLF and letters before the Body',
      `\uFEFF<?xml version="1.0"?>\r\n<!-- Ә𐐷 -->${envelope('\r\n<soap:Header><a>Ә\r\n𐐷</a></soap:Header>\r\n<soap:Body>\r\n</soap:Body>')}`,
      `\uFEFF<?xml version="1.0"?>\r\n<!-- Ә𐐷 -->${envelope(`\r\n<soap:Header>…<a>Ә\r\n𐐷</a></soap:Header>\r\n<soap:Body ${id}>\r\n</soap:Body>`)}`,
    ],
    [
      'with LF and CR line ends before the Body',
      envelope('\n\n<soap:Header>\r\r\n</soap:Header>\r<soap:Body/>'),
      envelope(`\n\n<soap:Header>…\r\r\n</soap:Header>\r<soap:Body ${id}/>`),
    ],
    [
      'whose Body is not canonical',
      envelope("<soap:Body   b='2' a='1'><x  y='&#65;'/><![CDATA[<]]></soap:Body  >"),
      envelope(
        `<soap:Header>…</soap:Header><soap:Body ${id}   b='2' a='1'><x  y='&#65;'/><![CDATA[<]]></soap:Body  >`,
      ),
    ],
  ])('an envelope %s keeps all its bytes', async (_name, unsigned, expected) => {
    expect(await sign(unsigned)).toBe(expected);
  });

  test('mustUnderstand has a prefix of the envelope, or one of its own when there is none', async () => {
    const signed = async (text: string) => Buffer.from(await signer.sign(Buffer.from(text))).toString();
    expect(await signed(`<e:Envelope xmlns:e="${soap11Namespace}"><e:Body/></e:Envelope>`)).toContain(
      ' e:mustUnderstand="1"',
    );
    expect(await signed(`<Envelope xmlns="${soap11Namespace}"><Body/></Envelope>`)).toContain(
      ` xmlns:soap="${soap11Namespace}" soap:mustUnderstand="1"`,
    );
  });

  test('a signature inside data is none of ours', async () => {
    const inner = '<data><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></data>';
    expect(await sign(envelope(`<soap:Body>${inner}</soap:Body>`))).toContain(inner);
  });

  test.each([
    ['an empty security header', `<wsse:Security xmlns:wsse="${securityNamespace}"/>`, ''],
    ['a signature in the Header', '<x><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></x>', ''],
    [
      'a signature in the Body outside data',
      '',
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
    ],
  ])('%s is ERR_SIGN_ALREADY_SIGNED', async (_name, header, body) => {
    const text = envelope(`<soap:Header>${header}</soap:Header><soap:Body>${body}</soap:Body>`);
    expect(await codeFor(text)).toBe('ERR_SIGN_ALREADY_SIGNED');
  });

  test('what was signed once is not signed again', async () => {
    const signed = await signer.sign(Buffer.from(envelope('<soap:Body/>')));
    expect(await codeOf(() => signer.sign(signed))).toBe('ERR_SIGN_ALREADY_SIGNED');
  });

  test.each([
    ['no XML', 'garbage'],
    ['nothing', ''],
    ['no envelope', '<a/>'],
    ['an envelope of another namespace', '<soap:Envelope xmlns:soap="urn:test"><soap:Body/></soap:Envelope>'],
    ['no Body', envelope('')],
    ['two Bodies', envelope('<soap:Body/><soap:Body/>')],
    ['two Headers', envelope('<soap:Header/><soap:Header/><soap:Body/>')],
    ['something behind the Body', envelope('<soap:Body/><x/>')],
    ['text beside the Body', envelope('x<soap:Body/>')],
    ['a document type declaration', `<!DOCTYPE a>${envelope('<soap:Body/>')}`],
    ['a processing instruction', envelope('<soap:Body><?x?></soap:Body>')],
    ['an id that is taken', envelope(`<soap:Body ${id}><a Id="id-1"/></soap:Body>`)],
    [
      'an id that is taken in the Header',
      envelope(`<soap:Header><a ID="id-1"/></soap:Header><soap:Body ${id}/>`),
    ],
    ['two elements with one id', envelope('<soap:Body><a Id="x"/><b Id="x"/></soap:Body>')],
    ['an id in another alphabet', envelope(`<soap:Body ${wsu} wsu:Id="ә"/>`)],
    ['an empty id', envelope(`<soap:Body ${wsu} wsu:Id=""/>`)],
    ['the prefix wsu for another namespace', envelope('<soap:Body xmlns:wsu="urn:test"/>')],
    ['the prefix wsu for another namespace around', envelope('<soap:Body/>', ' xmlns:wsu="urn:test"')],
  ])('%s is ERR_SIGN_ENVELOPE', async (_name, text) => {
    expect(await codeFor(text)).toBe('ERR_SIGN_ENVELOPE');
  });

  test('the limits of the reader are kept', async () => {
    const limited = createEnvelopeSigner({ key, clock, limits: { maxDepth: 2 } });
    const text = envelope('<soap:Body><a/></soap:Body>');
    expect(await codeOf(() => limited.sign(Buffer.from(text)))).toBe('ERR_SIGN_ENVELOPE');
  });
});
