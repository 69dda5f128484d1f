import { channel } from 'node:diagnostics_channel';

import { channelNames, JournalError, type WorkerErrorEvent } from '@egov-gateway/core';

import type { DayManifest } from '../chain/manifest.ts';
import type { Database } from '../database.ts';
import type { ByteCipher } from '../encryption.ts';
import type { EventWriter } from './event-writer.ts';
import { closedError, retryWhileBusy, WriteQueue } from './write-queue.ts';

const workerError = channel(channelNames.workerError);

/** Called with a day that was sealed. What it promises is not waited for. */
type SealHook = (manifest: DayManifest) => unknown;

/** Reads and writes of an open database, for everything that is built on it. */
export class JournalAccess {
  readonly cipher: ByteCipher;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly writer: EventWriter;
  readonly #database: Database;
  readonly #writes: WriteQueue;
  readonly #lockTimeoutMs: number;
  readonly #onSeal: SealHook | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: {
    readonly database: Database;
    readonly writer: EventWriter;
    readonly cipher: ByteCipher;
    readonly now: () => number;
    readonly lockTimeoutMs: number;
    readonly onSeal?: SealHook | undefined;
  }) {
    const { database, writer, lockTimeoutMs } = options;
    this.cipher = options.cipher;
    this.now = options.now;
    this.writer = writer;
    this.#database = database;
    this.#lockTimeoutMs = lockTimeoutMs;
    this.#onSeal = options.onSeal;
    this.#writes = new WriteQueue(database, writer, lockTimeoutMs);
  }

  /** Reads, in one piece. @throws {JournalError} as the database fails */
  async read<T>(work: (database: Database) => T): Promise<T> {
    if (this.#closing !== undefined) throw closedError();
    return retryWhileBusy(this.#lockTimeoutMs, () => {
      if (this.#closing !== undefined) throw closedError();
      return work(this.#database);
    });
  }

  /** Reads one state of the database with several statements, whatever other processes write meanwhile. */
  async snapshot<T>(work: (database: Database) => T): Promise<T> {
    return this.read((database) => {
      database.exec('BEGIN');
      try {
        return work(database);
      } finally {
        database.exec('ROLLBACK');
      }
    });
  }

  /** Works in a write transaction, shared with what else is asked for in this turn. Fulfilled when it is durable. */
  async write<T>(work: (database: Database) => T): Promise<T> {
    const value = await this.#writes.write(() => work(this.#database));
    for (const manifest of this.writer.takeSealed()) this.#announce(manifest);
    return value;
  }

  /** The change is kept whatever the hook does: who made it must not take it for refused. */
  #announce(manifest: DayManifest): void {
    const report = (error: unknown): void => {
      const event: WorkerErrorEvent = { worker: 'journal', code: 'UNEXPECTED', error };
      workerError.publish(event);
    };
    try {
      Promise.resolve(this.#onSeal?.(manifest)).catch(report);
    } catch (error) {
      report(error);
    }
  }

  /** Finishes what was begun. */
  close(): Promise<void> {
    this.#closing ??= this.#writes.close().then(() => {
      try {
        emptyLog(this.#database);
        this.#database.close();
      } catch (error) {
        throw new JournalError('the journal could not be closed', { code: 'ERR_JOURNAL_IO', cause: error });
      }
    });
    return this.#closing;
  }
}

/** So that the one file is the whole journal; not every driver does it by itself. Another process may be in the way. */
function emptyLog(database: Database): void {
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {}
}
