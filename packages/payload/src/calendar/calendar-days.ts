/**
 * Arithmetic with calendar dates as text, in whole days. No date ever becomes a `Date` or an instant, so none can slip to
 * the day before.
 *
 * @module
 */
import { isCalendarDay, readXsDate, type XsDate } from './xs-date.ts';

/** Days of the week as ISO 8601 counts them. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * Days since 1970-01-01 of a calendar day.
 *
 * Years are taken to begin in March, so that the leap day is the last one.
 */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (
    shifted * 365 +
    Math.floor(shifted / 4) -
    Math.floor(shifted / 100) +
    Math.floor(shifted / 400) +
    dayOfYear -
    719_468
  );
}

/** `YYYY-MM-DD` of a number of days since 1970-01-01. @throws {RangeError} outside of the years 1 to 9999 */
export function dateOfDayNumber(number: number): string {
  const days = number + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return text(yearOfEra + era * 400 + (month > 2 ? 0 : 1), month, day);
}

function text(year: number, month: number, day: number): string {
  if (!(year >= 1 && year <= 9999)) throw new RangeError('the date would leave the years 1 to 9999');
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function numberOf(date: string): number {
  const parts = readXsDate(date);
  if (parts === undefined) throw new TypeError('expected a date that exists, YYYY-MM-DD');
  return dayNumber(parts.year, parts.month, parts.day);
}

/**
 * The date some days later, or earlier when `days` is negative. Its offset stays as written.
 *
 * @throws {TypeError} when `date` is no date or `days` no whole number
 * @throws {RangeError} when the result leaves the years 1 to 9999
 */
export function addDays(date: string, days: number): XsDate {
  if (!Number.isSafeInteger(days)) throw new TypeError('days must be a whole number');
  return (dateOfDayNumber(numberOf(date) + days) + date.slice(10)) as XsDate;
}

/**
 * The same day some years later, or earlier when `years` is negative; 29 February becomes 28 February where there is none.
 * Its offset stays as written.
 *
 * @throws {TypeError} when `date` is no date or `years` no whole number
 * @throws {RangeError} when the result leaves the years 1 to 9999
 */
export function addYears(date: string, years: number): XsDate {
  const parts = readXsDate(date);
  if (parts === undefined) throw new TypeError('expected a date that exists, YYYY-MM-DD');
  if (!Number.isSafeInteger(years)) throw new TypeError('years must be a whole number');
  const year = parts.year + years;
  const day = isCalendarDay(year, parts.month, parts.day) ? parts.day : Math.min(parts.day, 28);
  return (text(year, parts.month, day) + date.slice(10)) as XsDate;
}

/**
 * Whole days from `from` to `to`, negative when `to` is earlier. Offsets do not count: a date is a page of the calendar.
 *
 * @throws {TypeError} when one of them is no date
 */
export function daysBetween(from: string, to: string): number {
  return numberOf(to) - numberOf(from);
}

/**
 * Below 0 when `first` is earlier, above 0 when it is later, 0 on the same day. Offsets do not count.
 *
 * @throws {TypeError} when one of them is no date
 */
export function compareDates(first: string, second: string): number {
  return daysBetween(second, first);
}

/**
 * The day of the week, 1 Monday to 7 Sunday.
 *
 * @throws {TypeError} when `date` is no date
 */
export function weekdayOf(date: string): Weekday {
  // 1970-01-01 was a Thursday.
  return (((((numberOf(date) + 3) % 7) + 7) % 7) + 1) as Weekday;
}
