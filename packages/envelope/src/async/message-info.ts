/**
 * `messageInfo` of the asynchronous channel: who says what to whom, and in which chain.
 *
 * @see AsyncChannel v10, type AsyncMessageInfo
 * @module
 */
import type { AsyncMessageType, ValidationIssue, XmlWriter } from '@egov-gateway/core';

import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { checkGuid, toGuid } from '../guid.ts';
import { checkExtensions, type InfoExtension, writeExtensions } from '../info-extension.ts';
import { formatMessageDate } from '../message-date.ts';
import {
  checkProperties,
  checkSender,
  type Property,
  type SenderInfo,
  writeProperties,
  writeSender,
} from '../message-info.ts';

/** A field of `messageInfo`. */
export type AsyncInfoField =
  | 'messageId'
  | 'correlationId'
  | 'serviceId'
  | 'messageType'
  | 'routeId'
  | 'messageDate'
  | 'sender'
  | 'properties'
  | 'sessionId';

/** The fields of `messageInfo`, in the order of the XSD. */
export const asyncInfoFields: readonly AsyncInfoField[] = [
  'messageId',
  'correlationId',
  'serviceId',
  'messageType',
  'routeId',
  'messageDate',
  'sender',
  'properties',
  'sessionId',
];

/** The types of messages, the first one of a chain first. */
export const asyncMessageTypes: readonly AsyncMessageType[] = [
  'REQUEST',
  'NOTIFICATION',
  'UPDATE',
  'RESPONSE',
];

/** What `messageInfo` has, whoever writes it. */
export interface AsyncInfoBase {
  /** The service's name in the gateway's registry. */
  readonly serviceId: string;
  /** Additional routing, by the gateway's registry. */
  readonly routeId?: string | undefined;
  /** When the message was made, milliseconds since the epoch. */
  readonly messageDateMs: number;
  /** The offset that `messageDate` is written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  readonly sender: SenderInfo;
  readonly properties?: readonly Property[] | undefined;
  /** A guid, with or without braces. The gateway fills it in itself: a sender leaves it out. */
  readonly sessionId?: string | undefined;
  /** Elements beyond the contract. Default: none. */
  readonly extensions?: readonly InfoExtension<AsyncInfoField>[] | undefined;
}

/** The first message of a chain: the gateway gives the chain its id. */
export interface AsyncRequestInfo extends AsyncInfoBase {
  readonly messageType: 'REQUEST';
  /** The gateway makes it: leave it out, unless the receiver agreed to recognise repetitions by it. */
  readonly messageId?: string | undefined;
  readonly correlationId?: undefined;
}

/** Every other message of a chain. */
export interface AsyncReplyInfo extends AsyncInfoBase {
  readonly messageType: Exclude<AsyncMessageType, 'REQUEST'>;
  /** As of a request: leave it out. */
  readonly messageId?: string | undefined;
  /** The chain, as the gateway named it. */
  readonly correlationId: string;
}

/** `messageInfo` as a sender writes it to the gateway. */
export type AsyncMessageInfo = AsyncRequestInfo | AsyncReplyInfo;

/** `messageInfo` as the gateway passes a message on: of any type, with both ids, which the gateway has made. */
export interface AsyncDeliveryInfo extends AsyncInfoBase {
  readonly messageType: AsyncMessageType;
  readonly messageId: string;
  readonly correlationId: string;
}

/** What the contract leaves to the parties. */
export interface AsyncRules {
  /** Whether `sender/password` must be there: the Rules say so of the synchronous channel, the XSD does not. Default: true. */
  readonly isPasswordRequired?: boolean | undefined;
}

const clause = 'AsyncChannel v10, type AsyncMessageInfo; Rules No 123, Приложение 1, 1.1';

/** Appends what `messageInfo` of a sender breaks, the rule of the chain included. */
export function checkAsyncInfo(
  issues: ValidationIssue[],
  path: string,
  info: AsyncMessageInfo,
  { isPasswordRequired = true }: AsyncRules,
): void {
  checkText(issues, `${path}/messageId`, info.messageId, { isRequired: false, clause });
  const { messageType, correlationId } = info;
  if (messageType === 'REQUEST') {
    if (correlationId !== undefined) {
      const message =
        'must not be there: the gateway gives a chain its id when it takes the REQUEST; leave it out';
      issues.push({ path: `${path}/correlationId`, rule: 'chain', message, clause });
    }
  } else {
    checkText(issues, `${path}/correlationId`, correlationId, { isRequired: true, clause });
  }
  checkFields(issues, path, info, isPasswordRequired);
}

/** Appends what `messageInfo` of the gateway breaks: both ids must be there, a password need not. */
export function checkDeliveryInfo(issues: ValidationIssue[], path: string, info: AsyncDeliveryInfo): void {
  checkText(issues, `${path}/messageId`, info.messageId, { isRequired: true, clause });
  checkText(issues, `${path}/correlationId`, info.correlationId, { isRequired: true, clause });
  checkFields(issues, path, info, false);
}

function checkFields(
  issues: ValidationIssue[],
  path: string,
  info: AsyncMessageInfo | AsyncDeliveryInfo,
  isPasswordRequired: boolean,
): void {
  checkText(issues, `${path}/serviceId`, info.serviceId, { isRequired: true, clause });
  if (!asyncMessageTypes.includes(info.messageType)) {
    const message = `must be one of ${asyncMessageTypes.join(', ')}`;
    issues.push({ path: `${path}/messageType`, rule: 'enumeration', message, clause });
  }
  checkText(issues, `${path}/routeId`, info.routeId, { isRequired: false, clause });
  checkDate(issues, `${path}/messageDate`, info.messageDateMs, info.utcOffset, clause);
  checkSender(issues, `${path}/sender`, info.sender, isPasswordRequired);
  checkProperties(issues, path, info.properties ?? []);
  checkGuid(issues, `${path}/sessionId`, info.sessionId, { advice: '; better leave it out' });
  checkExtensions(issues, path, info.extensions ?? [], { fields: asyncInfoFields, clause });
}

/** Writes `messageInfo` in the order of the XSD; each extension stands behind the place of its field. */
export function writeAsyncInfo(writer: XmlWriter, info: AsyncMessageInfo | AsyncDeliveryInfo): void {
  const { messageId, correlationId, routeId, properties = [], sessionId, extensions = [] } = info;
  writer.open('messageInfo');
  if (messageId !== undefined) writer.leaf('messageId', messageId);
  writeExtensions(writer, extensions, 'messageId');
  if (correlationId !== undefined) writer.leaf('correlationId', correlationId);
  writeExtensions(writer, extensions, 'correlationId');
  writer.leaf('serviceId', info.serviceId);
  writeExtensions(writer, extensions, 'serviceId');
  writer.leaf('messageType', info.messageType);
  writeExtensions(writer, extensions, 'messageType');
  if (routeId !== undefined) writer.leaf('routeId', routeId);
  writeExtensions(writer, extensions, 'routeId');
  writer.leaf('messageDate', formatMessageDate(info.messageDateMs, info.utcOffset));
  writeExtensions(writer, extensions, 'messageDate');
  writeSender(writer, info.sender);
  writeExtensions(writer, extensions, 'sender');
  writeProperties(writer, properties);
  writeExtensions(writer, extensions, 'properties');
  if (sessionId !== undefined) writer.leaf('sessionId', toGuid(sessionId) ?? sessionId);
  writeExtensions(writer, extensions, 'sessionId');
  writer.close();
}
