import { fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { contractDeadline } from './deadline.ts';
import { type HolidaysReading, parseHolidays } from './parse-holidays.ts';

const today = '2026-03-10';
const read = (text: string | Uint8Array): HolidaysReading =>
  parseHolidays(typeof text === 'string' ? new TextEncoder().encode(text) : text, { today });
const problemsOf = (text: string | Uint8Array): readonly string[] =>
  (read(text).problems ?? []).map(({ code, row }) => `${row ?? ''} ${code}`);

describe('parseHolidays', () => {
  test.each([
    ['as dates of ISO and as dates with dots', '2026-03-09\n20.03.2026\n+21.03.2026'],
    ['with remarks, empty lines and spaces', '# 2026\n\n 9.3.2026 # moved\r\n2026-03-20\t\r\n+ 2026-03-21'],
    ['with a mark in front', '\uFEFF2026-03-09\n2026-03-20\n+2026-03-21\n'],
  ])('takes days off and worked weekends, %s', (_name, text) => {
    const { calendar, years, problems } = read(text);
    expect([problems, years]).toEqual([undefined, [2026]]);
    const days = ['2026-03-06', '2026-03-08', '2026-03-09', '2026-03-20', '2026-03-21', '2026-03-22'];
    expect(days.map((day) => calendar?.isWorkingDay(day as never))).toEqual([
      true,
      false,
      false,
      false,
      true,
      false,
    ]);
  });

  test('reads what Notepad of a Russian Windows writes', () => {
    const remark = new Uint8Array([0x20, 0x23, 0x20, 0xcd, 0xe0, 0xf3, 0xf0, 0xfb, 0xe7]);
    expect(read(new Uint8Array([...new TextEncoder().encode('2026-03-23'), ...remark])).years).toEqual([
      2026,
    ]);
  });

  test('knows the years of its days off only', () => {
    const { calendar, years } = read('2026-12-16\n2025-12-16\n+2027-01-02');
    expect(years).toEqual([2025, 2026]);
    if (calendar === undefined) throw new Error('no calendar');
    const unknownOf = (date: string) =>
      contractDeadline('conclusion', date, { calendar, today }).unknownYears;
    expect(unknownOf('2025-12-30')).toEqual([]);
    expect(unknownOf('2026-12-30')).toEqual([2027]);
    expect(unknownOf('2024-12-30')).toEqual([2024]);
  });

  test.each([
    ['nothing', '', [' holidays-empty']],
    ['remarks only', '# 2026-01-01\n\n', [' holidays-empty']],
    ['the form that is to be filled in', fixture('labor-contracts/holidays.txt'), [' holidays-empty']],
    ['worked weekends only', '+2026-01-10', [' holidays-empty']],
    ['no text', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), [' holidays-text']],
    ['a day that is none', '2026-01-01\n2026-02-30', ['2 holidays-date']],
    ['a month that is none', '01.13.2026', ['1 holidays-date']],
    ['two dates in a line', '2026-01-01, 2026-01-02', ['1 holidays-date']],
    ['a range', '2026-01-01 - 2026-01-02', ['1 holidays-date']],
    ['a date with an offset', '2026-01-01+05:00', ['1 holidays-date']],
    ['a year of two digits', '01.01.26', ['1 holidays-date']],
    ['a plus alone', '2026-01-01\n+', ['2 holidays-date']],
    ['a table', 'БИН;ИИН\n1;2', ['1 holidays-date', '2 holidays-date']],
    ['a day twice, in two forms', '2026-01-01\n\n1.1.2026', ['3 holidays-twice']],
    ['a day both off and worked', '2026-01-10\n+2026-01-10', ['2 holidays-twice']],
    ['a Monday that is worked', '2026-01-01\n+2026-01-12', ['2 holidays-worked']],
    ['another year', '2025-01-01', [' holidays-year']],
    ['everything at once', 'x\n2026-01-01\n2026-01-01', ['1 holidays-date', '3 holidays-twice']],
  ])('refuses %s, by line', (_name, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test('tells a hundred faults at most', () => {
    expect(problemsOf('x\n'.repeat(1000))).toHaveLength(100);
  });

  test('says in three languages what to do', () => {
    const [twice] = read('2026-01-01\n2026-01-01').problems ?? [];
    expect(twice?.message).toEqual({
      ru: 'этот день уже есть в строке 1',
      kk: 'бұл күн 1-жолда бар',
      en: 'this day stands in line 1 already',
    });
    const [year] = read('2025-01-01').problems ?? [];
    expect(year?.remedy.ru).toContain('допишите все дни этого года');
    expect(year?.message.kk).toContain('ағымдағы 2026 жылдың');
  });

  test('refuses what is no day of today', () => {
    expect(() => parseHolidays(new Uint8Array(), { today: 'today' })).toThrow(TypeError);
  });
});
