import { codeOf } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import { binary } from './binary.ts';
import { xsDate } from './calendar/xs-date.ts';
import { definePayload } from './define-payload.ts';
import { openEnum } from './open-enum.ts';
import type { Payload } from './payload.ts';
import { xml } from './xml-field.ts';

function read(payload: Pick<Payload<unknown, never>, 'read'>, content: string, attributes = ''): unknown {
  return payload.read(parseXml(new TextEncoder().encode(`<data${attributes}>${content}</data>`)).root);
}

const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

describe('read', () => {
  const payload = definePayload({
    schema: z.object({
      text: z.string(),
      maybe: z.string().optional(),
      flag: z.boolean().optional(),
      count: z.int().optional(),
      amount: z.number().optional(),
      big: z.bigint().optional(),
      kind: z.enum(['A', 'B']).optional(),
      level: z.literal([1, 2]).optional(),
      state: openEnum(['X']).optional(),
      date: xsDate().optional(),
      file: binary().optional(),
      rows: z.array(z.object({ code: z.string() })),
      empty: z.string().nullable().optional(),
    }),
  });

  const accepted: readonly (readonly [string, string, Record<string, unknown>])[] = [
    ['absent arrays as empty', '<text>x</text>', { text: 'x', rows: [] }],
    [
      'one row as an array',
      '<text>x</text><rows><code>1</code></rows>',
      { text: 'x', rows: [{ code: '1' }] },
    ],
    [
      'rows with others between them',
      '<rows><code>1</code></rows><text>x</text><rows><code>2</code></rows>',
      { text: 'x', rows: [{ code: '1' }, { code: '2' }] },
    ],
    [
      'white space and empty text as they are',
      '<text> </text><maybe></maybe>',
      { text: ' ', maybe: '', rows: [] },
    ],
    ['digits as text', '<text>007</text>', { text: '007', rows: [] }],
    ['1 as true', '<text>x</text><flag> 1 </flag>', { text: 'x', flag: true, rows: [] }],
    ['leading zeros of a number', '<text>x</text><count>+007</count>', { text: 'x', count: 7, rows: [] }],
    ['an exponent', '<text>x</text><amount>1.5E2</amount>', { text: 'x', amount: 150, rows: [] }],
    [
      'a big integer',
      '<text>x</text><big>90071992547409931</big>',
      { text: 'x', big: 90071992547409931n, rows: [] },
    ],
    ['a number of a list', '<text>x</text><level>2</level>', { text: 'x', level: 2, rows: [] }],
    [
      'an unknown code of an open list',
      '<text>x</text><state>NEW</state>',
      { text: 'x', state: 'NEW', rows: [] },
    ],
    [
      'empty optional values as absent',
      '<text>x</text><flag/><count/><date/><file/><state/>',
      { text: 'x', rows: [] },
    ],
    [
      'base64 with line breaks',
      '<text>x</text><file>AP\n 8B</file>',
      { text: 'x', file: Uint8Array.of(0, 255, 1), rows: [] },
    ],
    ['nil as absent', `<text>x</text><maybe ${xsi} xsi:nil="true"/>`, { text: 'x', rows: [] }],
    ['nil rows as absent', `<text>x</text><rows ${xsi} xsi:nil="1"/>`, { text: 'x', rows: [] }],
    [
      'nil of a nullable field as null',
      `<text>x</text><empty ${xsi} xsi:nil="true"/>`,
      { text: 'x', empty: null, rows: [] },
    ],
    ['a nil that says false', `<text ${xsi} xsi:nil="false">x</text>`, { text: 'x', rows: [] }],
    ['CDATA and references', '<text><![CDATA[<&]]>&#1178;</text>', { text: '<&Қ', rows: [] }],
    ['past unknown elements', '<new><deep>x</deep></new><text>x</text><text2/>', { text: 'x', rows: [] }],
    [
      'past namesakes in another namespace',
      '<text xmlns="urn:other">evil</text><text>x</text>',
      { text: 'x', rows: [] },
    ],
  ];

  test.each(accepted)('takes %s', (_name, content, expected) => {
    expect(read(payload, content)).toEqual(expected);
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ['a required element is missing', '', 'ERR_PARSE_MISSING_ELEMENT'],
    [
      'a required element is in another namespace',
      '<text xmlns="urn:other">x</text>',
      'ERR_PARSE_MISSING_ELEMENT',
    ],
    ['a required element differs in case', '<Text>x</Text>', 'ERR_PARSE_MISSING_ELEMENT'],
    ['a required element is nil', `<text ${xsi} xsi:nil="true"/>`, 'ERR_PARSE_MISSING_ELEMENT'],
    ['a row lacks an element', '<text>x</text><rows/>', 'ERR_PARSE_MISSING_ELEMENT'],
    ['an element is there twice', '<text>x</text><text>y</text>', 'ERR_PARSE_DUPLICATE_ELEMENT'],
    [
      'an element is there twice, apart',
      '<text>x</text><maybe>m</maybe><text>y</text>',
      'ERR_PARSE_DUPLICATE_ELEMENT',
    ],
    [
      'an element is there as nil and with a value',
      `<text>x</text><maybe ${xsi} xsi:nil="true"/><maybe>m</maybe>`,
      'ERR_PARSE_DUPLICATE_ELEMENT',
    ],
    [
      'an element within a row is there twice',
      '<text>x</text><rows><code>1</code><code>2</code></rows>',
      'ERR_PARSE_DUPLICATE_ELEMENT',
    ],
    ['nil has content', `<text>x</text><maybe ${xsi} xsi:nil="true">m</maybe>`, 'ERR_PARSE_VALUE'],
    ['a text has child elements', '<text><b>x</b></text>', 'ERR_PARSE_NOT_TEXT'],
    ['octets have child elements', '<text>x</text><file><b/></file>', 'ERR_PARSE_NOT_TEXT'],
    ['a boolean is a word', '<text>x</text><flag>yes</flag>', 'ERR_PARSE_VALUE'],
    ['a boolean is upper case', '<text>x</text><flag>TRUE</flag>', 'ERR_PARSE_VALUE'],
    ['a whole number has a fraction', '<text>x</text><count>1.5</count>', 'ERR_PARSE_VALUE'],
    [
      'a whole number is too big to be exact',
      '<text>x</text><count>9007199254740993</count>',
      'ERR_PARSE_VALUE',
    ],
    ['a number is hexadecimal', '<text>x</text><amount>0x10</amount>', 'ERR_PARSE_VALUE'],
    ['a number is INF', '<text>x</text><amount>INF</amount>', 'ERR_PARSE_VALUE'],
    ['a number is NaN', '<text>x</text><amount>NaN</amount>', 'ERR_PARSE_VALUE'],
    ['a number is out of range', '<text>x</text><amount>1e999</amount>', 'ERR_PARSE_VALUE'],
    ['a number has digits of another script', '<text>x</text><count>١٢</count>', 'ERR_PARSE_VALUE'],
    ['a big integer is a word', '<text>x</text><big>ten</big>', 'ERR_PARSE_VALUE'],
    ['a closed list does not have the value', '<text>x</text><kind>C</kind>', 'ERR_PARSE_VALUE'],
    ['a date does not exist', '<text>x</text><date>2026-02-29</date>', 'ERR_PARSE_VALUE'],
    ['octets are not base64', '<text>x</text><file>A===</file>', 'ERR_PARSE_VALUE'],
    ['data is text that is no XML', 'hello', 'ERR_XML_SYNTAX'],
    ['data is text that is XML with a DOCTYPE', '&lt;!DOCTYPE a&gt;&lt;a/&gt;', 'ERR_XML_DOCTYPE'],
    ['data is text that is cut off', '&lt;a&gt;&lt;text&gt;x', 'ERR_XML_TRUNCATED'],
  ];

  test.each(refused)('refuses with its own code when %s', async (_name, content, code) => {
    expect(await codeOf(() => read(payload, content))).toBe(code);
  });

  test('refuses an empty element that is required and has no empty value', async () => {
    const strict = definePayload({ schema: z.object({ flag: z.boolean() }) });
    expect(await codeOf(() => read(strict, '<flag/>'))).toBe('ERR_PARSE_MISSING_ELEMENT');
  });

  test('refuses an empty item of a kind that has no empty value', async () => {
    const strict = definePayload({ schema: z.object({ dates: z.array(xsDate()) }) });
    expect(await codeOf(() => read(strict, '<dates>2026-01-01</dates><dates/>'))).toBe('ERR_PARSE_VALUE');
  });

  test('refuses unknown elements when asked to, at every depth', async () => {
    const strict = definePayload({
      unknownElements: 'refuse',
      schema: z.object({ a: z.object({ b: z.string() }) }),
    });
    expect(read(strict, '<a><b>x</b></a>')).toEqual({ a: { b: 'x' } });
    expect(await codeOf(() => read(strict, '<a><b>x</b></a><c/>'))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
    expect(await codeOf(() => read(strict, '<a><b>x</b><c/></a>'))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
    expect(await codeOf(() => read(strict, '<a><b>x</b><b xmlns="urn:x"/></a>'))).toBe(
      'ERR_PARSE_UNEXPECTED_ELEMENT',
    );
  });

  test('refuses values that break rules of the schema, unless told to decode only', async () => {
    const schema = z.object({ name: z.string().max(2), rows: z.array(z.string()).min(1) });
    const checked = definePayload({ schema });
    const decoded = definePayload({ schema, received: 'decoded' });
    expect(await codeOf(() => read(checked, '<name>abc</name><rows/>'))).toBe('ERR_PARSE_VALUE');
    expect(await codeOf(() => read(checked, '<name>a</name>'))).toBe('ERR_PARSE_MISSING_ELEMENT');
    expect(read(decoded, '<name>abc</name>')).toEqual({ name: 'abc', rows: [] });
  });

  test('says where, and never the value', () => {
    expect(() => read(payload, '<text>x</text><count>secret</count>')).toThrow(
      expect.objectContaining({
        path: '/data/count',
        message: expect.not.stringContaining('secret') as string,
      }) as Error,
    );
  });

  test('removes or collapses white space where the definition says so', () => {
    const tokens = definePayload({
      schema: z.object({
        key: xml(z.string(), { whitespace: 'remove' }),
        name: xml(z.string(), { whitespace: 'collapse' }),
        code: xml(openEnum(['A']), { whitespace: 'preserve' }),
      }),
    });
    expect(read(tokens, '<key> AB\n CD </key><name> a\n  b </name><code> A</code>')).toEqual({
      key: 'ABCD',
      name: 'a b',
      code: ' A',
    });
  });

  test('collapses white space in linear time', { timeout: 20_000 }, () => {
    const schema = z.object({ name: xml(z.string(), { whitespace: 'collapse' }) });
    const text = `<name> a${' '.repeat(1_000_000)}b </name>`;
    expect(read(definePayload({ schema }), text)).toEqual({ name: 'a b' });
  });

  test('takes xsi:type as a hint only', () => {
    const type = ` ${xsi} xsi:type="other:Type"`;
    expect(read(payload, '<text>x</text>', type)).toEqual({ text: 'x', rows: [] });
  });

  test('takes a document in the text of data, whatever encoding its declaration names', () => {
    const text =
      '\n&lt;?xml version="1.0" encoding="utf-16"?&gt;&lt;any&gt;&lt;text&gt;x&lt;/text&gt;&lt;/any&gt;';
    expect(read(payload, text)).toEqual({ text: 'x', rows: [] });
    expect(read(payload, '<![CDATA[<any><text>x</text></any>]]>')).toEqual({ text: 'x', rows: [] });
  });

  test('reads objects of more than 31 fields', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `f${index}`);
    const wide = definePayload({
      schema: z.object(Object.fromEntries(keys.map((key) => [key, z.string()]))),
    });
    const content = keys.map((key) => `<${key}>${key}</${key}>`).join('');
    expect(read(wide, content)).toEqual(Object.fromEntries(keys.map((key) => [key, key])));
    expect(await codeOf(() => read(wide, `${content}<f39>x</f39>`))).toBe('ERR_PARSE_DUPLICATE_ELEMENT');
    expect(await codeOf(() => read(wide, content.replace('<f39>f39</f39>', '')))).toBe(
      'ERR_PARSE_MISSING_ELEMENT',
    );
  });

  test('is not confused by names of Object.prototype', async () => {
    const odd = definePayload({
      schema: z.object({ constructor: z.string() }),
    });
    expect(read(odd, '<constructor>x</constructor>')).toEqual({ constructor: 'x' });
    expect(await codeOf(() => read(odd, ''))).toBe('ERR_PARSE_MISSING_ELEMENT');
  });
});
