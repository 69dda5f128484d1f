/** Says what went wrong: in words on stderr, or as the one object of `--json` on stdout. */
import { BusinessError, GatewayError, GatewayFault, JournalError, ValidateError } from '@egov-gateway/core';
import { explainCode } from '@egov-gateway/envelope';

import type { Console } from './console.ts';
import { exitCodes } from './exit-code.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { journalRemedies } from './journal-remedies.ts';
import type { Language } from './language.ts';
import { UsageError } from './usage-error.ts';

/** The object under `error` of `--json`. Holds no payload. */
export interface ErrorReport {
  readonly name: string;
  readonly code: string | null;
  readonly message: string;
  readonly delivery: string | null;
  readonly messageId: string | null;
  readonly issues: readonly { path: string; rule: string; message: string; clause: string | null }[] | null;
  readonly statusCode: string | null;
  readonly faultCode: string | null;
  readonly verified: boolean | null;
}

/** Prints the error, misuse in the language of the command, and returns the exit code. */
export function reportError(
  console: Console,
  error: unknown,
  isJson: boolean,
  language: Language = 'en',
): number {
  if (!(error instanceof GatewayError) && !(error instanceof UsageError) && !isAbort(error)) {
    // A defect of the program, or misuse that no option check caught: the stack is what helps.
    console.note(error instanceof Error ? (error.stack ?? error.message) : 'unknown failure');
    return exitCodes.usage;
  }
  if (isJson) console.json({ error: describe(error) });
  else explain(console, error, language);
  return isAbort(error) ? exitCodes.transport : exitCodeOf(error);
}

function describe(error: Error): ErrorReport {
  const gatewayError = error instanceof GatewayError ? error : undefined;
  return {
    name: error.name,
    code: gatewayError?.code ?? null,
    message: error.message,
    delivery: gatewayError?.delivery ?? null,
    messageId: gatewayError?.messageId ?? null,
    issues:
      error instanceof ValidateError
        ? error.issues.map(({ path, rule, message, clause = null }) => ({ path, rule, message, clause }))
        : null,
    statusCode: error instanceof BusinessError ? error.statusCode : null,
    faultCode: error instanceof GatewayFault ? error.faultCode : null,
    verified: error instanceof GatewayFault ? error.verified : null,
  };
}

function explain(console: Console, error: Error, language: Language): void {
  if (error instanceof ValidateError) {
    console.note('the request breaks the contract, nothing was sent:');
    for (const issue of error.issues) {
      console.note(`  ${issue.path}: ${issue.message}${issue.clause ? ` [${issue.clause}]` : ''}`);
    }
    return;
  }
  const code = error instanceof GatewayError ? `${error.code}: ` : '';
  const message = (error instanceof UsageError ? error.said?.[language] : undefined) ?? error.message;
  console.note(`egw: ${code}${message}`);
  if (error instanceof JournalError) {
    const remedy = journalRemedies[error.code];
    if (remedy !== undefined) console.note(remedy);
  }
  if (error instanceof BusinessError || error instanceof GatewayFault) {
    const said = error instanceof BusinessError ? error.statusMessage : error.faultString;
    if (said !== '') console.note(`the other side says: ${said}`);
    const known = explainCode(error instanceof BusinessError ? error.statusCode : error.faultCode);
    if (known) console.note(`${known.en} ${known.remedy.en}`);
  }
  if (error instanceof GatewayError && error.delivery === 'unknown' && error.messageId !== undefined) {
    console.note(
      `the gateway may have received message ${error.messageId}: find out before you send it again`,
    );
  }
}

function isAbort(error: unknown): error is Error {
  return error instanceof Error && error.name === 'AbortError';
}
