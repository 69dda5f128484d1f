import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addDays, addYears, compareDates, daysBetween, weekdayOf } from './calendar-days.ts';
import { dateAt, kazakhOffset, withOffset } from './kazakh-time.ts';

const dayMs = 86_400_000;
/** Days since the epoch, of the years 1 to 9999. */
const day = fc.integer({ min: -719_162, max: 2_932_896 });
const isoOf = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);

describe('addDays', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-12-31+05:00', 1, '2027-01-01+05:00'],
    ['2026-01-13', 0, '2026-01-13'],
    ['0001-01-01', 3_652_058, '9999-12-31'],
  ])('of %s and %i is %s', (date, days, result) => {
    expect(addDays(date, days)).toBe(result);
  });

  test.each([
    ['2026-02-30', 1],
    ['13.01.2026', 1],
    ['2026-01-13T00:00:00', 1],
    ['2026-01-13', 0.5],
    ['2026-01-13', Number.NaN],
  ])('refuses %s and %s', (date, days) => {
    expect(() => addDays(date, days)).toThrow(TypeError);
  });

  test.each([
    ['9999-12-31', 1],
    ['0001-01-01', -1],
  ])('stops at the ends of the calendar: %s and %i', (date, days) => {
    expect(() => addDays(date, days)).toThrow(RangeError);
  });

  test('agrees with the calendar of the engine, on every day and in every zone', async () => {
    await fc.assert(
      fc.property(day, day, (from, to) => {
        expect(addDays(isoOf(from), to - from)).toBe(isoOf(to));
        expect(daysBetween(isoOf(from), isoOf(to))).toBe(to - from);
        expect(Math.sign(compareDates(isoOf(from), isoOf(to)))).toBe(Math.sign(from - to));
        expect(weekdayOf(isoOf(from)) % 7).toBe(new Date(from * dayMs).getUTCDay());
      }),
    );
  });
});

describe('addYears', () => {
  test.each([
    ['2026-01-13+05:00', 50, '2076-01-13+05:00'],
    ['2026-01-13', -70, '1956-01-13'],
    ['2024-02-29', 1, '2025-02-28'],
    ['2024-02-29', 4, '2028-02-29'],
    ['2000-02-29', -100, '1900-02-28'],
  ])('of %s and %i is %s', (date, years, result) => {
    expect(addYears(date, years)).toBe(result);
  });

  test('refuses what is no date, no whole number, or beyond the calendar', () => {
    expect(() => addYears('2026-13-01', 1)).toThrow(TypeError);
    expect(() => addYears('2026-01-01', 1.5)).toThrow(TypeError);
    expect(() => addYears('2026-01-01', 8000)).toThrow(RangeError);
    expect(() => addYears('2026-01-01', -2026)).toThrow(RangeError);
  });
});

describe('daysBetween', () => {
  test('counts pages of the calendar, whatever the offsets', () => {
    expect(daysBetween('2026-01-13+14:00', '2026-01-13-14:00')).toBe(0);
    expect(compareDates('2026-01-13Z', '2026-01-14+05:00')).toBeLessThan(0);
  });

  test.each(['', '2026-1-1', 'today'])('refuses %j', (text) => {
    expect(() => daysBetween(text, '2026-01-13')).toThrow(TypeError);
    expect(() => weekdayOf(text)).toThrow(TypeError);
  });
});

describe('kazakhOffset', () => {
  test.each([
    [Date.UTC(2024, 1, 29, 17, 59, 59, 999), 'most', '+06:00'],
    [Date.UTC(2024, 1, 29, 18), 'most', '+05:00'],
    [Date.UTC(2018, 6, 12), 'most', '+06:00'],
    [Date.UTC(2018, 6, 12), 'west', '+05:00'],
    [Date.UTC(2026, 0, 13), 'west', '+05:00'],
  ] as const)('at %i in %s is %s', (atMs, region, offset) => {
    expect(kazakhOffset(atMs, region)).toBe(offset);
  });

  test('refuses what is no instant and no region', () => {
    expect(() => kazakhOffset(Number.NaN)).toThrow(TypeError);
    expect(() => kazakhOffset(0, 'east' as never)).toThrow(TypeError);
  });
});

describe('dateAt', () => {
  test.each([
    [Date.UTC(2026, 0, 12, 18, 59, 59, 999), undefined, '2026-01-12'],
    [Date.UTC(2026, 0, 12, 19), undefined, '2026-01-13'],
    [Date.UTC(2018, 6, 11, 18), undefined, '2018-07-12'],
    [Date.UTC(2026, 0, 12, 23, 59), 'Z', '2026-01-12'],
    [-1, 'Z', '1969-12-31'],
  ])('of %i with %s is %s', (atMs, offset, date) => {
    expect(dateAt(atMs, offset)).toBe(date);
  });

  test.each([
    [Number.NaN, 'Z'],
    [Number.POSITIVE_INFINITY, 'Z'],
    [8.64e15, 'Z'],
    [-8.64e15, 'Z'],
    [0, 'Asia/Almaty'],
    [0, '+5'],
  ])('refuses %d with %s', (atMs, offset) => {
    expect(() => dateAt(atMs, offset)).toThrow(TypeError);
  });
});

describe('withOffset', () => {
  test('puts an offset behind a date that has none', () => {
    expect(withOffset('2026-01-13')).toBe('2026-01-13+05:00');
    expect(withOffset('2018-07-12', '+06:00')).toBe('2018-07-12+06:00');
    expect(withOffset('2018-07-12+06:00')).toBe('2018-07-12+06:00');
  });

  test.each([
    ['2026-02-30', '+05:00'],
    ['2026-01-13', '+5'],
    ['', ''],
  ])('refuses %j with %j', (date, offset) => {
    expect(() => withOffset(date, offset)).toThrow(TypeError);
  });
});
