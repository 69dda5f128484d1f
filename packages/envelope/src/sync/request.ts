import type { ValidationIssue } from '@egov-gateway/core';

import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { type DataPart, dataIssues } from '../data-part.ts';
import { checkGuid } from '../guid.ts';
import { checkHeaderBlocks, type HeaderBlock } from '../header-block.ts';
import { checkExtensions, type InfoExtension } from '../info-extension.ts';
import { checkProperties, checkSender, type Property, type SenderInfo } from '../message-info.ts';
import { requestElement, type WrapperOptions } from './wrapper.ts';

/** A field of `requestInfo`. */
export type SyncRequestInfoField =
  | 'messageId'
  | 'correlationId'
  | 'serviceId'
  | 'messageDate'
  | 'routeId'
  | 'sender'
  | 'properties'
  | 'sessionId';

/** The fields of `requestInfo`, in the order of the XSD. */
export const syncRequestInfoFields: readonly SyncRequestInfoField[] = [
  'messageId',
  'correlationId',
  'serviceId',
  'messageDate',
  'routeId',
  'sender',
  'properties',
  'sessionId',
];

/** `requestInfo` of a synchronous request. */
export interface SyncRequestInfo {
  /** Made by the sender: UUID v4, see `newMessageId` of core. */
  readonly messageId: string;
  /** The sender's own id of a chain of messages. Leave it out unless there is one. */
  readonly correlationId?: string | undefined;
  /** The service's name in the gateway's registry. */
  readonly serviceId: string;
  /** When the message was made, milliseconds since the epoch. */
  readonly messageDateMs: number;
  /** The offset that `messageDate` is written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  /** Additional routing, by the gateway's registry. */
  readonly routeId?: string | undefined;
  readonly sender: SenderInfo;
  readonly properties?: readonly Property[] | undefined;
  /** A guid, with or without braces. The gateway fills it in itself: leave it out. */
  readonly sessionId?: string | undefined;
  /** Elements beyond the contract. Default: none. */
  readonly extensions?: readonly InfoExtension[] | undefined;
}

/** A synchronous request. */
export interface SyncRequest<T = unknown> {
  readonly info: SyncRequestInfo;
  /** The business data. Left out, `requestData` is empty. */
  readonly data?: DataPart<T> | undefined;
  /** Blocks of the SOAP header beside the signature. Default: none. */
  readonly headerBlocks?: readonly HeaderBlock[] | undefined;
}

/** What the contract leaves to the parties. */
export interface SyncRequestRules extends WrapperOptions {
  /** Whether `sender/password` must be there: the Rules say so, the XSD does not. Default: true. */
  readonly isPasswordRequired?: boolean | undefined;
}

const clause = 'SyncChannel v10, type SyncMessageInfo; Rules No 123, Приложение 1, 2.1';
const required = { isRequired: true, clause };
const optional = { isRequired: false, clause };

/**
 * Every rule of the contract that a request breaks; empty when it may be sent.
 *
 * Paths start at `/SendMessage`, or the element that the service has instead (of header blocks at `/Envelope`), and
 * those of the codec are put behind `/SendMessage/request/requestData/data`. No message contains a value.
 *
 * @see SyncChannel v10, type SyncMessageInfo
 * @see Rules No 123, Приложение 1, 2.1 "SendMessageRequest"
 */
export function validateSyncRequest<T>(
  request: SyncRequest<T>,
  rules: SyncRequestRules = {},
): readonly ValidationIssue[] {
  const { info, data, headerBlocks = [] } = request;
  const { isPasswordRequired = true, wrapper } = rules;
  const requestPath = `/${requestElement(wrapper).name.localName}/request`;
  const infoPath = `${requestPath}/requestInfo`;
  const issues: ValidationIssue[] = [];

  checkHeaderBlocks(issues, headerBlocks);
  checkText(issues, `${infoPath}/messageId`, info.messageId, required);
  checkText(issues, `${infoPath}/correlationId`, info.correlationId, optional);
  checkText(issues, `${infoPath}/serviceId`, info.serviceId, required);
  checkDate(issues, `${infoPath}/messageDate`, info.messageDateMs, info.utcOffset, clause);
  checkText(issues, `${infoPath}/routeId`, info.routeId, optional);
  checkSender(issues, `${infoPath}/sender`, info.sender, isPasswordRequired);
  checkProperties(issues, infoPath, info.properties ?? []);
  checkGuid(issues, `${infoPath}/sessionId`, info.sessionId, { advice: '; better leave it out' });
  checkExtensions(issues, infoPath, info.extensions ?? [], { fields: syncRequestInfoFields, clause });
  if (data !== undefined) issues.push(...dataIssues(data, `${requestPath}/requestData/data`));
  return issues;
}
