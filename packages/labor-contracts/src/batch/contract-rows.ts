import { createHash } from 'node:crypto';

import type { Certificate } from '@egov-gateway/core';
import { isIin, withOffset } from '@egov-gateway/payload';

import { employerKeyIssue } from '../exchange/employer-key.ts';
import type { LaborContracts } from '../labor-contracts.ts';
import { type ContractField, contractFieldNames } from '../operations/contract-field.ts';
import type { ContractRequest } from '../operations/contract-request.ts';
import { pathOf } from '../operations/wire-names.ts';
import type { ContractOperation } from '../registry/contract-key.ts';
import {
  type Cell,
  cellText,
  type TableProblem,
  type TableRow,
  type TextEncodingName,
} from '../table/table.ts';
import type { TableProblemCode } from '../table/table-problem-code.ts';
import { tableProblem } from '../table/table-problems.ts';
import { buildRequest, type PlacedElement } from './build-request.ts';
import type { ExtraColumn, MappedColumn, MappedTable } from './column-mapping.ts';
import { operationFields, titlesOf } from './contract-fields.ts';
import { type DateReader, dateColumn } from './date-column.ts';
import { issueProblem } from './issue-words.ts';
import { readCell } from './read-cell.ts';

/** A row as it is to be sent, or why it is not. */
export interface ContractRow {
  readonly row: number;
  readonly operation: ContractOperation;
  /**
   * The contract in the journal: of the column of keys; else its number, or `id` and the id. One line; what has more than 200
   * characters is cut off and ends with a hash.
   */
  readonly key: string;
  /** Of a change: id of the contract, number and day of the agreement. In the same form. */
  readonly agreementKey?: string | undefined;
  /** `undefined` when cells cannot be read. */
  readonly request: ContractRequest | undefined;
  /** Why it is not sent. Empty when it may be. */
  readonly problems: readonly TableProblem[];
  readonly warnings: readonly TableProblem[];
}

/** What rows are judged by. */
export interface ContractRowsOptions {
  readonly contracts: Pick<LaborContracts, 'check'>;
  /** Of the key that will sign. Default: not checked. */
  readonly certificate?: Certificate | undefined;
  /** How the table was encoded: in Windows-1251 letters may be lost. */
  readonly encoding?: TextEncodingName | undefined;
  /** Put before every key, where a journal serves several employers. Default: none. */
  readonly keyPrefix?: string | undefined;
  /** Of dates that name none, `Z` or `+hh:mm`. Default: `+05:00`. */
  readonly offset?: string | undefined;
}

/**
 * The rows of a table, one by one, each with everything that is wrong with it.
 *
 * @throws {TypeError} when `offset` is none
 */
export function* contractRows(mapped: MappedTable, options: ContractRowsOptions): Generator<ContractRow> {
  const reader = new RowReader(mapped, options);
  for (const row of mapped.rows) yield reader.read(row);
}

class RowReader {
  readonly #mapped: MappedTable;
  readonly #options: ContractRowsOptions;
  readonly #dates = new Map<number, DateReader>();
  readonly #seen = new Map<string, number>();

  constructor(mapped: MappedTable, options: ContractRowsOptions) {
    this.#mapped = mapped;
    this.#options = options;
    const dates: MappedColumn[] = [];
    for (const [field, column] of mapped.columns) if (titlesOf(field).kind === 'date') dates.push(column);
    for (const { index } of [...dates, ...mapped.extra.filter(({ kind }) => kind === 'date')]) {
      const cells = function* (): Generator<Cell | undefined> {
        for (const row of mapped.rows) yield row.cells[index];
      };
      this.#dates.set(index, dateColumn(cells(), mapped.mapping.dateOrder));
    }
  }

