import { ParseError } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import * as v from 'valibot';
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';

import { defineCustomPayload, defineStandardPayload } from './define-standard-payload.ts';
import type { ElementsLayout } from './element-layout.ts';
import { LazyBinary } from './lazy-binary.ts';
import type { Payload, ReceivedBy } from './payload.ts';

/** The least that a schema library can be, and as careless as some are: its messages repeat the value. */
function schemaOf<T>(check: (value: unknown) => readonly StandardSchemaV1.Issue[]): StandardSchemaV1<T> {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) => {
        const issues = check(value);
        return issues.length > 0 ? { issues } : { value: value as T };
      },
    },
  };
}

interface Value {
  readonly text: string;
  readonly flag?: boolean;
  readonly rows: readonly { readonly code: string; readonly size: number }[];
  readonly none?: string | null;
  readonly file?: LazyBinary;
}

const schema = schemaOf<Value>((value) => {
  const { text, rows } = value as Partial<Value>;
  const issues: StandardSchemaV1.Issue[] = [];
  if (typeof text !== 'string')
    issues.push({ message: `expected text, got ${String(text)}`, path: ['text'] });
  rows?.forEach((row, index) => {
    if (row.size < 0)
      issues.push({ message: `bad ${row.size}`, path: [{ key: 'rows' }, { key: index }, 'size'] });
  });
  return issues;
});

const layout: ElementsLayout = {
  text: { kind: 'text', name: 'Text', clause: 'rule 1' },
  flag: { kind: 'boolean', occurs: 'optional' },
  rows: {
    name: 'row',
    occurs: 'repeated',
    elements: { code: 'text', size: { kind: 'integer', name: 'Size' } },
  },
  none: { kind: 'text', occurs: 'optional', nillable: true },
  file: { kind: 'lazy-binary', occurs: 'optional' },
};

const payload = defineStandardPayload({ schema, layout, clause: 'rules' });

function write<Sent>(codec: Pick<Payload<unknown, Sent>, 'write'>, value: Sent): string {
  const writer = createXmlWriter();
  writer.open('data');
  codec.write(value, writer);
  writer.close();
  return new TextDecoder().decode(writer.finish().bytes);
}

function root(xml: string) {
  return parseXml(new TextEncoder().encode(xml)).root;
}

