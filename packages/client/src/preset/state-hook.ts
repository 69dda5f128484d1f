import type { MessageJournal, MessageStateEvent } from '@egov-gateway/core';

import type { CommittedChange } from '../async/watched-journal.ts';
import { publishWorkerError } from '../worker-telemetry.ts';

/**
 * Tells the application of states, in the order in which they became durable. Nobody waits for what it does with them.
 *
 * @internal
 */
export class StateHook {
  readonly #journal: Pick<MessageJournal, 'message'>;
  readonly #onStateChange: ((event: MessageStateEvent) => unknown) | undefined;
  #told: Promise<void> = Promise.resolve();

  constructor(
    journal: Pick<MessageJournal, 'message'>,
    onStateChange: ((event: MessageStateEvent) => unknown) | undefined,
  ) {
    if (onStateChange !== undefined && typeof onStateChange !== 'function') {
      throw new TypeError('onStateChange must be a function');
    }
    this.#journal = journal;
    this.#onStateChange = onStateChange;
  }

  tell(changed: CommittedChange['changed']): void {
    const listener = this.#onStateChange;
    if (listener === undefined || changed.length === 0) return;
    this.#told = this.#told.then(async () => {
      for (const change of changed) {
        try {
          // Of a message that a change touched as one of the same chain, only the journal knows the service.
          const serviceId = change.serviceId ?? (await this.#journal.message(change.localKey))?.serviceId;
          if (serviceId === undefined) continue;
          // Not awaited: one that never resolves must not keep what comes next from being told.
          const told = listener({ ...change, serviceId });
          if (told instanceof Promise) told.catch((error) => publishWorkerError('gateway', error));
        } catch (error) {
          publishWorkerError('gateway', error);
        }
      }
    });
  }
}
