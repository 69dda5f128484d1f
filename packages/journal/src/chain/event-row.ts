/**
 * Events as rows of the table `journal_event`, whose columns are those of {@link EventRow}. `position` is its key;
 * `(local_key, version)` and `(day, writer, position)` are unique and indexed. Stored bytes are in one more column,
 * `stored`; subject hashes are rows `(hash, position)` of `journal_subject`.
 *
 * @module
 */
import type { ChainedEvent, StoredDigest } from './event-encoding.ts';

/** A row. The stored bytes are read one by one. */
export interface EventRow {
  readonly position: number;
  /** Segment: `YYYY-MM-DD` and the writer. */
  readonly day: string;
  readonly writer: string;
  /** 32 octets. */
  readonly hash: Uint8Array;
  readonly local_key: string;
  readonly version: number;
  readonly direction: 'out' | 'in';
  readonly channel: 'sync' | 'async';
  readonly service_id: string;
  readonly kind: ChainedEvent['kind'];
  readonly at_ms: number;
  readonly message_id: string | null;
  readonly correlation_id: string | null;
  readonly message_type: ChainedEvent['messageType'] | null;
  readonly code: string | null;
  readonly delivery: ChainedEvent['delivery'] | null;
  readonly attempt: number | null;
  readonly until_ms: number | null;
  readonly expires_at_ms: number | null;
  readonly delivery_state: ChainedEvent['deliveryState'] | null;
  readonly resolution: ChainedEvent['resolution'] | null;
  readonly note: string | null;
  readonly related_key: string | null;
  readonly reference: string | null;
  readonly content_hash: string | null;
  readonly container_key: string | null;
  readonly container_part: number | null;
  readonly stored_sha256: Uint8Array | null;
  readonly stored_length: number | null;
  readonly key_id: string | null;
}

/** The columns of {@link EventRow}, to be selected. */
export const eventColumns: string =
  'position, day, writer, hash, local_key, version, direction, channel, service_id, kind, at_ms, message_id, ' +
  'correlation_id, message_type, code, delivery, attempt, until_ms, expires_at_ms, delivery_state, resolution, note, ' +
  'related_key, reference, content_hash, container_key, container_part, stored_sha256, stored_length, key_id';

/**
 * The event of a row. Nothing that a row holds is left out, even where it makes no sense: else the chain would not see that
 * somebody put it there.
 */
export function chainedEvent(row: EventRow, subjects: readonly Uint8Array[]): ChainedEvent {
  return {
    position: row.position,
    localKey: row.local_key,
    version: row.version,
    direction: row.direction,
    channel: row.channel,
    serviceId: row.service_id,
    kind: row.kind,
    atMs: row.at_ms,
    messageId: row.message_id ?? undefined,
    correlationId: row.correlation_id ?? undefined,
    messageType: row.message_type ?? undefined,
    code: row.code ?? undefined,
    delivery: row.delivery ?? undefined,
    attempt: row.attempt ?? undefined,
    untilMs: row.until_ms ?? undefined,
    expiresAtMs: row.expires_at_ms ?? undefined,
    deliveryState: row.delivery_state ?? undefined,
    resolution: row.resolution ?? undefined,
    note: row.note ?? undefined,
    relatedKey: row.related_key ?? undefined,
    reference: row.reference ?? undefined,
    contentHash: row.content_hash ?? undefined,
    container: allNull(row.container_key, row.container_part)
      ? undefined
      : ({ localKey: row.container_key ?? undefined, part: row.container_part ?? undefined } as Container),
    subjects,
    stored: allNull(row.stored_sha256, row.stored_length, row.key_id)
      ? undefined
      : ({
          sha256: row.stored_sha256 ?? undefined,
          byteLength: row.stored_length ?? undefined,
          keyId: row.key_id ?? undefined,
        } as StoredDigest),
  };
}

type Container = NonNullable<ChainedEvent['container']>;

function allNull(...values: readonly unknown[]): boolean {
  return values.every((value) => value === null);
}
