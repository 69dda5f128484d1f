/**
 * The life of a message as a table: which event may follow in which state, and what it leads to. What is not in the
 * table is impossible and refused. The README shows the same tables in words.
 *
 * @module
 */
import type { JournalEvent, MessageState } from '@egov-gateway/core';

/**
 * A state, seen as the table sees it: `new` before the first event, `retrying` for `queued` once the message has left at
 * least once, so that only then an outcome of it is possible.
 */
export type MessageStage = MessageState | 'new' | 'retrying';

/** Code of a message whose id another message has. */
export const conflictingId = 'CONFLICTING_ID';

/** By event: `[to, from…]`; `same` leaves the state as it is. */
export type Transitions = Readonly<
  Record<string, readonly (readonly [MessageState | 'same', ...MessageStage[]])[]>
>;

/** Somebody has it: later news of less weight are kept and change nothing. */
const taken = ['sent', 'delivered', 'answered'] as const;
/** Given up, yet it had left: an outcome may still arrive. */
const given = ['expired', 'dead'] as const;
/** It left, and nobody knows more. */
const open = ['sending', 'retrying', 'in-doubt'] as const;

/** Asynchronous messages that go out. */
export const asyncOutgoing: Transitions = {
  built: [['draft', 'new']],
  signed: [['queued', 'new', 'draft']],
  sending: [['sending', 'queued', 'retrying']],
  answered: [
    ['sent', ...open, ...given],
    ['same', ...taken, 'rejected'],
  ],
  refused: [
    ['rejected', ...open, ...given],
    ['same', ...taken, 'rejected'],
  ],
  'failed not-sent': [
    ['queued', 'sending', 'queued', 'retrying'],
    ['same', 'in-doubt', 'rejected', ...taken, ...given],
  ],
  'failed unknown': [
    ['queued', 'sending', 'retrying'],
    ['same', 'in-doubt', 'rejected', ...taken, ...given],
  ],
  // It was answered, and nobody can say what: not to be sent again by itself.
  'failed answered': [
    ['in-doubt', ...open],
    ['same', 'rejected', ...taken, ...given],
  ],
  doubted: [['in-doubt', ...open]],
  // The gateway gave it an id that another message has.
  'doubted CONFLICTING_ID': [
    ['in-doubt', 'sent', ...open],
    ['same', 'delivered', 'answered', 'rejected'],
  ],
  'resolved sent': [['sent', 'sending', 'in-doubt', ...given]],
  'resolved not-sent': [['queued', 'in-doubt', 'rejected', ...given]],
  'resolved abandoned': [['dead', 'in-doubt', 'retrying', 'expired', 'rejected']],
  'status ON_DELIVERY': [
    ['sent', ...open, ...given],
    ['same', ...taken, 'rejected'],
  ],
  'status DELIVERED': [
    ['delivered', 'sent', 'delivered', 'rejected', ...open, ...given],
    ['same', 'answered'],
  ],
  'status NOT_DELIVERED': [
    ['rejected', 'sent', 'rejected', ...open, ...given],
    ['same', 'delivered', 'answered'],
  ],
  'status DELIVERY_STOPPED': [
    ['rejected', 'sent', 'rejected', ...open, ...given],
    ['same', 'delivered', 'answered'],
  ],
  'replied RESPONSE': [
    ['answered', 'rejected', ...open, ...taken, ...given],
    ['same', 'draft', 'queued'],
  ],
  // A preliminary answer: whoever answers has the message.
  replied: [
    ['sent', ...open, ...given],
    ['same', 'draft', 'queued', 'rejected', ...taken],
  ],
  expired: [['expired', 'draft', 'queued', 'retrying']],
  dead: [['dead', 'draft', 'queued', 'in-doubt', 'sending', 'retrying', 'rejected', 'expired']],
};

