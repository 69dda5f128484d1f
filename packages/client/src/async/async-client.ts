/**
 * The asynchronous channel: messages out, their status, messages pulled and confirmed.
 *
 * @module
 */
import {
  type AsyncMessageType,
  JournalError,
  newLocalKey,
  type UnverifiedBody,
  type VerifiedBody,
} from '@egov-gateway/core';
import {
  type AsyncMessageInfo,
  type ReceivedDeliveryNotificationAnswer,
  type ReceivedStatusAnswer,
  readAsyncAccepted,
  readDeliveryNotificationAnswer,
  readMessages,
  readStatusAnswer,
  type WrittenEnvelope,
  writeAsyncMessage,
  writeDeliveryNotification,
  writeGetMessages,
  writeStatusRequest,
} from '@egov-gateway/envelope';
import type { PreparedMessage } from '@egov-gateway/outbox';

import type { Call } from '../exchange/call.ts';
import { Channel } from '../exchange/channel.ts';
import { readTrusted } from '../exchange/trusted-answer.ts';
import type {
  AsyncClientOptions,
  ChainPlace,
  DeliveryOutcome,
  InterruptOptions,
  PollOptions,
  PrepareOptions,
  SendOptions,
} from './async-client-options.ts';
import type { AcceptedMessage, DeliverableMessage, PolledMessages, SentMessage } from './async-messages.ts';
import { isMessageJournal, journalOfDirectSend } from './direct-journal.ts';
import { findSent, recordStatus } from './record-status.ts';
import { type AnyAsyncService, dataFor, type SentValue } from './service-values.ts';

type Operation = 'sendMessage' | 'getMessageStatus' | 'getMessages' | 'sendDeliveryNotification';

interface Subject extends InterruptOptions {
  readonly operation: Operation;
  readonly serviceId: string;
  readonly messageId?: string | undefined;
  readonly localKey?: string | undefined;
}

/**
 * Client of the asynchronous channel. It keeps nothing between calls. What outlives a restart is the work of a
 * journal and an outbox: see `createAsyncGateway`.
 *
 * @example
 * ```ts
 * import { AsyncClient, createTransport } from '@egov-gateway/client';
 *
 * const client = new AsyncClient({
 *   endpoint: 'https://gateway.example/async/',
 *   sender: { id: 'my-system', password },
 *   signer,
 *   verifier,
 *   transport: createTransport(),
 * });
 * const { messageId, correlationId } = await client.send(service, request);
 * ```
 */
export class AsyncClient {
  readonly #options: AsyncClientOptions;
  readonly #channel: Channel;

  /**
   * @throws {TypeError} when an option is out of range, or a signer or verifier is missing that was not switched off
   * @throws {SendError} `ERR_SEND_INSECURE_URL` when the endpoint is plain http and that is not allowed
   */
  constructor(options: AsyncClientOptions) {
    this.#options = { ...options };
    this.#channel = new Channel(options);
  }

