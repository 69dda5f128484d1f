/**
 * The asynchronous channel of the gateway: its four operations, and everything behind them, put together.
 *
 * @module
 */
import {
  type AsyncService,
  newMessageId,
  type Transport,
  type UnverifiedBody,
  type VerifiedBody,
} from '@egov-gateway/core';
import {
  type WrittenEnvelope,
  writeAsyncAccepted,
  writeDeliveryNotificationAnswer,
  writeMessages,
  writeStatusAnswer,
} from '@egov-gateway/envelope';

import { Refusal } from '../codes.ts';
import type { EmulatorClock } from '../emulator-clock.ts';
import type { AnswerSigner } from '../pipeline/answer-signer.ts';
import type { SystemRegistry } from '../registry.ts';
import { Acceptance } from './acceptance.ts';
import { Agenda } from './agenda.ts';
import type { AsyncCall } from './async-call.ts';
import { AsyncChain } from './async-chain.ts';
import type { AsyncSettings } from './async-options.ts';
import { AsyncScript } from './async-script.ts';
import {
  type AsyncServiceEntry,
  type AsyncServiceHandler,
  type AsyncServiceOptions,
  handledAsyncService,
} from './async-service.ts';
import type { AsyncState } from './async-state.ts';
import { Delivery, deliveryOf } from './delivery.ts';
import { Mailbox } from './mailbox.ts';
import { Posting } from './posting.ts';
import { Pusher } from './pusher.ts';
import type { StoredMessage } from './stored-message.ts';

/** @internal */
export interface AsyncChannelParts {
  readonly state: AsyncState;
  readonly settings: AsyncSettings;
  readonly registry: SystemRegistry;
  readonly services: Map<string, AsyncServiceEntry>;
  readonly clock: EmulatorClock;
  readonly utcOffset: string | undefined;
  readonly signer: AnswerSigner;
  readonly verify: (bytes: Uint8Array) => Promise<VerifiedBody | UnverifiedBody>;
  readonly transport: Transport & { close(): Promise<void> };
  readonly onError: (error: unknown, message: StoredMessage) => void;
}

/** An answer of the channel. @internal */
export interface AsyncServed {
  readonly written: WrittenEnvelope;
  /** The message that was accepted by it. */
  readonly accepted?: StoredMessage | undefined;
  /** Whether the script wants the sender not to get it. */
  readonly isLost?: boolean;
  /** What `onEffect` threw. */
  readonly error?: unknown;
}

/** @internal */
export class AsyncChannel {
  readonly #parts: AsyncChannelParts;
  readonly script: AsyncScript = new AsyncScript();
  readonly #agenda: Agenda;
  readonly #acceptance: Acceptance;
  readonly #mailbox: Mailbox;
  readonly #delivery: Delivery;
  readonly #pusher: Pusher;

