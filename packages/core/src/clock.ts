/** The time of day, injected so that tests and replays can choose it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still. For tests and for judging a message at a past instant. */
export function fixedClock(atMs: number): Clock {
  if (!Number.isFinite(atMs)) throw new TypeError('atMs must be a finite number of milliseconds');
  return { now: () => atMs };
}
