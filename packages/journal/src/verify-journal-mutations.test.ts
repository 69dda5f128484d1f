import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { journalMutation, journalTables, mutateJournal } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { folder, samplePath, verifyChanged } from '../test/sample-journal.ts';
import { type Database, openDatabase } from './database.ts';
import { verifyJournal } from './verify-journal.ts';

let files = 0;

describe('verify', () => {
  test('tells any one change of a value, a row gone, a row doubled, two values swapped', async () => {
    await fc.assert(
      fc.asyncProperty(journalMutation, async (one) => {
        let changed = false;
        const report = await verifyChanged((database) => {
          changed = mutateJournal(database, one);
        });
        fc.pre(report !== false && changed);
        expect(report).toMatchObject({ intact: false });
      }),
      { numRuns: 200, maxSkipsPerRun: 50 },
    );
  });

  test('tells that names in the schema were damaged, without ending the process', async () => {
    const original = await readFile(samplePath);
    for (const name of ['manifest INTEGER', 'journal_dropped', 'journal_queue_due', 'due_at_ms INTEGER']) {
      const path = join(folder, `name-${name.length}.journal`);
      const octets = Buffer.from(original);
      // Pages keep copies of what was moved: all of them.
      for (let at = octets.indexOf(name); at >= 0; at = octets.indexOf(name, at)) {
        octets[at + 2] = (octets[at + 2] ?? 0) ^ 0x80;
      }
      await writeFile(path, octets);
      expect(await isIntact(path), name).toBe(false);
    }
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
    return journalTables.map((table) => database.prepare(`SELECT * FROM ${table}`).all());
  } finally {
    database.close();
  }
}
