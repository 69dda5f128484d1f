/**
 * A segment: the events that one writer (one open store) wrote in one UTC day, chained by hashes.
 *
 * @module
 */
import { hash } from 'node:crypto';

import { JournalError } from '@egov-gateway/core';

import { type ChainedEvent, encodeEvent } from './event-encoding.ts';
import { encodeFields } from './field-encoding.ts';

/** What tells one segment from every other. */
export interface SegmentId {
  /** `YYYY-MM-DD` in UTC. */
  readonly day: string;
  /** Drawn anew, a UUID, each time a store is opened. */
  readonly writer: string;
}

const dayMs = 86_400_000;

/** The UTC day of an instant, `YYYY-MM-DD`. @throws {JournalError} ERR_JOURNAL_EVENT outside of the years 1970 to 9999 */
export function utcDay(atMs: number): string {
  if (!Number.isSafeInteger(atMs) || atMs < 0 || atMs >= 253_402_300_800_000) {
    throw new JournalError('an event was not stored: atMs must be an instant of the years 1970 to 9999', {
      code: 'ERR_JOURNAL_EVENT',
    });
  }
  return new Date(atMs).toISOString().slice(0, 10);
}

/** Whether a text is a day as {@link utcDay} writes it. */
export function isUtcDay(text: string): boolean {
  const atMs = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN;
  return Number.isSafeInteger(atMs) && atMs >= 0 && utcDay(atMs) === text;
}

/**
 * The day that an event is written to: that of its clock, but never a sealed one. A clock that went back writes to the
 * day after the last sealed day; the event keeps the instant that the clock said.
 */
export function segmentDay(atMs: number, lastSealedDay: string | undefined): string {
  const day = utcDay(atMs);
  if (lastSealedDay === undefined || day > lastSealedDay) return day;
  return utcDay(Date.parse(`${lastSealedDay}T00:00:00.000Z`) + dayMs);
}

/** What the first event of a segment is chained to, so that a segment cannot be passed off as another: 32 octets. */
export function segmentGenesis(segment: SegmentId): Uint8Array {
  return sha256(
    encodeFields('egw-journal-segment/1', [
      ['day', segment.day],
      ['writer', segment.writer],
    ]),
  );
}

/** SHA-256(previous ‖ encoding): the hash of an event, 32 octets. `previous` is that of the event before it, or the genesis. */
export function eventHash(previous: Uint8Array, event: ChainedEvent): Uint8Array {
  return sha256(Buffer.concat([previous, encodeEvent(event)]));
}

/** SHA-256, 32 octets. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}
