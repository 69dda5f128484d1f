import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isXsDate, readXsDate } from './xs-date.ts';
import { formatXsDateTime, instantOf, isXsDateTime } from './xs-date-time.ts';

const instant = fc.integer({ min: Date.UTC(1, 0, 2), max: Date.UTC(9999, 11, 30) });
const offset = fc
  .integer({ min: -14 * 60, max: 14 * 60 })
  .map(
    (minutes) => `${minutes < 0 ? '-' : '+'}${pad(Math.abs(minutes) / 60)}:${pad(Math.abs(minutes) % 60)}`,
  );

function pad(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}

describe('readXsDate', () => {
  test.each([
    ['2026-01-13', { year: 2026, month: 1, day: 13 }],
    ['2024-02-29', { year: 2024, month: 2, day: 29 }],
    ['2000-02-29Z', { year: 2000, month: 2, day: 29, offsetMinutes: 0 }],
    ['2018-07-12+06:00', { year: 2018, month: 7, day: 12, offsetMinutes: 360 }],
    ['2018-07-12-03:30', { year: 2018, month: 7, day: 12, offsetMinutes: -210 }],
    ['2018-07-12+14:00', { year: 2018, month: 7, day: 12, offsetMinutes: 840 }],
    ['0001-01-01', { year: 1, month: 1, day: 1 }],
  ])('reads %s', (text, parts) => {
    expect(readXsDate(text)).toEqual(parts);
  });

  test.each([
    '',
    '2026',
    '2026-1-13',
    '2026-01-13T00:00:00',
    '13-01-2026',
    '13.01.2026',
    '2026/01/13',
    '26-01-13',
    '02026-01-13',
    '-0044-03-15',
    '0000-01-01',
    '2026-00-10',
    '2026-13-10',
    '2026-01-00',
    '2026-01-32',
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-01-13+0600',
    '2026-01-13+6:00',
    '2026-01-13+06:60',
    '2026-01-13+14:01',
    '2026-01-13+24:00',
    '2026-01-13z',
    '2026-01-13 ',
    ' 2026-01-13',
    '2026-01-1٣',
    '2026-01-13+06:00 ',
  ])('refuses %j', (text) => {
    expect(readXsDate(text)).toBeUndefined();
    expect(isXsDate(text)).toBe(false);
  });

  test('accepts exactly the days that the calendar has', async () => {
    await fc.assert(
      fc.property(fc.nat(9999), fc.nat(13), fc.nat(32), (year, month, day) => {
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        const exists = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        const text = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
        expect(isXsDate(text)).toBe(exists);
      }),
    );
  });
});

describe('instantOf', () => {
  test.each([
    ['2026-01-13T10:00:00Z', Date.UTC(2026, 0, 13, 10)],
    ['2026-01-13T10:00:00+05:00', Date.UTC(2026, 0, 13, 5)],
    ['2026-01-13T10:00:00', Date.UTC(2026, 0, 13, 5)],
    ['2026-01-13T10:00:00.5Z', Date.UTC(2026, 0, 13, 10, 0, 0, 500)],
    ['2026-01-13T10:00:00.1239Z', Date.UTC(2026, 0, 13, 10, 0, 0, 123)],
    ['2026-01-13T10:00:00.123456789+06:00', Date.UTC(2026, 0, 13, 4, 0, 0, 123)],
    ['2024-02-28T24:00:00Z', Date.UTC(2024, 1, 29)],
    ['2026-12-31T24:00:00.000Z', Date.UTC(2027, 0, 1)],
    ['2026-12-31T23:59:59-03:30', Date.UTC(2027, 0, 1, 3, 29, 59)],
  ])('reads %s', (text, atMs) => {
    expect(instantOf(text)).toBe(atMs);
  });

  test.each([
    '',
    '2026-01-13',
    '2026-01-13 10:00:00',
    '2026-01-13t10:00:00',
    '2026-01-13T10:00',
    '2026-01-13T24:00:01Z',
    '2026-01-13T24:00:00.001Z',
    '2026-01-13T25:00:00Z',
    '2026-01-13T10:60:00Z',
    '2026-01-13T10:00:60Z',
    '2026-01-13T10:00:00.Z',
    '2026-01-13T10:00:00,5Z',
    '2026-01-13T10:00:00+0600',
    '2026-01-13T10:00:00+15:00',
    '2026-01-13T10:00:00ZZ',
    '2026-02-30T10:00:00Z',
    '2026-01-13T1٠:00:00Z',
    'tomorrow',
  ])('refuses %j', (text) => {
    expect(instantOf(text)).toBeUndefined();
    expect(isXsDateTime(text)).toBe(false);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s for an offset', (minutes) => {
    expect(() => instantOf('2023-05-01T00:00:00', minutes)).toThrow(TypeError);
    expect(() => instantOf('2023-05-01T00:00:00Z', minutes)).toThrow(TypeError);
  });

  test('takes the offset given for a text that names none', () => {
    expect(instantOf('2023-05-01T00:00:00', 360)).toBe(Date.UTC(2023, 3, 30, 18));
  });

  test('reads what formatXsDateTime writes', async () => {
    await fc.assert(
      fc.property(instant, offset, (atMs, zone) => {
        expect(instantOf(formatXsDateTime(atMs, zone))).toBe(atMs);
      }),
    );
  });
});

describe('formatXsDateTime', () => {
  test('writes the time of Kazakhstan, with milliseconds, whatever the host', () => {
    expect(formatXsDateTime(Date.UTC(2026, 0, 13, 5))).toBe('2026-01-13T10:00:00.000+05:00');
    expect(formatXsDateTime(Date.UTC(2026, 0, 13, 23), '+06:00')).toBe('2026-01-14T05:00:00.000+06:00');
    expect(formatXsDateTime(0, 'Z')).toBe('1970-01-01T00:00:00.000Z');
  });

  test.each([
    [Number.NaN, '+05:00'],
    [Number.POSITIVE_INFINITY, '+05:00'],
    [Date.UTC(9999, 11, 31, 23), '+05:00'],
    [-1e17, 'Z'],
    [0, ''],
    [0, '+5'],
    [0, '+15:00'],
    [0, 'Asia/Almaty'],
  ])('refuses %s with the offset %j', (atMs, zone) => {
    expect(() => formatXsDateTime(atMs, zone)).toThrow(TypeError);
  });
});
