/**
 * `sendMessageResponse`: the message was taken, and these are its ids.
 *
 * @see AsyncChannel v10, type AsyncSendMessageResponse
 * @module
 */
import type { UnverifiedBody, ValidationIssue, VerifiedBody } from '@egov-gateway/core';

import type { ReadAnswerOptions } from '../answer-content.ts';
import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { optionalText, readFields, requireText } from '../fields.ts';
import { checkGuid, toGuid } from '../guid.ts';
import { formatMessageDate } from '../message-date.ts';
import type { WrittenEnvelope } from '../soap-envelope.ts';
import { type AsyncNamespace, asyncName } from './channel.ts';
import { type AsyncAnswerOptions, responseOf, writeAsync } from './envelope.ts';

/** That a message was taken, as the gateway or the receiver of a push writes it. */
export interface AsyncAcceptance {
  /** Of a push: the one that came. */
  readonly messageId: string;
  /** Of a push: the one that came. */
  readonly correlationId: string;
  /** Milliseconds since the epoch. */
  readonly responseDateMs: number;
  /** The offset that `responseDate` is written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  /** A guid, with or without braces. Of a push: the one that came. See `answerSession`. */
  readonly sessionId?: string | undefined;
}

/** That a message was taken, as it is read. */
export interface AsyncAccepted {
  /** The key its status is asked for by. An opaque string. */
  readonly messageId: string;
  /** The chain: what its replies will carry. The XSD requires it; an answer without it is read all the same. */
  readonly correlationId?: string | undefined;
  /** As written, with whatever offset it has. See `parseMessageDate`. */
  readonly responseDate: string;
  /** As written. */
  readonly sessionId?: string | undefined;
  readonly verified: boolean;
  readonly namespace: AsyncNamespace;
}

const path = '/sendMessageResponse/response';
const clause = 'AsyncChannel v10, type AsyncSendMessageResponse; Rules No 123, Приложение 1, 1.1';

/**
 * `sendMessageResponse` as an unsigned SOAP 1.1 envelope, in the namespace of the request.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 * @throws {TypeError} when the namespace is not one of the channel
 */
export function writeAsyncAccepted(
  accepted: AsyncAcceptance,
  options: AsyncAnswerOptions = {},
): WrittenEnvelope {
  const { messageId, correlationId, responseDateMs, utcOffset, sessionId } = accepted;
  const issues: ValidationIssue[] = [];
  checkText(issues, `${path}/messageId`, messageId, { isRequired: true, clause });
  checkText(issues, `${path}/correlationId`, correlationId, { isRequired: true, clause });
  checkDate(issues, `${path}/responseDate`, responseDateMs, utcOffset, clause);
  checkGuid(issues, `${path}/sessionId`, sessionId);

  const name = asyncName('sendMessage', 'response', options.namespace);
  return writeAsync({ name, part: 'response', issues, messageId, newId: options.newId }, (writer) => {
    writer.leaf('messageId', messageId);
    writer.leaf('correlationId', correlationId);
    writer.leaf('responseDate', formatMessageDate(responseDateMs, utcOffset));
    if (sessionId !== undefined) writer.leaf('sessionId', toGuid(sessionId) ?? sessionId);
  });
}

/**
 * Reads the answer to `sendMessage`, of the gateway or of the receiver of a push, in either namespace.
 *
 * @throws {GatewayFault} `ERR_FAULT_GATEWAY` when the answer is a SOAP fault: the message was not taken
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_DEPTH`
 * @throws {TypeError} when no verifier made the body
 */
export function readAsyncAccepted(
  body: VerifiedBody | UnverifiedBody,
  options: ReadAnswerOptions = {},
): AsyncAccepted {
  const { element, namespace } = responseOf(body, 'sendMessage', options);
  const fields = readFields(element, ['messageId', 'correlationId', 'responseDate', 'sessionId']);
  return {
    messageId: requireText(fields, 'messageId', element),
    correlationId: optionalText(fields.correlationId),
    responseDate: requireText(fields, 'responseDate', element).trim(),
    sessionId: optionalText(fields.sessionId),
    verified: body.verified,
    namespace,
  };
}
