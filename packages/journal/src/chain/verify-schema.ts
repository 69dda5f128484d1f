/**
 * Checks that the tables of the journal are those of the journal: a trigger or a view in their place works where nobody
 * looks, while every row fits its hash.
 *
 * @module
 */
import { migrations } from '../sqlite/schema.ts';
import { found } from './found-fault.ts';
import type { SqlConnection } from './sql.ts';

/** Throws a found fault. */
export function verifySchema(database: SqlConnection): void {
  const missing = new Set(migrations.flat());
  const rows = database
    .prepare(
      `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL
         AND (lower(substr(name, 1, 8)) = 'journal_' OR lower(substr(tbl_name, 1, 8)) = 'journal_'
           OR (type = 'trigger' AND instr(lower(sql), 'journal_') > 0))`,
    )
    .all() as { readonly type: string; readonly name: string; readonly sql: string }[];
  for (const { type, name, sql } of rows) {
    if (missing.delete(sql)) continue;
    const what = /^\w{1,64}$/.test(name) ? `${type} ${name}` : `a ${type}`;
    found('database', `the schema was changed: ${what} is not of this version of the journal`);
  }
  const [first] = missing;
  if (first !== undefined) {
    const name = /journal_\w+/.exec(first)?.[0] ?? 'a table';
    found('database', `the schema was changed: ${name} is missing`);
  }
}
