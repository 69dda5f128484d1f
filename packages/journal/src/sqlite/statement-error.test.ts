import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { JournalError, type SqlStatement } from '@egov-gateway/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { noon, signed } from '../../test/stores.ts';
import { availableDrivers, openDatabase } from '../database.ts';
import { openJournal } from './open-journal.ts';
import { statementError } from './statement-error.ts';

const secret = 'of-a-person';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egov-gateway-statement-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(await availableDrivers())('statementError with %s', (driver) => {
  test.each<[sql: string, remedy: RegExp, parameters?: SqlStatement['parameters']]>([
    ['INSERT INTO contract (id) VALUES (?)', /ON CONFLICT/, [secret]],
    ['INSERT INTO contract (id, owner) VALUES (?, ?)', /needs a value/, ['b', null]],
    ['INSERT INTO contract (id, parent) VALUES (?, ?)', /row that is not there/, ['c', 'nobody']],
    ['INSERT INTO contract (id, pages) VALUES (?, ?)', /not one that its column takes/, ['d', secret]],
    ['INSERT INTO contract (id, pages) VALUES (?, ?)', /not one that its column takes/, ['e', -1]],
    ['INSERT INTO agreement (id) VALUES (?)', /no such table: create it/, [secret]],
    ['UPDATE contract SET colour = ?', /no such column/, [secret]],
    ['INSERT INTO contract (colour) VALUES (?)', /no such column/, [secret]],
    ['CREATE TABLE contract (id)', /IF NOT EXISTS/],
    [`UPDATE contract SET '${secret}' WHERE`, /no SQL/],
    ['INSERT INTO contract (id, owner) VALUES (?)', /one parameter for each/, [secret]],
  ])('says what to do about %s', async (sql, remedy, parameters = []) => {
    const path = join(folder, `${driver.replace(':', '-')}-${Math.random()}.journal`);
    const journal = await openJournal(path, { driver, clock: { now: () => noon } });
    const database = await openDatabase(path, { driver });
    database.exec(
      `CREATE TABLE contract (id TEXT UNIQUE, owner TEXT NOT NULL DEFAULT '', parent TEXT REFERENCES contract (id),
         pages INTEGER CHECK (pages > 0)) STRICT`,
    );
    database.exec(`INSERT INTO contract (id) VALUES ('${secret}')`);
    database.close();

    const change = { events: [signed('a')], statements: [{ sql, parameters }] };
    const error = await journal.commit(change).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(JournalError);
    expect((error as JournalError).code).toBe('ERR_JOURNAL_STATEMENT');
    expect((error as JournalError).message).toMatch(remedy);
    expect((error as JournalError).message).not.toContain(secret);
    expect((error as JournalError).cause).toBeInstanceOf(Error);
    expect(await journal.message('a')).toBeUndefined();
    await journal.close();
  });
});

describe('statementError', () => {
  test('has words for what it does not know', () => {
    expect(statementError(new Error(secret))).toMatchObject({ code: 'ERR_JOURNAL_STATEMENT' });
    expect(String(statementError(new Error(secret)))).not.toContain(secret);
    expect(statementError(undefined)).toMatchObject({ code: 'ERR_JOURNAL_STATEMENT' });
  });

  test('leaves alone what is no fault of the statement', () => {
    const full = Object.assign(new Error('database or disk is full'), { errcode: 13 });
    expect(statementError(full)).toBe(full);
  });
});
