/**
 * The synchronous channel: one request, one answer, on one HTTP exchange.
 *
 * @module
 */
import {
  GatewayError,
  newMessageId,
  type Service,
  SignError,
  systemClock,
  type UnverifiedBody,
  type VerifiedBody,
} from '@egov-gateway/core';
import { type SenderInfo, type WrittenEnvelope, writeSyncRequest } from '@egov-gateway/envelope';

import { type Call, concludeFailure } from '../exchange/call.ts';
import { CallJournal } from '../exchange/call-journal.ts';
import { CallTelemetry } from '../exchange/call-telemetry.ts';
import { Deadline } from '../exchange/deadline.ts';
import { assertAllowedUrl, parseEndpoint, prepareHeaders } from '../exchange/endpoint.ts';
import { sendMessage } from '../exchange/send-message.ts';
import { positiveInteger } from '../positive-integer.ts';
import { type CallAnswer, readAnswer } from './read-answer.ts';
import type { CallOptions, SyncClientOptions } from './sync-client-options.ts';

/**
 * Client of the synchronous channel. It keeps nothing between calls, so that one instance serves any number of calls
 * at a time.
 *
 * @example
 * ```ts
 * import { createTransport, SyncClient } from '@egov-gateway/client';
 *
 * const client = new SyncClient({
 *   endpoint: 'https://gateway.example/bip-sync-wss/',
 *   sender: { id: 'my-system', password },
 *   signer,
 *   verifier,
 *   transport: createTransport(),
 * });
 * const answer = await client.call(service, request);
 * ```
 */
export class SyncClient {
  readonly #options: SyncClientOptions;
  readonly #sender: SenderInfo;
  readonly #endpoint: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #totalTimeoutMs: number;
  readonly #maxAttempts: number;
  readonly #retryDelayMs: number;

  /**
   * @throws {TypeError} when an option is out of range, or a signer or verifier is missing that was not switched off
   * @throws {SendError} `ERR_SEND_INSECURE_URL` when the endpoint is plain http and that is not allowed
   */
  constructor(options: SyncClientOptions) {
    this.#options = { ...options };
    if (typeof options.sender?.id !== 'string') throw new TypeError('sender is missing: { id, password }');
    this.#sender = { senderId: options.sender.id, password: options.sender.password };
    this.#endpoint = parseEndpoint(options.endpoint);
    assertAllowedUrl(this.#endpoint, options.allowInsecureHttp === true);
    this.#headers = prepareHeaders(options.headers ?? {});
    this.#totalTimeoutMs = positiveInteger('totalTimeoutMs', options.totalTimeoutMs, 60_000);
    this.#maxAttempts = positiveInteger('maxAttempts', options.maxAttempts, 2);
    this.#retryDelayMs = positiveInteger('retryDelayMs', options.retryDelayMs, 200, 0);
    const { signing, signer, verification, verifier, acceptUnverified } = options;
    assertSwitch('signing', signing);
    assertPart('signer', signer, signing !== 'off', "signing: 'off'");
    assertSwitch('verification', verification);
    assertPart('verifier', verifier, verification !== 'off', "verification: 'off'");
    assertPart('acceptUnverified', acceptUnverified, verification === 'off', "verification: 'required'");
    assertRetryUnknown(options.retryUnknown);
    if (options.maxAnswerAgeMs !== undefined) {
      positiveInteger('maxAnswerAgeMs', options.maxAnswerAgeMs, 1);
      assertPart('maxAnswerAgeMs', 0, verification !== 'off', "verification: 'off'");
    }
  }

  /**
   * Sends one request and returns the data of its answer: validate, write, sign, send, verify, read, in this order.
   *
   * Every error of the SDK carries `messageId` and `delivery`. A cancelled call rejects with `signal.reason`, a journal
   * that refuses the signed bytes with the journal's own error, nothing having been sent.
   *
   * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule, `not-sent`
   * @throws {SignError} `not-sent`
   * @throws {SendError} `not-sent` when no byte left, else `unknown`
   * @throws {XmlError} when the answer is not acceptable XML, `unknown`
   * @throws {VerifyError} when the answer must not be trusted, `unknown`
   * @throws {ParseError} when the answer is not what the contract says, `unknown`
   * @throws {GatewayFault} `answered` when its signature was verified, else `unknown`
   * @throws {BusinessError} `answered`; `unknown` with `verification: 'off'`
   */
  async call<Request, Response>(
    service: Service<Request, Response>,
    request: Request,
    options: CallOptions = {},
  ): Promise<Response> {
    return (await this.callWithInfo(service, request, options)).value;
  }

  /**
   * As {@link SyncClient.call}, and says what stood around the data: status, the ids of the answering side, whether the
   * answer was verified.
   */
  async callWithInfo<Request, Response>(
    service: Service<Request, Response>,
    request: Request,
    options: CallOptions = {},
  ): Promise<CallAnswer<Response>> {
    assertRetryUnknown(options.retryUnknown);
    const { messageId = newMessageId() } = options;
    const { id: serviceId } = service;
    const totalTimeoutMs = positiveInteger('totalTimeoutMs', options.totalTimeoutMs, this.#totalTimeoutMs);
    const telemetry = new CallTelemetry(messageId, serviceId);
    const deadline = new Deadline({ totalTimeoutMs, signal: options.signal, messageId });
    const { journal, clock = systemClock } = this.#options;
    const record = { messageId, serviceId, deadline, telemetry };
    const call: Call = {
      ...record,
      options,
      journal: journal && new CallJournal({ ...record, journal, clock }),
      answer: undefined,
    };
    try {
      const answer = await this.#run(call, service, request);
      await call.journal?.outcome('answered', {
        bytes: call.answer,
        delivery: answer.verified ? 'answered' : 'unknown',
      });
      telemetry.ended();
      return answer;
    } catch (error) {
      throw await concludeFailure(call, error);
    } finally {
      deadline.dispose();
    }
  }

  async #run<Request, Response>(
    call: Call,
    service: Service<Request, Response>,
    request: Request,
  ): Promise<CallAnswer<Response>> {
    const { deadline, telemetry, messageId } = call;
    const { verification = 'required', maxAnswerAgeMs, clock = systemClock } = this.#options;
    deadline.signal.throwIfAborted();
    const written = this.#write(call, service, request);
    const signed = await this.#sign(written, deadline);
    telemetry.signed(signed.byteLength);
    if (call.journal !== undefined) await call.journal.signed(signed);

    const body = await this.#open(await this.#send(call, signed), deadline);
    return readAnswer(body, service, { messageId, verification, maxAnswerAgeMs, clock });
  }

  #write<Request>(call: Call, service: Service<Request, unknown>, request: Request): WrittenEnvelope {
    const client = this.#options;
    const { options, messageId, serviceId } = call;
    const headerBlocks = options.headerBlocks ?? client.headerBlocks;
    return writeSyncRequest(
      {
        info: {
          messageId,
          serviceId,
          correlationId: options.correlationId,
          messageDateMs: Math.trunc((client.clock ?? systemClock).now()),
          utcOffset: client.utcOffset,
          routeId: options.routeId ?? client.routeId,
          sender: this.#sender,
          properties: options.properties ?? client.properties,
          extensions: options.extensions ?? client.extensions,
        },
        data: { codec: service.request, value: request },
        headerBlocks:
          typeof headerBlocks === 'function' ? headerBlocks({ messageId, serviceId }) : headerBlocks,
      },
      { isPasswordRequired: client.isPasswordRequired },
    );
  }

