import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { journalEvent, journalKey, liveThrough, pollMessage, receiveReply } from '@egov-gateway/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { JournalHeads } from './chain/known-heads.ts';
import { checksumOf } from './chain/seal.ts';
import { type Database, openDatabase, type SqlValue } from './database.ts';
import { openJournal } from './sqlite/open-journal.ts';
import { type JournalReport, verifyJournal } from './verify-journal.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2026, 10, 20);
const subjectKey = new Uint8Array(32).fill(7);
const keys = { current: 'k1', keys: { k1: new Uint8Array(32).fill(1) } };

/** Position of the second event of the 21st. */
const victim = 22;

let folder = '';
let samplePath = '';
let sampleHeads: JournalHeads;
/** What an owner would have kept: the heads after every day. */
const keptHeads: JournalHeads[] = [];
let files = 0;

/** A clock that a test sets. */
function handClock(nowMs = firstDay) {
  const clock = { nowMs, now: () => clock.nowMs };
  return clock;
}

/** Days 20, 21 and 22, sealed; the 20th dropped; the 23rd open, with one message waiting on every queue. */
async function makeSample(path: string): Promise<void> {
  const clock = handClock();
  const options = { clock, subjectKey, encryption: keys, onSeal: () => {} };
  const archives = join(folder, 'sample-archives');
  await mkdir(archives);
  for (let day = 0; day < 4; day += 1) {
    clock.nowMs = firstDay + day * dayMs;
    const journals = [await openJournal(path, options), await openJournal(path, options)];
    for (const [index, journal] of journals.entries()) {
      await liveThrough(journal, day * 10 + index, clock.nowMs);
      await pollMessage(journal, day * 10 + index, clock.nowMs);
    }
    const [journal] = journals;
    if (journal === undefined) throw new Error('there is a journal');
    if (day === 2) {
      // Two days apart: `sent` on the 22nd, answered on the 23rd.
      await liveThrough(journal, 29, clock.nowMs, 'sent');
      expect(await journal.retain({ keepDays: 1, folder: archives })).toMatchObject({
        dropped: [{ day: '2026-11-20' }],
      });
    }
    if (day === 3) {
      await receiveReply(journal, 29, clock.nowMs);
      await liveThrough(journal, 39, clock.nowMs, 'queued');
      await journal.append(
        journalEvent(38, 'received', {
          direction: 'in',
          messageType: 'REQUEST',
          messageId: 'r-38',
          bytes: Buffer.from('x'),
        }),
      );
    }
    keptHeads.push(await journal.heads());
    for (const one of journals) await one.close();
  }
  sampleHeads = keptHeads.at(-1) ?? sampleHeads;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-integrity-'));
  samplePath = join(folder, 'sample.journal');
  await makeSample(samplePath);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Verifies a copy of the sample that somebody changed. `false`: the change was refused by the database itself. */
async function verifyChanged(
  change: (database: Database) => void,
  options: { readonly heads?: readonly JournalHeads[] } = {},
): Promise<JournalReport | false> {
  files += 1;
  const path = join(folder, `changed-${files}.journal`);
  await copyFile(samplePath, path);
  const database = await openDatabase(path);
  try {
    database.exec('PRAGMA foreign_keys = OFF');
    try {
      change(database);
    } catch {
      return false;
    }
    return await verifyJournal(database, options);
  } finally {
    database.close();
    await rm(path);
  }
}

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
      heads: sampleHeads,
    });
  });

  test('tells what was read meanwhile, and ends when it is asked to', async () => {
    const journal = await openJournal(samplePath, { create: false, clock: handClock(firstDay + 3 * dayMs) });
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
      `UPDATE journal_event SET service_id = 'X' WHERE position = ${victim}`,
      'event-changed',
    ],
    [
      'a changed instant',
      `UPDATE journal_event SET at_ms = at_ms + 1 WHERE position = ${victim}`,
      'event-changed',
    ],
    ['an event that is gone', `DELETE FROM journal_event WHERE position = ${victim}`, 'event-changed'],
    [
      'the last event of a sealed segment gone',
      `DELETE FROM journal_event WHERE position = (SELECT max(position) FROM journal_event WHERE day = '2026-11-21')`,
      'event-missing',
    ],
    [
      'the tail of today gone',
      'DELETE FROM journal_event WHERE position = (SELECT max(position) FROM journal_event)',
      'bytes-changed',
    ],
    [
      'the tail of today gone with all its traces',
      `DELETE FROM journal_event WHERE local_key = '${journalKey(38)}';
       DELETE FROM journal_bytes WHERE position NOT IN (SELECT position FROM journal_event);
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
      `UPDATE journal_event SET day = '2026-11-22' WHERE position = ${victim}`,
      'event-changed',
    ],
    [
      'two events in each other’s place',
      `UPDATE journal_event SET position = -1 WHERE position = ${victim}; UPDATE journal_event SET position = ${victim}
       WHERE position = ${victim} + 1; UPDATE journal_event SET position = ${victim} + 1 WHERE position = -1`,
      'event-changed',
    ],
    [
      'bytes that are gone',
      'DELETE FROM journal_bytes WHERE position = (SELECT max(position) FROM journal_bytes)',
      'bytes-missing',
    ],
    [
      'the bytes of another event',
      `UPDATE journal_bytes SET stored = (SELECT stored FROM journal_bytes ORDER BY position LIMIT 1)
       WHERE position = (SELECT max(position) FROM journal_bytes)`,
      'bytes-changed',
    ],
    ['bytes of an event that has none', `INSERT INTO journal_bytes VALUES (32, x'00')`, 'bytes-changed'],
    ['bytes of no event', `INSERT INTO journal_bytes VALUES (99999, x'00')`, 'bytes-changed'],
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
      `UPDATE journal_event SET day = '2026-11-20' WHERE position = ${victim}`,
      'event-added',
    ],
    [
      'an event on a day before all',
      `UPDATE journal_event SET day = '2026-01-01' WHERE position = ${victim}`,
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
    ['a place in the queue for nobody', `INSERT INTO journal_queue VALUES ('outbox', 'nobody', 1)`, 'queue'],
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
    const forger = await openJournal(path, { clock: handClock(), subjectKey });
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
    const report = await verifyChanged(() => {}, { heads: [change(sampleHeads)] });
    expect(report).toMatchObject({ intact: false, fault: { reason } });
  });

  test('tells any one change of a value, a row gone, a row doubled, two values swapped', async () => {
    await fc.assert(
      fc.asyncProperty(mutation, async (one) => {
        let changed = false;
        const report = await verifyChanged((database) => {
          changed = mutate(database, one);
        });
        fc.pre(report !== false && changed);
        expect(report).toMatchObject({ intact: false });
      }),
      { numRuns: 200, maxSkipsPerRun: 50 },
    );
  });

  test('tells that octets of the file were changed, or that they mean nothing', async () => {
    const original = await readFile(samplePath);
    const untouched = await dump(samplePath);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: original.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          files += 1;
          const path = join(folder, `bytes-${files}.journal`);
          const octets = Buffer.from(original);
          octets[at] = (octets[at] ?? 0) ^ by;
          await writeFile(path, octets);
          // Free space of a page, or a counter of SQLite: then every row is as it was.
          if (await isIntact(path)) expect(await dump(path)).toEqual(untouched);
          await rm(path);
        },
      ),
      { numRuns: 80 },
    );
  });
});

interface Mutation {
  readonly table: string;
  readonly row: number;
  readonly other: number;
  readonly column: number;
  readonly how: 'change' | 'clear' | 'delete' | 'double' | 'swap';
  readonly by: number;
}

const tables = [
  'journal_event',
  'journal_bytes',
  'journal_subject',
  'journal_message',
  'journal_message_subject',
  'journal_queue',
  'journal_manifest',
  'journal_dropped',
  'journal_head',
] as const;

const mutation: fc.Arbitrary<Mutation> = fc.record({
  table: fc.constantFrom(...tables),
  row: fc.nat(),
  other: fc.nat(),
  column: fc.nat(),
  how: fc.constantFrom('change', 'clear', 'delete', 'double', 'swap'),
  by: fc.integer({ min: 1, max: 255 }),
});

/** Changes one thing in one table. `false`: nothing that counts was changed. */
function mutate(database: Database, { table, how, by, ...at }: Mutation): boolean {
  const rows = database.prepare(`SELECT * FROM ${table}`).all() as Record<string, SqlValue>[];
  const row = rows[at.row % rows.length] ?? {};
  const other = rows[at.other % rows.length] ?? {};
  const columns = Object.keys(row);
  const column = columns[at.column % columns.length] ?? '';
  // When an entry is due is not in any event: it can be moved, and the message waits, or is looked at too early.
  if (column === 'due_at_ms' && how !== 'delete') return false;
  // A queue may hold what is done already: workers find that out.
  if (table === 'journal_queue' && (how === 'double' || how === 'swap')) return false;
  const set = (target: Record<string, SqlValue>, value: SqlValue): void =>
    database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where(target)}`).run(value, ...bound(target));
  const value = row[column] ?? null;
  switch (how) {
    case 'change':
      set(row, changed(value, by));
      return true;
    case 'clear':
      if (value === null) return false;
      set(row, typeof value === 'string' ? '' : value instanceof Uint8Array ? new Uint8Array() : null);
      return !(value instanceof Uint8Array && value.length === 0);
    case 'delete':
      database.prepare(`DELETE FROM ${table} WHERE ${where(row)}`).run(...bound(row));
      return true;
    case 'double': {
      const copy: Record<string, SqlValue> = {
        ...row,
        [columns[0] ?? '']: changed(row[columns[0] ?? ''] ?? null, by),
      };
      if (column !== columns[0]) copy[column] = changed(value, by);
      const places = columns.map(() => '?').join(', ');
      database
        .prepare(`INSERT INTO ${table} VALUES (${places})`)
        .run(...columns.map((name) => copy[name] ?? null));
      return true;
    }
    case 'swap': {
      const theirs = other[column] ?? null;
      if (same(value, theirs)) return false;
      set(row, theirs);
      set(other, value);
      return true;
    }
  }
}

