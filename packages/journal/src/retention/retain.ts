/**
 * Retention: old days go to archives and out of the database.
 *
 * @module
 */
import { JournalError } from '@egov-gateway/core';

import { archiveDay, brokenChain, type WrittenArchive } from '../archive/archive-day.ts';
import { FoundFault } from '../chain/found-fault.ts';
import type { DayManifest } from '../chain/manifest.ts';
import type { SqlConnection } from '../chain/sql.ts';
import { manifestOf } from '../chain/verify-events.ts';
import { verifyManifests } from '../chain/verify-manifests.ts';
import { dropDays } from './drop-days.ts';
import { findDroppableDays, type KeptDay, type MessageSummary } from './droppable-days.ts';

const dayMs = 86_400_000;

/** Which days go, and where to. */
export interface RetainOptions {
  /** Days that stay in any case, counted back from today in UTC: with 30, a day goes when 30 days have passed since its end. */
  readonly keepDays: number;
  /** Folder of the archives. It must be there. */
  readonly folder: string;
  /**
   * Whether nothing is left to happen to a message. Default: `answered`, `rejected`, `expired`, `dead`, `handled`, and what
   * we sent and the gateway has when it is no REQUEST. A day goes only when this holds for all of its messages.
   */
  readonly finished?: ((message: MessageSummary) => boolean) | undefined;
  /** Only say what would go. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Called for every archive that is in place, before its day is dropped. */
  readonly onArchive?: ((archive: WrittenArchive) => void) | undefined;
  /** Ends it between two days; it rejects with the signal's reason. What is done by then is done. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of the days that are old enough. */
export interface RetentionReport {
  /** Days that are in their archives and no longer in the database. */
  readonly dropped: readonly WrittenArchive[];
  /** With `dryRun`: days that would go. */
  readonly droppable: readonly string[];
  /** Days that stay, and why. */
  readonly kept: readonly KeptDay[];
}

/** The database as retention uses it. */
export interface RetentionAccess {
  /** A connection of its own, for reading. */
  readonly reader: SqlConnection;
  /** Works in a write transaction. */
  write<T>(work: (database: SqlConnection) => T): Promise<T>;
  readonly nowMs: number;
}

/**
 * Archives and drops. Days that messages connect go in one transaction, after all their archives were written, synced and
 * read back; after a crash at any moment a day is in the database, in its archive, or in both, and running it again
 * finishes.
 *
 * @throws {JournalError} ERR_JOURNAL_CHAIN when the journal does not fit its hashes, and what archiving and writing throw
 */
export async function retain(access: RetentionAccess, options: RetainOptions): Promise<RetentionReport> {
  const { keepDays, folder, finished, dryRun = false } = options;
  if (!Number.isSafeInteger(keepDays) || keepDays < 0) {
    throw new TypeError('keepDays must be a whole number of days from 0');
  }
  const { reader } = access;
  checkManifests(reader);
  const days = oldDays(reader, access.nowMs - keepDays * dayMs);
  const found = findDroppableDays(reader, days, finished);
  if (dryRun) return { dropped: [], droppable: found.groups.flat(), kept: found.kept };

  const dropped: WrittenArchive[] = [];
  const kept: KeptDay[] = [...found.kept];
  for (const group of found.groups) {
    options.signal?.throwIfAborted();
    const archives: WrittenArchive[] = [];
    for (const day of group) {
      const archive = await archiveDay(reader, sealedDay(reader, day), folder);
      options.onArchive?.(archive);
      archives.push(archive);
      options.signal?.throwIfAborted();
    }
    const late = await access.write((database) => {
      // A message of these days may have gone on while they were archived.
      const now = findDroppableDays(database, group, finished);
      if (now.kept.length === 0) dropDays(database, archives);
      return now.kept;
    });
    if (late.length === 0) dropped.push(...archives);
    else kept.push(...late);
  }
  return { dropped, droppable: [], kept };
}

/** Sealed days that ended at or before an instant and are still here, oldest first. */
function oldDays(database: SqlConnection, untilMs: number): readonly string[] {
  const rows = database
    .prepare(
      'SELECT day FROM journal_manifest WHERE day NOT IN (SELECT day FROM journal_dropped) ORDER BY day',
    )
    .all() as { day: string }[];
  return rows.map(({ day }) => day).filter((day) => Date.parse(`${day}T00:00:00.000Z`) + dayMs <= untilMs);
}

/** The manifest of a sealed day. @throws {JournalError} ERR_JOURNAL_STATE when the day is not sealed */
export function sealedDay(database: SqlConnection, day: string): DayManifest {
  const manifest = manifestOf(database, day);
  if (manifest !== undefined) return manifest;
  throw new JournalError('only a sealed day can be archived: seal it first', { code: 'ERR_JOURNAL_STATE' });
}

/** @throws {JournalError} ERR_JOURNAL_CHAIN */
export function checkManifests(database: SqlConnection): void {
  try {
    verifyManifests(database, []);
  } catch (error) {
    throw error instanceof FoundFault ? brokenChain(error) : error;
  }
}
