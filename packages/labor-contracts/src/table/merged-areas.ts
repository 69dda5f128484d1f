import type { XmlNode } from '@egov-gateway/xml';

import { columnOf, maxColumns } from './cell-reference.ts';
import { type Cell, cellText } from './table.ts';
import { ZipFault } from './zip-archive.ts';

interface Area {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

const form = /^([A-Z]{1,3}[1-9]\d{0,6}):([A-Z]{1,3}[1-9]\d{0,6})$/;

/** Areas of cells of which only the first has a value. Rows are asked for from the top down. */
export class MergedAreas {
  /** Those that no row has reached, the last one first. */
  readonly #ahead: Area[];
  #open: Area[] = [];

  /** @param nodes - elements `mergeCell`; those without an area are left out */
  constructor(nodes: readonly XmlNode[]) {
    this.#ahead = nodes
      .flatMap((node) => areaOf(node.attribute('ref')) ?? [])
      .sort((a, b) => b.firstRow - a.firstRow);
  }

  /**
   * Marks the empty cells of a row that are part of an area.
   *
   * @throws {ZipFault} when areas lie upon each other: each of so many could be as large as the sheet
   */
  mark(row: number, cells: Cell[]): void {
    for (;;) {
      const next = this.#ahead.at(-1);
      if (next === undefined || next.firstRow > row) break;
      this.#open.push(next);
      this.#ahead.pop();
    }
    if (this.#open.length === 0) return;
    this.#open = this.#open.filter(({ lastRow }) => lastRow >= row);
    let left = maxColumns;
    for (const { firstColumn, lastColumn } of this.#open) {
      for (let column = firstColumn; column <= lastColumn; column += 1) {
        left -= 1;
        if (left < 0) throw new ZipFault('its merged cells lie upon each other');
        if (cellText(cells[column]) !== '') continue;
        while (cells.length < column) cells.push('');
        cells[column] = { kind: 'merged', text: '' };
      }
    }
  }
}

function areaOf(ref: string | undefined): Area | undefined {
  const [, from, to] = form.exec(ref ?? '') ?? [];
  const [firstColumn, lastColumn] = [columnOf(from), columnOf(to)];
  if (firstColumn === undefined || lastColumn === undefined) return undefined;
  return {
    firstRow: rowOf(from),
    lastRow: rowOf(to),
    firstColumn,
    lastColumn: Math.min(lastColumn, maxColumns - 1),
  };
}

function rowOf(reference = ''): number {
  return Number(reference.replace(/^[A-Z]+/, ''));
}
