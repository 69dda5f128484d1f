import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { JournalEvent, MessageJournal } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { availableDrivers, type Database, openDatabase } from '../database.ts';
import { openJournal } from './open-journal.ts';

const noon = Date.UTC(2026, 10, 20, 12);
const day = 86_400_000;
const subjectKey = new Uint8Array(32).fill(7);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egov-gateway-journal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function signed(localKey: string, more: Partial<JournalEvent> = {}): JournalEvent {
  const bytes = new TextEncoder().encode(`<m>${localKey}</m>`);
  return { localKey, kind: 'signed', serviceId: 'S', channel: 'async', atMs: noon, bytes, ...more };
}

describe.each(await availableDrivers())('openJournal with %s', (driver) => {
  let path: string;
  let files = 0;
  let nowMs = noon;
  const clock = { now: () => nowMs };
  const open: MessageJournal[] = [];
  const databases: Database[] = [];

  async function reopen(more: Parameters<typeof openJournal>[1] = {}): Promise<MessageJournal> {
    const journal = await openJournal(path, { driver, clock, subjectKey, ...more });
    open.push(journal);
    return journal;
  }

  /** Another connection, to look and to hurt. */
  async function connect(): Promise<Database> {
    const database = await openDatabase(path, { driver });
    databases.push(database);
    return database;
  }

  async function rows(sql: string): Promise<Record<string, unknown>[]> {
    return (await connect()).prepare(sql).all() as Record<string, unknown>[];
  }

  beforeEach(() => {
    files += 1;
    nowMs = noon;
    path = join(folder, `${driver.replace(':', '-')}-${files}.journal`);
  });
  afterEach(async () => {
    for (const database of databases.splice(0)) database.close();
    for (const journal of open.splice(0)) await journal.close();
  });

  test('keeps everything for the next process, with the same places and states', async () => {
    const first = await reopen();
    await first.commit({
      events: [
        signed('a'),
        { ...signed('a'), bytes: undefined, kind: 'sending', attempt: 1, untilMs: noon + 1 },
      ],
      enqueue: [{ queue: 'outbox', localKey: 'a', dueAtMs: noon }],
    });
    const message = await first.message('a');
    await first.close();
    const second = await reopen();
    expect(await second.message('a')).toEqual(message);
    expect(await second.take('outbox', { nowMs: noon, limit: 1, leaseMs: 1 })).toEqual(['a']);
    await second.append(signed('b'));
    expect((await second.feed(0)).map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  test('is durable and private: a write-ahead log, full synchronisation, a file for its owner only', async () => {
    const journal = await reopen();
    await journal.append(signed('a'));
    expect(await rows('PRAGMA journal_mode')).toMatchObject([{ journal_mode: 'wal' }]);
    expect(await rows('PRAGMA application_id')).toMatchObject([{ application_id: 0x4547574a }]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(`${path}-wal`)).mode & 0o777).toBe(0o600);
  });

  test('stores no IIN, and no bytes in the clear when it has a key', async () => {
    const encryption = { current: 'k1', keys: { k1: new Uint8Array(32).fill(1) } };
    const journal = await reopen({ encryption });
    await journal.append(signed('a', { subjects: ['001300900011'] }));
    await journal.close();
    const [stored] = await rows('SELECT stored FROM journal_event');
    expect(Buffer.from(stored?.['stored'] as Uint8Array).includes('<m>')).toBe(false);
    expect(JSON.stringify(await rows('SELECT * FROM journal_event'))).not.toContain('001300900011');
    expect(await rows('SELECT length(hash) AS length FROM journal_subject')).toMatchObject([{ length: 32 }]);

    const again = await reopen({ encryption });
    expect(Buffer.from((await again.bytes('a', 1)) ?? []).toString()).toBe('<m>a</m>');
    expect((await again.message('a'))?.events[0]?.byteLength).toBe(8);
    const blind = await reopen();
    expect(await codeOf(() => blind.bytes('a', 1))).toBe('ERR_JOURNAL_KEY');
    expect((await blind.message('a'))?.state).toBe('queued');
  });

  test.each<[string, unknown]>([
    ['encrypt', { encrypt: { current: 'a', keys: {} } }],
    ['subjectKeys', { subjectKeys: new Uint8Array(32) }],
    ['key', { encryption: { current: 'a', keys: { a: new Uint8Array(32) }, key: 'a' } }],
    ['create', { create: 'no' }],
    ['onSeal', { onSeal: 'log' }],
  ])('refuses the option %s, instead of working without it', async (name, options) => {
    const opened = openJournal(join(folder, 'never.journal'), options as never);
    await expect(opened).rejects.toThrow(TypeError);
    await expect(opened).rejects.toThrow(name);
  });

  test('refuses subjects without a key for them', async () => {
    const journal = await reopen({ subjectKey: undefined });
    expect(await codeOf(() => journal.append(signed('a', { subjects: ['001300900011'] })))).toBe(
      'ERR_JOURNAL_KEY',
    );
    expect(await codeOf(() => journal.find({ subject: '001300900011' }))).toBe('ERR_JOURNAL_KEY');
  });

  describe('group commit', () => {
    test('shares one transaction between the changes of one turn', async () => {
      const journal = await reopen({ clock });
      const watcher = await connect();
      const commits = async () =>
        (watcher.prepare('PRAGMA data_version').get() as { readonly data_version: number }).data_version;
      await journal.append(signed('warm-up'));
      const before = await commits();
      await Promise.all(Array.from({ length: 100 }, (_, i) => journal.append(signed(`k${i}`))));
      expect(await commits()).toBe(before + 1);
      expect((await journal.feed(0)).map(({ position }) => position)).toEqual(
        Array.from({ length: 101 }, (_, i) => i + 1),
      );
    });

    test('lets a change that fails hurt no other, and chains the others as if it had not been', async () => {
      const journal = await reopen();
      await journal.append(signed('a'));
      const outcomes = await Promise.allSettled([
        journal.append(signed('b')),
        journal.append(signed('a')),
        journal.commit({ events: [signed('c')], expect: [{ localKey: 'a', version: 7 }] }),
        journal.commit({
          events: [signed('d')],
          statements: [{ sql: 'INSERT INTO nowhere VALUES (1)', parameters: [] }],
        }),
        journal.append(signed('e')),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'rejected',
        'rejected',
        'fulfilled',
      ]);
      expect((await journal.feed(0)).map(({ localKey, position }) => [localKey, position])).toEqual([
        ['a', 1],
        ['b', 2],
        ['e', 3],
      ]);
    });
  });

  describe('statements of the application', () => {
    const insert = (id: number) => ({ sql: 'INSERT INTO contract (id) VALUES (?)', parameters: [id] });

    test('happen with the change, in tables of its own', async () => {
      const journal = await reopen();
      await journal.commit({
        events: [],
        statements: [
          { sql: 'CREATE TABLE contract (id INTEGER PRIMARY KEY) STRICT', parameters: [] },
          insert(1),
          { sql: 'INSERT INTO contract (id) VALUES (?) RETURNING id', parameters: [2] },
        ],
      });
      await journal.commit({ events: [signed('a')], statements: [insert(3)] });
      await journal.close();
      await reopen();
      expect(await rows('SELECT id FROM contract')).toMatchObject([{ id: 1 }, { id: 2 }, { id: 3 }]);
    });

    test('are undone with the change', async () => {
      const journal = await reopen();
      const create = { sql: 'CREATE TABLE contract (id INTEGER PRIMARY KEY) STRICT', parameters: [] };
      await journal.commit({ events: [], statements: [create, insert(1)] });
      const change = { events: [signed('a')], statements: [insert(2), insert(1)] };
      expect(await codeOf(() => journal.commit(change))).toBe('ERR_JOURNAL_STATEMENT');
      expect(await journal.message('a')).toBeUndefined();
      expect(await rows('SELECT id FROM contract')).toMatchObject([{ id: 1 }]);
    });

    test('cannot end the transaction by the way they fail', async () => {
      const journal = await reopen();
      const create = {
        sql: 'CREATE TABLE contract (id INTEGER PRIMARY KEY ON CONFLICT ROLLBACK) STRICT',
        parameters: [],
      };
      await journal.commit({ events: [], statements: [create, insert(1)] });
      const outcomes = await Promise.allSettled([
        journal.append(signed('a')),
        journal.commit({ events: [signed('b')], statements: [insert(2), insert(1), insert(3)] }),
        journal.append(signed('c')),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await journal.feed(0)).map(({ localKey }) => localKey)).toEqual(['a', 'c']);
      expect(await rows('SELECT id FROM contract')).toMatchObject([{ id: 1 }]);
    });

    test('take part in no change whose parameters cannot be stored', async () => {
      const journal = await reopen();
      const wrong = { sql: 'SELECT ?', parameters: [{} as unknown as string] };
      expect(await codeOf(() => journal.commit({ events: [signed('a')], statements: [wrong] }))).toBe(
        'ERR_JOURNAL_STATEMENT',
      );
      expect(await journal.message('a')).toBeUndefined();
    });
  });

  describe('days', () => {
    const segments = () => rows('SELECT DISTINCT day, writer FROM journal_event ORDER BY position');
    const sealed = () => rows('SELECT day FROM journal_manifest ORDER BY number');

    test('are sealed by the first event of a later one', async () => {
      const journal = await reopen();
      await journal.append(signed('a'));
      expect(await sealed()).toEqual([]);
      nowMs = noon + 2 * day;
      await journal.append(signed('b'));
      expect(await sealed()).toMatchObject([{ day: '2026-11-20' }]);
      expect((await segments()).map((row) => row['day'])).toEqual(['2026-11-20', '2026-11-22']);
    });

    test('that are sealed are never written again, whatever the clock says', async () => {
      const journal = await reopen();
      await journal.append(signed('a'));
      nowMs = noon + day;
      await journal.append(signed('b'));
      nowMs = noon - day;
      await journal.append(signed('c', { atMs: nowMs }));
      const other = await reopen();
      await other.append(signed('d', { atMs: nowMs }));
      expect((await segments()).map((row) => row['day'])).toEqual(['2026-11-20', '2026-11-21', '2026-11-21']);
      expect((await journal.message('c'))?.createdAtMs).toBe(noon - day);
      nowMs = noon + 2 * day;
      await Promise.all([journal.append(signed('e')), other.append(signed('f'))]);
      expect(await sealed()).toMatchObject([{ day: '2026-11-20' }, { day: '2026-11-21' }]);
    });

    test('have one segment for each writer', async () => {
      const [one, two] = [await reopen(), await reopen()];
      for (const key of ['a', 'b', 'c', 'd']) await (key < 'c' ? one : two).append(signed(key));
      await one.append(signed('e'));
      const writers = await rows('SELECT writer FROM journal_event ORDER BY position');
      expect(new Set(writers.map((row) => row['writer'])).size).toBe(2);
      expect(writers[4]).toEqual(writers[0]);
    });

    test('that a change sealed and did not reach stay open', async () => {
      const journal = await reopen();
      await journal.append(signed('a'));
      nowMs = noon + day;
      const outcomes = await Promise.allSettled([journal.append(signed('a')), journal.append(signed('b'))]);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
      expect(await codeOf(() => journal.append(signed('a')))).toBe('ERR_JOURNAL_STATE');
      expect(await sealed()).toMatchObject([{ day: '2026-11-20' }]);
    });
  });
});
