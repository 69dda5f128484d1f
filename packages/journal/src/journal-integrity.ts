/**
 * What a journal in a file can do besides living: prove that it was not changed, and let old days go.
 *
 * @module
 */
import { assertOptions, JournalError } from '@egov-gateway/core';

import { archiveDay, type WrittenArchive } from './archive/archive-day.ts';
import { type JournalHeads, readHeads } from './chain/known-heads.ts';
import type { DayManifest } from './chain/manifest.ts';
import { sealDaysBefore } from './chain/seal.ts';
import { isUtcDay, segmentDay, utcDay } from './chain/segment.ts';
import type { SqlConnection } from './chain/sql.ts';
import type { Database } from './database.ts';
import {
  checkManifests,
  type RetainOptions,
  type RetentionReport,
  retain,
  sealedDay,
} from './retention/retain.ts';
import type { JournalAccess } from './sqlite/journal-access.ts';
import { journalError } from './sqlite/sqlite-error.ts';
import { type JournalReport, type VerifyJournalOptions, verifyJournal } from './verify-journal.ts';

/** Which days to archive. */
export interface ArchiveOptions {
  /** Folder of the archives. It must be there. */
  readonly folder: string;
  /** Days to archive, `YYYY-MM-DD` in UTC. Default: every sealed day whose events are here. */
  readonly days?: readonly string[] | undefined;
  /** Called for every archive that is in place. */
  readonly onArchive?: ((archive: WrittenArchive) => void) | undefined;
  /** Ends it between two days; it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The integrity side of a journal in a file. */
export interface JournalIntegrity {
  /** Reads everything and compares it with its hashes. Others go on writing meanwhile. */
  verify(options?: VerifyJournalOptions): Promise<JournalReport>;
  /** The newest hashes. Keep them somewhere else. */
  heads(): Promise<JournalHeads>;
  /**
   * Seals the days before today that are not sealed yet, which the first event of a new day does as well. With
   * `today: true` today is sealed too, and what is written later today counts as tomorrow's.
   */
  seal(options?: { readonly today?: boolean | undefined }): Promise<readonly DayManifest[]>;
  /** Writes archives; nothing is deleted. @throws {JournalError} ERR_JOURNAL_ARCHIVE, ERR_JOURNAL_CHAIN, ERR_JOURNAL_STATE … */
  archive(options: ArchiveOptions): Promise<readonly WrittenArchive[]>;
  /** Seals, archives, and drops what is old and finished. See `RetainOptions`. */
  retain(options: RetainOptions): Promise<RetentionReport>;
}

/** Opens another connection to the same file, for reading. */
export type OpenReader = () => Promise<Database>;

/** The integrity side over an open journal. */
export class FileIntegrity implements JournalIntegrity {
  readonly #access: JournalAccess;
  readonly #openReader: OpenReader;

  constructor(access: JournalAccess, openReader: OpenReader) {
    this.#access = access;
    this.#openReader = openReader;
  }

  verify(options: VerifyJournalOptions = {}): Promise<JournalReport> {
    return this.#withReader((reader) => verifyJournal(reader, options));
  }

  heads(): Promise<JournalHeads> {
    return this.#access.snapshot(readHeads);
  }

  async seal(options: { readonly today?: boolean | undefined } = {}): Promise<readonly DayManifest[]> {
    assertOptions('seal', options, ['today']);
    const nowMs = this.#access.now();
    const today = utcDay(nowMs);
    const before = options.today === true ? segmentDay(nowMs, today) : today;
    return this.#access.write((database) => {
      const sealed = sealDaysBefore(database, before, nowMs);
      this.#access.writer.noteSealed(sealed);
      return sealed;
    });
  }

  async archive(options: ArchiveOptions): Promise<readonly WrittenArchive[]> {
    assertOptions('archive', options, ['folder', 'days', 'onArchive', 'signal']);
    const { folder, days, onArchive, signal } = options;
    if (days?.some((day) => !isUtcDay(day))) throw new TypeError('days must be written YYYY-MM-DD');
    return this.#withReader(async (reader) => {
      checkManifests(reader);
      const archives: WrittenArchive[] = [];
      for (const day of days ?? sealedDays(reader)) {
        signal?.throwIfAborted();
        assertHere(reader, day);
        const archive = await archiveDay(reader, sealedDay(reader, day), folder);
        onArchive?.(archive);
        archives.push(archive);
      }
      return archives;
    });
  }

  async retain(options: RetainOptions): Promise<RetentionReport> {
    if (options.dryRun !== true) await this.seal();
    const report = await this.#withReader((reader) =>
      retain({ reader, write: (work) => this.#drop(work), nowMs: this.#access.now() }, options),
    );
    if (report.dropped.length > 0) await this.#access.read(forgetLog);
    return report;
  }

  #drop<T>(work: (database: Database) => T): Promise<T> {
    return this.#access.write((database) => {
      this.#access.writer.forget();
      return work(database);
    });
  }

  async #withReader<T>(work: (reader: Database) => Promise<T>): Promise<T> {
    const reader = await this.#openReader();
    try {
      reader.exec('PRAGMA query_only = ON');
      return await work(reader);
    } catch (error) {
      throw journalError(error);
    } finally {
      reader.close();
    }
  }
}

function sealedDays(database: SqlConnection): readonly string[] {
  const rows = database
    .prepare(
      `SELECT day FROM journal_manifest WHERE day NOT IN (SELECT day FROM journal_dropped)
         AND day NOT IN (SELECT day FROM journal_dropping) ORDER BY day`,
    )
    .all() as { day: string }[];
  return rows.map((row) => row.day);
}

function assertHere(database: SqlConnection, day: string): void {
  const row = database
    .prepare(
      'SELECT day FROM journal_dropped WHERE day = ?1 UNION SELECT day FROM journal_dropping WHERE day = ?1',
    )
    .get(day);
  if (row === undefined || row === null) return;
  throw new JournalError(`the events of ${day} are no longer all in the database: they are in its archive`, {
    code: 'ERR_JOURNAL_NOT_FOUND',
  });
}

/** Dropped content is in the write-ahead log too, until that is emptied. Others may be reading: then it empties later. */
function forgetLog(database: Database): void {
  database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
}