  read({ row, cells }: TableRow): ContractRow {
    const { operation, titles } = this.#mapped;
    const problems: TableProblem[] = [];
    const report = (code: TableProblemCode, column?: string): void => {
      problems.push(tableProblem(code, { row, column }));
    };
    if (cells.slice(titles.length).some((cell) => cellText(cell) !== '')) report('extra-cells');
    const values = this.#values(cells, report);
    const placed = this.#extra(cells, report);
    const keys = this.#keys(values, row);
    const common = { row, operation, ...keys };
    if (this.#isStray(cells)) {
      return { ...common, request: undefined, problems: [tableProblem('stray-row', { row })], warnings: [] };
    }
    const duplicate = this.#duplicate(keys, values, row);
    if (duplicate !== undefined) {
      const column = this.#titleOf(duplicate.field);
      problems.push(tableProblem('duplicate-row', { row, column }, [String(duplicate.row)]));
    }
    const request = problems.length > 0 ? undefined : buildRequest(operation, values, placed);
    if (request === undefined) return { ...common, request, problems, warnings: [] };
    const findings = this.#options.contracts.check(request);
    const { certificate } = this.#options;
    const employer = values.get('employerBin') ?? '';
    const path = pathOf(operationFields[operation].name, 'employerData', 'bin');
    const foreign = certificate && employerKeyIssue(certificate, employer, path);
    const worded = (issue: Parameters<typeof issueProblem>[0]): TableProblem =>
      issueProblem(issue, row, (field) => this.#titleOf(field));
    const issues = foreign === undefined ? findings.issues : [...findings.issues, foreign];
    const personal = isPersonal(values)
      ? [tableProblem('personal-key', { row, column: this.#titleOf(keyField(values)) })]
      : [];
    const warnings = [...personal, ...findings.warnings.map(worded)];
    return { ...common, request, problems: issues.map(worded), warnings };
  }

  #titleOf(field: ContractField): string {
    return this.#mapped.columns.get(field)?.title ?? contractFieldNames[field].ru;
  }

  /** A total below the rows, or a signature: few of the cells that a contract has. */
  #isStray(cells: TableRow['cells']): boolean {
    const { operation, columns } = this.#mapped;
    const needed = operationFields[operation].required.flatMap((field) => columns.get(field) ?? []);
    const filled = needed.filter(({ index }) => cellText(cells[index]) !== '');
    return needed.length > 0 && filled.length * 3 <= needed.length;
  }

  #values(
    cells: TableRow['cells'],
    report: (code: TableProblemCode, column?: string) => void,
  ): Map<ContractField, string> {
    const { operation, columns, mapping } = this.#mapped;
    const { required, optional } = operationFields[operation];
    const values = new Map<ContractField, string>();
    for (const field of [...required, ...optional]) {
      const column = columns.get(field);
      const cell = column === undefined ? mapping.constants?.[field] : cells[column.index];
      if (column === undefined && cell === undefined) continue;
      if (optional.includes(field) && cellText(cell) === '') continue;
      const { kind } = titlesOf(field);
      const encoding = column === undefined ? undefined : this.#options.encoding;
      const read = kind === 'date' ? this.#date(cell, column) : readCell(cell, kind, encoding);
      if ('problem' in read) report(read.problem, this.#titleOf(field));
      else values.set(field, read.value);
    }
    return values;
  }

  #extra(
    cells: TableRow['cells'],
    report: (code: TableProblemCode, column?: string) => void,
  ): readonly PlacedElement[] {
    return this.#mapped.extra.flatMap((column: MappedColumn & ExtraColumn) => {
      const cell = cells[column.index];
      if (cellText(cell) === '') return [];
      const { block, name, after } = column;
      const read =
        column.kind === 'date' ? this.#date(cell, column) : readCell(cell, 'text', this.#options.encoding);
      if ('value' in read) return [{ block, element: { name, after, content: read.value } }];
      report(read.problem, column.title);
      return [];
    });
  }

  /** A date of a column, or without one a value for all rows. */
  #date(cell: Cell | undefined, column: MappedColumn | undefined): ReturnType<typeof readCell> {
    const ofColumn = column === undefined ? undefined : this.#dates.get(column.index);
    const read = (ofColumn ?? dateColumn([cell], this.#mapped.mapping.dateOrder))(cell);
    if ('problem' in read) return read;
    const { offset = '+05:00' } = this.#options;
    return { value: read.date.length === 10 ? withOffset(read.date, offset) : read.date };
  }

  #keys(values: ReadonlyMap<ContractField, string>, row: number): Pick<ContractRow, 'key' | 'agreementKey'> {
    const { operation } = this.#mapped;
    const { keyPrefix = '' } = this.#options;
    const id = values.get('contractId');
    const field = keyField(values);
    const value = values.get(field);
    const own = value === undefined ? `row ${row}` : field === 'contractId' ? `id ${value}` : value;
    const key = journalKey(`${keyPrefix}${own}`);
    if (operation !== 'change') return { key };
    const agreement = [id, values.get('agreementNumber'), values.get('agreementDate')?.slice(0, 10)];
    return { key, agreementKey: journalKey(agreement.join(' ')) };
  }

  /** The row that has the same key, or means the same contract under another key; and the field that shows it. */
  #duplicate(
    { key, agreementKey }: Pick<ContractRow, 'key' | 'agreementKey'>,
    values: ReadonlyMap<ContractField, string>,
    row: number,
  ): { readonly row: number; readonly field: ContractField } | undefined {
    const subject = this.#mapped.operation === 'register' ? 'contractNumber' : 'contractId';
    const field = (own: ContractField): ContractField =>
      agreementKey === undefined ? own : 'agreementNumber';
    const names = new Map([[JSON.stringify(['key', key, agreementKey]), field(keyField(values))]]);
    const named = values.get(subject);
    if (named !== undefined) {
      const employer = values.get('employerBin');
      names.set(JSON.stringify(['of', employer, named, agreementKey]), field(subject));
    }
    for (const [name, shownBy] of names) {
      const earlier = this.#seen.get(name);
      if (earlier !== undefined) return { row: earlier, field: shownBy };
    }
    for (const name of names.keys()) this.#seen.set(name, row);
    return undefined;
  }
}

/** What a row is known by. */
function keyField(values: ReadonlyMap<ContractField, string>): ContractField {
  return (['key', 'contractNumber'] as const).find((field) => values.has(field)) ?? 'contractId';
}

/** Whether that is an IIN. Numbers of contracts may have twelve digits of their own. */
function isPersonal(values: ReadonlyMap<ContractField, string>): boolean {
  const field = keyField(values);
  const value = values.get(field) ?? '';
  return field === 'key' ? /^\d{12}$/.test(value) : isIin(value);
}

/** A key as the registry takes it: one line of up to 200 characters. A hash tells apart what is longer. */
function journalKey(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ');
  if (line.length <= 200) return line;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 32);
  // No half of a pair of surrogates.
  return `${line.slice(0, 160).replace(/[\uD800-\uDBFF]$/, '')} ${digest}`;
}
