import { pause, type Timers } from '@egov-gateway/core';

import { type AttemptOutcome, outcomeOf } from './failure.ts';

/** What is to be delivered: exactly these bytes. */
export interface OutgoingMessage {
  readonly bytes: Uint8Array;
  readonly serviceId: string;
  readonly localKey: string;
  /** 1 for the first. */
  readonly attempt: number;
}

/** What the gateway answered. */
export interface Delivered {
  /** The gateway's id of the message. */
  readonly messageId: string;
  /** The gateway's id of the chain. */
  readonly correlationId?: string | undefined;
  /** The answer as it came, for the journal. */
  readonly bytes?: Uint8Array | undefined;
}

/**
 * Sends a message and reads the answer, within `timeoutMs`. What it throws decides what becomes of the message: the
 * `delivery` of a {@link GatewayError}; any other error counts as an unknown outcome.
 */
export type Deliver = (
  message: OutgoingMessage,
  options: { readonly signal: AbortSignal; readonly timeoutMs: number },
) => Promise<Delivered>;

/**
 * The outcome of one delivery. Never rejects, and does not wait for a `deliver` that forgets its time: `graceMs` after it
 * the outcome is unknown.
 *
 * @internal
 */
export async function attemptDelivery(
  deliver: Deliver,
  message: OutgoingMessage,
  options: {
    readonly timers: Timers;
    readonly timeoutMs: number;
    readonly graceMs: number;
    readonly stopping: AbortSignal;
  },
): Promise<AttemptOutcome> {
  const { timers, timeoutMs, graceMs, stopping } = options;
  const attempt = new AbortController();
  const settled = new AbortController();
  const breakOff = () => attempt.abort(stopping.reason);
  stopping.addEventListener('abort', breakOff);
  if (stopping.aborted) breakOff();
  const late = pause(timers, timeoutMs + Math.floor(graceMs / 2), settled.signal).then((): AttemptOutcome => {
    // Whoever still sends must not go on once the outcome is recorded.
    attempt.abort(new Error('the attempt is out of time'));
    return { kind: 'unknown', code: 'ERR_SEND_TIMEOUT' };
  });
  try {
    return await Promise.race([settle(deliver, message, { signal: attempt.signal, timeoutMs }), late]);
  } finally {
    stopping.removeEventListener('abort', breakOff);
    settled.abort();
  }
}

async function settle(
  deliver: Deliver,
  message: OutgoingMessage,
  options: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<AttemptOutcome> {
  try {
    const { messageId, correlationId, bytes } = await deliver(message, options);
    // Without its id nothing that comes for the message could be told from the rest.
    if (typeof messageId !== 'string' || messageId === '') return { kind: 'unreadable', code: 'UNEXPECTED' };
    return { kind: 'answered', messageId, correlationId, bytes };
  } catch (error) {
    return outcomeOf(error);
  }
}
