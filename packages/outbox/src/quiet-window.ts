import { assertOptions } from './checked-options.ts';

/** A day of the week. */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/**
 * Hours in which nothing of a service is sent, agreed with its owner. Given in local time; one that ends before it begins
 * goes over midnight and belongs to the day it begins on.
 *
 * @see Rules No 123, п.48: technical breaks are agreed three working days ahead
 */
export interface QuietWindow {
  /** `HH:MM`, local time. */
  readonly from: string;
  /** `HH:MM`, local time, the first minute that is not quiet any more; `24:00` is the end of the day. */
  readonly to: string;
  /** Offset of the local time, `±HH:MM`. Default: `+05:00`, Kazakhstan since 1 March 2024. */
  readonly utcOffset?: string | undefined;
  /** Days it begins on. Default: every day, or none when there are `dates`. */
  readonly days?: readonly Weekday[] | undefined;
  /** Local dates it begins on, `YYYY-MM-DD`, such as public holidays. */
  readonly dates?: readonly string[] | undefined;
}

/**
 * When technical breaks fall unless something else was agreed: nights from 21:00 to 06:00 and weekends. Public holidays
 * change every year: add them as `dates`. The gateway itself takes messages around the clock (п.46), so nothing uses these
 * windows unless you name them in a policy.
 *
 * @see Rules No 123, п.48
 */
export const technicalBreaks: readonly QuietWindow[] = [
  { from: '21:00', to: '06:00' },
  { from: '00:00', to: '24:00', days: ['sat', 'sun'] },
];

/** A window with its numbers read. @internal */
export interface ResolvedWindow {
  readonly fromMs: number;
  /** Greater than `fromMs`; beyond a day when the window goes over midnight. */
  readonly toMs: number;
  readonly offsetMs: number;
  /** Whether it begins on the local day, in days since the epoch. */
  readonly beginsOn: (day: number) => boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MAX_WINDOWS = 100;
const MAX_DATES = 400;

/** The first of January 1970 was a Thursday. */
const weekdays: readonly Weekday[] = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'];

/** @throws {TypeError} when a window is not understood, or when together they never end @internal */
export function resolveWindows(
  what: string,
  windows: readonly QuietWindow[] | undefined,
): readonly ResolvedWindow[] {
  if (windows === undefined) return [];
  assertList(what, windows, MAX_WINDOWS);
  const resolved = windows.map((window, index) => resolveWindow(`${what}[${index}]`, window));
  // Windows of dates end by themselves; those of weekdays could fill any week, that of the epoch as well.
  if (quietUntilMs(resolved, 0, 8 * DAY_MS) === Number.POSITIVE_INFINITY) {
    throw new TypeError(`${what} leaves no time at all in a week`);
  }
  return resolved;
}

/**
 * When the quiet that holds at `nowMs` ends, windows that touch each other taken together; `undefined` when it is not
 * quiet.
 *
 * @param horizonMs - a quiet that lasts longer than this counts as endless
 * @internal
 */
export function quietUntilMs(
  windows: readonly ResolvedWindow[],
  nowMs: number,
  horizonMs: number = MAX_DATES * 2 * DAY_MS,
): number | undefined {
  let untilMs = nowMs;
  for (;;) {
    const ends = windows.map((window) => endMs(window, untilMs)).filter((end) => end !== undefined);
    if (ends.length === 0) return untilMs === nowMs ? undefined : untilMs;
    untilMs = Math.max(...ends);
    if (untilMs - nowMs > horizonMs) return Number.POSITIVE_INFINITY;
  }
}

/** When the window around `atMs` ends, or `undefined` when there is none. */
function endMs({ fromMs, toMs, offsetMs, beginsOn }: ResolvedWindow, atMs: number): number | undefined {
  const localMs = atMs + offsetMs;
  const today = Math.floor(localMs / DAY_MS);
  for (const day of [today, today - 1]) {
    const sinceMs = localMs - day * DAY_MS;
    if (sinceMs >= fromMs && sinceMs < toMs && beginsOn(day)) return day * DAY_MS + toMs - offsetMs;
  }
  return undefined;
}

function resolveWindow(what: string, window: QuietWindow): ResolvedWindow {
  assertOptions(what, window, ['from', 'to', 'utcOffset', 'days', 'dates']);
  const fromMs = timeOfDayMs(`${what}.from`, window.from);
  const toMs = timeOfDayMs(`${what}.to`, window.to);
  if (fromMs === toMs) {
    throw new TypeError(`${what} begins when it ends; a whole day is from 00:00 to 24:00`);
  }
  return {
    fromMs,
    toMs: toMs > fromMs ? toMs : toMs + DAY_MS,
    offsetMs: offsetMs(`${what}.utcOffset`, window.utcOffset ?? '+05:00'),
    beginsOn: beginsOn(what, window),
  };
}

function beginsOn(what: string, { days, dates }: QuietWindow): (day: number) => boolean {
  if (days === undefined && dates === undefined) return () => true;
  if (days !== undefined) assertList(`${what}.days`, days, 7);
  if (dates !== undefined) assertList(`${what}.dates`, dates, MAX_DATES);
  for (const day of days ?? []) {
    if (!weekdays.includes(day))
      throw new TypeError(`${what}.days must be of mon, tue, wed, thu, fri, sat, sun`);
  }
  const onDays = new Set(days);
  const onDates = new Set((dates ?? []).map((date, index) => dayOf(`${what}.dates[${index}]`, date)));
  return (day) => onDates.has(day) || onDays.has(weekdays[((day % 7) + 7) % 7] as Weekday);
}

function assertList(what: string, value: unknown, max: number): void {
  if (!Array.isArray(value) || value.length > max) {
    throw new TypeError(`${what} must be an array of at most ${max} entries`);
  }
}

function timeOfDayMs(what: string, text: unknown): number {
  const match = typeof text === 'string' ? /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text) : null;
  const minutes = match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2]);
  if (minutes <= 24 * 60) return minutes * MINUTE_MS;
  throw new TypeError(`${what} must be a time of day, HH:MM from 00:00 to 24:00`);
}

function offsetMs(what: string, text: unknown): number {
  const match = typeof text === 'string' ? /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(text) : null;
  if (match === null) throw new TypeError(`${what} must be an offset such as +05:00`);
  return (Number(match[2]) * 60 + Number(match[3])) * MINUTE_MS * (match[1] === '-' ? -1 : 1);
}

function dayOf(what: string, text: unknown): number {
  const isDate = typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text);
  const atMs = isDate ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // 30 February is no date, though Date.parse of some engines takes it for one in March.
  if (Number.isNaN(atMs) || !new Date(atMs).toISOString().startsWith(`${text}T`)) {
    throw new TypeError(`${what} must be a date, YYYY-MM-DD`);
  }
  return atMs / DAY_MS;
}
