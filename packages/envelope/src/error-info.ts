/**
 * `ErrorInfo`, the gateway's own description of a refusal, and its chain of sub-errors.
 *
 * @see common v10, type ErrorInfo
 * @module
 */
import {
  type ErrorInfo,
  ParseError,
  type ValidationIssue,
  type XmlElement,
  type XmlWriter,
} from '@egov-gateway/core';

import { checkDate } from './contract-date.ts';
import { checkText } from './contract-text.ts';
import { readFields } from './fields.ts';
import { checkGuid, toGuid } from './guid.ts';
import { formatMessageDate } from './message-date.ts';

/** `ErrorInfo` as a server writes it. */
export interface ErrorInfoContent {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly errorData?: string | undefined;
  /** Milliseconds since the epoch. Always written: the XSD requires it where the Rules do not. */
  readonly errorDateMs: number;
  /** The offset that `errorDate` is written with, `±hh:mm`. Default `+05:00`. */
  readonly utcOffset?: string | undefined;
  readonly subError?: ErrorInfoContent | undefined;
  /** A guid, with or without braces. */
  readonly sessionId?: string | undefined;
}

/** How deep sub-errors may nest, the outermost included. */
export const maxSubErrorDepth = 16;

const clause = 'common v10, type ErrorInfo';
const names = ['errorCode', 'errorMessage', 'errorData', 'errorDate', 'subError', 'sessionId'] as const;

/**
 * Finds the ErrorInfo below an element: the first one, in document order, that has an `errorCode` or an
 * `errorMessage`. Its own name and namespace differ between the gateway and its providers and mean nothing.
 */
export function findErrorInfo(below: XmlElement): XmlElement | undefined {
  const waiting: XmlElement[] = [below];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    for (let child = element.first; child !== undefined; child = child.next) {
      if (child.localName === 'errorCode' || child.localName === 'errorMessage') return element;
    }
    if (element !== below && element.next !== undefined) waiting.push(element.next);
    if (element.first !== undefined) waiting.push(element.first);
  }
  return undefined;
}

/**
 * Reads an ErrorInfo. Any of its fields may be missing; a missing code or message is `''`.
 *
 * @throws {ParseError} `ERR_PARSE_DEPTH` when sub-errors nest deeper than {@link maxSubErrorDepth};
 *   `ERR_PARSE_DUPLICATE_ELEMENT` when a field is there twice
 */
export function readErrorInfo(element: XmlElement): ErrorInfo {
  const chain: Omit<ErrorInfo, 'subError'>[] = [];
  let next: XmlElement | undefined = element;
  while (next !== undefined) {
    if (chain.length === maxSubErrorDepth) {
      throw new ParseError(`expected at most ${maxSubErrorDepth} nested errors`, {
        code: 'ERR_PARSE_DEPTH',
        path: next.path,
      });
    }
    const fields: Partial<Record<(typeof names)[number], XmlElement>> = readFields(next, names);
    chain.push({
      errorCode: plainText(fields.errorCode) ?? '',
      errorMessage: plainText(fields.errorMessage) ?? '',
      errorData: plainText(fields.errorData),
      errorDate: plainText(fields.errorDate),
      sessionId: plainText(fields.sessionId),
    });
    // An empty or nil subError says nothing.
    next = fields.subError?.first === undefined ? undefined : fields.subError;
  }
  const [outermost, ...inner] = chain as [Omit<ErrorInfo, 'subError'>, ...Omit<ErrorInfo, 'subError'>[]];
  const subError = inner.reduceRight<ErrorInfo | undefined>(
    (innermost, info) => ({ ...info, subError: innermost }),
    undefined,
  );
  return { ...outermost, subError };
}

/** The text of a field of a fault, trimmed; markup inside it comes as XML text, because a refusal must not get lost. */
export function plainText(field: XmlElement | undefined): string | undefined {
  if (field === undefined) return undefined;
  const text = field.first === undefined ? field.text() : field.toXml();
  return text.trim() === '' ? undefined : text.trim();
}

/** Appends what an ErrorInfo to be written breaks. */
export function checkErrorInfo(issues: ValidationIssue[], path: string, info: ErrorInfoContent): void {
  let at = path;
  let depth = 1;
  for (let error: ErrorInfoContent | undefined = info; error !== undefined; error = error.subError) {
    if (depth > maxSubErrorDepth) {
      const message = `must nest at most ${maxSubErrorDepth} deep`;
      issues.push({ path: at, rule: 'depth', message, clause });
      return;
    }
    checkText(issues, `${at}/errorCode`, error.errorCode, { isRequired: true, clause });
    checkText(issues, `${at}/errorMessage`, error.errorMessage, { isRequired: true, clause });
    checkText(issues, `${at}/errorData`, error.errorData, { isRequired: false, clause });
    checkDate(issues, `${at}/errorDate`, error.errorDateMs, error.utcOffset, clause);
    checkGuid(issues, `${at}/sessionId`, error.sessionId);
    at += '/subError';
    depth++;
  }
}

/** Writes the children of an ErrorInfo, in the order of the XSD. The element itself is the caller's. */
export function writeErrorInfo(writer: XmlWriter, info: ErrorInfoContent): void {
  writer.leaf('errorCode', info.errorCode);
  writer.leaf('errorMessage', info.errorMessage);
  if (info.errorData !== undefined) writer.leaf('errorData', info.errorData);
  writer.leaf('errorDate', formatMessageDate(info.errorDateMs, info.utcOffset));
  if (info.subError !== undefined) {
    writer.open('subError');
    writeErrorInfo(writer, info.subError);
    writer.close();
  }
  if (info.sessionId !== undefined) writer.leaf('sessionId', toGuid(info.sessionId) ?? info.sessionId);
}