/** Synchronous calls that go out: they leave as soon as they are signed. */
export const syncOutgoing: Transitions = {
  built: [['draft', 'new']],
  signed: [['sending', 'new', 'draft']],
  sending: [['same', 'sending']],
  answered: [['answered', 'sending', 'in-doubt', 'dead']],
  refused: [['rejected', 'sending', 'in-doubt', 'dead']],
  'failed not-sent': [
    ['dead', 'sending'],
    ['same', 'in-doubt', 'dead'],
  ],
  'failed unknown': [['in-doubt', 'sending', 'in-doubt', 'dead']],
  'failed answered': [['dead', 'sending', 'in-doubt', 'dead']],
  doubted: [['in-doubt', 'sending', 'in-doubt']],
  'resolved sent': [['sent', 'sending', 'in-doubt']],
  'resolved not-sent': [['dead', 'sending', 'in-doubt']],
  'resolved abandoned': [['dead', 'sending', 'in-doubt']],
  dead: [['dead', 'draft', 'sending', 'in-doubt']],
};

/** Messages that come in, of both channels. */
export const incoming: Transitions = {
  // To be handled: a REQUEST, a message of a known chain, and every message of the synchronous channel.
  received: [['received', 'new']],
  'received unmatched': [['unmatched', 'new']],
  // The answer to a poll, kept for its bytes: its messages are received one by one.
  'received container': [['handled', 'new']],
  repeated: [['same', 'received', 'unmatched', 'handled', 'dead']],
  confirmed: [['same', 'received', 'unmatched', 'handled', 'dead']],
  linked: [
    ['received', 'unmatched'],
    ['same', 'received', 'handled', 'dead'],
  ],
  handled: [['handled', 'received', 'unmatched']],
  unhandled: [['same', 'received', 'unmatched']],
  dead: [['dead', 'received', 'unmatched']],
  // An operator gives it back to its handler.
  'resolved not-sent': [['received', 'dead']],
  'resolved abandoned': [['dead', 'received', 'unmatched']],
};

const tables = new Map(
  [asyncOutgoing, syncOutgoing, incoming].map((transitions) => [transitions, indexed(transitions)]),
);

/** The state after an event, or `undefined` when the event is impossible. */
export function nextState(
  stage: MessageStage,
  event: Pick<JournalEvent, 'kind' | 'channel' | 'direction'> & Partial<JournalEvent>,
): MessageState | undefined {
  const transitions =
    event.direction === 'in' ? incoming : event.channel === 'sync' ? syncOutgoing : asyncOutgoing;
  const to = tables.get(transitions)?.get(`${eventCase(event)} < ${stage}`);
  if (to === 'same') return stage === 'retrying' ? 'queued' : stage === 'new' ? undefined : stage;
  return to;
}

/** Kind of an event, and what else of it the table asks for. */
function eventCase(event: Pick<JournalEvent, 'kind' | 'channel'> & Partial<JournalEvent>): string {
  switch (event.kind) {
    case 'failed':
      return `failed ${event.delivery}`;
    case 'resolved':
      return `resolved ${event.resolution}`;
    case 'status':
      return `status ${event.deliveryState}`;
    case 'replied':
      return event.messageType === 'RESPONSE' ? 'replied RESPONSE' : 'replied';
    case 'doubted':
      return event.channel === 'async' && event.code === conflictingId ? 'doubted CONFLICTING_ID' : 'doubted';
    case 'received':
      if (event.channel === 'sync' || event.messageType === 'REQUEST') return 'received';
      if (event.messageType === undefined) return 'received container';
      return event.relatedKey === undefined ? 'received unmatched' : 'received';
    default:
      return event.kind;
  }
}

function indexed(transitions: Transitions): ReadonlyMap<string, MessageState | 'same'> {
  const index = new Map<string, MessageState | 'same'>();
  for (const [name, rows] of Object.entries(transitions)) {
    for (const [to, ...stages] of rows) for (const stage of stages) index.set(`${name} < ${stage}`, to);
  }
  return index;
}
