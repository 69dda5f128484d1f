import { getMaxListeners, setMaxListeners } from 'node:events';

const NODE_DEFAULT = 10;
/** Calls that may share one signal, such as that of a shutdown, before Node warns of a leak. */
const MAX_LISTENERS = 1_000;

/**
 * Tells `listener` when the signal fires. One signal for many calls at a time is ordinary use, so that Node's warning
 * about more than ten listeners is put off, unless the caller has set a limit of his own.
 *
 * @internal
 */
export function addAbortListener(signal: AbortSignal, listener: { handleEvent(): void }): void {
  if (getMaxListeners(signal) === NODE_DEFAULT) setMaxListeners(MAX_LISTENERS, signal);
  signal.addEventListener('abort', listener, { once: true });
}
