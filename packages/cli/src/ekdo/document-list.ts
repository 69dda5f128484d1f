/** The table of documents that are to be sent: what each of them is, and where its PDF lies. */
import { isAbsolute, resolve, sep } from 'node:path';

import { type Cell, readTable, type Table } from '@egov-gateway/labor-contracts/batch';

import type { PortalLanguage } from '../language.ts';
import type { Problem } from '../problem-lines.ts';

/** What a column may hold. */
export type DocumentField = 'file' | 'employee' | 'subtype' | 'number' | 'date' | 'key' | 'kind';

/** A row as it stands. */
export interface ListedDocument {
  /** Of the table, from 1. */
  readonly row: number;
  /** The caller's own name of the document: the registry keeps it. */
  readonly key: string;
  /** Path of the PDF. */
  readonly path: string;
  readonly employee: string;
  readonly subtype: string;
  readonly number: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Kind of the signature, when the table has one. */
  readonly kind: string | undefined;
  readonly problems: readonly Problem<PortalLanguage>[];
}

/** Rows, or why there are none. */
export type DocumentList =
  | { readonly rows: readonly ListedDocument[] }
  | { readonly problems: readonly Problem<PortalLanguage>[] };

const titles: Readonly<Record<DocumentField, readonly string[]>> = {
  file: ['file', 'файл', 'имя файла', 'pdf'],
  employee: ['employee', 'фио работника', 'фио', 'работник', 'сотрудник'],
  subtype: ['subtype', 'подтип', 'подтип документа', 'вид документа'],
  number: ['number', '№ документа', 'номер документа', 'номер', '№'],
  date: ['date', 'дата документа', 'дата'],
  key: ['key', 'ключ'],
  kind: ['signature', 'вид подписи', 'подпись'],
};
const required = ['file', 'employee', 'subtype', 'number', 'date', 'key'] as const;

/** Reads the list. Files are looked for in `folder`, and nowhere else. */
export function readDocumentList(bytes: Uint8Array, folder: string, sheet: string | undefined): DocumentList {
  const { table, problems } = readTable(bytes, { sheet });
  if (table === undefined) return { problems };
  const found = findColumns(table);
  if ('problems' in found) return found;
  const rows = table.rows.slice(1).map(({ row, cells }) => readDocument(row, cells, found.columns, folder));
  return { rows: withDuplicates(rows) };
}

type Columns = ReadonlyMap<DocumentField, { readonly index: number; readonly title: string }>;

function findColumns({
  rows,
}: Table): { readonly columns: Columns } | { problems: readonly Problem<PortalLanguage>[] } {
  const columns = new Map<DocumentField, { readonly index: number; readonly title: string }>();
  const problems: Problem<PortalLanguage>[] = [];
  for (const [index, cell] of (rows[0]?.cells ?? []).entries()) {
    const title = textOf(cell);
    const plain = title.toLowerCase().replaceAll(/\s+/g, ' ');
    const field = (Object.keys(titles) as DocumentField[]).find((one) => titles[one].includes(plain));
    if (field === undefined) continue;
    if (columns.has(field)) {
      const other = columns.get(field)?.title ?? '';
      problems.push(
        problem('two-columns', { column: title }, [
          `столбец «${other}» значит то же самое`,
          `the column «${other}» means the same`,
          'оставьте один из них',
          'leave one of them',
        ]),
      );
    }
    columns.set(field, { index, title });
  }
  for (const field of required.filter((one) => !columns.has(one))) {
    const [, ru = field] = titles[field];
    problems.push(
      problem('missing-column', {}, [
        `нет столбца «${ru}»`,
        `there is no column "${field}"`,
        `добавьте столбец «${ru}» или "${field}"`,
        `add a column "${field}" or «${ru}»`,
      ]),
    );
  }
  return problems.length > 0 ? { problems } : { columns };
}

