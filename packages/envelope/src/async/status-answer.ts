/**
 * `getMessageStatusResponse`: where a message stands.
 *
 * @see AsyncChannel v10, type AsyncGetMessageStatusResponse
 * @module
 */
import type { DeliveryState, UnverifiedBody, ValidationIssue, VerifiedBody } from '@egov-gateway/core';

import type { ReadAnswerOptions } from '../answer-content.ts';
import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { optionalText, readFields, requireEnum, requireField, requireText } from '../fields.ts';
import { formatMessageDate } from '../message-date.ts';
import type { WriteOptions, WrittenEnvelope } from '../soap-envelope.ts';
import { asyncName } from './channel.ts';
import { responseOf, writeAsync } from './envelope.ts';
import {
  checkDeliveryState,
  checkMessageStatus,
  deliveryStates,
  type MessageStatus,
  type ReceivedMessageStatus,
  readMessageStatus,
  writeMessageStatus,
} from './message-status.ts';

/** Where a message stands, as the gateway writes it. */
export interface StatusAnswer {
  readonly messageState: DeliveryState;
  readonly status: MessageStatus;
  /** Milliseconds since the epoch. */
  readonly responseDateMs: number;
  /** The offset that the dates are written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  /** Any string: here alone the XSD has no guid. */
  readonly sessionId?: string | undefined;
}

/** Where a message stands, as it is read. */
export interface ReceivedStatusAnswer {
  readonly messageState: DeliveryState;
  readonly status: ReceivedMessageStatus;
  /** As written, with whatever offset it has. See `parseMessageDate`. */
  readonly responseDate: string;
  /** As written. */
  readonly sessionId?: string | undefined;
  /** Whether the answer carried a signature that was verified. */
  readonly verified: boolean;
}

const path = '/getMessageStatusResponse/response';
const clause = 'AsyncChannel v10, type AsyncGetMessageStatusResponse';

/**
 * Where a message stands, as an unsigned SOAP 1.1 envelope, for the one who plays the gateway.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 */
export function writeStatusAnswer(answer: StatusAnswer, options: WriteOptions = {}): WrittenEnvelope {
  const { messageState, status, responseDateMs, utcOffset, sessionId } = answer;
  const issues: ValidationIssue[] = [];
  checkDeliveryState(issues, `${path}/messageState`, messageState);
  checkMessageStatus(issues, `${path}/status`, status, utcOffset);
  checkDate(issues, `${path}/responseDate`, responseDateMs, utcOffset, clause);
  checkText(issues, `${path}/sessionId`, sessionId, { isRequired: false, clause });

  const name = asyncName('getMessageStatus', 'response');
  return writeAsync({ name, part: 'response', issues, newId: options.newId }, (writer) => {
    writer.leaf('messageState', messageState);
    writeMessageStatus(writer, status, utcOffset);
    writer.leaf('responseDate', formatMessageDate(responseDateMs, utcOffset));
    if (sessionId !== undefined) writer.leaf('sessionId', sessionId);
  });
}

/**
 * Reads where a message stands.
 *
 * @throws {GatewayFault} `ERR_FAULT_GATEWAY` when the answer is a SOAP fault
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_DEPTH`, `ERR_PARSE_VALUE` when the state is none of the enumeration
 * @throws {TypeError} when no verifier made the body
 */
export function readStatusAnswer(
  body: VerifiedBody | UnverifiedBody,
  options: ReadAnswerOptions = {},
): ReceivedStatusAnswer {
  const { element } = responseOf(body, 'getMessageStatus', options);
  const fields = readFields(element, ['messageState', 'status', 'responseDate', 'sessionId']);
  return {
    messageState: requireEnum(fields, 'messageState', element, deliveryStates),
    status: readMessageStatus(requireField(fields, 'status', element)),
    responseDate: requireText(fields, 'responseDate', element).trim(),
    sessionId: optionalText(fields.sessionId),
    verified: body.verified,
  };
}
