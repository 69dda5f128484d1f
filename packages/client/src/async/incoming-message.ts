/**
 * From stored bytes to a message that a handler gets.
 *
 * @module
 */
import {
  type AsyncMessageType,
  type EnvelopeVerifier,
  ParseError,
  type UnverifiedBody,
  type VerifiedBody,
  VerifyError,
} from '@egov-gateway/core';
import {
  type Property,
  type ReceivedAsyncMessage,
  readAsyncMessage,
  readMessages,
} from '@egov-gateway/envelope';
import type { Open } from '@egov-gateway/outbox';

import { readData } from '../exchange/read-data.ts';
import { type AnyAsyncService, codecFor, type ReceivedValue } from './service-values.ts';

/** What stands around the data of a received message. */
export interface IncomingInfo {
  /** Given by the gateway, an opaque string. */
  readonly messageId: string | undefined;
  /** The chain. */
  readonly correlationId: string | undefined;
  readonly serviceId: string;
  readonly routeId: string | undefined;
  /** As written, with whatever offset it has. See `parseMessageDate`. */
  readonly messageDate: string;
  /** Who says to have sent it. */
  readonly senderId: string;
  readonly properties: readonly Property[];
  readonly sessionId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly receivedAtMs: number;
  /** Whether it carried a signature that was verified. */
  readonly verified: boolean;
}

/** A received message of a service. `type` tells which data it has. */
export type IncomingMessage<Of extends AnyAsyncService = AnyAsyncService> = {
  readonly [Type in AsyncMessageType]: IncomingInfo & {
    readonly type: Type;
    readonly data: ReceivedValue<Of, Type>;
  };
}[AsyncMessageType];

/** Who opens stored bytes, and what for. */
export interface OpenerOptions {
  readonly verifier: EnvelopeVerifier | undefined;
  readonly acceptUnverified: ((envelope: Uint8Array) => UnverifiedBody) | undefined;
  readonly serviceOf: (serviceId: string) => AnyAsyncService | undefined;
}

/**
 * Opens stored bytes: verifies them once more, judged as of the instant they came, and reads nothing else of them.
 *
 * @internal
 */
export function createOpener({
  verifier,
  acceptUnverified,
  serviceOf,
}: OpenerOptions): Open<IncomingMessage> {
  const verify = async (bytes: Uint8Array, atMs: number): Promise<VerifiedBody | UnverifiedBody> => {
    if (verifier === undefined) {
      if (acceptUnverified === undefined) throw new TypeError('a verifier is missing');
      return acceptUnverified(bytes);
    }
    const body = await verifier.verify(bytes, { atMs });
    if (body.verified) return body;
    throw new VerifyError('expected a signed message', { code: 'ERR_VERIFY_UNSIGNED' });
  };
  return async (bytes, atMs, part) => {
    const body = await verify(bytes, atMs);
    const message = part === undefined ? readAsyncMessage(body) : pulled(body, part);
    const service = serviceOf(message.info.serviceId);
    if (service === undefined) {
      throw new ParseError('expected a message of a service that is known here', {
        code: 'ERR_PARSE_VALUE',
        path: '/messageInfo/serviceId',
      });
    }
    return opened(message, service, atMs);
  };
}

function pulled(body: VerifiedBody | UnverifiedBody, part: number): ReceivedAsyncMessage {
  const { messages, unreadable } = readMessages(body);
  const message = messages.find((one) => one.part === part);
  if (message !== undefined) return message;
  throw (
    unreadable.find((one) => one.part === part)?.error ??
    new ParseError('expected the message at its place, found none', {
      code: 'ERR_PARSE_MISSING_ELEMENT',
      path: `/Envelope/Body/getMessagesResponse/response/messages[${part + 1}]`,
    })
  );
}

function opened(
  { info, data, verified }: ReceivedAsyncMessage,
  service: AnyAsyncService,
  receivedAtMs: number,
): IncomingMessage {
  const { messageId, correlationId, serviceId, messageType: type, routeId, messageDate } = info;
  const codec = codecFor(service, type);
  return {
    type,
    data: readData(codec, data, '/messageData/data'),
    messageId,
    correlationId,
    serviceId,
    routeId,
    messageDate,
    senderId: info.sender.senderId,
    properties: info.properties,
    sessionId: info.sessionId,
    receivedAtMs,
    verified,
  };
}
