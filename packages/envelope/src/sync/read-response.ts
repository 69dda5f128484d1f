import type { AnswerStatus, UnverifiedBody, VerifiedBody, XmlElement } from '@egov-gateway/core';

import { answerContent, type ReadAnswerOptions } from '../answer-content.ts';
import { optionalText, readFields, requireField, requireText } from '../fields.ts';
import { presentData } from '../received-data.ts';
import { expectResponse, type WrapperOptions } from './wrapper.ts';

/** `responseInfo` of a received answer. */
export interface ReceivedResponseInfo {
  /** The answering system's own id of the answer: an opaque string, not the id of the request. */
  readonly messageId: string;
  readonly correlationId?: string | undefined;
  /** As written, with whatever offset it has. See `parseMessageDate`. */
  readonly responseDate: string;
  /** Code and message as the service wrote them, of any length. */
  readonly status: AnswerStatus;
  /** As written: usually a guid in braces, but any string is possible. */
  readonly sessionId?: string | undefined;
}

/** A received answer of the synchronous channel. */
export interface SyncResponse {
  readonly info: ReceivedResponseInfo;
  /** The element `data`, for a codec or for `viewData`; `undefined` when absent or nil. */
  readonly data: XmlElement | undefined;
  /** Whether the answer carried a signature that was verified. */
  readonly verified: boolean;
}

/**
 * Reads an answer of the synchronous channel.
 *
 * The wrapper must have exactly its name and namespace, or those that the service has instead. Below it, fields are found by local name in any order and
 * unknown elements are ignored. Whether `status` means success is the service's business, not decided here.
 *
 * @param options - `messageId`: of the request, to tie a fault to it; `wrapper`: that of the service
 * @throws {GatewayFault} `ERR_FAULT_GATEWAY` when the answer is a SOAP fault
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_DEPTH`
 * @throws {TypeError} when no verifier made the body
 * @see SyncChannel v10, type SyncSendMessageResponse
 * @see Rules No 123, Приложение 1, 2.1 "SendMessageResponse"
 */
export function readSyncResponse(
  body: VerifiedBody | UnverifiedBody,
  options: ReadAnswerOptions & WrapperOptions = {},
): SyncResponse {
  const content = answerContent(body, options);
  const { wrapper } = options;
  expectResponse(content, wrapper);

  const response = requireField(readFields(content, ['response']), 'response', content);
  const parts = readFields(response, ['responseInfo', 'responseData']);
  const isStatusOptional = wrapper?.isStatusOptional === true;
  const info = readInfo(requireField(parts, 'responseInfo', response), isStatusOptional);
  const data = parts.responseData && readFields(parts.responseData, ['data']).data;
  return { info, data: presentData(data), verified: body.verified };
}

function readInfo(info: XmlElement, isStatusOptional: boolean): ReceivedResponseInfo {
  const fields = readFields(info, ['messageId', 'correlationId', 'responseDate', 'status', 'sessionId']);
  const status = isStatusOptional
    ? readOptionalStatus(fields.status)
    : readStatus(requireField(fields, 'status', info));
  return {
    messageId: requireText(fields, 'messageId', info),
    correlationId: optionalText(fields.correlationId),
    responseDate: requireText(fields, 'responseDate', info).trim(),
    status,
    sessionId: optionalText(fields.sessionId),
  };
}

function readStatus(status: XmlElement): AnswerStatus {
  const fields = readFields(status, ['code', 'message']);
  return { code: requireText(fields, 'code', status), message: fields.message?.text() ?? '' };
}

/** Empty is absent; one that says something has to say its code. */
function readOptionalStatus(status: XmlElement | undefined): AnswerStatus {
  if (status === undefined) return { code: '', message: '' };
  const isEmpty = status.first === undefined && status.text().trim() === '';
  return isEmpty ? { code: '', message: '' } : readStatus(status);
}
