import type { MessageJournal } from '@egov-gateway/core';

const HOUR_MS = 3_600_000;

/**
 * When one more message of a service may be sent without more than `maxPerHour` in any sixty minutes: `undefined` when
 * that is now. Counted in the journal alone, so that it holds over restarts.
 *
 * @param pending - attempts that are about to be recorded, this one included
 * @internal
 */
export async function limitedUntilMs(
  journal: MessageJournal,
  { serviceId, maxPerHour, pending, nowMs }: LimitQuestion,
): Promise<number | undefined> {
  const isFull = async (sinceMs: number) =>
    (await journal.countSent(serviceId, sinceMs)) + pending > maxPerHour;
  if (!(await isFull(nowMs - HOUR_MS + 1))) return undefined;
  // The earliest start of an hour that has room, to the millisecond. More than twenty questions, asked once an hour.
  let full = nowMs - HOUR_MS + 1;
  let free = nowMs + 1;
  while (free - full > 1) {
    const middle = Math.floor((full + free) / 2);
    if (await isFull(middle)) full = middle;
    else free = middle;
  }
  return free + HOUR_MS - 1;
}

/** What {@link limitedUntilMs} is asked. @internal */
export interface LimitQuestion {
  readonly serviceId: string;
  readonly maxPerHour: number;
  readonly pending: number;
  readonly nowMs: number;
}
