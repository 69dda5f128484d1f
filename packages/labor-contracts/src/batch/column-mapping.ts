import * as z from 'zod';

import type { ContractField } from '../operations/contract-field.ts';
import type { ContractOperation } from '../registry/contract-key.ts';
import type { Wording } from '../scse/scse-row.ts';
import { cellText, type Table, type TableProblem, type TableRow } from '../table/table.ts';
import { tableProblem } from '../table/table-problems.ts';
import { contractFields, operationFields, plainTitle, titlesOf } from './contract-fields.ts';

/** A column that is sent as an element whose name the caller was told by the owner of the service. */
export interface ExtraColumn {
  /** Block that it goes to, such as `contractData`. */
  readonly block: string;
  /** Element that it follows; `''` for the first place. Default: behind all. */
  readonly after?: string | undefined;
  readonly name: string;
  /** Default: `text`. */
  readonly kind?: 'text' | 'date' | undefined;
}

/** Which column holds what, by title. Kept in a file between batches. */
export interface ColumnMapping {
  readonly columns: Readonly<Partial<Record<ContractField, string>>>;
  /** Values for all rows, for what has no column. Read as a cell would be. */
  readonly constants?: Readonly<Partial<Record<ContractField, string>>> | undefined;
  /** By title. */
  readonly extra?: Readonly<Record<string, ExtraColumn>> | undefined;
  /** In `01/02/2026`: what comes first. Default: found out from the column, where it can be. */
  readonly dateOrder?: 'day-month' | 'month-day' | undefined;
}

/** Where in the table a field is. */
export interface MappedColumn {
  readonly index: number;
  readonly title: string;
}

/** A table whose columns are known. */
export interface MappedTable {
  readonly operation: ContractOperation;
  /** Titles, as they stand. */
  readonly titles: readonly string[];
  readonly columns: ReadonlyMap<ContractField, MappedColumn>;
  readonly extra: readonly (MappedColumn & ExtraColumn)[];
  /** What was found, to be saved. */
  readonly mapping: ColumnMapping;
  readonly rows: readonly TableRow[];
  readonly remarks: readonly TableProblem[];
}

/** A mapped table, or why it cannot be one. */
export type MappingResult =
  | { readonly mapped: MappedTable; readonly problems?: undefined }
  | { readonly mapped?: undefined; readonly problems: readonly TableProblem[] };

const fieldNames = contractFields.map((one) => one.field) as [ContractField, ...ContractField[]];
const fieldTexts = z.partialRecord(z.enum(fieldNames), z.string().min(1));
const mappingSchema = z.strictObject({
  columns: fieldTexts,
  constants: fieldTexts.optional(),
  extra: z
    .record(
      z.string(),
      z.strictObject({
        block: z.string().min(1),
        after: z.string().optional(),
        name: z.string().min(1),
        kind: z.enum(['text', 'date']).optional(),
      }),
    )
    .optional(),
  dateOrder: z.enum(['day-month', 'month-day']).optional(),
});

/** A mapping from the text of its file, or what is wrong with it. */
export function parseColumnMapping(
  text: string,
): { readonly mapping: ColumnMapping; readonly problem?: undefined } | { readonly problem: TableProblem } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return {
      problem: tableProblem('mapping', {}, [
        { ru: 'это не JSON', kk: 'бұл JSON емес', en: 'it is not JSON' },
      ]),
    };
  }
  const result = mappingSchema.safeParse(parsed);
  if (result.success) return { mapping: result.data };
  const [issue] = result.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const place = [...(issue?.path ?? []), ...unknown].join('.');
  return { problem: tableProblem('mapping', {}, [place === '' ? '{…}' : place]) };
}

/** The rows above the titles that may be a heading of the sheet. */
const maxHeadingRows = 20;

/**
 * Finds the row of titles and what each column holds: by the mapping, and for the rest by the titles in Russian, Kazakh and
 * English.
 */
