import { inspect } from 'node:util';

import { codeOf, fixture } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { acceptUnverified } from './accept-unverified.ts';
import { locateBody } from './locate-body.ts';

describe('acceptUnverified', () => {
  test.each([
    'key-identifier',
    'security-stripped',
    'body-altered',
    'unsigned-fault',
    'soap-1.2',
    'two-signatures',
  ])('hands on the Body of %s, signed or not, and says so', (name) => {
    const accepted = acceptUnverified(fixture(`wsse/${name}/message.xml`));
    expect(accepted.verified).toBe(false);
    expect(accepted.body.path).toBe('/Envelope/Body');
  });

  test.each([
    ['doctype', 'ERR_XML_DOCTYPE'],
    ['comment-in-text', 'ERR_XML_COMMENT'],
    ['root-not-envelope', 'ERR_VERIFY_NOT_SOAP'],
    ['two-bodies-signed-first', 'ERR_VERIFY_STRUCTURE'],
    ['no-body', 'ERR_VERIFY_STRUCTURE'],
  ])('reads no less strictly: %s is %s', async (name, code) => {
    expect(await codeOf(() => acceptUnverified(fixture(`wsse/${name}/message.xml`)))).toBe(code);
  });

  test('keeps the limits of the reader', async () => {
    const envelope = fixture('wsse/key-identifier/message.xml');
    expect(await codeOf(() => acceptUnverified(envelope, { limits: { maxDepth: 2 } }))).toBe('ERR_XML_LIMIT');
  });

  test('prints nothing of the content', () => {
    const accepted = acceptUnverified(fixture('wsse/key-identifier/message.xml'));
    expect(inspect(accepted, { depth: 9, showHidden: true })).not.toContain('000000001');
    expect(JSON.stringify(accepted)).toBe('{"verified":false}');
  });
});

describe('locateBody', () => {
  const locate = (text: string) => locateBody(parseXml(Buffer.from(text)));

  test('finds the parts by namespace and local name, whatever the prefixes', () => {
    const parts = locateBody(parseXml(fixture('wsse/two-soap-prefixes/message.xml')));
    expect(parts.soapVersion).toBe('1.1');
    expect(parts.header?.prefix).toBe('SOAP-ENV');
    expect(parts.body.prefix).toBe('soap');
  });

  test('knows SOAP 1.2, and an envelope without a Header', () => {
    const parts = locate('<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"><Body/></Envelope>');
    expect(parts.soapVersion).toBe('1.2');
    expect(parts.header).toBeUndefined();
  });

  test.each([
    [
      'a Body in no namespace',
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><Body/></e:Envelope>',
    ],
    [
      'character data',
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">&#32;<e:Body/></e:Envelope>',
    ],
    [
      'a CDATA section',
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><![CDATA[ ]]><e:Body/></e:Envelope>',
    ],
    [
      'a no-break space',
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">\u00a0<e:Body/></e:Envelope>',
    ],
    [
      'text in the Header',
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>x</e:Header><e:Body/></e:Envelope>',
    ],
  ])('refuses an envelope with %s', async (_name, text) => {
    expect(await codeOf(() => locate(text))).toBe('ERR_VERIFY_STRUCTURE');
  });
});
