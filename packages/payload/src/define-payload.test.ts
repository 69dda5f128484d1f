import { codeOf } from '@egov-gateway/testing';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';

import { binary, lazyBinary } from './binary.ts';
import { xsDate } from './calendar/xs-date.ts';
import { definePayload } from './define-payload.ts';
import { iin } from './identity/iin.ts';
import { openEnum } from './open-enum.ts';
import type { Payload } from './payload.ts';
import { xml } from './xml-field.ts';

function read(payload: Pick<Payload<unknown, never>, 'read'>, content: string, attributes = ''): unknown {
  return payload.read(parseXml(new TextEncoder().encode(`<data${attributes}>${content}</data>`)).root);
}

function write<Sent>(payload: Payload<unknown, Sent>, value: Sent): string {
  const writer = createXmlWriter();
  writer.open('data');
  payload.write(value, writer);
  writer.close();
  return new TextDecoder().decode(writer.finish().bytes);
}

const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

describe('validate', () => {
  const payload = definePayload({
    clause: 'contract 1',
    schema: z
      .object({
        name: xml(z.string().min(2).max(5), { name: 'fullName', clause: 'contract 1.1' }),
        kind: z.enum(['A', 'B']).optional(),
        code: z.string().regex(/^\d+$/).optional(),
        mail: z.email().optional(),
        open: openEnum(['X']).optional(),
        amount: z.number().max(10).multipleOf(2).optional(),
        file: binary().optional(),
        lazy: lazyBinary().optional(),
        rows: z.array(z.object({ iin: iin(), date: xsDate().optional() })).max(2),
      })
      .refine((value) => value.kind !== 'B' || value.code !== undefined, {
        path: ['code'],
        params: { rule: 'required-with', clause: 'contract 2' },
        error: 'is required with kind B',
        when: () => true,
      }),
  });
  const sound = { name: 'abc', rows: [] };

  const cases: readonly (readonly [string, unknown, readonly (readonly [string, string])[]])[] = [
    ['nothing is wrong', sound, []],
    ['a field is missing', { rows: [] }, [['/fullName', 'required']]],
    ['an array is missing', { name: 'abc' }, [['/rows', 'required']]],
    ['a text is too short', { ...sound, name: 'a' }, [['/fullName', 'min-length']]],
    ['a text is too long', { ...sound, name: 'abcdef' }, [['/fullName', 'max-length']]],
    ['a text is a number', { ...sound, name: 12345 }, [['/fullName', 'type']]],
    ['a text is null', { ...sound, name: null }, [['/fullName', 'type']]],
    ['a closed list does not have the value', { ...sound, kind: 'C' }, [['/kind', 'one-of']]],
    ['an open list is given nothing', { ...sound, open: '' }, [['/open', 'min-length']]],
    ['a pattern does not fit', { ...sound, code: 'x1' }, [['/code', 'pattern']]],
    ['a format does not fit', { ...sound, mail: 'x' }, [['/mail', 'email']]],
    ['a number is NaN', { ...sound, amount: Number.NaN }, [['/amount', 'type']]],
    ['a number is not finite', { ...sound, amount: Number.POSITIVE_INFINITY }, [['/amount', 'type']]],
    [
      'a number is too big and not a multiple',
      { ...sound, amount: 11 },
      [
        ['/amount', 'maximum'],
        ['/amount', 'multiple-of'],
      ],
    ],
    ['octets are text', { ...sound, file: 'AAAA' }, [['/file', 'type']]],
    ['lazy octets are text', { ...sound, lazy: 'AAAA' }, [['/lazy', 'type']]],
    ['an array is an object', { ...sound, rows: {} }, [['/rows', 'type']]],
    ['an item is no object', { ...sound, rows: ['x'] }, [['/rows[1]', 'type']]],
    [
      'an array has too many items',
      { ...sound, rows: Array(3).fill({ iin: '001300900011' }) },
      [['/rows', 'max-items']],
    ],
    [
      'items have several faults',
      { ...sound, rows: [{ iin: '001300900012', date: '2026-02-30' }, {}] },
      [
        ['/rows[1]/iin', 'iin-checksum'],
        ['/rows[1]/date', 'date'],
        ['/rows[2]/iin', 'required'],
      ],
    ],
    ['a key is unknown', { ...sound, nam: 'x' }, [['/nam', 'unknown-field']]],
    [
      'a key of an item is unknown',
      { ...sound, rows: [{ iin: '001300900011', x: 1 }] },
      [['/rows[1]/x', 'unknown-field']],
    ],
    ['a key looks like data', { ...sound, '991340000017': 1 }, [['/(unknown)', 'unknown-field']]],
    ['a text has a control character', { ...sound, name: 'a\u0001b' }, [['/fullName', 'xml-characters']]],
    ['a text has a lone surrogate', { ...sound, name: 'a\ud800b' }, [['/fullName', 'xml-characters']]],
    ['a text has U+FFFF', { ...sound, name: 'a\uffffb' }, [['/fullName', 'xml-characters']]],
    ['a text has a pair of surrogates', { ...sound, name: 'a😀' }, []],
    ['a rule across fields is broken', { ...sound, kind: 'B' }, [['/code', 'required-with']]],
    [
      'a rule across fields is broken and a field too',
      { kind: 'B', rows: [], zz: 1 },
      [
        ['/fullName', 'required'],
        ['/code', 'required-with'],
        ['/zz', 'unknown-field'],
      ],
    ],
    ['the value is no object', 'text', [['', 'type']]],
    ['the value is nothing', undefined, [['', 'required']]],
  ];

  test.each(cases)('lists what is broken when %s', (_name, value, expected) => {
    const issues = payload.validate(value as never);
    expect(issues.map(({ path, rule }) => [path, rule])).toEqual(expected);
  });

  test('names the clause of the rule, else of the field, else of the payload', () => {
    const issues = payload.validate({ kind: 'B', amount: 'x', rows: [] } as never);
    expect(issues.map(({ path, clause }) => [path, clause])).toEqual([
      ['/fullName', 'contract 1.1'],
      ['/amount', 'contract 1'],
      ['/code', 'contract 2'],
    ]);
  });

  test('never repeats a value', () => {
    const secret = 'secret-991340000017';
    const value = {
      name: secret,
      kind: secret,
      code: secret,
      mail: secret,
      amount: secret,
      file: secret,
      rows: secret,
    };
    const text = JSON.stringify(payload.validate(value as never));
    expect(text).not.toContain('secret');
    expect(text).not.toContain('991340000017');
  });

  test('speaks words that the definition sets', () => {
    const own = definePayload({ schema: z.object({ a: z.string().max(1, 'says who wrote it') }) });
    expect(own.validate({ a: 'xx' })).toEqual([
      { path: '/a', rule: 'max-length', message: 'says who wrote it' },
    ]);
  });

  test('starts paths with the root, when there is one', () => {
    const rooted = definePayload({ root: { name: 'request' }, schema: z.object({ a: z.string() }) });
    expect(rooted.validate({} as never)).toMatchObject([{ path: '/request/a', rule: 'required' }]);
  });

  test('refuses rules that answer later', () => {
    const later = definePayload({ schema: z.object({ a: z.string().refine(async () => true) }) });
    expect(() => later.validate({ a: 'x' })).toThrow(TypeError);
  });

  afterEach(() => {
    z.config({ jitless: false });
  });

  test('works where code must not be generated', () => {
    z.config({ jitless: true });
    const careful = definePayload({ schema: z.object({ a: z.string().max(1) }) });
    expect(careful.validate({ a: 'x' })).toEqual([]);
    expect(careful.validate({ a: 'xx' })).toMatchObject([{ path: '/a', rule: 'max-length' }]);
  });
});

