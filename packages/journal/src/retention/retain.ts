/**
 * Retention: old days go to archives and out of the database.
 *
 * @module
 */
import { assertOptions, JournalError } from '@egov-gateway/core';

import { archiveDay, brokenChain, knownArchive, type WrittenArchive } from '../archive/archive-day.ts';
import { FoundFault } from '../chain/found-fault.ts';
import type { DayManifest } from '../chain/manifest.ts';
import type { SqlConnection } from '../chain/sql.ts';
import { manifestOf } from '../chain/verify-events.ts';
import { verifyManifests } from '../chain/verify-manifests.ts';
import { beginDrop, droppingDay, dropSlice, finishDrop, forgetTraces } from './drop-day.ts';
import {
  beginOfDay,
  type DayPlace,
  type DropRule,
  isFinished,
  judgeAgain,
  judgeDay,
  type KeptDay,
  type MessageSummary,
} from './droppable-day.ts';

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
  /** Ends it between two transactions; it rejects with the signal's reason. What is done by then is done. */
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
 * Archives and drops, day by day: a day goes message after message, in small transactions, after its archive was written,
 * synced and read back. After a crash at any moment a day is in the database, in its archive, or in both, the journal
 * verifies, and running it again finishes.
 *
 * @throws {JournalError} ERR_JOURNAL_CHAIN when the journal does not fit its hashes, ERR_JOURNAL_NOT_FOUND when a day is to
 *   be finished and its archive is not in the folder, and what archiving and writing throw
 */
export async function retain(access: RetentionAccess, options: RetainOptions): Promise<RetentionReport> {
  assertOptions('retain', options, ['keepDays', 'folder', 'finished', 'dryRun', 'onArchive', 'signal']);
  const { keepDays, folder, finished = isFinished, dryRun = false, signal } = options;
  if (!Number.isSafeInteger(keepDays) || keepDays < 0) {
    throw new TypeError('keepDays must be a whole number of days from 0');
  }
  const { reader } = access;
  checkManifests(reader);
  const days = oldDays(reader, access.nowMs - keepDays * dayMs);
  const rule: DropRule = { lastOldDay: days.at(-1) ?? '', finished };
  const dropped: WrittenArchive[] = [];
  const droppable: string[] = [];
  const kept: KeptDay[] = [];
  if (!dryRun) await forgetAllTraces(access);
  for (const day of days) {
    signal?.throwIfAborted();
    const begun = droppingDay(reader, day);
    const position = lastPosition(reader);
    const held = begun === undefined ? await inTurns(judgeDay(reader, day, rule), signal) : undefined;
    if (held !== undefined) {
      kept.push(held);
      continue;
    }
    if (dryRun) {
      droppable.push(day);
      continue;
    }
    const manifest = sealedDay(reader, day);
    const archive =
      begun === undefined
        ? await archiveDay(reader, manifest, folder)
        : await knownArchive(manifest, { folder, sha256: begun.archiveSha256 });
    options.onArchive?.(archive);
    signal?.throwIfAborted();
    const late = await access.write((database) => {
      // A message of the day may have gone on while it was archived.
      const now = begun === undefined ? judgeAgain(database, day, position, rule) : undefined;
      if (now === undefined) beginDrop(database, archive);
      return now;
    });
    const left = late ?? (await dropDay(access, archive, { rule, signal }));
    if (left === undefined) dropped.push(archive);
    else kept.push(left);
  }
  return { dropped, droppable, kept };
}

/** Drops a day that was begun. Returns a message that must stay, and the day with it. */
async function dropDay(
  access: RetentionAccess,
  archive: WrittenArchive,
  { rule, signal }: { readonly rule: DropRule; readonly signal: AbortSignal | undefined },
): Promise<KeptDay | undefined> {
  const { day } = archive;
  let held: KeptDay | undefined;
  for (let after: DayPlace | undefined = beginOfDay; after !== undefined; ) {
    signal?.throwIfAborted();
    const from: DayPlace = after;
    const slice = await access.write((database) => dropSlice(database, day, { after: from, rule }));
    held ??= slice.held;
    after = slice.next;
  }
  if (held !== undefined) return held;
  if (!(await access.write((database) => finishDrop(database, archive)))) {
    throw new JournalError(`events of ${day} are left, and something writes to it: drop it again`, {
      code: 'ERR_JOURNAL_CONFLICT',
    });
  }
  await forgetAllTraces(access);
  return undefined;
}

async function forgetAllTraces(access: RetentionAccess): Promise<void> {
  if (!hasTraces(access.reader)) return;
  while (await access.write(forgetTraces));
}

/** Judging takes long in a large day: others get their turn. */
async function inTurns<T>(work: Generator<void, T, undefined>, signal: AbortSignal | undefined): Promise<T> {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
}

/** Whether something is left of days that are gone. */
function hasTraces(database: SqlConnection): boolean {
  const row = database
    .prepare('SELECT 1 FROM journal_dropped AS d CROSS JOIN journal_gone AS g ON g.day = d.day LIMIT 1')
    .get();
  return row !== undefined && row !== null;
}

/** What was written last, before a day is judged. */
function lastPosition(database: SqlConnection): number {
  const row = database.prepare('SELECT max(position) AS position FROM journal_event').get() as {
    readonly position: number | null;
  };
  return row.position ?? 0;
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
