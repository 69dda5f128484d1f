import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  codeOf,
  journalEvent,
  journalKey,
  liveThrough,
  pollMessage,
  receiveReply,
} from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import {
  clock,
  closeAll,
  connect as connectTo,
  dayMs,
  folder,
  reopen as openAgain,
} from '../../test/daily-journal.ts';
import { verifyArchive } from '../archive/verify-archive.ts';
import { availableDrivers, type Database } from '../database.ts';
import type { FileJournal } from '../sqlite/sqlite-journal.ts';
import { verifyJournal } from '../verify-journal.ts';
import { beginDrop, dropSlice, finishDrop, forgetTraces } from './drop-day.ts';
import { beginOfDay, type DayPlace, type DropRule, isFinished } from './droppable-day.ts';

const day = '2026-11-20';
const rule: DropRule = { lastOldDay: day, finished: isFinished };
const digest = 'a'.repeat(64);

const stop = new Error('killed');

/** Options of a retention that ends after so many slices behind its first archive. */
function endingAfter(slices: number, options: { readonly keepDays: number; readonly folder: string }) {
  let left = Number.POSITIVE_INFINITY;
  const signal = {
    throwIfAborted() {
      if (left < 0) throw stop;
      left -= 1;
    },
  } as AbortSignal;
  const onArchive = () => {
    // It is asked once before the first of them.
    left = Math.min(left, slices);
  };
  return { ...options, signal, onArchive };
}

