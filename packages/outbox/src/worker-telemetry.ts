import { type Channel, channel } from 'node:diagnostics_channel';

import {
  channelNames,
  type JournalReceipt,
  type MessageJournal,
  type MessageStateEvent,
  type WorkerErrorEvent,
} from '@egov-gateway/core';

import { codeOf } from './failure.ts';

const messageState: Channel = channel(channelNames.messageState);
const workerError: Channel = channel(channelNames.workerError);

/**
 * Tells what a worker did: states of messages to the hook and to `egov-gateway:message:state`, its own troubles to
 * `egov-gateway:worker:error`. Nothing that listens can disturb the worker.
 *
 * @internal
 */
export class WorkerTelemetry {
  readonly #worker: WorkerErrorEvent['worker'];
  readonly #journal: MessageJournal;
  readonly #onStateChange: ((event: MessageStateEvent) => unknown) | undefined;

  constructor(options: {
    readonly worker: WorkerErrorEvent['worker'];
    readonly journal: MessageJournal;
    readonly onStateChange: ((event: MessageStateEvent) => unknown) | undefined;
  }) {
    this.#worker = options.worker;
    this.#journal = options.journal;
    this.#onStateChange = options.onStateChange;
  }

  /** Tells the states that a commit changed; `known` are the services of the messages it was about. */
  async changed(receipt: JournalReceipt, known: ReadonlyMap<string, string>): Promise<void> {
    if (this.#onStateChange === undefined && !messageState.hasSubscribers) return;
    for (const { localKey, state, previous } of receipt.changed) {
      // A message of a linked chain: only the journal knows its service.
      const serviceId = known.get(localKey) ?? (await this.#serviceOf(localKey));
      if (serviceId !== undefined) this.#tell({ localKey, serviceId, state, previous });
    }
  }

  /** Tells of an error that belongs to no message. */
  failed(error: unknown, code: string = codeOf(error)): void {
    if (!workerError.hasSubscribers) return;
    const event: WorkerErrorEvent = { worker: this.#worker, code, error };
    workerError.publish(event);
  }

  #tell(event: MessageStateEvent): void {
    if (messageState.hasSubscribers) messageState.publish(event);
    this.call(this.#onStateChange, event);
  }

  /** Calls a hook of the application. What it throws is told, and disturbs nothing. */
  call<Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void {
    try {
      const result = hook?.(event);
      if (result instanceof Promise) result.catch((error: unknown) => this.failed(error));
    } catch (error) {
      this.failed(error);
    }
  }

  async #serviceOf(localKey: string): Promise<string | undefined> {
    try {
      return (await this.#journal.message(localKey))?.serviceId;
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }
}
