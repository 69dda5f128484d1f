import { isXsDate, type Weekday, weekdayOf, type XsDate } from '@egov-gateway/payload';

/** Which days are worked. Holidays move from year to year, so no calendar is built in. */
export interface WorkCalendar {
  isWorkingDay(date: XsDate): boolean;
  /** Whether the days off of that day's year are known. Default: they are, always. */
  isKnown?(date: XsDate): boolean;
}

/** What a calendar differs in from Monday to Friday. */
export interface WorkCalendarOptions {
  /** Days off, `YYYY-MM-DD`: holidays, and days that the government has moved. */
  readonly holidays: Iterable<string>;
  /** Days that are worked although they are days off: weekends that the government has moved. Default: none. */
  readonly workingDays?: Iterable<string>;
  /** Years of which all exceptions are given; a term that reaches into another year is uncertain. Default: every year. */
  readonly years?: Iterable<number>;
}

const saturday: Weekday = 6;

/**
 * A calendar of Monday to Friday with these exceptions.
 *
 * @throws {TypeError} when an exception is no date, has an offset, or is in both lists
 */
export function createWorkCalendar(options: WorkCalendarOptions): WorkCalendar {
  const holidays = dates(options.holidays, 'holidays');
  const workingDays = dates(options.workingDays ?? [], 'workingDays');
  for (const date of workingDays) {
    if (holidays.has(date)) throw new TypeError(`${date} must not be both a holiday and a working day`);
  }
  const years = options.years === undefined ? undefined : new Set(options.years);
  return {
    isKnown: (date) => years === undefined || years.has(Number(date.slice(0, 4))),
    isWorkingDay(date) {
      const day = date.slice(0, 10);
      return workingDays.has(day) || (!holidays.has(day) && weekdayOf(date) < saturday);
    },
  };
}

function dates(given: Iterable<string>, name: string): ReadonlySet<string> {
  const set = new Set(given);
  for (const date of set) {
    if (!isXsDate(date) || date.length !== 10) throw new TypeError(`${name} must be dates, YYYY-MM-DD`);
  }
  return set;
}
