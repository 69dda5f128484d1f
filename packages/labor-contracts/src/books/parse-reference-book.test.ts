import { ValidateError } from '@egov-gateway/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { codePatterns } from './code-patterns.ts';
import { type ParseReferenceBookOptions, parseReferenceBook } from './parse-reference-book.ts';

const issuesOf = (table: string | Uint8Array, options?: ParseReferenceBookOptions) => {
  try {
    parseReferenceBook(table, options);
    return [];
  } catch (error) {
    if (!(error instanceof ValidateError)) throw error;
    return error.issues.map(({ path, rule }) => `${path} ${rule}`);
  }
};

describe('parseReferenceBook', () => {
  test.each([
    ['tabs', 'CODE\tNAME_RU\tIS_ACTUAL\n004\tАфганистан\t1\n'],
    ['commas', 'CODE,NAME_RU,IS_ACTUAL\r\n004,Афганистан,true\r\n'],
    ['semicolons', 'ID;CODE;NAME_RU;IS_ACTUAL\n9;004;Афганистан;да'],
    ['quotes', '"code","name_ru","is_actual"\n"004","Афганистан","T"\n'],
    ['a mark in front and empty lines', '\uFEFFCODE;NAME_RU\n\n004;Афганистан\n\n'],
  ])('reads a table with %s, leading zeros and all', (_name, table) => {
    for (const given of [table, new TextEncoder().encode(table)]) {
      const book = parseReferenceBook(given);
      expect(book.find('004')).toMatchObject({ code: '004', ru: 'Афганистан', actual: true });
      expect(book.find('004')?.leaf).toBeUndefined();
      expect(book.find('4')).toBeUndefined();
    }
  });

  test('reads cells with delimiters, quotes and line breaks in them', () => {
    const book = parseReferenceBook('CODE,NAME_RU\n1,"а, ""б""\nв"\n2,г"д\n');
    expect(book.find('1')?.ru).toBe('а, "б"\nв');
    expect(book.find('2')?.ru).toBe('г"д');
  });

  test('takes columns by the names given', () => {
    const table = 'Код|x;Жаңа\n398|;\n';
    const book = parseReferenceBook(table, { columns: { code: 'код|X', kk: 'ЖАҢА' }, delimiter: ';' });
    expect(book.find('398|')).toMatchObject({ kk: '' });
  });

  test('knows headings by a column of parents', () => {
    const book = parseReferenceBook('CODE;PARENT;IS_ACTUAL\n1;;1\n11;1;1\n2;;1\n21;2;0\n');
    expect(book.find('1')?.leaf).toBe(false);
    expect(book.find('11')?.leaf).toBe(true);
    // Nothing that is in use stands under it any more.
    expect(book.find('2')?.leaf).toBe(true);
    expect(book.find('21')?.actual).toBe(false);
  });

  test('knows headings by prefixes where it is told to', () => {
    const book = parseReferenceBook('CODE\n2511\n2511-1\n2511-1-002\n2512-1\n', { headings: 'code-prefix' });
    expect(['2511', '2511-1', '2511-1-002', '2512-1'].map((code) => book.find(code)?.leaf)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test.each<[string, string | Uint8Array, string[], ParseReferenceBookOptions?]>([
    ['nothing', '', ['/line[1] header']],
    ['no column of codes', 'A;B\n1;2\n', ['/line[1] header']],
    ['a column twice', 'CODE;NAME_RU;code\n1;x;2\n', ['/line[1] header']],
    ['a short row', 'CODE;B\n1\n', ['/line[2] columns']],
    ['a long row', 'CODE;B\n1;2;3\n', ['/line[2] columns']],
    ['no code', 'CODE;B\n;2\n', ['/line[2] required']],
    ['a code twice', 'CODE\n1\n2\n1\n', ['/line[4] duplicate']],
    ['an unclear flag', 'CODE;IS_ACTUAL\n1;maybe\n2;\n', ['/line[2] actual', '/line[3] actual']],
    ['an open quote', 'CODE\n"1\n2\n', ['/line[2] quote']],
    ['text behind a quote', 'CODE\n1\n"2"3\n', ['/line[3] quote']],
    ['lines counted through a quote', 'CODE;B\n1;"x\ny"\n;2\n', ['/line[4] required']],
    ['another encoding', Uint8Array.of(0x43, 0x4f, 0x44, 0x45, 0x0a, 0xcd), ['/line[1] encoding']],
    ['a PDF', '%PDF-1.7\n1 0 obj\n', ['/line[1] header']],
    ['too many rows', 'CODE\n1\n2\n', ['/line[1] max-rows'], { maxRows: 1 }],
    ['a fault behind the limit', 'CODE\n1\n2\n"', ['/line[1] max-rows'], { maxRows: 1 }],
  ])('refuses a table with %s', (_name, table, issues, options) => {
    expect(issuesOf(table, options)).toEqual(issues);
  });

  test('tells a hundred faults at most', () => {
    expect(issuesOf(`CODE;B\n${';\n'.repeat(1000)}`)).toHaveLength(100);
  });

  test('refuses options without meaning', () => {
    expect(() => parseReferenceBook('CODE\n1', { headings: 'guess' as never })).toThrow(TypeError);
    expect(() => parseReferenceBook('CODE\n1', { maxRows: Number.NaN })).toThrow(TypeError);
  });

  test('gives back any cells that are quoted', async () => {
    const codes = fc.uniqueArray(fc.stringMatching(/^[0-9A-ZХ-]{1,8}$/), { minLength: 1, maxLength: 5 });
    const names = fc.string({ unit: 'grapheme' }).map((text) => text.trim());
    await fc.assert(
      fc.property(codes, names, fc.constantFrom('\t', ';', ','), (all, name, delimiter) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const rows = [['CODE', 'NAME_RU'], ...all.map((code) => [code, name])];
        const table = rows.map((row) => row.map(quote).join(delimiter)).join('\n');
        const book = parseReferenceBook(table);
        for (const code of all) expect(book.find(code)?.ru).toBe(name);
      }),
    );
  });
});

describe('codePatterns', () => {
  test.each([
    ['position', '2511-1-002'],
    ['position', '2511-1'],
    ['position', 'Х2511-1'],
    ['country', '004'],
    ['kato', '710000000'],
  ] as const)('of %s fits %s', (name, code) => {
    expect(codePatterns[name].test(code)).toBe(true);
  });

  test.each([
    ['position', '211101'],
    ['position', '2331-001'],
    ['position', '1-99-999'],
    ['position', '2511-1-002\n'],
    ['country', '4'],
    ['country', 'KAZ'],
    ['kato', '71000000'],
  ] as const)('of %s does not fit %j', (name, code) => {
    expect(codePatterns[name].test(code)).toBe(false);
  });
});