  async #sign({ bytes, layout }: WrittenEnvelope, deadline: Deadline): Promise<Uint8Array> {
    const { signer } = this.#options;
    if (signer === undefined) return bytes;
    try {
      return await deadline.race(signer.sign(bytes, layout));
    } catch (cause) {
      if (cause instanceof GatewayError || deadline.signal.aborted) throw cause;
      throw new SignError('the signer failed with an error of its own', { code: 'ERR_SIGN_KEY', cause });
    }
  }

  async #open(answer: Uint8Array, deadline: Deadline): Promise<VerifiedBody | UnverifiedBody> {
    const { verifier, acceptUnverified } = this.#options;
    if (verifier !== undefined) return deadline.race(verifier.verify(answer));
    if (acceptUnverified !== undefined) return acceptUnverified(answer);
    throw new TypeError('a verifier is missing');
  }

  #send(call: Call, signed: Uint8Array): Promise<Uint8Array> {
    const { transport, retryUnknown } = this.#options;
    return sendMessage(call, signed, {
      transport,
      url: this.#endpoint,
      headers: this.#headers,
      maxAttempts: this.#maxAttempts,
      retryDelayMs: this.#retryDelayMs,
      retryUnknown: call.options.retryUnknown ?? retryUnknown ?? 'never',
    });
  }
}

function assertSwitch(name: string, value: unknown): void {
  if (value !== undefined && value !== 'required' && value !== 'off') {
    throw new TypeError(`${name} must be 'required' or 'off'`);
  }
}

/** A part that is there although it is switched off is as suspicious as one that is missing. */
function assertPart(name: string, part: unknown, isNeeded: boolean, otherwise: string): void {
  if (isNeeded && part === undefined) throw new TypeError(`${name} is missing; or say ${otherwise}`);
  if (!isNeeded && part !== undefined) throw new TypeError(`${name} has no use with ${otherwise}`);
}

function assertRetryUnknown(value: unknown): void {
  if (value !== undefined && value !== 'never' && value !== 'same-message') {
    throw new TypeError("retryUnknown must be 'never' or 'same-message'");
  }
}
