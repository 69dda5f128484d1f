import type { AsyncMessageType, UnverifiedBody, VerifiedBody, XmlElement } from '@egov-gateway/core';

import { optionalText, readFields, readRepeated, requireEnum, requireField, requireText } from '../fields.ts';
import { type Property, type ReceivedSender, readProperties, readSender } from '../message-info.ts';
import { presentData } from '../received-data.ts';
import type { AsyncNamespace } from './channel.ts';
import { requestOf } from './envelope.ts';
import { asyncInfoFields, asyncMessageTypes } from './message-info.ts';

/** `messageInfo` of a received message. */
export interface ReceivedAsyncInfo {
  /** An opaque string: the gateway's own is a short decimal number. On a delivery by the gateway it is there. */
  readonly messageId?: string | undefined;
  /** The chain, an opaque string. On a delivery by the gateway it is there. */
  readonly correlationId?: string | undefined;
  readonly serviceId: string;
  readonly messageType: AsyncMessageType;
  readonly routeId?: string | undefined;
  /** As written, with whatever offset it has. See `parseMessageDate`. */
  readonly messageDate: string;
  readonly sender: ReceivedSender;
  readonly properties: readonly Property[];
  /** As written: a guid with or without braces, or any other string. See `answerSession`. */
  readonly sessionId?: string | undefined;
  /** An element of `messageInfo` beyond the contract, the first one of that name. */
  extension(localName: string, namespace?: string): XmlElement | undefined;
}

/** A received message of the asynchronous channel. */
export interface ReceivedAsyncMessage {
  readonly info: ReceivedAsyncInfo;
  /** The element `data`, for a codec or for `viewData`; `undefined` when absent or nil. */
  readonly data: XmlElement | undefined;
  /** Whether the message carried a signature that was verified. */
  readonly verified: boolean;
  /** Of the wrapper it came in: an answer or a fault goes back in the same. */
  readonly namespace: AsyncNamespace;
}

/**
 * Reads a message (`sendMessage`), for the gateway and for the receiver of a push alike.
 *
 * The wrapper must have exactly its name and one of the two namespaces of the channel. Below it, fields are found by
 * local name in any order, optional fields that are empty count as absent, unknown elements are ignored. Whether ids
 * are there is not decided here: senders leave them out, and the gateway fills them in.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_VALUE` when `messageType` is none of the enumeration
 * @throws {TypeError} when no verifier made the body
 * @see AsyncChannel v10, type AsyncSendMessageRequest
 */
export function readAsyncMessage(body: VerifiedBody | UnverifiedBody): ReceivedAsyncMessage {
  const { element, namespace } = requestOf(body, 'sendMessage');
  return { ...readMessageParts(element), verified: body.verified, namespace };
}

/** `messageInfo` and `messageData` of an element that has both. @throws {ParseError} as {@link readAsyncMessage} */
export function readMessageParts(message: XmlElement): Pick<ReceivedAsyncMessage, 'info' | 'data'> {
  const parts = readFields(message, ['messageInfo', 'messageData']);
  const info = readInfo(requireField(parts, 'messageInfo', message));
  const data = parts.messageData && readFields(parts.messageData, ['data']).data;
  return { info, data: presentData(data) };
}

const singleFields = asyncInfoFields.filter((field) => field !== 'properties');

function readInfo(info: XmlElement): ReceivedAsyncInfo {
  const fields = readFields(info, singleFields);
  return {
    messageId: optionalText(fields.messageId),
    correlationId: optionalText(fields.correlationId),
    serviceId: requireText(fields, 'serviceId', info),
    messageType: requireEnum(fields, 'messageType', info, asyncMessageTypes),
    routeId: optionalText(fields.routeId),
    messageDate: requireText(fields, 'messageDate', info).trim(),
    sender: readSender(requireField(fields, 'sender', info)),
    properties: readProperties(info),
    sessionId: optionalText(fields.sessionId),
    extension: (localName, namespace = '') =>
      readRepeated(info, localName).find((element) => element.namespace === namespace),
  };
}
