/** One row of a table, with the line of the text that it begins in, from 1. */
export interface TextRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Why a table could not be read further. */
export interface TableBreak {
  readonly line: number;
  readonly reason: 'quote' | 'unclosed-quote';
}

/** How {@link readRows} reads. */
export interface RowOptions {
  /** After one row more than so many nothing is read. Default: no limit. */
  readonly maxRows?: number;
  /** Whether these cells are a row. Default: unless the line is empty. */
  readonly isRow?: (cells: readonly string[]) => boolean;
}

/**
 * Rows of a text with separated values: cells may be in double quotes, which are doubled inside.
 *
 * @see RFC 4180, section 2
 */
export function readRows(
  text: string,
  delimiter: string,
  { maxRows = Number.POSITIVE_INFINITY, isRow = isFilled }: RowOptions = {},
): { rows: TextRow[]; broken: TableBreak | undefined } {
  const rows: TextRow[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length && rows.length <= maxRows) {
    const start = line;
    const cells: string[] = [];
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        const end = closingQuote(text, at + 1);
        if (end === -1) return { rows, broken: { line: start, reason: 'unclosed-quote' } };
        cell = text.slice(at + 1, end).replaceAll('""', '"');
        line += cell.split('\n').length - 1;
        at = end + 1;
        const isEnd = at >= text.length || text[at] === '\n' || text[at] === '\r' || text[at] === delimiter;
        if (!isEnd) return { rows, broken: { line, reason: 'quote' } };
      } else {
        const begin = at;
        while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
        cell = text.slice(begin, at);
      }
      cells.push(cell);
      if (text[at] !== delimiter) break;
      at++;
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    line++;
    if (isRow(cells)) rows.push({ line: start, cells });
  }
  return { rows, broken: undefined };
}

function isFilled(cells: readonly string[]): boolean {
  return cells.length > 1 || cells[0] !== '';
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
