import type { EventRow } from '../chain/event-row.ts';
import type { ByteCipher } from '../encryption.ts';
import type { KeptEvent } from '../life/project-message.ts';

/** The event of a row, without fields that are absent. */
export function keptEvent(row: EventRow, cipher: ByteCipher): KeptEvent {
  const event: Record<string, unknown> = {
    localKey: row.local_key,
    direction: row.direction,
    channel: row.channel,
    serviceId: row.service_id,
    kind: row.kind,
    atMs: row.at_ms,
    version: row.version,
    position: row.position,
    byteLength:
      row.stored_length === null
        ? 0
        : cipher.plainLength({ byteLength: row.stored_length, keyId: row.key_id ?? undefined }),
  };
  for (const [name, column] of optional) {
    const value = row[column];
    if (value !== null) event[name] = value;
  }
  if (row.container_key !== null) {
    event['container'] = { localKey: row.container_key, part: row.container_part };
  }
  return event as unknown as KeptEvent;
}

const optional: readonly (readonly [keyof KeptEvent, keyof EventRow])[] = [
  ['messageId', 'message_id'],
  ['correlationId', 'correlation_id'],
  ['messageType', 'message_type'],
  ['code', 'code'],
  ['delivery', 'delivery'],
  ['attempt', 'attempt'],
  ['untilMs', 'until_ms'],
  ['expiresAtMs', 'expires_at_ms'],
  ['deliveryState', 'delivery_state'],
  ['resolution', 'resolution'],
  ['note', 'note'],
  ['relatedKey', 'related_key'],
  ['reference', 'reference'],
  ['contentHash', 'content_hash'],
];
