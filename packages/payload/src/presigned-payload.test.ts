import { codeOf } from '@egov-gateway/testing';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { type PresignedPayloadOptions, presignedPayload } from './presigned-payload.ts';

const xsiNamespace = 'http://www.w3.org/2001/XMLSchema-instance';
const c14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const excC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

function signed(method: string, transforms: readonly string[], inside = ''): string {
  const list = transforms.map((uri) => `<ds:Transform Algorithm="${uri}">${inside}</ds:Transform>`).join('');
  return (
    '<r><a>1</a><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>' +
    `<ds:CanonicalizationMethod Algorithm="${method}"/><ds:Reference URI=""><ds:Transforms>${list}</ds:Transforms>` +
    '</ds:Reference></ds:SignedInfo></ds:Signature></r>'
  );
}

function write(document: string | Uint8Array, options: PresignedPayloadOptions = {}): string {
  const payload = presignedPayload(options);
  expect(payload.validate(document)).toEqual([]);
  const writer = createXmlWriter();
  writer.open('data');
  payload.write(document, writer);
  writer.close();
  return new TextDecoder().decode(writer.finish().bytes);
}

function root(xml: string) {
  return parseXml(new TextEncoder().encode(xml)).root;
}

describe('presignedPayload', () => {
  test('carries a document as text, character for character', () => {
    const document = `<?xml version="1.0" encoding="UTF-8"?>\r\n<r  a='1'>\r\n<![CDATA[<&]]>&#13;&#1178;<b/></r>\n`;
    const xml = write(document);
    expect(xml).toContain('xsi:type="xs:string"');
    expect(presignedPayload().read(root(xml))).toBe(document);
    expect(presignedPayload().read(root(write(new TextEncoder().encode(document), { typed: false })))).toBe(
      document,
    );
  });

  test('carries a document in CDATA sections, character for character', () => {
    const document = `<r  a='1'>\r\n<![CDATA[<&]]>&#13;&#1178;<b/></r>\n`;
    const xml = write(document, { style: 'cdata' });
    expect(xml).toContain('xsi:type="xs:string"><![CDATA[<r  a=');
    expect(presignedPayload().read(root(xml))).toBe(document);
  });

  test('carries any signature as text', () => {
    const document = signed(c14n, [enveloped, `${c14n}#WithComments`]);
    expect(presignedPayload().read(root(write(document)))).toBe(document);
  });

  test.each([
    ['no signature', '<r><a>1</a></r>'],
    ['an exclusive signature', signed(excC14n, [enveloped, excC14n])],
    ['an exclusive signature with comments', signed(excC14n, [excC14n.replace('#', '#WithComments')])],
    [
      'an empty prefix list',
      signed(excC14n, [excC14n], `<i:InclusiveNamespaces xmlns:i="${excC14n}" PrefixList=" "/>`),
    ],
  ])('carries a document with %s as an element', (_name, document) => {
    const xml = write(document, { style: 'element' });
    expect(presignedPayload().read(root(xml))).toBe(root(document).toXml());
  });

  test.each([
    ['children', '<data><a>1</a><b/></data>'],
    ['text', '<data>a&amp;b</data>'],
    ['nothing', '<data></data>'],
    ['nil', `<data xmlns:xsi="${xsiNamespace}" xsi:nil="true"></data>`],
    ['an unprefixed type', `<data xmlns:xsi="${xsiNamespace}" xsi:type="T"><a></a></data>`],
    ['a prefixed type', `<data xmlns:xsi="${xsiNamespace}" xmlns:p="urn:t" xsi:type="p:T"><a></a></data>`],
    ['a type of an unbound prefix', `<data xmlns:xsi="${xsiNamespace}" xsi:type="p:T"><a></a></data>`],
  ])('gives a document that is called data its type and content: %s', (_name, document) => {
    expect(write(document, { style: 'element' })).toBe(document.replaceAll('<b/>', '<b></b>'));
  });

  test('puts a data of another namespace inside data', () => {
    const document = '<data xmlns="urn:x"><a></a></data>';
    expect(write(document, { style: 'element' })).toBe(`<data>${document}</data>`);
  });

  test.each([
    ['the method is inclusive', signed(c14n, [enveloped, excC14n])],
    ['a transform is inclusive', signed(excC14n, [enveloped, c14n])],
    ['a transform is inclusive with comments', signed(excC14n, [enveloped, `${c14n}#WithComments`])],
    ['there is only the enveloped transform', signed(excC14n, [enveloped])],
    ['there is no transform', signed(excC14n, [])],
    ['a transform is not known', signed(excC14n, [excC14n, 'http://www.w3.org/TR/1999/REC-xpath-19991116'])],
    ['a transform is C14N 1.1', signed(excC14n, [enveloped, 'http://www.w3.org/2006/12/xml-c14n11'])],
    [
      'there is a prefix list',
      signed(excC14n, [excC14n], `<i:InclusiveNamespaces xmlns:i="${excC14n}" PrefixList="xs"/>`),
    ],
    ['there is no method', signed(excC14n, [excC14n]).replace(/<ds:CanonicalizationMethod[^>]*>/, '')],
    ['there is no reference', signed(excC14n, []).replace(/<ds:Reference.*<\/ds:Reference>/, '')],
    ['the signature is deep inside', `<x><y>${signed(c14n, [c14n])}</y></x>`],
    ['one of two is inclusive', `<x>${signed(excC14n, [excC14n])}${signed(c14n, [excC14n])}</x>`],
  ])('refuses the style element when %s', (_name, document) => {
    expect(presignedPayload({ style: 'element' }).validate(document)).toMatchObject([
      { rule: 'inclusive-c14n' },
    ]);
    expect(presignedPayload().validate(document)).toEqual([]);
  });

  test.each([
    ['a DOCTYPE', '<!DOCTYPE r><r/>', 'ERR_XML_DOCTYPE'],
    ['an instruction', '<r><?pi x?></r>', 'ERR_XML_PROCESSING_INSTRUCTION'],
    ['no XML', 'hello', 'ERR_XML_SYNTAX'],
    ['nothing', '', 'ERR_XML_'],
    ['two roots', '<a/><b/>', 'ERR_XML_SECOND_ROOT'],
    ['a control character', '<a>\u0001</a>', 'ERR_XML_CHARACTER'],
    [
      'octets that are no UTF-8',
      Uint8Array.of(0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e),
      'ERR_XML_ENCODING',
    ],
  ])('refuses %s in both styles', (_name, document, code) => {
    for (const style of ['text', 'element'] as const) {
      const [issue, ...others] = presignedPayload({ style }).validate(document);
      expect(issue).toMatchObject({
        path: '',
        rule: 'xml',
        message: expect.stringContaining(code) as string,
      });
      expect(others).toEqual([]);
    }
  });

  test('refuses what is no document', () => {
    expect(presignedPayload().validate({} as never)).toMatchObject([{ rule: 'type' }]);
    expect(presignedPayload().validate(undefined as never)).toMatchObject([{ rule: 'type' }]);
    expect(() => presignedPayload({ style: 'base64' as never })).toThrow(TypeError);
  });

  test('refuses to read several elements', async () => {
    expect(await codeOf(() => presignedPayload().read(root('<data><a/><b/></data>')))).toBe(
      'ERR_PARSE_UNEXPECTED_ELEMENT',
    );
  });
});
