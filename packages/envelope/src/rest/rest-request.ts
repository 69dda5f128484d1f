/**
 * The request of a REST service, as JSON.
 *
 * @see Rules No 123, Приложение 1, "Форматы данных сервисов REST"
 * @module
 */
import { ParseError, ValidateError, type ValidationIssue } from '@egov-gateway/core';

import { checkDate } from '../contract-date.ts';
import { checkText } from '../contract-text.ts';
import { formatMessageDate } from '../message-date.ts';
import { checkSender, ReceivedSender, type SenderInfo } from '../message-info.ts';
import { asObject, jsonMember, optionalString, requireObject, requireString } from './json-fields.ts';
import { checkJson, type JsonPart, type JsonValue } from './json-value.ts';
import { type JsonLimits, parseJson } from './parse-json.ts';

/** `requestInfo` of a REST request. @experimental */
export interface RestRequestInfo {
  readonly messageId: string;
  readonly serviceId: string;
  /** Milliseconds since the epoch. */
  readonly messageDateMs: number;
  /** The offset that `messageDate` is written with, `±hh:mm`. Default `+05:00`, the offset of Kazakhstan. */
  readonly utcOffset?: string | undefined;
  readonly routeId?: string | undefined;
  readonly sender: SenderInfo;
}

/** A REST request. @experimental */
export interface RestRequest<T = unknown> {
  readonly info: RestRequestInfo;
  /** The business data. Left out, `requestData` is empty. */
  readonly data?: JsonPart<T> | undefined;
}

/** A REST request, as it is read. Nothing in it is signed: REST has no transport signature. @experimental */
export interface ReceivedRestRequest {
  readonly info: {
    readonly messageId: string;
    readonly serviceId: string;
    /** As written, with whatever offset it has. See `parseMessageDate`. */
    readonly messageDate: string;
    readonly routeId?: string | undefined;
    readonly sender: ReceivedSender;
  };
  readonly data: JsonValue | undefined;
}

/** How a REST request is written. @experimental */
export interface RestRequestOptions {
  /** Whether `sender/password` must be there, as the Rules say. Default: true. */
  readonly isPasswordRequired?: boolean | undefined;
  /** The Rules print `serviceid`, as they do where the XSD has `serviceId`. Default: `serviceId`. */
  readonly serviceIdName?: 'serviceId' | 'serviceid' | undefined;
}

const path = '/request/requestInfo';
const clause = 'Rules No 123, Приложение 1, REST';

/** Every rule that a REST request breaks; empty when it may be sent. @experimental */
export function validateRestRequest<T>(
  request: RestRequest<T>,
  options: RestRequestOptions = {},
): readonly ValidationIssue[] {
  const { info, data } = request;
  const issues: ValidationIssue[] = [];
  checkText(issues, `${path}/messageId`, info.messageId, { isRequired: true, clause });
  checkText(issues, `${path}/serviceId`, info.serviceId, { isRequired: true, clause });
  checkDate(issues, `${path}/messageDate`, info.messageDateMs, info.utcOffset, clause);
  checkText(issues, `${path}/routeId`, info.routeId, { isRequired: false, clause });
  checkSender(issues, `${path}/sender`, info.sender, options.isPasswordRequired ?? true);
  if (data !== undefined) issues.push(...jsonIssues(data, '/request/requestData/data'));
  return issues;
}

/**
 * A REST request as UTF-8 JSON. Who sends it, where to and with what authentication is the caller's own: none of it is
 * published.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 * @experimental
 */
export function writeRestRequest<T>(request: RestRequest<T>, options: RestRequestOptions = {}): Uint8Array {
  const { info, data } = request;
  const issues = validateRestRequest(request, options);
  if (issues.length > 0) throw new ValidateError(issues, { messageId: info.messageId });
  const { serviceIdName = 'serviceId' } = options;
  const { senderId, password } = info.sender;
  const requestInfo = {
    messageId: info.messageId,
    [serviceIdName]: info.serviceId,
    messageDate: formatMessageDate(info.messageDateMs, info.utcOffset),
    routeId: info.routeId,
    sender: { senderId, password },
  };
  const requestData = { data: data?.codec.toJson(data.value) };
  return new TextEncoder().encode(JSON.stringify({ request: { requestInfo, requestData } }));
}

/**
 * Reads a REST request, for the one who answers it. Unknown members are ignored, `null` and empty ones are absent.
 *
 * @throws {ParseError} `ERR_PARSE_VALUE`, `ERR_PARSE_DUPLICATE_ELEMENT`, `ERR_PARSE_DEPTH`, `ERR_PARSE_MISSING_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_UNEXPECTED_ELEMENT`
 * @experimental
 */
export function readRestRequest(bytes: Uint8Array, limits: Partial<JsonLimits> = {}): ReceivedRestRequest {
  const request = requireObject(asObject(parseJson(bytes, limits), ''), 'request', '');
  const info = requireObject(request, 'requestInfo', '/request');
  const sender = requireObject(info, 'sender', path);
  const requestData = jsonMember(request, 'requestData');
  if (jsonMember(info, 'serviceId') !== undefined && jsonMember(info, 'serviceid') !== undefined) {
    throw new ParseError('expected serviceId once, found it in two spellings', {
      code: 'ERR_PARSE_DUPLICATE_ELEMENT',
      path: `${path}/serviceid`,
    });
  }
  return {
    info: {
      messageId: requireString(info, 'messageId', path),
      serviceId: optionalString(info, 'serviceid', path) ?? requireString(info, 'serviceId', path),
      messageDate: requireString(info, 'messageDate', path).trim(),
      routeId: optionalString(info, 'routeId', path),
      sender: new ReceivedSender(
        requireString(sender, 'senderId', `${path}/sender`),
        optionalString(sender, 'password', `${path}/sender`),
      ),
    },
    data:
      requestData === undefined
        ? undefined
        : jsonMember(asObject(requestData, '/request/requestData'), 'data'),
  };
}

/** The issues of the codec, and what JSON cannot carry. */
export function jsonIssues<T>({ codec, value }: JsonPart<T>, dataPath: string): readonly ValidationIssue[] {
  const broken = codec.validate(value).map((issue) => ({ ...issue, path: dataPath + issue.path }));
  // A codec is not asked to write what it finds invalid.
  if (broken.length > 0) return broken;
  const issues: ValidationIssue[] = [];
  checkJson(issues, dataPath, codec.toJson(value));
  return issues;
}
