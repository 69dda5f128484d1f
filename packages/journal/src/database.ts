/**
 * SQLite under whichever driver is there: `node:sqlite` (Node.js 22.13 and later), else `libsql`, else `better-sqlite3`.
 *
 * @module
 */
import { JournalError } from '@egov-gateway/core';

import { type DatabaseDriver, driverNames, loadDriver } from './drivers/load-driver.ts';
import type { RawDatabase, RawStatement } from './drivers/raw-database.ts';

export type { DatabaseDriver };

/** What SQLite stores. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** Options of {@link openDatabase}. */
export interface DatabaseOptions {
  /** Default: the first of `node:sqlite`, `libsql` and `better-sqlite3` that can be loaded. */
  readonly driver?: DatabaseDriver | undefined;
}

/** A prepared statement. Rows are plain objects by column name; blobs are `Uint8Array`. */
export interface Statement {
  run(...parameters: SqlValue[]): void;
  get(...parameters: SqlValue[]): unknown;
  all(...parameters: SqlValue[]): unknown[];
}

/** An open SQLite database. All calls are synchronous, and throw what the driver throws. */
export interface Database {
  readonly driver: DatabaseDriver;
  /** Executes statements that return nothing. */
  exec(sql: string): void;
  /** One statement. The newest ones are kept, so that asking again for the same text costs nothing. */
  prepare(sql: string): Statement;
  close(): void;
}

const keptStatements = 200;

/**
 * Opens a database file, for the tables of an application beside those of the journal, or for a look at them. Nothing is
 * set up but `busy_timeout = 0`: no call ever waits for another process, it throws `SQLITE_BUSY`.
 *
 * @param path - is created when it is not there
 * @throws {JournalError} ERR_JOURNAL_DRIVER when no driver can be loaded; the driver's own error when the file cannot be
 *   opened
 */
export async function openDatabase(path: string, options: DatabaseOptions = {}): Promise<Database> {
  const { name, open } = await loadDriver(options.driver);
  const database = new DriverDatabase(name, open(path));
  database.exec('PRAGMA busy_timeout = 0');
  return database;
}

/** The drivers that can be loaded here, the preferred one first. */
export async function availableDrivers(): Promise<readonly DatabaseDriver[]> {
  const found: DatabaseDriver[] = [];
  for (const name of driverNames) {
    try {
      await loadDriver(name);
      found.push(name);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
    }
  }
  return found;
}

class DriverDatabase implements Database {
  readonly driver: DatabaseDriver;
  readonly #database: RawDatabase;
  readonly #statements = new Map<string, Statement>();

  constructor(driver: DatabaseDriver, database: RawDatabase) {
    this.driver = driver;
    this.#database = database;
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = new DriverStatement(() => this.#database.prepare(sql), this.driver !== 'node:sqlite');
    this.#statements.set(sql, statement);
    if (this.#statements.size > keptStatements) {
      for (const oldest of this.#statements.keys()) {
        this.#statements.delete(oldest);
        break;
      }
    }
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}

class DriverStatement implements Statement {
  readonly #prepare: () => RawStatement;
  readonly #statement: RawStatement;
  readonly #returnsRows: boolean;
  /**
   * Another one for {@link DriverStatement.all}: libsql 0.5.29 misses the row that `get` should find when the same statement
   * was last used by `all` and something was written since.
   */
  #list: RawStatement | undefined;
  readonly #takesList: boolean;

  constructor(prepare: () => RawStatement, takesList: boolean) {
    this.#prepare = prepare;
    this.#statement = prepare();
    this.#returnsRows = this.#statement.reader === true;
    this.#takesList = takesList;
  }

  run(...parameters: SqlValue[]): void {
    // Two of the drivers refuse to run what returns rows, such as INSERT … RETURNING.
    if (this.#returnsRows) this.all(...parameters);
    else this.#statement.run(...this.#bound(parameters));
  }

  get(...parameters: SqlValue[]): unknown {
    const row = this.#statement.get(...this.#bound(parameters));
    // libsql adds the time that it took.
    if (typeof row === 'object' && row !== null && '_metadata' in row) delete row._metadata;
    return row ?? undefined;
  }

  all(...parameters: SqlValue[]): unknown[] {
    this.#list ??= this.#prepare();
    return this.#list.all(...this.#bound(parameters)).map(withOctets);
  }

  /**
   * As one list, where the driver takes one: it would read a single parameter that is an object, such as octets or null,
   * as named parameters, and one driver ends the process over that.
   */
  #bound(parameters: readonly SqlValue[]): unknown[] {
    return this.#takesList ? [parameters] : [...parameters];
  }
}

/** One of the drivers gives blobs of `all`, unlike those of `get`, as `ArrayBuffer`. */
function withOctets(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  const values = row as Record<string, unknown>;
  for (const name in values) {
    const value = values[name];
    if (value instanceof ArrayBuffer) values[name] = new Uint8Array(value);
  }
  return row;
}
