import { addDays } from '@egov-gateway/payload';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { explainContractIssue } from '../rules/explain-contract-issue.ts';
import { contractDeadline, deadlineWarning } from './deadline.ts';
import { type ContractEvent, legalTerms } from './legal-terms.ts';
import { createWorkCalendar } from './work-calendar.ts';

const plain = createWorkCalendar({ holidays: [] });
// 1, 2 and 7 January are off; Saturday, 10 January, is worked instead of Friday, 9 January.
const january = createWorkCalendar({
  holidays: ['2026-01-01', '2026-01-02', '2026-01-07', '2026-01-09'],
  workingDays: ['2026-01-10'],
});

describe('contractDeadline', () => {
  test.each<[ContractEvent, string, string]>([
    ['conclusion', '2025-12-29', '2026-01-08'],
    ['conclusion', '2026-01-05', '2026-01-13'],
    ['termination', '2026-01-06+05:00', '2026-01-12'],
    ['restoration', '2025-12-31', '2026-01-19'],
    ['change', '2026-01-05', '2026-01-20'],
    ['correction', '2026-01-31', '2026-03-02'],
  ])('of a %s on %s is %s', (event, date, lastDay) => {
    const deadline = contractDeadline(event, date, { calendar: january, today: '2026-01-13' });
    expect(deadline.lastDay).toBe(lastDay);
    expect(deadline.code).toBe(legalTerms[event].code);
  });

  test('counts the days that are left', () => {
    const left = (today: string) =>
      contractDeadline('change', '2026-01-05', { calendar: plain, today }).daysLeft;
    expect([left('2026-01-05'), left('2026-01-20'), left('2026-01-21+05:00')]).toEqual([15, 0, -1]);
  });

  test('never ends on a day off, has so many working days, and does not move back', async () => {
    await fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (offset) => {
        const date = addDays('2000-01-01', offset);
        const { lastDay } = contractDeadline('conclusion', date, { calendar: january, today: date });
        expect(january.isWorkingDay(lastDay)).toBe(true);
        let worked = 0;
        for (let day = addDays(date, 1); day <= lastDay; day = addDays(day, 1))
          if (january.isWorkingDay(day)) worked++;
        expect(worked).toBe(5);
        const next = contractDeadline('conclusion', addDays(date, 1), { calendar: january, today: date });
        expect(next.lastDay >= lastDay).toBe(true);
      }),
    );
  });

  test.each<[string, unknown, string, string]>([
    ['no event', 'signing', '2026-01-05', '2026-01-05'],
    ['a name of objects', 'toString', '2026-01-05', '2026-01-05'],
    ['no date', 'change', '05.01.2026', '2026-01-05'],
    ['a day that is none', 'change', '2026-02-30', '2026-01-05'],
    ['no today', 'change', '2026-01-05', ''],
  ])('refuses %s', (_name, event, date, today) => {
    expect(() => contractDeadline(event as ContractEvent, date, { calendar: plain, today })).toThrow(
      TypeError,
    );
  });

  test('refuses a calendar in which nobody works', () => {
    const calendar = { isWorkingDay: () => false };
    expect(() => contractDeadline('conclusion', '2026-01-05', { calendar, today: '2026-01-05' })).toThrow(
      TypeError,
    );
  });
});

describe('deadlineWarning', () => {
  const at = (today: string) =>
    deadlineWarning(contractDeadline('termination', '2026-01-05', { calendar: plain, today }), '/x');

  test('is there from the day after the last one on', () => {
    expect(at('2026-01-08')).toBeUndefined();
    expect(at('2026-01-09')).toMatchObject({ path: '/x', rule: 'deadline', code: 'SCSE091' });
    expect(at('2026-01-09')?.message).toContain('3 working days ended on 2026-01-08');
  });
});

