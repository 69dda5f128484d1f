/**
 * The manifest of a day: what was written on it, sealed, and chained to the manifest before.
 *
 * @module
 */
import { encodeFields } from './field-encoding.ts';
import { isUtcDay, sha256 } from './segment.ts';

/** One segment of a sealed day. Hashes are lower-case hex of 32 octets. */
export interface SegmentSummary {
  readonly writer: string;
  /** Number of events. */
  readonly count: number;
  readonly firstHash: string;
  readonly lastHash: string;
}

/** A day whose events were taken out of the database, after they had been archived. */
export interface DroppedDay {
  readonly day: string;
  /** SHA-256 of the archive file, lower-case hex. */
  readonly archiveSha256: string;
}

/** What a manifest says, without its own hash. */
export interface ManifestContent {
  /** Of the journal, drawn when it was made. */
  readonly journalId: string;
  /** From 1, without gaps. */
  readonly number: number;
  /** `YYYY-MM-DD` in UTC; later than that of the manifest before. Days without events have none. */
  readonly day: string;
  /** When the day was sealed, milliseconds since the epoch. */
  readonly sealedAtMs: number;
  /** Every segment of the day, sorted by writer. */
  readonly segments: readonly SegmentSummary[];
  /** Days dropped since the manifest before, sorted by day. */
  readonly dropped: readonly DroppedDay[];
  /** Hash of the manifest before, or {@link manifestGenesis} of the journal: lower-case hex. */
  readonly previousHash: string;
}

/** A sealed day. */
export interface DayManifest extends ManifestContent {
  /** SHA-256 of the content, lower-case hex. Keep the newest one somewhere else. */
  readonly hash: string;
}

/** What the first manifest of a journal is chained to, lower-case hex. `journalId` is drawn when the journal is made. */
export function manifestGenesis(journalId: string): string {
  return toHex(sha256(encodeFields('egw-journal/1', [['journal', journalId]])));
}

/** Seals the content of a day. */
export function sealManifest(content: ManifestContent): DayManifest {
  const { journalId, number, day, sealedAtMs, previousHash } = content;
  const segments = content.segments
    .map(({ writer, count, firstHash, lastHash }) => ({ writer, count, firstHash, lastHash }))
    .sort((a, b) => compare(a.writer, b.writer));
  const dropped = content.dropped
    .map((one) => ({ day: one.day, archiveSha256: one.archiveSha256 }))
    .sort((a, b) => compare(a.day, b.day));
  const sealed = { journalId, number, day, sealedAtMs, segments, dropped, previousHash };
  return { ...sealed, hash: manifestHash(sealed) };
}

/** SHA-256 of a manifest's content, lower-case hex. */
export function manifestHash(content: ManifestContent): string {
  const encoding = encodeFields('egw-journal-manifest/1', [
    ['journal', content.journalId],
    ['number', content.number],
    ['day', content.day],
    ['sealedAtMs', content.sealedAtMs],
    ['previousHash', content.previousHash],
    ...content.segments.flatMap(
      (segment) =>
        [
          ['segmentWriter', segment.writer],
          ['segmentCount', segment.count],
          ['segmentFirst', segment.firstHash],
          ['segmentLast', segment.lastHash],
        ] as const,
    ),
    ...content.dropped.flatMap(
      (one) =>
        [
          ['droppedDay', one.day],
          ['droppedArchive', one.archiveSha256],
        ] as const,
    ),
  ]);
  return toHex(sha256(encoding));
}

/** A manifest as one line of JSON, always the same for the same manifest. */
export function manifestText(manifest: DayManifest): string {
  return JSON.stringify({ ...sealManifest(manifest), hash: manifest.hash });
}

/** Reads what {@link manifestText} wrote; `undefined` when it is anything else, or its hash is not that of its content. */
export function parseManifest(text: string): DayManifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isManifest(value)) return undefined;
  return manifestText(value) === text && manifestHash(value) === value.hash ? value : undefined;
}

/** What is wrong with a manifest as the successor of another one, or `undefined`. */
export function successionFault(
  manifest: DayManifest,
  previous: DayManifest | { readonly genesis: string },
): string | undefined {
  const expected =
    'genesis' in previous
      ? { number: 1, hash: previous.genesis, day: '', journalId: manifest.journalId }
      : { ...previous, number: previous.number + 1 };
  if (manifest.number !== expected.number) {
    return `manifest ${expected.number} is missing: the next one has number ${manifest.number}`;
  }
  if (manifest.previousHash !== expected.hash || manifest.journalId !== expected.journalId) {
    return `manifest ${manifest.number} is not chained to the one before it`;
  }
  if (manifest.day <= expected.day)
    return `manifest ${manifest.number} is of no later day than the one before it`;
  return undefined;
}

function isManifest(value: unknown): value is DayManifest {
  if (!isRecord(value)) return false;
  const { journalId, number, day, sealedAtMs, segments, dropped, previousHash, hash } = value;
  return (
    isText(journalId) &&
    isCount(number) &&
    typeof day === 'string' &&
    isUtcDay(day) &&
    Number.isSafeInteger(sealedAtMs) &&
    Number(sealedAtMs) >= 0 &&
    Array.isArray(segments) &&
    segments.length > 0 &&
    segments.every(isSegment) &&
    Array.isArray(dropped) &&
    dropped.every(isDropped) &&
    isHash(previousHash) &&
    isHash(hash)
  );
}

function isSegment(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { writer, count, firstHash, lastHash } = value;
  return isText(writer) && isCount(count) && isHash(firstHash) && isHash(lastHash);
}

function isDropped(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['day'] === 'string' &&
    isUtcDay(value['day']) &&
    isHash(value['archiveSha256'])
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !/[\0\p{Surrogate}]/u.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

/** By code units: the same everywhere, whatever the language of the machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
