import {
  type ContractDeadline,
  type ContractEvent,
  contractDeadline,
  type WorkCalendar,
} from '@egov-gateway/labor-contracts';
import { addDays, dateAt, isXsDate } from '@egov-gateway/payload';

/** The page of the calendar in Kazakhstan. */
export function todayInKazakhstan(): string {
  return dateAt(Date.now(), '+05:00');
}

/** How near the last day is. */
export type Urgency = 'late' | 'soon' | 'in-time';

/** Something that still has to be sent. */
export interface Due extends ContractDeadline {
  readonly urgency: Urgency;
}

const soonDays = 3;

/** What a term is counted by. */
export interface TermCount {
  readonly calendar: WorkCalendar;
  readonly today: string;
}

/** Until when an event has to be entered; `undefined` when its date is none. */
export function dueOf(event: ContractEvent, date: string | null, count: TermCount): Due | undefined {
  if (date === null || !isXsDate(date)) return undefined;
  const deadline = contractDeadline(event, date, count);
  const { daysLeft } = deadline;
  return { ...deadline, urgency: daysLeft < 0 ? 'late' : daysLeft <= soonDays ? 'soon' : 'in-time' };
}

/** The earliest day of signing whose term has not passed on `today`. */
export function lastChanceToSign(count: TermCount): string {
  const { today } = count;
  let date = today;
  for (let days = 1; days <= 31; days++) {
    const earlier = addDays(today, -days);
    if (contractDeadline('conclusion', earlier, count).daysLeft < 0) break;
    date = earlier;
  }
  return date;
}
