/**
 * Calendar dates as text. A date is never turned into a `Date`: that would move it to another day in another zone.
 *
 * @see XML Schema Part 2, 3.2.9 "date"
 * @module
 */
import type * as z from 'zod';

import { refinedText } from '../refined-text.ts';
import { readDigits } from './digits.ts';
import { readOffset } from './offset.ts';

/** A calendar date as XML writes it, `2026-01-13` or `2026-01-13+05:00`, checked, with its offset kept. */
export type XsDate = string & z.core.$brand<'XsDate'>;

/** The parts of an {@link XsDate}. */
export interface DateParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** Minutes east of UTC; absent when the text names none. */
  readonly offsetMinutes?: number;
}

/** The parts of a date, or `undefined` when `text` is not one: wrong form, or a day that the calendar does not have. */
export function readXsDate(text: string): DateParts | undefined {
  const date = readCalendarDay(text);
  if (date === undefined || text.length === 10) return date;
  const offsetMinutes = readOffset(text, 10);
  return offsetMinutes === undefined ? undefined : { ...date, offsetMinutes };
}

/** The day that the first ten characters, `YYYY-MM-DD`, are, or `undefined`. */
export function readCalendarDay(text: string): DateParts | undefined {
  if (text[4] !== '-' || text[7] !== '-') return undefined;
  const year = readDigits(text, 0, 4);
  const month = readDigits(text, 5, 2);
  const day = readDigits(text, 8, 2);
  return isCalendarDay(year, month, day) ? { year, month, day } : undefined;
}

/** Whether `text` is an {@link XsDate}. */
export function isXsDate(text: string): text is XsDate {
  // Not by readXsDate: fields are checked far more often than taken apart.
  const isDay =
    text[4] === '-' &&
    text[7] === '-' &&
    isCalendarDay(readDigits(text, 0, 4), readDigits(text, 5, 2), readDigits(text, 8, 2));
  return isDay && (text.length === 10 || readOffset(text, 10) !== undefined);
}

/** Whether the calendar has this day. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return false;
  if (day <= 28) return true;
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2) return isLeapYear && day === 29;
  return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}

const breach = {
  rule: 'date',
  message: 'must be a date that exists, YYYY-MM-DD, with or without an offset',
};

/** Schema of an `xs:date` field. Takes plain text, gives {@link XsDate}; the offset stays as written. */
export function xsDate(): z.core.$ZodBranded<z.ZodString, 'XsDate'> {
  return refinedText({
    kind: 'a date (YYYY-MM-DD)',
    breach: (text) => (isXsDate(text) ? undefined : breach),
  }).brand<'XsDate'>();
}
