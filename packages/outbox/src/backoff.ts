import { integerOption, maxTimeMs } from '@egov-gateway/core';

import { assertOptions, numberOption } from './checked-options.ts';

/** How long to wait before the next try: longer each time, and never quite the same. */
export interface Backoff {
  /** Before the second try, milliseconds. */
  readonly firstMs?: number | undefined;
  /** Never longer than this, milliseconds. */
  readonly maxMs?: number | undefined;
  /** By what each wait is longer than the one before, 1 to 10. */
  readonly factor?: number | undefined;
  /** The part of a wait that is left to chance, 0 to 1, so that what failed together does not return together. */
  readonly jitter?: number | undefined;
}

/** A {@link Backoff} with nothing left out. @internal */
export type ResolvedBackoff = { readonly [Name in keyof Backoff]-?: number };

/** @throws {TypeError} when an option is unknown or out of range @internal */
export function resolveBackoff(
  what: string,
  backoff: Backoff | undefined,
  fallback: ResolvedBackoff,
): ResolvedBackoff {
  if (backoff === undefined) return fallback;
  assertOptions(what, backoff, ['firstMs', 'maxMs', 'factor', 'jitter']);
  const firstMs = integerOption(`${what}.firstMs`, backoff.firstMs, fallback.firstMs);
  const maxMs = integerOption(`${what}.maxMs`, backoff.maxMs, Math.max(firstMs, fallback.maxMs), {
    min: firstMs,
    max: maxTimeMs,
  });
  return {
    firstMs,
    maxMs,
    factor: numberOption(`${what}.factor`, backoff.factor, fallback.factor, { min: 1, max: 10 }),
    jitter: numberOption(`${what}.jitter`, backoff.jitter, fallback.jitter, { min: 0, max: 1 }),
  };
}

/**
 * How long to wait after try number `attempt`, a whole number of milliseconds, at least 1.
 *
 * @param attempt - 1 after the first try
 * @param random - as `Math.random`
 * @internal
 */
export function backoffMs(backoff: ResolvedBackoff, attempt: number, random: () => number): number {
  const { firstMs, maxMs, factor } = backoff;
  return jittered(Math.min(maxMs, firstMs * factor ** (attempt - 1)), backoff.jitter, random);
}

/** A wait, shortened by chance. @internal */
export function jittered(waitMs: number, jitter: number, random: () => number): number {
  const chance = random();
  // A source that is broken must not turn a wait into none.
  const share = chance >= 0 && chance <= 1 ? chance : 0;
  return Math.max(1, Math.round(waitMs * (1 - jitter * share)));
}
