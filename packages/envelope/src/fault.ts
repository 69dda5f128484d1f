import type { FaultContent, XmlElement } from '@egov-gateway/core';

import { findErrorInfo, plainText, readErrorInfo } from './error-info.ts';
import { readFields } from './fields.ts';

const names = ['faultcode', 'faultstring', 'detail', 'Code', 'Reason', 'Detail'] as const;

/**
 * What a SOAP 1.1 or 1.2 fault says, read leniently: nothing in it is required, `faultcode` need not be a QName, and
 * the gateway's ErrorInfo is found wherever it lies below the detail.
 *
 * @throws {ParseError} `ERR_PARSE_DUPLICATE_ELEMENT` when a part is there twice; `ERR_PARSE_DEPTH` when sub-errors nest
 *   too deep
 * @see SOAP 1.1, 4.4 "SOAP Fault"
 * @see SOAP 1.2 Part 1, 5.4 "SOAP Fault"
 */
export function readFault(fault: XmlElement): FaultContent {
  const parts: Partial<Record<(typeof names)[number], XmlElement>> = readFields(fault, names);
  const detail = parts.detail ?? parts.Detail;
  const errorInfo = detail === undefined ? undefined : findErrorInfo(detail);
  return {
    faultCode: plainText(parts.faultcode) ?? plainText(firstChild(parts.Code, 'Value')) ?? '',
    faultString: plainText(parts.faultstring) ?? plainText(firstChild(parts.Reason, 'Text')) ?? '',
    errorInfo: errorInfo === undefined ? undefined : readErrorInfo(errorInfo),
  };
}

/** A reason of SOAP 1.2 may come in several languages; the first one is taken. */
function firstChild(parent: XmlElement | undefined, localName: string): XmlElement | undefined {
  for (let child = parent?.first; child !== undefined; child = child.next) {
    if (child.localName === localName) return child;
  }
  return undefined;
}
