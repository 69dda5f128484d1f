/**
 * The first place where a journal or an archive does not fit its own hashes.
 *
 * @module
 */

/** Kinds of faults. Stable names, for programs; `words` are for people. */
export type ChainFaultReason =
  /** The table of manifests, dropped days, or the identity of the journal. */
  | 'head'
  | 'manifest-missing'
  | 'manifest-changed'
  /** A day that should be sealed is not, or one is there that was dropped. */
  | 'day-unsealed'
  | 'day-missing'
  | 'segment-missing'
  | 'segment-added'
  | 'event-missing'
  | 'event-added'
  | 'event-changed'
  | 'bytes-missing'
  | 'bytes-changed'
  /** The index of IIN and BIN hashes. */
  | 'subject'
  /** The table of current states. */
  | 'index'
  | 'queue'
  /** A row of another table that no event belongs to, or damage that SQLite itself reports. */
  | 'database'
  | 'archive';

/** Where it is, as far as that can be said. */
export interface ChainPlace {
  /** `YYYY-MM-DD` in UTC. */
  readonly day?: string | undefined;
  /** The segment of that day. */
  readonly writer?: string | undefined;
  /** Event in the segment, from 1. */
  readonly event?: number | undefined;
  /** Message and event in it, from 1. */
  readonly localKey?: string | undefined;
  readonly version?: number | undefined;
}

/** What is wrong, and where. */
export interface ChainFault extends ChainPlace {
  readonly reason: ChainFaultReason;
  /** In words. Names keys and days, never content. */
  readonly words: string;
}

/** A fault without absent fields. */
export function chainFault(reason: ChainFaultReason, words: string, place: ChainPlace = {}): ChainFault {
  const given = Object.entries(place).filter(([, value]) => value !== undefined);
  return { reason, words, ...Object.fromEntries(given) };
}

/** The fault in one line: place, then words. */
export function faultWords(fault: ChainFault): string {
  const { day, writer, event, localKey, version, words } = fault;
  const place = [
    day === undefined ? undefined : `day ${printable(day)}`,
    writer === undefined ? undefined : `segment ${printable(writer)}`,
    event === undefined ? undefined : `event ${event}`,
    localKey === undefined ? undefined : `message ${printable(localKey)}`,
    version === undefined ? undefined : `version ${version}`,
  ].filter((part) => part !== undefined);
  return place.length === 0 ? words : `${place.join(', ')}: ${words}`;
}

/** What stands in a damaged file could be anything. */
function printable(text: string): string {
  return /^[\w-]{1,64}$/.test(text) &&
    !/\d{10}/.test(text.replace(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, ''))
    ? text
    : '(not printable)';
}
