import {
  type JournalChange,
  type JournalReceipt,
  type MessageJournal,
  pause,
  type Timers,
} from '@egov-gateway/core';

import { backoffMs } from './backoff.ts';
import { isConflict, isJournalTrouble } from './failure.ts';
import type { WorkerTelemetry } from './worker-telemetry.ts';

/** What {@link Committer} works with. @internal */
export interface CommitterOptions {
  readonly journal: MessageJournal;
  readonly timers: Timers;
  readonly random: () => number;
  readonly telemetry: WorkerTelemetry;
}

const persistence = { firstMs: 100, maxMs: 10_000, factor: 2, jitter: 0.3 };

/**
 * Commits changes and tells what they changed.
 *
 * @internal
 */
export class Committer {
  readonly #options: CommitterOptions;

  constructor(options: CommitterOptions) {
    this.#options = options;
  }

  /** Commits, and tells what changed. @throws {JournalError} when the journal did not take it */
  async publish(change: JournalChange): Promise<JournalReceipt> {
    const { journal, telemetry } = this.#options;
    const receipt = await journal.commit(change);
    await telemetry.changed(
      receipt,
      new Map(change.events.map((event) => [event.localKey, event.serviceId])),
    );
    return receipt;
  }

  /** `undefined` when somebody else changed the message first. @throws {JournalError} when the journal is in trouble */
  async commit(change: JournalChange): Promise<JournalReceipt | undefined> {
    try {
      return await this.publish(change);
    } catch (error) {
      if (isConflict(error)) return undefined;
      throw error;
    }
  }

  /**
   * As {@link Committer.commit}, but while the journal is in trouble tries again until `stopping`: what is to be recorded
   * has happened already. The last try is after `stopping`.
   *
   * @throws {JournalError} when the last try failed
   */
  async insist(change: JournalChange, stopping: AbortSignal): Promise<JournalReceipt | undefined> {
    const { timers, random, telemetry } = this.#options;
    for (let attempt = 1; ; attempt++) {
      const isLast = stopping.aborted;
      try {
        return await this.commit(change);
      } catch (error) {
        if (isLast || !isJournalTrouble(error)) throw error;
        telemetry.failed(error);
        await pause(timers, backoffMs(persistence, attempt, random), stopping);
      }
    }
  }
}
