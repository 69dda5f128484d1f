import fc from 'fast-check';

/** A SQLite connection, of whichever driver. */
interface Connection {
  prepare(sql: string): { run(...values: Value[]): unknown; all(...values: Value[]): unknown[] };
}

type Value = string | number | bigint | null | Uint8Array;

/** One change of one table. */
export interface JournalMutation {
  readonly table: string;
  readonly row: number;
  readonly other: number;
  readonly column: number;
  readonly how: 'change' | 'clear' | 'delete' | 'double' | 'swap';
  readonly by: number;
}

/** The tables of a journal in SQLite. */
export const journalTables = [
  'journal_event',
  'journal_subject',
  'journal_message',
  'journal_message_subject',
  'journal_queue',
  'journal_manifest',
  'journal_dropped',
  'journal_head',
] as const;

/** Any change of any row. */
export const journalMutation: fc.Arbitrary<JournalMutation> = fc.record({
  table: fc.constantFrom(...journalTables),
  row: fc.nat(),
  other: fc.nat(),
  column: fc.nat(),
  how: fc.constantFrom('change', 'clear', 'delete', 'double', 'swap'),
  by: fc.integer({ min: 1, max: 255 }),
});

/** Changes one thing in one table. `false`: nothing that counts was changed. */
export function mutateJournal(database: Connection, { table, how, by, ...at }: JournalMutation): boolean {
  const rows = database.prepare(`SELECT * FROM ${table}`).all() as Record<string, Value>[];
  const row = rows[at.row % rows.length] ?? {};
  const other = rows[at.other % rows.length] ?? {};
  const columns = Object.keys(row);
  const column = columns[at.column % columns.length] ?? '';
  // When an entry is due is not in any event: it can be moved, and the message waits, or is looked at too early.
  if (column === 'due_at_ms' && how !== 'delete') return false;
  // A queue may hold what is done already: workers find that out.
  if (table === 'journal_queue' && (how === 'double' || how === 'swap')) return false;
  const set = (target: Record<string, Value>, value: Value): void => {
    database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where(target)}`).run(value, ...bound(target));
  };
  const value = row[column] ?? null;
  switch (how) {
    case 'change':
      set(row, changed(value, by));
      return true;
    case 'clear':
      if (value === null) return false;
      set(row, typeof value === 'string' ? '' : value instanceof Uint8Array ? new Uint8Array() : null);
      return !(value instanceof Uint8Array && value.length === 0);
    case 'delete':
      database.prepare(`DELETE FROM ${table} WHERE ${where(row)}`).run(...bound(row));
      return true;
    case 'double': {
      const copy: Record<string, Value> = {
        ...row,
        [columns[0] ?? '']: changed(row[columns[0] ?? ''] ?? null, by),
      };
      if (column !== columns[0]) copy[column] = changed(value, by);
      const places = columns.map(() => '?').join(', ');
      database
        .prepare(`INSERT INTO ${table} VALUES (${places})`)
        .run(...columns.map((name) => copy[name] ?? null));
      return true;
    }
    case 'swap': {
      const theirs = other[column] ?? null;
      if (same(value, theirs)) return false;
      set(row, theirs);
      set(other, value);
      return true;
    }
  }
}

function changed(value: Value, by: number): Value {
  if (value === null) return by;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) + by;
  if (typeof value === 'string') {
    const at = by % (value.length + 1);
    return `${value.slice(0, at)}${value[at] === 'x' ? 'y' : 'x'}${value.slice(at + 1)}`;
  }
  const octets = Buffer.from(value);
  if (octets.length === 0) return Buffer.of(by);
  octets[by % octets.length] = (octets[by % octets.length] ?? 0) ^ by;
  return octets;
}

function where(row: Record<string, Value>): string {
  return Object.keys(row)
    .map((name) => `${name} IS ?`)
    .join(' AND ');
}

function bound(row: Record<string, Value>): Value[] {
  return Object.values(row);
}

function same(a: Value, b: Value): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;
}
