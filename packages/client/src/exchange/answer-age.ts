import { VerifyError } from '@egov-gateway/core';

/** What a date is judged by. */
export interface AgeLimit {
  readonly maxAgeMs: number;
  readonly nowMs: number;
  readonly messageId: string | undefined;
}

/** `xs:dateTime` with an offset: without one it is no instant. */
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Refuses a verified answer that was not made for a request of now: an old one may be played back.
 *
 * @throws {VerifyError} `ERR_VERIFY_STALE` when the date is missing, is no instant, or lies further from now, in either
 *   direction, than `maxAgeMs`
 * @internal
 */
export function assertFresh(date: string | undefined, { maxAgeMs, nowMs, messageId }: AgeLimit): void {
  const text = date?.trim() ?? '';
  const ageMs = instant.test(text) ? nowMs - Date.parse(text) : Number.NaN;
  if (Math.abs(ageMs) <= maxAgeMs) return;
  throw new VerifyError(
    Number.isNaN(ageMs)
      ? 'the signed answer has no date with an offset, which maxAnswerAgeMs asks for'
      : `the signed answer is not of the last ${maxAgeMs} ms; it may be an old one, or a clock is wrong`,
    { code: 'ERR_VERIFY_STALE', messageId },
  );
}
