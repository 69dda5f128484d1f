/**
 * The journal that messages live in: events in, states out, and the queues of what is due.
 *
 * @module
 */
import type { AsyncMessageType, DeliveryState, Journal, JournalEvent } from './journal.ts';

/**
 * Where a message stands: the projection of its events, computed from them and kept nowhere else.
 *
 * Outgoing: `draft` (built), `queued` (accepted, waiting), `sending` (an attempt without an outcome yet), `sent` (the
 * gateway has it), `delivered` (the receiver has it), `answered` (the final answer came), `rejected` (a refusal came),
 * `expired` (not sent in time), `dead` (given up), `in-doubt` (nobody knows; see `egw outbox resolve`).
 *
 * Incoming: `received` (waits for its handler), `unmatched` (of a chain that is not known here), `handled`, `dead`.
 */
export type MessageState =
  | 'draft'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'answered'
  | 'rejected'
  | 'expired'
  | 'dead'
  | 'in-doubt'
  | 'received'
  | 'unmatched'
  | 'handled';

/** An event as it is kept. The bytes stay in the journal until they are asked for. */
export interface RecordedEvent extends Omit<JournalEvent, 'bytes' | 'subjects'> {
  readonly direction: 'out' | 'in';
  /** Place among the events of the message, from 1. */
  readonly version: number;
  /** Place in the journal, ascending; what {@link MessageJournal.feed} continues from. */
  readonly position: number;
  /** The state of the message after this event. */
  readonly state: MessageState;
  /** Length of the bytes of this event as they were given, 0 when it has none. */
  readonly byteLength: number;
}

/** A message with its whole history. */
export interface RecordedMessage {
  readonly localKey: string;
  readonly direction: 'out' | 'in';
  readonly channel: 'sync' | 'async';
  readonly serviceId: string;
  readonly messageType?: AsyncMessageType | undefined;
  readonly messageId?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly reference?: string | undefined;
  readonly state: MessageState;
  readonly deliveryState?: DeliveryState | undefined;
  /** Number of events so far: what {@link Expectation} compares. */
  readonly version: number;
  /** How often it was sent, or its handler was tried. */
  readonly attempts: number;
  readonly expiresAtMs?: number | undefined;
  /** Of an outgoing message: its replies; of an incoming one: the message it replies to. */
  readonly relatedKeys: readonly string[];
  /** Code of the last event that had one. */
  readonly code?: string | undefined;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly events: readonly RecordedEvent[];
}

/** Which messages to find. Everything that is given must hold. */
export interface MessageQuery {
  readonly serviceId?: string | undefined;
  readonly messageId?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly reference?: string | undefined;
  /** The `contentHash` that the message was received with, as it was given. Ask together with `messageId`: it has no index. */
  readonly contentHash?: string | undefined;
  /** An IIN or BIN, found through its keyed hash. */
  readonly subject?: string | undefined;
  readonly direction?: 'out' | 'in' | undefined;
  readonly channel?: 'sync' | 'async' | undefined;
  /** Any of these. */
  readonly states?: readonly MessageState[] | undefined;
  /** First event not before this, milliseconds since the epoch. */
  readonly fromMs?: number | undefined;
  /** First event before this, milliseconds since the epoch. */
  readonly toMs?: number | undefined;
  /** Messages on a page. Default: 50, at most 1000. */
  readonly limit?: number | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
}

/** A page of messages, newest first. */
export interface MessagePage {
  readonly messages: readonly RecordedMessage[];
  /** For `after`; `undefined` on the last page. */
  readonly next: string | undefined;
}

/** The message must have exactly this many events: somebody else may have been quicker. 0: it is not there yet. */
export interface Expectation {
  readonly localKey: string;
  readonly version: number;
}

/** `outbox`: to be sent. `confirmations`: to be confirmed to the gateway. `inbox`: to be handled. */
export type QueueName = 'outbox' | 'confirmations' | 'inbox';

