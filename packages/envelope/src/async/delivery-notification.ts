/**
 * `sendDeliveryNotification`: the receiver of a pulled message tells the gateway what became of it.
 *
 * @see AsyncChannel v10, type AsyncSendDeliveryNotificationRequest
 * @see common v10, types DeliveryNotification and DeliveryStatusInfo
 * @module
 */
import type { ErrorInfo, UnverifiedBody, ValidationIssue, VerifiedBody, XmlWriter } from '@egov-gateway/core';

import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { checkErrorInfo, type ErrorInfoContent, readErrorInfo, writeErrorInfo } from '../error-info.ts';
import { readFields, requireEnum, requireField, requireText } from '../fields.ts';
import { formatMessageDate } from '../message-date.ts';
import {
  checkSender,
  type ReceivedSender,
  readSender,
  type SenderInfo,
  writeSender,
} from '../message-info.ts';
import type { WriteOptions, WrittenEnvelope } from '../soap-envelope.ts';
import { asyncName } from './channel.ts';
import { requestOf, writeAsync } from './envelope.ts';
import type { AsyncRules } from './message-info.ts';

/** Whether a receiver took a message. */
export type ReceiveStatus = 'accepted' | 'notAccepted';

/** What a receiver tells of a message. */
export interface DeliveryNotification {
  /** As it came. */
  readonly messageId: string;
  readonly serviceId: string;
  readonly receiveStatus: ReceiveStatus;
  /** Whether the gateway is to deliver the message once more; only one that was not accepted. Default: false. */
  readonly resend?: boolean | undefined;
  /** Why it was not accepted. */
  readonly error?: ErrorInfoContent | undefined;
  /** When this request is made, milliseconds since the epoch. */
  readonly requestDateMs: number;
  /** When the notification was made. Default: `requestDateMs`. */
  readonly notificationDateMs?: number | undefined;
  /** When the message was taken or refused. Default: `requestDateMs`. */
  readonly statusDateMs?: number | undefined;
  /** The offset that the dates are written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  /** Optional in the XSD and in the Rules; send it, because the gateway tells its systems apart by it. */
  readonly sender?: SenderInfo | undefined;
}

/** A notification as it is read. */
export interface ReceivedDeliveryNotification {
  readonly messageId: string;
  readonly serviceId: string;
  readonly receiveStatus: ReceiveStatus;
  readonly resend: boolean;
  readonly error?: ErrorInfo | undefined;
  /** As written, as the other dates. See `parseMessageDate`. */
  readonly requestDate: string;
  readonly notificationDate: string;
  readonly statusDate: string;
  readonly sender?: ReceivedSender | undefined;
  /** Whether the notification carried a signature that was verified. */
  readonly verified: boolean;
}

/** `MESSAGE_NOT_ACCTEPTED` is how the XSD has it; the Rules spell it as a dictionary does. Both are read. */
export type NotAcceptedSpelling = 'MESSAGE_NOT_ACCTEPTED' | 'MESSAGE_NOT_ACCEPTED';

/** How a notification is written. */
export interface DeliveryNotificationOptions extends AsyncRules, WriteOptions {
  /** How `notAccepted` is spelled. Default: `MESSAGE_NOT_ACCTEPTED`, as the XSD does. */
  readonly notAcceptedSpelling?: NotAcceptedSpelling | undefined;
}

const path = '/sendDeliveryNotification/request';
const notePath = `${path}/notification`;
const statusPath = `${notePath}/deliveryStatus`;
const clause = 'AsyncChannel v10, type AsyncSendDeliveryNotificationRequest; Rules No 123, Приложение 1, 1.1';
const noteClause = 'common v10, type DeliveryNotification';
const statusClause = 'common v10, type DeliveryStatusInfo';
const notAcceptedSpellings: readonly NotAcceptedSpelling[] = [
  'MESSAGE_NOT_ACCTEPTED',
  'MESSAGE_NOT_ACCEPTED',
];

