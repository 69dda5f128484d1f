/**
 * What is due on a queue. The index has the services one after the other, each with its longest due entry first: a
 * service that must wait costs one leap, however much of it waits.
 *
 * @module
 */
import type { QueueName } from '@egov-gateway/core';

import type { Database } from '../database.ts';

/** An entry of a queue. */
export interface DueEntry {
  readonly local_key: string;
  readonly due_at_ms: number;
}

/** Services that have entries on a queue: a look at the index for each of them. */
export function queuedServices(database: Database, queue: QueueName): readonly string[] {
  const first = database.prepare(
    `SELECT q.service_id FROM journal_queue AS q INDEXED BY journal_queue_due
     WHERE q.queue = ? ORDER BY q.service_id LIMIT 1`,
  );
  const next = database.prepare(
    `SELECT q.service_id FROM journal_queue AS q INDEXED BY journal_queue_due
     WHERE q.queue = ? AND q.service_id > ? ORDER BY q.service_id LIMIT 1`,
  );
  const services: string[] = [];
  for (
    let row = first.get(queue) as ServiceRow | undefined;
    row !== undefined;
    row = next.get(queue, row.service_id) as ServiceRow | undefined
  ) {
    services.push(row.service_id);
  }
  return services;
}

interface ServiceRow {
  readonly service_id: string;
}

/** Up to `limit` entries that are due at or before an instant, the longest due first. */
export function dueEntries(
  database: Database,
  queue: QueueName,
  {
    untilMs,
    limit,
    except,
  }: {
    readonly untilMs: number;
    readonly limit: number;
    /** Services whose entries stay where they are. */
    readonly except: readonly string[];
  },
): readonly DueEntry[] {
  const closed = new Set(except);
  const ofService = database.prepare(
    `SELECT q.local_key, q.due_at_ms FROM journal_queue AS q INDEXED BY journal_queue_due
     WHERE q.queue = ? AND q.service_id = ? AND q.due_at_ms <= ?
     ORDER BY q.due_at_ms, q.local_key LIMIT ?`,
  );
  return queuedServices(database, queue)
    .filter((serviceId) => !closed.has(serviceId))
    .flatMap((serviceId) => ofService.all(queue, serviceId, untilMs, limit) as DueEntry[])
    .sort((a, b) => a.due_at_ms - b.due_at_ms || (a.local_key < b.local_key ? -1 : 1))
    .slice(0, limit);
}
