import { isXsDate } from '@egov-gateway/payload';

import { type Cell, cellText } from '../table/table.ts';
import type { TableProblemCode } from '../table/table-problem-code.ts';
import { unreadable } from './read-cell.ts';

/** Reads the dates of one column: what each of them means may show from the others only. */
export type DateReader = (
  cell: Cell | undefined,
) => { readonly date: string } | { readonly problem: TableProblemCode };

type Order = 'day-month' | 'month-day' | 'unknown' | 'both';

const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*г\.?)?$/;
const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/;
const midnight = /[T ]0{1,2}:00(?::00(?:\.0+)?)?$/;

/**
 * A reader for the dates of a column. `01.02.2026` is the first of February, as is usual here. What comes first in
 * `01/02/2026` is told by the other dates of the column, or by `order`; where nothing tells, it is refused, not guessed. A
 * spreadsheet that expects the month first turns some texts into dates, day and month swapped, and leaves the others as text:
 * a column that looks so is refused until `order` says that it is right.
 */
export function dateColumn(
  cells: Iterable<Cell | undefined>,
  order?: 'day-month' | 'month-day' | undefined,
): DateReader {
  let isDayFirst = false;
  let isMonthFirst = false;
  let isTextBeyondTwelve = false;
  let isDateBeyondTwelve = false;
  for (const cell of cells) {
    if (typeof cell === 'object' && cell.kind === 'date') {
      if (Number(cell.text.slice(8, 10)) > 12) isDateBeyondTwelve = true;
      continue;
    }
    const text = dateText(cell);
    const [, first, second] = slashed.exec(text) ?? [];
    if (Number(first) > 12) isDayFirst = true;
    if (Number(second) > 12) isMonthFirst = true;
    if (Number((slashed.exec(text) ?? dotted.exec(text))?.[1]) > 12) isTextBeyondTwelve = true;
  }
  const found: Order =
    isDayFirst && isMonthFirst ? 'both' : isDayFirst ? 'day-month' : isMonthFirst ? 'month-day' : 'unknown';
  const known = order ?? found;
  const mayBeSwapped = order === undefined && isTextBeyondTwelve && !isDateBeyondTwelve;
  return (cell) => readDate(cell, known, mayBeSwapped);
}

function dateText(cell: Cell | undefined): string {
  return cellText(cell).replace(midnight, '');
}

function readDate(
  cell: Cell | undefined,
  order: Order,
  mayBeSwapped: boolean,
): { readonly date: string } | { readonly problem: TableProblemCode } {
  const problem = unreadable(cell);
  if (problem !== undefined) return { problem };
  const text = dateText(cell);
  if (typeof cell === 'object' && cell.kind === 'date') {
    return mayBeSwapped ? { problem: 'swapped-by-excel' } : { date: text };
  }
  if (/^\d{4,6}(?:[.,]\d+)?$/.test(text)) return { problem: 'date-number' };
  if (isXsDate(text)) return { date: text };
  const [, day = '', month = '', year = ''] = dotted.exec(text) ?? [];
  if (year !== '') return existing(year, month, day) ?? swapped(year, day, month);
  const [, first = '', second = '', slashedYear = ''] = slashed.exec(text) ?? [];
  if (slashedYear === '') return { problem: 'impossible-date' };
  // The same in both orders.
  if (Number(first) === Number(second))
    return existing(slashedYear, first, second) ?? { problem: 'impossible-date' };
  if (order === 'day-month')
    return existing(slashedYear, second, first) ?? swapped(slashedYear, first, second);
  if (order === 'month-day')
    return existing(slashedYear, first, second) ?? swapped(slashedYear, second, first);
  const isPossible = existing(slashedYear, first, second) ?? existing(slashedYear, second, first);
  return { problem: isPossible === undefined ? 'impossible-date' : 'ambiguous-date' };
}

/** No such day; when there is one with day and month swapped, that is what to say. */
function swapped(year: string, month: string, day: string): { readonly problem: TableProblemCode } {
  return { problem: existing(year, month, day) === undefined ? 'impossible-date' : 'month-first' };
}

function existing(year: string, month: string, day: string): { readonly date: string } | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isXsDate(date) ? { date } : undefined;
}
