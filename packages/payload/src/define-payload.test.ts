import { codeOf } from '@egov-gateway/testing';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import type { DataStyle } from './data-style.ts';
import { definePayload } from './define-payload.ts';
import { freePayload } from './free-form/free-payload.ts';
import { iin } from './identity/iin.ts';
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
  const tree = z.object({
    name: z.string(),
    get parts(): z.ZodArray<z.ZodType> {
      return z.array(tree);
    },
  });
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
    ['a schema in itself', tree],
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

  test.each([
    { style: 'plane' },
    { style: 'typed', type: 'a b' },
    { style: 'typed', type: 'T', namespace: 'urn:t', prefix: '' },
  ])('refuses the style %j, here and in free payloads', (style) => {
    const data = style as DataStyle;
    expect(() => definePayload({ schema: z.object({ a: z.string() }), data })).toThrow(TypeError);
    expect(() => freePayload({ data })).toThrow(TypeError);
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
