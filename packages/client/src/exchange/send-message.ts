/**
 * Gets one message to the gateway and an answer back, in as many tries as are allowed.
 *
 * @module
 */
import { setTimeout as pause } from 'node:timers/promises';

import { type Delivery, SendError, type Transport } from '@egov-gateway/core';

import { safeCause } from '../safe-cause.ts';
import type { Call } from './call.ts';
import type { Deadline } from './deadline.ts';
import { mayRetry, retryPauseMs } from './retry.ts';
import { assertSoapAnswer } from './soap-answer.ts';

/** Where the bytes go, and how often. */
export interface SendOptions {
  readonly transport: Transport;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxAttempts: number;
  readonly retryDelayMs: number;
  readonly retryUnknown: 'never' | 'same-message';
}

/**
 * Sends the bytes, again as far as that is allowed, and returns what may be a SOAP message. `deadline.delivery` says
 * at every instant what would be true if the call ended now.
 *
 * @throws {SendError} of the last try, with what all tries together leave certain of its delivery
 * @internal
 */
export async function sendMessage(call: Call, body: Uint8Array, options: SendOptions): Promise<Uint8Array> {
  const { deadline } = call;
  let delivered: Delivery = 'not-sent';
  for (let attempt = 1; ; attempt += 1) {
    try {
      deadline.delivery = 'unknown';
      return await exchange(call, body, options, attempt);
    } catch (error) {
      const failure = toSendError(error, deadline);
      if (failure.delivery !== 'not-sent') delivered = 'unknown';
      deadline.delivery = delivered;
      const pauseMs = retryPauseMs(attempt, options.retryDelayMs, Math.random);
      const isLast = attempt >= options.maxAttempts || pauseMs >= deadline.leftMs;
      if (isLast || deadline.signal.aborted || !mayRetry(failure, options.retryUnknown)) {
        throw afterEarlierAttempts(failure, delivered);
      }
      await pause(pauseMs, undefined, { signal: deadline.signal }).catch(() => {});
      deadline.signal.throwIfAborted();
    }
  }
}

async function exchange(
  call: Call,
  body: Uint8Array,
  { transport, url, headers }: SendOptions,
  attempt: number,
): Promise<Uint8Array> {
  const { signal } = call.deadline;
  const startedAt = performance.now();
  const response = await call.deadline.race(transport.exchange({ url, headers, body, signal }));
  call.answer = response.body;
  call.telemetry.answered({
    httpStatus: response.status,
    responseBytes: response.body.byteLength,
    durationMs: performance.now() - startedAt,
    attempt,
  });
  assertSoapAnswer(response);
  return response.body;
}

/** What a transport rejected with, as a {@link SendError}; cancellation and misuse pass through as they are. */
function toSendError(error: unknown, deadline: Deadline): SendError {
  if (error instanceof SendError) return error;
  if (deadline.isCancelled || error instanceof TypeError) throw error;
  return new SendError('the transport failed with an error of its own', {
    code: 'ERR_SEND_NETWORK',
    delivery: 'unknown',
    cause: safeCause(error),
  });
}

/** What is certain of the last attempt is not certain of the message, once an earlier one may have delivered it. */
function afterEarlierAttempts(failure: SendError, delivered: Delivery): SendError {
  if (failure.delivery === delivered) return failure;
  const { code, message, httpStatus } = failure;
  return new SendError(message, { code, delivery: delivered, httpStatus, cause: failure });
}
