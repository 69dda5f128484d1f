import { addDays, daysBetween, isXsDate, type XsDate } from '@egov-gateway/payload';

import { type ContractIssue, scseIssue } from '../rules/contract-issue.ts';
import type { WorkCalendar } from './work-calendar.ts';

/** What the law sets a term for. */
export type ContractEvent =
  /** A new contract, from signing by both. */
  | 'conclusion'
  /** An additional agreement, from signing by both. */
  | 'change'
  /** Correcting or deleting, from the day on which it was entered. */
  | 'correction'
  /** The end of a contract, from that day. */
  | 'termination'
  /** Restoration of an employee, from that day. */
  | 'restoration';

/** A term: so many days, and the code with which it is refused. */
export interface LegalTerm {
  readonly days: number;
  readonly counts: 'working-days' | 'calendar-days';
  readonly code: string;
}

/**
 * The terms (evidence: A-, the error book; the first four also answers of enbek.kz). One public product takes 30 working
 * days for corrections; the shorter reading is used here.
 *
 * @see Rules on ЕСУТД, order No 353 of 3 September 2020, clauses 7, 8 and 12
 */
export const legalTerms: Readonly<Record<ContractEvent, LegalTerm>> = Object.freeze({
  conclusion: { days: 5, counts: 'working-days', code: 'SCSE088' },
  change: { days: 15, counts: 'calendar-days', code: 'SCSE089' },
  correction: { days: 30, counts: 'calendar-days', code: 'SCSE090' },
  termination: { days: 3, counts: 'working-days', code: 'SCSE091' },
  restoration: { days: 10, counts: 'working-days', code: 'SCSE093' },
});

/** When something has to be entered. */
export interface ContractDeadline {
  readonly event: ContractEvent;
  /** The last day on which it is in time. */
  readonly lastDay: XsDate;
  /** Days of the calendar from today to the last day; below 0 when it has passed. */
  readonly daysLeft: number;
  /** The code of ЕСУТД for a term that has passed. */
  readonly code: string;
}

/** A year without a working day is no calendar. */
const maxDays = 366;

/**
 * The last day on which an event may be entered in time. The day of the event itself does not count (grade C: the usual
 * way of counting; the error book does not say).
 *
 * @param date - the day of the event
 * @param context.today - for `daysLeft`
 * @throws {TypeError} when a date is none, the event is unknown, or the calendar has no working day
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
  const lastDay =
    term.counts === 'calendar-days' ? addDays(from, term.days) : afterWork(from, term.days, context.calendar);
  return { event, lastDay, daysLeft: daysBetween(context.today, lastDay), code: term.code };
}

function afterWork(from: string, workingDays: number, calendar: WorkCalendar): XsDate {
  let left = workingDays;
  for (let days = 1; days <= maxDays; days++) {
    const date = addDays(from, days);
    if (calendar.isWorkingDay(date)) left--;
    if (left === 0) return date;
  }
  throw new TypeError('the calendar must have working days');
}

/**
 * A warning when the term has passed, or `undefined`. A late request may still be sent: refusing it is left to the server.
 *
 * @param path - where the date stands
 */
export function deadlineWarning(deadline: ContractDeadline, path: string): ContractIssue | undefined {
  if (deadline.daysLeft >= 0) return undefined;
  const { days, counts } = legalTerms[deadline.event];
  const words = counts === 'working-days' ? 'working days' : 'days of the calendar';
  return scseIssue(
    path,
    'deadline',
    `the term of ${days} ${words} ended on ${deadline.lastDay}`,
    deadline.code,
  );
}
