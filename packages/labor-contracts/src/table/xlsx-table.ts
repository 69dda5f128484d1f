import { ParseError, XmlError } from '@egov-gateway/core';
import { parseXml, type XmlNode } from '@egov-gateway/xml';

import { dateStyles, dayOfSerial, first, named } from './sheet-formats.ts';
import { type Cell, isBlank, type TableProblem, type TableReading, type TableRow } from './table.ts';
import { tableProblem } from './table-problems.ts';
import { ZipArchive, ZipFault } from './zip-archive.ts';

/** Which sheet to read, and how much of it. */
export interface XlsxOptions {
  /** Name of a visible sheet. Default: the first one. */
  readonly sheet?: string | undefined;
  readonly maxRows: number;
}

const limits = { maxEntries: 2_000, maxTotalBytes: 256 * 1024 * 1024 };
const xmlLimits = { maxBytes: 100_000_000, maxNodes: 20_000_000 };
const maxColumns = 1_000;

interface Workbook {
  readonly archive: ZipArchive;
  readonly texts: readonly string[];
  readonly dates: ReadonlySet<number>;
  readonly from1904: boolean;
}

/**
 * A sheet of a workbook of Excel, as stored: values of formulas are those that Excel computed last.
 *
 * @see ECMA-376 part 1, 18.2 "Workbook", 18.3 "Worksheets", 18.4 "Shared String Table"
 */
export function readXlsxTable(bytes: Uint8Array, options: XlsxOptions): TableReading {
  try {
    const archive = new ZipArchive(bytes, limits);
    if (!archive.has('xl/workbook.xml')) {
      const what = archive.has('word/document.xml')
        ? { ru: 'документ Word', en: 'a Word document' }
        : { ru: 'архив ZIP', en: 'a ZIP archive' };
      return { problems: [tableProblem('not-a-table', {}, [what])] };
    }
    return readWorkbook(archive, options);
  } catch (error) {
    if (error instanceof ZipFault)
      return { problems: [tableProblem('damaged', {}, [{ ru: 'архив не читается', en: error.message }])] };
    if (error instanceof XmlError || error instanceof ParseError) {
      return {
        problems: [tableProblem('damaged', {}, [{ ru: 'внутри не XML', en: 'its XML cannot be read' }])],
      };
    }
    throw error;
  }
}

function readWorkbook(archive: ZipArchive, { sheet, maxRows }: XlsxOptions): TableReading {
  const book = part(archive, 'xl/workbook.xml');
  const visible = [...named(first(book, 'sheets'), 'sheet')].filter(
    (one) => (one.attribute('state') ?? 'visible') === 'visible',
  );
  const chosen = sheet === undefined ? visible[0] : visible.find((one) => one.attribute('name') === sheet);
  const path = chosen && sheetPath(archive, chosen);
  if (path === undefined) return { problems: [tableProblem('sheet')] };
  const date1904 = first(book, 'workbookPr')?.attribute('date1904');
  const workbook = {
    archive,
    texts: archive.has('xl/sharedStrings.xml') ? sharedTexts(part(archive, 'xl/sharedStrings.xml')) : [],
    dates: archive.has('xl/styles.xml') ? dateStyles(part(archive, 'xl/styles.xml')) : new Set<number>(),
    from1904: date1904 === '1' || date1904 === 'true',
  };
  const { rows, hidden } = sheetRows(part(archive, path), workbook, maxRows);
  if (rows.length > maxRows) {
    return { problems: [tableProblem('too-big', {}, [{ ru: `${maxRows} строк`, en: `${maxRows} rows` }])] };
  }
  const remarks: TableProblem[] = [];
  if (sheet === undefined && visible.length > 1)
    remarks.push(tableProblem('other-sheets', {}, [String(visible.length)]));
  if (hidden > 0) remarks.push(tableProblem('hidden-rows', {}, [String(hidden)]));
  return { table: { format: 'xlsx', rows, remarks } };
}

function part(archive: ZipArchive, name: string): XmlNode {
  return parseXml(archive.read(name), { limits: xmlLimits }).root;
}

function sheetPath(archive: ZipArchive, sheet: XmlNode): string | undefined {
  const id = [...relationNamespaces]
    .map((namespace) => sheet.attribute('id', namespace))
    .find((one) => one !== undefined);
  const links = part(archive, 'xl/_rels/workbook.xml.rels');
  const link = [...named(links, 'Relationship')].find((one) => one.attribute('Id') === id);
  const target = link?.attribute('Target');
  if (target === undefined) return undefined;
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  return archive.has(path) ? path : undefined;
}

const relationNamespaces = [
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  'http://purl.oclc.org/ooxml/officeDocument/relationships',
];

/** Text and runs of text; phonetic hints are left out. */
function richText(item: XmlNode): string {
  let text = '';
  for (const child of item.children()) {
    if (child.localName === 't') text += child.text();
    else if (child.localName === 'r') text += first(child, 't')?.text() ?? '';
  }
  return text.replace(/_x([0-9A-F]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function sharedTexts(table: XmlNode): string[] {
  return [...named(table, 'si')].map(richText);
}

function sheetRows(
  sheet: XmlNode,
  workbook: Workbook,
  maxRows: number,
): { rows: TableRow[]; hidden: number } {
  const rows: TableRow[] = [];
  let hidden = 0;
  let last = 0;
  for (const node of named(first(sheet, 'sheetData'), 'row')) {
    last = Number(node.attribute('r') ?? last + 1);
    const cells: Cell[] = [];
    for (const cell of named(node, 'c')) {
      const place = columnOf(cell.attribute('r')) ?? cells.length;
      if (place < maxColumns) cells[place] = readCell(cell, workbook);
    }
    const filled = Array.from(cells, (cell) => cell ?? '');
    if (isBlank(filled)) continue;
    const flag = node.attribute('hidden');
    if (flag === '1' || flag === 'true') hidden++;
    rows.push({ row: last, cells: filled });
    if (rows.length > maxRows) break;
  }
  return { rows, hidden };
}

/** `C` of `C7` is 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function readCell(cell: XmlNode, { texts, dates, from1904 }: Workbook): Cell {
  const type = cell.attribute('t') ?? 'n';
  if (type === 'inlineStr') {
    const text = first(cell, 'is');
    return text === undefined ? '' : richText(text);
  }
  const value = first(cell, 'v')?.text() ?? '';
  if (value === '') return '';
  switch (type) {
    case 's':
      return texts[Number(value)] ?? { kind: 'error', text: '#REF' };
    case 'n':
      return dates.has(Number(cell.attribute('s') ?? 0)) ? dateCell(value, from1904) : numberCell(value);
    case 'd':
      return { kind: 'date', text: value.slice(0, 10) };
    case 'e':
      return { kind: 'error', text: '#ERROR' };
    default:
      return value;
  }
}

function dateCell(value: string, from1904: boolean): Cell {
  const day = dayOfSerial(Number(value), from1904);
  return day === undefined ? { kind: 'error', text: '#DATE' } : { kind: 'date', text: day };
}

/** Whole numbers in digits: Excel stores some of them with an exponent, and keeps fifteen digits. */
function numberCell(value: string): Cell {
  const number = Number(value);
  return { kind: 'number', text: Number.isSafeInteger(number) ? String(number) : value };
}
