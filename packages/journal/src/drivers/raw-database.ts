/** What the three drivers have in common, as far as it is used. `node:sqlite` is not in the types of Node.js 20. */
export interface RawDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): RawStatement;
  close(): unknown;
}

/** A prepared statement of a driver. */
export interface RawStatement {
  /** Whether it returns rows. `node:sqlite` does not say, and does not mind. */
  readonly reader?: boolean;
  run(...parameters: unknown[]): unknown;
  get(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
}

/** Constructor of a driver's database. */
export type RawDatabaseClass = new (path: string) => RawDatabase;
