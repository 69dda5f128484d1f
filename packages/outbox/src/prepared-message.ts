import { type AsyncMessageType, type JournalEvent, newLocalKey, type QueueEntry } from '@egov-gateway/core';

import { assertOptions } from './checked-options.ts';
import type { ResolvedPolicy } from './outbox-policy.ts';

/** A message that is written and signed: the bytes that go out, and what the journal knows it by. */
export interface PreparedMessage {
  readonly bytes: Uint8Array;
  readonly serviceId: string;
  readonly messageType: AsyncMessageType;
  /** Own id, when one was set. The policy `onUnknown: 'resend'` demands one. Default: the gateway gives one. */
  readonly messageId?: string | undefined;
  /** The chain; of every message but a REQUEST. */
  readonly correlationId?: string | undefined;
}

/** What to know a message by, and when to send it. */
export interface EnqueueOptions {
  /**
   * Key of the message on this side. A second message under a key is refused, so that a caller that is not sure can
   * enqueue again. Default: a new one.
   */
  readonly localKey?: string | undefined;
  /** The application's own name of the matter, such as a contract number. Kept as it is: no personal data. */
  readonly reference?: string | undefined;
  /** IIN and BIN to find the message by; kept as a keyed hash only. */
  readonly subjects?: readonly string[] | undefined;
  /** Not to be sent before this, milliseconds since the epoch. Default: now. */
  readonly notBeforeMs?: number | undefined;
  /** Not to be sent later than this, milliseconds since the epoch. Default: the deadline of the policy. */
  readonly expiresAtMs?: number | undefined;
}

/** What puts a message into the journal and on the queue. */
export interface QueuedMessage {
  readonly localKey: string;
  readonly event: JournalEvent;
  readonly entry: QueueEntry;
}

/** When a message is accepted, and what its policy says. @internal */
export interface Acceptance extends Pick<ResolvedPolicy, 'deadlineMs' | 'onUnknown'> {
  readonly nowMs: number;
}

const types: readonly AsyncMessageType[] = ['REQUEST', 'NOTIFICATION', 'UPDATE', 'RESPONSE'];

/**
 * The one event by which a message is accepted, and its place on the queue.
 *
 * @throws {TypeError} when the message or an option is not what it should be
 * @internal
 */
export function acceptMessage(
  prepared: PreparedMessage,
  options: EnqueueOptions,
  { nowMs, deadlineMs, onUnknown }: Acceptance,
): QueuedMessage {
  assertOptions('options', options, ['localKey', 'reference', 'subjects', 'notBeforeMs', 'expiresAtMs']);
  const { bytes, serviceId, messageType, messageId, correlationId } = prepared;
  if (!(bytes instanceof Uint8Array) || bytes.byteLength === 0) {
    throw new TypeError('bytes must be a Uint8Array that is not empty');
  }
  assertText('serviceId', serviceId);
  if (!types.includes(messageType)) throw new TypeError(`messageType must be one of ${types.join(', ')}`);
  if (messageId !== undefined) assertText('messageId', messageId);
  else if (onUnknown === 'resend') {
    throw new TypeError(
      `messageId is missing: the policy of the service is onUnknown 'resend', and nothing but an id of your own tells a ` +
        'message that comes twice from two messages',
    );
  }
  if (correlationId !== undefined) assertText('correlationId', correlationId);
  if ((messageType === 'REQUEST') !== (correlationId === undefined)) {
    throw new TypeError('a REQUEST has no correlationId, every other message has one');
  }
  const { localKey = newLocalKey(), reference, subjects, notBeforeMs, expiresAtMs } = options;
  assertText('localKey', localKey);
  if (reference !== undefined) assertText('reference', reference);
  if (notBeforeMs !== undefined) assertInstant('notBeforeMs', notBeforeMs);
  if (expiresAtMs !== undefined) assertInstant('expiresAtMs', expiresAtMs);
  return {
    localKey,
    event: {
      localKey,
      direction: 'out',
      channel: 'async',
      kind: 'signed',
      atMs: nowMs,
      serviceId,
      messageType,
      messageId,
      correlationId,
      bytes,
      reference,
      subjects,
      expiresAtMs: expiresAtMs ?? (deadlineMs === undefined ? undefined : nowMs + deadlineMs),
    },
    entry: { queue: 'outbox', localKey, dueAtMs: Math.max(nowMs, notBeforeMs ?? nowMs) },
  };
}

function assertText(name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '' || value.length > 1_000) {
    throw new TypeError(`${name} must be a string of 1 to 1000 characters`);
  }
}

function assertInstant(name: string, value: unknown): void {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw new TypeError(`${name} must be a whole number of milliseconds since the epoch`);
  }
}
