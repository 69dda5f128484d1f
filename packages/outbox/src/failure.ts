import { GatewayError } from '@egov-gateway/core';

/** `ERR_…` of an error of the SDK, also of another copy of it; `UNEXPECTED` of any other. @internal */
export function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && /^ERR_[A-Z]+_[A-Z0-9_]+$/.test(code) ? code : 'UNEXPECTED';
}

/** Somebody else changed the message first. @internal */
export function isConflict(error: unknown): boolean {
  return codeOf(error) === 'ERR_JOURNAL_CONFLICT';
}

/** What is wrong with the change itself; with any other code the journal is in trouble, and the change may be tried again. */
const faultsOfChange = new Set([
  'ERR_JOURNAL_CONFLICT',
  'ERR_JOURNAL_EVENT',
  // A subject that no key is there to hash; bytes that no key opens are of their own message alone.
  'ERR_JOURNAL_KEY',
  'ERR_JOURNAL_STATEMENT',
  'ERR_JOURNAL_UNSUPPORTED',
  'ERR_JOURNAL_NOT_FOUND',
  'ERR_JOURNAL_STATE',
]);

/** Whether the journal itself is in trouble: locked, full, closed, damaged. @internal */
export function isJournalTrouble(error: unknown): boolean {
  const code = codeOf(error);
  return code.startsWith('ERR_JOURNAL_') && !faultsOfChange.has(code);
}

/** What became of one attempt. @internal */
export type AttemptOutcome =
  | {
      readonly kind: 'answered';
      readonly messageId: string;
      readonly correlationId: string | undefined;
      readonly bytes: Uint8Array | undefined;
    }
  /** A verified answer says no. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Nothing left. */
  | { readonly kind: 'unsent'; readonly code: string; readonly isRetriable: boolean }
  /** It may have left, and what came back proves nothing. */
  | { readonly kind: 'unknown'; readonly code: string }
  /** A verified answer came that says neither yes nor no: sending again would bring the same. */
  | { readonly kind: 'unreadable'; readonly code: string };

/** Nothing left, and trying again changes nothing: the message, the key or the address must change first. */
const hopeless = /^ERR_(?:VALIDATE|SIGN|KEY)_|^ERR_SEND_INSECURE_URL$/;

/** What the error of an attempt says about the message. @internal */
export function outcomeOf(error: unknown): AttemptOutcome {
  const code = codeOf(error);
  if (!(error instanceof GatewayError) && code === 'UNEXPECTED') return { kind: 'unknown', code };
  const { delivery } = error as GatewayError;
  if (delivery === 'not-sent') return { kind: 'unsent', code, isRetriable: !hopeless.test(code) };
  if (delivery !== 'answered') return { kind: 'unknown', code };
  if (code === 'ERR_FAULT_GATEWAY') return { kind: 'refused', code: plainCode(error, 'faultCode') ?? code };
  if (code === 'ERR_BUSINESS_STATUS')
    return { kind: 'refused', code: plainCode(error, 'statusCode') ?? code };
  return { kind: 'unreadable', code };
}

/** Codes of others come from outside: what is no short plain code could be anything, and is not kept. */
function plainCode(error: unknown, name: 'faultCode' | 'statusCode'): string | undefined {
  const code = (error as Readonly<Record<string, unknown>>)[name];
  const isPlain =
    typeof code === 'string' && /^(?:[A-Za-z][\w.:-]{0,39}|\d{1,5})$/.test(code) && !/\d{10}/.test(code);
  return isPlain ? code : undefined;
}
