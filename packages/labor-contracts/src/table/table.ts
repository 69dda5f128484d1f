import type { Wording } from '../scse/scse-row.ts';

/**
 * What is wrong with a table, one of its rows, or one cell; and what to do about it; in Russian, Kazakh and English. Never holds
 * a value of the table.
 */
export interface TableProblem {
  /** Stable name: a `TableProblemCode`, a code of ЕСУТД, the rule of the contract that is broken, or what became of the row. */
  readonly code: string;
  /** As the program shows it that the table is edited in: a row of the sheet, a line of the file, from 1. */
  readonly row?: number | undefined;
  /** Title of the column, as the table has it. */
  readonly column?: string | undefined;
  readonly message: Wording;
  readonly remedy: Wording;
}

/** A cell that is no text. */
export interface TypedCell {
  /**
   * `number`: as the file has it; `date`: a day, `YYYY-MM-DD`; `error`: a formula without a result; `unknown`: one whose
   * result was not saved; `merged`: the value stands in another cell, the text is empty.
   */
  readonly kind: 'number' | 'date' | 'error' | 'unknown' | 'merged';
  readonly text: string;
}

/** A cell; plain text is a string, `''` an empty one. */
export type Cell = string | TypedCell;

/** A row, with its place in the file. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** A table as it was read, whatever it was read from. */
export interface Table {
  readonly format: 'csv' | 'xlsx' | 'json';
  /** Of text: how it was encoded. */
  readonly encoding?: TextEncodingName | undefined;
  /** The titles and everything below, empty rows left out. */
  readonly rows: readonly TableRow[];
  /** What a person should know, though nothing is wrong. */
  readonly remarks: readonly TableProblem[];
}

/** Encodings that are recognised. */
export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251';

/** A table, or why it is none. */
export type TableReading =
  | { readonly table: Table; readonly problems?: undefined }
  | { readonly table?: undefined; readonly problems: readonly TableProblem[] };

/** The text of a cell, without white space around it. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return (typeof cell === 'string' ? cell : cell.text).replaceAll('\u00A0', ' ').trim();
}

/** Whether nothing stands in a row. */
export function isBlank(cells: readonly Cell[]): boolean {
  return cells.every((cell) => cellText(cell) === '');
}
