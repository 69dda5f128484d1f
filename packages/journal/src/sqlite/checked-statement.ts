import { JournalError, type SqlStatement } from '@egov-gateway/core';

/** What a statement may begin with. Everything that could end or escape the transaction is missing. */
const allowed: ReadonlySet<string> = new Set([
  'INSERT',
  'REPLACE',
  'UPDATE',
  'DELETE',
  'WITH',
  'SELECT',
  'CREATE',
  'ALTER',
  'DROP',
]);

/** Strings, quoted names, comments, words, and single characters, in this order of precedence. */
const token =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[\p{L}\p{N}_$]+|\s+|[\s\S]/gu;

/**
 * Refuses what an application must not do inside of the journal's transaction: more than one statement, anything but
 * data and its own tables (no BEGIN, COMMIT, PRAGMA, ATTACH, no triggers), and any name of the journal's tables, which
 * begin with `journal_`, or of SQLite's, `sqlite_`. A value of that form belongs into a parameter.
 *
 * @throws {JournalError} ERR_JOURNAL_STATEMENT
 */
export function checkedStatement(statement: SqlStatement): SqlStatement {
  const { sql, parameters } = statement;
  if (typeof sql !== 'string' || !Array.isArray(parameters)) {
    throw refusal('it must have the text of a statement and a list of parameters');
  }
  if (!parameters.every(isStorable)) {
    throw refusal('its parameters must be text, finite numbers, integers of 64 bits, octets or null');
  }
  if (sql.includes('\0')) throw refusal('it holds U+0000');
  const words: string[] = [];
  let previous = '';
  let ended = false;
  for (const [part] of sql.matchAll(token)) {
    if (/^(?:\s|--|\/\*)/.test(part)) continue;
    if (ended) throw refusal('it must be one statement');
    if (part === ';') {
      ended = true;
      continue;
    }
    const name = part.replace(/^['"`[]+/, '').toLowerCase();
    if (name.startsWith('journal_') || name.startsWith('sqlite_')) {
      throw refusal('names that begin with journal_ or sqlite_ are not for applications');
    }
    if (part === '.' && previous === 'temp') throw refusal('temporary tables are not kept with the change');
    previous = name.replace(/['"`\]]+$/, '');
    words.push(part.toUpperCase());
  }
  const [first = ''] = words;
  if (!allowed.has(first)) {
    throw refusal('it must begin with INSERT, REPLACE, UPDATE, DELETE, WITH, SELECT, CREATE, ALTER or DROP');
  }
  // TEMP tables and views could shadow a table of the journal; a trigger would run where nobody looks.
  if (first === 'CREATE' && !/^(?:TABLE|INDEX|UNIQUE)$/.test(words[1] ?? '')) {
    throw refusal('it may create tables and indexes only');
  }
  return statement;
}

/** Checked here, because one driver ends the process over a value that it does not know. */
function isStorable(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'bigint':
      return BigInt.asIntN(64, value) === value;
    default:
      return value === null || value instanceof Uint8Array;
  }
}

function refusal(reason: string): JournalError {
  return new JournalError(`a statement was not executed: ${reason}`, { code: 'ERR_JOURNAL_STATEMENT' });
}