export function mapColumns(
  table: Table,
  operation: ContractOperation,
  mapping: ColumnMapping = { columns: {} },
): MappingResult {
  const { required, optional, blocks } = operationFields[operation];
  const fields = [...required, ...optional];
  const header = findHeader(table, fields, mapping);
  if (header === undefined) return { problems: [tableProblem('empty')] };
  const titles = header.cells.map(cellText);
  const problems: TableProblem[] = [];
  if (fields.every((name) => placesOf(name, titles, mapping).length === 0)) {
    const list = (language: keyof Wording): string =>
      required.map((name) => `«${titlesOf(name).name[language]}»`).join(', ');
    return {
      problems: [tableProblem('no-titles', {}, [{ ru: list('ru'), kk: list('kk'), en: list('en') }])],
    };
  }
  const columns = new Map<ContractField, MappedColumn>();
  for (const name of fields) {
    const found = placesOf(name, titles, mapping);
    if (found.length > 1) {
      const list = found.map((index) => `«${titles[index]}»`).join(', ');
      problems.push(tableProblem('two-columns', { row: header.row }, [list]));
    }
    const [index] = found;
    if (index !== undefined) columns.set(name, { index, title: titles[index] ?? '' });
    else if (mapping.columns[name] !== undefined) {
      problems.push(missing(name, header.row, `«${mapping.columns[name]}»`));
    } else if (required.includes(name) && mapping.constants?.[name] === undefined) {
      problems.push(missing(name, header.row));
    }
  }
  const extra: (MappedColumn & ExtraColumn)[] = [];
  for (const [title, column] of Object.entries(mapping.extra ?? {})) {
    const index = titles.findIndex((one) => plainTitle(one) === plainTitle(title));
    if (index === -1 || !blocks.includes(column.block))
      problems.push(tableProblem('mapping', {}, [`extra.${title}`]));
    else extra.push({ ...column, index, title: titles[index] ?? '' });
  }
  const rows = table.rows.slice(table.rows.indexOf(header) + 1);
  if (rows.length === 0) problems.push(tableProblem('empty'));
  if (problems.length > 0) return { problems };

  const used = new Set([...columns.values(), ...extra].map(({ index }) => index));
  const unused = titles.filter((title, index) => title !== '' && !used.has(index));
  const remarks = [...table.remarks];
  if (unused.length > 0) {
    remarks.push(tableProblem('unused-columns', {}, [unused.map((title) => `«${title}»`).join(', ')]));
  }
  const found = Object.fromEntries([...columns].map(([name, { title }]) => [name, title]));
  return {
    mapped: { operation, titles, columns, extra, mapping: { ...mapping, columns: found }, rows, remarks },
  };
}

function missing(name: ContractField, row: number, titles?: string): TableProblem {
  const { name: names, titles: known } = titlesOf(name);
  const list =
    titles ??
    known
      .slice(1, 6)
      .map((title) => `«${title}»`)
      .join(', ');
  return tableProblem('missing-column', { row }, [names, list, name]);
}

function placesOf(name: ContractField, titles: readonly string[], mapping: ColumnMapping): number[] {
  const named = mapping.columns[name];
  const wanted = new Set((named === undefined ? titlesOf(name).titles : [named]).map(plainTitle));
  const taken = new Set(
    Object.entries(mapping.columns).flatMap(([other, title]) => (other === name ? [] : [plainTitle(title)])),
  );
  return titles.flatMap((title, index) => {
    const plain = plainTitle(title);
    return plain !== '' && wanted.has(plain) && (named !== undefined || !taken.has(plain)) ? [index] : [];
  });
}

/** The first row that has at least two titles, or the first row: then the messages name what is missing. */
function findHeader(
  table: Table,
  fields: readonly ContractField[],
  mapping: ColumnMapping,
): TableRow | undefined {
  const score = ({ cells }: TableRow): number => {
    const titles = cells.map(cellText);
    return fields.filter((name) => placesOf(name, titles, mapping).length > 0).length;
  };
  return table.rows.slice(0, maxHeadingRows).find((row) => score(row) > 1) ?? table.rows[0];
}
