/**
 * The answer of a REST service, as JSON.
 *
 * @see Rules No 123, Приложение 1, "Форматы данных сервисов REST"
 * @module
 */
import { ValidateError, type ValidationIssue } from '@egov-gateway/core';

import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { formatMessageDate } from '../message-date.ts';
import { asObject, jsonMember, optionalString, requireObject, requireString } from './json-fields.ts';
import type { JsonPart, JsonValue } from './json-value.ts';
import { type JsonLimits, parseJson } from './parse-json.ts';
import { jsonIssues } from './rest-request.ts';

/** A REST answer. @experimental */
export interface RestResponse<T = unknown> {
  readonly info: {
    readonly messageId: string;
    /** Milliseconds since the epoch. */
    readonly responseDateMs: number;
    /** The offset that `responseDate` is written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
    readonly utcOffset?: string | undefined;
    /** The Rules have a message of the status and, other than in SOAP, no code. */
    readonly message: string;
  };
  /** The business data. Left out, `responseData` is empty. */
  readonly data?: JsonPart<T> | undefined;
}

/** A REST answer, as it is read. Nothing in it is signed. @experimental */
export interface ReceivedRestResponse {
  readonly info: {
    readonly messageId: string;
    /** As written, with whatever offset it has. See `parseMessageDate`. */
    readonly responseDate: string;
    /** Of `status/code`, which services that mirror the SOAP format have and the Rules have not. */
    readonly code?: string | undefined;
    /** `message`, or else `status/message`. */
    readonly message?: string | undefined;
  };
  readonly data: JsonValue | undefined;
}

const path = '/response/responseInfo';
const clause = 'Rules No 123, Приложение 1, REST';

/**
 * A REST answer as UTF-8 JSON.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 * @experimental
 */
export function writeRestResponse<T>({ info, data }: RestResponse<T>): Uint8Array {
  const issues: ValidationIssue[] = [];
  checkText(issues, `${path}/messageId`, info.messageId, { isRequired: true, clause });
  checkDate(issues, `${path}/responseDate`, info.responseDateMs, info.utcOffset, clause);
  checkText(issues, `${path}/message`, info.message, { isRequired: true, clause });
  if (data !== undefined) issues.push(...jsonIssues(data, '/response/responseData/data'));
  if (issues.length > 0) throw new ValidateError(issues, { messageId: info.messageId });
  const responseInfo = {
    messageId: info.messageId,
    responseDate: formatMessageDate(info.responseDateMs, info.utcOffset),
    message: info.message,
  };
  const responseData = { data: data?.codec.toJson(data.value) };
  return new TextEncoder().encode(JSON.stringify({ response: { responseInfo, responseData } }));
}

/**
 * Reads a REST answer. Unknown members are ignored, `null` and empty ones are absent.
 *
 * @throws {ParseError} `ERR_PARSE_VALUE`, `ERR_PARSE_DUPLICATE_ELEMENT`, `ERR_PARSE_DEPTH`, `ERR_PARSE_MISSING_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_UNEXPECTED_ELEMENT`
 * @experimental
 */
export function readRestResponse(bytes: Uint8Array, limits: Partial<JsonLimits> = {}): ReceivedRestResponse {
  const response = requireObject(asObject(parseJson(bytes, limits), ''), 'response', '');
  const info = requireObject(response, 'responseInfo', '/response');
  const statusValue = jsonMember(info, 'status');
  const status = statusValue === undefined ? undefined : asObject(statusValue, `${path}/status`);
  const responseData = jsonMember(response, 'responseData');
  return {
    info: {
      messageId: requireString(info, 'messageId', path),
      responseDate: requireString(info, 'responseDate', path).trim(),
      code: status && optionalString(status, 'code', `${path}/status`),
      message:
        optionalString(info, 'message', path) ??
        (status && optionalString(status, 'message', `${path}/status`)),
    },
    data:
      responseData === undefined
        ? undefined
        : jsonMember(asObject(responseData, '/response/responseData'), 'data'),
  };
}
