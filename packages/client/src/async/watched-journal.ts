import type {
  Clock,
  JournalChange,
  JournalEvent,
  JournalReceipt,
  MessageJournal,
  MessagePage,
  MessageQuery,
  MessageState,
  QueueName,
  RecordedEvent,
  RecordedMessage,
} from '@egov-gateway/core';

/** A change that is durable. */
export interface CommittedChange {
  /** Messages whose state changed, with their services where the change itself names them. */
  readonly changed: readonly {
    readonly localKey: string;
    readonly serviceId: string | undefined;
    readonly state: MessageState;
    readonly previous: MessageState | undefined;
  }[];
  /** Messages that got an event, those of linked chains as far as their state changed. */
  readonly touched: ReadonlySet<string>;
  /** Queues on which something is due now. */
  readonly due: ReadonlySet<QueueName>;
}

/** States of which the journal itself puts a message on a queue. */
const queuedBy: Partial<Readonly<Record<MessageState, QueueName>>> = { queued: 'outbox', received: 'inbox' };

/**
 * A journal that tells of every change that went through it, so that the parts of one gateway wake each other, whoever
 * made the change.
 *
 * @internal
 */
export class WatchedJournal implements MessageJournal {
  readonly #journal: MessageJournal;
  readonly #clock: Clock;
  readonly #onCommit: (change: CommittedChange) => void;

  constructor(journal: MessageJournal, clock: Clock, onCommit: (change: CommittedChange) => void) {
    this.#journal = journal;
    this.#clock = clock;
    this.#onCommit = onCommit;
  }

  async append(event: JournalEvent): Promise<void> {
    await this.commit({ events: [event] });
  }

  async commit(change: JournalChange): Promise<JournalReceipt> {
    const receipt = await this.#journal.commit(change);
    this.#onCommit(committed(change, receipt, this.#clock.now()));
    return receipt;
  }

  message(localKey: string): Promise<RecordedMessage | undefined> {
    return this.#journal.message(localKey);
  }

  bytes(localKey: string, version: number): Promise<Uint8Array | undefined> {
    return this.#journal.bytes(localKey, version);
  }

  find(query: MessageQuery): Promise<MessagePage> {
    return this.#journal.find(query);
  }

  feed(afterPosition: number, limit?: number): Promise<readonly RecordedEvent[]> {
    return this.#journal.feed(afterPosition, limit);
  }

  take(queue: QueueName, options: Parameters<MessageJournal['take']>[1]): Promise<readonly string[]> {
    return this.#journal.take(queue, options);
  }

  nextDueMs(
    queue: QueueName,
    options?: Parameters<MessageJournal['nextDueMs']>[1],
  ): Promise<number | undefined> {
    return this.#journal.nextDueMs(queue, options);
  }

  sweep(nowMs: number): Promise<number> {
    return this.#journal.sweep(nowMs);
  }

  countSent(serviceId: string, sinceMs: number): Promise<number> {
    return this.#journal.countSent(serviceId, sinceMs);
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}

function committed(
  { events, enqueue = [] }: JournalChange,
  { changed }: JournalReceipt,
  nowMs: number,
): CommittedChange {
  const services = new Map(events.map((event) => [event.localKey, event.serviceId]));
  const planned = new Set(enqueue.map(({ queue, localKey }) => `${queue} ${localKey}`));
  const due = new Set(enqueue.flatMap(({ queue, dueAtMs }) => (dueAtMs <= nowMs ? [queue] : [])));
  for (const { localKey, state } of changed) {
    const queue = queuedBy[state];
    if (queue !== undefined && !planned.has(`${queue} ${localKey}`)) due.add(queue);
  }
  return {
    changed: changed.map((change) => ({ ...change, serviceId: services.get(change.localKey) })),
    touched: new Set([...services.keys(), ...changed.map(({ localKey }) => localKey)]),
    due,
  };
}
