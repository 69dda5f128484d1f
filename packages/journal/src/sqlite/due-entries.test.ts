import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { noon, signed } from '../../test/stores.ts';
import { availableDrivers, type Database, openDatabase, type SqlValue } from '../database.ts';
import { dueEntries } from './due-entries.ts';
import { openJournal } from './open-journal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egov-gateway-due-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Counts what is asked of a database and what it gives. */
function counted(database: Database) {
  const work = { statements: 0, rows: 0 };
  const asked = new Map<string, readonly SqlValue[]>();
  const counting: Database = {
    driver: database.driver,
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
    prepare(sql) {
      const statement = database.prepare(sql);
      const count = <T>(parameters: readonly SqlValue[], rows: T, given: number): T => {
        asked.set(sql, parameters);
        work.statements += 1;
        work.rows += given;
        return rows;
      };
      return {
        run: (...parameters) => statement.run(...parameters),
        get(...parameters) {
          const row = statement.get(...parameters);
          return count(parameters, row, row === undefined ? 0 : 1);
        },
        all(...parameters) {
          const rows = statement.all(...parameters);
          return count(parameters, rows, rows.length);
        },
      };
    },
  };
  return { work, asked, counting };
}

describe.each(await availableDrivers())('dueEntries with %s', (driver) => {
  /** A queue on which a service that is closed has `backlog` entries, all of them due before the one of another. */
  async function queueBehind(backlog: number): Promise<Database> {
    const path = join(folder, `${driver.replace(':', '-')}-${backlog}.journal`);
    const journal = await openJournal(path, { driver, clock: { now: () => noon } });
    const closed = Array.from({ length: backlog }, (_, index) => `closed-${index}`);
    await journal.commit({
      events: [
        ...closed.map((localKey) => signed(localKey, { serviceId: 'CLOSED' })),
        signed('open', { serviceId: 'OPEN' }),
      ],
      enqueue: [
        ...closed.map((localKey, index) => ({ queue: 'outbox', localKey, dueAtMs: noon + index }) as const),
        { queue: 'outbox', localKey: 'open', dueAtMs: noon + backlog },
      ],
    });
    await journal.close();
    return openDatabase(path, { driver });
  }

  test('does as much work behind five thousand entries of a closed service as behind five', async () => {
    const costs: unknown[] = [];
    for (const backlog of [5, 5_000]) {
      const database = await queueBehind(backlog);
      const { work, asked, counting } = counted(database);
      const due = dueEntries(counting, 'outbox', {
        untilMs: noon + backlog,
        limit: 10,
        except: ['CLOSED'],
      });
      expect(due).toEqual([{ local_key: 'open', due_at_ms: noon + backlog }]);
      // What SQLite reads for a row that it gives: each condition and the order are those of the index.
      const plans = [...asked].map(([sql, parameters]) =>
        (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]).map(
          ({ detail }) => detail,
        ),
      );
      database.close();
      expect(plans.flat()).toEqual(
        ['(queue=?)', '(queue=? AND service_id>?)', '(queue=? AND service_id=? AND due_at_ms<?)'].map(
          (conditions) => `SEARCH q USING COVERING INDEX journal_queue_due ${conditions}`,
        ),
      );
      costs.push(work);
    }
    // Two services are found, a third is looked for, and one of them is asked.
    expect(costs).toEqual([
      { statements: 4, rows: 3 },
      { statements: 4, rows: 3 },
    ]);
  });

  test('gives the longest due of all services, and of those that are due at once the first by key', async () => {
    const path = join(folder, `${driver.replace(':', '-')}-order.journal`);
    const journal = await openJournal(path, { driver, clock: { now: () => noon } });
    const entries = [
      ['c', 'B', 1],
      ['b', 'A', 1],
      ['a', 'B', 2],
      ['d', 'C', 0],
      ['e', 'A', 9],
    ] as const;
    await journal.commit({
      events: entries.map(([localKey, serviceId]) => signed(localKey, { serviceId })),
      enqueue: entries.map(([localKey, , due]) => ({ queue: 'outbox', localKey, dueAtMs: noon + due })),
    });
    const options = { nowMs: noon + 5, limit: 3, leaseMs: 10_000, except: ['nobody'] };
    expect(await journal.take('outbox', options)).toEqual(['d', 'b', 'c']);
    expect(await journal.take('outbox', options)).toEqual(['a']);
    expect(await journal.nextDueMs('outbox', { except: ['A'] })).toBe(noon + 10_005);
    expect(await journal.nextDueMs('outbox')).toBe(noon + 9);
    expect(await journal.nextDueMs('outbox', { except: ['A', 'B', 'C'] })).toBeUndefined();
    await journal.close();
  });
});