describe('a term counted through a year whose holidays are not known', () => {
  const of2025 = createWorkCalendar({ holidays: [], years: [2025] });
  const deadlineOf = (event: ContractEvent, date: string) =>
    contractDeadline(event, date, { calendar: of2025, today: '2026-03-01' });

  test.each<[ContractEvent, string, readonly number[]]>([
    ['conclusion', '2025-12-22', []],
    ['conclusion', '2025-12-29', [2026]],
    ['termination', '2024-12-30', [2024]],
    // Days of the calendar are what they are, holidays or not.
    ['change', '2026-01-05', []],
  ])('of a %s on %s: %j', (event, date, years) => {
    expect(deadlineOf(event, date).unknownYears).toEqual(years);
  });

  test('is never said to have passed', () => {
    const warning = deadlineWarning(deadlineOf('conclusion', '2025-12-29'), '/x');
    expect(warning).toMatchObject({ rule: 'deadline-without-holidays', path: '/x' });
    expect(warning).not.toHaveProperty('code');
    expect(warning?.message).toContain('not counting holidays: those of 2026 are not known');
    const { ru, kk, en, remedy } = explainContractIssue(warning as never);
    expect(ru).toContain('без учёта праздников истёк 05.01.2026');
    expect(kk).toContain('мерекелерді есептемегенде 05.01.2026');
    expect(en).toContain('ended on 2026-01-05, not counting holidays; holidays may have put it off');
    expect(remedy.ru).toContain('Отправьте сейчас');
  });

  test('gives no warning while it lasts even without holidays', () => {
    const context = { calendar: of2025, today: '2026-01-05' };
    expect(deadlineWarning(contractDeadline('conclusion', '2025-12-29', context), '/x')).toBeUndefined();
  });
});

describe('explainContractIssue, of a term', () => {
  test.each<[ContractEvent, string, string, string]>([
    [
      'conclusion',
      '5 рабочих дней с подписания, истёк',
      '5 жұмыс күндік мерзімі',
      '5 working days from signing',
    ],
    ['change', '15 календарных дней с подписания, истёк', '15 күнтізбелік күндік', '15 calendar days from'],
    ['correction', '30 календарных дней с внесения, истёк', '30 күнтізбелік күндік', '30 calendar days from'],
    [
      'termination',
      '3 рабочих дня со дня прекращения, истёк',
      '3 жұмыс күндік',
      '3 working days from the end',
    ],
    ['restoration', '10 рабочих дней со дня', '10 жұмыс күндік мерзімі', '10 working days from that day'],
  ])('names the term of a %s, its last day and what to do', (event, ruTerm, kkTerm, enTerm) => {
    const deadline = contractDeadline(event, '2026-01-05', { calendar: january, today: '2026-06-01' });
    const { ru, kk, en, remedy, code } = explainContractIssue(deadlineWarning(deadline, '/x') as never);
    const dotted = deadline.lastDay.split('-').reverse().join('.');
    expect(code).toBe(deadline.code);
    expect(ru).toContain(ruTerm);
    expect(ru).toContain(` ${dotted}.`);
    expect(kk).toContain(kkTerm);
    expect(kk).toContain(`${dotted} күні өтті.`);
    expect(en).toContain(enTerm);
    expect(en).toContain(`ended on ${deadline.lastDay}.`);
    expect(remedy.en).toContain('leave a right one as it is');
  });
});

describe('createWorkCalendar', () => {
  test.each([
    ['2026-01-05', true],
    ['2026-01-03', false],
    ['2026-01-04', false],
    ['2026-01-07', false],
    ['2026-01-09', false],
    ['2026-01-10', true],
    ['2026-01-10+05:00', true],
  ])('of January 2026 has %s as %s', (date, isWorked) => {
    expect(january.isWorkingDay(date as never)).toBe(isWorked);
  });

  test.each([
    [{ holidays: ['01.01.2026'] }],
    [{ holidays: ['2026-02-30'] }],
    [{ holidays: ['2026-01-01+05:00'] }],
    [{ holidays: [], workingDays: ['x'] }],
    [{ holidays: ['2026-01-01'], workingDays: ['2026-01-01'] }],
  ])('refuses %j', (options) => {
    expect(() => createWorkCalendar(options)).toThrow(TypeError);
  });
});
