import { restoreIin } from '@egov-gateway/payload';

import { terminationReasons } from '../codes/termination-reasons.ts';
import { type Cell, cellText, type TextEncodingName } from '../table/table.ts';
import type { TableProblemCode } from '../table/table-problem-code.ts';
import type { FieldKind } from './contract-fields.ts';

/** The value of a cell, or what a spreadsheet has done to it. */
export type CellReading = { readonly value: string } | { readonly problem: TableProblemCode };

const reasonCodes: ReadonlySet<string> = new Set(terminationReasons.map(({ code }) => code));
const quantity = /^\d(?:[.,]\d+)?[eEеЕ]\+?\d+$/;
/** The same in a text that may have letters, as 2Е14 has. */
const shownQuantity = /^\d[.,]\d+[eEеЕ]\+\d+$/;
/** Spreadsheets keep fifteen digits of a number. */
const beyondPrecision = /^\d{16,}$/;

/** Reads a cell that is no date. */
export function readCell(
  cell: Cell | undefined,
  kind: Exclude<FieldKind, 'date'>,
  encoding: TextEncodingName | undefined,
): CellReading {
  const value = cellText(cell);
  const problem = unreadable(cell);
  if (problem !== undefined) return { problem };
  if (typeof cell === 'object' && cell.kind === 'date') return { problem: 'turned-into-date' };
  if (hasLostLetters(value, encoding)) return { problem: 'lost-letters' };
  const isNumber = typeof cell === 'object' && cell.kind === 'number';
  const isRounded =
    (kind === 'identity' || isNumber ? quantity : shownQuantity).test(value) ||
    (isNumber && beyondPrecision.test(value));
  if (isRounded) return { problem: 'rounded-number' };
  if (kind === 'identity' && restoreIin(value) !== undefined) return { problem: 'lost-zeros' };
  if (kind === 'reason' && !reasonCodes.has(value) && reasonCodes.has(`0${value}`)) {
    return { problem: 'reason-zero' };
  }
  return { value };
}

/** Why a cell has nothing to read, whatever it should be. */
export function unreadable(cell: Cell | undefined): TableProblemCode | undefined {
  const kind = typeof cell === 'object' ? cell.kind : undefined;
  if (kind === 'merged') return 'merged-cell';
  if (cellText(cell) === '') return 'missing-value';
  if (kind === 'error') return 'formula-error';
  return kind === 'unknown' ? 'formula-unknown' : undefined;
}

/**
 * Windows-1251 has no Ә, Ғ, Қ, Ң, Ө, Ұ, Ү, Һ of its own: programs write a question mark instead. No number, code or
 * position has one for its own sake.
 */
function hasLostLetters(value: string, encoding: TextEncodingName | undefined): boolean {
  if (value.includes('\uFFFD')) return true;
  return encoding === 'windows-1251' && value.includes('?');
}
