import type {
  JournalChange,
  JournalEvent,
  JournalReceipt,
  MessageJournal,
  MessagePage,
  MessageQuery,
  QueueName,
  RecordedEvent,
  RecordedMessage,
} from '@egov-gateway/core';

import { applyChange, prepareChange } from '../apply-change.ts';
import type { WrittenArchive } from '../archive/archive-day.ts';
import { type EventRow, eventColumns } from '../chain/event-row.ts';
import type { JournalHeads } from '../chain/known-heads.ts';
import type { DayManifest } from '../chain/manifest.ts';
import type { ContentHasher } from '../content-hash.ts';
import type { Database } from '../database.ts';
import type { ArchiveOptions, JournalIntegrity } from '../journal-integrity.ts';
import { projectMessage } from '../life/project-message.ts';
import { assertQuery, feedLimit, pageLimit, readCursor, writeCursor } from '../message-query.ts';
import { assertTakeOptions, sweepQueues, type TakeOptions, takeDue } from '../queue-work.ts';
import { isSplit } from '../retention/droppable-day.ts';
import type { RetainOptions, RetentionReport } from '../retention/retain.ts';
import type { SubjectHasher } from '../subject-hash.ts';
import type { JournalReport, VerifyJournalOptions } from '../verify-journal.ts';
import { findMessages } from './find-messages.ts';
import type { JournalAccess } from './journal-access.ts';
import { SqliteTables } from './sqlite-tables.ts';

/** A journal in a file: messages live in it, and it can prove that nothing in it was changed. */
export interface FileJournal extends MessageJournal, JournalIntegrity {}

/** The journal in SQLite. See `openJournal`. */
export class SqliteJournal implements FileJournal {
  readonly #access: JournalAccess;
  readonly #hasher: SubjectHasher;
  readonly #contents: ContentHasher;
  readonly #integrity: JournalIntegrity;

  constructor(
    access: JournalAccess,
    hasher: SubjectHasher,
    contents: ContentHasher,
    integrity: JournalIntegrity,
  ) {
    this.#access = access;
    this.#hasher = hasher;
    this.#contents = contents;
    this.#integrity = integrity;
  }

  async append(event: JournalEvent): Promise<void> {
    await this.commit({ events: [event] });
  }

  async commit(change: JournalChange): Promise<JournalReceipt> {
    const prepared = prepareChange(change, this.#hasher, this.#contents);
    return this.#access.write((database) => {
      const tables = this.#tables(database);
      const receipt = applyChange(tables, prepared);
      tables.writeHeads();
      return receipt;
    });
  }

  message(localKey: string): Promise<RecordedMessage | undefined> {
    return this.#access.read((database) =>
      isSplit(database, localKey) ? undefined : projectMessage(this.#tables(database).events(localKey)),
    );
  }

  bytes(localKey: string, version: number): Promise<Uint8Array | undefined> {
    return this.#access.read((database) => this.#tables(database).bytes(localKey, version));
  }

  async find(query: MessageQuery): Promise<MessagePage> {
    assertQuery(query);
    const limit = pageLimit(query);
    const cursor = readCursor(query.after);
    const subject = query.subject === undefined ? undefined : this.#hasher.hash(query.subject);
    const contents = query.contentHash === undefined ? undefined : this.#contents.known(query.contentHash);
    return this.#access.read((database) => {
      const tables = this.#tables(database);
      const found = findMessages(database, query, { limit: limit + 1, cursor, subject, contents });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        messages: page.flatMap(({ localKey }) => projectMessage(tables.events(localKey)) ?? []),
        next: found.length > limit && last !== undefined ? writeCursor(last) : undefined,
      };
    });
  }

  feed(afterPosition: number, limit?: number): Promise<readonly RecordedEvent[]> {
    const count = feedLimit(limit);
    return this.#access.read((database) => {
      const tables = this.#tables(database);
      const messages = new Map<string, RecordedMessage | undefined>();
      const rows = database
        .prepare(`SELECT ${eventColumns} FROM journal_event WHERE position > ?
           AND local_key NOT IN (SELECT local_key FROM journal_split) ORDER BY position LIMIT ?`)
        .all(afterPosition, count) as EventRow[];
      return rows.flatMap((row) => {
        const localKey = row.local_key;
        if (!messages.has(localKey)) messages.set(localKey, projectMessage(tables.events(localKey)));
        return messages.get(localKey)?.events[row.version - 1] ?? [];
      });
    });
  }

  async take(queue: QueueName, options: TakeOptions): Promise<readonly string[]> {
    assertTakeOptions(options);
    // Asking costs no write, so that a worker may ask often.
    const due = await this.#access.read((database) =>
      this.#tables(database).due(queue, options.nowMs, 1, options.except ?? []),
    );
    if (due.length === 0) return [];
    return this.#access.write((database) => takeDue(this.#tables(database), queue, options));
  }

  nextDueMs(
    queue: QueueName,
    options?: { readonly except?: readonly string[] | undefined },
  ): Promise<number | undefined> {
    return this.#access.read((database) => this.#tables(database).nextDueMs(queue, options?.except ?? []));
  }

  sweep(nowMs: number): Promise<number> {
    return this.#access.write((database) => sweepQueues(this.#tables(database), nowMs));
  }

  countSent(serviceId: string, sinceMs: number): Promise<number> {
    return this.#access.read((database) => {
      const row = database
        .prepare(
          `SELECT count(*) AS count FROM journal_event INDEXED BY journal_event_sending
           WHERE kind = 'sending' AND service_id = ? AND at_ms >= ?`,
        )
        .get(serviceId, sinceMs) as { readonly count: number };
      return row.count;
    });
  }

  verify(options?: VerifyJournalOptions): Promise<JournalReport> {
    return this.#integrity.verify(options);
  }

  heads(): Promise<JournalHeads> {
    return this.#integrity.heads();
  }

  seal(options?: { readonly today?: boolean | undefined }): Promise<readonly DayManifest[]> {
    return this.#integrity.seal(options);
  }

  archive(options: ArchiveOptions): Promise<readonly WrittenArchive[]> {
    return this.#integrity.archive(options);
  }

  retain(options: RetainOptions): Promise<RetentionReport> {
    return this.#integrity.retain(options);
  }

  close(): Promise<void> {
    return this.#access.close();
  }

  #tables(database: Database): SqliteTables {
    return new SqliteTables(database, this.#access.writer, this.#access.cipher);
  }
}
