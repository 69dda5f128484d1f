/**
 * Heads as rows of `journal_message`.
 *
 * @module
 */
import type { Database } from '../database.ts';
import type { MessageHead } from '../life/project-message.ts';

/** A row of the index. */
export interface MessageRow {
  readonly id: number;
  readonly local_key: string;
  readonly direction: MessageHead['direction'];
  readonly channel: MessageHead['channel'];
  readonly service_id: string;
  readonly message_type: MessageHead['messageType'] | null;
  readonly message_id: string | null;
  readonly correlation_id: string | null;
  readonly reference: string | null;
  readonly state: MessageHead['state'];
  readonly delivery_state: MessageHead['deliveryState'] | null;
  readonly version: number;
  readonly attempts: number;
  readonly expires_at_ms: number | null;
  readonly until_ms: number | null;
  readonly unconfirmed: number;
  readonly code: string | null;
  readonly created_at_ms: number;
  readonly changed_at_ms: number;
}

/** The head of a row. */
export function headOfRow(row: MessageRow): MessageHead {
  return {
    localKey: row.local_key,
    direction: row.direction,
    channel: row.channel,
    serviceId: row.service_id,
    messageType: row.message_type ?? undefined,
    messageId: row.message_id ?? undefined,
    correlationId: row.correlation_id ?? undefined,
    reference: row.reference ?? undefined,
    state: row.state,
    deliveryState: row.delivery_state ?? undefined,
    version: row.version,
    attempts: row.attempts,
    expiresAtMs: row.expires_at_ms ?? undefined,
    untilMs: row.until_ms ?? undefined,
    unconfirmed: row.unconfirmed === 1,
    code: row.code ?? undefined,
    createdAtMs: row.created_at_ms,
    changedAtMs: row.changed_at_ms,
  };
}

/** The row of a message; its parameter is the key. The first event leads there, an index of its own is not needed. */
export const messageOfKey: string = `SELECT m.* FROM journal_event AS e JOIN journal_message AS m ON m.id = e.position
  WHERE e.local_key = ? AND e.version = 1`;

/** Adds a message to the index. `id` is the position of its first event. */
export function insertHead(database: Database, id: number, head: MessageHead): void {
  database
    .prepare(
      `INSERT INTO journal_message (id, local_key, direction, channel, service_id, message_type, message_id,
         correlation_id, reference, state, delivery_state, version, attempts, expires_at_ms, until_ms, unconfirmed,
         code, created_at_ms, changed_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      id,
      head.localKey,
      head.direction,
      head.channel,
      head.serviceId,
      head.messageType ?? null,
      head.messageId ?? null,
      head.correlationId ?? null,
      head.reference ?? null,
      head.state,
      head.deliveryState ?? null,
      head.version,
      head.attempts,
      head.expiresAtMs ?? null,
      head.untilMs ?? null,
      head.unconfirmed ? 1 : 0,
      head.code ?? null,
      head.createdAtMs,
      head.changedAtMs,
    );
}

/** Brings a message in the index up to date: what changed, and nothing else, because other columns are indexed. */
export function updateHead(database: Database, id: number, previous: MessageHead, head: MessageHead): void {
  const changed = mutable.filter(([name]) => head[name] !== previous[name]);
  if (changed.length === 0) return;
  database
    .prepare(
      `UPDATE journal_message SET ${changed.map(([, column]) => `${column} = ?`).join(', ')} WHERE id = ?`,
    )
    .run(...changed.map(([name]) => storable(head[name])), id);
}

const mutable: readonly (readonly [keyof MessageHead, keyof MessageRow])[] = [
  ['messageType', 'message_type'],
  ['messageId', 'message_id'],
  ['correlationId', 'correlation_id'],
  ['reference', 'reference'],
  ['state', 'state'],
  ['deliveryState', 'delivery_state'],
  ['version', 'version'],
  ['attempts', 'attempts'],
  ['expiresAtMs', 'expires_at_ms'],
  ['untilMs', 'until_ms'],
  ['unconfirmed', 'unconfirmed'],
  ['code', 'code'],
  ['changedAtMs', 'changed_at_ms'],
];

function storable(value: MessageHead[keyof MessageHead]): string | number | null {
  return typeof value === 'boolean' ? Number(value) : (value ?? null);
}
