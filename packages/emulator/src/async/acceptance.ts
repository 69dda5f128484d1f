/**
 * A message comes in by `sendMessage`: who gets it, in which chain, and whether it was here before.
 *
 * @module
 */
import type { Clock } from '@egov-gateway/core';
import { parseMessageDate, type ReceivedAsyncMessage } from '@egov-gateway/envelope';

import { Refusal } from '../codes.ts';
import type { SystemRegistry } from '../registry.ts';
import type { AsyncSettings } from './async-options.ts';
import type { AsyncServiceEntry } from './async-service.ts';
import type { AsyncState } from './async-state.ts';
import { dataOf, textOf } from './message-data.ts';
import type { Posting } from './posting.ts';
import type { StoredMessage } from './stored-message.ts';

/** @internal */
export interface AcceptanceParts {
  readonly state: AsyncState;
  readonly posting: Posting;
  readonly registry: SystemRegistry;
  readonly services: ReadonlyMap<string, AsyncServiceEntry>;
  readonly settings: AsyncSettings;
  readonly clock: Clock;
}

/** Where a message goes. */
interface Route {
  readonly to: string | undefined;
  readonly correlationId: string | undefined;
}

/** @internal */
export class Acceptance {
  readonly #parts: AcceptanceParts;
  /** Accepted, but their senders do not know yet. */
  readonly #unanswered = new Set<number>();

  constructor(parts: AcceptanceParts) {
    this.#parts = parts;
  }

  /**
   * Accepts a message: durable when it resolves. It is not delivered before its sender is {@link Acceptance.answered}.
   *
   * @param senderId - the system it comes from, authorised
   * @throws {Refusal} SCE001, SCE004, EMU-UNKNOWN-CHAIN, EMU-DUPLICATE-ID
   */
  async accept(message: ReceivedAsyncMessage, senderId: string, source: Uint8Array): Promise<StoredMessage> {
    const { state, posting, settings, clock } = this.#parts;
    const { info } = message;
    const nowMs = Math.trunc(clock.now());
    return state.transact((draft) => {
      const known = this.#known(senderId, info.messageId);
      if (known !== undefined) {
        if (settings.duplicates === 'fault') throw new Refusal('EMU-DUPLICATE-ID');
        return known;
      }
      const { to, correlationId } = this.#route(message, senderId);
      const posted = posting.post(draft, {
        correlationId,
        serviceId: info.serviceId,
        messageType: info.messageType,
        senderMessageId: info.messageId,
        routeId: info.routeId,
        properties: info.properties,
        messageDateMs: parseMessageDate(info.messageDate)?.atMs ?? nowMs,
        from: senderId,
        to,
        source,
        acceptedAtMs: nowMs,
        dueAtMs: nowMs + (to === undefined ? this.#delayMs(message) : 0),
      });
      this.#unanswered.add(posted.sequence);
      return posted;
    });
  }

  isAnswered({ sequence }: StoredMessage): boolean {
    return !this.#unanswered.has(sequence);
  }

  /** The answer to the sender is on its way. */
  answered({ sequence }: StoredMessage): void {
    this.#unanswered.delete(sequence);
  }

  /** Tells `onEffect`, unless it has been told. @throws whatever that throws; it is told again at the next start */
  async note(message: StoredMessage): Promise<void> {
    const { state, settings } = this.#parts;
    const { sequence, messageId, correlationId, serviceId, messageType, senderMessageId, from } = message;
    if (settings.onEffect === undefined || state.message(sequence)?.isNoted !== false) return;
    const text = textOf(dataOf(message.source));
    const effect = {
      messageId,
      correlationId,
      serviceId,
      messageType,
      senderId: from ?? '',
      senderMessageId,
      text,
    };
    await settings.onEffect(effect);
    await state.transact((draft) => {
      const now = state.message(sequence);
      if (now !== undefined) draft.put({ ...now, isNoted: true });
    });
  }

  #known(senderId: string, messageId: string | undefined): StoredMessage | undefined {
    const { settings, state } = this.#parts;
    if (settings.dedupe === 'none' || messageId === undefined) return undefined;
    return state.bySender(senderId, messageId);
  }

  #route({ info }: ReceivedAsyncMessage, senderId: string): Route {
    const { serviceId, messageType, correlationId } = info;
    const { registry, services, state } = this.#parts;
    if (messageType === 'REQUEST') {
      if (correlationId !== undefined) {
        throw new Refusal('SCE001', 'a REQUEST has no correlationId: the gateway gives it');
      }
      const to = registry.providerOf(serviceId)?.senderId;
      if (to === undefined && !services.has(serviceId)) throw new Refusal('SCE004');
      return { to, correlationId };
    }
    if (correlationId === undefined) {
      throw new Refusal('SCE001', `a ${messageType} needs the correlationId of its chain`);
    }
    const [first] = state.chain(correlationId);
    if (first?.messageType !== 'REQUEST' || first.serviceId !== serviceId) {
      throw new Refusal('EMU-UNKNOWN-CHAIN');
    }
    // One system may be both ends of a chain: then what it says as a provider is taken for that.
    if (first.to === senderId && messageType !== 'UPDATE') return { to: first.from, correlationId };
    if (first.from === senderId) return { to: first.to, correlationId };
    if (first.to === senderId) return { to: first.from, correlationId };
    throw new Refusal('EMU-UNKNOWN-CHAIN');
  }

  #delayMs({ info }: ReceivedAsyncMessage): number {
    if (info.messageType !== 'REQUEST') return 0;
    return this.#parts.services.get(info.serviceId)?.delayMs ?? this.#parts.settings.handlerDelayMs;
  }
}
