import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { codeOf, journalEvent, journalKey, liveThrough, receiveReply } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { change, clock, dayMs, firstDay, folder, fourDays, path, reopen } from '../../test/daily-journal.ts';
import { verifyArchives } from '../archive/verify-archive.ts';
import { openDatabase } from '../database.ts';
import type { FileJournal } from '../sqlite/sqlite-journal.ts';

async function count(table: string): Promise<number> {
  const database = await openDatabase(path);
  try {
    return (database.prepare(`SELECT count(*) AS count FROM ${table}`).get() as { count: number }).count;
  } finally {
    database.close();
  }
}

describe('retain', () => {
  test('archives and drops old days; the rest verifies, and manifests remember', async () => {
    const journal = await reopen();
    await fourDays(journal);
    const before = await journal.heads();
    const report = await journal.retain({ keepDays: 1, folder });
    expect(report).toMatchObject({ dropped: [{ day: '2026-11-20' }, { day: '2026-11-21' }], kept: [] });
    expect(await readdir(folder)).toEqual(['2026-11-20.egwj', '2026-11-21.egwj']);
    expect(await journal.message(journalKey(0))).toBeUndefined();
    expect((await journal.message(journalKey(2)))?.state).toBe('answered');
    expect(await journal.verify({ heads: [before] })).toMatchObject({
      intact: true,
      manifests: 3,
      droppedDays: 2,
    });
    clock.nowMs += dayMs;
    await liveThrough(journal, 9, clock.nowMs);
    expect((await journal.heads()).manifest?.number).toBe(4);
    expect((await journal.verify({ heads: [before] })).intact).toBe(true);
    const [, ...later] = await journal.archive({ folder });
    expect(later.map(({ day }) => day)).toEqual(['2026-11-23']);
    const all = (await readdir(folder)).sort().map((name) => join(folder, name));
    expect((await verifyArchives(all, { from: 'beginning' })).intact).toBe(true);
  });

  test('leaves nothing of a dropped message: index, subjects, bytes, and the octets in the file', async () => {
    const journal = await reopen();
    await liveThrough(journal, 1, clock.nowMs);
    clock.nowMs += dayMs;
    await liveThrough(journal, 2, clock.nowMs);
    expect(await count('journal_message_subject')).toBe(4);
    await journal.retain({ keepDays: 0, folder });
    expect(await count('journal_message_subject')).toBe(2);
    expect(await count('journal_subject')).toBe(2);
    expect(await count('journal_event WHERE stored IS NOT NULL')).toBe(3);
    expect(await count('journal_message')).toBe(2);
    expect((await journal.find({ subject: '001300900011' })).messages).toHaveLength(1);
    await journal.close();
    const octets = await readFile(path);
    expect(octets.includes('<request>2</request>')).toBe(true);
    expect(octets.includes('<request>1</request>')).toBe(false);
  });

  test.each<[string, (journal: FileJournal) => Promise<void>, string]>([
    ['that waits to be sent', (journal) => liveThrough(journal, 7, clock.nowMs, 'queued'), 'unfinished'],
    ['that waits for its answer', (journal) => liveThrough(journal, 7, clock.nowMs, 'sent'), 'unfinished'],
    [
      'in doubt',
      async (journal) => {
        const localKey = journalKey(7);
        await liveThrough(journal, 7, clock.nowMs, 'queued');
        await journal.commit({
          events: [
            journalEvent(7, 'sending', { attempt: 1, untilMs: clock.nowMs + 1 }),
            journalEvent(7, 'doubted', { code: 'ERR_SEND_TIMEOUT' }),
          ],
          dequeue: [{ queue: 'outbox', localKey }],
        });
      },
      'unfinished',
    ],
    [
      'of a chain that is not known',
      (journal) =>
        journal.append(
          journalEvent(7, 'received', {
            direction: 'in',
            messageType: 'RESPONSE',
            messageId: 'x',
            correlationId: 'y',
          }),
        ),
      'unfinished',
    ],
    [
      'that is on a queue',
      async (journal) => {
        await liveThrough(journal, 7, clock.nowMs);
        await journal.commit({
          events: [],
          enqueue: [{ queue: 'outbox', localKey: journalKey(7), dueAtMs: 1 }],
        });
      },
      'queued',
    ],
  ])('keeps the day of a message %s, and says which', async (_, live, reason) => {
    const journal = await reopen();
    await fourDays(journal);
    clock.nowMs += dayMs;
    await live(journal);
    clock.nowMs += dayMs;
    await liveThrough(journal, 8, clock.nowMs);
    const report = await journal.retain({ keepDays: 0, folder });
    expect(report.kept).toEqual([{ day: '2026-11-24', reason, localKey: journalKey(7) }]);
    expect(report.dropped).toHaveLength(4);
    expect(await readdir(folder)).toHaveLength(4);
    expect((await journal.verify()).intact).toBe(true);
  });

  /** Every night a message is sent before midnight and answered after it. */
  async function everyNight(journal: FileJournal, nights: number): Promise<void> {
    for (let night = 0; night < nights; night += 1) {
      clock.nowMs = firstDay + (night + 1) * dayMs - 60_000;
      await liveThrough(journal, night, clock.nowMs, 'sent');
      clock.nowMs += 120_000;
      await receiveReply(journal, night, clock.nowMs);
    }
  }

  test('drops days of a journal in steady use, where each night a message goes over midnight', async () => {
    const journal = await reopen();
    await everyNight(journal, 12);
    const report = await journal.retain({ keepDays: 3, folder });
    expect(report.dropped.map(({ day }) => day)).toEqual(
      Array.from({ length: 8 }, (_, day) => `2026-11-${20 + day}`),
    );
    // Its message went on to a day that is kept.
    expect(report.kept).toEqual([{ day: '2026-11-28', reason: 'connected', localKey: journalKey(8) }]);
    expect(await journal.verify()).toMatchObject({ intact: true, droppedDays: 8 });
    // What is split is gone as a whole …
    expect(await journal.message(journalKey(7))).toBeUndefined();
    expect((await journal.find({ messageId: 'm-7' })).messages).toEqual([]);
    expect((await journal.feed(0)).some(({ localKey }) => localKey === journalKey(7))).toBe(false);
    expect((await journal.message(journalKey(8)))?.state).toBe('answered');
    expect(await codeOf(() => liveThrough(journal, 7, clock.nowMs, 'queued'))).toBe('ERR_JOURNAL_STATE');
    // … and its last events with their day.
    expect(await count('journal_split')).toBe(1);
    clock.nowMs += 30 * dayMs;
    await liveThrough(journal, 99, clock.nowMs);
    expect((await journal.retain({ keepDays: 0, folder })).kept).toEqual([]);
    expect(await count('journal_split')).toBe(0);
    expect(await count('journal_subject')).toBe(2);
    expect(await count('journal_message_subject')).toBe(2);
    expect((await journal.verify()).intact).toBe(true);
    const all = (await readdir(folder)).sort().map((name) => join(folder, name));
    expect((await verifyArchives(all, { from: 'beginning' })).intact).toBe(true);
  });

  test('keeps the day of a message that is not finished, and no other', async () => {
    const journal = await reopen();
    clock.nowMs = firstDay + dayMs - 60_000;
    await liveThrough(journal, 50, clock.nowMs, 'sent');
    await everyNight(journal, 4);
    clock.nowMs += dayMs;
    await liveThrough(journal, 51, clock.nowMs);
    const report = await journal.retain({ keepDays: 0, folder });
    expect(report.kept).toEqual([{ day: '2026-11-20', reason: 'unfinished', localKey: journalKey(50) }]);
    expect(report.dropped).toHaveLength(4);
    // Its first events are here, its last ones are not.
    expect(await journal.message(journalKey(0))).toBeUndefined();
    expect((await journal.message(journalKey(50)))?.state).toBe('sent');
    expect(await journal.verify()).toMatchObject({ intact: true, droppedDays: 4 });
    await receiveReply(journal, 50, clock.nowMs);
    clock.nowMs += dayMs;
    expect((await journal.retain({ keepDays: 0, folder })).dropped).toHaveLength(2);
    expect(await journal.verify()).toMatchObject({ intact: true, events: 0 });
  });

  test.each([
    ['somebody takes a message for one that went', `INSERT INTO journal_split VALUES ('${journalKey(3)}')`],
    [
      'somebody takes a message for one that went, and out of the index',
      `INSERT INTO journal_split VALUES ('${journalKey(3)}');
       DELETE FROM journal_message_subject; DELETE FROM journal_message`,
    ],
    ['somebody forgets what went', 'DELETE FROM journal_split'],
    [
      'somebody changes an event of what went',
      `UPDATE journal_event SET code = 'x' WHERE local_key = '${journalKey(2)}'`,
    ],
    [
      'somebody removes an event of what went',
      `DELETE FROM journal_event WHERE local_key = '${journalKey(2)}'`,
    ],
  ])('%s: that shows', async (_, sql) => {
    const journal = await reopen();
    await everyNight(journal, 4);
    await journal.retain({ keepDays: 0, folder });
    expect(await count('journal_split')).toBe(1);
    expect((await journal.verify()).intact).toBe(true);
    await change(sql);
    expect((await journal.verify()).intact).toBe(false);
  });

  test('drops days that messages connect together, when the last of them is old enough', async () => {
    const journal = await reopen();
    await liveThrough(journal, 1, clock.nowMs, 'sent');
    clock.nowMs += dayMs;
    await receiveReply(journal, 1, clock.nowMs);
    clock.nowMs += dayMs;
    expect(await journal.retain({ keepDays: 1, folder })).toMatchObject({
      dropped: [],
      kept: [{ day: '2026-11-20', reason: 'connected' }],
    });
    expect((await journal.retain({ keepDays: 0, folder })).dropped).toHaveLength(2);
    expect(await journal.verify()).toMatchObject({ intact: true, events: 0, droppedDays: 2 });
  });

  test('takes the word of the application for what is finished', async () => {
    const journal = await reopen();
    await liveThrough(journal, 1, clock.nowMs, 'sent');
    clock.nowMs += dayMs;
    const finished = ({ state }: { readonly state: string }) => state === 'sent';
    expect((await journal.retain({ keepDays: 0, folder, finished })).dropped).toHaveLength(1);
  });

  test('finishes an answer of ours with its acceptance', async () => {
    const journal = await reopen();
    const answer = { messageType: 'RESPONSE', correlationId: 'c' } as const;
    await journal.commit({
      events: [
        journalEvent(1, 'signed', answer),
        journalEvent(1, 'sending', { attempt: 1, untilMs: 1 }),
        journalEvent(1, 'answered', { messageId: 'm', delivery: 'answered' }),
      ],
    });
    clock.nowMs += dayMs;
    expect((await journal.retain({ keepDays: 0, folder })).dropped).toHaveLength(1);
  });

  test('only tells with dryRun', async () => {
    const journal = await reopen();
    await fourDays(journal);
    const report = await journal.retain({ keepDays: 1, folder, dryRun: true });
    expect(report).toEqual({ dropped: [], droppable: ['2026-11-20', '2026-11-21'], kept: [] });
    expect(await readdir(folder)).toEqual([]);
    expect(await count('journal_dropped')).toBe(0);
  });

  test('drops nothing when the archive cannot be put in place', async () => {
    const journal = await reopen();
    await fourDays(journal);
    await writeFile(join(folder, '2026-11-20.egwj'), 'mine');
    expect(await codeOf(() => journal.retain({ keepDays: 0, folder }))).toBe('ERR_JOURNAL_ARCHIVE');
    expect(await codeOf(() => journal.retain({ keepDays: 0, folder: join(folder, 'no') }))).toBe(
      'ERR_JOURNAL_NOT_FOUND',
    );
    expect(await count('journal_dropped')).toBe(0);
    expect(await readFile(join(folder, '2026-11-20.egwj'), 'utf8')).toBe('mine');
  });

  test('drops nothing of a journal that does not fit its hashes', async () => {
    const journal = await reopen();
    await fourDays(journal);
    await change('UPDATE journal_event SET at_ms = 1 WHERE position = 3');
    expect(await codeOf(() => journal.retain({ keepDays: 0, folder }))).toBe('ERR_JOURNAL_CHAIN');
    expect(await count('journal_dropped')).toBe(0);
  });

  test('after a crash between archive and deletion, running it again finishes', async () => {
    const journal = await reopen();
    await fourDays(journal);
    const abort = new AbortController();
    const stop = new RangeError('killed');
    const options = { keepDays: 1, folder, signal: abort.signal, onArchive: () => abort.abort(stop) };
    await expect(journal.retain(options)).rejects.toBe(stop);
    expect(await readdir(folder)).toEqual(['2026-11-20.egwj']);
    expect((await journal.verify()).intact).toBe(true);
    // As a crash leaves it: the database as it was, an archive in place, another one half written.
    await writeFile(join(folder, '.2026-11-21.egwj.x.tmp'), 'half');
    const report = await journal.retain({ keepDays: 1, folder });
    expect(report.dropped.map(({ existed }) => existed)).toEqual([true, false]);
    expect((await journal.verify()).intact).toBe(true);
  });

  test('a message that goes on while its day is archived stays', async () => {
    const journal = await reopen();
    await fourDays(journal);
    let going: Promise<void> | undefined;
    const report = await journal.retain({
      keepDays: 2,
      folder,
      onArchive: () => {
        going = journal.append(journalEvent(0, 'status', { deliveryState: 'DELIVERED', atMs: clock.nowMs }));
      },
    });
    await going;
    expect(report).toMatchObject({ dropped: [], kept: [{ day: '2026-11-20', reason: 'connected' }] });
    expect((await journal.message(journalKey(0)))?.state).toBe('answered');
    expect((await journal.verify()).intact).toBe(true);
  });

  test('a copy of before, put in the place of the journal, shows in a kept head', async () => {
    const journal = await reopen();
    await liveThrough(journal, 1, clock.nowMs);
    await journal.close();
    await copyFile(path, `${path}.before`);
    const later = await reopen();
    await liveThrough(later, 2, clock.nowMs);
    const heads = await later.heads();
    await later.close();
    await copyFile(`${path}.before`, path);
    const restored = await reopen();
    expect((await restored.verify()).intact).toBe(true);
    expect((await restored.verify({ heads: [heads] })).intact).toBe(false);
  });

  test.each([[-1], [0.5], [Number.NaN], [Number.POSITIVE_INFINITY]])(
    'refuses keepDays %d',
    async (keepDays) => {
      const journal = await reopen();
      await expect(journal.retain({ keepDays, folder })).rejects.toThrow(TypeError);
    },
  );

  test('refuses on a closed journal', async () => {
    const journal = await reopen();
    await journal.close();
    expect(await codeOf(() => journal.retain({ keepDays: 0, folder }))).toBe('ERR_JOURNAL_CLOSED');
  });
});
