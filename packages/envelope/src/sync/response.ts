import type { AnswerStatus, ValidationIssue } from '@egov-gateway/core';

import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { type DataPart, dataIssues } from '../data-part.ts';
import { checkGuid } from '../guid.ts';
import { responseElement, type WrapperOptions } from './wrapper.ts';

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

const clause = 'SyncChannel v10, type SyncMessageInfoResponse; Rules No 123, Приложение 1, 2.1';
const statusClause = 'common v10, type StatusInfo';
const MESSAGE_MAX_LENGTH = 250;

/**
 * Every rule of the contract that an answer breaks; empty when it may be sent. Paths start at `/SendMessageResponse`, or
 * the element that the service has instead.
 */
export function validateSyncResponse<T>(
  answer: SyncAnswer<T>,
  { wrapper }: WrapperOptions = {},
): readonly ValidationIssue[] {
  const { info, data } = answer;
  const { status } = info;
  const responsePath = `/${responseElement(wrapper).name.localName}/response`;
  const infoPath = `${responsePath}/responseInfo`;
  const issues: ValidationIssue[] = [];

  checkText(issues, `${infoPath}/messageId`, info.messageId, { isRequired: true, clause });
  checkText(issues, `${infoPath}/correlationId`, info.correlationId, { isRequired: false, clause });
  checkDate(issues, `${infoPath}/responseDate`, info.responseDateMs, info.utcOffset, clause);
  if (!(wrapper?.isStatusOptional === true && status.code === '')) {
    checkText(issues, `${infoPath}/status/code`, status.code, { isRequired: true, clause: statusClause });
  }
  if (status.message !== '') {
    checkText(issues, `${infoPath}/status/message`, status.message, {
      isRequired: true,
      maxLength: MESSAGE_MAX_LENGTH,
      clause: statusClause,
    });
  }
  checkGuid(issues, `${infoPath}/sessionId`, info.sessionId);
  if (data !== undefined) issues.push(...dataIssues(data, `${responsePath}/responseData/data`));
  return issues;
}
