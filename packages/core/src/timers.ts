/** Runs things later. Injected beside the clock, so that tests let hours pass in milliseconds. */
export interface Timers {
  /** Runs `run` once, `delayMs` milliseconds from now, unless the returned function is called before. */
  schedule(run: () => void, delayMs: number): () => void;
}

/** The longest delay that Node.js keeps: a longer one would fire at once. */
const MAX_DELAY_MS = 0x7fff_ffff;

/** The timers of the machine. They keep the process alive while something is scheduled. */
export const systemTimers: Timers = {
  schedule(run, delayMs) {
    const timer = setTimeout(run, Math.min(Math.max(0, delayMs), MAX_DELAY_MS));
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delayMs` milliseconds, or as soon as the signal fires. */
export function pause(timers: Timers, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const finish = () => {
      cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = timers.schedule(finish, delayMs);
    signal.addEventListener('abort', finish);
  });
}
