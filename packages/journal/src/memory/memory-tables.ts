import {
  JournalError,
  type MessageState,
  type QueueEntry,
  type QueueName,
  type SqlStatement,
} from '@egov-gateway/core';

import type { ChainQuery, EntryAhead, JournalTables, NewEvent } from '../journal-tables.ts';
import type { KeptEvent, MessageHead } from '../life/project-message.ts';

/** A message in memory. */
export interface MemoryMessage {
  head: MessageHead;
  readonly events: KeptEvent[];
  readonly bytes: (Uint8Array | undefined)[];
  readonly subjects: Set<string>;
}

/** The tables of the journal in memory. A transaction that throws leaves them as they were. */
export class MemoryTables implements JournalTables {
  readonly messages: Map<string, MemoryMessage> = new Map();
  /** Every event in the order of the journal; position is the index + 1. */
  readonly events: KeptEvent[] = [];
  readonly #queues: Record<QueueName, Map<string, number>> = {
    outbox: new Map(),
    confirmations: new Map(),
    inbox: new Map(),
  };
  readonly #received = new Map<string, string[]>();
  readonly #named = new Map<string, Set<string>>();
  readonly #chains = new Map<string, Set<string>>();
  #undo: (() => void)[] = [];

  transaction<T>(work: () => T): T {
    this.#undo = [];
    try {
      return work();
    } catch (error) {
      for (const undo of this.#undo.reverse()) undo();
      throw error;
    } finally {
      this.#undo = [];
    }
  }

  head(localKey: string): MessageHead | undefined {
    return this.messages.get(localKey)?.head;
  }

  append({ bytes, subjects, ...event }: NewEvent, head: MessageHead): void {
    const kept: KeptEvent = {
      ...event,
      position: this.events.length + 1,
      byteLength: bytes?.byteLength ?? 0,
    };
    this.events.push(kept);
    this.#undo.push(() => this.events.pop());
    const message = this.messages.get(event.localKey) ?? this.#create(event.localKey, head);
    const previous = message.head;
    const added = (subjects ?? [])
      .map((subject) => Buffer.from(subject).toString('hex'))
      .filter((subject) => !message.subjects.has(subject));
    message.head = head;
    message.events.push(kept);
    message.bytes.push(bytes === undefined ? undefined : bytes.slice());
    for (const subject of added) message.subjects.add(subject);
    this.#undo.push(() => {
      message.head = previous;
      message.events.pop();
      message.bytes.pop();
      for (const subject of added) message.subjects.delete(subject);
    });
    this.#index(kept, head);
  }

  firstEvent(localKey: string): KeptEvent | undefined {
    return this.messages.get(localKey)?.events[0];
  }

  bytes(localKey: string, version: number): Uint8Array | undefined {
    return this.messages.get(localKey)?.bytes[version - 1]?.slice();
  }

  receivedUnder(messageId: string, channel: 'sync' | 'async'): readonly string[] {
    return this.#received.get(`${channel} ${messageId}`) ?? [];
  }

  isAlone({ localKey, messageId = '', correlationId = '' }: MessageHead): boolean {
    const namesakes = [...(this.#named.get(messageId) ?? []), ...(this.#chains.get(correlationId) ?? [])];
    return namesakes.every((other) => other === localKey);
  }

  named(messageId: string): readonly MessageHead[] {
    return [...(this.#named.get(messageId) ?? [])]
      .flatMap((localKey) => this.messages.get(localKey) ?? [])
      .filter(({ head }) => head.messageId === messageId)
      .map(({ head }) => head);
  }

  chain(query: ChainQuery, limit: number): readonly MessageHead[] {
    const { correlationId, serviceId, direction, messageType, state } = query;
    return [...(this.#chains.get(correlationId) ?? [])]
      .flatMap((localKey) => this.messages.get(localKey) ?? [])
      .filter(
        ({ head }) =>
          head.correlationId === correlationId &&
          head.serviceId === serviceId &&
          head.direction === direction &&
          (messageType === undefined || head.messageType === messageType) &&
          (state === undefined || head.state === state),
      )
      .sort((a, b) => a.head.createdAtMs - b.head.createdAtMs || firstPosition(a) - firstPosition(b))
      .slice(0, limit)
      .map(({ head }) => head);
  }

  putQueue({ queue, localKey, dueAtMs }: QueueEntry): void {
    const entries = this.#queues[queue];
    this.#restoreQueue(queue, localKey);
    // Last among those that are due at the same time.
    entries.delete(localKey);
    entries.set(localKey, dueAtMs);
  }

  removeQueue(queue: QueueName, localKey: string): void {
    this.#restoreQueue(queue, localKey);
    this.#queues[queue].delete(localKey);
  }

  due(queue: QueueName, nowMs: number, limit: number, except: readonly string[]): readonly string[] {
    return this.#waiting(queue, except)
      .filter(([, dueAtMs]) => dueAtMs <= nowMs)
      .sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, limit)
      .map(([localKey]) => localKey);
  }

  nextDueMs(queue: QueueName, except: readonly string[]): number | undefined {
    const waiting = this.#waiting(queue, except);
    return waiting.length === 0
      ? undefined
      : waiting.reduce((least, [, due]) => Math.min(least, due), Infinity);
  }

  missing(queue: QueueName): readonly MessageHead[] {
    const belongs: (head: MessageHead) => boolean =
      queue === 'confirmations'
        ? ({ unconfirmed }) => unconfirmed
        : ({ state }) => (queue === 'outbox' ? outboxStates : inboxStates).has(state);
    return [...this.messages.values()]
      .map(({ head }) => head)
      .filter((head) => head.channel === 'async' && belongs(head) && !this.#queues[queue].has(head.localKey));
  }

  ahead(queue: QueueName, afterMs: number): readonly EntryAhead[] {
    return [...this.#queues[queue]].flatMap(([localKey, dueAtMs]) => {
      const changedAtMs = this.head(localKey)?.changedAtMs ?? 0;
      return dueAtMs > afterMs && changedAtMs > afterMs ? [{ localKey, dueAtMs, changedAtMs }] : [];
    });
  }

  execute(_statement: SqlStatement): void {
    throw new JournalError('a journal in memory has no SQL: use one in SQLite for statements', {
      code: 'ERR_JOURNAL_UNSUPPORTED',
    });
  }

  #create(localKey: string, head: MessageHead): MemoryMessage {
    const message: MemoryMessage = { head, events: [], bytes: [], subjects: new Set() };
    this.messages.set(localKey, message);
    this.#undo.push(() => this.messages.delete(localKey));
    return message;
  }

  #index(event: KeptEvent, head: MessageHead): void {
    const { localKey } = event;
    if (event.kind === 'received' && head.messageId !== undefined) {
      const name = `${head.channel} ${head.messageId}`;
      const keys = this.#received.get(name) ?? [];
      this.#received.set(name, [...keys, localKey]);
      this.#undo.push(() => this.#received.set(name, keys));
    }
    if (head.channel !== 'async') return;
    if (head.messageId !== undefined) this.#remember(this.#named, head.messageId, localKey);
    if (head.correlationId !== undefined) this.#remember(this.#chains, head.correlationId, localKey);
  }

  #remember(index: Map<string, Set<string>>, name: string, localKey: string): void {
    const keys = index.get(name) ?? new Set();
    index.set(name, keys);
    if (keys.has(localKey)) return;
    keys.add(localKey);
    this.#undo.push(() => keys.delete(localKey));
  }

  #waiting(queue: QueueName, except: readonly string[]): [string, number][] {
    const entries = [...this.#queues[queue]];
    if (except.length === 0) return entries;
    return entries.filter(([localKey]) => !except.includes(this.head(localKey)?.serviceId ?? ''));
  }

  #restoreQueue(queue: QueueName, localKey: string): void {
    const entries = this.#queues[queue];
    const dueAtMs = entries.get(localKey);
    this.#undo.push(() => {
      if (dueAtMs === undefined) entries.delete(localKey);
      else entries.set(localKey, dueAtMs);
    });
  }
}

const outboxStates: ReadonlySet<MessageState> = new Set(['queued', 'sending']);
const inboxStates: ReadonlySet<MessageState> = new Set(['received']);

function firstPosition(message: MemoryMessage): number {
  return message.events[0]?.position ?? 0;
}