/** The key of a message and when it is due, nothing more: the journal says what is to be done. */
export interface QueueEntry {
  readonly queue: QueueName;
  readonly localKey: string;
  /** Milliseconds since the epoch. */
  readonly dueAtMs: number;
}

/** A statement of the application for the journal's own database, executed in the same transaction. */
export interface SqlStatement {
  readonly sql: string;
  readonly parameters: readonly (string | number | bigint | null | Uint8Array)[];
}

/** All of it becomes durable, or none of it. */
export interface JournalChange {
  readonly events: readonly JournalEvent[];
  readonly expect?: readonly Expectation[] | undefined;
  /** Put on a queue, or moved to another time. */
  readonly enqueue?: readonly QueueEntry[] | undefined;
  readonly dequeue?: readonly Omit<QueueEntry, 'dueAtMs'>[] | undefined;
  /** @throws {JournalError} `ERR_JOURNAL_UNSUPPORTED` in stores without SQL */
  readonly statements?: readonly SqlStatement[] | undefined;
}

/** What became of a received message: new, the same once more, or another one under an id that is taken. */
export type Reception = 'stored' | 'repeated' | 'conflicting';

/** What a change did beyond what it says. */
export interface JournalReceipt {
  /** For each `received` event of the change, in order: the key it is kept under (that of the first one, when repeated) and what became of it. */
  readonly receptions: readonly { readonly localKey: string; readonly reception: Reception }[];
  /** Messages whose state changed, those of linked chains included. */
  readonly changed: readonly {
    readonly localKey: string;
    readonly state: MessageState;
    readonly previous: MessageState | undefined;
  }[];
}

/**
 * The journal of the asynchronous channel. `@egov-gateway/journal` has one in SQLite and one in memory.
 *
 * Chains are linked inside {@link MessageJournal.commit}, so that no order of events can miss it: a `received` message
 * whose `correlationId` belongs to an outgoing one appends `replied` to that one and goes to the queue `inbox`; one of an
 * unknown chain that is no REQUEST is `unmatched` until an `answered` or `resolved` event makes the chain known, which
 * appends `linked` to it and puts it on the queue then.
 */
export interface MessageJournal extends Journal {
  /** Changes the journal. @throws {JournalError} `ERR_JOURNAL_CONFLICT` when an expectation does not hold */
  commit(change: JournalChange): Promise<JournalReceipt>;
  /** A message with its events, or `undefined`. */
  message(localKey: string): Promise<RecordedMessage | undefined>;
  /** The exact bytes of one event, decrypted. */
  bytes(localKey: string, version: number): Promise<Uint8Array | undefined>;
  /** Messages, newest first, a page at a time. */
  find(query: MessageQuery): Promise<MessagePage>;
  /** Events in the order of the journal, for mirrors that keep their own place: resumes without loss after a restart. */
  feed(afterPosition: number, limit?: number): Promise<readonly RecordedEvent[]>;
  /** Takes what is due, moving each entry to `nowMs + leaseMs`: who dies while holding one gives it back by that. */
  take(
    queue: QueueName,
    options: {
      readonly nowMs: number;
      readonly limit: number;
      readonly leaseMs: number;
      /** Services whose entries are left where they are: none of them may go now. A store may take no notice. Default: none. */
      readonly except?: readonly string[] | undefined;
    },
  ): Promise<readonly string[]>;
  /** When the next entry of a queue is due, or `undefined` when it is empty; `except` as in {@link MessageJournal.take}. */
  nextDueMs(
    queue: QueueName,
    options?: { readonly except?: readonly string[] | undefined },
  ): Promise<number | undefined>;
  /**
   * Puts back on the queues what the journal says belongs there and is missing, and brings forward what was put there while
   * the clock was ahead. Returns how many.
   */
  sweep(nowMs: number): Promise<number>;
  /** How many `sending` events of a service there were since an instant: what an hourly limit is counted by. */
  countSent(serviceId: string, sinceMs: number): Promise<number>;
  /** Finishes what was begun and lets go of the files. */
  close(): Promise<void>;
}
