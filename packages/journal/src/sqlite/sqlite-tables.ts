import { JournalError, type QueueEntry, type QueueName, type SqlStatement } from '@egov-gateway/core';

import { type EventRow, eventColumns } from '../chain/event-row.ts';
import type { Database } from '../database.ts';
import type { ByteCipher } from '../encryption.ts';
import type { ChainQuery, EntryAhead, JournalTables, NewEvent } from '../journal-tables.ts';
import type { KeptEvent, MessageHead } from '../life/project-message.ts';
import { isSplit } from '../retention/droppable-day.ts';
import { checkedStatement } from './checked-statement.ts';
import { dueEntries, queuedServices } from './due-entries.ts';
import type { EventWriter } from './event-writer.ts';
import { keptEvent } from './kept-event.ts';
import type { KnownMessage } from './known-messages.ts';
import { inLane, type Lane, laneParameters, laneSource, readLanes } from './lanes.ts';
import { headOfRow, insertHead, type MessageRow, messageOfKey, updateHead } from './message-row.ts';
import { serviceOfMessage } from './schema.ts';
import { statementError } from './statement-error.ts';

/** Which lanes belong on a queue. */
const queued: Readonly<Record<'outbox' | 'inbox', (lane: Lane) => boolean>> = {
  outbox: ({ state, direction, channel }) =>
    (state === 'queued' || state === 'sending') && direction === 'out' && channel === 'async',
  inbox: ({ state, direction, channel }) => state === 'received' && direction === 'in' && channel === 'async',
};

/** The head of a message in this piece of work, and what the index holds. */
interface IndexedHead extends KnownMessage {
  /** `undefined`: the index has no such message. */
  readonly indexed: MessageHead | undefined;
}

/**
 * The tables of the journal in SQLite, for one piece of work: heads are remembered, and written to the index once, by
 * {@link SqliteTables.writeHeads}.
 */
export class SqliteTables implements JournalTables {
  readonly #database: Database;
  readonly #writer: EventWriter;
  readonly #cipher: ByteCipher;
  /** `undefined`: it is known that there is none. */
  readonly #heads = new Map<string, IndexedHead | undefined>();
  readonly #changed = new Set<string>();

  constructor(database: Database, writer: EventWriter, cipher: ByteCipher) {
    this.#database = database;
    this.#writer = writer;
    this.#cipher = cipher;
  }

  head(localKey: string): MessageHead | undefined {
    return this.#indexedHead(localKey)?.head;
  }

