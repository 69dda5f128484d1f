import type { KeyObject } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';

import { assertOptions, type Clock, systemClock } from '@egov-gateway/core';

import type { DayManifest } from '../chain/manifest.ts';
import { createContentHasher } from '../content-hash.ts';
import { type DatabaseOptions, openDatabase } from '../database.ts';
import { createByteCipher, type EncryptionKeys } from '../encryption.ts';
import { FileIntegrity } from '../journal-integrity.ts';
import { createSubjectHasher } from '../subject-hash.ts';
import { EventWriter } from './event-writer.ts';
import { JournalAccess } from './journal-access.ts';
import { openFile } from './open-file.ts';
import { type FileJournal, SqliteJournal } from './sqlite-journal.ts';

/** Options of {@link openJournal}. */
export interface JournalOptions extends DatabaseOptions {
  /** Keys that stored bytes are encrypted with. Default: none, bytes are stored as they are. */
  readonly encryption?: EncryptionKeys | undefined;
  /** Secret key of at least 32 octets for the hashes of IIN and BIN, and of what received messages say. Default: none, events with subjects are refused. */
  readonly subjectKey?: Uint8Array | KeyObject | undefined;
  /** How long a change waits while another process writes, milliseconds. Default: 10000. */
  readonly lockTimeoutMs?: number | undefined;
  /** Whether a file that is not there is made. Default: true. */
  readonly create?: boolean | undefined;
  /** Says which day it is: days are sealed one after the other. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /**
   * Called with every day that this process seals, once that is durable. Keep the hash somewhere else, see
   * `FileJournal.heads`. A promise is not waited for. What it throws or rejects with goes to the channel
   * `egov-gateway:worker:error`; a process that dies before it is called asks `heads` at its next start.
   */
  readonly onSeal?: ((manifest: DayManifest) => unknown) | undefined;
}

/**
 * Opens the journal in a SQLite file. Several processes may have the same file open, on one machine.
 *
 * A promise of the journal is fulfilled when the change is on the disk (write-ahead log, `synchronous = FULL`). Changes of
 * one turn of the event loop share one transaction and one fsync.
 *
 * @throws {JournalError} ERR_JOURNAL_DRIVER, ERR_JOURNAL_OPEN, ERR_JOURNAL_SCHEMA, ERR_JOURNAL_DAMAGED,
 *   ERR_JOURNAL_READ_ONLY, ERR_JOURNAL_LOCKED, ERR_JOURNAL_FULL, ERR_JOURNAL_IO, ERR_JOURNAL_KEY
 * @throws {TypeError} when an option is unknown or is not what it must be
 *
 * @example
 * ```ts
 * import { openJournal } from '@egov-gateway/journal';
 *
 * const journal = await openJournal('messages.journal');
 * const { messages } = await journal.find({ states: ['in-doubt'] });
 * await journal.close();
 * ```
 */
export async function openJournal(path: string, options: JournalOptions = {}): Promise<FileJournal> {
  assertJournalOptions(options);
  const { lockTimeoutMs = 10_000, clock = systemClock } = options;
  if (typeof path !== 'string' || path === '') throw new TypeError('path must be the path of a file');
  if (!Number.isSafeInteger(lockTimeoutMs) || lockTimeoutMs < 0) {
    throw new TypeError('lockTimeoutMs must be a whole number of milliseconds');
  }
  const cipher = createByteCipher(options.encryption);
  const hasher = createSubjectHasher(options.subjectKey);
  const contents = createContentHasher(options);
  const database = await openFile(path, {
    driver: options.driver,
    lockTimeoutMs,
    create: options.create ?? true,
  });
  const now = (): number => clock.now();
  const writer = new EventWriter({ database, cipher, now, writer: randomUUID() });
  const access = new JournalAccess({ database, writer, cipher, now, lockTimeoutMs, onSeal: options.onSeal });
  const file = resolve(path);
  const integrity = new FileIntegrity(access, () => openDatabase(file, { driver: database.driver }));
  return new SqliteJournal(access, hasher, contents, integrity);
}

/** A misspelt option would leave the bytes in the clear. */
function assertJournalOptions(options: JournalOptions): void {
  assertOptions('openJournal', options, [
    'driver',
    'encryption',
    'subjectKey',
    'lockTimeoutMs',
    'create',
    'clock',
    'onSeal',
  ] satisfies (keyof JournalOptions)[]);
  if (options.encryption !== undefined) assertOptions('encryption', options.encryption, ['current', 'keys']);
  if (options.create !== undefined && typeof options.create !== 'boolean') {
    throw new TypeError('create must be true or false');
  }
  if (options.onSeal !== undefined && typeof options.onSeal !== 'function') {
    throw new TypeError('onSeal must be a function');
  }
}