  /**
   * Validates, writes and signs a message: the bytes that an outbox keeps and `deliver` sends. Nothing leaves.
   *
   * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule, `not-sent`
   * @throws {SignError} `not-sent`
   */
  async prepare<Of extends AnyAsyncService, Type extends AsyncMessageType = 'REQUEST'>(
    service: Of,
    value: SentValue<Of, Type>,
    options?: PrepareOptions & ChainPlace<Type>,
  ): Promise<PreparedMessage> {
    const given: PrepareOptions & ChainPlace = options ?? {};
    const { type: messageType = 'REQUEST', messageId, correlationId, signal, timeoutMs } = given;
    const bytes = await this.#channel.seal(() => this.#write(service, value, given), {
      messageId,
      signal,
      totalTimeoutMs: timeoutMs,
    });
    return { bytes, serviceId: service.id, messageType, messageId, correlationId };
  }

  /**
   * Sends exactly the bytes of a prepared message, once, and reads the answer. Records nothing: this is what an outbox
   * calls.
   *
   * @throws {SendError} `not-sent` when no byte left, else `unknown`
   * @throws {XmlError} @throws {VerifyError} @throws {ParseError} when the answer cannot be trusted or read, `unknown`
   * @throws {GatewayFault} `answered` when its signature was verified, else `unknown`
   */
  async deliver(
    message: Uint8Array | DeliverableMessage,
    options: InterruptOptions = {},
  ): Promise<AcceptedMessage> {
    const { bytes, serviceId, messageId, localKey } =
      message instanceof Uint8Array ? { bytes: message, serviceId: '' } : message;
    return this.#run({ operation: 'sendMessage', serviceId, messageId, localKey, ...options }, (call) =>
      this.#deliver(call, bytes, 1),
    );
  }

  /**
   * `prepare` and `deliver` in one, recorded in the journal, if there is one: the bytes before they leave, then the
   * outcome. For messages that may be lost with the process, or whose sender repeats by itself; else use an outbox.
   *
   * A failure that is certain to be `not-sent` is tried again with the same bytes.
   *
   * @throws {ValidateError} @throws {SignError} `not-sent`
   * @throws {SendError} @throws {XmlError} @throws {VerifyError} @throws {ParseError} @throws {GatewayFault} as `deliver`
   */
  async send<Of extends AnyAsyncService, Type extends AsyncMessageType = 'REQUEST'>(
    service: Of,
    value: SentValue<Of, Type>,
    options?: SendOptions & ChainPlace<Type>,
  ): Promise<SentMessage> {
    const given: SendOptions & ChainPlace = options ?? {};
    const { type: messageType = 'REQUEST', messageId, correlationId, reference, subjects } = given;
    const { signal, timeoutMs } = given;
    const localKey = newLocalKey();
    const { journal } = this.#options;
    const { id: serviceId } = service;
    const subject = {
      localKey,
      messageId,
      correlationId,
      serviceId,
      channel: 'async',
      messageType,
    } as const;
    const limitMs = timeoutMs ?? this.#options.totalTimeoutMs ?? 60_000;
    const accepted = await this.#channel.run(
      {
        ...identityOf({ operation: 'sendMessage', serviceId, messageId, localKey }),
        journal: journal && { to: journalOfDirectSend(journal, { timeoutMs: limitMs }), subject },
        signal,
        totalTimeoutMs: timeoutMs,
      },
      async (call) => {
        const signed = await this.#channel.sign(this.#write(service, value, given), call.deadline);
        call.telemetry.signed(signed.byteLength);
        await call.journal?.signed(signed, { reference, subjects });
        const answer = await this.#deliver(call, signed);
        await call.journal?.outcome('answered', {
          messageId: answer.messageId,
          correlationId: answer.correlationId ?? correlationId,
          bytes: answer.bytes,
          delivery: answer.verified ? 'answered' : 'unknown',
        });
        return answer;
      },
    );
    return { ...accepted, localKey };
  }

  /**
   * Asks the gateway where a message stands. When the journal has the message, what is new is recorded with it.
   *
   * @param messageId - the one the gateway answered with when it took the message
   * @throws {SendError} @throws {XmlError} @throws {VerifyError} @throws {ParseError} @throws {GatewayFault} as `deliver`
   */
  async status(messageId: string, options: InterruptOptions = {}): Promise<ReceivedStatusAnswer> {
    const operation = 'getMessageStatus';
    return this.#run({ operation, serviceId: '', messageId, ...options }, async (call) => {
      const { sender, clock } = this.#channel;
      const { utcOffset, properties } = this.#options;
      const requestDateMs = Math.trunc(clock.now());
      const { answer, bytes } = await this.#ask(
        call,
        writeStatusRequest({ messageId, requestDateMs, utcOffset, sender, properties }, this.#rules()),
        (body) => readStatusAnswer(body, { messageId }),
      );
      await this.#recordStatus(call, messageId, answer, bytes);
      return answer;
    });
  }

  /**
   * Pulls messages that wait for this system. Recording and confirming them is the caller's: see `Poller`.
   *
   * @throws {ValidateError} `ERR_VALIDATE_CONTRACT`, `not-sent`
   * @throws {SendError} @throws {XmlError} @throws {VerifyError} @throws {ParseError} @throws {GatewayFault} as `deliver`
   */
  async poll(serviceId: string, options: PollOptions = {}): Promise<PolledMessages> {
    const { amount, messageId, correlationId, signal, timeoutMs } = options;
    return this.#run({ operation: 'getMessages', serviceId, signal, timeoutMs }, async (call) => {
      const { sender, clock } = this.#channel;
      const { utcOffset, properties } = this.#options;
      const requestDateMs = Math.trunc(clock.now());
      const request = {
        serviceId,
        messageId,
        correlationId,
        amount,
        requestDateMs,
        utcOffset,
        sender,
        properties,
      };
      const { answer, bytes } = await this.#ask(call, writeGetMessages(request, this.#rules()), (body) =>
        readMessages(body),
      );
      return { ...answer, bytes };
    });
  }

  /**
   * Tells the gateway what became of a message that was pulled. Saying the same twice does no harm.
   *
   * @throws {ValidateError} `ERR_VALIDATE_CONTRACT`, `not-sent`
   * @throws {SendError} @throws {XmlError} @throws {VerifyError} @throws {ParseError} @throws {GatewayFault} as `deliver`
   */
  async confirm(
    message: { readonly messageId: string; readonly serviceId: string },
    outcome: DeliveryOutcome = 'accepted',
    options: InterruptOptions = {},
  ): Promise<ReceivedDeliveryNotificationAnswer> {
    const { messageId, serviceId } = message;
    const operation = 'sendDeliveryNotification';
    return this.#run({ operation, serviceId, messageId, ...options }, async (call) => {
      const { sender, clock } = this.#channel;
      const { utcOffset, notAcceptedSpelling } = this.#options;
      const verdict = outcome === 'accepted' ? ({ receiveStatus: 'accepted' } as const) : outcome;
      const { answer } = await this.#ask(
        call,
        writeDeliveryNotification(
          { messageId, serviceId, requestDateMs: Math.trunc(clock.now()), utcOffset, sender, ...verdict },
          { ...this.#rules(), notAcceptedSpelling },
        ),
        (body) => readDeliveryNotificationAnswer(body, { messageId }),
      );
      return answer;
    });
  }

  #run<Outcome>(subject: Subject, steps: (call: Call) => Promise<Outcome>): Promise<Outcome> {
    const { signal, timeoutMs } = subject;
    return this.#channel.run({ ...identityOf(subject), signal, totalTimeoutMs: timeoutMs }, steps);
  }

  /** Signs, sends and reads what asks without changing anything, or may be said twice. */
  async #ask<Answer extends { readonly verified: boolean; readonly responseDate: string }>(
    call: Call,
    written: WrittenEnvelope,
    read: (body: VerifiedBody | UnverifiedBody) => Answer,
  ): Promise<{ readonly answer: Answer; readonly bytes: Uint8Array }> {
    const signed = await this.#channel.sign(written, call.deadline);
    call.telemetry.signed(signed.byteLength);
    return this.#exchange(call, signed, read);
  }

  async #deliver(call: Call, signed: Uint8Array, maxAttempts?: number): Promise<AcceptedMessage> {
    const { messageId } = call;
    const { answer, bytes } = await this.#exchange(
      call,
      signed,
      (body) => readAsyncAccepted(body, { messageId }),
      maxAttempts,
    );
    return { ...answer, bytes };
  }

  async #exchange<Answer extends { readonly verified: boolean; readonly responseDate: string }>(
    call: Call,
    signed: Uint8Array,
    read: (body: VerifiedBody | UnverifiedBody) => Answer,
    maxAttempts?: number,
  ): Promise<{ readonly answer: Answer; readonly bytes: Uint8Array }> {
    const body = await this.#channel.exchange(call, signed, maxAttempts === undefined ? {} : { maxAttempts });
    const rules = this.#channel.rules(call.messageId);
    const answer = readTrusted(
      () => read(body),
      ({ responseDate }) => responseDate,
      rules,
    );
    // There is one as soon as there is a Body.
    return { answer, bytes: call.answer ?? new Uint8Array() };
  }

  #write(service: AnyAsyncService, value: unknown, options: PrepareOptions & ChainPlace): WrittenEnvelope {
    const client = this.#options;
    const { type: messageType = 'REQUEST', messageId, correlationId } = options;
    const info = {
      messageId,
      correlationId,
      serviceId: service.id,
      messageType,
      messageDateMs: Math.trunc(this.#channel.clock.now()),
      utcOffset: client.utcOffset,
      routeId: options.routeId ?? client.routeId,
      sender: this.#channel.sender,
      properties: options.properties ?? client.properties,
      extensions: options.extensions ?? client.extensions,
      // Type and chain go together by `ChainPlace`, and are checked once more when the message is written.
    } as AsyncMessageInfo;
    const headerBlocks = options.headerBlocks ?? client.headerBlocks;
    return writeAsyncMessage(
      { info, data: dataFor(service, messageType, value), headerBlocks },
      this.#rules(),
    );
  }

  /** The answer stands whatever becomes of its record. */
  async #recordStatus(
    call: Call,
    messageId: string,
    { messageState, status }: ReceivedStatusAnswer,
    bytes: Uint8Array,
  ): Promise<void> {
    const { journal } = this.#options;
    if (journal === undefined || !isMessageJournal(journal)) return;
    const atMs = this.#channel.clock.now();
    const news = { messageId, deliveryState: messageState, code: status.statusCode, bytes, atMs };
    try {
      const [message, namesake] = await findSent(journal, messageId);
      if (namesake !== undefined) {
        throw new JournalError('a status was not kept: several messages have the id that it is about', {
          code: 'ERR_JOURNAL_STATE',
          delivery: 'answered',
        });
      }
      if (message !== undefined) await recordStatus(journal, message, news, { isAsked: true });
    } catch (error) {
      call.telemetry.journalFailed({ kind: 'status', error });
    }
  }

  #rules(): { readonly isPasswordRequired: boolean | undefined } {
    return { isPasswordRequired: this.#options.isPasswordRequired };
  }
}

function identityOf({ operation, serviceId, messageId, localKey }: Subject) {
  return {
    telemetry: { operation, serviceId, messageId: messageId ?? localKey ?? newLocalKey() },
    messageId,
  };
}
