import { VerifyError, type VerifyErrorCode } from '@egov-gateway/core';

/** A refusal of the verifier, to be thrown. */
export function refusal(code: VerifyErrorCode, message: string, cause?: unknown): VerifyError {
  return new VerifyError(message, { code, cause });
}

/** A name or URI out of the message for use in an error: short and printable, or not shown at all. */
export function shown(value: string | undefined): string {
  if (value === undefined) return 'nothing';
  return /^[\x21-\x7e]{1,120}$/.test(value) ? value : 'something unprintable';
}
