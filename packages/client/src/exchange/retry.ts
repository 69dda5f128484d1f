import { SendError, type SendErrorCode } from '@egov-gateway/core';

/** When the same bytes may be sent once more. */
export interface RetryOptions {
  /**
   * How often a call may try, the first try included. Default: 2. `1` never tries again.
   *
   * Without {@link RetryOptions.retryUnknown} only failures that are certain to be `not-sent` are tried again.
   */
  readonly maxAttempts?: number | undefined;
  /** Pause before the second try, milliseconds; doubled for each further one, and cut at random to 50…100 %. Default: 200. */
  readonly retryDelayMs?: number | undefined;
  /**
   * Whether to try again when the message may have arrived: the same bytes, with the same messageId. Only for
   * services that recognise a repeated messageId; others will act twice. Default: `never`.
   */
  readonly retryUnknown?: 'never' | 'same-message' | undefined;
}

const transientWhenNotSent: ReadonlySet<SendErrorCode> = new Set<SendErrorCode>([
  'ERR_SEND_CONNECT',
  'ERR_SEND_CONNECT_TIMEOUT',
  'ERR_SEND_NETWORK',
]);

const transientWhenUnknown: ReadonlySet<SendErrorCode> = new Set<SendErrorCode>([
  ...transientWhenNotSent,
  'ERR_SEND_HEADERS_TIMEOUT',
  'ERR_SEND_BODY_TIMEOUT',
]);

/** Statuses with which something on the way says that the endpoint is not there at the moment. */
const transientStatuses: ReadonlySet<number | undefined> = new Set([502, 503, 504]);

/**
 * Whether another try may end differently and is allowed. Answers that came but cannot be trusted are no send errors
 * and are never tried again.
 *
 * @internal
 */
export function mayRetry(error: unknown, retryUnknown: 'never' | 'same-message'): boolean {
  if (!(error instanceof SendError)) return false;
  if (error.delivery === 'not-sent') return transientWhenNotSent.has(error.code);
  if (retryUnknown !== 'same-message') return false;
  if (error.code === 'ERR_SEND_HTTP_STATUS') return transientStatuses.has(error.httpStatus);
  return transientWhenUnknown.has(error.code);
}

/**
 * Pause before the try after `attempt`, milliseconds.
 *
 * @internal
 */
export function retryPauseMs(attempt: number, retryDelayMs: number, random: () => number): number {
  return Math.min(retryDelayMs * 2 ** (attempt - 1), 60_000) * (0.5 + random() / 2);
}
