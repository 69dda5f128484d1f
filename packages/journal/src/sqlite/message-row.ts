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

/** Brings a message in the index up to date. Indexed columns are written only when they change. */
export function updateHead(database: Database, previous: MessageHead, head: MessageHead): void {
  database
    .prepare(
      `UPDATE journal_message SET version = ?, attempts = ?, delivery_state = ?, expires_at_ms = ?, until_ms = ?,
         code = ?, changed_at_ms = ? WHERE local_key = ?`,
    )
    .run(
      head.version,
      head.attempts,
      head.deliveryState ?? null,
      head.expiresAtMs ?? null,
      head.untilMs ?? null,
      head.code ?? null,
      head.changedAtMs,
      head.localKey,
    );
  if (head.state !== previous.state) {
    database
      .prepare('UPDATE journal_message SET state = ? WHERE local_key = ?')
      .run(head.state, head.localKey);
  }
  if (head.unconfirmed !== previous.unconfirmed) {
    database
      .prepare('UPDATE journal_message SET unconfirmed = ? WHERE local_key = ?')
      .run(head.unconfirmed ? 1 : 0, head.localKey);
  }
  if (
    head.messageId !== previous.messageId ||
    head.correlationId !== previous.correlationId ||
    head.reference !== previous.reference ||
    head.messageType !== previous.messageType
  ) {
    database
      .prepare(
        `UPDATE journal_message SET message_id = ?, correlation_id = ?, reference = ?, message_type = ?
         WHERE local_key = ?`,
      )
      .run(
        head.messageId ?? null,
        head.correlationId ?? null,
        head.reference ?? null,
        head.messageType ?? null,
        head.localKey,
      );
  }
}
