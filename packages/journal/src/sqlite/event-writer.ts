import type { ChainedEvent } from '../chain/event-encoding.ts';
import { eventColumns } from '../chain/event-row.ts';
import type { DayManifest } from '../chain/manifest.ts';
import { sealDaysBefore } from '../chain/seal.ts';
import { eventHash, segmentDay, segmentGenesis, sha256 } from '../chain/segment.ts';
import type { Database } from '../database.ts';
import type { ByteCipher } from '../encryption.ts';
import type { NewEvent } from '../journal-tables.ts';
import { type KnownMessage, KnownMessages } from './known-messages.ts';
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

/** Where a journal stands. */
interface JournalEnd {
  readonly lastPosition: number;
  readonly sealedDay: string | undefined;
  /** Of manifests and dropped days. */
  readonly checksum: string | null;
  readonly hasSplit: boolean;
}

/** Appends events to the segment of the day, each chained to the one before. Inside of a write transaction. */
export class EventWriter implements TransactionState {
  readonly #options: EventWriterOptions;
  /** The segment that is being written, and the hash of its last event. */
  #segment: { readonly day: string; readonly hash: Uint8Array } | undefined;
  /** What is read once in a transaction, because another process may have changed it before. */
  #read: JournalEnd | undefined;
  /** Where the transaction before this one left the journal. */
  #left: JournalEnd | undefined;
  readonly #known = new KnownMessages();
  #today: string | undefined;
  /** Days sealed by transactions whose end nobody was told yet. */
  #sealed: readonly DayManifest[] = [];

  constructor(options: EventWriterOptions) {
    this.#options = options;
  }

  begin(): void {
    this.#left = this.#read ?? this.#left;
    this.#read = undefined;
    this.#today = undefined;
  }

  mark(): () => void {
    const segment = this.#segment;
    const read = this.#read;
    const left = this.#left;
    const today = this.#today;
    const sealed = this.#sealed;
    return () => {
      this.#sealed = sealed;
      this.#segment = segment;
      this.#read = read;
      this.#left = left;
      this.#known.clear();
      this.#today = today;
    };
  }

  /** Remembers days that were sealed in this transaction: which day it is, is to be asked again. */
  noteSealed(manifests: readonly DayManifest[]): void {
    if (manifests.length === 0) return;
    this.#sealed = [...this.#sealed, ...manifests];
    this.#read = undefined;
    this.#today = undefined;
  }

  /** The days that were sealed since it was asked last. */
  takeSealed(): readonly DayManifest[] {
    const sealed = this.#sealed;
    this.#sealed = [];
    return sealed;
  }

  /** A message as this writer left it; `undefined`: it is not remembered, or others wrote since. */
  knownMessage(localKey: string): KnownMessage | undefined {
    if (this.#known.get(localKey) === undefined) return undefined;
    this.#readOnce();
    return this.#known.get(localKey);
  }

  /** Remembers what the index says about a message, after an event of it. */
  rememberMessage(localKey: string, message: KnownMessage): void {
    this.#known.set(localKey, message);
  }

  /** Whether there are messages that retention split: hardly ever. */
  hasSplitMessages(): boolean {
    return this.#readOnce().hasSplit;
  }

  /** Retention is about to take messages away in this transaction. */
  forget(): void {
    this.#known.clear();
    this.#read = undefined;
  }

  /** Writes an event, its bytes and its subjects. @returns its position */
  append({ bytes, ...event }: NewEvent): number {
    const { database, cipher, writer } = this.#options;
    const { localKey, version } = event;
    const segment = this.#openSegment();
    const read = this.#readOnce();
    const position = read.lastPosition + 1;
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
    insertEvent(database, chained, { day: segment.day, writer, hash, stored: sealed?.bytes });
    for (const subject of event.subjects ?? []) {
      database
        .prepare('INSERT INTO journal_subject (position, hash) VALUES (?, ?) ON CONFLICT DO NOTHING')
        .run(position, subject);
    }
    this.#segment = { day: segment.day, hash };
    this.#read = { ...read, lastPosition: position };
    return position;
  }

  /** Of the day that it is, or of a later one: neither a sealed day nor an earlier segment of this writer is touched. */
  #openSegment(): { readonly day: string; readonly hash: Uint8Array } {
    const { database, now, writer } = this.#options;
    const segment = this.#segment;
    if (segment !== undefined && this.#today === segment.day) return segment;
    const nowMs = now();
    const day = segmentDay(nowMs, this.#readOnce().sealedDay);
    // A clock that went back stays in the segment. Were that one sealed, the day would be a later one.
    if (segment !== undefined && day <= segment.day) {
      this.#today = segment.day;
      return segment;
    }
    this.noteSealed(sealDaysBefore(database, day, nowMs));
    this.#today = day;
    return { day, hash: segmentGenesis({ day, writer }) };
  }

  #readOnce(): JournalEnd {
    if (this.#read !== undefined) return this.#read;
    const row = this.#options.database
      .prepare(
        `SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'journal_event') AS position,
           (SELECT max(day) FROM journal_manifest) AS day, (SELECT checksum FROM journal_head) AS checksum,
           EXISTS (SELECT 1 FROM journal_split) AS split`,
      )
      .get() as {
      readonly position: number | null;
      readonly day: string | null;
      readonly checksum: string | null;
      readonly split: number;
    };
    const { checksum } = row;
    const read = {
      lastPosition: row.position ?? 0,
      sealedDay: row.day ?? undefined,
      checksum,
      hasSplit: row.split === 1,
    };
    // The index changes with an event, or with a day that is dropped, and each leaves a mark.
    const left = this.#left;
    if (left?.lastPosition !== read.lastPosition || left.checksum !== checksum) this.#known.clear();
    this.#read = read;
    return read;
  }
}

const insertion = `INSERT INTO journal_event (${eventColumns}, stored)
  VALUES (${eventColumns.replace(/\w+/g, '?')}, ?)`;

/** Values in the order of `eventColumns`. */
function insertEvent(
  database: Database,
  event: ChainedEvent,
  link: {
    readonly day: string;
    readonly writer: string;
    readonly hash: Uint8Array;
    readonly stored: Uint8Array | undefined;
  },
): void {
  database
    .prepare(insertion)
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
      link.stored ?? null,
    );
}
