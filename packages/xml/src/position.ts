import { XmlError, type XmlErrorCode, type XmlPosition } from '@egov-gateway/core';

/** The line and column of an offset. Linear in the offset; asked only when something is refused. */
export function positionOf(source: string, offset: number): XmlPosition {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < offset; at++) {
    if (source.charCodeAt(at) !== 0xa) continue;
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** The error for what is wrong at an offset of the source. */
export function xmlError(code: XmlErrorCode, message: string, source: string, offset: number): XmlError {
  return new XmlError(message, { code, ...positionOf(source, offset) });
}
