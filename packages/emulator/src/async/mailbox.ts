/**
 * What the systems fetch and confirm themselves.
 *
 * A message stays in its queue, and is handed out every time, until it is confirmed. That the real gateway's queue works
 * like that is an inference from the operation's name and fields.
 *
 * @see Rules No 123, Приложение 1, 1.1
 * @module
 */
import type { Clock } from '@egov-gateway/core';
import type { ReceivedDeliveryNotification, ReceivedGetMessages } from '@egov-gateway/envelope';

import { Refusal } from '../codes.ts';
import type { AsyncSettings } from './async-options.ts';
import type { AsyncScript } from './async-script.ts';
import type { AsyncState } from './async-state.ts';
import type { Posting } from './posting.ts';
import { isOpen, type StoredMessage } from './stored-message.ts';

/** @internal */
export interface MailboxParts {
  readonly state: AsyncState;
  readonly posting: Posting;
  readonly script: AsyncScript;
  readonly settings: AsyncSettings;
  readonly clock: Clock;
}

/** @internal */
export class Mailbox {
  readonly #parts: MailboxParts;

  constructor(parts: MailboxParts) {
    this.#parts = parts;
  }

  /** What a system has not confirmed yet, oldest first. */
  pull(senderId: string, request: ReceivedGetMessages): readonly StoredMessage[] {
    const { state, settings, clock } = this.#parts;
    const { serviceId, messageId, correlationId, amount = 0 } = request;
    const nowMs = clock.now();
    return state
      .open(senderId)
      .filter(
        (message) =>
          message.acceptedAtMs <= nowMs &&
          message.serviceId === serviceId &&
          (messageId === undefined || message.messageId === messageId) &&
          (correlationId === undefined || message.correlationId === correlationId),
      )
      .sort((left, right) => left.acceptedAtMs - right.acceptedAtMs || left.sequence - right.sequence)
      .slice(0, amount === 0 ? settings.pullAmount : amount);
  }

  /** @throws {Refusal} EMU-UNKNOWN-MESSAGE when the system has not been sent such a message */
  async confirm(senderId: string, notification: ReceivedDeliveryNotification): Promise<void> {
    const { state, posting, script, clock } = this.#parts;
    const { messageId, serviceId, receiveStatus, resend, error } = notification;
    if (script.take('fault-on-confirm', { serviceId }) !== undefined) {
      throw new Refusal('EMU-SCRIPTED', 'fault-on-confirm');
    }
    const atMs = Math.trunc(clock.now());
    await state.transact((draft) => {
      const message = this.#receivedBy(senderId, messageId);
      // Confirmed once more: the answer of the first time may have been lost.
      if (message === undefined || !isOpen(message)) return;
      const attempts = message.attempts + 1;
      if (receiveStatus === 'accepted') posting.deliver(draft, message, atMs);
      else if (resend) draft.put({ ...message, attempts });
      else posting.giveUp(draft, message, { state: 'NOT_DELIVERED', atMs, attempts, error });
    });
  }

  /** Ids may be given twice: the first one that is still to be confirmed is meant. */
  #receivedBy(senderId: string, messageId: string): StoredMessage | undefined {
    const { state } = this.#parts;
    const open = state.open(senderId).find((message) => message.messageId === messageId);
    if (open !== undefined) return open;
    const known = state.byMessageId(messageId);
    if (known?.to !== senderId) throw new Refusal('EMU-UNKNOWN-MESSAGE');
    return known;
  }
}
