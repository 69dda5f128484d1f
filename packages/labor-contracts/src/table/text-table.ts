import { readRows } from '../books/separated-values.ts';
import { maxColumns } from './cell-reference.ts';
import type { DecodedText } from './decode-text.ts';
import { type Cell, isBlank, type TableReading, type TableRow } from './table.ts';
import { tableProblem } from './table-problems.ts';

/**
 * A table with separated values, one row beyond the limit at most.
 *
 * @see RFC 4180, section 2
 */
export function readTextTable({ text, encoding }: DecodedText, maxRows: number): TableReading {
  // Excel says in a first line of its own what separates.
  const named = /^sep=(.)(?:\r\n|\n|\r)/.exec(text);
  const body = named === null ? text : `\n${text.slice(named[0].length)}`;
  const isRow = (cells: readonly string[]): boolean => !isBlank(cells);
  const { rows, broken } = readRows(body, named?.[1] ?? guessDelimiter(text), { maxRows, isRow });
  if (broken !== undefined) return { problems: [tableProblem('quote', { row: broken.line })] };
  const numbered = rows.map(({ line, cells }) => ({ row: line, cells }));
  return { table: { format: 'csv', encoding, rows: numbered, remarks: [] } };
}

/** The most frequent one of the first lines: above the titles there may be a heading. */
function guessDelimiter(text: string): string {
  const head = text.split(/\r\n|\n|\r/, 20).join('\n');
  const counts = ['\t', ';', ',', '|'].map((delimiter) => ({
    delimiter,
    count: head.split(delimiter).length,
  }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

const tooManyColumns = {
  ru: `${maxColumns} столбцов`,
  kk: `${maxColumns} баған`,
  en: `${maxColumns} columns`,
};

/** A list of objects, or an object with such a list as `rows`. Keys are the titles. */
export function readJsonTable({ text, encoding }: DecodedText): TableReading {
  const list = listOf(text);
  if (list === undefined || list.length === 0)
    return { problems: [tableProblem(list === undefined ? 'json' : 'empty')] };
  const titles: string[] = [];
  const places = new Map<string, number>();
  const rows: TableRow[] = [];
  for (const [index, item] of list.entries()) {
    const cells: Cell[] = [];
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      return { problems: [tableProblem('json', { row: index + 1 })] };
    }
    for (const [title, value] of Object.entries(item)) {
      const cell = cellOf(value);
      if (cell === undefined) return { problems: [tableProblem('json', { row: index + 1, column: title })] };
      const place = places.get(title) ?? places.set(title, titles.push(title) - 1).size - 1;
      cells[place] = cell;
    }
    if (titles.length > maxColumns) return { problems: [tableProblem('too-big', {}, [tooManyColumns])] };
    rows.push({ row: index + 1, cells: Array.from(cells, (cell) => cell ?? '') });
  }
  return { table: { format: 'json', encoding, rows: [{ row: 0, cells: titles }, ...rows], remarks: [] } };
}

function listOf(text: string): readonly unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed;
    const rows: unknown =
      typeof parsed === 'object' && parsed !== null && 'rows' in parsed ? parsed.rows : undefined;
    return Array.isArray(rows) ? rows : undefined;
  } catch {
    return undefined;
  }
}

function cellOf(value: unknown): Cell | undefined {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? { kind: 'number', text: String(value) } : undefined;
}
