import type { ValidationIssue } from '@egov-gateway/core';

import { checkText } from '../contract-text.ts';
import { type DataPart, dataIssues } from '../data-part.ts';
import { checkExtraElement, type ExtraElement, localNameOf } from '../extra-element.ts';
import { toGuid } from '../guid.ts';
import { checkHeaderBlocks, type HeaderBlock } from '../header-block.ts';
import { isMessageDate, isOffset, kazakhstanOffset } from '../message-date.ts';
import { checkProperties, checkSender, type Property, type SenderInfo } from '../message-info.ts';

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

/** An element that one service's own WSDL adds to `requestInfo`, such as `userId` behind `messageDate`. */
export interface InfoExtension extends ExtraElement {
  /** The field whose place it follows, whether or not that field is sent. */
  readonly after: SyncRequestInfoField;
}

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
export interface SyncRequestRules {
  /** Whether `sender/password` must be there: the Rules say so, the XSD does not. Default: true. */
  readonly isPasswordRequired?: boolean | undefined;
}

const infoPath = '/SendMessage/request/requestInfo';
const clause = 'SyncChannel v10, type SyncMessageInfo; Rules No 123, Приложение 1, 2.1';
const required = { isRequired: true, clause };
const optional = { isRequired: false, clause };

/**
 * Every rule of the contract that a request breaks; empty when it may be sent.
 *
 * Paths start at `/SendMessage` (of header blocks at `/Envelope`), and those of the codec are put behind
 * `/SendMessage/request/requestData/data`. No message contains a value.
 *
 * @see SyncChannel v10, type SyncMessageInfo
 * @see Rules No 123, Приложение 1, 2.1 "SendMessageRequest"
 */
export function validateSyncRequest<T>(
  request: SyncRequest<T>,
  rules: SyncRequestRules = {},
): readonly ValidationIssue[] {
  const { info, data, headerBlocks = [] } = request;
  const { isPasswordRequired = true } = rules;
  const issues: ValidationIssue[] = [];

  checkHeaderBlocks(issues, headerBlocks);
  checkText(issues, `${infoPath}/messageId`, info.messageId, required);
  checkText(issues, `${infoPath}/correlationId`, info.correlationId, optional);
  checkText(issues, `${infoPath}/serviceId`, info.serviceId, required);
  checkMessageDate(issues, info);
  checkText(issues, `${infoPath}/routeId`, info.routeId, optional);
  checkSender(issues, `${infoPath}/sender`, info.sender, isPasswordRequired);
  checkProperties(issues, infoPath, info.properties ?? []);
  if (info.sessionId !== undefined && toGuid(info.sessionId) === undefined) {
    const message = 'must be a guid like {00000000-0000-0000-0000-000000000000}; better leave it out';
    issues.push({ path: `${infoPath}/sessionId`, rule: 'guid', message, clause: 'common v10, type guid' });
  }
  checkExtensions(issues, info.extensions ?? []);
  if (data !== undefined) issues.push(...dataIssues(data, '/SendMessage/request/requestData/data'));
  return issues;
}

function checkMessageDate(issues: ValidationIssue[], info: SyncRequestInfo): void {
  const { messageDateMs, utcOffset = kazakhstanOffset } = info;
  const path = `${infoPath}/messageDate`;
  if (!isOffset(utcOffset)) {
    issues.push({ path, rule: 'offset', message: 'needs an offset like +05:00', clause });
  } else if (!isMessageDate(messageDateMs, utcOffset)) {
    const message = 'needs whole milliseconds since the epoch, of a year from 1 to 9999';
    issues.push({ path, rule: 'date-time', message, clause });
  }
}

function checkExtensions(issues: ValidationIssue[], extensions: readonly InfoExtension[]): void {
  for (const extension of extensions) {
    const localName = localNameOf(extension.name);
    const path = `${infoPath}/${localName}`;
    checkExtraElement(issues, path, extension, clause);
    // Receivers find fields by local name, so a namespace does not make one of these a different element.
    if (syncRequestInfoFields.some((field) => field === localName)) {
      issues.push({ path, rule: 'reserved', message: 'is a field of the contract; set it there', clause });
    }
    if (!syncRequestInfoFields.includes(extension.after)) {
      const message = `its place must be after one of ${syncRequestInfoFields.join(', ')}`;
      issues.push({ path, rule: 'position', message, clause });
    }
  }
}
