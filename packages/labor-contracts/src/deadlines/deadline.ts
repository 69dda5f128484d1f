import { addDays, daysBetween, isXsDate, type XsDate } from '@egov-gateway/payload';

import { type ContractIssue, scseIssue } from '../rules/contract-issue.ts';
import { type ContractDeadline, type ContractEvent, deadlineDoubt, legalTerms } from './legal-terms.ts';
import type { WorkCalendar } from './work-calendar.ts';

/** A year without a working day is no calendar. */
const maxDays = 366;

/**
 * The last day on which an event may be entered in time. The day of the event itself does not count (grade C: the usual
 * way of counting; the error book does not say).
 *
 * @param date - the day of the event
 * @param context.today - for `daysLeft`
 * @throws {TypeError} when a date is none, the event is unknown, or the calendar has no working day
 * @throws {RangeError} when the term ends after the year 9999
 */
export function contractDeadline(
  event: ContractEvent,
  date: string,
  context: { readonly calendar: WorkCalendar; readonly today: string },
): ContractDeadline {
  const term = Object.hasOwn(legalTerms, event) ? legalTerms[event] : undefined;
  if (term === undefined) throw new TypeError('event must be one of legalTerms');
  if (!isXsDate(date) || !isXsDate(context.today)) throw new TypeError('dates must exist, YYYY-MM-DD');
  const from = date.slice(0, 10);
  const { lastDay, unknownYears } =
    term.counts === 'calendar-days'
      ? { lastDay: addDays(from, term.days), unknownYears: [] }
      : afterWork(from, term.days, context.calendar);
  return { event, lastDay, daysLeft: daysBetween(context.today, lastDay), code: term.code, unknownYears };
}

function afterWork(
  from: string,
  workingDays: number,
  calendar: WorkCalendar,
): Pick<ContractDeadline, 'lastDay' | 'unknownYears'> {
  const unknown = new Set<number>();
  let left = workingDays;
  for (let days = 1; days <= maxDays; days++) {
    const date: XsDate = addDays(from, days);
    if (calendar.isKnown?.(date) === false) unknown.add(Number(date.slice(0, 4)));
    if (calendar.isWorkingDay(date)) left--;
    if (left === 0) return { lastDay: date, unknownYears: [...unknown] };
  }
  throw new TypeError('the calendar must have working days');
}

/**
 * A warning when the term has passed, or `undefined`. A late request may still be sent: refusing it is left to the server.
 * Where holidays that the calendar does not know may have put the last day off, the rule is {@link deadlineDoubt}, and there
 * is no code.
 *
 * @param path - where the date stands
 */
export function deadlineWarning(deadline: ContractDeadline, path: string): ContractIssue | undefined {
  const { event, lastDay, daysLeft, code, unknownYears } = deadline;
  if (daysLeft >= 0) return undefined;
  const { days, counts } = legalTerms[event];
  const term = `the term of ${days} ${counts === 'working-days' ? 'working days' : 'days of the calendar'}`;
  if (unknownYears.length === 0) {
    return { ...scseIssue(path, 'deadline', `${term} ended on ${lastDay}`, code), deadline };
  }
  const message = `${term} ended on ${lastDay}, not counting holidays: those of ${unknownYears.join(', ')} are not known`;
  return { path, rule: deadlineDoubt, message, clause: `ЕСУТД, error book, ${code}`, deadline };
}
