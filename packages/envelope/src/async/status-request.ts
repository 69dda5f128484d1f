/**
 * `getMessageStatus`: where a message stands.
 *
 * @see AsyncChannel v10, type AsyncGetMessageStatusRequest
 * @module
 */
import type { UnverifiedBody, ValidationIssue, VerifiedBody } from '@egov-gateway/core';

import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { readFields, requireField, requireText } from '../fields.ts';
import { formatMessageDate } from '../message-date.ts';
import {
  checkProperties,
  checkSender,
  type Property,
  type ReceivedSender,
  readProperties,
  readSender,
  type SenderInfo,
  writeProperties,
  writeSender,
} from '../message-info.ts';
import type { WriteOptions, WrittenEnvelope } from '../soap-envelope.ts';
import { asyncName } from './channel.ts';
import { requestOf, writeAsync } from './envelope.ts';
import type { AsyncRules } from './message-info.ts';

/** The question where a message stands. */
export interface StatusRequest {
  /** The one the gateway answered with when it took the message. */
  readonly messageId: string;
  /** Milliseconds since the epoch. */
  readonly requestDateMs: number;
  /** The offset that `requestDate` is written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  readonly sender: SenderInfo;
  readonly properties?: readonly Property[] | undefined;
}

/** The question where a message stands, as it is read. */
export interface ReceivedStatusRequest {
  readonly messageId: string;
  /** As written, with whatever offset it has. See `parseMessageDate`. */
  readonly requestDate: string;
  readonly sender: ReceivedSender;
  readonly properties: readonly Property[];
  /** Whether the request carried a signature that was verified. */
  readonly verified: boolean;
}

const path = '/getMessageStatus/request';
const clause = 'AsyncChannel v10, type AsyncGetMessageStatusRequest; Rules No 123, Приложение 1, 1.1';

/**
 * The question where a message stands, as an unsigned SOAP 1.1 envelope.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 */
export function writeStatusRequest(
  request: StatusRequest,
  options: AsyncRules & WriteOptions = {},
): WrittenEnvelope {
  const { messageId, requestDateMs, utcOffset, sender, properties = [] } = request;
  const issues: ValidationIssue[] = [];
  checkText(issues, `${path}/messageId`, messageId, { isRequired: true, clause });
  checkDate(issues, `${path}/requestDate`, requestDateMs, utcOffset, clause);
  checkSender(issues, `${path}/sender`, sender, options.isPasswordRequired ?? true);
  checkProperties(issues, path, properties);

  const name = asyncName('getMessageStatus', 'request');
  return writeAsync({ name, part: 'request', issues, messageId, newId: options.newId }, (writer) => {
    writer.leaf('messageId', messageId);
    writer.leaf('requestDate', formatMessageDate(requestDateMs, utcOffset));
    writeSender(writer, sender);
    writeProperties(writer, properties);
  });
}

/**
 * Reads the question where a message stands, for the one who plays the gateway.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`
 * @throws {TypeError} when no verifier made the body
 */
export function readStatusRequest(body: VerifiedBody | UnverifiedBody): ReceivedStatusRequest {
  const { element } = requestOf(body, 'getMessageStatus');
  const fields = readFields(element, ['messageId', 'requestDate', 'sender']);
  return {
    messageId: requireText(fields, 'messageId', element),
    requestDate: requireText(fields, 'requestDate', element).trim(),
    sender: readSender(requireField(fields, 'sender', element)),
    properties: readProperties(element),
    verified: body.verified,
  };
}
