import type { Timers } from './timers.ts';

/** How long work may take. */
export interface TimeLimit {
  readonly timeoutMs: number;
  readonly timers: Timers;
  /** Tells the work to come to its end. It is awaited all the same. */
  readonly outer: AbortSignal | undefined;
  /** What to reject with when the time is over. */
  late(): unknown;
}

/**
 * The outcome of work that may take so long. The signal handed to it fires when the time is over, and when `outer` does.
 *
 * @throws {unknown} what `late` returns when the time is over; the work is then left to itself
 */
export async function withinTime<Value>(
  { timeoutMs, timers, outer, late }: TimeLimit,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  const onOuter = (): void => controller.abort(outer?.reason);
  if (outer?.aborted === true) onOuter();
  outer?.addEventListener('abort', onOuter, { once: true });
  let cancel = (): void => {};
  const timeIsUp = new Promise<never>((_resolve, reject) => {
    cancel = timers.schedule(() => {
      const reason = late();
      // First, so that work which rejects with its signal's reason is not taken for an outcome.
      reject(reason);
      controller.abort(reason);
    }, timeoutMs);
  });
  try {
    return await Promise.race([timeIsUp, work(controller.signal)]);
  } finally {
    cancel();
    outer?.removeEventListener('abort', onOuter);
  }
}
