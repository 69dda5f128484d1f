/**
 * `xs:dateTime` as the gateway's messages carry it.
 *
 * Nothing here asks the host for its time zone: an offset is given, or it is the constant of the country, or it is
 * unknown and said to be so.
 *
 * @module
 */

/** Offset of Kazakhstan since 1 March 2024, when the country moved to one zone. */
export const kazakhstanOffset = '+05:00';

const MINUTE_MS = 60_000;
const offsetPattern = /^[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)$/;
const dateTimePattern =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:(Z)|([+-]\d\d):?([0-5]\d))?$/;
/** 0001-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: the years that four digits can say. */
const FIRST_MS = -62_135_596_800_000;
const LAST_MS = 253_402_300_799_999;

/** A date of a received message. */
export interface MessageDate {
  /** The instant, milliseconds since the epoch; `null` when the text has no zone and none was assumed. */
  readonly atMs: number | null;
  /** The zone as written, `±hh:mm` (`Z` is `+00:00`); `null` when the text has none. */
  readonly offset: string | null;
}

/** Whether `text` is an offset that `xs:dateTime` allows: `±hh:mm`, at most 14 hours. */
export function isOffset(text: string): boolean {
  return offsetPattern.test(text);
}

/** Whether {@link formatMessageDate} can write this instant at this offset. */
export function isMessageDate(atMs: number, offset: string): boolean {
  if (!Number.isInteger(atMs) || !isOffset(offset)) return false;
  const localMs = atMs + offsetMs(offset);
  return localMs >= FIRST_MS && localMs <= LAST_MS;
}

/**
 * An instant as `YYYY-MM-DDThh:mm:ss.sss±hh:mm`, the clock reading at that offset.
 *
 * @param atMs - milliseconds since the epoch, an integer
 * @param offset - `±hh:mm`; default {@link kazakhstanOffset}
 * @throws {TypeError} when the instant is not one of the years 1 to 9999, or the offset is not `±hh:mm`
 * @see Rules No 123, Приложение 1, 2.1 "messageDate"
 * @example
 * ```ts
 * formatMessageDate(Date.UTC(2026, 0, 13, 5)); // '2026-01-13T10:00:00.000+05:00'
 * ```
 */
export function formatMessageDate(atMs: number, offset: string = kazakhstanOffset): string {
  if (!isMessageDate(atMs, offset)) {
    throw new TypeError('expected whole milliseconds of a year from 1 to 9999 and an offset like +05:00');
  }
  return new Date(atMs + offsetMs(offset)).toISOString().slice(0, -1) + offset;
}

/**
 * Reads a date of a received message; `undefined` when the text is not one.
 *
 * Fractions finer than a millisecond are cut off, and an offset without its colon (`+0600`), which is seen on the
 * wire, is understood.
 *
 * @param options - `assumeOffset`, `±hh:mm`: what a date without a zone means. Default: nothing, `atMs` is `null`.
 * @throws {TypeError} when `assumeOffset` is not `±hh:mm`
 */
export function parseMessageDate(
  text: string,
  options: { readonly assumeOffset?: string | undefined } = {},
): MessageDate | undefined {
  const { assumeOffset } = options;
  if (assumeOffset !== undefined && !isOffset(assumeOffset)) {
    throw new TypeError('expected assumeOffset like +05:00');
  }
  const match = dateTimePattern.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', utc, offsetHours, offsetMinutes] = match;

  const midnight = hour === '24';
  if (midnight && !/^0*$/.test(`${minute}${second}${fraction}`)) return undefined;
  const localMs = Date.parse(
    `${year}-${month}-${day}T${midnight ? '00' : hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`,
  );
  // Date.parse rolls 31 April over to 1 May instead of refusing it.
  if (Number.isNaN(localMs) || !new Date(localMs).toISOString().startsWith(`${year}-${month}-${day}`)) {
    return undefined;
  }

  const offset = utc ? '+00:00' : offsetHours === undefined ? null : `${offsetHours}:${offsetMinutes}`;
  if (offset !== null && !isOffset(offset)) return undefined;
  const known = offset ?? assumeOffset;
  const wholeMs = localMs + (midnight ? 24 * 60 * MINUTE_MS : 0);
  return { atMs: known === undefined ? null : wholeMs - offsetMs(known), offset };
}

function offsetMs(offset: string): number {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
  return (offset.startsWith('-') ? -minutes : minutes) * MINUTE_MS;
}
