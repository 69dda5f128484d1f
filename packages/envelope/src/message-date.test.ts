import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatMessageDate, isMessageDate, isOffset, parseMessageDate } from './message-date.ts';

const tenInAlmatyMs = Date.UTC(2026, 0, 13, 5);

const offset = fc
  .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 59 }))
  .map(
    ([sign, hours, minutes]) =>
      `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`,
  );
const instantMs = fc.integer({ min: -62_000_000_000_000, max: 253_000_000_000_000 });

describe('formatMessageDate', () => {
  test('writes the clock of Kazakhstan by default, whatever zone the host is in', () => {
    expect(formatMessageDate(tenInAlmatyMs)).toBe('2026-01-13T10:00:00.000+05:00');
  });

  test('writes the clock of the given offset', () => {
    expect(formatMessageDate(tenInAlmatyMs + 7, '-03:30')).toBe('2026-01-13T01:30:00.007-03:30');
  });

  test('writes milliseconds even when there are none, and the date of that offset', () => {
    expect(formatMessageDate(Date.UTC(2026, 11, 31, 20), '+05:00')).toBe('2027-01-01T01:00:00.000+05:00');
  });

  test.each([
    '',
    'Z',
    '+5:00',
    '+0500',
    '05:00',
    '+05',
    '+15:00',
    '+14:01',
    '+05:60',
    '+05:00 ',
    'Asia/Almaty',
  ])('refuses the offset "%s"', (text) => {
    expect(() => formatMessageDate(tenInAlmatyMs, text)).toThrow(TypeError);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 0.5, 253_402_300_800_000, -62_135_596_800_001])(
    'refuses the instant %d',
    (atMs) => {
      expect(() => formatMessageDate(atMs, '+00:00')).toThrow(TypeError);
    },
  );

  test('refuses an instant whose clock reading at the offset is in the year 10000', () => {
    expect(isMessageDate(253_402_300_799_999, '+00:00')).toBe(true);
    expect(isMessageDate(253_402_300_799_999, '+00:01')).toBe(false);
  });
});

describe('isOffset', () => {
  test.each(['+05:00', '-00:00', '+13:59', '+14:00', '-14:00'])('accepts %s', (text) => {
    expect(isOffset(text)).toBe(true);
  });
});

describe('parseMessageDate', () => {
  test('reads back every date that is written', () =>
    fc.assert(
      fc.property(instantMs, offset, (atMs, text) => {
        expect(parseMessageDate(formatMessageDate(atMs, text))).toEqual({ atMs, offset: text });
      }),
    ));

  test.each([
    ['2025-06-23T12:20:34.539+05:00', Date.UTC(2025, 5, 23, 7, 20, 34, 539), '+05:00'],
    ['2019-09-24T12:20:34+06:00', Date.UTC(2019, 8, 24, 6, 20, 34), '+06:00'],
    ['2023-08-14T06:00:00Z', Date.UTC(2023, 7, 14, 6), '+00:00'],
    ['2023-08-14T06:00:00.123456789+06:00', Date.UTC(2023, 7, 14, 0, 0, 0, 123), '+06:00'],
    ['2023-08-14T06:00:00.5Z', Date.UTC(2023, 7, 14, 6, 0, 0, 500), '+00:00'],
    ['2023-08-14T24:00:00Z', Date.UTC(2023, 7, 15), '+00:00'],
    ['\n 2023-08-14T06:00:00Z ', Date.UTC(2023, 7, 14, 6), '+00:00'],
  ])('reads %j', (text, atMs, zone) => {
    expect(parseMessageDate(text)).toEqual({ atMs, offset: zone });
  });

  test('understands an offset without its colon, which is seen on the wire', () => {
    expect(parseMessageDate('2019-09-24T12:20:34+0600')).toEqual({
      atMs: Date.UTC(2019, 8, 24, 6, 20, 34),
      offset: '+06:00',
    });
  });

  test('does not guess the zone of a date without one', () => {
    expect(parseMessageDate('2023-08-14T06:00:00.000')).toEqual({ atMs: null, offset: null });
  });

  test('takes the zone that the caller assumes, and still says that none was written', () => {
    expect(parseMessageDate('2023-08-14T06:00:00', { assumeOffset: '+06:00' })).toEqual({
      atMs: Date.UTC(2023, 7, 14),
      offset: null,
    });
  });

  test('prefers the written zone to the assumed one', () => {
    expect(parseMessageDate('2023-08-14T06:00:00Z', { assumeOffset: '+06:00' })?.atMs).toBe(
      Date.UTC(2023, 7, 14, 6),
    );
  });

  test('refuses an assumed zone that is none', () => {
    expect(() => parseMessageDate('2023-08-14T06:00:00Z', { assumeOffset: 'local' })).toThrow(TypeError);
  });

  test.each([
    '',
    '2023-08-14',
    '2023-08-14 06:00:00',
    '14.08.2023T06:00:00',
    '2023-8-14T06:00:00',
    '2023-13-01T06:00:00Z',
    '2023-04-31T06:00:00Z',
    '2023-02-29T06:00:00Z',
    '2023-08-14T25:00:00Z',
    '2023-08-14T24:00:01Z',
    '2023-08-14T24:00:00.001Z',
    '2023-08-14T06:60:00Z',
    '2023-08-14T06:00:60Z',
    '2023-08-14T06:00:00.Z',
    '2023-08-14T06:00:00+6',
    '2023-08-14T06:00:00+15:00',
    '12023-08-14T06:00:00Z',
    '2023-08-14T06:00:00Zx',
  ])('says that %j is no date', (text) => {
    expect(parseMessageDate(text)).toBeUndefined();
  });
});
