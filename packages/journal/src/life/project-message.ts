/**
 * States out of events. Nothing here reads or writes anything.
 *
 * @module
 */
import type {
  DeliveryState,
  JournalEvent,
  MessageState,
  RecordedEvent,
  RecordedMessage,
} from '@egov-gateway/core';

import { type MessageStage, nextState } from './transitions.ts';

/** An event as a journal keeps it. */
export type KeptEvent = Omit<RecordedEvent, 'state'>;

/** What the newest event of a message left: enough to judge the next one. */
export interface MessageHead
  extends Omit<RecordedMessage, 'events' | 'relatedKeys' | 'deliveryState' | 'expiresAtMs'> {
  readonly deliveryState: DeliveryState | undefined;
  readonly expiresAtMs: number | undefined;
  /** Until when the attempt that is being made may still report. */
  readonly untilMs: number | undefined;
  /** It was polled, and the gateway has not been told yet that it is here. */
  readonly unconfirmed: boolean;
}

type JudgedEvent = Omit<JournalEvent, 'bytes' | 'subjects'> & { readonly direction: 'out' | 'in' };

/**
 * The head after one more event.
 *
 * @returns `undefined` when no such event is possible in the state of the message
 */
export function advance(head: MessageHead | undefined, event: JudgedEvent): MessageHead | undefined {
  const state = nextState(stageOf(head), event);
  return state === undefined ? undefined : headAfter(head, event, state);
}

/**
 * A message out of its events, oldest first. Never throws: an event that is impossible where it stands changes nothing
 * but the version, and a history that begins with one is `in-doubt` (out) or `unmatched` (in). A journal refuses to
 * append such an event, so that it shows only after somebody else changed the database; `verify` tells.
 *
 * @returns `undefined` without events
 */
export function projectMessage(events: readonly KeptEvent[]): RecordedMessage | undefined {
  let head: MessageHead | undefined;
  const recorded: RecordedEvent[] = [];
  const relatedKeys = new Set<string>();
  for (const event of events) {
    head = advance(head, event) ?? headAfter(head, event, head?.state ?? doubtful(event));
    if (event.relatedKey !== undefined) relatedKeys.add(event.relatedKey);
    recorded.push({ ...event, state: head.state });
  }
  if (head === undefined) return undefined;
  const { untilMs: _, unconfirmed: __, ...message } = head;
  return { ...message, relatedKeys: [...relatedKeys], events: recorded };
}

/** Whether nothing is left to happen to a message by itself. */
export function isFinal(state: MessageState): boolean {
  return finalStates.has(state);
}

const finalStates: ReadonlySet<MessageState> = new Set([
  'answered',
  'rejected',
  'expired',
  'dead',
  'handled',
] satisfies MessageState[]);

function stageOf(head: MessageHead | undefined): MessageStage {
  if (head === undefined) return 'new';
  return head.state === 'queued' && head.attempts > 0 ? 'retrying' : head.state;
}

function doubtful(event: JudgedEvent): MessageState {
  return event.direction === 'in' ? 'unmatched' : 'in-doubt';
}

function headAfter(head: MessageHead | undefined, event: JudgedEvent, state: MessageState): MessageHead {
  const named = naming.has(event.kind);
  const first = head === undefined;
  return {
    localKey: first ? event.localKey : head.localKey,
    direction: first ? event.direction : head.direction,
    channel: first ? event.channel : head.channel,
    serviceId: first ? event.serviceId : head.serviceId,
    messageType: head?.messageType ?? (event.kind === 'replied' ? undefined : event.messageType),
    messageId: (named ? event.messageId : undefined) ?? head?.messageId ?? ownId(event),
    correlationId: (named ? event.correlationId : undefined) ?? head?.correlationId ?? event.correlationId,
    reference: event.reference ?? head?.reference,
    state,
    deliveryState: event.deliveryState ?? head?.deliveryState,
    version: (head?.version ?? 0) + 1,
    attempts: (head?.attempts ?? 0) + (isAttempt(event) ? 1 : 0),
    expiresAtMs: event.expiresAtMs ?? head?.expiresAtMs,
    untilMs: event.kind === 'sending' ? event.untilMs : state === 'sending' ? head?.untilMs : undefined,
    unconfirmed:
      event.kind === 'confirmed' ? false : event.container !== undefined || head?.unconfirmed === true,
    code: event.code ?? head?.code,
    createdAtMs: first ? event.atMs : head.createdAtMs,
    changedAtMs: event.atMs,
  };
}

/** Events whose identifiers are those of the message; the newest word of the gateway counts. */
const naming: ReadonlySet<string> = new Set([
  'built',
  'signed',
  'answered',
  'resolved',
  'received',
  'linked',
]);

/** The message id of `replied` is that of the reply. */
function ownId(event: JudgedEvent): string | undefined {
  return event.kind === 'replied' ? undefined : event.messageId;
}

function isAttempt(event: JudgedEvent): boolean {
  if (event.direction === 'in') return event.kind === 'handled' || event.kind === 'unhandled';
  return event.channel === 'sync' ? event.kind === 'signed' : event.kind === 'sending';
}
