import { ParseError, XmlError } from '@egov-gateway/core';
import type { XmlNode } from '@egov-gateway/xml';

import { columnOf, maxColumns } from './cell-reference.ts';
import { MergedAreas } from './merged-areas.ts';
import { cellReader, richText, type Workbook } from './sheet-cells.ts';
import { dateStyles, first, named } from './sheet-formats.ts';
import { type Cell, isBlank, type TableProblem, type TableReading, type TableRow } from './table.ts';
import { tableProblem } from './table-problems.ts';
import { otherArchive, type RelatedPart, readPart, relatedParts, workbookPath } from './workbook-parts.ts';
import { ZipArchive, ZipFault } from './zip-archive.ts';

/** Which sheet to read, and how much of it. */
export interface XlsxOptions {
  /** Name of a visible sheet. Default: the first one. */
  readonly sheet?: string | undefined;
  readonly maxRows: number;
}

/** Hidden rows that are named. */
const maxListed = 10;

const limits = { maxEntries: 2_000, maxTotalBytes: 256 * 1024 * 1024 };

/**
 * A sheet of a workbook of Excel, as stored: values of formulas are those that the program computed last.
 *
 * @see ECMA-376 part 1, 18.2 "Workbook", 18.3 "Worksheets", 18.4 "Shared String Table"
 */
export function readXlsxTable(bytes: Uint8Array, options: XlsxOptions): TableReading {
  const damaged = (ru: string, kk: string, en: string): TableReading => ({
    problems: [tableProblem('damaged', {}, [{ ru, kk, en }])],
  });
  try {
    const archive = new ZipArchive(bytes, limits);
    const path = workbookPath(archive);
    if (path === undefined) return { problems: [otherArchive(archive)] };
    return readWorkbook(archive, path, options);
  } catch (error) {
    if (error instanceof ZipFault) return damaged('архив не читается', 'мұрағат оқылмайды', error.message);
    if (error instanceof XmlError || error instanceof ParseError) {
      return damaged('внутри не XML', 'ішінде XML емес', 'its XML cannot be read');
    }
    throw error;
  }
}

interface Sheet {
  readonly name: string;
  readonly path: string;
}

function readWorkbook(archive: ZipArchive, path: string, { sheet, maxRows }: XlsxOptions): TableReading {
  const book = readPart(archive, path);
  const parts = relatedParts(archive, path);
  const visible = visibleSheets(book, parts);
  const chosen = sheet === undefined ? visible[0] : visible.find(({ name }) => name === sheet);
  if (chosen === undefined) {
    return { problems: [tableProblem('sheet', {}, [visible.map(({ name }) => `«${name}»`).join(', ')])] };
  }
  const shared = parts.find(({ type }) => type === 'sharedStrings')?.path;
  const styles = parts.find(({ type }) => type === 'styles')?.path;
  const date1904 = first(book, 'workbookPr')?.attribute('date1904');
  const workbook: Workbook = {
    texts: shared === undefined ? [] : [...named(readPart(archive, shared), 'si')].map(richText),
    dates: styles === undefined ? new Set() : dateStyles(readPart(archive, styles)),
    from1904: date1904 === '1' || date1904 === 'true',
  };
  const { rows, hidden } = sheetRows(readPart(archive, chosen.path), workbook, maxRows);
  if (rows.length > maxRows) {
    const words = { ru: `${maxRows} строк`, kk: `${maxRows} жол`, en: `${maxRows} rows` };
    return { problems: [tableProblem('too-big', {}, [words])] };
  }
  const remarks: TableProblem[] = [];
  if (sheet === undefined && visible.length > 1)
    remarks.push(tableProblem('other-sheets', {}, [String(visible.length), chosen.name]));
  if (hidden.length > 0) {
    const list = hidden.length > maxListed ? [...hidden.slice(0, maxListed), '…'] : hidden;
    remarks.push(tableProblem('hidden-rows', {}, [list.join(', ')]));
  }
  return { table: { format: 'xlsx', rows, remarks } };
}

const relationNamespaces = [
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  'http://purl.oclc.org/ooxml/officeDocument/relationships',
];

/** In the order of the tabs; sheets that hold a chart are none. */
function visibleSheets(book: XmlNode, parts: readonly RelatedPart[]): readonly Sheet[] {
  return [...named(first(book, 'sheets'), 'sheet')].flatMap((one) => {
    if ((one.attribute('state') ?? 'visible') !== 'visible') return [];
    const ids = relationNamespaces.map((namespace) => one.attribute('id', namespace));
    const part = parts.find(({ id, type }) => type === 'worksheet' && ids.includes(id));
    return part === undefined ? [] : [{ name: one.attribute('name') ?? '', path: part.path }];
  });
}

function sheetRows(
  sheet: XmlNode,
  workbook: Workbook,
  maxRows: number,
): { rows: TableRow[]; hidden: number[] } {
  const rows: TableRow[] = [];
  const readCell = cellReader(workbook);
  const merged = new MergedAreas([...named(first(sheet, 'mergeCells'), 'mergeCell')]);
  const hidden: number[] = [];
  let last = 0;
  for (const node of named(first(sheet, 'sheetData'), 'row')) {
    const stated = Number(node.attribute('r'));
    last = Number.isSafeInteger(stated) && stated > 0 ? stated : last + 1;
    const cells: Cell[] = [];
    for (const cell of named(node, 'c')) {
      const place = columnOf(cell.attribute('r')) ?? cells.length;
      if (place < maxColumns) cells[place] = readCell(cell);
    }
    const filled = Array.from(cells, (cell) => cell ?? '');
    if (isBlank(filled)) continue;
    merged.mark(last, filled);
    const flag = node.attribute('hidden');
    if (flag === '1' || flag === 'true') hidden.push(last);
    rows.push({ row: last, cells: filled });
    if (rows.length > maxRows) break;
  }
  return { rows, hidden };
}
