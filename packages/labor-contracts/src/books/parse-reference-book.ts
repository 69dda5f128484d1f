import { ValidateError, type ValidationIssue } from '@egov-gateway/core';

import { type BookEntry, bookOf, type ReferenceBook } from './reference-book.ts';
import { readRows, type TextRow } from './separated-values.ts';

/** Names of the columns, compared without regard to case and white space around them. */
export interface BookColumns {
  /** Default: `CODE`. Required in the table. */
  readonly code?: string;
  /** Default: `NAME_RU`. */
  readonly ru?: string;
  /** Default: `NAME_KZ`. */
  readonly kk?: string;
  /** Whether an entry is in use. Default: `IS_ACTUAL`; without such a column all are. */
  readonly actual?: string;
  /** The code of the heading above an entry. Default: `PARENT`; without such a column see `headings`. */
  readonly parent?: string;
}

/** How {@link parseReferenceBook} reads a table. */
export interface ParseReferenceBookOptions {
  readonly columns?: BookColumns;
  /** Default: the one of tab, semicolon and comma that the first line has most of. */
  readonly delimiter?: '\t' | ';' | ',';
  /**
   * Which entries are headings, in a table without a column of parents. `code-prefix`: those whose code and a hyphen begin
   * another code in use, as in the books of positions and of reasons of termination. `unknown`: the book does not tell.
   * Default: `unknown`.
   */
  readonly headings?: 'code-prefix' | 'unknown';
  /** Rows at most, without the header. Default: 500 000. */
  readonly maxRows?: number;
}

const yes = new Set(['1', 'true', 't', 'yes', 'да', 'иә']);
const no = new Set(['0', 'false', 'f', 'no', 'нет', 'жоқ']);
/** More of them help nobody. */
const maxIssues = 100;

/**
 * A reference book from a table as text: CSV or TSV, UTF-8, with a header. Codes stay text: leading zeros matter.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` when the table is not one: another encoding, too many rows, no column of codes
 *   or two of one name, a row of another width, an empty code, a code that occurs twice, an unclear flag, a broken quote; each
 *   with its line, a hundred at most
 * @throws {TypeError} when an option has no meaning
 */
export function parseReferenceBook(
  table: string | Uint8Array,
  options: ParseReferenceBookOptions = {},
): ReferenceBook {
  const { columns = {}, headings = 'unknown', maxRows = 500_000 } = options;
  if (headings !== 'unknown' && headings !== 'code-prefix') {
    throw new TypeError("headings must be 'unknown' or 'code-prefix'");
  }
  if (!(maxRows > 0)) throw new TypeError('maxRows must be a positive number');
  const text = decode(table);
  const delimiter = options.delimiter ?? guessDelimiter(text);
  const { rows, broken } = readRows(text, delimiter, { maxRows: maxRows + 1 });
  if (broken !== undefined) {
    throw refused(
      'quote',
      broken.line,
      'has a quote that does not end where its cell ends; write "" inside of one',
    );
  }
  const [header, ...body] = rows;
  if (header === undefined) throw refused('header', 1, 'must have a header and rows; the table is empty');
  if (body.length > maxRows) throw refused('max-rows', 1, `must have at most ${maxRows} rows`);
  return bookOf(readEntries(header, body, columns, headings));
}

function decode(table: string | Uint8Array): string {
  if (typeof table === 'string') return table.replace(/^\uFEFF/, '');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(table);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw refused('encoding', 1, 'must be UTF-8; save the table again in this encoding');
  }
}

function guessDelimiter(text: string): string {
  const first = /^.*/.exec(text)?.[0] ?? '';
  const counts = ['\t', ';', ','].map((delimiter) => ({ delimiter, count: first.split(delimiter).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

function readEntries(
  header: TextRow,
  body: readonly TextRow[],
  columns: BookColumns,
  headings: 'code-prefix' | 'unknown',
): BookEntry[] {
  const names = header.cells.map((cell) => cell.trim().toLowerCase());
  const column = (name: string): number => {
    const plain = name.trim().toLowerCase();
    const at = names.indexOf(plain);
    if (at === names.lastIndexOf(plain)) return at;
    throw refused('header', header.line, 'must name each column once');
  };
  const code = column(columns.code ?? 'CODE');
  if (code === -1) {
    throw refused(
      'header',
      header.line,
      'must name a column of codes; say with columns.code what it is called',
    );
  }
  const [ru, kk, actual, parent] = [
    column(columns.ru ?? 'NAME_RU'),
    column(columns.kk ?? 'NAME_KZ'),
    column(columns.actual ?? 'IS_ACTUAL'),
    column(columns.parent ?? 'PARENT'),
  ];
  const issues: ValidationIssue[] = [];
  const entries: BookEntry[] = [];
  const seen = new Set<string>();
  const parents = new Set<string>();
  for (const { line, cells } of body) {
    const key = cells[code]?.trim() ?? '';
    const flag = actual === -1 ? true : flagOf(cells[actual]);
    const breach =
      cells.length !== names.length
        ? issue('columns', line, `must have ${names.length} cells, has ${cells.length}`)
        : key === ''
          ? issue('required', line, 'must have a code')
          : seen.has(key)
            ? issue('duplicate', line, 'has a code that an earlier row has')
            : flag === undefined
              ? issue('actual', line, 'must say with 1 or 0 whether it is in use')
              : undefined;
    if (breach !== undefined) {
      issues.push(breach);
      if (issues.length === maxIssues) break;
      continue;
    }
    seen.add(key);
    if (flag && parent !== -1) parents.add(cells[parent]?.trim() ?? '');
    if (flag && headings === 'code-prefix') for (const prefix of prefixes(key)) parents.add(prefix);
    entries.push({ code: key, ru: cells[ru]?.trim(), kk: cells[kk]?.trim(), actual: flag === true });
  }
  if (issues.length > 0) throw new ValidateError(issues);
  if (parent === -1 && headings === 'unknown') return entries;
  return entries.map((one) => ({ ...one, leaf: !parents.has(one.code) }));
}

function flagOf(cell: string | undefined): boolean | undefined {
  const word = cell?.trim().toLowerCase() ?? '';
  return yes.has(word) ? true : no.has(word) ? false : undefined;
}

function prefixes(code: string): string[] {
  const parts = code.split('-');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('-'));
}

function issue(rule: string, line: number, message: string): ValidationIssue {
  return { path: `/line[${line}]`, rule, message };
}

function refused(rule: string, line: number, message: string): ValidateError {
  return new ValidateError([issue(rule, line, message)]);
}
