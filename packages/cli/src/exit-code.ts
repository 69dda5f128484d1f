/** What the process says to the shell. */
import { type ErrorCode, GatewayError } from '@egov-gateway/core';

/** Exit codes of `egw`. */
export const exitCodes: {
  readonly done: 0;
  readonly negative: 1;
  readonly usage: 2;
  readonly transport: 3;
  readonly fault: 4;
} = {
  done: 0,
  /** Invalid signature, malformed or hostile XML, unverifiable answer, business error, validation issues. */
  negative: 1,
  /** Wrong usage, unreadable file, unusable key, wrong password. */
  usage: 2,
  transport: 3,
  fault: 4,
};

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
  if (stage === 'SIGN') return unsignable.has(error.code) ? exitCodes.negative : exitCodes.usage;
  return exitCodes.negative;
}
