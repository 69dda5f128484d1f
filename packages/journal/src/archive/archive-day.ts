/**
 * Archives sealed days out of the database.
 *
 * @module
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { JournalError } from '@egov-gateway/core';

import { faultWords } from '../chain/chain-fault.ts';
import { FoundFault } from '../chain/found-fault.ts';
import type { DayManifest } from '../chain/manifest.ts';
import type { SqlConnection } from '../chain/sql.ts';
import { walkDay } from '../chain/walk-day.ts';
import { archiveExtension, eventLine, headerLine } from './archive-format.ts';
import { verifyArchive } from './verify-archive.ts';
import { type WrittenFile, writeFileOnce } from './write-archive.ts';

/** An archive that is in place and was read back. */
export interface WrittenArchive extends WrittenFile {
  readonly day: string;
  readonly events: number;
  /** Hash of the manifest in it. */
  readonly hash: string;
}

/**
 * Writes the archive of a sealed day to `folder/YYYY-MM-DD.egwj`, then reads it back from there and checks it. The same day
 * always gives the same octets.
 *
 * @throws {JournalError} ERR_JOURNAL_CHAIN when the day does not fit its hashes: nothing is written. ERR_JOURNAL_ARCHIVE
 *   when another file is there, or what was read back is damaged; ERR_JOURNAL_NOT_FOUND, ERR_JOURNAL_FULL,
 *   ERR_JOURNAL_READ_ONLY or ERR_JOURNAL_IO as the disk refuses
 */
export async function archiveDay(
  database: SqlConnection,
  manifest: DayManifest,
  folder: string,
): Promise<WrittenArchive> {
  const { day, hash } = manifest;
  const written = await writeFileOnce(folder, `${day}${archiveExtension}`, archiveLines(database, manifest));
  const report = await verifyArchive(written.path, { hash, sha256: written.sha256 });
  if (report.fault !== undefined) {
    throw new JournalError(
      `the archive of ${day} was written, and something else was read back: check the disk (${faultWords(report.fault)})`,
      { code: 'ERR_JOURNAL_ARCHIVE' },
    );
  }
  return { day, events: report.events, hash, ...written };
}

/**
 * The archive of a day that is being dropped: it was read back before the first event went, and is there still.
 *
 * @throws {JournalError} ERR_JOURNAL_NOT_FOUND when it is not in the folder, ERR_JOURNAL_ARCHIVE when it is another one
 */
export async function knownArchive(
  { day, hash }: DayManifest,
  { folder, sha256 }: { readonly folder: string; readonly sha256: string },
): Promise<WrittenArchive> {
  const path = join(folder, `${day}${archiveExtension}`);
  const report = await verifyArchive(path, { hash, sha256 });
  if (report.fault !== undefined) {
    throw new JournalError(
      `${day} was dropped in part, and what is in its place is not its archive: put that back (${faultWords(report.fault)})`,
      { code: 'ERR_JOURNAL_ARCHIVE' },
    );
  }
  const { size } = await stat(path);
  return { day, events: report.events, hash, path, sha256, byteLength: size, existed: true };
}

function* archiveLines(database: SqlConnection, manifest: DayManifest): Generator<string, void, undefined> {
  yield headerLine(manifest);
  try {
    for (const { row, event, stored } of walkDay(database, { day: manifest.day, manifest, heads: [] })) {
      yield eventLine({ ...event, writer: row.writer, hash: row.hash, bytes: stored });
    }
  } catch (error) {
    throw error instanceof FoundFault ? brokenChain(error) : error;
  }
}

/** A fault, as the error of whoever can do nothing with a broken journal. */
export function brokenChain({ fault }: FoundFault): JournalError {
  return new JournalError(
    `the journal does not fit its own hashes, and nothing was done: ${faultWords(fault)}`,
    { code: 'ERR_JOURNAL_CHAIN' },
  );
}