describe('defineStandardPayload', () => {
  const value: Value = { text: 'x', flag: true, rows: [{ code: '01', size: 2 }], none: null };
  const xml =
    '<data><Text>x</Text><flag>true</flag><row><code>01</code><Size>2</Size></row>' +
    '<none xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"></none></data>';

  test('writes and reads by its layout', () => {
    expect(payload.validate(value)).toEqual([]);
    expect(write(payload, value)).toBe(xml);
    expect(payload.read(root(xml))).toEqual(value);
    expectTypeOf<ReceivedBy<typeof payload>>().toEqualTypeOf<Value>();
  });

  test('takes a schema of valibot', () => {
    const own = defineStandardPayload({
      schema: v.object({
        number: v.pipe(v.string(), v.maxLength(3)),
        rows: v.array(v.object({ size: v.number() })),
      }),
      layout: { number: 'text', rows: { name: 'row', occurs: 'repeated', elements: { size: 'integer' } } },
    });
    expectTypeOf<ReceivedBy<typeof own>>().toEqualTypeOf<{ number: string; rows: { size: number }[] }>();
    const value = { number: '007', rows: [{ size: 1 }] };
    expect(own.validate(value)).toEqual([]);
    expect(own.read(root(write(own, value)))).toEqual(value);
    const issues = own.validate({ number: 'secret', rows: [{ size: 'secret' as never }] });
    expect(issues).toMatchObject([{ path: '/number' }, { path: '/row[1]/size' }]);
    expect(JSON.stringify(issues)).not.toContain('secret');
  });

  test('takes a zod schema like any other', () => {
    const own = defineStandardPayload({ schema: z.object({ a: z.string().max(2) }), layout: { a: 'text' } });
    expect(own.validate({ a: 'x' })).toEqual([]);
    expect(own.validate({ a: 'xxx' })).toMatchObject([{ path: '/a', rule: 'schema' }]);
  });

  test('has paths of elements and clauses, and none of the words of the library', () => {
    const broken = { text: 5, rows: [{ code: '1', size: -7 }], extra: 1 } as never;
    expect(payload.validate(broken)).toEqual([
      { path: '/Text', rule: 'schema', message: expect.any(String) as string, clause: 'rule 1' },
      {
        path: '/row[1]/Size',
        rule: 'schema',
        message: expect.not.stringContaining('-7') as string,
        clause: 'rules',
      },
      { path: '/extra', rule: 'unknown-field', message: expect.any(String) as string, clause: 'rules' },
    ]);
  });

  test('takes words for an issue from the definition', () => {
    const described = defineStandardPayload({
      schema,
      layout,
      describe: () => ({ rule: 'own', message: 'own words' }),
    });
    expect(described.validate({ rows: [] } as never)).toEqual([
      { path: '/Text', rule: 'own', message: 'own words', clause: 'rule 1' },
    ]);
  });

  test.each([
    ['a required element is missing', '<data/>', 'ERR_PARSE_MISSING_ELEMENT'],
    ['a value is of another kind', '<data><Text>x</Text><flag>ja</flag></data>', 'ERR_PARSE_VALUE'],
    [
      'a rule of the schema is broken',
      '<data><Text>x</Text><row><code/><Size>-1</Size></row></data>',
      'ERR_PARSE_VALUE',
    ],
    ['an element is there twice', '<data><Text>x</Text><Text>y</Text></data>', 'ERR_PARSE_DUPLICATE_ELEMENT'],
  ])('refuses to read when %s', async (_name, text, code) => {
    expect(await codeOf(() => payload.read(root(text)))).toBe(code);
  });

  test('knows every kind', () => {
    const kinds = defineStandardPayload({
      schema: schemaOf<Record<string, unknown>>(() => []),
      layout: {
        n: 'number',
        i: 'integer',
        g: 'bigint',
        d: 'decimal',
        day: 'date',
        at: 'date-time',
        b: 'binary',
        l: 'lazy-binary',
      },
    });
    const sent = {
      n: 1.5,
      i: -2,
      g: 3n,
      d: '004.0',
      day: '2026-01-13+05:00',
      at: '2026-01-13T10:00:00Z',
      b: Uint8Array.of(1),
      l: LazyBinary.from(Uint8Array.of(2)),
    };
    const { l, ...rest } = kinds.read(root(write(kinds, sent)));
    expect(rest).toEqual({ ...sent, l: undefined });
    expect((l as LazyBinary).bytes()).toEqual(Uint8Array.of(2));
  });

  test.each([
    ['a kind is unknown', { a: 'uuid' }],
    ['how often it occurs is unknown', { a: { kind: 'text', occurs: 'many' } }],
    ['there is no field', {}],
    ['two fields have one name', { a: 'text', b: { kind: 'text', name: 'a' } }],
    ['a name is none', { a: { kind: 'text', name: 'a b' } }],
  ])('refuses a layout when %s', (_name, wrong) => {
    expect(() => defineStandardPayload({ schema, layout: wrong as ElementsLayout })).toThrow(TypeError);
  });

  test('refuses rules that answer later', () => {
    const later: StandardSchemaV1<Value> = {
      '~standard': { version: 1, vendor: 'test', validate: async (given) => ({ value: given as Value }) },
    };
    const codec = defineStandardPayload({ schema: later, layout });
    expect(() => codec.validate(value)).toThrow(TypeError);
  });
});

describe('defineCustomPayload', () => {
  const custom = defineCustomPayload({
    schema: schemaOf<{ readonly code: string }>((value) =>
      (value as { code?: unknown }).code === '' ? [{ message: 'empty', path: ['code', 0] }] : [],
    ),
    write: ({ code }, writer) => {
      writer.attribute('code', code);
    },
    read: (data) => {
      const code = data.attribute('code');
      if (code === undefined)
        throw new ParseError('expected code', { code: 'ERR_PARSE_VALUE', path: data.path });
      return { code };
    },
  });

  test('writes and reads by hand', async () => {
    expect(write(custom, { code: '7' })).toBe('<data code="7"></data>');
    expect(custom.read(root('<data code="7"/>'))).toEqual({ code: '7' });
    expect(await codeOf(() => custom.read(root('<data/>')))).toBe('ERR_PARSE_VALUE');
  });

  test('validates by its schema', () => {
    expect(custom.validate({ code: '7' })).toEqual([]);
    expect(custom.validate({ code: '' })).toMatchObject([{ path: '/code[1]', rule: 'schema' }]);
  });
});
