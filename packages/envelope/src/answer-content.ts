import {
  assertReceived,
  GatewayFault,
  type UnverifiedBody,
  type VerifiedBody,
  type XmlElement,
} from '@egov-gateway/core';

import { readFault } from './fault.ts';
import { bodyContent, isFault } from './soap.ts';

/** What a reader of an answer may be told. */
export interface ReadAnswerOptions {
  /** `messageId` of the request, to tie a fault to it. */
  readonly messageId?: string | undefined;
}

/**
 * The one element inside the Body of an answer.
 *
 * @throws {GatewayFault} `ERR_FAULT_GATEWAY` when it is a SOAP fault
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`,
 *   `ERR_PARSE_DEPTH`
 * @throws {TypeError} when no verifier made the body
 */
export function answerContent(
  body: VerifiedBody | UnverifiedBody,
  options: ReadAnswerOptions = {},
): XmlElement {
  assertReceived(body);
  const content = bodyContent(body.body);
  if (isFault(content, body.body)) {
    throw new GatewayFault(readFault(content), { verified: body.verified, messageId: options.messageId });
  }
  return content;
}
