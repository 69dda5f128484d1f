import { type Certificate, fixedClock } from '@egov-gateway/core';
import { parseCertificate } from '@egov-gateway/keys';
import { fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { makeXlsx, type SheetCell } from '../../test/make-xlsx.ts';
import { agreement, contract, party } from '../../test/registry-party.ts';
import { createLaborContracts } from '../labor-contracts.ts';
import type { ContractOperation } from '../registry/contract-key.ts';
import { readTable } from '../table/read-table.ts';
import { type ColumnMapping, mapColumns, parseColumnMapping } from './column-mapping.ts';
import { contractRows } from './contract-rows.ts';

const contracts = createLaborContracts({
  serviceId: 'CONTRACTS',
  clock: fixedClock(Date.UTC(2026, 0, 13, 5)),
});
const certificate: Certificate = parseCertificate(fixture('keys/organisation.crt'));
const titles = {
  ru: 'БИН;ИИН;№ договора;Дата договора;Дата начала;Должность (НКЗ);Штатная должность;Воинский учёт',
  kk: 'БСН;ЖСН;Шарт нөмірі;Шарт күні;Басталу күні;Лауазым коды;Штаттық лауазым;Әскери есеп',
  en: 'Employer BIN;Employee IIN;Contract number;Contract date;Begin date;Position;Established post;Conscript',
};
const row = '991340000017;001300900011;ЕШ-1;12.01.2026;2026-01-13;2511-1-002;2511-1-002;1';

function mappedOf(
  text: string | Uint8Array,
  operation: ContractOperation = 'register',
  mapping?: ColumnMapping,
) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const { table } = readTable(bytes);
  if (table === undefined) throw new Error('no table');
  return mapColumns(table, operation, mapping);
}

function rowsOf(
  text: string | Uint8Array,
  operation: ContractOperation = 'register',
  mapping?: ColumnMapping,
  options = {},
) {
  const { mapped, problems } = mappedOf(text, operation, mapping);
  if (mapped === undefined) throw new Error(problems?.map(({ message }) => message.en).join());
  return [...contractRows(mapped, { contracts, ...options })];
}

const problemsOf = (rows: ReturnType<typeof rowsOf>) =>
  rows.map(({ problems }) => problems.map(({ code, column }) => `${column ?? ''} ${code}`.trim()));

