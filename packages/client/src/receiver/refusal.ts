import { ParseError, ValidateError, VerifyError, XmlError } from '@egov-gateway/core';

import type { FaultReason } from './fault-codes.ts';

/** A message that is answered with a fault. What caused it stays on this side. @internal */
export class Refusal extends Error {
  readonly reason: FaultReason;

  constructor(reason: FaultReason, cause?: unknown) {
    super(`refused: ${reason}`, cause === undefined ? undefined : { cause });
    this.name = 'Refusal';
    this.reason = reason;
  }
}

const unreadable: ReadonlySet<string> = new Set(['ERR_VERIFY_NOT_SOAP', 'ERR_VERIFY_ENCRYPTED']);
const outdated: ReadonlySet<string> = new Set([
  'ERR_VERIFY_CERTIFICATE_EXPIRED',
  'ERR_VERIFY_CERTIFICATE_NOT_YET_VALID',
]);

/**
 * What is wrong with a message that could not be opened or read; an error that is no judgement of the message is this
 * side's own.
 *
 * @internal
 */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(reasonOf(error), error);
}

function reasonOf(error: unknown): FaultReason {
  if (error instanceof XmlError || error instanceof ParseError || error instanceof ValidateError) {
    return 'format';
  }
  if (!(error instanceof VerifyError)) return 'internal';
  if (error.code === 'ERR_VERIFY_UNSIGNED') return 'unsigned';
  if (unreadable.has(error.code)) return 'format';
  return outdated.has(error.code) ? 'signature-outdated' : 'signature';
}
