import { addDays } from '@egov-gateway/payload';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type ContractEvent, contractDeadline, deadlineWarning, legalTerms } from './deadline.ts';
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