function readDocument(row: number, cells: readonly Cell[], columns: Columns, folder: string): ListedDocument {
  const problems: Problem<PortalLanguage>[] = [];
  const value = (field: DocumentField): string => {
    const column = columns.get(field);
    const cell = column === undefined ? undefined : cells[column.index];
    const text = textOf(cell);
    const place = { row, column: column?.title };
    if (typeof cell === 'object' && cell.kind === 'error')
      problems.push(problem('formula-error', place, said.formula));
    else if (text === '' && field !== 'kind') problems.push(problem('missing-value', place, said.missing));
    return text;
  };
  const file = value('file');
  const path = resolve(folder, file);
  if (file !== '' && (isAbsolute(file) || !path.startsWith(`${resolve(folder)}${sep}`))) {
    problems.push(problem('outside-folder', { row, column: columns.get('file')?.title }, said.outside));
  }
  const key = value('key');
  if (key.length > 200 || /[\p{Cc}\p{Surrogate}]/u.test(key)) {
    problems.push(problem('unusable-key', { row, column: columns.get('key')?.title }, said.key));
  }
  const written = value('date');
  const date = dateOf(written);
  if (date === undefined && written !== '') {
    problems.push(problem('impossible-date', { row, column: columns.get('date')?.title }, said.date));
  }
  const kind = columns.has('kind') ? value('kind') : '';
  return {
    row,
    key,
    path,
    employee: value('employee'),
    subtype: value('subtype'),
    number: value('number'),
    date: date ?? '',
    kind: kind === '' ? undefined : kind,
    problems,
  };
}

/** A key names one document; of two rows with one key nobody knows which is meant. */
function withDuplicates(rows: readonly ListedDocument[]): readonly ListedDocument[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    if (row.key === '' || !seen.has(row.key)) {
      seen.add(row.key);
      return row;
    }
    return {
      ...row,
      problems: [...row.problems, problem('duplicate-key', { row: row.row }, said.duplicate)],
    };
  });
}

/** A day of a spreadsheet, `ДД.ММ.ГГГГ` or `YYYY-MM-DD`. Anything else could be read in two ways. */
function dateOf(text: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text) ?? [];
  const date = year === '' ? text : `${year}-${month}-${day}`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const atMs = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(atMs) || !new Date(atMs).toISOString().startsWith(date) ? undefined : date;
}

function textOf(cell: Cell | undefined): string {
  const text = typeof cell === 'object' ? cell.text : (cell ?? '');
  return text.replaceAll('\u00A0', ' ').trim();
}

type Words = readonly [ru: string, en: string, remedyRu: string, remedyEn: string];

const said: Readonly<Record<'formula' | 'missing' | 'outside' | 'key' | 'date' | 'duplicate', Words>> = {
  formula: ['формула без результата', 'a formula without a result', 'впишите значение', 'write the value'],
  missing: ['значения нет', 'there is no value', 'впишите значение', 'write the value'],
  outside: [
    'файл вне папки',
    'the file is outside the folder',
    'положите файл в папку и назовите его без пути',
    'put the file into the folder and name it without a path',
  ],
  key: [
    'ключ длиннее 200 знаков или с управляющими знаками',
    'the key is longer than 200 characters, or has control characters',
    'дайте ключ короче, без персональных данных',
    'give a shorter one, without personal data',
  ],
  date: [
    'это не дата',
    'this is no date',
    'напишите дату как ДД.ММ.ГГГГ',
    'write the date as DD.MM.YYYY or YYYY-MM-DD',
  ],
  duplicate: [
    'этот ключ уже есть в другой строке',
    'another row has this key already',
    'дайте каждому документу свой ключ',
    'give each document a key of its own',
  ],
};

/** A problem in words. */
export function problem(
  code: string,
  place: { readonly row?: number; readonly column?: string | undefined },
  [ru, en, remedyRu, remedyEn]: Words,
): Problem<PortalLanguage> {
  return { code, ...place, message: { ru, en }, remedy: { ru: remedyRu, en: remedyEn } };
}
