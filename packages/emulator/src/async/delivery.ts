/**
 * What the gateway does with a message after it has accepted it: built-in services are called, receivers are pushed to,
 * and senders are told.
 *
 * @module
 */
import type { AsyncMessageType, UnverifiedBody, VerifiedBody } from '@egov-gateway/core';
import {
  type AsyncDelivery,
  readAsyncAccepted,
  readStatusNotificationAnswer,
  writeAsyncDelivery,
  writeStatusNotification,
} from '@egov-gateway/envelope';

import type { EmulatorClock } from '../emulator-clock.ts';
import type { SystemRegistry } from '../registry.ts';
import type { Agenda } from './agenda.ts';
import { AsyncChain, type ChainParts } from './async-chain.ts';
import type { AsyncSettings } from './async-options.ts';
import type { AsyncScript } from './async-script.ts';
import type { AsyncServiceEntry } from './async-service.ts';
import type { AsyncState } from './async-state.ts';
import type { AsyncChange } from './async-store.ts';
import { dataOf } from './message-data.ts';
import type { Posting } from './posting.ts';
import type { Push, Pusher, PushOutcome } from './pusher.ts';
import { isOpen, type StoredMessage, type StoredNotice } from './stored-message.ts';

/** @internal */
export interface DeliveryParts {
  readonly state: AsyncState;
  readonly posting: Posting;
  readonly agenda: Agenda;
  readonly registry: SystemRegistry;
  readonly services: ReadonlyMap<string, AsyncServiceEntry>;
  readonly pusher: Pusher;
  readonly script: AsyncScript;
  readonly settings: AsyncSettings;
  readonly clock: EmulatorClock;
  readonly utcOffset: string | undefined;
  /** Whether a message may be delivered already. */
  readonly isReady: (message: StoredMessage) => boolean;
  /** Told of what goes wrong without anybody to answer to. */
  readonly onError: (error: unknown, message: StoredMessage) => void;
}

/** @internal */
export class Delivery {
  readonly #parts: DeliveryParts;
  /** By receiver: the message that waits until another one has gone before it. */
  readonly #held = new Map<string, number>();

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /** Puts on the agenda what a change asks for. */
  schedule({ messages, notices }: AsyncChange): void {
    const both = [...messages, ...notices].sort((left, right) => left.sequence - right.sequence);
    for (const one of both) {
      if ('about' in one) this.#scheduleNotice(one);
      else this.#scheduleMessage(one);
    }
  }

  /** After a service or an address came to be: what waits for it. */
  reschedule(receiver: string | undefined): void {
    for (const message of this.#parts.state.open(receiver)) this.#scheduleMessage(message);
  }

  /** Sends from the built-in service to the initiator of a chain. */
  readonly reply: ChainParts['reply'] = async (correlationId, type, { value, afterMs }) => {
    const { state, services, posting, clock, script } = this.#parts;
    const [first] = state.chain(correlationId);
    if (first?.messageType !== 'REQUEST') throw new TypeError('there is no such chain');
    if (first.to !== undefined) throw new TypeError('the provider of this chain is another system');
    const entry = services.get(first.serviceId);
    if (entry === undefined) throw new TypeError('the service of this chain is not served');
    const source = entry.write(type, value);
    const lateMs = (type === 'RESPONSE' && script.take('late-answer', first)?.delayMs) || 0;
    const atMs = Math.trunc(clock.now()) + afterMs + lateMs;
    const posted = await state.transact((draft) => posting.post(draft, replyTo(first, type, source, atMs)));
    return posted.messageId;
  };

  #scheduleMessage(message: StoredMessage): void {
    const { sequence, to, dueAtMs, correlationId, serviceId } = message;
    const { agenda, registry, services, isReady } = this.#parts;
    if (!isOpen(message) || !isReady(message)) return;
    const run = (): Promise<void> => this.#guarded(sequence, () => this.#deliver(sequence));
    if (to === undefined) {
      if (services.has(serviceId)) agenda.add({ dueAtMs, lane: `chain ${correlationId}`, run });
    } else if (registry.find(to)?.push !== undefined) {
      agenda.add({ dueAtMs, lane: `push ${to}`, run });
    }
  }