function changed(value: SqlValue, by: number): SqlValue {
  if (value === null) return by;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) + by;
  if (typeof value === 'string') {
    const at = by % (value.length + 1);
    return `${value.slice(0, at)}${value[at] === 'x' ? 'y' : 'x'}${value.slice(at + 1)}`;
  }
  const octets = Buffer.from(value);
  if (octets.length === 0) return Buffer.of(by);
  octets[by % octets.length] = (octets[by % octets.length] ?? 0) ^ by;
  return octets;
}

function where(row: Record<string, SqlValue>): string {
  return Object.keys(row)
    .map((name) => `${name} IS ?`)
    .join(' AND ');
}

function bound(row: Record<string, SqlValue>): SqlValue[] {
  return Object.values(row);
}

function same(a: SqlValue, b: SqlValue): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;
}

function forgeChecksum(database: Database): void {
  const checksum = checksumOf(database);
  database.prepare('UPDATE journal_head SET checksum = ?').run(checksum);
}

async function isIntact(path: string): Promise<boolean> {
  let database: Database | undefined;
  try {
    database = await openDatabase(path);
    return (await verifyJournal(database)).intact;
  } catch {
    return false;
  } finally {
    database?.close();
  }
}

async function dump(path: string): Promise<unknown> {
  const database = await openDatabase(path);
  try {
    return tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all());
  } finally {
    database.close();
  }
}
