import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';

import { binary, lazyBinary } from './binary.ts';
import { xsDate } from './calendar/xs-date.ts';
import { definePayload } from './define-payload.ts';
import { iin } from './identity/iin.ts';
import { openEnum } from './open-enum.ts';
import { xml } from './xml-field.ts';

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
