/** The exit code of what happened. */
import { type ErrorCode, GatewayError, type RecordedMessage } from '@egov-gateway/core';

import { exitCodes } from './exit-code.ts';

/** The journal gave an answer, and the answer is no; with its other errors it could not be used. */
const journalAnswers: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ERR_JOURNAL_CHAIN',
  'ERR_JOURNAL_ARCHIVE',
  'ERR_JOURNAL_DAMAGED',
  'ERR_JOURNAL_NOT_FOUND',
  'ERR_JOURNAL_STATE',
  'ERR_JOURNAL_CONFLICT',
]);

/** The input is at fault, not the key: the only signing errors that are a negative answer. */
const unsignable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ERR_SIGN_ENVELOPE',
  'ERR_SIGN_ALREADY_SIGNED',
  'ERR_SIGN_PAYLOAD',
]);

/** The exit code for an error that ended a command. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof GatewayError)) return exitCodes.usage;
  const [, stage] = error.code.split('_');
  if (stage === 'SEND') return error.code === 'ERR_SEND_INSECURE_URL' ? exitCodes.usage : exitCodes.transport;
  if (stage === 'FAULT') return exitCodes.fault;
  if (stage === 'KEY') return exitCodes.usage;
  if (stage === 'JOURNAL') return journalAnswers.has(error.code) ? exitCodes.negative : exitCodes.usage;
  if (stage === 'SIGN') return unsignable.has(error.code) ? exitCodes.negative : exitCodes.usage;
  return exitCodes.negative;
}

/** The exit code for a message that somebody waited for. */
export function exitCodeOfMessage({ state, code }: Pick<RecordedMessage, 'state' | 'code'>): number {
  switch (state) {
    case 'answered':
    case 'delivered':
    case 'sent':
    case 'handled':
      return exitCodes.done;
    case 'rejected':
      return exitCodes.fault;
    case 'expired':
      return exitCodes.transport;
    case 'dead':
      return code?.startsWith('ERR_SEND_') ? exitCodes.transport : exitCodes.negative;
    default:
      return exitCodes.undecided;
  }
}
