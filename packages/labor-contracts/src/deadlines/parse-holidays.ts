import { isXsDate, type Weekday, weekdayOf } from '@egov-gateway/payload';

import { decodeText } from '../table/decode-text.ts';
import type { TableProblem } from '../table/table.ts';
import { tableProblem } from '../table/table-problems.ts';
import { createWorkCalendar, type WorkCalendar } from './work-calendar.ts';

/** The calendar of a file, or what is wrong with the file, 100 problems at most; `row` of a problem is a line of it. */
export type HolidaysReading =
  | { readonly calendar: WorkCalendar; readonly years: readonly number[]; readonly problems?: undefined }
  | { readonly calendar?: undefined; readonly years?: undefined; readonly problems: readonly TableProblem[] };

/** What a file of days off is judged by. */
export interface ParseHolidaysOptions {
  /** `YYYY-MM-DD`: its year must be in the file. */
  readonly today: string;
}

const saturday: Weekday = 6;
/** More of them help nobody. */
const maxProblems = 100;
const isoForm = /^(\d{4})-(\d{2})-(\d{2})$/;
const dottedForm = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/**
 * Reads a file of days off: one date in a line, `2026-03-09` or `09.03.2026`. `+` before it: a Saturday or Sunday that is worked.
 * `#` begins a remark; empty lines do not count. UTF-8, UTF-16 or Windows-1251.
 *
 * A year with a day off in it is taken to be complete; terms that reach into another one are uncertain.
 *
 * @throws {TypeError} when `today` is no date
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 *
 * const read = parseHolidays(await readFile('holidays.txt'), { today: '2026-03-10' });
 * if (read.problems === undefined) createLaborContracts({ serviceId, calendar: read.calendar });
 * ```
 */
export function parseHolidays(bytes: Uint8Array, { today }: ParseHolidaysOptions): HolidaysReading {
  if (!isXsDate(today)) throw new TypeError('today must be a date, YYYY-MM-DD');
  const decoded = decodeText(bytes);
  if (decoded === undefined) return { problems: [tableProblem('holidays-text')] };
  const problems: TableProblem[] = [];
  const lineOf = new Map<string, number>();
  const holidays: string[] = [];
  const workingDays: string[] = [];
  for (const [index, text] of decoded.text.split(/\r\n|\n|\r/).entries()) {
    const row = index + 1;
    const [written = ''] = text.split('#');
    const words = written.replaceAll('\u00A0', ' ').trim();
    if (words === '') continue;
    const isWorked = words.startsWith('+');
    const date = dateOf(isWorked ? words.slice(1).trim() : words);
    const earlier = date === undefined ? undefined : lineOf.get(date);
    if (date === undefined) problems.push(tableProblem('holidays-date', { row }));
    else if (earlier !== undefined) problems.push(tableProblem('holidays-twice', { row }, [String(earlier)]));
    else if (isWorked && weekdayOf(date) < saturday) problems.push(tableProblem('holidays-worked', { row }));
    else (isWorked ? workingDays : holidays).push(date);
    if (date !== undefined && earlier === undefined) lineOf.set(date, row);
    if (problems.length === maxProblems) break;
  }
  const years = [...new Set(holidays.map(yearOf))].toSorted((a, b) => a - b);
  if (problems.length > 0) return { problems };
  if (years.length === 0) return { problems: [tableProblem('holidays-empty')] };
  if (!years.includes(yearOf(today))) {
    return { problems: [tableProblem('holidays-year', {}, [String(yearOf(today))])] };
  }
  return { calendar: createWorkCalendar({ holidays, workingDays, years }), years };
}

function dateOf(text: string): string | undefined {
  const [, year = '', month = '', day = ''] = isoForm.exec(text) ?? [];
  const [, dottedDay = '', dottedMonth = '', dottedYear = ''] = dottedForm.exec(text) ?? [];
  const date =
    year === ''
      ? `${dottedYear}-${dottedMonth.padStart(2, '0')}-${dottedDay.padStart(2, '0')}`
      : `${year}-${month}-${day}`;
  return isXsDate(date) ? date : undefined;
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}
