import type { JournalChange, JournalEvent, RecordedMessage } from '@egov-gateway/core';

import { backoffMs } from './backoff.ts';
import type { AttemptOutcome } from './failure.ts';
import { attemptHistory } from './message-history.ts';
import type { ResolvedPolicy } from './outbox-policy.ts';

/** Codes of the outbox's own events, beside `ERR_…` and those of faults. */
export const outboxCodes: {
  /** The process ended during an attempt, or could not record its outcome in time. */
  readonly interrupted: 'INTERRUPTED';
  /** The deadline of the message passed. */
  readonly expired: 'EXPIRED';
  /** A person stopped it before it was sent. */
  readonly cancelled: 'CANCELLED';
} = { interrupted: 'INTERRUPTED', expired: 'EXPIRED', cancelled: 'CANCELLED' };

/** Circumstances of a conclusion. @internal */
export interface ConclusionContext {
  readonly policy: ResolvedPolicy;
  readonly nowMs: number;
  readonly random: () => number;
}

/** The fields that every event of an outgoing message repeats. @internal */
export function eventOf(
  message: RecordedMessage,
  event: Pick<JournalEvent, 'kind' | 'atMs'> & Partial<JournalEvent>,
): JournalEvent {
  const { localKey, direction, serviceId, channel, messageType } = message;
  return { localKey, direction, serviceId, channel, messageType, ...event };
}

/** The change that records what became of the open attempt of a message. @internal */
export function concludeAttempt(
  message: RecordedMessage,
  outcome: AttemptOutcome,
  context: ConclusionContext,
): JournalChange {
  const { policy, nowMs } = context;
  const attempt = message.attempts;
  const event = (fields: Partial<JournalEvent> & Pick<JournalEvent, 'kind'>) =>
    eventOf(message, { atMs: nowMs, ...fields });
  const final = (...events: JournalEvent[]): JournalChange => finish(message, events);
  const doubted = (code: string) => event({ kind: 'doubted', code });
  const { hasUnknown } = attemptHistory(message);

  switch (outcome.kind) {
    case 'answered': {
      const { messageId, correlationId, bytes } = outcome;
      return final(event({ kind: 'answered', messageId, correlationId, bytes, delivery: 'answered' }));
    }
    case 'unreadable':
      return final(event({ kind: 'failed', code: outcome.code, delivery: 'answered', attempt }));
    case 'refused': {
      const { code } = outcome;
      const { duplicateCodes, retryCodes } = policy;
      const isDuplicate = hasUnknown && (duplicateCodes === 'any' || duplicateCodes.has(code));
      if (retryCodes.has(code)) {
        const failed = event({ kind: 'failed', code, delivery: 'not-sent', attempt });
        return again(message, failed, hasUnknown, context);
      }
      if (isDuplicate) return final(doubted(code));
      return final(event({ kind: 'refused', code, delivery: 'answered' }));
    }
    case 'unsent': {
      const failed = event({ kind: 'failed', code: outcome.code, delivery: 'not-sent', attempt });
      if (outcome.isRetriable) return again(message, failed, hasUnknown, context);
      return final(failed, givenUp(message, outcome.code, hasUnknown, context, 'it cannot be sent as it is'));
    }
    case 'unknown': {
      const failed = event({ kind: 'failed', code: outcome.code, delivery: 'unknown', attempt });
      // Without an id of ours in the bytes nobody could recognise that they come again, whatever is promised.
      if (policy.onUnknown === 'hold' || !hasOwnId(message)) return final(failed, doubted(outcome.code));
      return again(message, failed, true, context);
    }
  }
}

/** The change for a message whose deadline passed before it was sent. @internal */
export function concludeExpiry(message: RecordedMessage, nowMs: number): JournalChange {
  const { hasUnknown } = attemptHistory(message);
  // A doubt does not go away because time does.
  const kind = hasUnknown ? 'doubted' : 'expired';
  return finish(message, [eventOf(message, { kind, atMs: nowMs, code: outboxCodes.expired })]);
}

/** The change for a message whose attempts are used up already. @internal */
export function concludeExhaustion(message: RecordedMessage, context: ConclusionContext): JournalChange {
  const { hasUnknown } = attemptHistory(message);
  const code = message.code ?? outboxCodes.interrupted;
  return finish(message, [givenUp(message, code, hasUnknown, context, usedUp(context))]);
}

/** Back to the queue, later; or given up, when the attempts are used up. */
function again(
  message: RecordedMessage,
  failed: JournalEvent,
  hasUnknown: boolean,
  context: ConclusionContext,
): JournalChange {
  const { policy, nowMs, random } = context;
  const { begun } = attemptHistory(message);
  if (begun >= policy.maxAttempts) {
    const code = failed.code ?? 'UNEXPECTED';
    return finish(message, [failed, givenUp(message, code, hasUnknown, context, usedUp(context))]);
  }
  const waitMs = backoffMs(policy.backoff, Math.max(1, begun), random);
  // A deadline in between is met when it passes, not when the wait ends.
  const dueAtMs = Math.min(nowMs + waitMs, message.expiresAtMs ?? Number.POSITIVE_INFINITY);
  return {
    events: [failed],
    expect: [{ localKey: message.localKey, version: message.version }],
    enqueue: [{ queue: 'outbox', localKey: message.localKey, dueAtMs: Math.max(nowMs, dueAtMs) }],
  };
}

/** `dead`, unless one of the attempts may have reached the gateway: then nobody may say that it did not. */
function givenUp(
  message: RecordedMessage,
  code: string,
  hasUnknown: boolean,
  { nowMs }: ConclusionContext,
  note: string,
): JournalEvent {
  if (hasUnknown) return eventOf(message, { kind: 'doubted', atMs: nowMs, code });
  return eventOf(message, { kind: 'dead', atMs: nowMs, code, note });
}

function usedUp({ policy }: ConclusionContext): string {
  return `${policy.maxAttempts} attempts are used up`;
}

/** The message may have got another id since: of a gateway that answered an earlier attempt, or from an operator. */
function hasOwnId({ events }: RecordedMessage): boolean {
  return events.some(({ kind, messageId }) => kind === 'signed' && messageId !== undefined);
}

/** The last events of a message, which leaves the queue. */
function finish(message: RecordedMessage, events: readonly JournalEvent[]): JournalChange {
  const { localKey, version } = message;
  return {
    events,
    expect: [{ localKey, version }],
    dequeue: [{ queue: 'outbox', localKey }],
  };
}
