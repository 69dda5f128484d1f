/**
 * Opens the file of a journal and brings it to the newest schema.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';

import { JournalError } from '@egov-gateway/core';

import { createHead } from '../chain/seal.ts';
import { type Database, type DatabaseOptions, openDatabase } from '../database.ts';
import { loadDriver } from '../drivers/load-driver.ts';
import { closeToOthers, makePrivateFile } from './private-file.ts';
import { applicationId, migrations, schemaVersion } from './schema.ts';
import { journalError } from './sqlite-error.ts';
import { retryWhileBusy, rollBack } from './write-queue.ts';

/** Options of {@link openFile}. */
export interface OpenFileOptions extends DatabaseOptions {
  readonly lockTimeoutMs: number;
  /** Whether a file that is not there is made. */
  readonly create: boolean;
}

/**
 * A database with the schema of a journal, durable commits, and nothing that blocks.
 *
 * @throws {JournalError} ERR_JOURNAL_DRIVER, ERR_JOURNAL_OPEN, ERR_JOURNAL_SCHEMA, ERR_JOURNAL_DAMAGED,
 *   ERR_JOURNAL_READ_ONLY, ERR_JOURNAL_LOCKED, ERR_JOURNAL_FULL, ERR_JOURNAL_IO
 */
export async function openFile(path: string, options: OpenFileOptions): Promise<Database> {
  const { lockTimeoutMs } = options;
  // First of all, so that a driver that is missing does not look like a fault of the file.
  await loadDriver(options.driver);
  await makePrivateFile(path, options.create);
  // Before, so that SQLite gives what it puts beside the file the rights of the file.
  await closeToOthers(path);
  let database: Database | undefined;
  try {
    database = await openDatabase(path, { driver: options.driver });
    const opened = database;
    await retryWhileBusy(lockTimeoutMs, () => assertJournal(opened));
    await retryWhileBusy(lockTimeoutMs, () => setUp(opened));
    await retryWhileBusy(lockTimeoutMs, () => migrate(opened));
    // Once more: what an earlier version or another process left open beside it.
    await closeToOthers(path);
    return opened;
  } catch (error) {
    closeQuietly(database);
    const known = journalError(error);
    if (known instanceof JournalError) throw known;
    throw new JournalError('the journal cannot be opened: see `cause`', {
      code: 'ERR_JOURNAL_OPEN',
      cause: error,
    });
  }
}

/** Before anything is changed: whether it is a journal, or new, and not from a later version. */
function assertJournal(database: Database): void {
  const application = pragma(database, 'application_id');
  const version = pragma(database, 'user_version');
  if (application === applicationId) {
    if (version > schemaVersion) {
      throw new JournalError(
        `the journal has schema ${version} and this version knows ${schemaVersion} at most: update the package`,
        { code: 'ERR_JOURNAL_SCHEMA' },
      );
    }
    return;
  }
  const used = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get() as {
    readonly count: number;
  };
  if (application !== 0 || version !== 0 || used.count > 0) {
    throw new JournalError(
      'the file is a database of something else: give the journal a file of its own, and make your tables in that',
      { code: 'ERR_JOURNAL_OPEN' },
    );
  }
}

function setUp(database: Database): void {
  // For a new file: a change touches many pages and little of each, and all of each is synced.
  database.exec('PRAGMA page_size = 2048');
  const mode = database.prepare('PRAGMA journal_mode = WAL').get() as { readonly journal_mode: string };
  if (mode.journal_mode !== 'wal') {
    throw new JournalError(
      'the journal needs a file on a local disk: SQLite cannot keep a write-ahead log for this one',
      { code: 'ERR_JOURNAL_OPEN' },
    );
  }
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  database.exec('PRAGMA trusted_schema = OFF');
  // Checkpoints cost a second fsync: a larger log has fewer of them.
  database.exec('PRAGMA wal_autocheckpoint = 4000');
  // A log that grew once is cut back.
  database.exec('PRAGMA journal_size_limit = 67108864');
}

function migrate(database: Database): void {
  if (pragma(database, 'user_version') === schemaVersion) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been quicker.
    const version = pragma(database, 'user_version');
    for (const statements of migrations.slice(version)) for (const sql of statements) database.exec(sql);
    if (version === 0) createHead(database, randomUUID());
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${schemaVersion}`);
    database.exec('COMMIT');
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

function pragma(database: Database, name: 'application_id' | 'user_version'): number {
  const row = database.prepare(`PRAGMA ${name}`).get() as Readonly<Record<string, number>>;
  return row[name] ?? 0;
}

/** What went wrong before is what counts. */
function closeQuietly(database: Database | undefined): void {
  try {
    database?.close();
  } catch {}
}
