/** What goes wrong with files: each a clear error, nothing lost, and the journal usable as soon as the cause is gone. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, open as openForWriting, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { JournalError, type JournalEvent, type MessageJournal } from '@egov-gateway/core';
import { codeOf, failureOf } from '@egov-gateway/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { createContentHasher } from '../content-hash.ts';
import { availableDrivers, type Database, openDatabase } from '../database.ts';
import { createByteCipher } from '../encryption.ts';
import { FileIntegrity } from '../journal-integrity.ts';
import { createSubjectHasher } from '../subject-hash.ts';
import { EventWriter } from './event-writer.ts';
import { JournalAccess } from './journal-access.ts';
import { openFile } from './open-file.ts';
import { openJournal } from './open-journal.ts';
import { schemaVersion } from './schema.ts';
import { SqliteJournal } from './sqlite-journal.ts';

const noon = Date.UTC(2026, 10, 20, 12);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egov-gateway-journal-'));
  // Readable for the user that the tests of permissions turn into.
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function signed(localKey: string, more: Partial<JournalEvent> = {}): JournalEvent {
  return { localKey, kind: 'signed', serviceId: 'S', channel: 'async', atMs: noon, ...more };
}

/** Without the rights of root, which no permission stops. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe.each(await availableDrivers())('the journal with %s', (driver) => {
  let path: string;
  let files = 0;
  const open: { close(): unknown }[] = [];
  beforeEach(() => {
    files += 1;
    path = join(folder, `${driver.replace(':', '-')}-${files}.journal`);
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  async function start(lockTimeoutMs = 20): Promise<MessageJournal> {
    const journal = await openJournal(path, { driver, lockTimeoutMs });
    open.push(journal);
    return journal;
  }

  async function connect(): Promise<Database> {
    const database = await openDatabase(path, { driver });
    open.push(database);
    return database;
  }

  /** A closed journal with `count` messages. */
  async function made(count: number): Promise<void> {
    const journal = await openJournal(path, { driver });
    const bytes = new Uint8Array(500).fill(97);
    await Promise.all(Array.from({ length: count }, (_, i) => journal.append(signed(`k${i}`, { bytes }))));
    await journal.close();
  }

  test('is full: the change is refused, the ones beside it are not, and it goes on when there is space', async () => {
    const database = await openFile(path, { driver, lockTimeoutMs: 20, create: true });
    const cipher = createByteCipher();
    const now = () => noon;
    const writer = new EventWriter({ database, cipher, now, writer: randomUUID() });
    const access = new JournalAccess({ database, writer, cipher, now, lockTimeoutMs: 20 });
    const integrity = new FileIntegrity(access, () => openDatabase(path, { driver }));
    const journal = new SqliteJournal(access, createSubjectHasher(), createContentHasher(), integrity);
    open.push(journal);
    await journal.append(signed('a'));
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
    database.exec(`PRAGMA max_page_count = ${pages + 5}`);

    const big = new Uint8Array(200_000);
    const outcomes = await Promise.allSettled([
      journal.append(signed('b')),
      journal.append(signed('c', { bytes: big })),
      journal.append(signed('d')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await failureOf(journal.append(signed('c', { bytes: big })))).toEqual({
      code: 'ERR_JOURNAL_FULL',
      delivery: 'not-sent',
    });
    expect((await journal.feed(0)).map(({ localKey }) => localKey)).toEqual(['a', 'b', 'd']);
    database.exec('PRAGMA max_page_count = 1000000');
    await journal.append(signed('c', { bytes: big }));
    expect((await journal.bytes('c', 1))?.byteLength).toBe(200_000);
  });

  describe('that is locked', () => {
    test('leaves the event loop free, and is refused when its time is over', async () => {
      const journal = await start();
      const other = await connect();
      other.exec('BEGIN IMMEDIATE');
      let turns = 0;
      const count = setInterval(() => {
        turns += 1;
      }, 1);
      const outcomes = await Promise.allSettled([journal.append(signed('a')), journal.append(signed('b'))]);
      clearInterval(count);
      expect(turns).toBeGreaterThan(2);
      expect(outcomes.map((one) => one.status === 'rejected' && one.reason.code)).toEqual([
        'ERR_JOURNAL_LOCKED',
        'ERR_JOURNAL_LOCKED',
      ]);
      other.exec('ROLLBACK');
      await journal.append(signed('a'));
    });

    test('waits for the other process', async () => {
      const journal = await start(20_000);
      const other = await connect();
      other.exec('BEGIN IMMEDIATE');
      const appended = journal.append(signed('a'));
      expect(await journal.message('a')).toBeUndefined();
      other.exec('ROLLBACK');
      await appended;
      expect((await journal.message('a'))?.state).toBe('queued');
    });

    test('finishes what it was asked for before it closes', async () => {
      const journal = await start(20_000);
      const other = await connect();
      other.exec('BEGIN IMMEDIATE');
      const appended = journal.append(signed('a'));
      const closed = journal.close();
      other.exec('ROLLBACK');
      await Promise.all([appended, closed]);
      expect(await (await start()).message('a')).toBeDefined();
    });

    test('cannot be made meanwhile', async () => {
      const other = await connect();
      other.exec('BEGIN EXCLUSIVE');
      expect(await codeOf(() => start())).toBe('ERR_JOURNAL_LOCKED');
      other.exec('ROLLBACK');
      await start();
    });

    test('is shared by several that write at the same time', async () => {
      const journals = [await start(20_000), await start(20_000), await start(20_000)];
      await Promise.all(
        journals.flatMap((journal, n) =>
          Array.from({ length: 20 }, (_, i) => journal.append(signed(`${n}.${i}`))),
        ),
      );
      expect((await journals[0]?.feed(0))?.map(({ position }) => position)).toEqual(
        Array.from({ length: 60 }, (_, i) => i + 1),
      );
    });
  });

  describe('that may only be read', () => {
    test('is refused when something is written, and can be looked at', async () => {
      await made(1);
      await chmod(path, 0o444);
      await asNobody(async () => {
        const outcome = await openJournal(path, { driver, lockTimeoutMs: 20 }).catch((error) => error);
        if (outcome instanceof Error) {
          expect(['ERR_JOURNAL_READ_ONLY', 'ERR_JOURNAL_OPEN']).toContain((outcome as JournalError).code);
          return;
        }
        expect((await outcome.message('k0'))?.state).toBe('queued');
        expect(await codeOf(() => outcome.append(signed('a')))).toBe('ERR_JOURNAL_READ_ONLY');
        await outcome.close();
      });
    });

    test('cannot be made in a folder that may not be written', async () => {
      const closed = await mkdtemp(join(folder, 'closed-'));
      await chmod(closed, 0o555);
      path = join(closed, 'x.journal');
      expect(await asNobody(() => codeOf(() => start()))).toBe('ERR_JOURNAL_OPEN');
    });
  });

  describe('that is damaged', () => {
    test('is refused when the file is something else', async () => {
      await writeFile(path, 'this is not a database, it is a text of some length. '.repeat(100));
      expect(await codeOf(() => start())).toBe('ERR_JOURNAL_DAMAGED');
    });

    test('is refused when its pages were overwritten, and leaves the process up', async () => {
      await made(200);
      const file = await readFile(path);
      file.fill(0xa5, 4096, file.byteLength - 4096);
      await writeFile(path, file);
      const code = await codeOf(async () => {
        const journal = await start();
        await journal.append(signed('a'));
      });
      expect(code).toBe('ERR_JOURNAL_DAMAGED');
    });

    test('is refused when its end is missing', async () => {
      await made(200);
      const file = await openForWriting(path, 'r+');
      await file.truncate(8192);
      await file.close();
      const code = await codeOf(async () => {
        const journal = await start();
        await journal.find({});
        await journal.append(signed('a'));
      });
      expect(code).toBe('ERR_JOURNAL_DAMAGED');
    });
  });

  describe('that is not ours', () => {
    test('is refused when its schema is newer', async () => {
      await made(1);
      (await connect()).exec(`PRAGMA user_version = ${schemaVersion + 1}`);
      const error = await start().catch((reason) => reason);
      expect(error).toBeInstanceOf(JournalError);
      expect(error.code).toBe('ERR_JOURNAL_SCHEMA');
      expect(error.message).toContain(`schema ${schemaVersion + 1}`);
    });

    test.each([
      ['has tables', 'CREATE TABLE contract (id)'],
      ['has a version', 'PRAGMA user_version = 1'],
      ['belongs to another program', 'PRAGMA application_id = 7'],
    ])('is refused when the database %s', async (_name, sql) => {
      (await connect()).exec(sql);
      expect(await codeOf(() => start())).toBe('ERR_JOURNAL_OPEN');
    });

    test('is not made when that was not asked for', async () => {
      expect(await codeOf(() => openJournal(path, { driver, create: false }))).toBe('ERR_JOURNAL_OPEN');
      path = join(folder, 'nowhere', 'x.journal');
      expect(await codeOf(() => start())).toBe('ERR_JOURNAL_OPEN');
      path = folder;
      expect(await codeOf(() => start())).toBe('ERR_JOURNAL_OPEN');
    });
  });

  test.each([
    ['an empty path', '', {}],
    ['a wait that is none', 'x', { lockTimeoutMs: Number.NaN }],
    ['a driver that is none', 'x', { driver: 'sqlite' as 'libsql' }],
  ])('refuses %s', async (_name, wrong, options) => {
    await expect(openJournal(wrong && join(folder, 'wrong.journal'), { driver, ...options })).rejects.toThrow(
      TypeError,
    );
  });
});
