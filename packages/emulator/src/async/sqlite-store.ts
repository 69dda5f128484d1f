/**
 * The messages of the asynchronous channel in a file of SQLite: what was acknowledged is still there after SIGKILL.
 *
 * @module
 */
import { JournalError } from '@egov-gateway/core';
import { type Database, openDatabase } from '@egov-gateway/journal/database';

import type { AsyncChange, AsyncSnapshot, AsyncStore } from './async-store.ts';
import type { StoredMessage, StoredNotice } from './stored-message.ts';

const SCHEMA_VERSION = 1;
const schema = `
  CREATE TABLE base (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, id_base INTEGER NOT NULL) STRICT;
  CREATE TABLE message (sequence INTEGER PRIMARY KEY, fields TEXT NOT NULL, source BLOB NOT NULL) STRICT;
  CREATE TABLE notice (sequence INTEGER PRIMARY KEY, fields TEXT NOT NULL) STRICT;
`;

/** @throws {JournalError} ERR_JOURNAL_DRIVER, ERR_JOURNAL_OPEN, ERR_JOURNAL_SCHEMA @internal */
export async function openSqliteStore(path: string): Promise<AsyncStore> {
  const database = await open(path);
  return new SqliteStore(database);
}

async function open(path: string): Promise<Database> {
  let database: Database;
  try {
    database = await openDatabase(path);
  } catch (cause) {
    if (cause instanceof JournalError) throw cause;
    throw new JournalError('the store of the asynchronous channel cannot be opened; is the folder there?', {
      code: 'ERR_JOURNAL_OPEN',
      cause,
    });
  }
  // A second process on the same file would accept messages that the first never sees.
  for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL']) {
    database.exec(`PRAGMA ${pragma}`);
  }
  return database;
}

class SqliteStore implements AsyncStore {
  readonly #database: Database;
  /** Whose source is written: it never changes. */
  readonly #written = new Set<number>();

  constructor(database: Database) {
    this.#database = database;
  }

  load(): AsyncSnapshot | undefined {
    const hasTables = this.#rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'base'");
    if (hasTables.length === 0) return undefined;
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

  close(): void {
    this.#database.close();
  }

  #write({ source, ...fields }: StoredMessage): void {
    const text = JSON.stringify(fields);
    if (this.#written.has(fields.sequence)) {
      this.#database.prepare('UPDATE message SET fields = ? WHERE sequence = ?').run(text, fields.sequence);
    } else {
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
