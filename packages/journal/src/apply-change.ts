/**
 * What a change does, the same in every store.
 *
 * @module
 */
import {
  type JournalChange,
  JournalError,
  type JournalEvent,
  type JournalReceipt,
  type MessageState,
  type QueueEntry,
} from '@egov-gateway/core';

import type { ContentHasher } from './content-hash.ts';
import type { JournalTables } from './journal-tables.ts';
import { checkedEvent } from './life/checked-event.ts';
import { advance, type MessageHead } from './life/project-message.ts';
import { linkChain } from './link-chain.ts';
import { nameMessage } from './name-message.ts';
import { receive } from './receive.ts';
import type { SubjectHasher } from './subject-hash.ts';

/** A change whose events were checked, with their subjects hashed: what can be done before the transaction. */
export interface PreparedChange extends Omit<JournalChange, 'events'> {
  readonly events: readonly PreparedEvent[];
}

/** An event as it goes into the tables; version and direction are found there. */
export interface PreparedEvent {
  readonly event: Omit<JournalEvent, 'bytes' | 'subjects'>;
  readonly bytes: Uint8Array | undefined;
  readonly subjects: readonly Uint8Array[] | undefined;
  /** All that the content hash of the same message may be stored as. */
  readonly contentHashes?: readonly string[] | undefined;
}

/** @throws {JournalError} ERR_JOURNAL_EVENT, ERR_JOURNAL_KEY */
export function prepareChange(
  change: JournalChange,
  hasher: SubjectHasher,
  contents: ContentHasher,
): PreparedChange {
  return {
    ...change,
    events: change.events.map((given) => {
      const { bytes, subjects, ...event } = checkedEvent(given);
      const { contentHash } = event;
      return {
        event: contentHash === undefined ? event : { ...event, contentHash: contents.stored(contentHash) },
        contentHashes: contentHash === undefined ? undefined : contents.known(contentHash),
        bytes,
        subjects:
          subjects === undefined || subjects.length === 0
            ? undefined
            : subjects.map((subject) => hasher.hash(subject)),
      };
    }),
  };
}

/** Writes events one after the other and remembers which states they changed. */
export class ChangeWriter {
  readonly tables: JournalTables;
  readonly #before = new Map<string, MessageState | undefined>();

  constructor(tables: JournalTables) {
    this.tables = tables;
  }

  /** Appends an event to its message. @throws {JournalError} ERR_JOURNAL_STATE, ERR_JOURNAL_EVENT */
  append({ event, bytes, subjects }: PreparedEvent): MessageHead {
    const head = this.tables.head(event.localKey);
    const direction = event.direction ?? head?.direction ?? (event.kind === 'received' ? 'in' : 'out');
    if (head !== undefined) assertSameMessage(head, { ...event, direction });
    const next = advance(head, { ...event, direction });
    if (next === undefined) throw impossible(head, event);
    this.tables.append({ ...event, direction, version: next.version, bytes, subjects }, next);
    if (!this.#before.has(event.localKey)) this.#before.set(event.localKey, head?.state);
    return next;
  }

  /** Messages whose state is another one now. */
  changed(): JournalReceipt['changed'] {
    return [...this.#before].flatMap(([localKey, previous]) => {
      const state = this.tables.head(localKey)?.state;
      return state === undefined || state === previous ? [] : [{ localKey, state, previous }];
    });
  }
}

/**
 * Applies a change inside the transaction of its caller, who undoes everything when this throws.
 *
 * @throws {JournalError} ERR_JOURNAL_CONFLICT, ERR_JOURNAL_STATE, ERR_JOURNAL_EVENT, ERR_JOURNAL_NOT_FOUND,
 *   ERR_JOURNAL_UNSUPPORTED
 */
export function applyChange(tables: JournalTables, change: PreparedChange): JournalReceipt {
  for (const { localKey, version } of change.expect ?? []) {
    const found = tables.head(localKey)?.version ?? 0;
    if (found !== version) {
      if (version === 0) {
        throw new JournalError(
          'a message was accepted before under this key, and is kept as it was: look it up by the key, or take another key for another message',
          { code: 'ERR_JOURNAL_CONFLICT' },
        );
      }
      throw new JournalError(
        `the message has ${found} events where ${version} were expected: somebody else was quicker, read it again`,
        { code: 'ERR_JOURNAL_CONFLICT' },
      );
    }
  }

  const writer = new ChangeWriter(tables);
  const receptions: JournalReceipt['receptions'][number][] = [];
  /** Keys under which nothing was stored, because the message was there already. */
  const firstKeys = new Map<string, string>();
  for (const prepared of change.events) {
    const { event } = prepared;
    if (event.kind === 'received') {
      const reception = receive(writer, prepared);
      receptions.push(reception);
      if (reception.localKey !== event.localKey) firstKeys.set(event.localKey, reception.localKey);
      continue;
    }
    const localKey = firstKeys.get(event.localKey) ?? event.localKey;
    const before = tables.head(localKey);
    const head = writer.append({ ...prepared, event: { ...event, localKey } });
    const isNamed = head.messageId !== before?.messageId || head.correlationId !== before?.correlationId;
    if (!isNamed || tables.isAlone(head)) continue;
    if (event.kind === 'answered' || event.kind === 'resolved') nameMessage(writer, head, event);
    if (head.correlationId !== undefined && head.correlationId !== before?.correlationId) {
      linkChain(writer, head, event.atMs);
    }
  }

  for (const entry of change.enqueue ?? []) enqueue(tables, entry, firstKeys);
  for (const { queue, localKey } of change.dequeue ?? []) tables.removeQueue(queue, localKey);
  for (const statement of change.statements ?? []) tables.execute(statement);
  return { receptions, changed: writer.changed() };
}

function enqueue(tables: JournalTables, entry: QueueEntry, firstKeys: ReadonlyMap<string, string>): void {
  if (!Number.isSafeInteger(entry.dueAtMs)) {
    throw new JournalError('a message was not queued: dueAtMs must be a whole number of milliseconds', {
      code: 'ERR_JOURNAL_EVENT',
    });
  }
  const firstKey = firstKeys.get(entry.localKey);
  // Repeated: it is confirmed once more, because the gateway sent it once more, and it is handled only once.
  if (firstKey !== undefined && entry.queue !== 'confirmations') return;
  const localKey = firstKey ?? entry.localKey;
  if (tables.head(localKey) === undefined) {
    throw new JournalError(`a message was not queued: the journal has none with this key`, {
      code: 'ERR_JOURNAL_NOT_FOUND',
    });
  }
  tables.putQueue({ ...entry, localKey });
}

function assertSameMessage(head: MessageHead, event: PreparedEvent['event']): void {
  for (const name of ['direction', 'channel', 'serviceId'] as const) {
    if (event[name] === head[name]) continue;
    throw new JournalError(`an event was not stored: its ${name} is not that of the message`, {
      code: 'ERR_JOURNAL_EVENT',
    });
  }
}

function impossible(head: MessageHead | undefined, event: PreparedEvent['event']): JournalError {
  const state = head === undefined ? 'that does not exist yet' : `in the state '${head.state}'`;
  return new JournalError(`a message ${state} cannot become '${event.kind}'`, { code: 'ERR_JOURNAL_STATE' });
}
