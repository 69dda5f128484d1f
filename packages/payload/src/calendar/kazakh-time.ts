import { dateOfDayNumber } from './calendar-days.ts';
import { readOffset } from './offset.ts';
import { readXsDate, type XsDate } from './xs-date.ts';

/** An offset that Kazakhstan has had. */
export type KazakhOffset = '+05:00' | '+06:00';

/** Where the clock counts that an instant before March 2024 was read from. */
export type KazakhRegion =
  /** Regions that were at +06:00 until then, Astana and Almaty among them. */
  | 'most'
  /** Western regions, at +05:00 before and after. */
  | 'west';

/** At 00:00 of 1 March 2024, local time of the regions at +06:00. */
const unifiedMs = Date.UTC(2024, 1, 29, 18);

/**
 * The offset of civil time in Kazakhstan at an instant: +05:00 everywhere since 1 March 2024; before that +06:00 in most
 * regions and +05:00 in the west. Written down here, because time zone data older than 2024 still says +06:00.
 *
 * Not meant for years in which clocks changed in summer.
 *
 * @param atMs - milliseconds since the epoch
 * @param region - Default: `most`
 * @throws {TypeError} when `atMs` is not an instant, or the region is unknown
 */
export function kazakhOffset(atMs: number, region: KazakhRegion = 'most'): KazakhOffset {
  if (!Number.isFinite(atMs)) throw new TypeError('atMs must be milliseconds since the epoch');
  if (region !== 'most' && region !== 'west') throw new TypeError("region must be 'most' or 'west'");
  return atMs < unifiedMs && region === 'most' ? '+06:00' : '+05:00';
}

/**
 * The page of the calendar at an instant.
 *
 * @param atMs - milliseconds since the epoch
 * @param offset - `+05:00`. Default: {@link kazakhOffset} of the instant, never the zone of the host
 * @throws {TypeError} when `atMs` is not an instant in the years 1 to 9999, or `offset` is not one
 */
export function dateAt(atMs: number, offset: string = kazakhOffset(atMs)): XsDate {
  const minutes = readOffset(offset);
  if (minutes === undefined) throw new TypeError('offset must be Z, or +hh:mm up to 14 hours');
  const day = Math.floor((atMs + minutes * 60_000) / 86_400_000);
  // The first and the last day of the years that dates have.
  if (!(day >= -719_162 && day <= 2_932_896)) {
    throw new TypeError('atMs must be milliseconds since the epoch, in the years 1 to 9999');
  }
  return dateOfDayNumber(day) as XsDate;
}

/**
 * A date with an offset behind it, as some services write theirs: `2026-01-13+05:00`. A date that has one keeps it.
 *
 * @param offset - Default: `+05:00`
 * @throws {TypeError} when `date` is no date, or `offset` is not one
 */
export function withOffset(date: string, offset = '+05:00'): XsDate {
  const parts = readXsDate(date);
  if (parts === undefined) throw new TypeError('expected a date that exists, YYYY-MM-DD');
  if (readOffset(offset) === undefined) throw new TypeError('offset must be Z, or +hh:mm up to 14 hours');
  return (parts.offsetMinutes === undefined ? date + offset : date) as XsDate;
}