/** Every rule of the contract that a notification breaks; empty when it may be sent. */
export function validateDeliveryNotification(
  notification: DeliveryNotification,
  options: DeliveryNotificationOptions = {},
): readonly ValidationIssue[] {
  const { receiveStatus, resend = false, error, requestDateMs, utcOffset, sender } = notification;
  const { notificationDateMs = requestDateMs, statusDateMs = requestDateMs } = notification;
  const { isPasswordRequired = true, notAcceptedSpelling = 'MESSAGE_NOT_ACCTEPTED' } = options;
  const issues: ValidationIssue[] = [];
  const broken = (field: string, rule: string, message: string): void => {
    issues.push({ path: `${statusPath}/${field}`, rule, message, clause: statusClause });
  };

  checkText(issues, `${notePath}/messageId`, notification.messageId, {
    isRequired: true,
    clause: noteClause,
  });
  checkText(issues, `${notePath}/serviceId`, notification.serviceId, {
    isRequired: true,
    clause: noteClause,
  });
  checkDate(issues, `${notePath}/notificationDate`, notificationDateMs, utcOffset, noteClause);
  if (receiveStatus !== 'accepted' && receiveStatus !== 'notAccepted') {
    broken('receiveStatus', 'enumeration', 'must be accepted or notAccepted');
  } else if (!notAcceptedSpellings.includes(notAcceptedSpelling)) {
    broken('receiveStatus', 'enumeration', `must be spelled ${notAcceptedSpellings.join(' or ')}`);
  }
  checkDate(issues, `${statusPath}/statusDate`, statusDateMs, utcOffset, statusClause);
  if (typeof resend !== 'boolean') {
    broken('resendMessage', 'type', 'must be true or false');
  } else if (resend && receiveStatus === 'accepted') {
    broken('resendMessage', 'resend', 'must be false for a message that was accepted');
  }
  if (error !== undefined) checkErrorInfo(issues, `${statusPath}/error`, error);
  checkDate(issues, `${path}/requestDate`, requestDateMs, utcOffset, clause);
  if (sender !== undefined) checkSender(issues, `${path}/sender`, sender, isPasswordRequired);
  return issues;
}

/**
 * What became of a pulled message, as an unsigned SOAP 1.1 envelope.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 */
export function writeDeliveryNotification(
  notification: DeliveryNotification,
  options: DeliveryNotificationOptions = {},
): WrittenEnvelope {
  const { messageId, requestDateMs, utcOffset, sender } = notification;
  const { notificationDateMs = requestDateMs } = notification;
  const content = {
    name: asyncName('sendDeliveryNotification', 'request'),
    part: 'request',
    issues: validateDeliveryNotification(notification, options),
    messageId,
    newId: options.newId,
  } as const;
  return writeAsync(content, (writer) => {
    writer.open('notification');
    writer.leaf('messageId', messageId);
    writer.leaf('serviceId', notification.serviceId);
    writer.leaf('notificationDate', formatMessageDate(notificationDateMs, utcOffset));
    writeDeliveryStatus(writer, notification, options.notAcceptedSpelling);
    writer.close();
    writer.leaf('requestDate', formatMessageDate(requestDateMs, utcOffset));
    if (sender !== undefined) writeSender(writer, sender);
  });
}

function writeDeliveryStatus(
  writer: XmlWriter,
  notification: DeliveryNotification,
  notAcceptedSpelling: NotAcceptedSpelling = 'MESSAGE_NOT_ACCTEPTED',
): void {
  const { receiveStatus, resend = false, error, utcOffset } = notification;
  const { statusDateMs = notification.requestDateMs } = notification;
  writer.open('deliveryStatus');
  writer.leaf('receiveStatus', receiveStatus === 'accepted' ? 'MESSAGE_ACCEPTED' : notAcceptedSpelling);
  writer.leaf('statusDate', formatMessageDate(statusDateMs, utcOffset));
  writer.leaf('resendMessage', resend ? 'RESEND' : 'NOT_RESEND');
  if (error !== undefined) {
    writer.open('error');
    writeErrorInfo(writer, error);
    writer.close();
  }
  writer.close();
}

/**
 * Reads what became of a message, for the one who plays the gateway. Either spelling of "not accepted" is read.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_VALUE` when an enumeration has another value, `ERR_PARSE_DEPTH`
 * @throws {TypeError} when no verifier made the body
 */
export function readDeliveryNotification(body: VerifiedBody | UnverifiedBody): ReceivedDeliveryNotification {
  const { element: request } = requestOf(body, 'sendDeliveryNotification');
  const fields = readFields(request, ['notification', 'requestDate', 'sender']);
  const notification = requireField(fields, 'notification', request);
  const noteFields = readFields(notification, [
    'messageId',
    'serviceId',
    'notificationDate',
    'deliveryStatus',
  ]);
  const status = requireField(noteFields, 'deliveryStatus', notification);
  const statusFields = readFields(status, ['receiveStatus', 'statusDate', 'resendMessage', 'error']);
  const received = requireEnum(statusFields, 'receiveStatus', status, [
    'MESSAGE_ACCEPTED',
    ...notAcceptedSpellings,
  ]);
  const resend = requireEnum(statusFields, 'resendMessage', status, ['RESEND', 'NOT_RESEND']);
  return {
    messageId: requireText(noteFields, 'messageId', notification),
    serviceId: requireText(noteFields, 'serviceId', notification),
    receiveStatus: received === 'MESSAGE_ACCEPTED' ? 'accepted' : 'notAccepted',
    resend: resend === 'RESEND',
    // An empty or nil error says nothing.
    error: statusFields.error?.first === undefined ? undefined : readErrorInfo(statusFields.error),
    requestDate: requireText(fields, 'requestDate', request).trim(),
    notificationDate: requireText(noteFields, 'notificationDate', notification).trim(),
    statusDate: requireText(statusFields, 'statusDate', status).trim(),
    sender: fields.sender?.first === undefined ? undefined : readSender(fields.sender),
    verified: body.verified,
  };
}