describe('mapColumns', () => {
  test.each(Object.entries(titles))('knows the titles in %s', (_language, header) => {
    const [read] = rowsOf(`${header}\n${row}`);
    expect(read).toMatchObject({ row: 2, key: 'ЕШ-1', problems: [] });
    expect(read?.request?.newContractData?.contractData).toEqual({
      contractNumber: 'ЕШ-1',
      contractDate: '2026-01-12+05:00',
      beginDate: '2026-01-13+05:00',
      position: '2511-1-002',
      establishedPost: '2511-1-002',
    });
  });

  test('finds the titles below a heading, whatever their case and signs', () => {
    const header = titles.ru.toUpperCase().replaceAll(';', ' :;');
    expect(rowsOf(`Отчёт за январь\n${header}\n${row}`)).toMatchObject([{ row: 3, problems: [] }]);
  });

  test('names every missing column in both languages', () => {
    const { problems } = mappedOf(`ИИН;Дата договора;ФИО\n1;2;3`);
    expect(problems?.map(({ message }) => message.ru)).toEqual([
      'нет столбца «БИН работодателя»',
      'нет столбца «Номер договора»',
      'нет столбца «Дата начала»',
      'нет столбца «Должность (НКЗ)»',
      'нет столбца «Штатная должность»',
      'нет столбца «Воинский учёт»',
    ]);
    expect(problems?.[1]?.remedy.en).toContain('«Номер договора», «Шарт нөмірі», «Contract number»');
    expect(problems?.[1]?.remedy.en).toContain('(field contractNumber)');
  });

  test('tells of columns that are not sent, and refuses two that mean the same', () => {
    const { mapped } = mappedOf(`ФИО;${titles.ru}\nx;${row}`);
    expect(mapped?.remarks.map(({ message }) => message.en)).toEqual(['these columns are not sent: «ФИО»']);
    expect(mappedOf(`ЖСН;${titles.ru}\nx;${row}`).problems).toMatchObject([{ code: 'two-columns' }]);
  });

  test('a mapping decides, adds constants and elements of other names, and can be kept', () => {
    const mapping: ColumnMapping = {
      columns: { employeeIin: 'Personal', contractNumber: 'No' },
      constants: { employerBin: '991340000017', conscript: '1' },
      extra: { До: { block: 'contractData', after: 'beginDate', name: 'endDate', kind: 'date' } },
    };
    const table =
      'Personal;ИИН;No;Дата договора;Дата начала;Код НКЗ;Штатная должность;До\n' +
      '001300900011;x;ЕШ-1;12.01.2026;13.01.2026;2511-1-002;x;31.12.2026';
    const [read] = rowsOf(table, 'register', mapping);
    expect(read?.problems).toEqual([]);
    expect(read?.request?.newContractData).toMatchObject({
      employeeData: { iin: '001300900011' },
      contractData: { extra: [{ after: 'beginDate', name: 'endDate', content: '2026-12-31+05:00' }] },
    });
    const kept = mappedOf(table, 'register', mapping).mapped?.mapping;
    expect(kept?.columns).toMatchObject({ employeeIin: 'Personal', position: 'Код НКЗ' });
    expect(parseColumnMapping(JSON.stringify(kept))).toEqual({ mapping: kept });
  });

  test.each([
    ['{"columns":{"iin":"A"}}', 'the mapping file does not fit: columns.iin'],
    ['{"columns":{},"constant":{}}', 'the mapping file does not fit: constant'],
    ['{"columns":{"key":1}}', 'the mapping file does not fit: columns.key'],
    ['[]', 'the mapping file does not fit: {…}'],
  ])('says what does not fit in the mapping %s', (text, words) => {
    expect(parseColumnMapping(text).problem?.message.en).toBe(words);
  });

  test('says once that there are no titles at all, and names every column that misses', () => {
    const { problems = [] } = mappedOf('Сәлем\nТөлеген');
    expect(problems.map(({ code }) => code)).toEqual(['no-titles']);
    expect(problems[0]?.remedy.kk).toContain('«Лауазым (ҰКЖ)»');
    const { problems: some = [] } = mappedOf('ИИН;№ договора\n1;2');
    expect(new Set(some.map(({ code }) => code))).toEqual(new Set(['missing-column']));
    expect(some[0]?.remedy.kk).toMatch(/сәйкестік файлында/);
  });

  test.each(['ҰКЖ', 'ҰСЖ', 'Лауазым (ҰКЖ)', 'Лауазым (ҰСЖ)', 'ҰКЖ бойынша лауазым'])(
    'knows both short names of the classifier in Kazakh: %s',
    (title) => {
      const [read] = rowsOf(`${titles.kk.replace('Лауазым коды', title)}\n${row}`);
      expect(read?.request?.newContractData?.contractData.position).toBe('2511-1-002');
    },
  );

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['an unknown field', '{"columns":{"iin":"ИИН"}}'],
    ['an unknown key', '{"columns":{},"colums":{}}'],
    ['an unknown order', '{"columns":{},"dateOrder":"dmy"}'],
  ])('a mapping that is %s is refused', (_name, text) => {
    expect(parseColumnMapping(text)).toMatchObject({ problem: { code: 'mapping' } });
  });

  test.each([
    [{ columns: { employeeIin: 'нет такого' } }, 'missing-column'],
    [{ columns: {}, extra: { 'нет такого': { block: 'contractData', name: 'a' } } }, 'mapping'],
    [{ columns: {}, extra: { ИИН: { block: 'nowhere', name: 'a' } } }, 'mapping'],
  ])('a mapping that does not fit the table is refused', (mapping, code) => {
    expect(mappedOf(`${titles.ru}\n${row}`, 'register', mapping).problems).toMatchObject([{ code }]);
  });
});

