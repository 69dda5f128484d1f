/** What this side needs of a SQLite connection. Every driver has it. */
export interface SqlConnection {
  exec(sql: string): unknown;
  prepare(sql: string): SqlStatementHandle;
}

/** A prepared statement. Rows are plain objects by column name; blobs are `Uint8Array`. */
export interface SqlStatementHandle {
  run(...parameters: SqlValue[]): unknown;
  get(...parameters: SqlValue[]): unknown;
  all(...parameters: SqlValue[]): unknown[];
}

/** What SQLite stores. */
export type SqlValue = string | number | bigint | null | Uint8Array;
