/**
 * Checks archives without a database.
 *
 * @module
 */
import { JournalError } from '@egov-gateway/core';

import { type ChainFault, chainFault } from '../chain/chain-fault.ts';
import { type DayManifest, manifestGenesis, successionFault } from '../chain/manifest.ts';
import { type ArchiveSource, archiveFaultOf, type ReadArchiveOptions, readArchive } from './read-archive.ts';

/** What to check an archive against. Everything that is given must hold. */
export interface VerifyArchiveOptions extends ReadArchiveOptions {
  /** Hash of the manifest, lower-case hex, from wherever you kept it. */
  readonly hash?: string | undefined;
  /** SHA-256 of the whole file, lower-case hex, as retention and later manifests record it. */
  readonly sha256?: string | undefined;
}

/** What was found in an archive. */
export interface ArchiveReport {
  /** Whether everything fits. */
  readonly intact: boolean;
  /** The first place that does not. */
  readonly fault?: ChainFault | undefined;
  /** `undefined` when not even that can be read. */
  readonly manifest?: DayManifest | undefined;
  /** SHA-256 of the file, lower-case hex, when it was read to its end. */
  readonly sha256?: string | undefined;
  /** Events that were read and fit. */
  readonly events: number;
}

/** Archives of successive days. */
export interface ArchivesReport {
  readonly intact: boolean;
  /** The first fault, in the order in which the archives were given. */
  readonly fault?: ChainFault | undefined;
  /** Which of the archives it is in, from 0. */
  readonly index?: number | undefined;
  /** Reports in the order given, up to the fault. */
  readonly archives: readonly ArchiveReport[];
}

/**
 * Reads an archive to its end and checks every hash in it. Memory does not grow with its size.
 *
 * An archive that fits its own hashes was not damaged; that nobody rewrote it as a whole, hashes included, is shown by
 * `hash` or `sha256` from another place, or by {@link verifyArchives} up to a hash that you know.
 *
 * @throws {JournalError} ERR_JOURNAL_NOT_FOUND, ERR_JOURNAL_READ_ONLY or ERR_JOURNAL_IO when it cannot be read at all
 */
export async function verifyArchive(
  source: ArchiveSource,
  options: VerifyArchiveOptions = {},
): Promise<ArchiveReport> {
  let manifest: DayManifest | undefined;
  let events = 0;
  try {
    const archive = await readArchive(source, options);
    manifest = archive.manifest;
    for await (const _ of archive.events) events += 1;
    const report = { manifest, sha256: archive.sha256(), events };
    const fault = expectationFault(report, options);
    return fault === undefined ? { intact: true, ...report } : { intact: false, fault, ...report };
  } catch (error) {
    if (!(error instanceof JournalError) || error.code !== 'ERR_JOURNAL_ARCHIVE') throw error;
    const fault = archiveFaultOf(error) ?? chainFault('archive', error.message);
    return { intact: false, fault, manifest, events };
  }
}

/**
 * Checks archives of one journal, the oldest first, and that each follows from the one before it: no day between them
 * is missing. `from` says what the first one must follow from: the beginning of a journal, or a manifest that you know.
 *
 * @throws {JournalError} as {@link verifyArchive}
 */
export async function verifyArchives(
  sources: Iterable<ArchiveSource> | AsyncIterable<ArchiveSource>,
  options: ReadArchiveOptions & { readonly from?: 'beginning' | DayManifest | undefined } = {},
): Promise<ArchivesReport> {
  const { from, ...reading } = options;
  const archives: ArchiveReport[] = [];
  let previous = from === 'beginning' ? undefined : from;
  for await (const source of sources) {
    const index = archives.length;
    const report = await verifyArchive(source, reading);
    const { manifest } = report;
    archives.push(report);
    if (report.fault !== undefined || manifest === undefined) {
      return { intact: false, fault: report.fault, index, archives };
    }
    const before =
      previous ?? (from === 'beginning' ? { genesis: manifestGenesis(manifest.journalId) } : undefined);
    const words =
      (before === undefined ? undefined : successionFault(manifest, before)) ??
      droppedFault(manifest, archives);
    if (words !== undefined) {
      return {
        intact: false,
        fault: chainFault('manifest-missing', words, { day: manifest.day }),
        index,
        archives,
      };
    }
    previous = manifest;
  }
  return { intact: true, archives };
}

/** A later manifest records the archives of the days that were dropped before it. */
function droppedFault(manifest: DayManifest, archives: readonly ArchiveReport[]): string | undefined {
  const wrong = manifest.dropped.find(({ day, archiveSha256 }) =>
    archives.some((archive) => archive.manifest?.day === day && archive.sha256 !== archiveSha256),
  );
  return wrong && `it records another archive of ${wrong.day} than the one that was given`;
}

function expectationFault(
  report: { readonly manifest: DayManifest; readonly sha256: string },
  { hash, sha256 }: VerifyArchiveOptions,
): ChainFault | undefined {
  const place = { day: report.manifest.day };
  if (hash !== undefined && hash !== report.manifest.hash) {
    return chainFault(
      'manifest-changed',
      'the archive is whole, but it is not the day that was sealed',
      place,
    );
  }
  if (sha256 !== undefined && sha256 !== report.sha256) {
    return chainFault('archive', 'the archive is whole, but it is not the file that was recorded', place);
  }
  return undefined;
}
