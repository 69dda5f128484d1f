/**
 * Checks what the journal computed from its events: the index of heads, the index of subjects, and the queues.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util';

import { advance, type MessageHead } from '../life/project-message.ts';
import { headOfRow, type MessageRow } from '../sqlite/message-row.ts';
import { chainedEvent, type EventRow, eventColumns } from './event-row.ts';
import { found } from './found-fault.ts';
import type { SqlConnection } from './sql.ts';

/** Events in memory at once. */
const pageSize = 500;

/**
 * Replays every message and compares. It pauses after each page, so that others can run. Throws a found fault.
 *
 * @param counts - `messages` is counted up
 */
export function* verifyMessages(
  database: SqlConnection,
  counts: { messages: number },
): Generator<void, void, undefined> {
  const page = database.prepare(
    `SELECT ${eventColumns} FROM journal_event WHERE (local_key, version) > (?, ?)
     ORDER BY local_key, version LIMIT ${pageSize}`,
  );
  const split = database.prepare('SELECT 1 FROM journal_split WHERE local_key = ?');
  let message: Replay | Remnant | undefined;
  let rows: EventRow[];
  do {
    rows = page.all(message?.localKey ?? '', message?.version ?? Number.MIN_SAFE_INTEGER) as EventRow[];
    for (const row of rows) {
      if (message?.localKey !== row.local_key) {
        message?.compare(database);
        const isSplit = (split.get(row.local_key) ?? undefined) !== undefined;
        message = isSplit ? new Remnant(row.local_key) : new Replay(row);
        if (!isSplit) counts.messages += 1;
      }
      message.take(row);
    }
    yield;
  } while (rows.length === pageSize);
  message?.compare(database);
  yield;
  checkStrayRows(database);
}

/** One message, event after event. */
class Replay {
  readonly localKey: string;
  version = 0;
  readonly #id: number;
  #head: MessageHead | undefined;

  constructor(first: EventRow) {
    this.localKey = first.local_key;
    this.#id = first.position;
  }

  take(row: EventRow): void {
    const place = { day: row.day, writer: row.writer, localKey: this.localKey, version: row.version };
    this.version += 1;
    if (row.version !== this.version) {
      found('event-missing', `the message has no event ${this.version}`, { ...place, version: this.version });
    }
    const head = advance(this.#head, chainedEvent(row, []));
    if (head === undefined)
      found('event-added', `an event '${row.kind}' is impossible where it stands`, place);
    this.#head = head;
  }

  compare(database: SqlConnection): void {
    const place = { localKey: this.localKey };
    const row = database.prepare('SELECT * FROM journal_message WHERE id = ?').get(this.#id) as
      | MessageRow
      | null
      | undefined;
    if (row === undefined || row === null) found('index', 'the message is not in the index', place);
    const isFlag = row.unconfirmed === 0 || row.unconfirmed === 1;
    if (!isFlag || !isDeepStrictEqual(headOfRow(row), this.#head)) {
      found('index', 'the index says something else than the events', place);
    }
  }
}

/** What is left of a message that went with a dropped day: each event is in the chain of its day, and that is all. */
class Remnant {
  readonly localKey: string;
  version = Number.MIN_SAFE_INTEGER;

  constructor(localKey: string) {
    this.localKey = localKey;
  }

  take(row: EventRow): void {
    this.version = row.version;
  }

  compare(): void {}
}

/** A query that must find nothing, and what it means when it finds something. */
type Check = readonly [sql: string, reason: 'subject' | 'index' | 'queue' | 'database', words: string];

const subjectsOfEvents = `SELECT s.hash AS hash, m.created_at_ms AS created_at_ms, m.id AS id
  FROM journal_subject AS s JOIN journal_event AS e ON e.position = s.position
  JOIN journal_event AS f ON f.local_key = e.local_key AND f.version = 1
  JOIN journal_message AS m ON m.id = f.position`;
const subjectsOfIndex = 'SELECT hash, created_at_ms, id FROM journal_message_subject';
const notOn = (queue: string): string =>
  `NOT EXISTS (SELECT 1 FROM journal_queue AS q WHERE q.queue = '${queue}' AND q.local_key = m.local_key)`;

const checks: readonly Check[] = [
  [
    'SELECT position FROM journal_subject WHERE position NOT IN (SELECT position FROM journal_event)',
    'subject',
    'there is a subject of an event that is not here',
  ],
  [
    'SELECT local_key FROM journal_message WHERE id NOT IN (SELECT position FROM journal_event WHERE version = 1)',
    'index',
    'the index has a message without events',
  ],
  [`${subjectsOfEvents} EXCEPT ${subjectsOfIndex}`, 'subject', 'a subject is missing in the index'],
  [`${subjectsOfIndex} EXCEPT ${subjectsOfEvents}`, 'subject', 'the index has a subject that no event has'],
  [
    `SELECT local_key FROM journal_message WHERE local_key IN (SELECT local_key FROM journal_split)`,
    'index',
    'the index has a message that went with a dropped day',
  ],
  [
    `SELECT local_key FROM journal_split WHERE local_key NOT IN (SELECT local_key FROM journal_event)`,
    'database',
    'a message that went with a dropped day has no events left',
  ],
  [
    `SELECT position FROM journal_gone WHERE day NOT IN (SELECT day FROM journal_dropping)
       AND day NOT IN (SELECT day FROM journal_dropped)`,
    'database',
    'there is a trace of an event of a day that is not being dropped',
  ],
  [
    `SELECT local_key FROM journal_queue WHERE queue NOT IN ('outbox', 'inbox', 'confirmations')
       OR local_key NOT IN (SELECT local_key FROM journal_event)
       OR local_key IN (SELECT local_key FROM journal_split)`,
    'queue',
    'a queue has an entry without a message, or there is a queue that is none',
  ],
  [
    `SELECT q.local_key FROM journal_queue AS q JOIN journal_event AS e ON e.local_key = q.local_key AND e.version = 1
       WHERE q.service_id <> e.service_id`,
    'queue',
    'a queue has an entry under another service than that of its message',
  ],
  [
    `SELECT local_key FROM journal_message AS m WHERE channel = 'async' AND direction = 'out'
       AND state IN ('queued', 'sending') AND ${notOn('outbox')}`,
    'queue',
    'a message that is to be sent is on no queue: a sweep puts it back',
  ],
  [
    `SELECT local_key FROM journal_message AS m WHERE channel = 'async' AND direction = 'in'
       AND state = 'received' AND ${notOn('inbox')}`,
    'queue',
    'a message that is to be handled is on no queue: a sweep puts it back',
  ],
  [
    `SELECT local_key FROM journal_message AS m WHERE unconfirmed = 1 AND ${notOn('confirmations')}`,
    'queue',
    'a message that is to be confirmed is on no queue: a sweep puts it back',
  ],
];

function checkStrayRows(database: SqlConnection): void {
  for (const [sql, reason, words] of checks) {
    const row = database.prepare(`${sql} LIMIT 1`).get() as { local_key?: string } | null | undefined;
    if (row !== undefined && row !== null) found(reason, words, { localKey: row.local_key });
  }
}
