import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type QuietWindow, quietUntilMs, resolveWindows, technicalBreaks } from './quiet-window.ts';

function until(windows: readonly QuietWindow[], at: string): string | undefined {
  const ms = quietUntilMs(resolveWindows('quiet', windows), Date.parse(at));
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

describe('quietUntilMs', () => {
  const lunch: QuietWindow[] = [{ from: '12:00', to: '13:30' }];

  test.each([
    ['the minute before', '2027-03-01T11:59:59.999+05:00', undefined],
    ['the first instant', '2027-03-01T12:00:00.000+05:00', '2027-03-01T08:30:00.000Z'],
    ['the last instant', '2027-03-01T13:29:59.999+05:00', '2027-03-01T08:30:00.000Z'],
    ['the end itself', '2027-03-01T13:30:00.000+05:00', undefined],
  ])('holds from the first minute to the last: %s', (_, at, expected) => {
    expect(until(lunch, at)).toBe(expected);
  });

  test('goes over midnight', () => {
    const nights: QuietWindow[] = [{ from: '21:00', to: '06:00' }];
    expect(until(nights, '2027-03-01T23:00:00+05:00')).toBe('2027-03-02T01:00:00.000Z');
    expect(until(nights, '2027-03-02T05:59:00+05:00')).toBe('2027-03-02T01:00:00.000Z');
    expect(until(nights, '2027-03-02T06:00:00+05:00')).toBeUndefined();
  });

  test('over midnight belongs to the day it begins on', () => {
    // 5 March 2027 is a Friday.
    const friday: QuietWindow[] = [{ from: '21:00', to: '06:00', days: ['fri'] }];
    expect(until(friday, '2027-03-06T05:00:00+05:00')).toBe('2027-03-06T01:00:00.000Z');
    expect(until(friday, '2027-03-05T05:00:00+05:00')).toBeUndefined();
  });

  test('counts days and hours in the local time of its offset', () => {
    const sunday: QuietWindow[] = [{ from: '00:00', to: '24:00', days: ['sun'], utcOffset: '-03:30' }];
    expect(until(sunday, '2027-03-07T03:29:00Z')).toBeUndefined();
    expect(until(sunday, '2027-03-07T03:30:00Z')).toBe('2027-03-08T03:30:00.000Z');
  });

  test('takes windows that touch each other together', () => {
    // From Friday night over the weekend to Monday morning.
    expect(until(technicalBreaks, '2027-03-05T22:00:00+05:00')).toBe('2027-03-08T01:00:00.000Z');
    expect(until(technicalBreaks, '2027-03-08T12:00:00+05:00')).toBeUndefined();
  });

  test('knows dates, such as public holidays', () => {
    const nauryz: QuietWindow[] = [
      { from: '00:00', to: '24:00', dates: ['2027-03-21', '2027-03-22', '2027-03-23'] },
    ];
    expect(until(nauryz, '2027-03-21T10:00:00+05:00')).toBe('2027-03-23T19:00:00.000Z');
    expect(until(nauryz, '2027-03-24T00:00:00+05:00')).toBeUndefined();
  });

  test('ends later than now and never inside of a window', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
    const window = fc
      .record({
        from: time,
        to: time,
        utcOffset: fc.constantFrom('+05:00', '-11:30', '+14:00'),
        days: fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const),
      })
      .filter(({ from, to }) => from !== to);
    fc.assert(
      fc.property(fc.array(window, { maxLength: 3 }), fc.integer({ min: 0, max: 2e12 }), (windows, nowMs) => {
        const resolved = resolveWindows('quiet', windows);
        const endMs = quietUntilMs(resolved, nowMs);
        return endMs === undefined || (endMs > nowMs && quietUntilMs(resolved, endMs) === undefined);
      }),
    );
  });
});

describe('resolveWindows', () => {
  test.each<[string, unknown]>([
    ['no array', {}],
    ['a window that is none', [null]],
    ['an unknown option', [{ from: '10:00', to: '11:00', zone: 'Asia/Almaty' }]],
    ['a window without an end', [{ from: '10:00' }]],
    ['an hour with one digit', [{ from: '9:00', to: '10:00' }]],
    ['25 hours', [{ from: '10:00', to: '25:00' }]],
    ['a minute after the end of the day', [{ from: '10:00', to: '24:01' }]],
    ['60 minutes', [{ from: '10:60', to: '11:00' }]],
    ['a beginning that is the end', [{ from: '10:00', to: '10:00' }]],
    ['an offset without a sign', [{ from: '10:00', to: '11:00', utcOffset: '05:00' }]],
    ['an offset of 15 hours', [{ from: '10:00', to: '11:00', utcOffset: '+15:00' }]],
    ['a day that is none', [{ from: '10:00', to: '11:00', days: ['Monday'] }]],
    ['a date that is none', [{ from: '10:00', to: '11:00', dates: ['2027-02-30'] }]],
    ['a date with a time', [{ from: '10:00', to: '11:00', dates: ['2027-02-03T00:00'] }]],
    ['more than a hundred windows', Array.from({ length: 101 }, () => ({ from: '10:00', to: '11:00' }))],
    ['the whole week', [{ from: '00:00', to: '24:00' }]],
    [
      'the whole week in two',
      [
        { from: '12:00', to: '00:00' },
        { from: '00:00', to: '12:00' },
      ],
    ],
  ])('refuses %s', (_, windows) => {
    expect(() => resolveWindows('quiet', windows as never)).toThrow(TypeError);
  });
});