  append(event: NewEvent, head: MessageHead): void {
    const position = this.#writer.append(event);
    const { id, indexed } = this.#indexedHead(event.localKey) ?? { id: position, indexed: undefined };
    this.#heads.set(event.localKey, { id, head, indexed });
    this.#changed.add(event.localKey);
    for (const subject of event.subjects ?? []) {
      this.#database
        .prepare(
          `INSERT INTO journal_message_subject (hash, created_at_ms, id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
        )
        .run(subject, head.createdAtMs, id);
    }
  }

  /** Brings the index up to date. Before it is searched, and at the end. */
  writeHeads(): void {
    for (const localKey of this.#changed) {
      const entry = this.#heads.get(localKey);
      if (entry === undefined) continue;
      const { id, head, indexed } = entry;
      if (indexed === undefined) insertHead(this.#database, id, head);
      else updateHead(this.#database, id, indexed, head);
      this.#heads.set(localKey, { id, head, indexed: head });
      this.#writer.rememberMessage(localKey, { id, head });
    }
    this.#changed.clear();
  }

  firstEvent(localKey: string): KeptEvent | undefined {
    const row = this.#get<EventRow>(
      `SELECT ${eventColumns} FROM journal_event WHERE local_key = ? AND version = 1`,
      localKey,
    );
    return row === undefined ? undefined : keptEvent(row, this.#cipher);
  }

  /** Events of a message, oldest first. */
  events(localKey: string): readonly KeptEvent[] {
    const rows = this.#all<EventRow>(
      `SELECT ${eventColumns} FROM journal_event WHERE local_key = ? ORDER BY version`,
      localKey,
    );
    return rows.map((row) => keptEvent(row, this.#cipher));
  }

  bytes(localKey: string, version: number): Uint8Array | undefined {
    const row = this.#get<{ readonly stored: Uint8Array; readonly key_id: string | null }>(
      `SELECT stored, key_id FROM journal_event WHERE local_key = ? AND version = ? AND stored IS NOT NULL`,
      localKey,
      version,
    );
    if (row === undefined) return undefined;
    return this.#cipher.open({ bytes: row.stored, keyId: row.key_id ?? undefined }, { localKey, version });
  }

  receivedUnder(messageId: string, channel: 'sync' | 'async'): readonly string[] {
    this.writeHeads();
    return this.#all<{ readonly local_key: string }>(
      `SELECT local_key FROM journal_message INDEXED BY journal_message_message_id
       WHERE message_id = ? AND direction = 'in' AND channel = ? ORDER BY created_at_ms, id`,
      messageId,
      channel,
    ).map((row) => row.local_key);
  }

  isAlone({ localKey, messageId, correlationId }: MessageHead): boolean {
    // What is known of itself need not be in the index yet.
    if (this.#changed.size > 1) this.writeHeads();
    const id = this.#indexedHead(localKey)?.id ?? 0;
    const row = this.#get<{ readonly met: number }>(
      `SELECT EXISTS (SELECT 1 FROM journal_message INDEXED BY journal_message_message_id
           WHERE message_id = ? AND id <> ?)
         OR EXISTS (SELECT 1 FROM journal_message INDEXED BY journal_message_correlation_id
           WHERE correlation_id = ? AND id <> ?) AS met`,
      messageId ?? null,
      id,
      correlationId ?? null,
      id,
    );
    return row?.met === 0;
  }

  named(messageId: string): readonly MessageHead[] {
    this.writeHeads();
    return this.#all<MessageRow>(
      `SELECT * FROM journal_message INDEXED BY journal_message_message_id
       WHERE message_id = ? AND channel = 'async' ORDER BY created_at_ms, id`,
      messageId,
    ).map(headOfRow);
  }

  chain(query: ChainQuery, limit: number): readonly MessageHead[] {
    this.writeHeads();
    const { correlationId, serviceId, direction, messageType, state } = query;
    // In the order of the index: to sort would cost more than all the rest. To get one row is cheaper than to get all.
    const sql = `SELECT * FROM journal_message INDEXED BY journal_message_correlation_id
       WHERE correlation_id = ? AND service_id = ? AND direction = ? AND channel = 'async'
         ${messageType === undefined ? '' : 'AND message_type = ?'} ${state === undefined ? '' : 'AND state = ?'}
       ORDER BY created_at_ms, id LIMIT ?`;
    const parameters = [
      correlationId,
      serviceId,
      direction,
      ...(messageType === undefined ? [] : [messageType]),
      ...(state === undefined ? [] : [state]),
      limit,
    ];
    if (limit > 1) return this.#all<MessageRow>(sql, ...parameters).map(headOfRow);
    const row = this.#get<MessageRow>(sql, ...parameters);
    return row === undefined ? [] : [headOfRow(row)];
  }

  putQueue({ queue, localKey, dueAtMs }: QueueEntry): void {
    this.#database
      .prepare(
        `INSERT INTO journal_queue (queue, local_key, service_id, due_at_ms)
         VALUES (?1, ?2, coalesce((${serviceOfMessage('?2')}), ''), ?3)
         ON CONFLICT (queue, local_key) DO UPDATE SET due_at_ms = excluded.due_at_ms`,
      )
      .run(queue, localKey, dueAtMs);
  }

  removeQueue(queue: QueueName, localKey: string): void {
    this.#database
      .prepare('DELETE FROM journal_queue WHERE queue = ? AND local_key = ?')
      .run(queue, localKey);
  }

  due(queue: QueueName, nowMs: number, limit: number, except: readonly string[]): readonly string[] {
    return dueEntries(this.#database, queue, { untilMs: nowMs, limit, except }).map((row) => row.local_key);
  }

  nextDueMs(queue: QueueName, except: readonly string[]): number | undefined {
    const untilMs = Number.MAX_SAFE_INTEGER;
    return dueEntries(this.#database, queue, { untilMs, limit: 1, except })[0]?.due_at_ms;
  }

  missing(queue: QueueName): readonly MessageHead[] {
    const notQueued = `NOT EXISTS
      (SELECT 1 FROM journal_queue WHERE queue = ? AND journal_queue.local_key = m.local_key)`;
    if (queue === 'confirmations') {
      return this.#all<MessageRow>(
        `SELECT m.* FROM journal_message AS m INDEXED BY journal_message_unconfirmed
         WHERE m.unconfirmed = 1 AND ${notQueued} ORDER BY m.id`,
        queue,
      ).map(headOfRow);
    }
    return readLanes(this.#database)
      .filter(queued[queue])
      .flatMap((lane) =>
        this.#all<MessageRow>(
          `SELECT m.* FROM ${laneSource} WHERE ${inLane} AND ${notQueued}`,
          ...laneParameters(lane),
          queue,
        ).map(headOfRow),
      );
  }

  ahead(queue: QueueName, afterMs: number): readonly EntryAhead[] {
    this.writeHeads();
    const entries = queuedServices(this.#database, queue).flatMap((serviceId) =>
      this.#all<{
        readonly local_key: string;
        readonly due_at_ms: number;
        readonly changed_at_ms: number;
      }>(
        `SELECT q.local_key, q.due_at_ms, m.changed_at_ms FROM journal_queue AS q INDEXED BY journal_queue_due
           CROSS JOIN journal_event AS e ON e.local_key = q.local_key AND e.version = 1
           CROSS JOIN journal_message AS m ON m.id = e.position
         WHERE q.queue = ? AND q.service_id = ? AND q.due_at_ms > ? AND m.changed_at_ms > ?`,
        queue,
        serviceId,
        afterMs,
        afterMs,
      ),
    );
    return entries.map((row) => ({
      localKey: row.local_key,
      dueAtMs: row.due_at_ms,
      changedAtMs: row.changed_at_ms,
    }));
  }

  execute(statement: SqlStatement): void {
    const { sql, parameters } = checkedStatement(statement);
    try {
      this.#database.prepare(sql).run(...parameters);
    } catch (error) {
      throw statementError(error);
    }
  }

  #indexedHead(localKey: string): IndexedHead | undefined {
    if (this.#heads.has(localKey)) return this.#heads.get(localKey);
    const message = this.#writer.knownMessage(localKey) ?? this.#readMessage(localKey);
    if (message === undefined && this.#writer.hasSplitMessages() && isSplit(this.#database, localKey))
      throw archived();
    const entry = message && { ...message, indexed: message.head };
    this.#heads.set(localKey, entry);
    return entry;
  }

  #readMessage(localKey: string): KnownMessage | undefined {
    const row = this.#get<MessageRow>(messageOfKey, localKey);
    return row && { id: row.id, head: headOfRow(row) };
  }

  #get<Row>(sql: string, ...parameters: (string | number | Uint8Array | null)[]): Row | undefined {
    return this.#database.prepare(sql).get(...parameters) as Row | undefined;
  }

  #all<Row>(sql: string, ...parameters: (string | number | Uint8Array | null)[]): readonly Row[] {
    return this.#database.prepare(sql).all(...parameters) as Row[];
  }
}

function archived(): JournalError {
  return new JournalError(
    'the message is in an archive already, and part of it is still here: take another key for a new one',
    { code: 'ERR_JOURNAL_STATE' },
  );
}
