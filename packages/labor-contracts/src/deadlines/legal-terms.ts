import type { XsDate } from '@egov-gateway/payload';

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

/** The rule of a term that has passed unless holidays have put it off. */
export const deadlineDoubt = 'deadline-without-holidays';

/** When something has to be entered. */
export interface ContractDeadline {
  readonly event: ContractEvent;
  /** The last day on which it is in time. With {@link unknownYears}: if those had no holidays. */
  readonly lastDay: XsDate;
  /** Days of the calendar from today to the last day; below 0 when it has passed. */
  readonly daysLeft: number;
  /** The code of ЕСУТД for a term that has passed. */
  readonly code: string;
  /** Years that were counted through and whose days off the calendar does not know. Empty when the last day is certain. */
  readonly unknownYears: readonly number[];
}
