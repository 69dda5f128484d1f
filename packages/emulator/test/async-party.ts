/**
 * An information system on the asynchronous channel, for the tests of this package: it says what it is told to say.
 *
 * @module
 */
import {
  type AsyncMessageType,
  type Clock,
  type SigningKey,
  systemClock,
  type Transport,
  type TransportRequest,
  type TransportResponse,
  type UnverifiedBody,
  type VerifiedBody,
} from '@egov-gateway/core';
import {
  type AsyncAccepted,
  asyncOperationOf,
  type DeliveryNotification,
  type ReceivedMessages,
  type ReceivedStatusAnswer,
  readAsyncAccepted,
  readAsyncMessage,
  readDeliveryNotificationAnswer,
  readMessages,
  readStatusAnswer,
  readStatusNotification,
  type WrittenEnvelope,
  writeAsyncAccepted,
  writeAsyncMessage,
  writeDeliveryNotification,
  writeFault,
  writeGetMessages,
  writeStatusNotificationAnswer,
  writeStatusRequest,
} from '@egov-gateway/envelope';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';

import type { Emulator } from '../src/index.ts';
import { post } from './caller.ts';
import { echo } from './echo-service.ts';

export interface PartyOptions {
  readonly senderId?: string;
  readonly password?: string;
  readonly key?: SigningKey;
  readonly clock?: Clock;
  readonly transport?: Transport;
  readonly url?: URL;
}

export interface Outgoing {
  readonly type?: AsyncMessageType;
  readonly correlationId?: string;
  readonly messageId?: string;
  readonly serviceId?: string;
}

/** Something that was pushed. */
export interface Pushed {
  readonly kind: 'message' | 'status';
  readonly messageId: string;
  readonly correlationId?: string | undefined;
  /** Type of a message, state of a status. */
  readonly what: string;
  readonly text?: string | undefined;
  readonly code?: string | undefined;
}

export class AsyncParty {
  readonly #emulator: Emulator;
  readonly #options: PartyOptions;
  readonly #transport: Transport;
  /** What came in by push, in order. */
  readonly pushed: Pushed[] = [];

  constructor(emulator: Emulator, options: PartyOptions = {}) {
    this.#emulator = emulator;
    this.#options = options;
    this.#transport = options.transport ?? emulator.transport();
  }

  get senderId(): string {
    return this.#options.senderId ?? this.#emulator.testSystem.senderId;
  }

  /** `sendMessage`, as far as the raw answer. */
  async post(text: string, outgoing: Outgoing = {}): Promise<TransportResponse> {
    const { type = 'REQUEST', correlationId, messageId, serviceId = echo.id } = outgoing;
    const fields = { serviceId, messageId, messageDateMs: this.#now(), sender: this.#sender() };
    const info =
      type === 'REQUEST'
        ? ({ ...fields, messageType: type } as const)
        : ({ ...fields, messageType: type, correlationId: correlationId ?? '' } as const);
    return this.send(writeAsyncMessage({ info, data: { codec: echo.request, value: text } }));
  }

  /** `sendMessage`. */
  async message(text: string, outgoing: Outgoing = {}): Promise<AsyncAccepted> {
    return readAsyncAccepted(await this.#open(await this.post(text, outgoing)));
  }

  async status(messageId: string): Promise<ReceivedStatusAnswer> {
    const written = writeStatusRequest({ messageId, requestDateMs: this.#now(), sender: this.#sender() });
    return readStatusAnswer(await this.#open(await this.send(written)));
  }

  async pull(
    filter: {
      readonly serviceId?: string;
      readonly amount?: number;
      readonly messageId?: string;
      readonly correlationId?: string;
    } = {},
  ): Promise<ReceivedMessages> {
    const { serviceId = echo.id, ...rest } = filter;
    const written = writeGetMessages({ serviceId, ...rest, sender: this.#sender() });
    return readMessages(await this.#open(await this.send(written)));
  }

  /** Ids and texts of what can be pulled. */
  async pulled(filter: Parameters<AsyncParty['pull']>[0] = {}): Promise<readonly string[]> {
    const { messages } = await this.pull(filter);
    return messages.map(({ info, data }) => `${info.messageType} ${data?.first?.text() ?? ''}`);
  }

  async confirm(
    messageId: string,
    outcome: Partial<Pick<DeliveryNotification, 'receiveStatus' | 'resend' | 'error'>> = {},
  ): Promise<string> {
    const written = writeDeliveryNotification({
      messageId,
      serviceId: echo.id,
      receiveStatus: 'accepted',
      ...outcome,
      requestDateMs: this.#now(),
      sender: this.#sender(),
    });
    return readDeliveryNotificationAnswer(await this.#open(await this.send(written))).notificationId;
  }

  async send({ bytes, layout }: WrittenEnvelope): Promise<TransportResponse> {
    const { clock = systemClock, url = this.#emulator.asyncUrl } = this.#options;
    const signer = createEnvelopeSigner({ key: this.#key(), clock });
    return post(this.#transport, url, await signer.sign(bytes, layout));
  }

  /** Takes pushes: verifies, notes and answers them. */
  readonly receive = async ({ body }: Pick<TransportRequest, 'body'>): Promise<TransportResponse> => {
    const { clock = systemClock } = this.#options;
    const verified = await createEnvelopeVerifier({ trust: this.#emulator.trust, clock }).verify(body);
    const operation = asyncOperationOf(verified)?.operation;
    const answer = operation === 'sendMessage' ? this.#takeMessage(verified) : this.#takeStatus(verified);
    const signer = createEnvelopeSigner({ key: this.#key(), clock });
    return soap(200, await signer.sign(answer.bytes, answer.layout));
  };

  #takeMessage(verified: VerifiedBody | UnverifiedBody): WrittenEnvelope {
    const { info, data, namespace } = readAsyncMessage(verified);
    const { messageId = '', correlationId = '', messageType, sessionId } = info;
    this.pushed.push({
      kind: 'message',
      messageId,
      correlationId,
      what: messageType,
      text: data?.first?.text(),
    });
    const accepted = { messageId, correlationId, responseDateMs: this.#now(), sessionId };
    return writeAsyncAccepted(accepted, { namespace });
  }

  #takeStatus(verified: VerifiedBody | UnverifiedBody): WrittenEnvelope {
    const {
      messageId,
      messageState,
      status,
      error,
      sessionId = '',
      namespace,
    } = readStatusNotification(verified);
    const code = error?.errorCode ?? status.statusCode;
    this.pushed.push({ kind: 'status', messageId, what: messageState, code });
    return writeStatusNotificationAnswer({ responseDateMs: this.#now(), sessionId }, { namespace });
  }

  #key(): SigningKey {
    return this.#options.key ?? this.#emulator.testSystem.signingKey;
  }

  #now(): number {
    return (this.#options.clock ?? systemClock).now();
  }

  #sender(): { senderId: string; password: string } {
    const { password = this.#emulator.testSystem.password } = this.#options;
    return { senderId: this.senderId, password };
  }

  #open(answer: TransportResponse): Promise<VerifiedBody | UnverifiedBody> {
    const { clock = systemClock } = this.#options;
    return createEnvelopeVerifier({ trust: this.#emulator.trust, clock }).verify(answer.body);
  }
}

/** An answer to a push. */
export function soap(status: number, body: Uint8Array): TransportResponse {
  return { status, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}

/** An unsigned refusal of a push. */
export function refusePush(code: string): TransportResponse {
  const errorInfo = { errorCode: code, errorMessage: 'no', errorDateMs: 0 };
  return soap(500, writeFault({ faultString: 'no', errorInfo }).bytes);
}
