/**
 * `changeMassageStatusNotification`: the gateway tells the sender of a message where it stands. The misprint is real.
 *
 * @see AsyncChannel v10, type AsyncChangeStatusNotifyRequest
 * @see common v10, type ChangeStatusNotification
 * @module
 */
import type {
  DeliveryState,
  ErrorInfo,
  UnverifiedBody,
  ValidationIssue,
  VerifiedBody,
} from '@egov-gateway/core';

import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { checkErrorInfo, type ErrorInfoContent, readErrorInfo, writeErrorInfo } from '../error-info.ts';
import { optionalText, readFields, requireEnum, requireField, requireText } from '../fields.ts';
import { checkGuid, toGuid } from '../guid.ts';
import { formatMessageDate } from '../message-date.ts';
import type { WrittenEnvelope } from '../soap-envelope.ts';
import { type AsyncNamespace, asyncName, type StatusNotificationSpelling } from './channel.ts';
import { type AsyncAnswerOptions, requestOf, writeAsync } from './envelope.ts';
import {
  checkDeliveryState,
  checkMessageStatus,
  deliveryStates,
  type MessageStatus,
  type ReceivedMessageStatus,
  readMessageStatus,
  writeMessageStatus,
} from './message-status.ts';

/** A change of a status, as the gateway writes it. */
export interface StatusNotification {
  readonly notificationId: string;
  /** The message that is spoken of. */
  readonly messageId: string;
  readonly messageState: DeliveryState;
  readonly status: MessageStatus;
  readonly error?: ErrorInfoContent | undefined;
  /** When this request is made, milliseconds since the epoch. */
  readonly requestDateMs: number;
  /** When the notification was made. Default: `requestDateMs`. */
  readonly notificationDateMs?: number | undefined;
  /** The offset that the dates are written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  /** A guid, with or without braces. */
  readonly sessionId?: string | undefined;
}

/** A change of a status, as it is read. */
export interface ReceivedStatusNotification {
  readonly notificationId: string;
  /** The message that is spoken of. */
  readonly messageId: string;
  readonly messageState: DeliveryState;
  readonly status: ReceivedMessageStatus;
  readonly error?: ErrorInfo | undefined;
  /** As written, as the other dates. See `parseMessageDate`. */
  readonly requestDate: string;
  readonly notificationDate: string;
  /** As written. See `answerSession`. */
  readonly sessionId?: string | undefined;
  /** Whether the notification carried a signature that was verified. */
  readonly verified: boolean;
  /** Of the wrapper it came in: an answer or a fault goes back in the same. */
  readonly namespace: AsyncNamespace;
}

/** How a notification is written, for a peer that deviates from the XSD. */
export interface StatusNotificationOptions extends AsyncAnswerOptions {
  /** Default: `changeMassageStatusNotification`. */
  readonly spelling?: StatusNotificationSpelling | undefined;
}

const path = '/changeMassageStatusNotification/request';
const notePath = `${path}/notification`;
const clause = 'AsyncChannel v10, type AsyncChangeStatusNotifyRequest; Rules No 123, Приложение 1, 1.2';
const noteClause = 'common v10, type ChangeStatusNotification';

/**
 * A change of a status as an unsigned SOAP 1.1 envelope, for the one who plays the gateway.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 * @throws {TypeError} when the namespace is not one of the channel
 */
export function writeStatusNotification(
  notification: StatusNotification,
  options: StatusNotificationOptions = {},
): WrittenEnvelope {
  const { notificationId, messageId, messageState, status, error } = notification;
  const { requestDateMs, notificationDateMs = requestDateMs, utcOffset, sessionId } = notification;
  const { spelling = 'changeMassageStatusNotification', namespace, newId } = options;
  const issues: ValidationIssue[] = [];
  checkText(issues, `${notePath}/notificationId`, notificationId, { isRequired: true, clause: noteClause });
  checkText(issues, `${notePath}/messageId`, messageId, { isRequired: true, clause: noteClause });
  checkDate(issues, `${notePath}/notificationDate`, notificationDateMs, utcOffset, noteClause);
  checkDeliveryState(issues, `${notePath}/messageState`, messageState);
  checkMessageStatus(issues, `${notePath}/status`, status, utcOffset);
  if (error !== undefined) checkErrorInfo(issues, `${notePath}/error`, error);
  checkDate(issues, `${path}/requestDate`, requestDateMs, utcOffset, clause);
  checkGuid(issues, `${path}/sessionId`, sessionId);

  const name = asyncName(spelling, 'request', namespace);
  return writeAsync({ name, part: 'request', issues, messageId, newId }, (writer) => {
    writer.open('notification');
    writer.leaf('notificationId', notificationId);
    writer.leaf('messageId', messageId);
    writer.leaf('notificationDate', formatMessageDate(notificationDateMs, utcOffset));
    writer.leaf('messageState', messageState);
    writeMessageStatus(writer, status, utcOffset);
    if (error !== undefined) {
      writer.open('error');
      writeErrorInfo(writer, error);
      writer.close();
    }
    writer.close();
    writer.leaf('requestDate', formatMessageDate(requestDateMs, utcOffset));
    if (sessionId !== undefined) writer.leaf('sessionId', toGuid(sessionId) ?? sessionId);
  });
}

/**
 * Reads a change of a status, spelled as in the XSD or in the Rules, in either namespace of the channel.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_DEPTH`, `ERR_PARSE_VALUE` when the state is none of the enumeration
 * @throws {TypeError} when no verifier made the body
 */
export function readStatusNotification(body: VerifiedBody | UnverifiedBody): ReceivedStatusNotification {
  const { element: request, namespace } = requestOf(body, 'changeMassageStatusNotification');
  const fields = readFields(request, ['notification', 'requestDate', 'sessionId']);
  const notification = requireField(fields, 'notification', request);
  const noteFields = readFields(notification, [
    'notificationId',
    'messageId',
    'notificationDate',
    'messageState',
    'status',
    'error',
  ]);
  return {
    notificationId: requireText(noteFields, 'notificationId', notification),
    messageId: requireText(noteFields, 'messageId', notification),
    messageState: requireEnum(noteFields, 'messageState', notification, deliveryStates),
    status: readMessageStatus(requireField(noteFields, 'status', notification)),
    // An empty or nil error says nothing.
    error: noteFields.error?.first === undefined ? undefined : readErrorInfo(noteFields.error),
    requestDate: requireText(fields, 'requestDate', request).trim(),
    notificationDate: requireText(noteFields, 'notificationDate', notification).trim(),
    sessionId: optionalText(fields.sessionId),
    verified: body.verified,
    namespace,
  };
}