describe('write', () => {
  test('keeps the order of the definition, whatever the order of the keys', () => {
    const payload = definePayload({ schema: z.object({ b: z.string(), a: z.string() }) });
    expect(write(payload, { a: '1', b: '2' })).toBe('<data><b>2</b><a>1</a></data>');
  });

  test('gives a field the name and namespace that it asks for', () => {
    const payload = definePayload({
      elements: { namespace: 'urn:all', prefix: 'p' },
      schema: z.object({
        a: z.string(),
        b: xml(z.string(), { name: 'B-1', namespace: 'urn:b', prefix: 'q' }),
        c: xml(z.string().optional(), { namespace: '' }),
      }),
    });
    expect(write(payload, { a: '1', b: '2', c: '3' })).toBe(
      '<data><p:a xmlns:p="urn:all">1</p:a><q:B-1 xmlns:q="urn:b">2</q:B-1><c>3</c></data>',
    );
  });

  test('leaves the schema that xml() names as it was', () => {
    const shared = z.string().max(3);
    const payload = definePayload({ schema: z.object({ a: xml(shared, { name: 'x' }), b: shared }) });
    expect(write(payload, { a: '1', b: '2' })).toBe('<data><x>1</x><b>2</b></data>');
    expect(payload.validate({ a: '1234', b: '1234' })).toHaveLength(2);
  });

  test('takes the outermost name when a field is named twice', () => {
    const payload = definePayload({
      schema: z.object({ a: xml(xml(z.string(), { name: 'x' }).optional(), { name: 'y' }) }),
    });
    expect(write(payload, { a: '1' })).toBe('<data><y>1</y></data>');
  });

  test.each([
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [-2.5e22, '-25000000000000000000000'],
    [1.2345e21, '1234500000000000000000'],
    [0.1, '0.1'],
    [-0, '0'],
  ])('writes the number %s without an exponent', (number, text) => {
    const payload = definePayload({ schema: z.object({ a: z.number() }) });
    expect(write(payload, { a: number })).toBe(`<data><a>${text}</a></data>`);
    expect(read(payload, `<a>${text}</a>`)).toEqual({ a: number === 0 ? 0 : number });
  });

  test('throws rather than writing what is not of the type', () => {
    const payload = definePayload({ schema: z.object({ a: z.string(), n: z.number() }) });
    expect(() => write(payload, { a: 1, n: 1 } as never)).toThrow(TypeError);
    expect(() => write(payload, { a: 'x', n: Number.NaN })).toThrow(TypeError);
  });

  test('makes a document only when there is a root', () => {
    const payload = definePayload({ schema: z.object({ a: z.string() }) });
    expect(() => payload.writeDocument({ a: 'x' })).toThrow(TypeError);
  });
});

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

