import { readRows } from '../books/separated-values.ts';
import type { Wording } from '../scse/scse-row.ts';
import type { TableProblem } from '../table/table.ts';
import { warningWord } from './issue-words.ts';
import type { RowResult } from './row-result.ts';

const titles = [
  'row',
  'operation',
  'key',
  'state',
  'registered_id',
  'ending',
  'code',
  'message_ru',
  'remedy_ru',
  'message_kk',
  'remedy_kk',
  'message_en',
  'remedy_en',
  'message_id',
  'journal_key',
] as const;

/** First line of a table of results, for Excel: with a byte order mark. */
export const resultsHeader: string = `\uFEFF${titles.join(';')}\r\n`;

/** The line of a row, its line end included: without that it was cut off. */
export function resultLine(result: RowResult): string {
  const { row, operation, key, state, registeredId, ending, code, problems, warnings, messageId, localKey } =
    result;
  const words = (of: 'message' | 'remedy', language: keyof Wording): string =>
    [
      ...problems.map((one) => placed(one, of, language)),
      ...warnings.map((one) => {
        const text = placed(one, of, language);
        return of === 'message' ? `${warningWord[language]}: ${text}` : text;
      }),
    ].join('; ');
  const codes = code ?? problems.map((one) => one.code).join(' ');
  const cells = [
    String(row),
    operation,
    key,
    state,
    registeredId,
    ending,
    codes,
    words('message', 'ru'),
    words('remedy', 'ru'),
    words('message', 'kk'),
    words('remedy', 'kk'),
    words('message', 'en'),
    words('remedy', 'en'),
    messageId,
    localKey,
  ];
  return `${cells.map((cell) => quoted(cell ?? '')).join(';')}\r\n`;
}

function placed(problem: TableProblem, of: 'message' | 'remedy', language: keyof Wording): string {
  const text = problem[of][language];
  return of === 'message' && problem.column !== undefined ? `«${problem.column}»: ${text}` : text;
}

/** An apostrophe keeps a spreadsheet from taking text for a formula. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r']/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of results that is whole. */
export interface KeptResult {
  readonly row: number;
  readonly operation: string;
  readonly key: string;
  readonly state: string;
  /** What the journal knows the call by; `''` when nothing was sent. */
  readonly journalKey: string;
  readonly line: string;
}

/** The whole lines of a table of results, which may end in the middle of one; `undefined` when it is another table. */
export function readResults(text: string): readonly KeptResult[] | undefined {
  if (resultsHeader.startsWith(text)) return [];
  if (!text.startsWith(resultsHeader)) return undefined;
  const { rows } = readRows(text.slice(resultsHeader.length, text.lastIndexOf('\r\n') + 2), ';');
  return rows
    .filter(({ cells }) => cells.length === titles.length)
    .map(({ cells }) => {
      const [row = '', operation = '', key = '', state = ''] = cells;
      const journalKey = cells.at(-1) ?? '';
      const line = `${cells.map((cell) => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';')}\r\n`;
      return { row: Number(row), operation, key: key.replace(/^'/, ''), state, journalKey, line };
    });
}
