/** A journal in a file for each test, with a clock that the test sets, and a folder for its archives. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { liveThrough, pollMessage } from '@egov-gateway/testing';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';

import { type Database, type DatabaseOptions, openDatabase } from '../src/database.ts';
import { type JournalOptions, openJournal } from '../src/sqlite/open-journal.ts';
import type { FileJournal } from '../src/sqlite/sqlite-journal.ts';

export const dayMs = 86_400_000;
export const firstDay: number = Date.UTC(2026, 10, 20);
export const subjectKey: Uint8Array = new Uint8Array(32).fill(7);

let root = '';
let files = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'egw-retention-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

export let path = '';
export let folder = '';
export const clock: { nowMs: number; now(): number } = { nowMs: firstDay, now: () => clock.nowMs };
const open: { close(): unknown }[] = [];

export async function reopen(more: JournalOptions = {}): Promise<FileJournal> {
  const journal = await openJournal(path, { clock, subjectKey, ...more });
  open.push(journal);
  return journal;
}

/** Closes whatever the test has opened so far. */
export async function closeAll(): Promise<void> {
  for (const one of open.splice(0)) await one.close();
}

/** The file as a database, with everything else closed. */
export async function connect(options: DatabaseOptions = {}): Promise<Database> {
  await closeAll();
  const database = await openDatabase(path, options);
  open.push(database);
  return database;
}

export async function change(sql: string): Promise<void> {
  const database = await openDatabase(path);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

beforeEach(async () => {
  files += 1;
  path = join(root, `${files}.journal`);
  folder = join(root, `archives-${files}`);
  await mkdir(folder);
  clock.nowMs = firstDay;
});
afterEach(closeAll);

/** One finished message a day, from the 20th to the 23rd of November. */
export async function fourDays(journal: FileJournal): Promise<void> {
  for (let day = 0; day < 4; day += 1) {
    clock.nowMs = firstDay + day * dayMs;
    await liveThrough(journal, day, clock.nowMs);
    await pollMessage(journal, day, clock.nowMs);
  }
}
