import type { AsyncMessageType, DeliveryState, XmlElement } from '@egov-gateway/core';
import type { Property } from '@egov-gateway/envelope';

import type { AsyncState } from './async-state.ts';
import { dataOf } from './message-data.ts';
import type { StoredMessage } from './stored-message.ts';

/** One message of a chain, as the gateway has it. */
export interface ChainMessage {
  readonly messageId: string;
  readonly messageType: AsyncMessageType;
  /** The id that the sender wrote itself, if it did. */
  readonly senderMessageId: string | undefined;
  /** `senderId`; `undefined` is the built-in service. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly state: DeliveryState;
  /** Of the refusal of the receiver, or of the emulator's own words for the state. */
  readonly code: string;
  /** How often it was handed over, or tried to be. */
  readonly attempts: number;
  /** Milliseconds since the epoch; in the future for an answer that is scheduled. */
  readonly acceptedAtMs: number;
}

/** What a chain is worked with. @internal */
export interface ChainParts {
  readonly state: AsyncState;
  /** Sends from the built-in service to the initiator. */
  readonly reply: (
    chain: string,
    type: 'RESPONSE' | 'NOTIFICATION',
    options: { readonly value: unknown; readonly afterMs: number },
  ) => Promise<string>;
}

/** When a reply goes out. */
export interface ReplyTiming {
  /** Milliseconds by the emulator's clock. Default: 0. */
  readonly afterMs?: number | undefined;
}

/** A chain of messages: one REQUEST and what came of it. Always as of now. */
export class AsyncChain<Response = unknown, Notification = Response> {
  readonly #parts: ChainParts;
  /** Its id, given by the gateway. */
  readonly correlationId: string;

  /** @internal */
  constructor(correlationId: string, parts: ChainParts) {
    this.correlationId = correlationId;
    this.#parts = parts;
  }

  get serviceId(): string {
    return this.#first.serviceId;
  }

  /** Of the REQUEST, given by the gateway. */
  get messageId(): string {
    return this.#first.messageId;
  }

  /** `senderId` of who sent the REQUEST. */
  get initiator(): string | undefined {
    return this.#first.from;
  }

  /** `senderId` of the provider; `undefined` is a built-in service. */
  get provider(): string | undefined {
    return this.#first.to;
  }

  get routeId(): string | undefined {
    return this.#first.routeId;
  }

  get properties(): readonly Property[] {
    return this.#first.properties;
  }

  /** The element `data` of the REQUEST as received; `undefined` when absent or nil. */
  get data(): XmlElement | undefined {
    return dataOf(this.#first.source);
  }

  /** In the order of acceptance. */
  get messages(): readonly ChainMessage[] {
    return this.#parts.state.chain(this.correlationId).map(shown);
  }

  /**
   * Sends the answer of the built-in service: durable when it resolves.
   *
   * @returns the messageId that the gateway has given it
   * @throws {ValidateError} when the service's own contract refuses the value
   * @throws {TypeError} when the provider is no built-in service
   */
  respond(value: Response, timing: ReplyTiming = {}): Promise<string> {
    return this.#reply('RESPONSE', value, timing);
  }

  /** Sends a preliminary answer of the built-in service, as {@link AsyncChain.respond} does the final one. */
  notify(value: Notification, timing: ReplyTiming = {}): Promise<string> {
    return this.#reply('NOTIFICATION', value, timing);
  }

  async #reply(
    type: 'RESPONSE' | 'NOTIFICATION',
    value: unknown,
    { afterMs = 0 }: ReplyTiming,
  ): Promise<string> {
    if (!Number.isSafeInteger(afterMs) || afterMs < 0) {
      throw new TypeError('afterMs must be whole milliseconds, not negative');
    }
    return this.#parts.reply(this.correlationId, type, { value, afterMs });
  }

  get #first(): StoredMessage {
    const [first] = this.#parts.state.chain(this.correlationId);
    if (first === undefined) throw new TypeError('there is no such chain');
    return first;
  }

  toJSON(): Record<string, unknown> {
    const { correlationId, serviceId, initiator, provider, messages } = this;
    return { correlationId, serviceId, initiator, provider, messages };
  }
}

function shown(message: StoredMessage): ChainMessage {
  const { messageId, messageType, senderMessageId, from, to, state, status, attempts, acceptedAtMs } =
    message;
  const code = status.error?.errorCode ?? status.code;
  return { messageId, messageType, senderMessageId, from, to, state, code, attempts, acceptedAtMs };
}
