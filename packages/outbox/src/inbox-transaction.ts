import type { JournalEvent, QueueEntry, RecordedMessage, SqlStatement } from '@egov-gateway/core';

import type { EnqueueOptions, PreparedMessage, QueuedMessage } from './prepared-message.ts';

/** A value that SQLite takes. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/**
 * What a handler wants to happen together with its message being handled: all of it becomes durable in one commit when
 * the handler has ended well, and nothing of it otherwise. So it happens once, however often the handler has to be
 * called. No lock is held while the handler runs.
 */
export interface InboxTransaction {
  /** The message as the journal knows it. */
  readonly record: RecordedMessage;
  /** 1 for the first call of the handler with this message. */
  readonly attempt: number;
  /** Fires when the time of the handler is up or the worker stops: what happens afterwards is not kept. */
  readonly signal: AbortSignal;
  /**
   * A statement for the journal's own database, run in the commit. It returns nothing: a handler that has to read first
   * reads for itself.
   *
   * @throws {TypeError} when a parameter is no {@link SqlValue}
   */
  execute(sql: string, ...parameters: readonly SqlValue[]): void;
  /** A message to send, accepted in the commit. Returns its key. @throws {TypeError} as `outbox.enqueue` */
  send(prepared: PreparedMessage, options?: EnqueueOptions): { readonly localKey: string };
}

/** How many statements and messages a handler may collect: more is an endless loop. */
const MAX_EFFECTS = 10_000;

/** Collects the effects of one call of a handler. @internal */
export class CollectedEffects implements InboxTransaction {
  readonly record: RecordedMessage;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly events: JournalEvent[] = [];
  readonly entries: QueueEntry[] = [];
  readonly statements: SqlStatement[] = [];
  readonly #accept: (prepared: PreparedMessage, options: EnqueueOptions) => QueuedMessage;
  #isOpen = true;

  constructor(options: {
    readonly record: RecordedMessage;
    readonly signal: AbortSignal;
    readonly accept: (prepared: PreparedMessage, options: EnqueueOptions) => QueuedMessage;
  }) {
    this.record = options.record;
    this.attempt = options.record.attempts + 1;
    this.signal = options.signal;
    this.#accept = options.accept;
  }

  execute(sql: string, ...parameters: readonly SqlValue[]): void {
    this.#assertRoom();
    if (typeof sql !== 'string' || sql.trim() === '') throw new TypeError('sql must be a statement');
    const wrong = parameters.findIndex((parameter) => !isSqlValue(parameter));
    if (wrong >= 0) {
      throw new TypeError(
        `parameter ${wrong + 1} must be a string, a finite number, a bigint, null or a Uint8Array`,
      );
    }
    this.statements.push({ sql, parameters: [...parameters] });
  }

  send(prepared: PreparedMessage, options: EnqueueOptions = {}): { readonly localKey: string } {
    this.#assertRoom();
    const { localKey, event, entry } = this.#accept(prepared, options);
    this.events.push(event);
    this.entries.push(entry);
    return { localKey };
  }

  /** From here on nothing is collected any more. */
  close(): void {
    this.#isOpen = false;
  }

  #assertRoom(): void {
    if (!this.#isOpen) {
      throw new TypeError(
        'the handler has ended: what comes now would be lost, await everything in the handler',
      );
    }
    if (this.events.length + this.statements.length >= MAX_EFFECTS) {
      throw new TypeError(`a handler may have ${MAX_EFFECTS} effects`);
    }
  }
}

function isSqlValue(value: unknown): value is SqlValue {
  if (typeof value === 'number') return Number.isFinite(value);
  return (
    typeof value === 'string' || typeof value === 'bigint' || value === null || value instanceof Uint8Array
  );
}
