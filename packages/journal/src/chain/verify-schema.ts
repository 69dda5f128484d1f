/**
 * Checks that the tables of the journal are those of the journal: a trigger or a view in their place works where nobody
 * looks, while every row fits its hash.
 *
 * @module
 */
import { schema } from '../sqlite/schema.ts';
import { found } from './found-fault.ts';
import type { SqlConnection } from './sql.ts';

/** Throws a found fault. Asks for octets: over text that is not UTF-8 one driver ends the process. */
export function verifySchema(database: SqlConnection): void {
  const missing = new Set(schema);
  const rows = database
    .prepare(
      `SELECT CAST(type AS BLOB) AS type_octets, CAST(name AS BLOB) AS name_octets, CAST(sql AS BLOB) AS sql_octets
       FROM sqlite_schema WHERE sql IS NOT NULL
         AND (lower(substr(name, 1, 8)) = 'journal_' OR lower(substr(tbl_name, 1, 8)) = 'journal_'
           OR (type = 'trigger' AND instr(lower(sql), 'journal_') > 0))`,
    )
    .all() as Readonly<Record<'type_octets' | 'name_octets' | 'sql_octets', Uint8Array>>[];
  for (const row of rows) {
    if (missing.delete(textOf(row.sql_octets))) continue;
    const type = textOf(row.type_octets);
    const name = textOf(row.name_octets);
    const what = /^\w{1,64}$/.test(name) ? `${type} ${name}` : `a ${type}`;
    found('database', `the schema was changed: ${what} is not of this version of the journal`);
  }
  const [first] = missing;
  if (first !== undefined) {
    const name = /journal_\w+/.exec(first)?.[0] ?? 'a table';
    found('database', `the schema was changed: ${name} is missing`);
  }
}

function textOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString();
}
