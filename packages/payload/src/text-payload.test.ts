import { codeOf } from '@egov-gateway/testing';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { textPayload } from './text-payload.ts';

function write(value: string, payload = textPayload()): string {
  const writer = createXmlWriter();
  writer.open('data');
  payload.write(value, writer);
  writer.close();
  return new TextDecoder().decode(writer.finish().bytes);
}

function root(xml: string) {
  return parseXml(new TextEncoder().encode(xml)).root;
}

describe('textPayload', () => {
  test('writes xs:string, escaped', () => {
    expect(write('<a>&\r</a>')).toBe(
      '<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:string">&lt;a&gt;&amp;&#xD;&lt;/a&gt;</data>',
    );
    expect(write('x', textPayload({ typed: false }))).toBe('<data>x</data>');
  });

  test('reads the characters, however they are written', () => {
    expect(textPayload().read(root('<data>a&lt;<![CDATA[<b>&]]>&#13;</data>'))).toBe('a<<b>&\r');
    expect(textPayload().read(root('<data/>'))).toBe('');
  });

  test('reads what it writes', async () => {
    const property = fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      fc.pre(textPayload().validate(value).length === 0);
      expect(textPayload().read(root(write(value)))).toBe(value);
    });
    await fc.assert(property);
  });

  test.each([
    ['a control character', 'a\u0000', {}, 'xml-characters'],
    ['a lone surrogate', '\udc00', {}, 'xml-characters'],
    ['too many characters', 'абв', { maxLength: 2 }, 'max-length'],
    ['nothing, where that is not allowed', '', { allowEmpty: false }, 'required'],
    ['a number', 5 as never, {}, 'type'],
    ['nothing at all', undefined as never, {}, 'type'],
  ])('refuses to send %s', (_name, value, options, rule) => {
    expect(textPayload(options).validate(value)).toMatchObject([{ path: '', rule }]);
  });

  test('counts characters, not UTF-16 units', () => {
    expect(textPayload({ maxLength: 2 }).validate('😀😀')).toEqual([]);
  });

  test.each([
    ['elements', '<data><a/></data>', {}, 'ERR_PARSE_NOT_TEXT'],
    ['nothing, where that is not allowed', '<data/>', { allowEmpty: false }, 'ERR_PARSE_VALUE'],
    ['too many characters', '<data>abc</data>', { maxLength: 2 }, 'ERR_PARSE_VALUE'],
  ])('refuses to read %s', async (_name, xml, options, code) => {
    expect(await codeOf(() => textPayload(options).read(root(xml)))).toBe(code);
  });

  test.each([0, -1, Number.NaN])('refuses a limit of %s', (maxLength) => {
    expect(() => textPayload({ maxLength })).toThrow(TypeError);
  });
});
