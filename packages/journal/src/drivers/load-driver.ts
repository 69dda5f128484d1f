import { JournalError } from '@egov-gateway/core';

import { loadNodeSqlite } from './node-sqlite.ts';
import type { RawDatabase, RawDatabaseClass } from './raw-database.ts';

/** Name of a SQLite driver. */
export type DatabaseDriver = 'node:sqlite' | 'libsql' | 'better-sqlite3';

/** The preferred one first. */
export const driverNames: readonly DatabaseDriver[] = ['node:sqlite', 'libsql', 'better-sqlite3'];

/** A driver that is there. */
export interface LoadedDriver {
  readonly name: DatabaseDriver;
  open(path: string): RawDatabase;
}

/**
 * Loads a driver, or the first that is there.
 *
 * @throws {JournalError} ERR_JOURNAL_DRIVER when there is none; `cause` is what the last one failed with
 */
export async function loadDriver(wanted?: DatabaseDriver): Promise<LoadedDriver> {
  if (wanted !== undefined && !driverNames.includes(wanted)) {
    throw new TypeError(`driver must be one of ${driverNames.join(', ')}`);
  }
  let cause: unknown;
  for (const name of wanted === undefined ? driverNames : [wanted]) {
    try {
      const DatabaseClass = name === 'node:sqlite' ? loadNodeSqlite() : await importDriver(name);
      return { name, open: (path) => new DatabaseClass(path) };
    } catch (error) {
      cause = error;
    }
  }
  throw new JournalError(
    wanted === undefined
      ? 'there is no SQLite driver: run Node.js 22.13 or later, or install the package libsql or better-sqlite3'
      : `the SQLite driver ${wanted} cannot be loaded`,
    { code: 'ERR_JOURNAL_DRIVER', cause },
  );
}

/** Optional packages: their types may be missing where this is compiled, so that they are imported by a name. */
async function importDriver(name: string): Promise<RawDatabaseClass> {
  const module: { readonly default?: unknown } = await import(name);
  if (typeof module.default !== 'function') throw new TypeError(`${name} exports no database`);
  return module.default as RawDatabaseClass;
}
