/** Workbooks that this package did not write, and the shapes that a workbook may have. */
import { fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { makeZip, type Part } from '../../test/make-xlsx.ts';
import { readTable } from './read-table.ts';

const titles = ['ИИН', '№ договора', 'Дата договора', 'Дата начала', 'Воинский учёт', 'Штатная должность'];
const day = (text: string) => ({ kind: 'date', text });
const number = (value: number) => ({ kind: 'number', text: String(value) });
const error = { kind: 'error', text: '#ERROR' };
const merged = { kind: 'merged', text: '' };

const read = (bytes: Uint8Array, options = {}) => {
  const { table, problems } = readTable(bytes, options);
  return {
    rows: table?.rows.map(({ row, cells }) => [row, ...cells]),
    remarks: table?.remarks.map(({ code }) => code),
    problems: problems?.map(({ code }) => code),
  };
};

/** The first row of data everywhere. */
const first = (contract: string, flag: unknown, post: unknown) => [
  '001300900011',
  contract,
  day('2026-01-12'),
  day('2026-01-13'),
  flag,
  post,
];
const second = [number(1300900021), number(17), day('2026-02-01'), number(46054), error];

describe('a workbook of', () => {
  test.each(['openpyxl.xlsx', 'openpyxl-1904.xlsx'])('openpyxl: %s', (name) => {
    expect(read(fixture(`labor-contracts/tables/${name}`))).toEqual({
      rows: [
        [1, 'Приём на работу', merged, merged, merged, merged, merged],
        [3, ...titles],
        // It computes nothing: its formulas have no values.
        [4, ...first(' ЕШ-1 & <К>\n', 'TRUE', { kind: 'unknown', text: '#FORMULA' })],
        [6, ...second, 'Бухгалтер'],
        [7, '001300900207', '', '', '', '', merged],
      ],
      remarks: ['other-sheets', 'hidden-rows'],
      problems: undefined,
    });
    expect(read(fixture(`labor-contracts/tables/${name}`), { sheet: 'Архив' }).problems).toEqual(['sheet']);
  });

  test.each<readonly [string, readonly unknown[]]>([
    ['openpyxl-write-only.xlsx', [[2, ...first('ЕШ-1', number(1), 'Бағдарламашы')]]],
    ...['exceljs.xlsx', 'exceljs-1904.xlsx', 'exceljs-stream.xlsx'].map(
      (name) =>
        [
          name,
          [
            [2, ...first('ЕШ-1', 'TRUE', 'Бағдарламашы')],
            [4, ...second, 'Бухгалтер'],
          ],
        ] as const,
    ),
  ])('a program: %s', (name, rows) => {
    const found = read(fixture(`labor-contracts/tables/${name}`));
    expect(found).toEqual({ rows: [[1, ...titles], ...rows], remarks: [], problems: undefined });
  });

  test.each(['xlsxwriter.xlsx', 'xlsxwriter-1904.xlsx', 'xlsxwriter-inline.xlsx'])(
    'XlsxWriter, behind a chart: %s',
    (name) => {
      expect(read(fixture(`labor-contracts/tables/${name}`))).toEqual({
        rows: [
          [3, ...titles],
          [4, ...first('ЕШ-1', 'TRUE', 'Бағдарламашы')],
          [6, ...second, 'Бухгалтер_x0031_\n'],
        ],
        remarks: [],
        problems: undefined,
      });
    },
  );
});

const transitional = {
  main: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  relations: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
};
const strict = {
  main: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
  relations: 'http://purl.oclc.org/ooxml/officeDocument/relationships',
};
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** What may differ between two workbooks that say the same. */
interface Shape {
  readonly edition?: typeof strict;
  readonly prefix?: string;
  readonly workbook?: string;
  readonly sheet?: string;
  readonly sheetTarget?: string;
  readonly cells?: string;
  readonly merged?: string;
}

/** A workbook `a` and `1` below it, in some shape. */
function shaped(shape: Shape): Part[] {
  const { edition = transitional, prefix = '', workbook = 'xl/workbook.xml', merged: areas = '' } = shape;
  const { sheet = 'xl/worksheets/sheet1.xml', sheetTarget = 'worksheets/sheet1.xml' } = shape;
  const { cells = '<c r="A1" t="inlineStr"><is><t>a</t></is></c>' } = shape;
  const p = prefix === '' ? '' : `${prefix}:`;
  const named = (text: string): string => text.replace(/<(\/?)(?=\w)/g, `<$1${p}`);
  const space = `xmlns${prefix === '' ? '' : `:${prefix}`}="${edition.main}" xmlns:rel="${edition.relations}"`;
  const [folder, name] = [workbook.replace(/[^/]*$/, ''), workbook.replace(/.*\//, '')];
  const link = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${edition.relations}/${type}" Target="${target}"/>`;
  return [
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${packaged}">${link('r1', 'officeDocument', `/${workbook}`)}</Relationships>`,
    },
    {
      name: workbook,
      content: named(
        `<workbook ${space}><sheets><sheet name="A" sheetId="1" rel:id="r7"/></sheets></workbook>`,
      ),
    },
    {
      name: `${folder}_rels/${name}.rels`,
      content: `<Relationships xmlns="${packaged}">${link('r7', 'worksheet', sheetTarget)}${link('r8', 'theme', 'no.xml')}</Relationships>`,
    },
    {
      name: sheet,
      content: named(
        `<worksheet ${space}><sheetData><row r="1">${cells}</row><row><c><v>1</v></c></row></sheetData>${areas}</worksheet>`,
      ),
    },
  ];
}

const rows = [
  [1, 'a'],
  [2, number(1)],
];

describe('a workbook may', () => {
  test.each<[string, Shape]>([
    ['be as usual', {}],
    ['have prefixes', { prefix: 'x' }],
    ['be of the strict edition', { edition: strict }],
    ['name its parts from the root', { sheetTarget: '/xl/worksheets/sheet1.xml' }],
    ['name them with dots and escapes', { sheetTarget: '../xl/./worksheets/%73heet1.xml' }],
    ['have Cyrillic names of parts', { sheet: 'xl/листы/1.xml', sheetTarget: 'листы/1.xml' }],
    ['have other folders', { workbook: 'book/main.xml', sheet: 'book/s.xml', sheetTarget: 's.xml' }],
    ['have no folder', { workbook: 'main.xml', sheet: 's.xml', sheetTarget: 's.xml' }],
    ['have separators of Windows', { sheet: 'xl\\worksheets\\sheet1.xml' }],
    [
      'have runs of text and how they are read aloud',
      { cells: '<c r="A1" t="inlineStr"><is><r><t>a</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>' },
    ],
    ['write characters by their numbers', { cells: '<c r="A1" t="str"><v>_x0061_</v></c>' }],
  ])('%s', (_name, shape) => {
    expect(read(makeZip(shaped(shape))).rows).toEqual(rows);
  });

  test('be of a program that writes 64-bit offsets', () => {
    expect(read(makeZip(shaped({}), { zip64: true })).rows).toEqual(rows);
  });

  test('have its sizes behind the parts', () => {
    expect(read(makeZip(shaped({}), { descriptors: true })).rows).toEqual(rows);
  });

  test.each([
    ['d', '2026-01-13T00:00:00', day('2026-01-13')],
    ['d', 'T10:00:00', { kind: 'error', text: '#DATE' }],
    ['b', '0', 'FALSE'],
    ['s', '99', { kind: 'error', text: '#REF' }],
    ['str', 'a_x005F_x0031_', 'a_x0031_'],
  ])('have a cell of type %s: %s', (type, value, cell) => {
    const bytes = makeZip(shaped({ cells: `<c r="A1" t="${type}"><v>${value}</v></c>` }));
    expect(read(bytes).rows?.[0]).toEqual([1, cell]);
  });

  test('merge areas of any size, of which nothing is unfolded', () => {
    const areas =
      '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1"/><mergeCell/></mergeCells>';
    const [titles, data] = read(makeZip(shaped({ merged: areas }))).rows ?? [];
    expect([titles?.[1], titles?.length, data?.[1], data?.[2]]).toEqual(['a', 1001, number(1), merged]);
  });
});

describe('a workbook may not', () => {
  test('hide a row behind a number that is none', () => {
    const parts = shaped({}).map((part) => ({
      ...part,
      content: String(part.content).replace('<row r="1">', '<row r="x">'),
    }));
    expect(read(makeZip(parts)).rows).toEqual(rows);
  });

  test('merge areas that lie upon each other', () => {
    const areas = `<mergeCells>${'<mergeCell ref="A1:XFD9"/>'.repeat(2)}</mergeCells>`;
    expect(read(makeZip(shaped({ merged: areas }))).problems).toEqual(['damaged']);
  });

  test.each<[string, Uint8Array, string]>([
    ['lead outside the archive', makeZip(shaped({ sheetTarget: 'https://portal.example/s.xml' })), 'sheet'],
    ['have no sheet', makeZip(shaped({}).slice(0, 3)), 'sheet'],
    ['be a document', makeZip([{ name: 'word/document.xml', content: '' }]), 'not-a-table'],
    ['be a presentation', makeZip([{ name: 'ppt/presentation.xml', content: '' }]), 'not-a-table'],
    ['be binary', makeZip([{ name: 'xl/workbook.bin', content: '' }]), 'other-format'],
    ['be of OpenDocument', makeZip([{ name: 'content.xml', content: '' }]), 'other-format'],
    ['state 64-bit sizes that are not there', makeZip(shaped({}), { zip64: 'cut' }), 'damaged'],
    ['be a bomb of one part', bomb(1, 300 * 1024 * 1024), 'damaged'],
    ['be a bomb of many parts', makeZip(manyParts(2_001)), 'damaged'],
  ])('%s', (_name, bytes, problem) => {
    expect(read(bytes).problems).toEqual([problem]);
  });

  test('cost more than it is allowed to, whatever it states', () => {
    const bytes = bomb(64, 10);
    expect(read(bytes).problems).toEqual(['damaged']);
  });
});

/** A sheet of zeros that packs a thousand to one, and what it says of its size. */
function bomb(mebibytes: number, statedSize: number): Uint8Array {
  const content = new Uint8Array(mebibytes * 1024 * 1024);
  return makeZip([...shaped({}).slice(0, 3), { name: 'xl/worksheets/sheet1.xml', content, statedSize }]);
}

function manyParts(count: number): Part[] {
  return Array.from({ length: count }, (_, index) => ({ name: `${index}`, content: '' }));
}
