/**
 * What every message of the channel has around its fields: the wrapper, and `request` or `response` in it.
 *
 * @module
 */
import {
  assertReceived,
  type UnverifiedBody,
  ValidateError,
  type ValidationIssue,
  type VerifiedBody,
  type XmlElement,
  type XmlName,
  type XmlWriter,
} from '@egov-gateway/core';

import { answerContent, type ReadAnswerOptions } from '../answer-content.ts';
import { readFields, requireField } from '../fields.ts';
import type { HeaderBlock } from '../header-block.ts';
import { bodyContent } from '../soap.ts';
import { type WriteOptions, type WrittenEnvelope, writeSoapEnvelope } from '../soap-envelope.ts';
import { type AsyncNamespace, type AsyncOperation, expectAsync } from './channel.ts';

/** How the one who serves writes an answer. */
export interface AsyncAnswerOptions extends WriteOptions {
  /** That of the request: an answer comes in the same. Default: the one the XSD has the operation in. */
  readonly namespace?: AsyncNamespace | undefined;
}

/** What is to be written, and where. */
interface AsyncContent extends WriteOptions {
  /** The wrapper. */
  readonly name: XmlName;
  /** The one element in it. */
  readonly part: 'request' | 'response';
  readonly issues: readonly ValidationIssue[];
  readonly messageId?: string | undefined;
  readonly headerBlocks?: readonly HeaderBlock[] | undefined;
}

/** Writes a message that breaks no rule. @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule */
export function writeAsync(content: AsyncContent, writeFields: (writer: XmlWriter) => void): WrittenEnvelope {
  const { name, part, issues, messageId, headerBlocks = [] } = content;
  if (issues.length > 0) throw new ValidateError(issues, { messageId });
  const write = (writer: XmlWriter): void => {
    writer.open(name);
    writer.open(part);
    writeFields(writer);
    writer.close();
    writer.close();
  };
  return writeSoapEnvelope(headerBlocks, write, content);
}

/** A wrapper that was found. */
interface FoundPart {
  /** The element `request` or `response`. */
  readonly element: XmlElement;
  readonly namespace: AsyncNamespace;
}

/**
 * `request` of an operation.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`
 * @throws {TypeError} when no verifier made the body
 */
export function requestOf(body: VerifiedBody | UnverifiedBody, operation: AsyncOperation): FoundPart {
  assertReceived(body);
  const content = bodyContent(body.body);
  const namespace = expectAsync(content, operation, 'request');
  return { element: requireField(readFields(content, ['request']), 'request', content), namespace };
}

/**
 * `response` of an operation.
 *
 * @throws {GatewayFault} `ERR_FAULT_GATEWAY` when the answer is a SOAP fault
 * @throws {ParseError} as {@link requestOf}
 */
export function responseOf(
  body: VerifiedBody | UnverifiedBody,
  operation: AsyncOperation,
  options?: ReadAnswerOptions,
): FoundPart {
  const content = answerContent(body, options);
  const namespace = expectAsync(content, operation, 'response');
  return { element: requireField(readFields(content, ['response']), 'response', content), namespace };
}