describe('contractRows', () => {
  const withCell = (index: number, value: string): string => {
    const cells = row.split(';');
    cells[index] = value;
    return `${titles.ru}\n${cells.join(';')}`;
  };

  test.each([
    [0, '991340000018', 'БИН SCSE043'],
    [0, '', 'БИН missing-value'],
    [1, '1300900011', 'ИИН lost-zeros'],
    [1, '1,3009E+09', 'ИИН rounded-number'],
    [1, '12345', 'ИИН SCSE045'],
    [2, ' ', '№ договора missing-value'],
    [3, '32.01.2026', 'Дата договора impossible-date'],
    [3, '14.01.2026', 'Дата договора SCSE059'],
    [4, '01/02/2026', 'Дата начала ambiguous-date'],
    [4, '46035', 'Дата начала date-number'],
    [4, '01.13.2026', 'Дата начала month-first'],
    [4, '01.01.1900', 'Дата начала SCSE139'],
    [5, 'Программи\uFFFDт', 'Должность (НКЗ) lost-letters'],
  ])('says what is wrong with column %i: %s', (index, value, problem) => {
    expect(problemsOf(rowsOf(withCell(index, value)))).toEqual([[problem]]);
  });

  test('never repeats a value, and has a remedy in both languages', () => {
    const [read] = rowsOf(withCell(1, '001300900012'));
    expect(JSON.stringify(read?.problems)).not.toContain('001300900012');
    expect(read?.problems[0]?.remedy.ru).not.toBe('');
    expect(read?.problems[0]?.message.en).not.toBe('');
  });

  test('a wrong row leaves the others as they are', () => {
    const other = row.replace('ЕШ-1', 'ЕШ-2');
    const third = row.replace('ЕШ-1', 'ЕШ-3');
    const table = `${titles.ru}\n${row}\n${other.replace('001300900011', 'x')}\n${third};;\n${third};x`;
    expect(problemsOf(rowsOf(table))).toEqual([
      [],
      ['ИИН SCSE045'],
      [],
      ['extra-cells', '№ договора duplicate-row'],
    ]);
  });

  test('finds the second of two rows of one contract, whatever their keys', () => {
    const header = `Ключ;${titles.ru}`;
    const rows = rowsOf(
      `${header}\nk1;${row}\nk2;${row}\nk1;${row.replace('ЕШ-1', 'ЕШ-2')}\n;${row.replace('ЕШ-1', 'ЕШ-3')}`,
    );
    expect(rows.map(({ key }) => key)).toEqual(['k1', 'k2', 'k1', 'ЕШ-3']);
    expect(problemsOf(rows)).toEqual([[], ['№ договора duplicate-row'], ['Ключ duplicate-row'], []]);
    expect(rows[2]?.problems[0]?.message.en).toBe('the same stands in row 2 already');
    const terminations = 'Ключ;БИН;ID договора;Дата увольнения;Причина увольнения\n';
    const ended = '991340000017;77;12.01.2026;05';
    expect(problemsOf(rowsOf(`${terminations}a;${ended}\nb;${ended}`, 'terminate'))).toEqual([
      [],
      ['ID договора duplicate-row'],
    ]);
  });

  test('tells a total below the rows from a row whose cells are empty', () => {
    const table = `${titles.ru}\n${row}\n;;\nИтого;1\nИтого:\n991340000017;001300900011;ЕШ-2`;
    const [, ...read] = rowsOf(table);
    expect(problemsOf(read).slice(0, 2)).toEqual([['stray-row'], ['stray-row']]);
    expect(problemsOf(read).at(-1)).toHaveLength(5);
    expect(read).toHaveLength(3);
  });

  test('takes a row whose fields are all the same in every row', () => {
    const constants = {
      employerBin: '991340000017',
      contractId: '77',
      terminationDate: '13.01.2026',
      terminationReason: '05',
    };
    expect(problemsOf(rowsOf('Ключ;ФИО\nk1;x', 'terminate', { columns: {}, constants }))).toEqual([[]]);
  });

  test('warns of a key that is an IIN, without repeating it', () => {
    const [personal, own] = rowsOf(
      `Ключ;${titles.ru}\n001300900011;${row}\np-17;${row.replace('ЕШ-1', 'ЕШ-2')}`,
    );
    expect(personal?.problems).toEqual([]);
    expect(personal?.warnings).toMatchObject([{ code: 'personal-key', row: 2, column: 'Ключ' }]);
    expect(JSON.stringify(personal?.warnings)).not.toContain('001300900011');
    expect(own?.warnings).toEqual([]);
    const [number, ordinary] = rowsOf(
      `${titles.ru}\n${row.replace('ЕШ-1', '001300900011')}\n${row.replace('ЕШ-1', '202600000001')}`,
    );
    expect(number?.warnings).toMatchObject([{ code: 'personal-key', column: '№ договора' }]);
    expect(ordinary?.warnings).toEqual([]);
  });

  test('gives every row a key that the registry takes, a different one for each number', async () => {
    const { registry } = party();
    const long = 'Ш'.repeat(205);
    const numbers = ['"ЕШ-1\n/26"', `${long}1`, `${long}2`, `${'x'.repeat(159)}😀${long}`];
    const table = [titles.ru, ...numbers.map((number) => row.replace('ЕШ-1', number))].join('\n');
    const read = rowsOf(table);
    expect(problemsOf(read)).toEqual([[], [], [], []]);
    expect(new Set(read.map(({ key }) => key)).size).toBe(4);
    for (const { key } of read) {
      expect((await registry.check('register', key, contract)).issues).toEqual([]);
    }
    const agreements =
      'БИН;ID договора;Номер ДС;Дата ДС;Дата начала;НКЗ;Штатная должность\n' +
      `991340000017;77;"${long}\n1";13.01.2026;13.01.2026;2511-1-002;x`;
    const [change] = rowsOf(agreements, 'change');
    expect(await registry.change('c-1', change?.agreementKey ?? '', agreement)).toMatchObject({
      state: 'accepted',
    });
  });

  test('reads a value for all rows as a cell', () => {
    const table = `${titles.ru.replace(';Дата начала', '')}\n${row.replace(';2026-01-13', '')}`;
    const withBegin = (beginDate: string) =>
      rowsOf(table, 'register', { columns: {}, constants: { beginDate } });
    expect(withBegin('13.01.2026')[0]?.request?.newContractData?.contractData.beginDate).toBe(
      '2026-01-13+05:00',
    );
    expect(problemsOf(withBegin('01/02/2026'))).toEqual([['Дата начала ambiguous-date']]);
  });

  test('notices a number that a spreadsheet has rounded, whatever the column', () => {
    const id = (value: SheetCell) =>
      problemsOf(
        rowsOf(
          makeXlsx([
            ['БИН', 'ID договора', 'Дата увольнения', 'Причина увольнения'],
            ['991340000017', value, { day: 46035 }, '05'],
          ]),
          'terminate',
        ),
      );
    expect(id(123456789012345)).toEqual([[]]);
    // Excel keeps fifteen digits.
    expect(id(1234567890123450)).toEqual([['ID договора rounded-number']]);
    expect(id({ xml: '<c><v>1.23456789012345E+17</v></c>' })).toEqual([['ID договора rounded-number']]);
    expect(id('1,23457E+17')).toEqual([['ID договора rounded-number']]);
    // Text that no program has made.
    expect(id('12345678901234567890')).toEqual([[]]);
    expect(id('2Е14')).toEqual([[]]);
  });

  test('notices a key of another employer', () => {
    const other = parseCertificate(fixture('keys/other-bin.crt'));
    expect(problemsOf(rowsOf(`${titles.ru}\n${row}`, 'register', undefined, { certificate }))).toEqual([[]]);
    expect(problemsOf(rowsOf(`${titles.ru}\n${row}`, 'register', undefined, { certificate: other }))).toEqual(
      [['БИН SCSE046']],
    );
  });

  test('notices Kazakh letters that Windows-1251 has lost, and only there', () => {
    const table = withCell(6, '?лтты? ба?дарламашы');
    expect(problemsOf(rowsOf(table, 'register', undefined, { encoding: 'windows-1251' }))).toEqual([
      ['Штатная должность lost-letters'],
    ]);
    expect(problemsOf(rowsOf(table))).toEqual([[]]);
    const lone = withCell(2, '?-1/26');
    expect(problemsOf(rowsOf(lone, 'register', undefined, { encoding: 'windows-1251' }))).toEqual([
      ['№ договора lost-letters'],
    ]);
  });

  test('reads agreements and terminations, keyed by the id of their contract', () => {
    const agreements = rowsOf(
      'БИН;ID договора;Номер ДС;Дата ДС;Дата начала;НКЗ;Штатная должность\n' +
        '991340000017;77;ДС-1;12.01.2026;13.01.2026;2511-1-002;x\n' +
        '991340000017;77;ДС-2;12.01.2026;13.01.2026;2511-1-002;x\n' +
        '991340000017;77;ДС-2;12.01.2026;13.01.2026;2511-1-002;x',
      'change',
      undefined,
      { keyPrefix: 'B:' },
    );
    expect(agreements[0]).toMatchObject({ key: 'B:id 77', agreementKey: '77 ДС-1 2026-01-12', problems: [] });
    expect(problemsOf(agreements)).toEqual([[], [], ['Номер ДС duplicate-row']]);

    const terminations = rowsOf(
      'БИН;ID договора;Дата увольнения;Причина увольнения\n991340000017;77;13.01.2026;05\n' +
        '991340000017;78;13.01.2026;5\n991340000017;79;13.01.2026;06\n991340000017;77;12.01.2026;01',
      'terminate',
    );
    expect(terminations[0]?.request?.terminationContractData).toMatchObject({ terminationReason: '05' });
    expect(problemsOf(terminations)).toEqual([
      [],
      ['Причина увольнения reason-zero'],
      ['Причина увольнения SCSE084'],
      ['ID договора duplicate-row'],
    ]);
  });

  test('notices what Excel does to numbers, dates and codes', () => {
    const header = titles.ru.split(';');
    const cells = (values: readonly (string | number | { day: number })[]) => makeXlsx([header, values]);
    const whole = [
      991340000017,
      '001300900011',
      'ЕШ-1',
      { day: 46034 },
      { day: 46035 },
      '2511-1-002',
      'x',
      1,
    ];
    expect(problemsOf(rowsOf(cells(whole)))).toEqual([[]]);
    expect(problemsOf(rowsOf(cells(whole.with(1, 1300900011))))).toEqual([['ИИН lost-zeros']]);
    expect(problemsOf(rowsOf(cells(whole.with(2, { day: 46023 }))))).toEqual([
      ['№ договора turned-into-date'],
    ]);
    expect(problemsOf(rowsOf(cells(whole.with(3, 46034))))).toEqual([['Дата договора date-number']]);
    const swapped = makeXlsx([
      header,
      whole.with(3, { day: 46024 }),
      whole.with(3, '13.12.2025').with(2, 'ЕШ-2'),
    ]);
    expect(problemsOf(rowsOf(swapped))).toEqual([['Дата договора swapped-by-excel'], []]);
    expect(problemsOf(rowsOf(swapped, 'register', { columns: {}, dateOrder: 'day-month' }))).toEqual([
      [],
      [],
    ]);
  });
});