describe.each(await availableDrivers())('a day that is dropped, with %s', (driver) => {
  async function reopen(): Promise<FileJournal> {
    await closeAll();
    return openAgain({ driver });
  }

  const connect = (): Promise<Database> => connectTo({ driver });

  /** A sealed day of two writers: 5 events a message, 4 a poll; some messages are answered on the day after. */
  async function writeDay(messages: number): Promise<FileJournal> {
    let journal = await reopen();
    for (let number = 0; number < messages; number += 1) {
      if (number === messages / 2) journal = await reopen();
      const goesOn = number % 10 === 0;
      await liveThrough(journal, number, clock.nowMs, goesOn ? 'sent' : undefined);
      if (number % 5 === 0) await pollMessage(journal, number, clock.nowMs);
    }
    clock.nowMs += dayMs;
    for (let number = 0; number < messages; number += 10) await receiveReply(journal, number, clock.nowMs);
    clock.nowMs += 2 * dayMs;
    await liveThrough(journal, 400, clock.nowMs);
    return journal;
  }

  /** How many messages of the day are there; each as a whole. */
  async function wholeMessages(journal: FileJournal, messages: number): Promise<number> {
    let count = 0;
    for (let number = 0; number < messages; number += 1) {
      const message = await journal.message(journalKey(number));
      if (message === undefined) continue;
      expect(message.state).toBe('answered');
      expect(message.events).toHaveLength(4);
      expect(await journal.bytes(journalKey(number), 1)).toBeDefined();
      count += 1;
    }
    return count;
  }

  test('may be left at any transaction: the journal verifies, its archive is whole, and the next run finishes', async () => {
    const messages = 80;
    let journal = await writeDay(messages);
    const heads = await journal.heads();
    const seen: number[] = [];
    let failure: unknown;
    do {
      // The first run begins to drop, each of the others does one slice.
      const options = endingAfter(seen.length === 0 ? 0 : 1, { keepDays: 1, folder });
      failure = await journal.retain(options).catch((error: unknown) => error);
      journal = await reopen();
      expect(await journal.verify({ heads: [heads] })).toMatchObject({ intact: true });
      expect((await verifyArchive(join(folder, `${day}.egwj`))).intact).toBe(true);
      seen.push(await wholeMessages(journal, messages));
    } while (failure === stop && seen.length < 20);
    expect(failure).toMatchObject({ dropped: [{ day: '2026-11-21' }] });
    expect(seen[0]).toBe(messages);
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect(new Set(seen).size).toBeGreaterThan(4);
    expect(seen.at(-1)).toBe(0);
    expect((await readdir(folder)).sort()).toEqual([`${day}.egwj`, '2026-11-21.egwj']);
    expect(await journal.verify({ heads: [heads] })).toMatchObject({ intact: true, droppedDays: 2 });
    const database = await connect();
    for (const table of ['journal_dropping', 'journal_gone', 'journal_split']) {
      expect(database.prepare(`SELECT * FROM ${table}`).all()).toEqual([]);
    }
  });

  test('goes in slices of bounded size, each of which verifies', async () => {
    await writeDay(20);
    const database = await connect();
    const count = (what: string, table: string) =>
      Number((database.prepare(`SELECT ${what} AS found FROM ${table}`).get() as { found: number }).found);
    beginDrop(database, { day, sha256: digest });
    const size = { events: 12, bytes: 200 };
    const seen: { events: number; bytes: number }[] = [];
    for (let after: DayPlace | undefined = beginOfDay; after !== undefined; ) {
      const events = count('count(*)', 'journal_event');
      const bytes = count('total(stored_length)', 'journal_event');
      const slice = dropSlice(database, day, { after, rule: { ...rule, lastOldDay: '2026-11-21' }, size });
      expect(slice.held).toBeUndefined();
      after = slice.next;
      seen.push({
        events: events - count('count(*)', 'journal_event'),
        bytes: bytes - count('total(stored_length)', 'journal_event'),
      });
      expect(await verifyJournal(database)).toMatchObject({ intact: true });
    }
    // The last message of a slice may be over its end: 4 events and some sixty octets.
    expect(Math.max(...seen.map(({ events }) => events))).toBeLessThan(16);
    expect(Math.max(...seen.map(({ bytes }) => bytes))).toBeLessThan(270);
    expect(seen.reduce((sum, { events }) => sum + events, 0)).toBe(count('count(*)', 'journal_gone'));
    expect(finishDrop(database, { day, sha256: digest })).toBe(true);
    expect(await verifyJournal(database)).toMatchObject({ intact: true, droppedDays: 1 });
    expect(forgetTraces(database)).toBe(false);
    expect(count('count(*)', 'journal_gone')).toBe(0);
    expect(await verifyJournal(database)).toMatchObject({ intact: true, droppedDays: 1 });
  });

  test('is not finished while something of it is left', async () => {
    await writeDay(4);
    const database = await connect();
    beginDrop(database, { day, sha256: digest });
    expect(finishDrop(database, { day, sha256: digest })).toBe(false);
  });

  /** A journal whose first day is gone in part. */
  async function dropHalf(messages = 16): Promise<Database> {
    await writeDay(messages);
    const database = await connect();
    beginDrop(database, { day, sha256: digest });
    const size = { events: 30, bytes: 1_000_000 };
    dropSlice(database, day, { after: beginOfDay, rule: { ...rule, lastOldDay: '2026-11-21' }, size });
    expect((await verifyJournal(database)).intact).toBe(true);
    return database;
  }

  test.each([
    [
      'takes a trace away',
      'DELETE FROM journal_gone WHERE position = (SELECT min(position) FROM journal_gone)',
    ],
    ['adds a trace', `INSERT INTO journal_gone SELECT 9999, day, writer, hash FROM journal_gone LIMIT 1`],
    [
      'changes the trace before an event that is here',
      `UPDATE journal_gone SET hash = zeroblob(32) WHERE position IN
         (SELECT e.position - 1 FROM journal_event AS e WHERE e.day = '${day}')`,
    ],
    ['counts other traces', 'UPDATE journal_dropping SET events = events + 1'],
    ['names another archive', `UPDATE journal_dropping SET archive_sha256 = '${'b'.repeat(64)}'`],
    ['forgets that the day is being dropped', 'DELETE FROM journal_dropping'],
    ['has another day dropped', `INSERT INTO journal_dropping VALUES ('2026-11-21', '${digest}', 0)`],
    [
      'has a day dropped that is not sealed',
      `INSERT INTO journal_dropping VALUES ('2026-11-22', '${digest}', 0)`,
    ],
    [
      'removes an event of what is left',
      `DELETE FROM journal_event WHERE position = (SELECT max(position) FROM journal_event WHERE day = '${day}')`,
    ],
    [
      'makes a trace of an event of another day',
      `INSERT INTO journal_gone SELECT position, day, writer, hash FROM journal_event WHERE day = '2026-11-21' LIMIT 1`,
    ],
  ])('shows when somebody %s', async (_, sql) => {
    const database = await dropHalf();
    database.exec(sql);
    expect((await verifyJournal(database)).intact).toBe(false);
  });

  test('keeps a message that comes to life again, and goes with it later', async () => {
    let journal = await writeDay(60);
    await expect(journal.retain(endingAfter(1, { keepDays: 1, folder }))).rejects.toBe(stop);
    journal = await reopen();
    const left = await wholeMessages(journal, 60);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(60);
    // The gateway sends a message of that day once more, and it is to be confirmed.
    const here = await Promise.all(
      [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55].map(async (number) =>
        (await journal.message(journalKey(800 + number))) === undefined ? [] : [number],
      ),
    );
    const number = here.flat().at(-1) ?? -1;
    const localKey = journalKey(800 + number);
    const receipt = await journal.commit({
      events: [
        journalEvent(0, 'received', {
          localKey: journalKey(999),
          direction: 'in',
          messageType: 'REQUEST',
          messageId: `p-${number}`,
          correlationId: `pc-${number}`,
          contentHash: 'abc',
          atMs: clock.nowMs,
        }),
      ],
      enqueue: [{ queue: 'confirmations', localKey: journalKey(999), dueAtMs: clock.nowMs }],
    });
    expect(receipt.receptions).toMatchObject([{ localKey, reception: 'repeated' }]);
    const report = await journal.retain({ keepDays: 1, folder });
    expect(report).toMatchObject({
      dropped: [{ day: '2026-11-21' }],
      kept: [{ day, reason: 'queued', localKey }],
    });
    expect(await wholeMessages(journal, 60)).toBe(0);
    expect((await journal.message(localKey))?.events.length).toBe(4);
    // With the container that it came in.
    expect(await journal.message(journalKey(700 + number))).toBeDefined();
    expect(await journal.verify()).toMatchObject({ intact: true, droppedDays: 1 });
    await journal.commit({
      events: [journalEvent(0, 'confirmed', { localKey, direction: 'in', atMs: clock.nowMs })],
      dequeue: [{ queue: 'confirmations', localKey }],
    });
    clock.nowMs += dayMs;
    expect((await journal.retain({ keepDays: 0, folder })).kept).toEqual([]);
    expect(await journal.message(localKey)).toBeUndefined();
    expect(await journal.verify()).toMatchObject({ intact: true, events: 0, droppedDays: 3 });
  });

  test('is not finished without its archive, nor archived again', async () => {
    let journal = await writeDay(60);
    await expect(journal.retain(endingAfter(1, { keepDays: 1, folder }))).rejects.toBe(stop);
    journal = await reopen();
    const archive = join(folder, `${day}.egwj`);
    await rename(archive, `${archive}.away`);
    expect(await codeOf(() => journal.retain({ keepDays: 1, folder }))).toBe('ERR_JOURNAL_NOT_FOUND');
    expect(await codeOf(() => journal.archive({ folder, days: [day] }))).toBe('ERR_JOURNAL_NOT_FOUND');
    expect((await journal.archive({ folder })).map((written) => written.day)).toEqual(['2026-11-21']);
    await writeFile(archive, 'mine');
    expect(await codeOf(() => journal.retain({ keepDays: 1, folder }))).toBe('ERR_JOURNAL_ARCHIVE');
    await rename(`${archive}.away`, archive);
    const { dropped } = await journal.retain({ keepDays: 1, folder });
    expect(dropped).toMatchObject([{ day, path: archive, existed: true }, { existed: true }]);
    expect((await journal.verify()).intact).toBe(true);
  });
});
