/**
 * Checks the manifests of a journal and what was dropped.
 *
 * @module
 */
import { found } from './found-fault.ts';
import type { JournalHeads } from './known-heads.ts';
import {
  type DayManifest,
  manifestGenesis,
  manifestText,
  parseManifest,
  successionFault,
} from './manifest.ts';
import { checksumOf, readJournalId } from './seal.ts';
import type { SqlConnection } from './sql.ts';

/** Manifests that fit each other. */
export interface CheckedManifests {
  readonly count: number;
  readonly newest: DayManifest | undefined;
  /** Days whose events are no longer here. */
  readonly dropped: ReadonlySet<string>;
  /** Days whose events go one after the other, and how many of them are gone. */
  readonly dropping: ReadonlyMap<string, number>;
  /** How many events are no longer here. */
  readonly droppedEvents: number;
}

/** Checks identity, manifests and dropped days, and that every known head is among them. Throws a found fault. */
export function verifyManifests(database: SqlConnection, heads: readonly JournalHeads[]): CheckedManifests {
  const journalId = readJournalId(database);
  if (heads.some((head) => head.journalId !== journalId))
    found('head', 'this is another journal than the known head is of');

  const known = heads.flatMap(({ manifest }) => (manifest === undefined ? [] : [manifest]));
  const droppedIn = database.prepare(
    'SELECT day, archive_sha256 AS archiveSha256 FROM journal_dropped WHERE manifest = ? ORDER BY day',
  );
  const successor = database.prepare(
    'SELECT number, day, hash, text FROM journal_manifest WHERE number > ? ORDER BY number LIMIT 1',
  );
  const dropped = droppedDays(database);
  const dropping = droppingDays(database);
  let droppedEvents = [...dropping.values()].reduce((sum, events) => sum + events, 0);
  let newest: DayManifest | undefined;
  for (;;) {
    const row = successor.get(newest?.number ?? Number.MIN_SAFE_INTEGER) as ManifestRow | null | undefined;
    if (row === undefined || row === null) break;
    const manifest = checkedManifest(row);
    const words = successionFault(manifest, newest ?? { genesis: manifestGenesis(journalId) });
    const place = { day: manifest.day };
    if (words !== undefined) found('manifest-missing', words, place);
    const recorded = droppedIn.all(manifest.number) as DayManifest['dropped'];
    if (JSON.stringify(recorded.map(plainDrop)) !== JSON.stringify(manifest.dropped)) {
      found('manifest-changed', 'the manifest records other dropped days than the database', place);
    }
    if (known.some((head) => head.number === manifest.number && head.hash !== manifest.hash)) {
      found('manifest-changed', 'the manifest is not the one that the known head is of', place);
    }
    if (dropped.has(manifest.day))
      droppedEvents += manifest.segments.reduce((sum, { count }) => sum + count, 0);
    newest = manifest;
  }
  const last = newest?.number ?? 0;
  const ahead = known.find((head) => head.number > last);
  if (ahead !== undefined) {
    found('manifest-missing', `the known head is of manifest ${ahead.number}, and there are ${last}`, {
      day: ahead.day,
    });
  }
  if (checksumOf(database) !== storedChecksum(database)) {
    found(
      'head',
      'the newest manifest, a dropped day or what went with one is missing, was added or changed',
    );
  }
  return { count: last, newest, dropped, dropping, droppedEvents };
}

interface ManifestRow {
  readonly number: number;
  readonly day: string;
  readonly hash: string;
  readonly text: string;
}

function checkedManifest(row: ManifestRow): DayManifest {
  const manifest = parseManifest(row.text);
  if (
    manifest === undefined ||
    manifestText(manifest) !== row.text ||
    manifest.number !== row.number ||
    manifest.day !== row.day ||
    manifest.hash !== row.hash
  ) {
    return found('manifest-changed', `manifest ${row.number} was changed`, { day: row.day });
  }
  return manifest;
}

function storedChecksum(database: SqlConnection): string | undefined {
  const rows = database.prepare('SELECT checksum FROM journal_head').all() as { checksum: string }[];
  return rows.length === 1 ? rows[0]?.checksum : undefined;
}

function droppedDays(database: SqlConnection): ReadonlySet<string> {
  const stray = database
    .prepare('SELECT day FROM journal_dropped WHERE day NOT IN (SELECT day FROM journal_manifest) LIMIT 1')
    .get() as { day: string } | null | undefined;
  if (stray !== undefined && stray !== null)
    found('head', 'a day was dropped that was never sealed', { day: stray.day });
  const days = database.prepare('SELECT day FROM journal_dropped').all() as { day: string }[];
  return new Set(days.map((row) => row.day));
}

function droppingDays(database: SqlConnection): ReadonlyMap<string, number> {
  const stray = database
    .prepare(
      `SELECT day FROM journal_dropping WHERE day NOT IN (SELECT day FROM journal_manifest)
         OR day IN (SELECT day FROM journal_dropped) LIMIT 1`,
    )
    .get() as { day: string } | null | undefined;
  if (stray !== undefined && stray !== null)
    found('head', 'a day is being dropped that was never sealed, or was dropped', { day: stray.day });
  const days = database.prepare('SELECT day, events FROM journal_dropping').all() as {
    day: string;
    events: number;
  }[];
  return new Map(days.map(({ day, events }) => [day, Number(events)]));
}

function plainDrop({ day, archiveSha256 }: DayManifest['dropped'][number]) {
  return { day, archiveSha256 };
}
