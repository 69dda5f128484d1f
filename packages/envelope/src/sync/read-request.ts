import {
  assertReceived,
  type MessageWrapper,
  type UnverifiedBody,
  type VerifiedBody,
  type XmlElement,
} from '@egov-gateway/core';

import { optionalText, readFields, readRepeated, requireField, requireText } from '../fields.ts';
import { type Property, type ReceivedSender, readProperties, readSender } from '../message-info.ts';
import { presentData } from '../received-data.ts';
import { bodyContent } from '../soap.ts';
import { expectRequest } from './wrapper.ts';

/** `requestInfo` of a received request. */
export interface ReceivedRequestInfo {
  /** An opaque string. */
  readonly messageId: string;
  readonly correlationId?: string | undefined;
  readonly serviceId: string;
  /** As written, with whatever offset it has. See `parseMessageDate`. */
  readonly messageDate: string;
  readonly routeId?: string | undefined;
  readonly sender: ReceivedSender;
  readonly properties: readonly Property[];
  /** As written: a guid with or without braces, or any other string. */
  readonly sessionId?: string | undefined;
  /** An element of `requestInfo` beyond the contract, the first one of that name. */
  extension(localName: string, namespace?: string): XmlElement | undefined;
}

/** A received request of the synchronous channel. */
export interface ReceivedSyncRequest {
  readonly info: ReceivedRequestInfo;
  /** The element `data`, for a codec or for `viewData`; `undefined` when absent or nil. */
  readonly data: XmlElement | undefined;
  /** Whether the request carried a signature that was verified. */
  readonly verified: boolean;
  /** Which of the given wrappers it came in; `undefined` when it is that of SyncChannel v10. */
  readonly wrapper?: MessageWrapper | undefined;
}

/** What a reader of a request may be told. */
export interface ReadRequestOptions {
  /** Those of the services, taken beside that of SyncChannel v10. Default: none. */
  readonly wrappers?: readonly MessageWrapper[] | undefined;
}

/**
 * Reads a request of the synchronous channel, for the one who answers it.
 *
 * As lenient as {@link readSyncResponse}: exact wrapper, fields by local name in any order, optional fields that are
 * empty count as absent, unknown elements are ignored.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`
 * @throws {TypeError} when no verifier made the body
 * @see SyncChannel v10, type SyncSendMessageRequest
 */
export function readSyncRequest(
  body: VerifiedBody | UnverifiedBody,
  { wrappers = [] }: ReadRequestOptions = {},
): ReceivedSyncRequest {
  assertReceived(body);
  const content = bodyContent(body.body);
  const wrapper = expectRequest(content, wrappers);

  const request = requireField(readFields(content, ['request']), 'request', content);
  const parts = readFields(request, ['requestInfo', 'requestData']);
  const info = readInfo(requireField(parts, 'requestInfo', request));
  const data = parts.requestData && readFields(parts.requestData, ['data']).data;
  const read = { info, data: presentData(data), verified: body.verified };
  return wrapper === undefined ? read : { ...read, wrapper };
}

function readInfo(info: XmlElement): ReceivedRequestInfo {
  const fields = readFields(info, [
    'messageId',
    'correlationId',
    'serviceId',
    'messageDate',
    'routeId',
    'sender',
    'sessionId',
  ]);
  return {
    messageId: requireText(fields, 'messageId', info),
    correlationId: optionalText(fields.correlationId),
    serviceId: requireText(fields, 'serviceId', info),
    messageDate: requireText(fields, 'messageDate', info).trim(),
    routeId: optionalText(fields.routeId),
    sender: readSender(requireField(fields, 'sender', info)),
    properties: readProperties(info),
    sessionId: optionalText(fields.sessionId),
    extension: (localName, namespace = '') =>
      readRepeated(info, localName).find((element) => element.namespace === namespace),
  };
}
