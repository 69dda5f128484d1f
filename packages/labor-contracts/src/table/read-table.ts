import type { Wording } from '../scse/scse-row.ts';
import { decodeText } from './decode-text.ts';
import { otherBinary, otherTable, otherText } from './other-files.ts';
import type { TableReading } from './table.ts';
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
    return { problems: [tableProblem('too-big', {}, [inUnits(maxBytes, 'байт', 'байт', 'bytes')])] };
  }
  const other = otherBinary(bytes);
  if (other === 'old-excel') return { problems: [tableProblem('old-excel')] };
  if (other !== undefined) return { problems: [tableProblem('not-a-table', {}, [other])] };
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return limited(readXlsxTable(bytes, { sheet, maxRows }), maxRows);
  const decoded = decodeText(bytes);
  if (decoded === undefined) return { problems: [tableProblem('encoding')] };
  const head = decoded.text.slice(0, 4_096).trimStart();
  const format = otherTable(head);
  if (format !== undefined) return { problems: [tableProblem('other-format', {}, [format])] };
  const document = otherText(head);
  if (document !== undefined) return { problems: [tableProblem('not-a-table', {}, [document])] };
  const isJson = /^(?:\[\s*(?:\{|\])|\{\s*")/.test(head);
  return limited(isJson ? readJsonTable(decoded) : readTextTable(decoded, maxRows), maxRows);
}

function limited(reading: TableReading, maxRows: number): TableReading {
  if (reading.table === undefined) return reading;
  const { length } = reading.table.rows;
  if (length < 2) return { problems: [tableProblem('empty')] };
  if (length <= maxRows) return reading;
  return { problems: [tableProblem('too-big', {}, [inUnits(maxRows, 'строк', 'жол', 'rows')])] };
}

function inUnits(count: number, ru: string, kk: string, en: string): Wording {
  return { ru: `${count} ${ru}`, kk: `${count} ${kk}`, en: `${count} ${en}` };
}
