import type { ChainPlace } from './chain-fault.ts';
import type { ChainedEvent } from './event-encoding.ts';
import type { EventRow } from './event-row.ts';
import { found } from './found-fault.ts';
import { eventHash, sha256 } from './segment.ts';
import type { SqlConnection, SqlStatementHandle } from './sql.ts';

/** What belongs to an event and is not in its {@link EventRow}. */
export class EventContent {
  readonly #subjects: SqlStatementHandle;
  readonly #bytes: SqlStatementHandle;

  constructor(database: SqlConnection) {
    this.#subjects = database.prepare('SELECT hash FROM journal_subject WHERE position = ?');
    this.#bytes = database.prepare('SELECT stored FROM journal_event WHERE position = ?');
  }

  /** Hashes of the subjects of an event. */
  subjects(position: number): readonly Uint8Array[] {
    return (this.#subjects.all(position) as { hash: Uint8Array }[]).map((row) => row.hash);
  }

  /** The stored bytes of an event. */
  bytes(position: number): Uint8Array | undefined {
    const row = this.#bytes.get(position) as { stored: Uint8Array | null } | null | undefined;
    return row?.stored ?? undefined;
  }

  /** The stored bytes, which have the digest that the event says. Throws a found fault. */
  checkedBytes(row: EventRow, place: ChainPlace): Uint8Array | undefined {
    const stored = this.bytes(row.position);
    if (row.stored_sha256 === null) {
      if (stored !== undefined) found('bytes-changed', 'there are bytes of an event that has none', place);
      return undefined;
    }
    if (stored === undefined) return found('bytes-missing', 'the bytes of the event are gone', place);
    if (stored.byteLength !== row.stored_length || Buffer.compare(sha256(stored), row.stored_sha256) !== 0) {
      found('bytes-changed', 'the bytes do not have the digest of their event', place);
    }
    return stored;
  }
}

/** Hash of an event in lower-case hex, or `undefined` when the event is one that no journal writes. */
export function hashOf(previous: Uint8Array, event: ChainedEvent): string | undefined {
  try {
    return Buffer.from(eventHash(previous, event)).toString('hex');
  } catch {
    return undefined;
  }
}
