import { join } from 'node:path';

import { fixedClock } from '@egov-gateway/core';
import { journalEvent, journalKey, liveThrough, samplePosition } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { folder, keptHeads, samplePath, subjectKey, verifyChanged } from '../test/sample-journal.ts';
import type { JournalHeads } from './chain/known-heads.ts';
import { checksumOf } from './chain/seal.ts';
import { type Database, openDatabase } from './database.ts';
import { openJournal } from './sqlite/open-journal.ts';

const firstDay = Date.UTC(2026, 10, 20);

async function reasonOf(sql: string, heads: readonly JournalHeads[] = []): Promise<string | undefined> {
  const report = await verifyChanged((database) => database.exec(sql), { heads });
  if (report === false) throw new Error(`SQLite refused: ${sql}`);
  return report.fault?.reason;
}

describe('verify', () => {
  test('finds an untouched journal intact, and counts what is in it', async () => {
    const report = await verifyChanged(() => {}, { heads: keptHeads });
    expect(report).toMatchObject({
      intact: true,
      manifests: 3,
      droppedDays: 1,
      days: 3,
      segments: 6,
      messages: 28,
      heads: keptHeads.at(-1),
    });
  });

  test('tells what was read meanwhile, and ends when it is asked to', async () => {
    const journal = await openJournal(samplePath, {
      create: false,
      clock: fixedClock(firstDay + 3 * 86_400_000),
    });
    const seen: number[] = [];
    await journal.verify({ onProgress: ({ events }) => seen.push(events) });
    expect(seen.length).toBeGreaterThan(2);
    await expect(journal.verify({ signal: AbortSignal.abort(new RangeError('enough')) })).rejects.toThrow(
      'enough',
    );
    await journal.close();
  });

  test.each<[string, string, string]>([
    [
      'a changed field',
      `UPDATE journal_event SET service_id = 'X' WHERE position = ${samplePosition}`,
      'event-changed',
    ],
    [
      'a changed instant',
      `UPDATE journal_event SET at_ms = at_ms + 1 WHERE position = ${samplePosition}`,
      'event-changed',
    ],
    [
      'a trigger on a table of the journal',
      `CREATE TRIGGER steal AFTER INSERT ON journal_queue BEGIN DELETE FROM journal_queue; END`,
      'database',
    ],
    [
      'a trigger elsewhere that writes to a table of the journal',
      `CREATE TABLE mine (id); CREATE TRIGGER steal AFTER INSERT ON mine BEGIN DELETE FROM JOURNAL_QUEUE; END`,
      'database',
    ],
    ['a view that looks like a table of the journal', 'CREATE VIEW journal_mine AS SELECT 1', 'database'],
    ['an index that refuses rows', 'CREATE UNIQUE INDEX mine ON journal_event (position)', 'database'],
    ['an index that is gone', 'DROP INDEX journal_queue_due', 'database'],
    [
      'an event that is gone',
      `DELETE FROM journal_event WHERE position = ${samplePosition}`,
      'event-changed',
    ],
    [
      'the last event of a sealed segment gone',
      `DELETE FROM journal_event WHERE position = (SELECT max(position) FROM journal_event WHERE day = '2026-11-21')`,
      'event-missing',
    ],
    [
      'the tail of today gone',
      'DELETE FROM journal_event WHERE position = (SELECT max(position) FROM journal_event)',
      'index',
    ],
    [
      'the tail of today gone with all its traces',
      `DELETE FROM journal_event WHERE local_key = '${journalKey(38)}';
       DELETE FROM journal_message WHERE local_key = '${journalKey(38)}';
       DELETE FROM journal_queue WHERE local_key = '${journalKey(38)}'`,
      'event-missing',
    ],
    [
      'a segment that is gone',
      `DELETE FROM journal_event WHERE day = '2026-11-21' AND writer = (SELECT max(writer)
       FROM journal_event WHERE day = '2026-11-21')`,
      'segment-missing',
    ],
    ['a day that is gone', `DELETE FROM journal_event WHERE day = '2026-11-22'`, 'segment-missing'],
    [
      'a segment under another name',
      `UPDATE journal_event SET writer = 'w' WHERE day = '2026-11-21'`,
      'segment-added',
    ],
    [
      'an event of another day',
      `UPDATE journal_event SET day = '2026-11-22' WHERE position = ${samplePosition}`,
      'event-changed',
    ],
    [
      'two events in each other’s place',
      `UPDATE journal_event SET position = -1 WHERE position = ${samplePosition}; UPDATE journal_event SET position = ${samplePosition}
       WHERE position = ${samplePosition} + 1; UPDATE journal_event SET position = ${samplePosition} + 1 WHERE position = -1`,
      'event-changed',
    ],
    [
      'bytes that are gone',
      'UPDATE journal_event SET stored = NULL WHERE position = (SELECT max(position) FROM journal_event)',
      'bytes-missing',
    ],
    [
      'the bytes of another event',
      `UPDATE journal_event SET stored = (SELECT stored FROM journal_event WHERE stored IS NOT NULL LIMIT 1)
       WHERE position = (SELECT max(position) FROM journal_event WHERE stored IS NOT NULL)`,
      'bytes-changed',
    ],
    [
      'bytes of an event that has none',
      `UPDATE journal_event SET stored = x'00' WHERE position = 32`,
      'bytes-changed',
    ],
    [
      'a subject that is gone',
      'DELETE FROM journal_subject WHERE position = (SELECT max(position) FROM journal_subject)',
      'event-changed',
    ],
    ['a subject more', `INSERT INTO journal_subject VALUES (99999, x'00')`, 'subject'],
    ['a subject that is not found any more', 'DELETE FROM journal_message_subject', 'subject'],
    ['a manifest that is gone', 'DELETE FROM journal_manifest WHERE number = 2', 'manifest-missing'],
    ['the first manifest gone', 'DELETE FROM journal_manifest WHERE number = 1', 'head'],
    ['the newest manifest gone', 'DELETE FROM journal_manifest WHERE number = 3', 'head'],
    ['the newest manifest gone, checksum and all', '', 'day-unsealed'],
    [
      'another hash in a manifest',
      `UPDATE journal_manifest SET hash = '${'a'.repeat(64)}' WHERE number = 2`,
      'manifest-changed',
    ],
    ['another identity', `UPDATE journal_head SET journal_id = 'x'`, 'manifest-missing'],
    ['no identity', 'DELETE FROM journal_head', 'database'],
    ['a day that counts as dropped', `INSERT INTO journal_dropped VALUES ('2026-11-21', 'x', NULL)`, 'head'],
    ['a dropped day that is forgotten', 'DELETE FROM journal_dropped', 'manifest-changed'],
    [
      'another archive of a dropped day',
      `UPDATE journal_dropped SET archive_sha256 = '${'a'.repeat(64)}'`,
      'manifest-changed',
    ],
    [
      'an event on a dropped day',
      `UPDATE journal_event SET day = '2026-11-20' WHERE position = ${samplePosition}`,
      'event-added',
    ],
    [
      'an event on a day before all',
      `UPDATE journal_event SET day = '2026-01-01' WHERE position = ${samplePosition}`,
      'event-added',
    ],
    [
      'another state in the index',
      `UPDATE journal_message SET state = 'dead' WHERE local_key = '${journalKey(10)}'`,
      'index',
    ],
    [
      'a message that the index forgot',
      `DELETE FROM journal_message WHERE local_key = '${journalKey(10)}'`,
      'index',
    ],
    [
      'a message that the index made up',
      `INSERT INTO journal_message SELECT 99999, 'x', direction, channel, service_id,
       message_type, message_id, correlation_id, reference, state, delivery_state, version, attempts, expires_at_ms,
       until_ms, unconfirmed, code, created_at_ms, changed_at_ms FROM journal_message LIMIT 1`,
      'index',
    ],
    ['a message that lost its place in the queue', 'DELETE FROM journal_queue', 'queue'],
    ['a queue that is none', `UPDATE journal_queue SET queue = 'x'`, 'queue'],
    [
      'a place in the queue for nobody',
      `INSERT INTO journal_queue VALUES ('outbox', 'nobody', 'HR-001', 1)`,
      'queue',
    ],
    ['a place in the queue of another service', `UPDATE journal_queue SET service_id = 'x'`, 'queue'],
  ])('tells %s', async (name, sql, reason) => {
    const sqlOfForger = `DELETE FROM journal_manifest WHERE number = 3;
      UPDATE journal_dropped SET manifest = NULL WHERE manifest = 3`;
    if (sql !== '') return expect(await reasonOf(sql)).toBe(reason);
    const report = await verifyChanged((database) => {
      database.exec(sqlOfForger);
      forgeChecksum(database);
    });
    expect([name, report !== false && report.fault?.reason]).toEqual([name, reason]);
  });

  test('reads long days page by page', async () => {
    const path = join(folder, 'long.journal');
    const journal = await openJournal(path, { clock: fixedClock(firstDay) });
    const count = 1203;
    await journal.commit({
      events: Array.from({ length: count }, (_, index) => journalEvent(index, 'built', { note: 'x' })),
    });
    expect(await journal.verify()).toMatchObject({
      intact: true,
      events: count,
      messages: count,
      segments: 1,
    });
    const database = await openDatabase(path);
    database.exec(`UPDATE journal_event SET note = 'y' WHERE position = 1100`);
    database.close();
    expect((await journal.verify()).fault).toMatchObject({ reason: 'event-changed', event: 1100 });
    await journal.close();
  });

  test('says where: day, segment, event, message', async () => {
    const report = await verifyChanged((database) =>
      database.exec(
        `UPDATE journal_event SET note = 'x' WHERE local_key = '${journalKey(11)}' AND version = 2`,
      ),
    );
    expect(report).toMatchObject({
      fault: {
        reason: 'event-changed',
        day: '2026-11-21',
        writer: expect.stringMatching(/^[0-9a-f-]{36}$/),
        event: 2,
        localKey: journalKey(11),
        version: 2,
      },
    });
  });

  test('tells a journal that was rewritten as a whole only by a head that was kept elsewhere', async () => {
    // The same journal, begun anew in the same way, is intact in itself: nobody can see that by looking at it.
    const path = join(folder, 'forged.journal');
    const forger = await openJournal(path, { clock: fixedClock(firstDay), subjectKey });
    await liveThrough(forger, 1, firstDay);
    expect((await forger.verify()).intact).toBe(true);
    expect((await forger.verify({ heads: keptHeads.slice(0, 1) })).fault?.reason).toBe('head');
    await forger.close();
  });

  test.each<[string, (heads: JournalHeads) => JournalHeads, string]>([
    [
      'a sealed day',
      (heads) => ({ ...heads, manifest: { number: 2, day: '2026-11-21', hash: 'a'.repeat(64) } }),
      'manifest-changed',
    ],
    [
      'a day that is not there',
      (heads) => ({ ...heads, manifest: { number: 9, day: '2026-12-01', hash: 'a'.repeat(64) } }),
      'manifest-missing',
    ],
    [
      'an open segment',
      (heads) => ({
        ...heads,
        segments: heads.segments.map((one) => ({ ...one, lastHash: 'a'.repeat(64) })),
      }),
      'event-changed',
    ],
    [
      'a longer segment',
      (heads) => ({ ...heads, segments: heads.segments.map((one) => ({ ...one, count: one.count + 1 })) }),
      'event-missing',
    ],
    [
      'another segment',
      (heads) => ({ ...heads, segments: heads.segments.map((one) => ({ ...one, writer: 'w' })) }),
      'segment-missing',
    ],
    [
      'another day',
      (heads) => ({ ...heads, segments: heads.segments.map((one) => ({ ...one, day: '2026-12-01' })) }),
      'segment-missing',
    ],
    ['another journal', (heads) => ({ ...heads, journalId: 'x' }), 'head'],
  ])('tells that a kept head is of %s', async (_, change, reason) => {
    const report = await verifyChanged(() => {}, { heads: keptHeads.slice(-1).map(change) });
    expect(report).toMatchObject({ intact: false, fault: { reason } });
  });
});

function forgeChecksum(database: Database): void {
  const checksum = checksumOf(database);
  database.prepare('UPDATE journal_head SET checksum = ?').run(checksum);
}
