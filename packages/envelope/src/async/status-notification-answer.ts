/**
 * `changeMassageStatusNotificationResponse`: the sender has taken note.
 *
 * @see AsyncChannel v10, type AsyncChangeStatusNotifyResponse
 * @module
 */
import type { UnverifiedBody, ValidationIssue, VerifiedBody } from '@egov-gateway/core';

import type { ReadAnswerOptions } from '../answer-content.ts';
import { checkDate } from '../contract-date.ts';
import { optionalText, readFields, requireText } from '../fields.ts';
import { checkGuid, toGuid } from '../guid.ts';
import { formatMessageDate } from '../message-date.ts';
import type { WrittenEnvelope } from '../soap-envelope.ts';
import { type AsyncNamespace, asyncName } from './channel.ts';
import { type AsyncAnswerOptions, responseOf, writeAsync } from './envelope.ts';

/** The answer to a change of a status. */
export interface StatusNotificationAnswer {
  /** Milliseconds since the epoch. */
  readonly responseDateMs: number;
  /** The offset that `responseDate` is written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  /** A guid: the one of the request, a fresh one when it had none. See `answerSession`. */
  readonly sessionId: string;
}

/** The answer to a change of a status, as it is read. */
export interface ReceivedStatusNotificationAnswer {
  /** As written, with whatever offset it has. See `parseMessageDate`. */
  readonly responseDate: string;
  /** As written. */
  readonly sessionId?: string | undefined;
  /** Whether the answer carried a signature that was verified. */
  readonly verified: boolean;
  readonly namespace: AsyncNamespace;
}

const path = '/changeMassageStatusNotificationResponse/response';
const clause = 'AsyncChannel v10, type AsyncChangeStatusNotifyResponse; Rules No 123, Приложение 1, 1.2';

/**
 * The answer to a change of a status as an unsigned SOAP 1.1 envelope: spelled as in the XSD whatever the request was,
 * in the namespace of the request.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 * @throws {TypeError} when the namespace is not one of the channel
 */
export function writeStatusNotificationAnswer(
  answer: StatusNotificationAnswer,
  options: AsyncAnswerOptions = {},
): WrittenEnvelope {
  const { responseDateMs, utcOffset, sessionId } = answer;
  const issues: ValidationIssue[] = [];
  checkDate(issues, `${path}/responseDate`, responseDateMs, utcOffset, clause);
  checkGuid(issues, `${path}/sessionId`, sessionId, { isRequired: true });

  const name = asyncName('changeMassageStatusNotification', 'response', options.namespace);
  return writeAsync({ name, part: 'response', issues, newId: options.newId }, (writer) => {
    writer.leaf('responseDate', formatMessageDate(responseDateMs, utcOffset));
    writer.leaf('sessionId', toGuid(sessionId) ?? sessionId);
  });
}

/**
 * Reads the answer to a change of a status, for the one who plays the gateway. Every spelling and both namespaces are
 * read.
 *
 * @throws {GatewayFault} `ERR_FAULT_GATEWAY` when the answer is a SOAP fault
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_DEPTH`
 * @throws {TypeError} when no verifier made the body
 */
export function readStatusNotificationAnswer(
  body: VerifiedBody | UnverifiedBody,
  options: ReadAnswerOptions = {},
): ReceivedStatusNotificationAnswer {
  const { element, namespace } = responseOf(body, 'changeMassageStatusNotification', options);
  const fields = readFields(element, ['responseDate', 'sessionId']);
  return {
    responseDate: requireText(fields, 'responseDate', element).trim(),
    sessionId: optionalText(fields.sessionId),
    verified: body.verified,
    namespace,
  };
}
