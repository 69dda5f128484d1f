/**
 * `getMessagesResponse`: the messages that waited for a receiver.
 *
 * @see AsyncChannel v10, types AsyncGetMessagesResponse and AsyncMessage
 * @module
 */
import {
  ParseError,
  type UnverifiedBody,
  type ValidationIssue,
  type VerifiedBody,
  type XmlElement,
} from '@egov-gateway/core';

import type { ReadAnswerOptions } from '../answer-content.ts';
import { checkDate } from '../contract-date.ts';
import { optionalText, readFields, readRepeated, requireText } from '../fields.ts';
import { checkGuid, toGuid } from '../guid.ts';
import { formatMessageDate } from '../message-date.ts';
import { checkMessageData, writeMessageData } from '../received-part.ts';
import type { WriteOptions, WrittenEnvelope } from '../soap-envelope.ts';
import { asyncName } from './channel.ts';
import type { AsyncDelivery } from './delivery.ts';
import { responseOf, writeAsync } from './envelope.ts';
import { checkDeliveryInfo, writeAsyncInfo } from './message-info.ts';
import { type ReceivedAsyncMessage, readMessageParts } from './read-message.ts';

/** Messages as the gateway hands them out. */
export interface MessagesAnswer {
  /** Milliseconds since the epoch. */
  readonly responseDateMs: number;
  /** The offset that `responseDate` is written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  /** A guid, with or without braces. */
  readonly sessionId: string;
  readonly messages: readonly AsyncDelivery[];
}

/** One of the messages that were pulled. */
export interface PulledMessage extends ReceivedAsyncMessage {
  /** Its place in the answer, from 0, unreadable ones counted. */
  readonly part: number;
}

/** One of the messages that were pulled, which cannot be read. The others can. */
export interface UnreadableMessage {
  /** Its place in the answer, from 0. */
  readonly part: number;
  readonly error: ParseError;
  /** The element `messages` as it came. */
  readonly element?: XmlElement | undefined;
}

/** Messages that were pulled. */
export interface ReceivedMessages {
  /** As written, with whatever offset it has. See `parseMessageDate`. */
  readonly responseDate: string;
  /** As written. */
  readonly sessionId?: string | undefined;
  /** In the order of the answer. */
  readonly messages: readonly PulledMessage[];
  /** Usually none. Not to be ignored: nobody will confirm them, so the gateway keeps them. */
  readonly unreadable: readonly UnreadableMessage[];
  /** Whether the answer carried a signature that was verified. It covers all messages in it. */
  readonly verified: boolean;
}

const path = '/getMessagesResponse/response';
const clause = 'AsyncChannel v10, type AsyncGetMessagesResponse';

/**
 * Messages for a receiver as an unsigned SOAP 1.1 envelope, for the one who plays the gateway.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule; positions count from 1, `messages[1]`
 */
export function writeMessages(answer: MessagesAnswer, options: WriteOptions = {}): WrittenEnvelope {
  const { responseDateMs, utcOffset, sessionId, messages } = answer;
  const issues: ValidationIssue[] = [];
  checkDate(issues, `${path}/responseDate`, responseDateMs, utcOffset, clause);
  checkGuid(issues, `${path}/sessionId`, sessionId, { isRequired: true });
  for (const [index, { info, data }] of messages.entries()) {
    const at = `${path}/messages[${index + 1}]`;
    checkDeliveryInfo(issues, `${at}/messageInfo`, info);
    checkMessageData(issues, `${at}/messageData/data`, data);
  }

  const name = asyncName('getMessages', 'response');
  return writeAsync({ name, part: 'response', issues, newId: options.newId }, (writer) => {
    writer.leaf('responseDate', formatMessageDate(responseDateMs, utcOffset));
    writer.leaf('sessionId', toGuid(sessionId) ?? sessionId);
    for (const { info, data } of messages) {
      writer.open('messages');
      writeAsyncInfo(writer, info);
      writeMessageData(writer, data);
      writer.close();
    }
  });
}

/**
 * Reads the messages that were pulled.
 *
 * A message that cannot be read does not hide the others: it is among `unreadable`. An empty element `messages` is no
 * message.
 *
 * @throws {GatewayFault} `ERR_FAULT_GATEWAY` when the answer is a SOAP fault
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_DEPTH`
 * @throws {TypeError} when no verifier made the body
 */
export function readMessages(
  body: VerifiedBody | UnverifiedBody,
  options: ReadAnswerOptions = {},
): ReceivedMessages {
  const { element, namespace } = responseOf(body, 'getMessages', options);
  const fields = readFields(element, ['responseDate', 'sessionId']);
  const messages: PulledMessage[] = [];
  const unreadable: UnreadableMessage[] = [];
  const found = readRepeated(element, 'messages').filter((message) => message.first !== undefined);
  for (const [part, message] of found.entries()) {
    try {
      messages.push({ ...readMessageParts(message), part, verified: body.verified, namespace });
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      unreadable.push({ part, error, element: message });
    }
  }
  return {
    responseDate: requireText(fields, 'responseDate', element).trim(),
    sessionId: optionalText(fields.sessionId),
    messages,
    unreadable,
    verified: body.verified,
  };
}
