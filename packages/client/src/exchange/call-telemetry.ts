/**
 * The events of a call, published on `node:diagnostics_channel`. Nothing is built when nobody listens.
 *
 * @module
 */
import { type Channel, channel } from 'node:diagnostics_channel';

import {
  type CallAnsweredEvent,
  type CallEndEvent,
  type CallErrorEvent,
  type CallSignedEvent,
  type CallStartEvent,
  channelNames,
  type Delivery,
  type JournalErrorEvent,
} from '@egov-gateway/core';

const start = channel(channelNames.callStart);
const signed = channel(channelNames.callSigned);
const answered = channel(channelNames.callAnswered);
const end = channel(channelNames.callEnd);
const error = channel(channelNames.callError);
const journalError = channel(channelNames.journalError);

/**
 * Tells what happens to one message.
 *
 * @internal
 */
export class CallTelemetry {
  readonly #subject: CallStartEvent;
  readonly #startedAt = performance.now();

  constructor(subject: CallStartEvent) {
    this.#subject = subject;
    this.#publish<CallStartEvent>(start, {});
  }

  signed(requestBytes: number): void {
    if (signed.hasSubscribers) {
      this.#publish<CallSignedEvent>(signed, { requestBytes, durationMs: this.#elapsedMs() });
    }
  }

  answered(event: Omit<CallAnsweredEvent, keyof CallStartEvent>): void {
    this.#publish<CallAnsweredEvent>(answered, event);
  }

  ended(): void {
    if (end.hasSubscribers) this.#publish<CallEndEvent>(end, { durationMs: this.#elapsedMs() });
  }

  failed(code: string, delivery: Delivery): void {
    if (error.hasSubscribers) {
      this.#publish<CallErrorEvent>(error, { durationMs: this.#elapsedMs(), code, delivery });
    }
  }

  journalFailed(event: Omit<JournalErrorEvent, keyof CallStartEvent>): void {
    this.#publish<JournalErrorEvent>(journalError, event);
  }

  #elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  #publish<Event extends CallStartEvent>(to: Channel, event: Omit<Event, keyof CallStartEvent>): void {
    if (!to.hasSubscribers) return;
    to.publish({ ...this.#subject, ...event });
  }
}
