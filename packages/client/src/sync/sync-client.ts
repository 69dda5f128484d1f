/**
 * The synchronous channel: one request, one answer, on one HTTP exchange.
 *
 * @module
 */
import { newLocalKey, newMessageId, type Service } from '@egov-gateway/core';
import { type WrittenEnvelope, writeSyncRequest } from '@egov-gateway/envelope';

import { Channel } from '../exchange/channel.ts';
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
  readonly #channel: Channel;

  /**
   * @throws {TypeError} when an option is out of range, or a signer or verifier is missing that was not switched off
   * @throws {SendError} `ERR_SEND_INSECURE_URL` when the endpoint is plain http and that is not allowed
   */
  constructor(options: SyncClientOptions) {
    this.#options = { ...options };
    this.#channel = new Channel(options);
    assertRetryUnknown(options.retryUnknown);
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
    const { messageId = newMessageId(), key = newLocalKey(), signal, totalTimeoutMs } = options;
    const { id: serviceId } = service;
    const { journal, retryUnknown } = this.#options;
    const subject = { localKey: key, messageId, serviceId, channel: 'sync' } as const;
    const channel = this.#channel;
    return channel.run(
      {
        telemetry: { messageId, serviceId },
        messageId,
        journal: journal && { to: journal, subject },
        signal,
        totalTimeoutMs,
      },
      async (call) => {
        const written = this.#write({ ...options, messageId }, service, request);
        const signed = await channel.sign(written, call.deadline);
        call.telemetry.signed(signed.byteLength);
        const { reference, subjects } = options;
        await call.journal?.signed(signed, { reference, subjects });

        const body = await channel.exchange(call, signed, {
          retryUnknown: options.retryUnknown ?? retryUnknown ?? 'never',
        });
        const answer = readAnswer(body, service, { ...channel.rules(messageId), messageId });
        const delivery = answer.verified ? 'answered' : 'unknown';
        await call.journal?.outcome('answered', { bytes: call.answer, delivery });
        return answer;
      },
    );
  }

  #write<Request>(
    options: CallOptions & { readonly messageId: string },
    service: Service<Request, unknown>,
    request: Request,
  ): WrittenEnvelope {
    const client = this.#options;
    const { messageId } = options;
    const { id: serviceId } = service;
    const headerBlocks = options.headerBlocks ?? client.headerBlocks;
    return writeSyncRequest(
      {
        info: {
          messageId,
          serviceId,
          correlationId: options.correlationId,
          messageDateMs: Math.trunc(this.#channel.clock.now()),
          utcOffset: client.utcOffset,
          routeId: options.routeId ?? client.routeId,
          sender: this.#channel.sender,
          properties: options.properties ?? client.properties,
          extensions: options.extensions ?? client.extensions,
        },
        data: { codec: service.request, value: request },
        headerBlocks:
          typeof headerBlocks === 'function' ? headerBlocks({ messageId, serviceId }) : headerBlocks,
      },
      { isPasswordRequired: client.isPasswordRequired, wrapper: service.wrapper },
    );
  }
}

function assertRetryUnknown(value: unknown): void {
  if (value !== undefined && value !== 'never' && value !== 'same-message') {
    throw new TypeError("retryUnknown must be 'never' or 'same-message'");
  }
}
