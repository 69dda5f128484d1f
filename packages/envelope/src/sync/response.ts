import type { AnswerStatus, ValidationIssue } from '@egov-gateway/core';

import { checkText } from '../contract-text.ts';
import { type DataPart, dataIssues } from '../data-part.ts';
import { toGuid } from '../guid.ts';
import { isMessageDate, kazakhstanOffset } from '../message-date.ts';

/** `responseInfo` of a synchronous answer, as a service writes it. */
export interface SyncResponseInfo {
  /** The answering system's own id of the answer. */
  readonly messageId: string;
  readonly correlationId?: string | undefined;
  /** When the answer was made, milliseconds since the epoch. */
  readonly responseDateMs: number;
  /** The offset that `responseDate` is written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  /** `message` has at most 250 characters. */
  readonly status: AnswerStatus;
  /** A guid, with or without braces. Only the gateway sets it. */
  readonly sessionId?: string | undefined;
}

/** A synchronous answer, as a service writes it. */
export interface SyncAnswer<T = unknown> {
  readonly info: SyncResponseInfo;
  /** The business data. Left out, `responseData` is empty. */
  readonly data?: DataPart<T> | undefined;
}

const infoPath = '/SendMessageResponse/response/responseInfo';
const clause = 'SyncChannel v10, type SyncMessageInfoResponse; Rules No 123, Приложение 1, 2.1';
const statusClause = 'common v10, type StatusInfo';
const MESSAGE_MAX_LENGTH = 250;

/** Every rule of the contract that an answer breaks; empty when it may be sent. Paths start at `/SendMessageResponse`. */
export function validateSyncResponse<T>(answer: SyncAnswer<T>): readonly ValidationIssue[] {
  const { info, data } = answer;
  const { status, responseDateMs, utcOffset = kazakhstanOffset, sessionId } = info;
  const issues: ValidationIssue[] = [];

  checkText(issues, `${infoPath}/messageId`, info.messageId, { isRequired: true, clause });
  checkText(issues, `${infoPath}/correlationId`, info.correlationId, { isRequired: false, clause });
  if (!isMessageDate(responseDateMs, utcOffset)) {
    const message = 'needs whole milliseconds since the epoch and an offset like +05:00';
    issues.push({ path: `${infoPath}/responseDate`, rule: 'date-time', message, clause });
  }
  checkText(issues, `${infoPath}/status/code`, status.code, { isRequired: true, clause: statusClause });
  if (status.message !== '') {
    checkText(issues, `${infoPath}/status/message`, status.message, {
      isRequired: true,
      maxLength: MESSAGE_MAX_LENGTH,
      clause: statusClause,
    });
  }
  if (sessionId !== undefined && toGuid(sessionId) === undefined) {
    const message = 'must be a guid like {00000000-0000-0000-0000-000000000000}';
    issues.push({ path: `${infoPath}/sessionId`, rule: 'guid', message, clause: 'common v10, type guid' });
  }
  if (data !== undefined) issues.push(...dataIssues(data, '/SendMessageResponse/response/responseData/data'));
  return issues;
}
