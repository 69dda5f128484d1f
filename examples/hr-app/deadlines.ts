import {
  type ContractDeadline,
  type ContractEvent,
  contractDeadline,
  createWorkCalendar,
  type WorkCalendar,
} from '@egov-gateway/labor-contracts';
import { addDays, dateAt, isXsDate } from '@egov-gateway/payload';

/** Days off, and Saturdays that are worked, are decided anew every year: fill them in. */
export const workCalendar: WorkCalendar = createWorkCalendar({ holidays: [], workingDays: [] });

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

/** Until when an event has to be entered; `undefined` when its date is none. */
export function dueOf(event: ContractEvent, date: string | null, today: string): Due | undefined {
  if (date === null || !isXsDate(date)) return undefined;
  const deadline = contractDeadline(event, date, { calendar: workCalendar, today });
  const { daysLeft } = deadline;
  return { ...deadline, urgency: daysLeft < 0 ? 'late' : daysLeft <= soonDays ? 'soon' : 'in-time' };
}

/** The earliest day of signing whose term has not passed on `today`. */
export function lastChanceToSign(today: string): string {
  let date = today;
  for (let days = 1; days <= 31; days++) {
    const earlier = addDays(today, -days);
    if (contractDeadline('conclusion', earlier, { calendar: workCalendar, today }).daysLeft < 0) break;
    date = earlier;
  }
  return date;
}
