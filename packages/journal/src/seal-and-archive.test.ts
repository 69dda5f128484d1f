import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readdir, readFile } from 'node:fs/promises';

import { channelNames } from '@egov-gateway/core';
import { codeOf, journalKey, liveThrough } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { change, clock, dayMs, firstDay, folder, fourDays, reopen } from '../test/daily-journal.ts';
import { readArchivedBytes } from './archive/archived-bytes.ts';
import { verifyArchive, verifyArchives } from './archive/verify-archive.ts';
import type { DayManifest } from './chain/manifest.ts';

const oldKey = new Uint8Array(32).fill(1);
const newKey = new Uint8Array(32).fill(2);

describe('seal', () => {
  test('happens with the first event of a later day, and is told once it is durable', async () => {
    const sealed: DayManifest[] = [];
    const journal = await reopen({ onSeal: (manifest) => sealed.push(manifest) });
    await fourDays(journal);
    expect(sealed.map(({ day, number }) => [day, number])).toEqual([
      ['2026-11-20', 1],
      ['2026-11-21', 2],
      ['2026-11-22', 3],
    ]);
    expect((await journal.heads()).manifest?.hash).toBe(sealed[2]?.hash);
  });

  test('happens on demand, today included when that is asked for', async () => {
    const journal = await reopen();
    await liveThrough(journal, 1, clock.nowMs);
    expect(await journal.seal()).toEqual([]);
    expect(await journal.seal({ today: true })).toMatchObject([{ day: '2026-11-20' }]);
    expect(await journal.seal({ today: true })).toEqual([]);
    await liveThrough(journal, 2, clock.nowMs);
    expect((await journal.heads()).segments).toMatchObject([{ day: '2026-11-21' }]);
    expect((await journal.verify()).intact).toBe(true);
  });

  test('a clock that goes back writes into no sealed day', async () => {
    const journal = await reopen();
    await fourDays(journal);
    clock.nowMs = firstDay;
    await liveThrough(journal, 7, clock.nowMs);
    const other = await reopen();
    await liveThrough(other, 8, clock.nowMs);
    expect((await journal.message(journalKey(8)))?.createdAtMs).toBe(firstDay);
    expect((await journal.heads()).segments.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-23']);
    expect((await journal.verify()).intact).toBe(true);
  });

  test('a clock that jumped ahead for a while leaves a journal that verifies', async () => {
    const journal = await reopen();
    await liveThrough(journal, 1, clock.nowMs);
    clock.nowMs = firstDay + 1000 * dayMs;
    await liveThrough(journal, 2, clock.nowMs);
    clock.nowMs = firstDay + dayMs;
    const other = await reopen();
    await liveThrough(other, 3, clock.nowMs);
    expect((await other.heads()).segments.map(({ day }) => day)).toEqual(['2026-11-21', '2029-08-16']);
    clock.nowMs = firstDay + 2 * dayMs;
    await liveThrough(other, 4, clock.nowMs);
    expect((await other.verify()).intact).toBe(true);
  });

  test('what the hook throws harms nothing', async () => {
    const journal = await reopen({
      onSeal: () => {
        throw new RangeError('no');
      },
    });
    await fourDays(journal);
    expect((await journal.verify()).intact).toBe(true);
  });

  test('what the hook rejects with is told to whoever listens, and ends no process', async () => {
    const told: unknown[] = [];
    const listen = (message: unknown): void => void told.push(message);
    subscribe(channelNames.workerError, listen);
    const journal = await reopen({ onSeal: () => Promise.reject(new RangeError('no')) });
    await fourDays(journal);
    await new Promise((resolve) => setImmediate(resolve));
    unsubscribe(channelNames.workerError, listen);
    expect(told).toHaveLength(3);
    expect(told[0]).toMatchObject({ worker: 'journal', code: 'UNEXPECTED', error: new RangeError('no') });
  });
});

describe('archive', () => {
  test('writes one file a day, the same octets every time', async () => {
    const journal = await reopen();
    await fourDays(journal);
    const archives = await journal.archive({ folder });
    expect(await readdir(folder)).toEqual(['2026-11-20.egwj', '2026-11-21.egwj', '2026-11-22.egwj']);
    expect((await journal.archive({ folder })).map(({ sha256, existed }) => [sha256, existed])).toEqual(
      archives.map(({ sha256 }) => [sha256, true]),
    );
    const report = await verifyArchives(
      archives.map((one) => one.path),
      { from: 'beginning' },
    );
    expect(report).toMatchObject({
      intact: true,
      archives: [{ events: 10 }, { events: 10 }, { events: 10 }],
    });
    expect(report.archives.at(-1)?.manifest?.hash).toBe((await journal.heads()).manifest?.hash);
  });

  test('keeps bytes as they are stored: keys open them, whichever was current then', async () => {
    const before = await reopen({ encryption: { current: 'old', keys: { old: oldKey } } });
    await liveThrough(before, 1, clock.nowMs);
    await before.close();
    const keys = { current: 'new', keys: { old: oldKey, new: newKey } };
    const journal = await reopen({ encryption: keys });
    await liveThrough(journal, 2, clock.nowMs);
    expect(Buffer.from((await journal.bytes(journalKey(1), 1)) ?? []).toString()).toBe(
      '<request>1</request>',
    );
    await journal.seal({ today: true });
    const [archive] = await journal.archive({ folder });
    for (const number of [1, 2]) {
      const place = { localKey: journalKey(number), version: 1 };
      const bytes = await readArchivedBytes(archive?.path ?? '', place, { keys });
      expect(Buffer.from(bytes ?? []).toString()).toBe(`<request>${number}</request>`);
    }
    const written = await readFile(archive?.path ?? '', 'utf8');
    expect(written).not.toContain(Buffer.from('<request>').toString('base64').slice(0, 10));
    expect(written).not.toContain('001300900011');
  });

  test('needs no key: hashes are over the stored bytes', async () => {
    const journal = await reopen({ encryption: { current: 'old', keys: { old: oldKey } } });
    await liveThrough(journal, 1, clock.nowMs);
    const keyless = await reopen();
    await keyless.seal({ today: true });
    const [archive] = await keyless.archive({ folder });
    expect((await verifyArchive(archive?.path ?? '')).intact).toBe(true);
    expect((await keyless.verify()).intact).toBe(true);
    expect(await codeOf(() => keyless.bytes(journalKey(1), 1))).toBe('ERR_JOURNAL_KEY');
  });

  test.each<[string, string, string]>([
    ['a day that is not sealed', '2026-11-23', 'ERR_JOURNAL_STATE'],
    ['a day without events', '2026-01-01', 'ERR_JOURNAL_STATE'],
  ])('refuses %s', async (_, day, code) => {
    const journal = await reopen();
    await fourDays(journal);
    expect(await codeOf(() => journal.archive({ folder, days: [day] }))).toBe(code);
    expect(await readdir(folder)).toEqual([]);
  });

  test('refuses what is no day, before any path is made of it', async () => {
    const journal = await reopen();
    await expect(journal.archive({ folder, days: ['../x'] })).rejects.toThrow(TypeError);
  });

  test('refuses a day that was dropped', async () => {
    const journal = await reopen();
    await fourDays(journal);
    await journal.retain({ keepDays: 2, folder });
    expect(await codeOf(() => journal.archive({ folder, days: ['2026-11-20'] }))).toBe(
      'ERR_JOURNAL_NOT_FOUND',
    );
  });

  test.each<[string, string]>([
    ['event', 'UPDATE journal_event SET at_ms = 1 WHERE position = 3'],
    ['bytes', `UPDATE journal_event SET stored = x'00' WHERE position = 1`],
    ['manifest', `UPDATE journal_manifest SET hash = 'x' WHERE number = 2`],
  ])('writes nothing when a %s was changed', async (_, sql) => {
    const journal = await reopen();
    await fourDays(journal);
    await change(sql);
    expect(await codeOf(() => journal.archive({ folder }))).toBe('ERR_JOURNAL_CHAIN');
    expect(await readdir(folder)).toEqual([]);
  });
});
