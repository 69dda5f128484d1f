/**
 * Instants as text, with the offset that the sender wrote.
 *
 * @see XML Schema Part 2, 3.2.7 "dateTime"
 * @module
 */
import type * as z from 'zod';

import { refinedText } from '../refined-text.ts';
import { readDigits } from './digits.ts';
import { readOffset } from './offset.ts';
import { readCalendarDay } from './xs-date.ts';

/** An instant as XML writes it, `2026-01-13T10:00:00.000+05:00`, checked, with its offset kept. */
export type XsDateTime = string & z.core.$brand<'XsDateTime'>;

/**
 * The instant, milliseconds since the epoch, or `undefined` when `text` is not an `xs:dateTime`.
 *
 * @param assumedOffsetMinutes - minutes east of UTC for a text that names no offset. Default: 300, which is the time of
 *   all Kazakhstan since 1 March 2024; older local times were +06:00 in most regions
 * @throws {TypeError} when `assumedOffsetMinutes` is no number
 */
export function instantOf(text: string, assumedOffsetMinutes = 300): number | undefined {
  if (!Number.isFinite(assumedOffsetMinutes)) throw new TypeError('assumedOffsetMinutes must be a number');
  const day = readCalendarDay(text);
  if (day === undefined || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return undefined;
  const hour = readDigits(text, 11, 2);
  const minute = readDigits(text, 14, 2);
  const second = readDigits(text, 17, 2);
  if (hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 59) return undefined;

  const fraction = /^(?:\.(\d+))?/.exec(text.slice(19)) as RegExpExecArray;
  const digits = fraction[1] ?? '';
  // 24:00:00 is the first instant of the next day; setUTCHours takes it as that.
  const isEndOfDay = hour === 24 && minute === 0 && second === 0 && !/[1-9]/.test(digits);
  if (hour > 23 && !isEndOfDay) return undefined;
  const zoneAt = 19 + fraction[0].length;
  const offset = zoneAt === text.length ? assumedOffsetMinutes : readOffset(text, zoneAt);
  if (offset === undefined) return undefined;

  const date = new Date(0);
  // Not Date.UTC, to which the years below 100 mean 19xx.
  date.setUTCFullYear(day.year, day.month - 1, day.day);
  date.setUTCHours(hour, minute, second, Number(digits.slice(0, 3).padEnd(3, '0')));
  return date.getTime() - offset * 60_000;
}

/** Whether `text` is an {@link XsDateTime}. */
export function isXsDateTime(text: string): text is XsDateTime {
  return instantOf(text) !== undefined;
}

/**
 * An instant as an {@link XsDateTime} with milliseconds.
 *
 * @param atMs - milliseconds since the epoch
 * @param offset - written into the text. Default: `+05:00`, never the zone of the host
 * @throws {TypeError} when `atMs` is not an instant or `offset` is not one
 */
export function formatXsDateTime(atMs: number, offset = '+05:00'): XsDateTime {
  const minutes = readOffset(offset);
  if (minutes === undefined) throw new TypeError('offset must be Z, or +hh:mm up to 14 hours');
  const local = new Date(atMs + minutes * 60_000);
  if (Number.isNaN(local.getTime()) || local.getUTCFullYear() < 1 || local.getUTCFullYear() > 9999) {
    throw new TypeError('atMs must be milliseconds since the epoch, in the years 1 to 9999');
  }
  return `${local.toISOString().slice(0, -1)}${offset}` as XsDateTime;
}

const breach = {
  rule: 'date-time',
  message: 'must be YYYY-MM-DDThh:mm:ss with or without a fraction and an offset, and exist',
};

/** Schema of an `xs:dateTime` field. Takes plain text, gives {@link XsDateTime}; the offset stays as written. */
export function xsDateTime(): z.core.$ZodBranded<z.ZodString, 'XsDateTime'> {
  return refinedText({
    kind: 'an instant (YYYY-MM-DDThh:mm:ss)',
    breach: (text) => (isXsDateTime(text) ? undefined : breach),
  }).brand<'XsDateTime'>();
}
