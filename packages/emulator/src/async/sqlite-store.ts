/**
 * The messages of the asynchronous channel in a file of SQLite: what was acknowledged is still there after SIGKILL.
 *
 * @module
 */
import { JournalError } from '@egov-gateway/core';
import { type Database, openDatabase } from '@egov-gateway/journal/database';

import type { AsyncChange, AsyncSnapshot, AsyncStore } from './async-store.ts';
import type { StoredMessage, StoredNotice } from './stored-message.ts';

/** Records of one kind, in the order in which they came first. @internal */
export interface StoredRecords<Fields> {
  load(): readonly Fields[];
  /** Durable when it returns; replaces the one with the same id. */
  put(id: string, fields: Fields): void;
}

const SCHEMA_VERSION = 1;
const schema = `
  CREATE TABLE base (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, id_base INTEGER NOT NULL) STRICT;
  CREATE TABLE message (sequence INTEGER PRIMARY KEY, fields TEXT NOT NULL, source BLOB NOT NULL) STRICT;
  CREATE TABLE notice (sequence INTEGER PRIMARY KEY, fields TEXT NOT NULL) STRICT;
`;

/** A file of before has no such table. */
const recordSchema = `CREATE TABLE IF NOT EXISTS record
  (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, fields TEXT NOT NULL, UNIQUE (kind, id)) STRICT`;
const putRecord = `INSERT INTO record (kind, id, fields) VALUES (?, ?, ?)
  ON CONFLICT (kind, id) DO UPDATE SET fields = excluded.fields`;

/**
 * @throws {JournalError} ERR_JOURNAL_DRIVER, ERR_JOURNAL_OPEN, ERR_JOURNAL_LOCKED, ERR_JOURNAL_DAMAGED, ERR_JOURNAL_SCHEMA
 * @internal
 */
export async function openSqliteStore(path: string): Promise<SqliteStore> {
  let database: Database | undefined;
  try {
    database = await openDatabase(path);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    return new SqliteStore(database);
  } catch (error) {
    database?.close();
    throw error instanceof JournalError ? error : unusable(error);
  }
}

function unusable(cause: unknown): JournalError {
  const text = cause instanceof Error ? cause.message : '';
  if (/locked|busy/i.test(text)) {
    const message =
      'the store of the asynchronous channel is in use; end the other program, or take another file';
    return new JournalError(message, { code: 'ERR_JOURNAL_LOCKED', cause });
  }
  if (/not a database|malformed/i.test(text)) {
    const message = 'the store of the asynchronous channel is no database, or damaged; take another file';
    return new JournalError(message, { code: 'ERR_JOURNAL_DAMAGED', cause });
  }
  const message = 'the store of the asynchronous channel cannot be opened; is the folder there?';
  return new JournalError(message, { code: 'ERR_JOURNAL_OPEN', cause });
}

/** @internal */
export class SqliteStore implements AsyncStore {
  readonly #database: Database;
  readonly #isNew: boolean;
  /** Whose source is written: it never changes. */
  readonly #written = new Set<number>();

  constructor(database: Database) {
    this.#database = database;
    this.#isNew = this.#rows("SELECT name FROM sqlite_master WHERE name = 'base'").length === 0;
  }

  load(): AsyncSnapshot | undefined {
    if (this.#isNew) return undefined;
    const [base] = this.#rows('SELECT version, id_base FROM base');
    if (base === undefined || Number(base['version']) !== SCHEMA_VERSION) {
      throw new JournalError(
        'the store of the asynchronous channel was written by another version; take a new file',
        {
          code: 'ERR_JOURNAL_SCHEMA',
        },
      );
    }
    const messages = this.#rows('SELECT fields, source FROM message ORDER BY sequence').map((row) => ({
      ...(JSON.parse(String(row['fields'])) as Omit<StoredMessage, 'source'>),
      source: row['source'] as Uint8Array,
    }));
    for (const { sequence } of messages) this.#written.add(sequence);
    const notices = this.#rows('SELECT fields FROM notice ORDER BY sequence').map(
      (row) => JSON.parse(String(row['fields'])) as StoredNotice,
    );
    return { idBase: Number(base['id_base']), messages, notices };
  }

  begin(idBase: number): void {
    this.#transaction(() => {
      this.#database.exec(schema);
      this.#database.prepare('INSERT INTO base VALUES (1, ?, ?)').run(SCHEMA_VERSION, idBase);
    });
  }

  commit({ messages, notices }: AsyncChange): void {
    this.#transaction(() => {
      for (const message of messages) this.#write(message);
      const put = this.#database.prepare('INSERT OR REPLACE INTO notice VALUES (?, ?)');
      for (const notice of notices) put.run(notice.sequence, JSON.stringify(notice));
    });
    for (const { sequence } of messages) this.#written.add(sequence);
  }

  /** Records of a built-in service, beside the messages: what has been put there, and a way to put more. */
  records<Fields>(kind: string): StoredRecords<Fields> {
    this.#database.exec(recordSchema);
    return {
      load: () =>
        this.#database
          .prepare('SELECT fields FROM record WHERE kind = ? ORDER BY place')
          .all(kind)
          .map((row) => JSON.parse(String((row as Record<string, unknown>)['fields'])) as Fields),
      put: (id, fields) => this.#database.prepare(putRecord).run(kind, id, JSON.stringify(fields)),
    };
  }

  close(): void {
    this.#database.close();
  }

  #write({ source, ...fields }: StoredMessage): void {
    const text = JSON.stringify(fields);
    if (this.#written.has(fields.sequence)) {
      this.#database.prepare('UPDATE message SET fields = ? WHERE sequence = ?').run(text, fields.sequence);
    } else {
      // Fails when another emulator uses the same file: of two that count for themselves, one would lose messages.
      this.#database.prepare('INSERT INTO message VALUES (?, ?, ?)').run(fields.sequence, text, source);
    }
  }

  #rows(sql: string): readonly Record<string, unknown>[] {
    return this.#database.prepare(sql).all() as Record<string, unknown>[];
  }

  #transaction(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      // A full disk may have ended the transaction already.
      try {
        this.#database.exec('ROLLBACK');
      } catch {}
      throw error;
    }
  }
}
