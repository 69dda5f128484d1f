import { isCalendarDay, type XsDate } from '../calendar/xs-date.ts';

/** The century in which the seventh digit of an old IIN places its first two. */
const centuries: Readonly<Record<string, number>> = { 1: 18, 2: 18, 3: 19, 4: 19, 5: 20, 6: 20 };

/**
 * The birth date that the digits of an IIN say, as a hint for a form, or `undefined` when they say none.
 *
 * Never refuse a person for it: since 2013 an IIN need not tell the birth date, and a difference is no error. The digit
 * that tells the sex is not read at all.
 *
 * @see Decree No 853 of 26 August 2013
 */
export function birthDateHint(iin: string): XsDate | undefined {
  if (typeof iin !== 'string' || !/^[0-9]{12}$/.test(iin)) return undefined;
  const century = centuries[iin[6] as string];
  if (century === undefined) return undefined;
  const [year, month, day] = [`${century}${iin.slice(0, 2)}`, iin.slice(2, 4), iin.slice(4, 6)];
  if (!isCalendarDay(Number(year), Number(month), Number(day))) return undefined;
  return `${year}-${month}-${day}` as XsDate;
}
