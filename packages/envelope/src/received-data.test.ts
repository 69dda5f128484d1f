import type { XmlElement } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { viewData } from './received-data.ts';

const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const xs = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';

function parse(xml: string): XmlElement {
  return parseXml(new TextEncoder().encode(xml)).root;
}

describe('viewData', () => {
  describe('style', () => {
    test.each([
      ['children without a type', '<data><iin>1</iin></data>', 'elements', undefined],
      [
        'children with a type',
        `<data ${xsi} xmlns:q="urn:q" xsi:type="q:Request"><iin/></data>`,
        'elements',
        'Request',
      ],
      [
        'a type without a prefix',
        `<data ${xsi} xsi:type="getUserDataRequest"><uin/></data>`,
        'elements',
        'getUserDataRequest',
      ],
      [
        'children that are called a string',
        `<data ${xsi} ${xs} xsi:type="xs:string"><r/></data>`,
        'elements',
        'string',
      ],
      ['a string', `<data ${xsi} ${xs} xsi:type="xs:string">text</data>`, 'text', 'string'],
      ['text without a type', '<data>text</data>', 'text', undefined],
      [
        'text that is called a structure',
        `<data ${xsi} xmlns:q="urn:q" xsi:type="q:Request">text</data>`,
        'text',
        'Request',
      ],
      ['a type that lost its prefix', '<data type="xsd:string">text</data>', 'text', 'string'],
      ['an empty string', `<data ${xsi} ${xs} xsi:type="xs:string"/>`, 'empty', 'string'],
      ['nothing', '<data></data>', 'empty', undefined],
      ['an empty type', '<data type="">x</data>', 'text', undefined],
      ['white space between children', '<data>\n  <a/>\n</data>', 'elements', undefined],
    ])('of %s', (_name, xml, style, declaredType) => {
      expect(viewData(parse(xml))).toMatchObject({ style, declaredType });
    });
  });

  describe('asText', () => {
    test.each([
      ['escaped XML', '<data>&lt;r a="1">&amp;amp;&lt;/r></data>', '<r a="1">&amp;</r>'],
      ['CDATA', '<data><![CDATA[<r>&amp;</r>]]></data>', '<r>&amp;</r>'],
      ['CDATA in pieces', '<data>a<![CDATA[<]]>b<![CDATA[]]]]><![CDATA[>]]></data>', 'a<b]]>'],
      ['white space', '<data> \n x\t</data>', ' \n x\t'],
      ['Kazakh letters', '<data>әғқңөұүһі ӘҒҚҢӨҰҮҺІ</data>', 'әғқңөұүһі ӘҒҚҢӨҰҮҺІ'],
      ['nothing', '<data/>', ''],
    ])('gives %s exactly', (_name, xml, text) => {
      expect(viewData(parse(xml)).asText()).toBe(text);
    });

    test('does not repair text that was decoded with a wrong charset before', () => {
      const mojibake = new TextDecoder('latin1').decode(new TextEncoder().encode('ОК'));

      expect(viewData(parse(`<data>${mojibake}</data>`)).asText()).toBe(mojibake);
    });

    test('refuses child elements', async () => {
      expect(await codeOf(() => viewData(parse('<data><r/></data>')).asText())).toBe('ERR_PARSE_NOT_TEXT');
    });
  });

  describe('asXml', () => {
    test('is data itself when it has child elements', () => {
      const data = parse('<data><r/></data>');

      expect(viewData(data).asXml()).toBe(data);
    });

    test.each([
      ['escaped', '<data>&lt;n:r xmlns:n="urn:n">x&lt;/n:r></data>'],
      ['in CDATA', '<data><![CDATA[<n:r xmlns:n="urn:n">x</n:r>]]></data>'],
      ['behind white space', '<data>\n  &lt;n:r xmlns:n="urn:n">x&lt;/n:r>\n</data>'],
      [
        'with a declaration',
        '<data>&lt;?xml version="1.0" encoding="UTF-8"?>&lt;n:r xmlns:n="urn:n">x&lt;/n:r></data>',
      ],
      [
        'with the declaration of an encoding that it no longer has',
        "<data>&lt;?xml version='1.0' encoding='utf-16' standalone='yes' ?>\n&lt;n:r xmlns:n='urn:n'>x&lt;/n:r></data>",
      ],
    ])('is the root of a document that is text, %s', (_name, xml) => {
      const root = viewData(parse(xml)).asXml();

      expect([root.localName, root.namespace, root.text()]).toEqual(['r', 'urn:n', 'x']);
    });

    test('reads inner text in any letters', () => {
      expect(viewData(parse('<data>&lt;r>Қазақстан&lt;/r></data>')).asXml().text()).toBe('Қазақстан');
    });

    test.each([
      ['no XML', '<data>not XML</data>', 'ERR_XML_SYNTAX'],
      ['a DOCTYPE', '<data>&lt;!DOCTYPE r>&lt;r/></data>', 'ERR_XML_DOCTYPE'],
      ['an undefined entity', '<data>&lt;r>&amp;nbsp;&lt;/r></data>', 'ERR_XML_ENTITY'],
      ['a processing instruction', '<data>&lt;?p x?>&lt;r/></data>', 'ERR_XML_PROCESSING_INSTRUCTION'],
      ['two roots', '<data>&lt;r/>&lt;r/></data>', 'ERR_XML_SECOND_ROOT'],
      ['an unbound prefix', '<data>&lt;n:r/></data>', 'ERR_XML_NAMESPACE'],
      ['nothing', '<data/>', 'ERR_PARSE_MISSING_ELEMENT'],
      ['white space only', '<data> \n</data>', 'ERR_PARSE_MISSING_ELEMENT'],
      ['a declaration only', '<data>&lt;?xml version="1.0"?></data>', 'ERR_PARSE_MISSING_ELEMENT'],
    ])('refuses text that is %s', async (_name, xml, code) => {
      expect(await codeOf(() => viewData(parse(xml)).asXml())).toBe(code);
    });

    test('passes limits on to the inner document', async () => {
      const data = parse('<data>&lt;r>&lt;r/>&lt;/r></data>');

      expect(await codeOf(() => viewData(data).asXml({ limits: { maxDepth: 1 } }))).toBe('ERR_XML_LIMIT');
    });
  });
});
