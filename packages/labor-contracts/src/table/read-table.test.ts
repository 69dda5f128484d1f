import { describe, expect, test } from 'vitest';

import { makeXlsx, makeZip } from '../../test/make-xlsx.ts';
import { readTable } from './read-table.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, mark = true): Uint8Array =>
  new Uint8Array(Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le'));
const swapped = (bytes: Uint8Array): Uint8Array => new Uint8Array(Buffer.from(bytes).swap16());

/** Cyrillic letters of Windows-1251 stand in the order of Unicode. */
function windows1251(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 128) return code;
    if (letter === '№') return 0xb9;
    if (letter === 'і') return 0xb3;
    return code >= 0x410 && code <= 0x44f ? code - 0x350 : 0x3f;
  });
}

const cellsOf = (bytes: Uint8Array, options = {}) =>
  readTable(bytes, options).table?.rows.map(({ row, cells }) => [row, ...cells]);
const problemsOf = (bytes: Uint8Array, options = {}) =>
  readTable(bytes, options).problems?.map(({ code, row }) => (row === undefined ? code : `${code} ${row}`));

const csv = 'ИИН;Дата\r\n001300900011;"13.01.2026"\r\n\r\n;\r\n001300900021;"a;""b"\r\n';

describe('readTable of text', () => {
  test.each([
    ['utf-8', utf8(csv)],
    ['utf-8', utf8(`\uFEFF${csv}`)],
    ['utf-16le', utf16(csv)],
    ['utf-16le', utf16(csv, false)],
    ['utf-16be', swapped(utf16(csv))],
    ['windows-1251', windows1251(csv)],
  ])('recognises %s', (encoding, bytes) => {
    expect(readTable(bytes).table?.encoding).toBe(encoding);
    expect(cellsOf(bytes)).toEqual([
      [1, 'ИИН', 'Дата'],
      [2, '001300900011', '13.01.2026'],
      [5, '001300900021', 'a;"b'],
    ]);
  });

  test.each([
    ['a\tb,c\n1\t2', '\t'],
    ['a,b\n1,2', ','],
    ['a|b\n1|2', '|'],
    ['sep=,\na,b\n1,2', ','],
    ['Отчёт\na;b;c\n1,5;2;3', ';'],
  ])('finds out what separates', (text) => {
    expect(cellsOf(utf8(text))?.at(-1)?.length).toBeGreaterThan(2);
  });

  test('counts lines as an editor does, below a line of sep', () => {
    expect(cellsOf(utf8('sep=;\na;b\n"1\n2";3\n4;5'))?.map(([row]) => row)).toEqual([2, 3, 5]);
  });

  test('reads a list of objects, with numbers as they are written', () => {
    const json = '[{"iin":"001300900011","n":1},{"n":2,"extra":null,"iin":"1"}]';
    expect(cellsOf(utf8(json))).toEqual([
      [0, 'iin', 'n', 'extra'],
      [1, '001300900011', { kind: 'number', text: '1' }],
      [2, '1', { kind: 'number', text: '2' }, ''],
    ]);
    expect(cellsOf(utf8(`{ "rows": ${json} }`))).toHaveLength(3);
  });

  test.each([
    ['nothing', '', 'empty'],
    ['only titles', 'a;b\n', 'empty'],
    ['an open quote', 'a;b\n"1;2\n', 'quote 2'],
    ['text behind a quote', 'a;b\n1;2\n"1"x;2', 'quote 3'],
    ['a web page', '<!DOCTYPE html><table>', 'other-format'],
    [
      'a web page that is saved as .xls',
      '<html xmlns:x="urn:schemas-microsoft-com:office:excel">',
      'other-format',
    ],
    ['a web page with its pictures', 'MIME-Version: 1.0\nX-Document-Type: Workbook', 'other-format'],
    ['XML of Excel', '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', 'other-format'],
    ['XML', '<?xml version="1.0"?><a/>', 'not-a-table'],
    ['broken JSON', '[{"a":1},', 'json'],
    ['JSON of lists', '[{"a":"1"},[1]]', 'json 2'],
    ['JSON with objects inside', '[{"a":{}}]', 'json 1'],
    ['an empty list', '[]', 'empty'],
    ['JSON without rows', '{"a":"1"}', 'json'],
  ])('says what is wrong with %s', (_name, text, problem) => {
    expect(problemsOf(utf8(text))).toEqual([problem]);
  });

  test.each([
    ['a PDF document', '%PDF-1.7\n', 'not-a-table'],
    ['a picture', '\x89PNG\r\n\x1a\n', 'not-a-table'],
    ['an old workbook', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest', 'old-excel'],
    ['a workbook older than those', '\x09\x08\x08\0\0\x05\x05\0', 'old-excel'],
    [
      'an old document',
      '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0',
      'not-a-table',
    ],
    ['octets', '\x01\x02\x03\x80', 'encoding'],
    ['half a character of UTF-16', '\xff\xfea\0b', 'encoding'],
  ])('does not take %s for a table', (_name, content, problem) => {
    expect(problemsOf(new Uint8Array(Buffer.from(content, 'latin1')))).toEqual([problem]);
  });

  test('says so in three languages, with a remedy', () => {
    const [problem] = readTable(utf8('%PDF-1.4')).problems ?? [];
    expect(problem?.message).toEqual({
      ru: 'файл — это документ PDF, а не таблица',
      kk: 'файл кесте емес, бұл — PDF құжаты',
      en: 'the file is a PDF document, not a table',
    });
    expect(problem?.remedy.ru).toMatch(/\.xlsx или \.csv/);
  });

  test('keeps to its limits', () => {
    expect(problemsOf(utf8(csv), { maxBytes: 10 })).toEqual(['too-big']);
    expect(problemsOf(utf8(csv), { maxRows: 2 })).toEqual(['too-big']);
    expect(() => readTable(utf8(csv), { maxRows: Number.NaN })).toThrow(TypeError);
    // Nothing behind the limit is looked at; empty rows do not count.
    expect(problemsOf(utf8('a;b\n1;2\n3;4\n5;"'), { maxRows: 2 })).toEqual(['too-big']);
    expect(cellsOf(utf8(`a;b\n${';\n'.repeat(9)}1;2\n`), { maxRows: 2 })).toHaveLength(2);
    const columns = (count: number) =>
      utf8(JSON.stringify(Array.from({ length: count }, (_, index) => ({ [`c${index}`]: '1' }))));
    expect(cellsOf(columns(1_000))).toHaveLength(1_001);
    expect(problemsOf(columns(1_001))).toEqual(['too-big']);
  });
});

describe('readTable of a workbook', () => {
  test('reads shared and inline text, numbers, days, formulas and gaps', () => {
    const bytes = makeXlsx([
      ['ИИН', 'Дата', 'a & <b', 'd', 'e', 'f'],
      [],
      [
        '001300900011',
        { day: 46035 },
        991340000017,
        { xml: '<c t="inlineStr"><is><t>in</t></is></c>' },
        { xml: '<c t="str"><f>A1</f><v>ЕШ</v></c>' },
        { xml: '<c t="e"><v>#N/A</v></c>' },
      ],
      ['', '', { xml: '<c s="2"><v>1.5</v></c>' }, { xml: '<c><v>9.91340000017E11</v></c>' }],
    ]);
    expect(cellsOf(bytes)).toEqual([
      [1, 'ИИН', 'Дата', 'a & <b', 'd', 'e', 'f'],
      [
        3,
        '001300900011',
        { kind: 'date', text: '2026-01-13' },
        { kind: 'number', text: '991340000017' },
        'in',
        'ЕШ',
        { kind: 'error', text: '#ERROR' },
      ],
      [4, '', '', { kind: 'number', text: '1.5' }, { kind: 'number', text: '991340000017' }],
    ]);
  });

  test.each([
    [46035.75, false, 'date', '2026-01-13'],
    [61, false, 'date', '1900-03-01'],
    [44573, true, 'date', '2026-01-13'],
    [60, false, 'error', '#DATE'],
    [0.5, false, 'error', '#DATE'],
    [3_000_000, false, 'error', '#DATE'],
  ])('takes the serial number %d (from 1904: %s) for %s %s', (day, date1904, kind, text) => {
    const bytes = makeXlsx(
      [
        ['a', 'b'],
        ['x', { day }],
      ],
      { date1904 },
    );
    expect(cellsOf(bytes)?.[1]?.[2]).toEqual({ kind, text });
  });

  test('names hidden rows, the first ten of many', () => {
    const rows = Array.from({ length: 13 }, () => ['a']);
    const bytes = makeXlsx(rows, { hidden: [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13] });
    expect(readTable(bytes).table?.remarks[0]?.message.en).toMatch(/: 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, …$/);
  });

  test('tells of hidden rows and further sheets, and reads the sheet that is named', () => {
    const sheets =
      '<sheet name="Скрытый" state="hidden" r:id="rId9"/><sheet name="А" r:id="rId1"/><sheet name="Б" r:id="rId1"/>';
    const bytes = makeXlsx([['a'], ['1'], ['2']], { sheets, hidden: [3] });
    const remarks = readTable(bytes).table?.remarks;
    expect(remarks?.map(({ code }) => code)).toEqual(['other-sheets', 'hidden-rows']);
    expect(remarks?.[1]?.message.en).toBe('rows that are hidden or filtered out: 3');
    expect(readTable(bytes, { sheet: 'Б' }).table?.remarks.map(({ code }) => code)).toEqual(['hidden-rows']);
    expect(problemsOf(bytes, { sheet: 'Скрытый' })).toEqual(['sheet']);
  });

  test('stops at the limit of rows', () => {
    expect(problemsOf(makeXlsx([['a'], ['1'], ['2'], ['3']]), { maxRows: 3 })).toEqual(['too-big']);
  });

  test.each([
    ['an archive', makeZip([{ name: 'a.txt', content: 'a' }]), 'not-a-table'],
    ['a Word document', makeZip([{ name: 'word/document.xml', content: 'a' }]), 'not-a-table'],
    ['an encrypted one', makeZip([{ name: 'xl/workbook.xml', content: '', encrypted: true }]), 'damaged'],
    [
      'a part twice',
      makeZip([
        { name: 'a', content: '' },
        { name: 'a', content: '' },
      ]),
      'damaged',
    ],
    ['no XML', makeZip([{ name: 'xl/workbook.xml', content: 'x' }]), 'damaged'],
    ['DOCTYPE', makeZip([{ name: 'xl/workbook.xml', content: '<!DOCTYPE a><a/>' }]), 'damaged'],
    ['no links', makeZip([{ name: 'xl/workbook.xml', content: '<a/>' }]), 'sheet'],
    [
      'a part larger than stated',
      makeZip([{ name: 'xl/workbook.xml', content: new Uint8Array(1_000_000), statedSize: 10 }]),
      'damaged',
    ],
    [
      'a part that states more than is allowed',
      makeZip([{ name: 'xl/workbook.xml', content: 'x', statedSize: 0xfffffff0 }]),
      'damaged',
    ],
    ['nothing but a beginning', utf8('PK\x03\x04'), 'damaged'],
  ])('refuses %s', (_name, bytes, problem) => {
    expect(problemsOf(bytes)).toEqual([problem]);
  });

  test('refuses a workbook that is cut off or changed, whatever the place', () => {
    const bytes = makeXlsx([
      ['ИИН', 'Дата'],
      ['001300900011', { day: 46035 }],
    ]);
    for (let length = 4; length < bytes.length; length += 37) {
      expect(readTable(bytes.subarray(0, length)).table).toBeUndefined();
    }
    for (let at = 60; at < bytes.length; at += 41) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      expect(() => readTable(changed)).not.toThrow();
    }
  });
});
