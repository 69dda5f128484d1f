/**
 * Where a message stands with the gateway: its state, and the gateway's own words on it.
 *
 * @see common v10, types MessageState and MessageStatusInfo
 * @module
 */
import type { DeliveryState, ValidationIssue, XmlElement, XmlWriter } from '@egov-gateway/core';

import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { readFields, requireText } from '../fields.ts';
import { formatMessageDate } from '../message-date.ts';

/** The states of a message, as the XSD spells them. */
export const deliveryStates: readonly DeliveryState[] = [
  'ON_DELIVERY',
  'DELIVERED',
  'NOT_DELIVERED',
  'DELIVERY_STOPPED',
];

/** A status as the gateway writes it. */
export interface MessageStatus {
  /** A string, although one table of the Rules has a number. No list of the codes is public. */
  readonly statusCode: string;
  /** May be empty. */
  readonly statusMessage: string;
  /** Since when, milliseconds since the epoch. */
  readonly statusDateMs: number;
}

/** A status as it is read. */
export interface ReceivedMessageStatus {
  /** As written, compared exactly. No list of the codes is public. */
  readonly statusCode: string;
  /** The gateway's own words and language, `''` when there are none. They may name a person. */
  readonly statusMessage: string;
  /** As written, with whatever offset it has. See `parseMessageDate`. */
  readonly statusDate: string;
}

const clause = 'common v10, type MessageStatusInfo';

/** Appends an issue when a state is none of the enumeration. */
export function checkDeliveryState(issues: ValidationIssue[], path: string, state: DeliveryState): void {
  if (deliveryStates.includes(state)) return;
  const message = `must be one of ${deliveryStates.join(', ')}`;
  issues.push({ path, rule: 'enumeration', message, clause: 'common v10, type MessageState' });
}

/** Appends what a status breaks. */
export function checkMessageStatus(
  issues: ValidationIssue[],
  path: string,
  status: MessageStatus,
  utcOffset: string | undefined,
): void {
  checkText(issues, `${path}/statusCode`, status.statusCode, { isRequired: true, clause });
  if (status.statusMessage !== '') {
    checkText(issues, `${path}/statusMessage`, status.statusMessage, { isRequired: true, clause });
  }
  checkDate(issues, `${path}/statusDate`, status.statusDateMs, utcOffset, clause);
}

/** Writes `status`. */
export function writeMessageStatus(
  writer: XmlWriter,
  status: MessageStatus,
  utcOffset: string | undefined,
): void {
  writer.open('status');
  writer.leaf('statusCode', status.statusCode);
  writer.leaf('statusMessage', status.statusMessage);
  writer.leaf('statusDate', formatMessageDate(status.statusDateMs, utcOffset));
  writer.close();
}

/**
 * Reads `status`.
 *
 * @throws {ParseError} `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`, `ERR_PARSE_NOT_TEXT`
 */
export function readMessageStatus(status: XmlElement): ReceivedMessageStatus {
  const fields = readFields(status, ['statusCode', 'statusMessage', 'statusDate']);
  return {
    statusCode: requireText(fields, 'statusCode', status),
    statusMessage: fields.statusMessage?.text() ?? '',
    statusDate: requireText(fields, 'statusDate', status).trim(),
  };
}
