import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { noon, received, signed } from '../../test/stores.ts';
import { availableDrivers, type DatabaseDriver, openDatabase } from '../database.ts';
import { openJournal } from './open-journal.ts';
import { migrations, schema, schemaVersion } from './schema.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egov-gateway-schema-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Brings a file to what the first version made of it. */
async function asSchema1(path: string, driver: DatabaseDriver): Promise<void> {
  const [first = []] = migrations;
  const database = await openDatabase(path, { driver });
  const queue = database.prepare('SELECT queue, local_key, due_at_ms FROM journal_queue').all();
  for (const sql of schema) {
    const table = /^CREATE TABLE (\w+)/.exec(sql)?.[1];
    if (table !== undefined && !first.includes(sql)) database.exec(`DROP TABLE ${table}`);
  }
  for (const sql of first) if (!schema.includes(sql)) database.exec(sql);
  for (const row of queue as { queue: string; local_key: string; due_at_ms: number }[]) {
    database
      .prepare('INSERT INTO journal_queue (queue, local_key, due_at_ms) VALUES (?, ?, ?)')
      .run(row.queue, row.local_key, row.due_at_ms);
  }
  database.exec('PRAGMA user_version = 1');
  database.close();
}

describe.each(await availableDrivers())('the schema with %s', (driver) => {
  const clock = { now: () => noon };

  test('is brought from version 1 to the newest, with all that waits, under the service of its message', async () => {
    const path = join(folder, `${driver.replace(':', '-')}.journal`);
    const before = await openJournal(path, { driver, clock });
    await before.commit({
      events: [signed('a', { serviceId: 'A' }), signed('b', { serviceId: 'B' })],
      enqueue: [
        { queue: 'outbox', localKey: 'a', dueAtMs: noon + 1 },
        { queue: 'outbox', localKey: 'b', dueAtMs: noon + 2 },
      ],
    });
    await before.append(received('r', { messageType: 'REQUEST' }));
    const messages = await before.find({});
    await before.close();
    await asSchema1(path, driver);

    const journal = await openJournal(path, { driver, clock });
    expect(await journal.verify()).toMatchObject({ intact: true, events: 3, messages: 3 });
    expect(await journal.find({})).toEqual(messages);
    expect(await journal.nextDueMs('outbox')).toBe(noon + 1);
    const options = { nowMs: noon + 2, limit: 9, leaseMs: 1000 };
    expect(await journal.take('outbox', { ...options, except: ['A'] })).toEqual(['b']);
    expect(await journal.take('outbox', options)).toEqual(['a']);
    expect(await journal.take('inbox', options)).toEqual(['r']);
    await journal.close();

    const database = await openDatabase(path, { driver });
    expect(database.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: schemaVersion });
    database.close();
  });
});
