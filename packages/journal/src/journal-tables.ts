/**
 * What a store must be able to do. Everything else is decided above it, once for all stores.
 *
 * @module
 */
import type { MessageState, QueueEntry, QueueName, SqlStatement } from '@egov-gateway/core';

import type { KeptEvent, MessageHead } from './life/project-message.ts';

/** An event to be written, its place among the events of the message known. */
export interface NewEvent extends Omit<KeptEvent, 'position' | 'byteLength'> {
  readonly bytes?: Uint8Array | undefined;
  /** Keyed hashes of IIN and BIN, 32 octets each. */
  readonly subjects?: readonly Uint8Array[] | undefined;
}

/** Which messages of a chain are asked for. */
export interface ChainQuery {
  readonly correlationId: string;
  readonly serviceId: string;
  readonly direction: 'out' | 'in';
  readonly messageType?: 'REQUEST' | undefined;
  readonly state?: MessageState | undefined;
}

/** An entry of a queue, with the instant of the newest event of its message. */
export interface EntryAhead {
  readonly localKey: string;
  readonly dueAtMs: number;
  readonly changedAtMs: number;
}

/**
 * The tables of a store inside one transaction, which whoever calls began and ends. Every call is synchronous, so that
 * nothing comes in between.
 */
export interface JournalTables {
  /** The newest head of a message. */
  head(localKey: string): MessageHead | undefined;
  /** Writes an event, and the head that it leads to. */
  append(event: NewEvent, head: MessageHead): void;
  /** The first event of a message. */
  firstEvent(localKey: string): KeptEvent | undefined;
  /** The bytes of an event as they were given. */
  bytes(localKey: string, version: number): Uint8Array | undefined;
  /** Keys of the messages that came in under an id, oldest first. */
  receivedUnder(messageId: string, channel: 'sync' | 'async'): readonly string[];
  /** Whether no other message has the id or the chain of this one: almost always so when it gets them. */
  isAlone(head: MessageHead): boolean;
  /** Asynchronous messages that have an id, in and out, oldest first. */
  named(messageId: string): readonly MessageHead[];
  /** Asynchronous messages of a chain, oldest first. */
  chain(query: ChainQuery, limit: number): readonly MessageHead[];
  putQueue(entry: QueueEntry): void;
  removeQueue(queue: QueueName, localKey: string): void;
  /** Keys of what is due, the longest due first. */
  due(queue: QueueName, nowMs: number, limit: number, except: readonly string[]): readonly string[];
  /** Asynchronous messages in a state that belongs on a queue, and are not on it. */
  missing(queue: QueueName): readonly MessageHead[];
  /** Entries of a queue that are due after an instant, and whose messages have their newest event after it as well. */
  ahead(queue: QueueName, afterMs: number): readonly EntryAhead[];
  /** @throws {JournalError} ERR_JOURNAL_UNSUPPORTED in stores without SQL */
  execute(statement: SqlStatement): void;
}
