import {
  type Clock,
  type Delivery,
  type Journal,
  JournalError,
  type JournalEvent,
  type JournalEventKind,
} from '@egov-gateway/core';

import type { CallTelemetry } from './call-telemetry.ts';
import type { Deadline } from './deadline.ts';

type JournalOutcome = Exclude<JournalEventKind, 'signed'>;

/** What every event of one message says. */
export type JournalSubject = Pick<
  JournalEvent,
  'localKey' | 'messageId' | 'correlationId' | 'serviceId' | 'channel' | 'messageType'
>;

/** What the first event says beyond that. */
export type SignedDetail = Pick<JournalEvent, 'reference' | 'subjects'>;

/** Where the events of one message go. */
export interface CallJournalOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly subject: JournalSubject;
  readonly deadline: Deadline;
  readonly telemetry: CallTelemetry;
}

/** How long the record of an outcome may hold up the outcome, and at most as long as the call has time left. */
const OUTCOME_GRACE_MS = 1_000;

interface Outcome extends Pick<JournalEvent, 'bytes' | 'code' | 'messageId' | 'correlationId'> {
  readonly delivery: Delivery;
}

/**
 * The journal of one call: `signed` before a byte leaves, then exactly one of `answered`, `refused` and `failed`, after
 * `signed` has settled.
 *
 * @internal
 */
export class CallJournal {
  readonly #options: CallJournalOptions;
  /** The record of `signed`, from the moment it was asked for: one that is rejected or late may be stored all the same. */
  #signing: Promise<void> | undefined;
  #hasSettled = false;
  #isOfAnother = false;

  constructor(options: CallJournalOptions) {
    this.#options = options;
  }

  /** Resolves when the event is durable; a rejection stops the call. */
  async signed(bytes: Uint8Array, detail: SignedDetail = {}): Promise<void> {
    this.#signing = this.#append('signed', { bytes, ...detail }).finally(() => {
      this.#hasSettled = true;
    });
    // Under a key that is taken the events are those of another call, and it goes on.
    this.#signing.catch((error: unknown) => {
      if (error instanceof JournalError && error.code === 'ERR_JOURNAL_STATE') this.#isOfAnother = true;
    });
    await this.#options.deadline.race(this.#signing);
  }

  /**
   * Never rejects: the outcome of a call is not lost because its record is. Waits for the record for a moment, while
   * the call has time and was not cancelled; without that the record is still on its way.
   */
  async outcome(kind: JournalOutcome, outcome: Outcome): Promise<void> {
    // A message that never came to be has no history.
    if (this.#signing === undefined) return;
    const { deadline } = this.#options;
    const record = this.#record(kind, outcome);
    // What comes of a record that nobody waits for is told on the channel as well.
    if (this.#hasSettled) await deadline.race(record).catch(() => {});
  }

  async #record(kind: JournalOutcome, outcome: Outcome): Promise<void> {
    try {
      if (!this.#hasSettled) await this.#signing?.catch(() => {});
      if (this.#isOfAnother) return;
      await within(OUTCOME_GRACE_MS, this.#append(kind, outcome));
    } catch (error) {
      this.#options.telemetry.journalFailed({ kind, error });
    }
  }

  async #append(kind: JournalEventKind, detail: Partial<Outcome> & SignedDetail): Promise<void> {
    const { journal, clock, subject } = this.#options;
    await journal.append({ ...subject, kind, atMs: clock.now(), ...detail });
  }
}

async function within(timeoutMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(new Error(`the journal did not answer within ${timeoutMs} ms; the event may be stored later`)),
      timeoutMs,
    );
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