  constructor(parts: AsyncChannelParts) {
    const { state, settings, registry, clock } = parts;
    const { script } = this;
    this.#parts = parts;
    this.#agenda = new Agenda(clock);
    const isPushed = (senderId: string): boolean => registry.find(senderId)?.push !== undefined;
    const posting = new Posting({ state, script, settings, isPushed });
    this.#acceptance = new Acceptance({ ...parts, posting });
    this.#mailbox = new Mailbox({ ...parts, script, posting });
    this.#pusher = new Pusher({ ...parts, script });
    this.#delivery = new Delivery({
      ...parts,
      script,
      posting,
      agenda: this.#agenda,
      pusher: this.#pusher,
      isReady: (message) => this.#acceptance.isAnswered(message),
    });
    state.onChange((change) => this.#delivery.schedule(change));
  }

  /** Takes up what was left when the emulator ended. */
  async resume(): Promise<void> {
    const { state, onError } = this.#parts;
    for (const message of state.unnoted) {
      await this.#acceptance.note(message).catch((error: unknown) => onError(error, message));
    }
    this.#delivery.schedule(state.pending);
  }

  get chains(): readonly AsyncChain[] {
    return this.#parts.state.correlationIds.map((correlationId) => this.#chain(correlationId));
  }

  chain(correlationId: string): AsyncChain | undefined {
    const isKnown = this.#parts.state.chain(correlationId).length > 0;
    return isKnown ? this.#chain(correlationId) : undefined;
  }

  /** @throws {TypeError} when an option does not fit */
  serve<Request, Response, Notification, Update>(
    service: AsyncService<Request, Response, Notification, Update>,
    handler: AsyncServiceHandler<Request, Response, Notification>,
    options: AsyncServiceOptions<Response, Notification, Update>,
  ): void {
    this.#parts.services.set(service.id, handledAsyncService(service, handler, options));
    this.#delivery.reschedule(undefined);
  }

  /** After the registration of a system changed: what waits for it may have got an address. */
  registered(senderId: string): void {
    this.#delivery.reschedule(senderId);
  }

  idle(): Promise<void> {
    return this.#agenda.idle();
  }

  advance(ms: number): Promise<void> {
    return this.#agenda.advance(ms);
  }

  get nextDueMs(): number | undefined {
    return this.#agenda.nextDueMs;
  }

  /**
   * Serves an operation.
   *
   * @param source - the envelope, which has been checked
   * @throws {Refusal}
   */
  async answer(call: AsyncCall, senderId: string, source: Uint8Array): Promise<AsyncServed> {
    const { clock, utcOffset } = this.#parts;
    const responseDateMs = Math.trunc(clock.now());
    const dates = { responseDateMs, utcOffset };
    switch (call.operation) {
      case 'sendMessage':
        return this.#accept(call, senderId, source);
      case 'sendDeliveryNotification': {
        await keeping(() => this.#mailbox.confirm(senderId, call.notification));
        const notificationId = newMessageId();
        const answer = { notificationId, ...dates, sessionId: newSessionId() };
        return { written: writeDeliveryNotificationAnswer(answer) };
      }
      case 'getMessageStatus': {
        const message = this.#parts.state.byMessageId(call.question.messageId);
        if (message?.from !== senderId) throw new Refusal('EMU-UNKNOWN-MESSAGE');
        const { code: statusCode, message: statusMessage, atMs: statusDateMs } = message.status;
        const status = { statusCode, statusMessage, statusDateMs };
        const answer = { messageState: message.state, status, ...dates, sessionId: newSessionId() };
        return { written: writeStatusAnswer(answer) };
      }
      case 'getMessages': {
        this.#assertKnown(call.pull.serviceId);
        const messages = this.#mailbox.pull(senderId, call.pull);
        const deliveries = messages.map((message) => deliveryOf(message, utcOffset));
        return { written: writeMessages({ ...dates, sessionId: newSessionId(), messages: deliveries }) };
      }
    }
  }

  /** The answer to the sender is on its way: from now on its message is delivered. */
  answered(message: StoredMessage): void {
    this.#acceptance.answered(message);
    const now = this.#parts.state.message(message.sequence);
    if (now !== undefined) this.#delivery.schedule({ messages: [now], notices: [] });
  }

  async close(): Promise<void> {
    this.#agenda.close();
    this.#pusher.close();
    await this.#parts.transport.close();
    await this.#parts.state.close();
  }

  async #accept(
    call: Extract<AsyncCall, { operation: 'sendMessage' }>,
    senderId: string,
    source: Uint8Array,
  ): Promise<AsyncServed> {
    const accepted = await keeping(() => this.#acceptance.accept(call.message, senderId, source));
    let error: unknown;
    try {
      await this.#acceptance.note(accepted);
    } catch (thrown) {
      // The ledger's own trouble: the message is accepted all the same.
      error = thrown;
    }
    const { messageId, correlationId, acceptedAtMs: responseDateMs, sessionId } = accepted;
    const { utcOffset } = this.#parts;
    const written = writeAsyncAccepted(
      { messageId, correlationId, responseDateMs, utcOffset, sessionId },
      { namespace: call.namespace },
    );
    return { written, accepted, isLost: this.script.take('lost-answer', accepted) !== undefined, error };
  }

  #assertKnown(serviceId: string): void {
    const { services, registry } = this.#parts;
    if (!services.has(serviceId) && registry.providerOf(serviceId) === undefined) throw new Refusal('SCE004');
  }

  #chain(correlationId: string): AsyncChain {
    return new AsyncChain(correlationId, { state: this.#parts.state, reply: this.#delivery.reply });
  }
}

/** ШЭП fills in the session of every answer. */
function newSessionId(): string {
  return `{${newMessageId()}}`;
}

/** What the store throws is a refusal like others: nothing was done. */
async function keeping<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('EMU-STORE-ERROR', undefined, error);
  }
}
