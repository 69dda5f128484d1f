/**
 * Reads an archive and checks it on the way. No database is needed.
 *
 * @module
 */
import { createReadStream } from 'node:fs';

import { JournalError } from '@egov-gateway/core';

import { type ChainFault, chainFault, faultWords } from '../chain/chain-fault.ts';
import { hashOf } from '../chain/event-content.ts';
import type { DayManifest, SegmentSummary } from '../chain/manifest.ts';
import { segmentGenesis, sha256 } from '../chain/segment.ts';
import { type ArchivedEvent, parseEventLine, parseHeader } from './archive-format.ts';
import { readLines } from './archive-lines.ts';
import { fileError } from './file-error.ts';

/** A path, a file URL, or the octets of an archive. */
export type ArchiveSource = string | URL | AsyncIterable<Uint8Array>;

/** How an archive is read. */
export interface ReadArchiveOptions {
  /** Longest line that is accepted. Default: 192 MiB. */
  readonly maxLineBytes?: number | undefined;
}

/** An archive being read. */
export interface OpenArchive {
  /** The sealed day. Its hash is that of its content; whether it is the right day, only its neighbours or a head tell. */
  readonly manifest: DayManifest;
  /** SHA-256 of the file, lower-case hex; once the events have been read to their end. */
  sha256(): string;
  /**
   * The events, in the order of their chains. What was given is proven only when the loop has ended without throwing.
   *
   * Throws {JournalError} ERR_JOURNAL_ARCHIVE at the first place that does not fit.
   */
  readonly events: AsyncGenerator<ArchivedEvent, void, undefined>;
}

/** Thrown inside of this package only, to carry the place: see {@link archiveFaultOf}. */
const faults = new WeakMap<Error, ChainFault>();

/** The place that a {@link readArchive} error is about. */
export function archiveFaultOf(error: unknown): ChainFault | undefined {
  return error instanceof Error ? faults.get(error) : undefined;
}

/**
 * Opens an archive and reads its manifest.
 *
 * @throws {JournalError} ERR_JOURNAL_ARCHIVE when it is none, or damaged; ERR_JOURNAL_NOT_FOUND when there is no such file
 * @example
 * ```ts
 * import { readArchive } from '@egov-gateway/journal';
 *
 * const archive = await readArchive('2026-11-22.egwj');
 * for await (const event of archive.events) console.log(event.localKey, event.kind);
 * ```
 */
export async function readArchive(
  source: ArchiveSource,
  options: ReadArchiveOptions = {},
): Promise<OpenArchive> {
  const reader = readLines(octets(source), options.maxLineBytes);
  const first = await reader.lines.next();
  const manifest = first.done === true ? undefined : parseHeader(first.value);
  if (manifest === undefined) {
    throw damaged(chainFault('archive', 'the first line is no manifest of an archive, or was changed'));
  }
  return { manifest, sha256: () => reader.sha256(), events: checkedEvents(manifest, reader.lines) };
}

async function* checkedEvents(
  manifest: DayManifest,
  lines: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<ArchivedEvent, void, undefined> {
  try {
    for (const segment of manifest.segments) yield* checkedSegment(manifest.day, segment, lines);
    const more = await lines.next();
    if (more.done !== true) {
      throw damaged(
        chainFault('event-added', 'there is more in the archive than its manifest counts', {
          day: manifest.day,
        }),
      );
    }
  } finally {
    await lines.return();
  }
}

async function* checkedSegment(
  day: string,
  segment: SegmentSummary,
  lines: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<ArchivedEvent, void, undefined> {
  const { writer, count } = segment;
  let previous = segmentGenesis({ day, writer });
  let position = 0;
  for (let number = 1; number <= count; number += 1) {
    const place = { day, writer, event: number };
    const line = await lines.next();
    if (line.done === true) {
      throw damaged(chainFault('event-missing', `the manifest counts ${count} events in the segment`, place));
    }
    const event = parseEventLine(line.value);
    if (event === undefined)
      throw damaged(chainFault('event-changed', 'the line is not an event as it is written', place));
    if (event.writer !== writer) {
      throw damaged(chainFault('event-missing', 'an event of another segment stands in its place', place));
    }
    const fault = eventFault(event, previous);
    if (fault !== undefined) throw damaged(chainFault(fault.reason, fault.words, place));
    if (event.position <= position) {
      throw damaged(chainFault('event-changed', 'events are not in the order of their positions', place));
    }
    position = event.position;
    previous = event.hash;
    const boundary = number === 1 ? segment.firstHash : undefined;
    if (boundary !== undefined && boundary !== toHex(previous)) {
      throw damaged(chainFault('event-changed', 'the first event is not the one that was sealed', place));
    }
    if (number === count && segment.lastHash !== toHex(previous)) {
      throw damaged(chainFault('event-changed', 'the last event is not the one that was sealed', place));
    }
    yield event;
  }
}

function eventFault(
  event: ArchivedEvent,
  previous: Uint8Array,
): Pick<ChainFault, 'reason' | 'words'> | undefined {
  const { bytes, stored } = event;
  if ((bytes === undefined) !== (stored === undefined)) {
    return {
      reason: 'bytes-missing',
      words: 'bytes are there without their digest, or the digest without them',
    };
  }
  if (bytes !== undefined && stored !== undefined) {
    if (bytes.byteLength !== stored.byteLength || toHex(sha256(bytes)) !== toHex(stored.sha256)) {
      return { reason: 'bytes-changed', words: 'the bytes do not have the digest of their event' };
    }
  }
  if (hashOf(previous, event) !== toHex(event.hash)) {
    return {
      reason: 'event-changed',
      words: 'the event does not follow from the one before it: one of them was changed',
    };
  }
  return undefined;
}

async function* octets(source: ArchiveSource): AsyncGenerator<Uint8Array, void, undefined> {
  if (typeof source !== 'string' && !(source instanceof URL)) {
    yield* source;
    return;
  }
  try {
    for await (const chunk of createReadStream(source, { highWaterMark: 256 * 1024 })) yield chunk as Buffer;
  } catch (error) {
    throw fileError(error, 'the archive was not read');
  }
}

function damaged(fault: ChainFault): JournalError {
  const error = new JournalError(`the archive is damaged: ${faultWords(fault)}`, {
    code: 'ERR_JOURNAL_ARCHIVE',
  });
  faults.set(error, fault);
  return error;
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
