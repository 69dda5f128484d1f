import type { XmlNode } from '@egov-gateway/xml';

import { dayOfSerial, first } from './sheet-formats.ts';
import type { Cell } from './table.ts';

/** What the cells of all sheets share. */
export interface Workbook {
  readonly texts: readonly string[];
  /** Styles that show a number as a date. */
  readonly dates: ReadonlySet<number>;
  readonly from1904: boolean;
}

/** Text and runs of text; phonetic hints are left out. @see ECMA-376 part 1, 18.4.8 "si", 18.3.1.53 "is" */
export function richText(item: XmlNode): string {
  let text = '';
  for (const child of item.children()) {
    if (child.localName === 't') text += child.text();
    else if (child.localName === 'r') text += first(child, 't')?.text() ?? '';
  }
  return unescaped(text);
}

/** Characters that XML cannot hold are written by their numbers. @see ECMA-376 part 1, 22.9.2.19 "ST_Xstring" */
function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Reads the cells of a sheet. @see ECMA-376 part 1, 18.3.1.4 "c", 18.18.11 "ST_CellType" */
export function cellReader({ texts, dates, from1904 }: Workbook): (cell: XmlNode) => Cell {
  return (cell) => {
    const type = cell.attribute('t') ?? 'n';
    if (type === 'inlineStr') {
      const text = first(cell, 'is');
      return text === undefined ? '' : richText(text);
    }
    const value = first(cell, 'v')?.text() ?? '';
    if (value === '') {
      const isComputed = first(cell, 'f') !== undefined && type !== 'str';
      return isComputed ? { kind: 'unknown', text: '#FORMULA' } : '';
    }
    switch (type) {
      case 's':
        return texts[Number(value)] ?? { kind: 'error', text: '#REF' };
      case 'n':
        return dates.has(Number(cell.attribute('s') ?? 0)) ? dateCell(value, from1904) : numberCell(value);
      case 'd':
        return isoCell(value);
      case 'b':
        return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
      case 'e':
        return { kind: 'error', text: '#ERROR' };
      default:
        return unescaped(value);
    }
  };
}

function dateCell(value: string, from1904: boolean): Cell {
  const day = dayOfSerial(Number(value), from1904);
  return day === undefined ? { kind: 'error', text: '#DATE' } : { kind: 'date', text: day };
}

/** Days and instants; a time alone is no day. */
function isoCell(value: string): Cell {
  const day = /^\d{4}-\d\d-\d\d(?=T|$)/.exec(value)?.[0];
  return day === undefined ? { kind: 'error', text: '#DATE' } : { kind: 'date', text: day };
}

/** Whole numbers in digits: Excel stores some of them with an exponent, and keeps fifteen digits. */
function numberCell(value: string): Cell {
  const number = Number(value);
  return { kind: 'number', text: Number.isSafeInteger(number) ? String(number) : value };
}
