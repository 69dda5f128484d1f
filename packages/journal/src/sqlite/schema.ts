/**
 * The tables of a journal in SQLite.
 *
 * Records are `journal_event` and `journal_subject`, only ever inserted (retention deletes whole days), and what the
 * integrity side keeps. `journal_message` and `journal_message_subject` are an index over them: the head of
 * every message, computed from its events, to find messages by; it can be dropped and rebuilt. `journal_queue` is work to
 * do, which a sweep can rebuild; its `service_id` is that of the message.
 *
 * @module
 */
import { droppingTables, integrityTables } from '../chain/integrity-tables.ts';

/** `PRAGMA application_id` of a journal: "EGWJ". */
export const applicationId = 0x4547574a;

/** `PRAGMA user_version` of the newest schema. */
export const schemaVersion = 2;

const records: readonly string[] = [
  // AUTOINCREMENT: a place that was given is never given again, whatever retention deletes.
  `CREATE TABLE journal_event (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    day TEXT NOT NULL,
    writer TEXT NOT NULL,
    hash BLOB NOT NULL,
    local_key TEXT NOT NULL,
    version INTEGER NOT NULL,
    direction TEXT NOT NULL,
    channel TEXT NOT NULL,
    service_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    message_id TEXT,
    correlation_id TEXT,
    message_type TEXT,
    code TEXT,
    delivery TEXT,
    attempt INTEGER,
    until_ms INTEGER,
    expires_at_ms INTEGER,
    delivery_state TEXT,
    resolution TEXT,
    note TEXT,
    related_key TEXT,
    reference TEXT,
    content_hash TEXT,
    container_key TEXT,
    container_part INTEGER,
    stored_sha256 BLOB,
    stored_length INTEGER,
    key_id TEXT,
    -- Last: what lies behind the other columns is not read with them.
    stored BLOB
  ) STRICT`,
  'CREATE UNIQUE INDEX journal_event_message ON journal_event (local_key, version)',
  'CREATE UNIQUE INDEX journal_event_segment ON journal_event (day, writer, position)',
  `CREATE INDEX journal_event_sending ON journal_event (service_id, at_ms) WHERE kind = 'sending'`,
  `CREATE INDEX journal_event_container ON journal_event (container_key) WHERE container_key IS NOT NULL`,
  `CREATE TABLE journal_subject (
    position INTEGER NOT NULL REFERENCES journal_event (position),
    hash BLOB NOT NULL,
    PRIMARY KEY (position, hash)
  ) STRICT, WITHOUT ROWID`,
];

/** The index of heads. `id` is the position of the first event of the message: by its key, a message is found through that. */
export const messageIndex: readonly string[] = [
  `CREATE TABLE journal_message (
    id INTEGER PRIMARY KEY,
    local_key TEXT NOT NULL,
    direction TEXT NOT NULL,
    channel TEXT NOT NULL,
    service_id TEXT NOT NULL,
    message_type TEXT,
    message_id TEXT,
    correlation_id TEXT,
    reference TEXT,
    state TEXT NOT NULL,
    delivery_state TEXT,
    version INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    expires_at_ms INTEGER,
    until_ms INTEGER,
    unconfirmed INTEGER NOT NULL,
    code TEXT,
    created_at_ms INTEGER NOT NULL,
    changed_at_ms INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX journal_message_lane
    ON journal_message (service_id, state, direction, channel, created_at_ms)`,
  `CREATE INDEX journal_message_message_id ON journal_message (message_id, created_at_ms)
    WHERE message_id IS NOT NULL`,
  `CREATE INDEX journal_message_correlation_id ON journal_message (correlation_id, created_at_ms)
    WHERE correlation_id IS NOT NULL`,
  `CREATE INDEX journal_message_reference ON journal_message (reference, created_at_ms)
    WHERE reference IS NOT NULL`,
  'CREATE INDEX journal_message_unconfirmed ON journal_message (id) WHERE unconfirmed = 1',
  `CREATE TABLE journal_message_subject (
    hash BLOB NOT NULL,
    created_at_ms INTEGER NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (hash, created_at_ms, id)
  ) STRICT, WITHOUT ROWID`,
];

const queuesOfSchema1: readonly string[] = [
  `CREATE TABLE journal_queue (
    queue TEXT NOT NULL,
    local_key TEXT NOT NULL,
    due_at_ms INTEGER NOT NULL,
    PRIMARY KEY (queue, local_key)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX journal_queue_due ON journal_queue (queue, due_at_ms, local_key)',
];

/** Sorted by service, so that what must wait is leapt over and not walked through. */
const queues: readonly string[] = [
  `CREATE TABLE journal_queue (
    queue TEXT NOT NULL,
    local_key TEXT NOT NULL,
    service_id TEXT NOT NULL,
    due_at_ms INTEGER NOT NULL,
    PRIMARY KEY (queue, local_key)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX journal_queue_due ON journal_queue (queue, service_id, due_at_ms, local_key)',
];

/** Each entry gets the service of its message. */
const queuesFromSchema1: readonly string[] = [
  'CREATE TABLE journal_queue_before AS SELECT queue, local_key, due_at_ms FROM journal_queue',
  'DROP TABLE journal_queue',
  ...queues,
  `INSERT INTO journal_queue (queue, local_key, service_id, due_at_ms)
   SELECT b.queue, b.local_key, coalesce((${serviceOfMessage('b.local_key')}), ''), b.due_at_ms
   FROM journal_queue_before AS b`,
  'DROP TABLE journal_queue_before',
];

/** A query for the service of a message, by its key. */
export function serviceOfMessage(localKey: string): string {
  return `SELECT e.service_id FROM journal_event AS e WHERE e.local_key = ${localKey} AND e.version = 1`;
}

/** What makes the tables of the newest schema version, whatever version a file began with. */
export const schema: readonly string[] = [
  ...records,
  ...messageIndex,
  ...queues,
  ...integrityTables,
  ...droppingTables,
];

/** Statements of each schema version; the first is version 1. A released one never changes. */
export const migrations: readonly (readonly string[])[] = [
  [...records, ...messageIndex, ...queuesOfSchema1, ...integrityTables],
  [...queuesFromSchema1, ...droppingTables],
];
