import { describe, expect, test } from 'vitest';

import type { Cell } from '../table/table.ts';
import { dateColumn } from './date-column.ts';

const day = (text: string): Cell => ({ kind: 'date', text });
const read = (cells: readonly Cell[], order?: 'day-month' | 'month-day') =>
  cells.map(dateColumn(cells, order)).map((one) => ('date' in one ? one.date : one.problem));

describe('dateColumn', () => {
  test.each([
    ['2026-01-13', '2026-01-13'],
    ['2026-01-13+05:00', '2026-01-13+05:00'],
    ['2026-01-13 00:00:00', '2026-01-13'],
    ['2026-01-13T00:00', '2026-01-13'],
    ['13.01.2026', '2026-01-13'],
    ['1.2.2026', '2026-02-01'],
    [' 01.02.2026 г.', '2026-02-01'],
    ['02/02/2026', '2026-02-02'],
    ['13/01/2026', '2026-01-13'],
    ['01-13-2026', '2026-01-13'],
    ['', 'missing-value'],
    ['01.13.2026', 'month-first'],
    ['30.02.2026', 'impossible-date'],
    ['2026-02-30', 'impossible-date'],
    ['29.02.2025', 'impossible-date'],
    ['29.02.2024', '2024-02-29'],
    ['31.04.2026', 'impossible-date'],
    ['01.02.26', 'impossible-date'],
    ['13 января 2026', 'impossible-date'],
    ['45/45/2026', 'impossible-date'],
    ['46035', 'date-number'],
    ['46035,5', 'date-number'],
    ['01/02/2026', 'ambiguous-date'],
  ])('reads %j as %s', (text, expected) => {
    expect(read([text])).toEqual([expected]);
  });

  test('a column tells what comes first', () => {
    expect(read(['01/02/2026', '13/02/2026'])).toEqual(['2026-02-01', '2026-02-13']);
    expect(read(['01/02/2026', '02/13/2026'])).toEqual(['2026-01-02', '2026-02-13']);
  });

  test('a column that tells both is not guessed at', () => {
    expect(read(['01/02/2026', '13/02/2026', '02/13/2026'])).toEqual(Array(3).fill('ambiguous-date'));
  });

  test('the caller may say what comes first, and then the other is a mistake', () => {
    expect(read(['01/02/2026', '02/13/2026'], 'day-month')).toEqual(['2026-02-01', 'month-first']);
    expect(read(['01/02/2026', '13/02/2026'], 'month-day')).toEqual(['2026-01-02', 'month-first']);
  });

  test('dates beside text that could not be one look swapped', () => {
    const cells = [day('2026-02-01'), '13.01.2026', day('2026-12-11')];
    expect(read(cells)).toEqual(['swapped-by-excel', '2026-01-13', 'swapped-by-excel']);
    expect(read(cells, 'day-month')).toEqual(['2026-02-01', '2026-01-13', '2026-12-11']);
    expect(read([...cells, day('2026-01-20')])[0]).toBe('2026-02-01');
  });

  test('an error of a formula is no date', () => {
    expect(read([{ kind: 'error', text: '#DATE' }])).toEqual(['formula-error']);
  });
});
