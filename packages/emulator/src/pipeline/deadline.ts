import { Refusal, type RefusalCode } from '../codes.ts';

/**
 * Does the work with a deadline.
 *
 * The signal handed to the work is aborted when time is over and when `outer` is; the work is then left to itself.
 *
 * @throws {Refusal} with the code when time is over; the reason of `outer` when that aborts
 * @internal
 */
export async function within<Value>(
  ms: number,
  code: RefusalCode,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  outer.throwIfAborted();
  const controller = new AbortController();
  let onOuterAbort: (() => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
    onOuterAbort = () => controller.abort(outer.reason);
    outer.addEventListener('abort', onOuterAbort, { once: true });
  });
  const timer = setTimeout(() => controller.abort(new Refusal(code)), Math.max(0, ms));
  try {
    return await Promise.race([stopped, work(controller.signal)]);
  } finally {
    clearTimeout(timer);
    if (onOuterAbort !== undefined) outer.removeEventListener('abort', onOuterAbort);
  }
}
