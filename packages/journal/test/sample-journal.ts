/** The sample journal in a file, and copies of it that somebody changed. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeSampleJournal } from '@egov-gateway/testing';
import { afterAll } from 'vitest';

import type { JournalHeads } from '../src/chain/known-heads.ts';
import { type Database, openDatabase } from '../src/database.ts';
import { openJournal } from '../src/sqlite/open-journal.ts';
import { type JournalReport, verifyJournal } from '../src/verify-journal.ts';

export const subjectKey: Uint8Array = new Uint8Array(32).fill(7);
const keys = { current: 'k1', keys: { k1: new Uint8Array(32).fill(1) } };

export const folder: string = await mkdtemp(join(tmpdir(), 'egw-integrity-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

export const samplePath: string = join(folder, 'sample.journal');
/** What an owner would have kept: the heads after every day. */
export const keptHeads: readonly JournalHeads[] = await writeSampleJournal(
  (clock) => openJournal(samplePath, { clock, subjectKey, encryption: keys }),
  folder,
);
let copies = 0;

/** Verifies a copy of the sample that somebody changed. `false`: the change was refused by the database itself. */
export async function verifyChanged(
  change: (database: Database) => void,
  options: { readonly heads?: readonly JournalHeads[] } = {},
): Promise<JournalReport | false> {
  copies += 1;
  const path = join(folder, `changed-${copies}.journal`);
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
