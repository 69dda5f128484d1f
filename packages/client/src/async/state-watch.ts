import {
  JournalError,
  type MessageJournal,
  type MessageState,
  type RecordedMessage,
  type Timers,
} from '@egov-gateway/core';

/** What to wait for, and how long. */
export interface WaitOptions {
  /** Any of these. Default: those after which nothing happens by itself, `in-doubt` included: see {@link settledStates}. */
  readonly states?: readonly MessageState[] | undefined;
  /** Gives up; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Gives up after so long, milliseconds, with a `DOMException` named `TimeoutError`. Default: waits for good. */
  readonly timeoutMs?: number | undefined;
}

/** States that a message stays in unless a person or the gateway changes it. */
export const settledStates: readonly MessageState[] = [
  'answered',
  'rejected',
  'expired',
  'dead',
  'in-doubt',
  'handled',
];

/** How often to look for what other processes did, milliseconds. */
const RECHECK_MS = 1_000;

/**
 * Waits for states of messages: woken by changes of this process, and by looking for those of others.
 *
 * @internal
 */
export class StateWatch {
  readonly #journal: Pick<MessageJournal, 'message'>;
  readonly #timers: Timers;
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #closing = new AbortController();

  constructor(journal: Pick<MessageJournal, 'message'>, timers: Timers) {
    this.#journal = journal;
    this.#timers = timers;
  }

  /** Something happened to this message. */
  notify(localKey: string): void {
    for (const wake of this.#waiting.get(localKey) ?? []) wake();
  }

  /** Whoever still waits is told that nothing will come. */
  close(): void {
    this.#closing.abort(new DOMException('the gateway was closed', 'AbortError'));
  }

  /** @throws {JournalError} `ERR_JOURNAL_NOT_FOUND` */
  wait(localKey: string, { states = settledStates, ...limits }: WaitOptions): Promise<RecordedMessage> {
    return this.until(localKey, ({ state }) => states.includes(state), limits);
  }

  /** The message as soon as something holds of it. @throws {JournalError} `ERR_JOURNAL_NOT_FOUND` */
  async until(
    localKey: string,
    holds: (message: RecordedMessage) => boolean,
    { signal, timeoutMs }: Omit<WaitOptions, 'states'>,
  ): Promise<RecordedMessage> {
    const late = new AbortController();
    const cancel =
      timeoutMs === undefined
        ? undefined
        : this.#timers.schedule(
            () => late.abort(new DOMException(`not within ${timeoutMs} ms`, 'TimeoutError')),
            timeoutMs,
          );
    const interruptions = [signal, late.signal, this.#closing.signal].filter((one) => one !== undefined);
    const interrupted = AbortSignal.any(interruptions);
    try {
      for (;;) {
        interrupted.throwIfAborted();
        // Listens before it looks: what happens in between is not missed.
        const turn = this.#change(localKey, interrupted);
        try {
          const message = await this.#journal.message(localKey);
          if (message === undefined) {
            throw new JournalError(
              'the journal has no message with this key: use the one that send returned',
              {
                code: 'ERR_JOURNAL_NOT_FOUND',
              },
            );
          }
          if (holds(message)) return message;
          await turn.change;
        } finally {
          turn.forget();
        }
      }
    } finally {
      cancel?.();
    }
  }

  #change(localKey: string, interrupted: AbortSignal): { change: Promise<void>; forget: () => void } {
    let wake = (): void => {};
    const change = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const cancel = this.#timers.schedule(wake, RECHECK_MS);
    const wakes = this.#waiting.get(localKey) ?? new Set();
    this.#waiting.set(localKey, wakes.add(wake));
    interrupted.addEventListener('abort', wake);
    return {
      change,
      forget: () => {
        cancel();
        interrupted.removeEventListener('abort', wake);
        wakes.delete(wake);
        if (wakes.size === 0 && this.#waiting.get(localKey) === wakes) this.#waiting.delete(localKey);
      },
    };
  }
}
