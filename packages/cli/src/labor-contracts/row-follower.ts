/** Rows of the asynchronous channel, from the journal to what became of them. */
import type { AsyncGateway } from '@egov-gateway/client/preset';
import { GatewayError, type MessageJournal, systemTimers } from '@egov-gateway/core';
import type { ContractRegistry } from '@egov-gateway/labor-contracts';
import { type RowResult, sentRow } from '@egov-gateway/labor-contracts/batch';

/** What a {@link RowFollower} works with. */
export interface RowFollowerOptions {
  readonly gateway: Pick<AsyncGateway, 'status'>;
  readonly journal: Pick<MessageJournal, 'feed' | 'message'>;
  readonly registry: Pick<ContractRegistry, 'outcome'>;
  /** Awaited with the result of every row that has come to an end. */
  readonly onSettled: (result: RowResult) => Promise<void>;
  /** Where a message stands that was sent and not answered is asked for after so long; then less and less often. */
  readonly askAfterMs: number;
}

interface OpenRow {
  readonly result: RowResult;
  askAtMs: number;
  pauseMs: number;
}

/** How often to look for what other processes have written, milliseconds. */
const recheckMs = 1_000;
const maxPauseMs = 3_600_000;
const pageLength = 1_000;

/**
 * Follows rows by what is written to the journal, whoever writes it. A refusal need not come as a message of its own: where a
 * row stands that nothing comes for is asked now and then.
 */
export class RowFollower {
  readonly #options: RowFollowerOptions;
  readonly #open = new Map<string, OpenRow>();
  /** Rows of which something new may be known. */
  readonly #touched = new Set<string>();
  /** Read so far, of the feed of the journal. */
  #position: number | undefined;
  #asking: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => {};

  constructor(options: RowFollowerOptions) {
    this.#options = options;
  }

  /** Rows that have not come to an end. */
  get size(): number {
    return this.#open.size;
  }

  /** Something has happened in this process. */
  wake(): void {
    this.#wake();
  }

  /** Takes a row that is under way, and looks whether any other one has come to an end. */
  async follow(result: RowResult): Promise<void> {
    const { localKey } = result;
    if (localKey === undefined) return;
    const { journal, askAfterMs } = this.#options;
    this.#position ??= (await journal.message(localKey))?.events.at(-1)?.position;
    this.#open.set(localKey, { result, askAtMs: performance.now() + askAfterMs, pauseMs: askAfterMs });
    // It may have ended before it was followed.
    this.#touched.add(localKey);
    await this.settle();
  }

  /** Tells of every row that has come to an end. */
  async settle(): Promise<void> {
    const { journal, registry, onSettled } = this.#options;
    if (this.#failure !== undefined) throw this.#failure.error;
    while (this.#position !== undefined) {
      const events = await journal.feed(this.#position, pageLength);
      for (const { localKey } of events) if (this.#open.has(localKey)) this.#touched.add(localKey);
      this.#position = events.at(-1)?.position ?? this.#position;
      if (events.length < pageLength) break;
    }
    for (const localKey of this.#touched) {
      this.#touched.delete(localKey);
      const row = this.#open.get(localKey);
      const outcome = row && (await registry.outcome(localKey));
      if (row === undefined || outcome === undefined || outcome.state === 'under-way') continue;
      this.#open.delete(localKey);
      await onSettled(sentRow(row.result, { ...outcome, repeated: false }));
    }
  }

  /** Until no row is under way, or the signal fires. */
  async untilSettled(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.#wake();
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (;;) {
        const { change, forget } = this.#change();
        try {
          await this.settle();
          if (this.size === 0 || signal.aborted) return;
          this.#asking ??= this.#ask(signal).finally(() => {
            this.#asking = undefined;
          });
          await change;
        } finally {
          forget();
        }
      }
    } finally {
      signal.removeEventListener('abort', stop);
      await this.#asking;
    }
  }

  /** Listens before anything is looked at, so that what happens in between is not missed. */
  #change(): { readonly change: Promise<void>; readonly forget: () => void } {
    let forget: () => void = () => {};
    const change = new Promise<void>((resolve) => {
      this.#wake = resolve;
      forget = systemTimers.schedule(resolve, recheckMs);
    });
    return { change, forget };
  }

  /** Asks for one row after another, those that are due. */
  async #ask(signal: AbortSignal): Promise<void> {
    const { gateway, journal } = this.#options;
    for (const [localKey, row] of this.#open) {
      if (row.askAtMs > performance.now() || !this.#open.has(localKey)) continue;
      if (signal.aborted) return;
      row.pauseMs = Math.min(row.pauseMs * 2, maxPauseMs);
      row.askAtMs = performance.now() + row.pauseMs;
      try {
        // Before it was sent and after it was delivered there is nothing to ask.
        if ((await journal.message(localKey))?.state === 'sent') await gateway.status(localKey, { signal });
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof GatewayError)) this.#failure = { error };
      }
    }
  }
}
