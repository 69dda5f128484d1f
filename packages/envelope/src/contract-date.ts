import type { ValidationIssue } from '@egov-gateway/core';

import { isMessageDate, isOffset, kazakhstanOffset } from './message-date.ts';

/** Appends what an instant to be written as `xs:dateTime` breaks: the offset first, because it decides what fits. */
export function checkDate(
  issues: ValidationIssue[],
  path: string,
  atMs: number,
  utcOffset: string | undefined,
  clause: string,
): void {
  const offset = utcOffset ?? kazakhstanOffset;
  if (!isOffset(offset)) {
    issues.push({ path, rule: 'offset', message: 'needs an offset like +05:00', clause });
  } else if (!isMessageDate(atMs, offset)) {
    const message = 'needs whole milliseconds since the epoch, of a year from 1 to 9999';
    issues.push({ path, rule: 'date-time', message, clause });
  }
}
