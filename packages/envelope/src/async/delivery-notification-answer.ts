/**
 * `sendDeliveryNotificationResponse`: the gateway has taken note.
 *
 * @see AsyncChannel v10, type AsyncSendDeliveryNotificationResponse
 * @module
 */
import type { UnverifiedBody, ValidationIssue, VerifiedBody } from '@egov-gateway/core';

import type { ReadAnswerOptions } from '../answer-content.ts';
import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { optionalText, readFields, requireText } from '../fields.ts';
import { checkGuid, toGuid } from '../guid.ts';
import { formatMessageDate } from '../message-date.ts';
import type { WriteOptions, WrittenEnvelope } from '../soap-envelope.ts';
import { asyncName } from './channel.ts';
import { responseOf, writeAsync } from './envelope.ts';

/** The answer to a notification, as the gateway writes it. */
export interface DeliveryNotificationAnswer {
  /** The gateway's id of the notification. */
  readonly notificationId: string;
  /** Milliseconds since the epoch. */
  readonly responseDateMs: number;
  /** The offset that `responseDate` is written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  /** A guid, with or without braces. */
  readonly sessionId: string;
}

/** The answer to a notification, as it is read. */
export interface ReceivedDeliveryNotificationAnswer {
  /** An opaque string. */
  readonly notificationId: string;
  /** As written, with whatever offset it has. See `parseMessageDate`. */
  readonly responseDate: string;
  /** As written. Required by the XSD, optional in the Rules. */
  readonly sessionId?: string | undefined;
  /** Whether the answer carried a signature that was verified. */
  readonly verified: boolean;
}

const path = '/sendDeliveryNotificationResponse/response';
const clause = 'AsyncChannel v10, type AsyncSendDeliveryNotificationResponse';

/**
 * The answer to a notification as an unsigned SOAP 1.1 envelope, for the one who plays the gateway.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 */
export function writeDeliveryNotificationAnswer(
  answer: DeliveryNotificationAnswer,
  options: WriteOptions = {},
): WrittenEnvelope {
  const { notificationId, responseDateMs, utcOffset, sessionId } = answer;
  const issues: ValidationIssue[] = [];
  checkText(issues, `${path}/notificationId`, notificationId, { isRequired: true, clause });
  checkDate(issues, `${path}/responseDate`, responseDateMs, utcOffset, clause);
  checkGuid(issues, `${path}/sessionId`, sessionId, { isRequired: true });

  const name = asyncName('sendDeliveryNotification', 'response');
  return writeAsync({ name, part: 'response', issues, newId: options.newId }, (writer) => {
    writer.leaf('notificationId', notificationId);
    writer.leaf('responseDate', formatMessageDate(responseDateMs, utcOffset));
    writer.leaf('sessionId', toGuid(sessionId) ?? sessionId);
  });
}

/**
 * Reads the answer to a notification.
 *
 * @throws {GatewayFault} `ERR_FAULT_GATEWAY` when the answer is a SOAP fault
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_DEPTH`
 * @throws {TypeError} when no verifier made the body
 */
export function readDeliveryNotificationAnswer(
  body: VerifiedBody | UnverifiedBody,
  options: ReadAnswerOptions = {},
): ReceivedDeliveryNotificationAnswer {
  const { element } = responseOf(body, 'sendDeliveryNotification', options);
  const fields = readFields(element, ['notificationId', 'responseDate', 'sessionId']);
  return {
    notificationId: requireText(fields, 'notificationId', element),
    responseDate: requireText(fields, 'responseDate', element).trim(),
    sessionId: optionalText(fields.sessionId),
    verified: body.verified,
  };
}