describe('a root', () => {
  const payload = definePayload({
    root: { name: 'request', namespace: 'urn:r', prefix: 'r' },
    schema: z.object({ a: z.string() }),
  });
  const inside = '<r:request xmlns:r="urn:r"><a>x</a></r:request>';

  test('is found beside other elements', () => {
    expect(read(payload, `<other/>${inside}`)).toEqual({ a: 'x' });
  });

  test.each([
    ['is missing', '<a>x</a>', 'ERR_PARSE_MISSING_ELEMENT'],
    ['is in another namespace', '<request><a>x</a></request>', 'ERR_PARSE_MISSING_ELEMENT'],
    ['is there twice', inside + inside, 'ERR_PARSE_DUPLICATE_ELEMENT'],
    [
      'is another one in the text',
      '&lt;other&gt;&lt;a&gt;x&lt;/a&gt;&lt;/other&gt;',
      'ERR_PARSE_UNEXPECTED_ELEMENT',
    ],
    ['has no fields', '<r:request xmlns:r="urn:r"/>', 'ERR_PARSE_MISSING_ELEMENT'],
    ['is expected and data is empty', '', 'ERR_PARSE_MISSING_ELEMENT'],
  ])('is refused when it %s', async (_name, content, code) => {
    expect(await codeOf(() => read(payload, content))).toBe(code);
  });

  test('is what documents begin with', async () => {
    const document = parseXml(payload.writeDocument({ a: 'x' })).root;
    expect(payload.readDocument(document)).toEqual({ a: 'x' });
    const other = parseXml(new TextEncoder().encode('<request><a>x</a></request>')).root;
    expect(await codeOf(() => payload.readDocument(other))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });
});

describe('definePayload', () => {
  const unfit: readonly (readonly [string, z.core.$ZodType])[] = [
    ['no object', z.string()],
    ['an optional object', z.object({ a: z.string() }).optional()],
    ['an array', z.array(z.object({ a: z.string() }))],
    ['an object without fields', z.object({})],
    ['an object that takes any key', z.looseObject({ a: z.string() })],
    ['a record', z.object({ a: z.record(z.string(), z.string()) })],
    ['any value', z.object({ a: z.any() })],
    ['an unknown value', z.object({ a: z.unknown() })],
    ['a Date', z.object({ a: z.date() })],
    ['a coercion', z.object({ a: z.coerce.number() })],
    ['a transform', z.object({ a: z.string().transform(Number) })],
    ['a trim', z.object({ a: z.string().trim() })],
    ['a default', z.object({ a: z.string().default('x') })],
    ['a catch', z.object({ a: z.string().catch('x') })],
    ['a lazy schema', z.object({ a: z.lazy(() => z.string()) })],
    ['a tuple', z.object({ a: z.tuple([z.string()]) })],
    [
      'a union of objects',
      z.object({ a: z.union([z.object({ b: z.string() }), z.object({ c: z.string() })]) }),
    ],
    ['a union of kinds', z.object({ a: z.union([z.string(), z.number()]) })],
    ['a literal without a text', z.object({ a: z.literal(null) })],
    ['an array of arrays', z.object({ a: z.array(z.array(z.string())) })],
    ['an array that may be null', z.object({ a: z.array(z.string()).nullable() })],
    ['an array of optional items', z.object({ a: z.array(z.string().optional()) })],
    ['two fields of one name', z.object({ a: z.string(), b: xml(z.string(), { name: 'a' }) })],
    ['a name with a space', z.object({ a: xml(z.string(), { name: 'a b' }) })],
    ['a name with a prefix', z.object({ a: xml(z.string(), { name: 'p:a' }) })],
    ['a key that is no name', z.object({ '1a': z.string() })],
    ['a relative namespace', z.object({ a: xml(z.string(), { namespace: 'relative' }) })],
    ['a prefix of xml', z.object({ a: xml(z.string(), { namespace: 'urn:x', prefix: 'xml' }) })],
    ['a key that would change the prototype', z.object({ ['__proto__']: z.string() })],
  ];

  test.each(unfit)('refuses a schema with %s', (_name, schema) => {
    expect(() => definePayload({ schema: schema as z.ZodType<object, object> })).toThrow(TypeError);
  });

  test('refuses text without a root, and types that are no names', () => {
    const schema = z.object({ a: z.string() });
    expect(() => definePayload({ schema, data: { style: 'text' } })).toThrow(TypeError);
    expect(() => definePayload({ schema, data: { style: 'typed', type: 'a b' } })).toThrow(TypeError);
    expect(() =>
      definePayload({ schema, data: { style: 'typed', type: 'T', namespace: 'relative' } }),
    ).toThrow(TypeError);
    expect(() => definePayload({ schema, root: { name: '' } })).toThrow(TypeError);
  });

  test('takes unions of text, literals and template literals', () => {
    const payload = definePayload({
      schema: z.object({
        a: z.union([z.literal('x'), iin()]),
        b: z.templateLiteral(['N', z.number()]),
        c: z.literal(true).optional(),
        d: z.string().readonly(),
      }),
    });
    const value = { a: 'x', b: 'N12', c: true, d: 'd' } as const;
    expect(payload.validate(value)).toEqual([]);
    expect(read(payload, write(payload, value).slice(6, -7))).toEqual(value);
    expect(payload.validate({ ...value, a: 'y' })).toMatchObject([{ path: '/a', rule: 'iin-format' }]);
  });
});
