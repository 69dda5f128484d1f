import { type Timers, withinTime } from '@egov-gateway/core';

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
  const limit = {
    timers,
    timeoutMs: timeoutMs + Math.floor(graceMs / 2),
    outer: stopping,
    // Whoever still sends must not go on once the outcome is recorded.
    late: () => new Error('the attempt is out of time'),
  };
  try {
    return await withinTime(limit, (signal) => settle(deliver, message, { signal, timeoutMs }));
  } catch {
    // Out of time: whatever a delivery ends with is an outcome.
    return { kind: 'unknown', code: 'ERR_SEND_TIMEOUT' };
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
