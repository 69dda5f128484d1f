/**
 * `getMessages`: the receiver asks the gateway for what waits for it.
 *
 * @see AsyncChannel v10, type AsyncGetMessagesRequest
 * @module
 */
import {
  ParseError,
  type UnverifiedBody,
  type ValidationIssue,
  type VerifiedBody,
  type XmlElement,
} from '@egov-gateway/core';

import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { optionalText, readFields, requireText } from '../fields.ts';
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

/** The question for messages. The gateway gives a system its own messages only. */
export interface GetMessages {
  readonly serviceId: string;
  /** This message only. Leave it out unless it is known. */
  readonly messageId?: string | undefined;
  /** Messages of this chain only. */
  readonly correlationId?: string | undefined;
  /** At most so many. Default, and 0: as many as the gateway is set up for. */
  readonly amount?: number | undefined;
  /** Milliseconds since the epoch. Optional in the XSD and in the Rules. */
  readonly requestDateMs?: number | undefined;
  /** The offset that `requestDate` is written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  /** Optional in the XSD and in the Rules; send it, because the gateway gives a system its own messages only. */
  readonly sender?: SenderInfo | undefined;
  readonly properties?: readonly Property[] | undefined;
}

/** The question for messages, as it is read. */
export interface ReceivedGetMessages {
  readonly serviceId: string;
  readonly messageId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** 0 is read as it is: it means what an absent one does. */
  readonly amount?: number | undefined;
  /** As written, with whatever offset it has. See `parseMessageDate`. */
  readonly requestDate?: string | undefined;
  readonly sender?: ReceivedSender | undefined;
  readonly properties: readonly Property[];
  /** Whether the request carried a signature that was verified. */
  readonly verified: boolean;
}

const path = '/getMessages/request';
const clause = 'AsyncChannel v10, type AsyncGetMessagesRequest; Rules No 123, Приложение 1, 1.1';
/** The largest `xs:int`. */
const MAX_INT = 2_147_483_647;
const singleFields = ['messageId', 'correlationId', 'requestDate', 'serviceId', 'sender', 'amount'] as const;

/**
 * The question for messages, as an unsigned SOAP 1.1 envelope.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 */
export function writeGetMessages(
  request: GetMessages,
  options: AsyncRules & WriteOptions = {},
): WrittenEnvelope {
  const { messageId, correlationId, requestDateMs, utcOffset, serviceId, sender, amount } = request;
  const { properties = [] } = request;
  const issues: ValidationIssue[] = [];
  checkText(issues, `${path}/messageId`, messageId, { isRequired: false, clause });
  checkText(issues, `${path}/correlationId`, correlationId, { isRequired: false, clause });
  if (requestDateMs !== undefined) checkDate(issues, `${path}/requestDate`, requestDateMs, utcOffset, clause);
  checkText(issues, `${path}/serviceId`, serviceId, { isRequired: true, clause });
  if (sender !== undefined) checkSender(issues, `${path}/sender`, sender, options.isPasswordRequired ?? true);
  if (amount !== undefined && !isAmount(amount)) {
    const message = `must be a whole number from 0 to ${MAX_INT}`;
    issues.push({ path: `${path}/amount`, rule: 'int', message, clause });
  }
  checkProperties(issues, path, properties);

  const name = asyncName('getMessages', 'request');
  return writeAsync({ name, part: 'request', issues, messageId, newId: options.newId }, (writer) => {
    if (messageId !== undefined) writer.leaf('messageId', messageId);
    if (correlationId !== undefined) writer.leaf('correlationId', correlationId);
    if (requestDateMs !== undefined) writer.leaf('requestDate', formatMessageDate(requestDateMs, utcOffset));
    writer.leaf('serviceId', serviceId);
    if (sender !== undefined) writeSender(writer, sender);
    if (amount !== undefined) writer.leaf('amount', amount.toFixed(0));
    writeProperties(writer, properties);
  });
}

/**
 * Reads the question for messages, for the one who plays the gateway.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_VALUE` when `amount` is no whole number from 0
 * @throws {TypeError} when no verifier made the body
 */
export function readGetMessages(body: VerifiedBody | UnverifiedBody): ReceivedGetMessages {
  const { element } = requestOf(body, 'getMessages');
  const fields = readFields(element, singleFields);
  return {
    serviceId: requireText(fields, 'serviceId', element),
    messageId: optionalText(fields.messageId),
    correlationId: optionalText(fields.correlationId),
    amount: readAmount(fields.amount),
    requestDate: optionalText(fields.requestDate)?.trim(),
    sender: fields.sender?.first === undefined ? undefined : readSender(fields.sender),
    properties: readProperties(element),
    verified: body.verified,
  };
}

function readAmount(field: XmlElement | undefined): number | undefined {
  const text = optionalText(field)?.trim();
  if (field === undefined || text === undefined) return undefined;
  const amount = /^\+?\d{1,20}$/.test(text) ? Number(text) : Number.NaN;
  if (isAmount(amount)) return amount;
  throw new ParseError(`expected a whole number from 0 to ${MAX_INT}`, {
    code: 'ERR_PARSE_VALUE',
    path: field.path,
  });
}

function isAmount(amount: number): boolean {
  return Number.isInteger(amount) && amount >= 0 && amount <= MAX_INT;
}
