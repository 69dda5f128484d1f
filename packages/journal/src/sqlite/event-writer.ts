import type { ChainedEvent } from '../chain/event-encoding.ts';
import type { DayManifest } from '../chain/manifest.ts';
import { lastSealedDay, sealDaysBefore } from '../chain/seal.ts';
import { eventHash, segmentDay, segmentGenesis, sha256 } from '../chain/segment.ts';
import type { Database } from '../database.ts';
import type { ByteCipher } from '../encryption.ts';
import type { NewEvent } from '../journal-tables.ts';
import type { TransactionState } from './write-queue.ts';

/** Options of {@link EventWriter}. */
export interface EventWriterOptions {
  readonly database: Database;
  readonly cipher: ByteCipher;
  /** Milliseconds since the epoch: which day it is. */
  readonly now: () => number;
  /** Drawn anew each time a store is opened. */
  readonly writer: string;
}

/** Appends events to the segment of the day, each chained to the one before. Inside of a write transaction. */
export class EventWriter implements TransactionState {
  readonly #options: EventWriterOptions;
  /** The segment that is being written, and the hash of its last event. */
  #segment: { readonly day: string; readonly hash: Uint8Array } | undefined;
  /** What is read once in a transaction, because another process may have changed it before. */
  #lastPosition: number | undefined;
  #today: string | undefined;
  /** Days sealed by transactions whose end nobody was told yet. */
  #sealed: readonly DayManifest[] = [];

  constructor(options: EventWriterOptions) {
    this.#options = options;
  }

  begin(): void {
    this.#lastPosition = undefined;
    this.#today = undefined;
  }

  mark(): () => void {
    const segment = this.#segment;
    const lastPosition = this.#lastPosition;
    const today = this.#today;
    const sealed = this.#sealed;
    return () => {
      this.#sealed = sealed;
      this.#segment = segment;
      this.#lastPosition = lastPosition;
      this.#today = today;
    };
  }

  /** Remembers days that were sealed in this transaction: which day it is, is to be asked again. */
  noteSealed(manifests: readonly DayManifest[]): void {
    if (manifests.length === 0) return;
    this.#sealed = [...this.#sealed, ...manifests];
    this.#today = undefined;
  }

  /** The days that were sealed since it was asked last. */
  takeSealed(): readonly DayManifest[] {
    const sealed = this.#sealed;
    this.#sealed = [];
    return sealed;
  }

  /** Writes an event, its bytes and its subjects. @returns its position */
  append({ bytes, ...event }: NewEvent): number {
    const { database, cipher, writer } = this.#options;
    const { localKey, version } = event;
    const position = (this.#lastPosition ?? this.#readLastPosition()) + 1;
    const segment = this.#openSegment();
    const sealed = bytes === undefined ? undefined : cipher.seal(bytes, { localKey, version });
    const chained: ChainedEvent = {
      ...event,
      position,
      stored:
        sealed === undefined
          ? undefined
          : { sha256: sha256(sealed.bytes), byteLength: sealed.bytes.byteLength, keyId: sealed.keyId },
    };
    const hash = eventHash(segment.hash, chained);
    insertEvent(database, chained, { day: segment.day, writer, hash });
    if (sealed !== undefined) {
      database
        .prepare('INSERT INTO journal_bytes (position, stored) VALUES (?, ?)')
        .run(position, sealed.bytes);
    }
    for (const subject of event.subjects ?? []) {
      database
        .prepare('INSERT INTO journal_subject (position, hash) VALUES (?, ?) ON CONFLICT DO NOTHING')
        .run(position, subject);
    }
    this.#segment = { day: segment.day, hash };
    this.#lastPosition = position;
    return position;
  }

  /** Of the day that it is, or of a later one: neither a sealed day nor an earlier segment of this writer is touched. */
  #openSegment(): { readonly day: string; readonly hash: Uint8Array } {
    const { database, now, writer } = this.#options;
    const segment = this.#segment;
    if (segment !== undefined && this.#today === segment.day) return segment;
    const nowMs = now();
    const day = segmentDay(nowMs, lastSealedDay(database));
    // A clock that went back stays in the segment. Were that one sealed, the day would be a later one.
    if (segment !== undefined && day <= segment.day) {
      this.#today = segment.day;
      return segment;
    }
    this.noteSealed(sealDaysBefore(database, day, nowMs));
    this.#today = day;
    return { day, hash: segmentGenesis({ day, writer }) };
  }

  #readLastPosition(): number {
    const row = this.#options.database
      .prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'journal_event'`)
      .get() as { readonly seq: number } | undefined;
    return row?.seq ?? 0;
  }
}

function insertEvent(
  database: Database,
  event: ChainedEvent,
  link: { readonly day: string; readonly writer: string; readonly hash: Uint8Array },
): void {
  database
    .prepare(
      `INSERT INTO journal_event (position, day, writer, hash, local_key, version, direction, channel, service_id, kind,
         at_ms, message_id, correlation_id, message_type, code, delivery, attempt, until_ms, expires_at_ms,
         delivery_state, resolution, note, related_key, reference, content_hash, container_key, container_part,
         stored_sha256, stored_length, key_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      event.position,
      link.day,
      link.writer,
      link.hash,
      event.localKey,
      event.version,
      event.direction,
      event.channel,
      event.serviceId,
      event.kind,
      event.atMs,
      event.messageId ?? null,
      event.correlationId ?? null,
      event.messageType ?? null,
      event.code ?? null,
      event.delivery ?? null,
      event.attempt ?? null,
      event.untilMs ?? null,
      event.expiresAtMs ?? null,
      event.deliveryState ?? null,
      event.resolution ?? null,
      event.note ?? null,
      event.relatedKey ?? null,
      event.reference ?? null,
      event.contentHash ?? null,
      event.container?.localKey ?? null,
      event.container?.part ?? null,
      event.stored?.sha256 ?? null,
      event.stored?.byteLength ?? null,
      event.stored?.keyId ?? null,
    );
}
