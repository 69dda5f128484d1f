import { randomBytes } from 'node:crypto';

import {
  type JournalChange,
  JournalError,
  type JournalEvent,
  type JournalReceipt,
  type MessageJournal,
  type MessagePage,
  type MessageQuery,
  type QueueName,
  type RecordedEvent,
  type RecordedMessage,
} from '@egov-gateway/core';

import { applyChange, prepareChange } from '../apply-change.ts';
import { createContentHasher } from '../content-hash.ts';
import { projectMessage } from '../life/project-message.ts';
import { assertQuery, feedLimit, pageLimit, readCursor, writeCursor } from '../message-query.ts';
import { assertTakeOptions, sweepQueues, type TakeOptions, takeDue } from '../queue-work.ts';
import { createSubjectHasher, type SubjectHasher } from '../subject-hash.ts';
import { type MemoryMessage, MemoryTables } from './memory-tables.ts';

/**
 * A journal that lasts as long as the process: for tests, and for what may be lost with it. It decides like the one in
 * SQLite, by the same code; it has no statements, no hash chain and no archives.
 *
 * @example
 * ```ts
 * import { newLocalKey } from '@egov-gateway/core';
 * import { createMemoryJournal } from '@egov-gateway/journal';
 *
 * const journal = createMemoryJournal();
 * const localKey = newLocalKey();
 * await journal.append({ localKey, kind: 'signed', channel: 'async', serviceId: 'PING', atMs: Date.now() });
 * const message = await journal.message(localKey); // message.state === 'queued'
 * ```
 */
export function createMemoryJournal(): MessageJournal {
  return new MemoryJournal();
}

/** Nothing is kept anywhere but here: hashes stay as they are given. */
const contents = createContentHasher();

class MemoryJournal implements MessageJournal {
  readonly #tables = new MemoryTables();
  readonly #hasher: SubjectHasher = createSubjectHasher(randomBytes(32));
  #closed = false;

  async append(event: JournalEvent): Promise<void> {
    await this.commit({ events: [event] });
  }

  async commit(change: JournalChange): Promise<JournalReceipt> {
    this.#assertOpen();
    const prepared = prepareChange(change, this.#hasher, contents);
    return this.#tables.transaction(() => applyChange(this.#tables, prepared));
  }

  async message(localKey: string): Promise<RecordedMessage | undefined> {
    this.#assertOpen();
    return projectMessage(this.#tables.messages.get(localKey)?.events ?? []);
  }

  async bytes(localKey: string, version: number): Promise<Uint8Array | undefined> {
    this.#assertOpen();
    return this.#tables.bytes(localKey, version);
  }

  async find(query: MessageQuery): Promise<MessagePage> {
    this.#assertOpen();
    assertQuery(query);
    const limit = pageLimit(query);
    const cursor = readCursor(query.after);
    const subject =
      query.subject === undefined ? undefined : Buffer.from(this.#hasher.hash(query.subject)).toString('hex');
    const found = [...this.#tables.messages.values()]
      .filter((message) => matches(message, query, subject))
      .map((message) => ({ message, createdAtMs: message.head.createdAtMs, id: idOf(message) }))
      .filter(
        ({ createdAtMs, id }) =>
          cursor === undefined ||
          createdAtMs < cursor.createdAtMs ||
          (createdAtMs === cursor.createdAtMs && id < cursor.id),
      )
      .sort((a, b) => b.createdAtMs - a.createdAtMs || b.id - a.id);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      messages: page.flatMap(({ message }) => projectMessage(message.events) ?? []),
      next: found.length > limit && last !== undefined ? writeCursor(last) : undefined,
    };
  }

  async feed(afterPosition: number, limit?: number): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    const states = new Map<string, RecordedMessage | undefined>();
    return this.#tables.events.slice(afterPosition, afterPosition + feedLimit(limit)).flatMap((event) => {
      const { localKey, version } = event;
      if (!states.has(localKey)) {
        states.set(localKey, projectMessage(this.#tables.messages.get(localKey)?.events ?? []));
      }
      return states.get(localKey)?.events[version - 1] ?? [];
    });
  }

  async take(queue: QueueName, options: TakeOptions): Promise<readonly string[]> {
    this.#assertOpen();
    assertTakeOptions(options);
    return this.#tables.transaction(() => takeDue(this.#tables, queue, options));
  }

  async nextDueMs(
    queue: QueueName,
    options?: { readonly except?: readonly string[] | undefined },
  ): Promise<number | undefined> {
    this.#assertOpen();
    return this.#tables.nextDueMs(queue, options?.except ?? []);
  }

  async sweep(nowMs: number): Promise<number> {
    this.#assertOpen();
    return this.#tables.transaction(() => sweepQueues(this.#tables, nowMs));
  }

  async countSent(serviceId: string, sinceMs: number): Promise<number> {
    this.#assertOpen();
    return this.#tables.events.filter(
      (event) => event.kind === 'sending' && event.serviceId === serviceId && event.atMs >= sinceMs,
    ).length;
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #assertOpen(): void {
    if (this.#closed) throw new JournalError('the journal is closed', { code: 'ERR_JOURNAL_CLOSED' });
  }
}

function idOf(message: MemoryMessage): number {
  return message.events[0]?.position ?? 0;
}

function matches(
  { head, subjects, events }: MemoryMessage,
  query: MessageQuery,
  subject: string | undefined,
): boolean {
  return (
    (query.serviceId === undefined || head.serviceId === query.serviceId) &&
    (query.messageId === undefined || head.messageId === query.messageId) &&
    (query.correlationId === undefined || head.correlationId === query.correlationId) &&
    (query.reference === undefined || head.reference === query.reference) &&
    (query.contentHash === undefined || events[0]?.contentHash === query.contentHash) &&
    (query.direction === undefined || head.direction === query.direction) &&
    (query.channel === undefined || head.channel === query.channel) &&
    (query.states === undefined || query.states.includes(head.state)) &&
    (query.fromMs === undefined || head.createdAtMs >= query.fromMs) &&
    (query.toMs === undefined || head.createdAtMs < query.toMs) &&
    (subject === undefined || subjects.has(subject))
  );
}
