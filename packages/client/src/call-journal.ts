import { type Clock, type Journal, type JournalEventKind, newLocalKey } from '@egov-gateway/core';

import type { CallTelemetry } from './call-telemetry.ts';
import type { Deadline } from './deadline.ts';

/** Where the events of one message go. */
export interface CallJournalOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly messageId: string;
  readonly serviceId: string;
  readonly deadline: Deadline;
  readonly telemetry: CallTelemetry;
}

/** How long the record of an outcome may hold up the outcome. */
const OUTCOME_TIMEOUT_MS = 5_000;

interface Detail {
  readonly bytes?: Uint8Array | undefined;
  readonly code?: string | undefined;
}

/**
 * The journal of one call: `signed` before a byte leaves, then exactly one of `answered`, `refused` and `failed`.
 *
 * @internal
 */
export class CallJournal {
  readonly #options: CallJournalOptions;
  readonly #localKey = newLocalKey();
  #isSigned = false;

  constructor(options: CallJournalOptions) {
    this.#options = options;
  }

  /** Resolves when the event is durable; a rejection stops the call. */
  async signed(bytes: Uint8Array): Promise<void> {
    await this.#options.deadline.race(this.#append('signed', { bytes }));
    this.#isSigned = true;
  }

  /** Never rejects: the outcome of a call is not lost because its record is. */
  async outcome(kind: 'answered' | 'refused' | 'failed', detail: Detail): Promise<void> {
    // A message that never came to be has no history.
    if (!this.#isSigned) return;
    try {
      await within(OUTCOME_TIMEOUT_MS, this.#append(kind, detail));
    } catch (error) {
      this.#options.telemetry.journalFailed({ kind, error });
    }
  }

  async #append(kind: JournalEventKind, detail: Detail): Promise<void> {
    const { journal, clock, messageId, serviceId } = this.#options;
    const localKey = this.#localKey;
    await journal.append({
      localKey,
      messageId,
      serviceId,
      channel: 'sync',
      kind,
      atMs: clock.now(),
      ...detail,
    });
  }
}

async function within(timeoutMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the journal did not answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