  #scheduleNotice({ sequence, about, to, dueAtMs, isDone }: StoredNotice): void {
    if (isDone) return;
    const run = (): Promise<void> => this.#guarded(about, () => this.#notify(sequence));
    this.#parts.agenda.add({ dueAtMs, lane: `push ${to}`, run });
  }

  /** What fails here is the store, or a bug: either way the rest has to go on. */
  async #guarded(sequence: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const message = this.#parts.state.message(sequence);
      if (message !== undefined) this.#parts.onError(error, message);
    }
  }

  async #deliver(sequence: number): Promise<void> {
    const { state, registry, clock } = this.#parts;
    const message = state.message(sequence);
    if (message === undefined || !isOpen(message) || message.dueAtMs > clock.now()) return;
    if (message.to === undefined) return this.#handle(message);
    const target = registry.find(message.to)?.push;
    if (target === undefined || this.#hold(message, message.to)) return;
    const outcome = registry.isSuspended(message.to)
      ? ({ kind: 'failed', reason: new Error('the receiver is suspended') } as const)
      : await this.#parts.pusher.push(target, this.#push(message));
    await this.#settle(message, outcome);
    this.#release(message.to, sequence);
  }

  #push(message: StoredMessage): Push {
    const { messageId, serviceId } = message;
    const written = writeAsyncDelivery(deliveryOf(message, this.#parts.utcOffset));
    return {
      serviceId,
      written,
      readAnswer: (body: VerifiedBody | UnverifiedBody) => {
        const accepted = readAsyncAccepted(body);
        if (accepted.messageId !== messageId) throw new Error('the receiver accepted another message');
      },
    };
  }

  async #settle(pushed: StoredMessage, outcome: PushOutcome): Promise<void> {
    const { state, posting, settings, clock } = this.#parts;
    const atMs = Math.trunc(clock.now());
    await state.transact((draft) => {
      const message = state.message(pushed.sequence);
      // Confirmed in the meantime by an operation.
      if (message === undefined || !isOpen(message)) return;
      if (outcome.kind === 'accepted') {
        posting.deliver(draft, message, atMs);
        return;
      }
      const attempts = message.attempts + 1;
      if (outcome.kind === 'refused' && settings.onFault === 'stop') {
        const { error } = outcome;
        posting.giveUp(draft, message, { state: 'NOT_DELIVERED', atMs, attempts, error });
        return;
      }
      const delayMs = settings.retryDelaysMs[attempts - 1];
      if (delayMs === undefined) {
        const error = outcome.kind === 'refused' ? outcome.error : undefined;
        posting.giveUp(draft, message, { state: 'DELIVERY_STOPPED', atMs, attempts, error });
        return;
      }
      draft.put({ ...message, attempts, dueAtMs: atMs + delayMs });
    });
  }

  async #handle(message: StoredMessage): Promise<void> {
    const { state, services, posting, script, clock } = this.#parts;
    const entry = services.get(message.serviceId);
    if (entry === undefined) return;
    const chain = new AsyncChain(message.correlationId, { state, reply: this.reply });
    const handled = await entry.handle(message, chain);
    const atMs = Math.trunc(clock.now());
    if (handled.kind === 'refused' && handled.error !== undefined)
      this.#parts.onError(handled.error, message);
    await state.transact((draft) => {
      const attempts = message.attempts + 1;
      if (handled.kind === 'refused') {
        const { info: error, status } = handled;
        posting.giveUp(draft, message, { state: 'NOT_DELIVERED', atMs, attempts, error, status });
        return;
      }
      posting.deliver(draft, message, atMs);
      if (handled.response === undefined) return;
      const lateMs = script.take('late-answer', message)?.delayMs ?? 0;
      posting.post(draft, replyTo(message, 'RESPONSE', handled.response, atMs + lateMs));
    });
  }

  async #notify(sequence: number): Promise<void> {
    const { state, registry, pusher, settings, clock, utcOffset } = this.#parts;
    const notice = state.notice(sequence);
    if (notice === undefined || notice.dueAtMs > clock.now()) return;
    const message = state.message(notice.about);
    const target = registry.find(notice.to)?.push;
    if (message === undefined || target === undefined) {
      await state.transact((draft) => draft.putNotice({ ...notice, isDone: true }));
      return;
    }
    const { code, message: statusMessage, atMs: statusDateMs, error } = notice.status;
    const requestDateMs = Math.trunc(clock.now());
    const written = writeStatusNotification({
      notificationId: notice.notificationId,
      messageId: message.messageId,
      messageState: notice.state,
      status: { statusCode: code, statusMessage, statusDateMs },
      error: error && { ...error, errorDateMs: statusDateMs, utcOffset },
      requestDateMs,
      notificationDateMs: statusDateMs,
      utcOffset,
      sessionId: message.sessionId,
    });
    const readAnswer = (body: VerifiedBody | UnverifiedBody): void => {
      readStatusNotificationAnswer(body);
    };
    const outcome = await pusher.push(target, { serviceId: message.serviceId, written, readAnswer });
    const attempts = notice.attempts + 1;
    const delayMs = outcome.kind === 'accepted' ? undefined : settings.retryDelaysMs[attempts - 1];
    const nowMs = Math.trunc(clock.now());
    await state.transact((draft) =>
      draft.putNotice({
        ...notice,
        attempts,
        isDone: delayMs === undefined,
        dueAtMs: nowMs + (delayMs ?? 0),
      }),
    );
    this.#release(notice.to, undefined);
  }

  /** Whether a push has to wait, by the script, until another one has gone before it. */
  #hold({ sequence, serviceId }: StoredMessage, to: string): boolean {
    const { script, agenda, clock } = this.#parts;
    if (this.#held.get(to) === sequence) {
      this.#held.delete(to);
      return false;
    }
    const scenario = this.#held.has(to) ? undefined : script.take('push-out-of-order', { serviceId });
    if (scenario === undefined) return false;
    this.#held.set(to, sequence);
    const run = async (): Promise<void> => this.#release(to, undefined);
    agenda.add({ dueAtMs: clock.now() + scenario.delayMs, lane: `push ${to}`, run });
    return true;
  }

  #release(to: string, pushed: number | undefined): void {
    const sequence = this.#held.get(to);
    const message = sequence === undefined ? undefined : this.#parts.state.message(sequence);
    if (sequence === pushed || message === undefined) return;
    this.#scheduleMessage(message);
  }
}

/** A stored message as it is handed on. @internal */
export function deliveryOf(message: StoredMessage, utcOffset: string | undefined): AsyncDelivery {
  const element = dataOf(message.source);
  return {
    info: {
      messageId: message.messageId,
      correlationId: message.correlationId,
      serviceId: message.serviceId,
      messageType: message.messageType,
      routeId: message.routeId,
      messageDateMs: message.messageDateMs,
      utcOffset,
      // Never the password. The built-in service goes by the name of what it serves.
      sender: { senderId: message.from ?? message.serviceId },
      properties: message.properties,
      sessionId: message.sessionId,
    },
    data: element && { element },
  };
}

function replyTo(
  request: StoredMessage,
  messageType: AsyncMessageType,
  source: Uint8Array,
  atMs: number,
): Parameters<Posting['post']>[1] {
  const { correlationId, serviceId, routeId, from } = request;
  return {
    correlationId,
    serviceId,
    routeId,
    messageType,
    properties: [],
    messageDateMs: atMs,
    from: undefined,
    to: from,
    source,
    acceptedAtMs: atMs,
    dueAtMs: atMs,
  };
}
