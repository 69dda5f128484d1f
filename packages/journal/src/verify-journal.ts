/**
 * Checks a journal in SQLite from the first manifest to the last queue entry.
 *
 * @module
 */
import { assertOptions, JournalError } from '@egov-gateway/core';

import { type ChainFault, chainFault } from './chain/chain-fault.ts';
import { FoundFault, found } from './chain/found-fault.ts';
import { type JournalHeads, type ManifestHead, readHeads } from './chain/known-heads.ts';
import type { SqlConnection } from './chain/sql.ts';
import { verifyEvents } from './chain/verify-events.ts';
import { type CheckedManifests, verifyManifests } from './chain/verify-manifests.ts';
import { verifyMessages } from './chain/verify-messages.ts';
import { verifySchema } from './chain/verify-schema.ts';
import { verifyTexts } from './chain/verify-texts.ts';
import { journalError, sqliteCode } from './sqlite/sqlite-error.ts';

/** How a journal is verified. */
export interface VerifyJournalOptions {
  /** Heads that you kept somewhere else: every one of them must be found again. Only they show a rewritten whole. */
  readonly heads?: readonly JournalHeads[] | undefined;
  /** Called now and then with what was checked so far. */
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  /** Ends the verification; it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What was checked. */
export interface VerifyProgress {
  /** Days whose events are here. */
  readonly days: number;
  readonly segments: number;
  readonly events: number;
  /** Length of all stored bytes. */
  readonly storedBytes: number;
  /** Messages that were replayed; counted after all events were checked. */
  readonly messages: number;
}

/** What was found in a journal. */
export interface JournalReport extends VerifyProgress {
  /** Whether everything fits. */
  readonly intact: boolean;
  /** The first place that does not. */
  readonly fault?: ChainFault | undefined;
  /** Sealed days, dropped ones included. */
  readonly manifests: number;
  readonly droppedDays: number;
  /** What the journal stands at; when it is intact. */
  readonly heads?: JournalHeads | undefined;
}

/**
 * Checks the database file, manifests, events, bytes, indexes and queues, in one snapshot: others go on writing.
 *
 * Memory does not grow with the journal. It stops at the first fault.
 *
 * @param database - a connection of its own, which nobody else uses meanwhile
 * @throws {JournalError} ERR_JOURNAL_LOCKED, ERR_JOURNAL_IO when it cannot be read now; damage is a fault, not an error
 */
export async function verifyJournal(
  database: SqlConnection,
  options: VerifyJournalOptions = {},
): Promise<JournalReport> {
  assertOptions('verify', options, ['heads', 'onProgress', 'signal']);
  const counts = { days: 0, segments: 0, events: 0, storedBytes: 0, messages: 0 };
  let manifests: CheckedManifests | undefined;
  let fault: ChainFault | undefined;
  let heads: JournalHeads | undefined;
  try {
    database.exec('BEGIN');
    checkFile(database);
    verifySchema(database);
    await drive(verifyTexts(database), counts, options);
    manifests = verifyManifests(database, options.heads ?? []);
    await drive(verifyEvents(database, manifests, options.heads ?? [], counts), counts, options);
    await drive(verifyMessages(database, counts), counts, options);
    checkPositions(database, manifests, counts.events);
    heads = readHeads(database);
  } catch (error) {
    fault = faultOf(error);
  } finally {
    endTransaction(database);
  }
  return {
    intact: fault === undefined,
    ...(fault === undefined ? {} : { fault }),
    ...counts,
    manifests: manifests?.count ?? 0,
    droppedDays: manifests?.dropped.size ?? 0,
    ...(heads === undefined ? {} : { heads }),
  };
}

export type { JournalHeads, ManifestHead };

async function drive(
  pages: Generator<void, void, undefined>,
  counts: VerifyProgress,
  { onProgress, signal }: VerifyJournalOptions,
): Promise<void> {
  for (const _ of pages) {
    signal?.throwIfAborted();
    onProgress?.({ ...counts });
    // SQLite is read synchronously: whoever else waits in this process gets a turn between two pages.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** SQLite's own check of pages and indexes: the others trust that an index finds what is there. */
function checkFile(database: SqlConnection): void {
  // As octets: what is said of damage quotes damaged names.
  const rows = database
    .prepare('SELECT CAST(integrity_check AS BLOB) AS said FROM pragma_integrity_check')
    .all() as { readonly said: Uint8Array }[];
  if (rows.length !== 1 || Buffer.from(rows[0]?.said ?? []).toString() !== 'ok')
    found('database', 'SQLite says that the file is damaged');
}

/**
 * Positions are given without gaps, so that their number tells how many events there ever were: a segment of today that
 * was taken away with all its traces shows here.
 */
function checkPositions(database: SqlConnection, manifests: CheckedManifests, events: number): void {
  const given = database.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'journal_event'`).get() as
    | { seq: number }
    | null
    | undefined;
  const expected = given?.seq ?? 0;
  const all = events + manifests.droppedEvents;
  if (all !== expected) {
    found('event-missing', `${expected} events were written, ${all} are here or in archives`);
  }
}

function faultOf(error: unknown): ChainFault {
  if (error instanceof FoundFault) return error.fault;
  const failure = sqliteCode(error) === undefined ? error : journalError(error);
  if (failure instanceof JournalError && failure.code === 'ERR_JOURNAL_DAMAGED') {
    return chainFault('database', failure.message);
  }
  throw failure;
}

function endTransaction(database: SqlConnection): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // There was none: BEGIN failed, and that is what is told.
  }
}
