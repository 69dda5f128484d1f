/**
 * Pages of messages. Every query walks an index in the order of the page, so that it costs as much in a journal of a
 * million messages as in one of a thousand. The indexes are named, because the planner has no statistics to choose by.
 *
 * @module
 */
import type { MessageQuery } from '@egov-gateway/core';

import type { Database, SqlValue } from '../database.ts';
import type { PageCursor } from '../message-query.ts';
import { inLane, laneParameters, laneSource, readLanes } from './lanes.ts';

/** A message of a page. */
export interface FoundMessage extends PageCursor {
  readonly localKey: string;
}

interface FoundRow {
  readonly id: number;
  readonly created_at_ms: number;
  readonly local_key: string;
}

/**
 * Up to `limit` messages after a cursor.
 *
 * @param page - with the keyed hash of `query.subject`, and all that `query.contentHash` may be stored as
 */
export function findMessages(
  database: Database,
  query: MessageQuery,
  page: {
    readonly limit: number;
    readonly cursor: PageCursor | undefined;
    readonly subject: Uint8Array | undefined;
    readonly contents: readonly string[] | undefined;
  },
): readonly FoundMessage[] {
  const { limit } = page;
  const cursor = upperBound(query, page.cursor);
  const rest = conditions(query, page.contents);

  const walk = (from: string, where: string, ...parameters: readonly SqlValue[]): readonly FoundRow[] =>
    database
      .prepare(
        `SELECT m.id, m.created_at_ms, m.local_key FROM ${from} WHERE ${where} ${rest.sql}
           AND (m.created_at_ms, m.id) < (?, ?) AND m.created_at_ms >= ?
         ORDER BY m.created_at_ms DESC, m.id DESC LIMIT ?`,
      )
      .all(
        ...parameters,
        ...rest.parameters,
        cursor.createdAtMs,
        cursor.id,
        query.fromMs ?? 0,
        limit,
      ) as FoundRow[];

  for (const [name, value] of [
    ['message_id', query.messageId],
    ['correlation_id', query.correlationId],
    ['reference', query.reference],
  ] as const) {
    if (value !== undefined) {
      return found(walk(`journal_message AS m INDEXED BY journal_message_${name}`, `m.${name} = ?`, value));
    }
  }
  if (page.subject !== undefined)
    return found(subjectRows(database, query, { ...page, cursor }, page.subject));

  // One walk for each lane, then the newest of them all.
  const { serviceId, states, direction, channel } = query;
  const rows = readLanes(database, serviceId)
    .filter(
      (lane) =>
        (states === undefined || states.some((state) => state === lane.state)) &&
        (direction === undefined || direction === lane.direction) &&
        (channel === undefined || channel === lane.channel),
    )
    .flatMap((lane) => walk(laneSource, inLane, ...laneParameters(lane)));
  return found(rows)
    .toSorted((a, b) => b.createdAtMs - a.createdAtMs || b.id - a.id)
    .slice(0, limit);
}

/** Where to begin: an index is entered at one upper bound only, and walked from there. Every id is at least 1. */
function upperBound(query: MessageQuery, after: PageCursor | undefined): PageCursor {
  const cursor = after ?? { createdAtMs: Number.MAX_SAFE_INTEGER, id: 0 };
  const { toMs } = query;
  return toMs !== undefined && toMs <= cursor.createdAtMs ? { createdAtMs: toMs, id: 0 } : cursor;
}

function subjectRows(
  database: Database,
  query: MessageQuery,
  page: {
    readonly limit: number;
    readonly cursor: PageCursor;
    readonly contents: readonly string[] | undefined;
  },
  subject: Uint8Array,
): readonly FoundRow[] {
  const rest = conditions(query, page.contents);
  return database
    .prepare(
      `SELECT m.id, m.created_at_ms, m.local_key
       FROM journal_message_subject AS s CROSS JOIN journal_message AS m ON m.id = s.id
       WHERE s.hash = ? AND (s.created_at_ms, s.id) < (?, ?) AND s.created_at_ms >= ? ${rest.sql}
       ORDER BY s.created_at_ms DESC, s.id DESC LIMIT ?`,
    )
    .all(
      subject,
      page.cursor.createdAtMs,
      page.cursor.id,
      query.fromMs ?? 0,
      ...rest.parameters,
      page.limit,
    ) as FoundRow[];
}

/** What must hold besides, whatever index is walked. */
function conditions(
  query: MessageQuery,
  contents: readonly string[] | undefined,
): { readonly sql: string; readonly parameters: readonly SqlValue[] } {
  const sql: string[] = [];
  const parameters: SqlValue[] = [];
  for (const [name, value] of [
    ['service_id', query.serviceId],
    ['message_id', query.messageId],
    ['correlation_id', query.correlationId],
    ['reference', query.reference],
    ['direction', query.direction],
    ['channel', query.channel],
  ] as const) {
    if (value === undefined) continue;
    sql.push(`AND m.${name} = ?`);
    parameters.push(value);
  }
  if (query.states !== undefined) {
    sql.push('AND m.state IN (SELECT value FROM json_each(?))');
    parameters.push(JSON.stringify(query.states));
  }
  if (contents !== undefined) {
    sql.push(
      `AND EXISTS (SELECT 1 FROM journal_event AS e WHERE e.local_key = m.local_key AND e.version = 1
         AND e.content_hash IN (SELECT value FROM json_each(?)))`,
    );
    parameters.push(JSON.stringify(contents));
  }
  return { sql: sql.join(' '), parameters };
}

function found(rows: readonly FoundRow[]): readonly FoundMessage[] {
  return rows.map((row) => ({ id: row.id, createdAtMs: row.created_at_ms, localKey: row.local_key }));
}
