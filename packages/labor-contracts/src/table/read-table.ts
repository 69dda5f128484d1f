import { decodeText } from './decode-text.ts';
import type { BilingualText, TableReading } from './table.ts';
import { tableProblem } from './table-problems.ts';
import { readJsonTable, readTextTable } from './text-table.ts';
import { readXlsxTable } from './xlsx-table.ts';

/** How {@link readTable} reads. */
export interface ReadTableOptions {
  /** Of a workbook: the name of a visible sheet. Default: the first visible one. */
  readonly sheet?: string | undefined;
  /** Octets of the file. Default: 67 108 864 (64 MiB). */
  readonly maxBytes?: number | undefined;
  /** Rows, with the titles. Default: 200 000. */
  readonly maxRows?: number | undefined;
}

/** What people pass for a table, by how it begins. */
const others: readonly (readonly [start: string, BilingualText])[] = [
  ['%PDF', { ru: 'документ PDF', en: 'a PDF document' }],
  ['\x89PNG', { ru: 'картинка', en: 'a picture' }],
  ['\xff\xd8\xff', { ru: 'картинка', en: 'a picture' }],
  ['{\\rtf', { ru: 'документ RTF', en: 'an RTF document' }],
  ['Rar!', { ru: 'архив RAR', en: 'a RAR archive' }],
  ['7z\xbc\xaf', { ru: 'архив 7z', en: 'a 7z archive' }],
  ['\x1f\x8b', { ru: 'архив GZIP', en: 'a GZIP archive' }],
];

/**
 * The table in a file: .xlsx, text with separated values, or JSON. What it is is told from its content, not its name.
 * Nothing of it runs; what is unpacked is limited.
 *
 * @throws {TypeError} when a limit is not positive
 */
export function readTable(bytes: Uint8Array, options: ReadTableOptions = {}): TableReading {
  const { sheet, maxBytes = 64 * 1024 * 1024, maxRows = 200_000 } = options;
  if (!(maxBytes > 0 && maxRows > 0)) throw new TypeError('maxBytes and maxRows must be positive numbers');
  if (bytes.length === 0) return { problems: [tableProblem('empty')] };
  if (bytes.length > maxBytes) {
    return { problems: [tableProblem('too-big', {}, [{ ru: `${maxBytes} байт`, en: `${maxBytes} bytes` }])] };
  }
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  const other = others.find(([mark]) => start.startsWith(mark));
  if (other !== undefined) return { problems: [tableProblem('not-a-table', {}, [other[1]])] };
  if (start === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return { problems: [tableProblem('old-excel')] };
  if (start.startsWith('PK')) return limited(readXlsxTable(bytes, { sheet, maxRows }), maxRows);
  const decoded = decodeText(bytes);
  if (decoded === undefined) return { problems: [tableProblem('encoding')] };
  const head = decoded.text.trimStart();
  if (/^<(?:!doctype|html|\?xml|table)/i.test(head)) {
    const what = { ru: 'веб-страница или XML', en: 'a web page or XML' };
    return { problems: [tableProblem('not-a-table', {}, [what])] };
  }
  const isJson = /^(?:\[\s*(?:\{|\])|\{\s*")/.test(head);
  return limited(isJson ? readJsonTable(decoded) : readTextTable(decoded), maxRows);
}

function limited(reading: TableReading, maxRows: number): TableReading {
  if (reading.table === undefined) return reading;
  const { length } = reading.table.rows;
  if (length < 2) return { problems: [tableProblem('empty')] };
  if (length <= maxRows) return reading;
  return { problems: [tableProblem('too-big', {}, [{ ru: `${maxRows} строк`, en: `${maxRows} rows` }])] };
}
