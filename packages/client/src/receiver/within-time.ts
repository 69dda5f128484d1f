import type { Timers } from '@egov-gateway/core';

import { Refusal } from './refusal.ts';

/** When work is to stop. @internal */
export interface TimeLimit {
  readonly timeoutMs: number;
  readonly timers: Timers;
  /** Tells the work that nobody waits for it any more; it is awaited all the same. */
  readonly outer: AbortSignal | undefined;
}

/**
 * The outcome of work that may take so long. The signal handed to it is aborted when the time is over or `outer` is.
 *
 * @throws {Refusal} `timeout` when the time is over; the work is then left to itself
 * @internal
 */
export async function withinTime<Value>(
  { timeoutMs, timers, outer }: TimeLimit,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  const onGone = (): void => controller.abort(outer?.reason);
  if (outer?.aborted === true) onGone();
  outer?.addEventListener('abort', onGone, { once: true });
  let cancel = (): void => {};
  const late = new Promise<never>((_resolve, reject) => {
    cancel = timers.schedule(() => {
      const refusal = new Refusal('timeout');
      controller.abort(refusal);
      reject(refusal);
    }, timeoutMs);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    cancel();
    outer?.removeEventListener('abort', onGone);
  }
}
