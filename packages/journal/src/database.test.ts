import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { codeOf } from '@egov-gateway/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { availableDrivers, openDatabase } from './database.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egov-gateway-database-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const drivers = await availableDrivers();

describe('openDatabase', () => {
  test('takes node:sqlite where there is one, and tells so', async () => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    const hasSqlite = major > 22 || (major === 22 && minor >= 13);
    const database = await openDatabase(join(folder, 'preferred'));
    expect(database.driver).toBe(hasSqlite ? 'node:sqlite' : 'libsql');
    database.close();
  });

  test('leaves process.emitWarning as it was', async () => {
    const { emitWarning } = process;
    await availableDrivers();
    expect(process.emitWarning).toBe(emitWarning);
  });

  test.each(['node:sqlite', 'better-sqlite3'] as const)('says when %s is not there', async (driver) => {
    if (drivers.includes(driver)) return;
    expect(await codeOf(() => openDatabase(join(folder, 'x'), { driver }))).toBe('ERR_JOURNAL_DRIVER');
  });

  test('refuses a driver that it does not know', async () => {
    const driver = 'node:fs' as 'libsql';
    await expect(openDatabase(join(folder, 'x'), { driver })).rejects.toThrow(TypeError);
  });

  describe.each(drivers)('with %s', (driver) => {
    test('stores and returns every kind of value', async () => {
      const database = await openDatabase(join(folder, `values-${driver.replace(':', '-')}`), { driver });
      database.exec('CREATE TABLE t (text, whole, real, octets, missing)');
      const insert = database.prepare('INSERT INTO t VALUES (?, ?, ?, ?, ?)');
      insert.run('Қазақ', 2 ** 40, 1.5, new Uint8Array([0, 255]), null);
      const row = { text: 'Қазақ', whole: 2 ** 40, real: 1.5, missing: null };
      const select = database.prepare('SELECT * FROM t');
      expect({ ...(select.get() as object) }).toEqual({ ...row, octets: expect.any(Uint8Array) });
      expect([...(select.get() as { octets: Uint8Array }).octets]).toEqual([0, 255]);
      expect(select.all()).toHaveLength(1);
      expect(database.prepare('SELECT 1 WHERE 0').get()).toBeUndefined();
      expect(database.prepare('SELECT 1 WHERE 0').all()).toEqual([]);
      database.prepare('DELETE FROM t RETURNING text').run();
      expect(select.all()).toEqual([]);
      database.close();
    });

    test.each([new Uint8Array([1, 2]), Buffer.from([1, 2]), new Uint8Array(), null, 'a', 7, 8n])(
      'takes %o as the only parameter',
      async (value) => {
        const database = await openDatabase(':memory:', { driver });
        database.exec('CREATE TABLE t (value)');
        database.prepare('INSERT INTO t VALUES (?)').run(value);
        database.prepare('INSERT INTO t VALUES (?) RETURNING value').run(value);
        const select = database.prepare('SELECT count(*) AS n FROM t WHERE value IS ?');
        expect(select.get(value)).toMatchObject({ n: 2 });
        expect(select.all(value)).toMatchObject([{ n: 2 }]);
        database.close();
      },
    );

    test('finds the row whichever of get and all came before, with writes in between', async () => {
      const database = await openDatabase(join(folder, `mixed-${driver.replace(':', '-')}`), { driver });
      database.exec('PRAGMA journal_mode = WAL');
      database.exec('CREATE TABLE t (name TEXT, state TEXT)');
      database.exec('CREATE INDEX t_name ON t (name)');
      const insert = database.prepare('INSERT INTO t VALUES (?, ?)');
      const update = database.prepare('UPDATE t SET state = ? WHERE name = ?');
      const select = database.prepare('SELECT * FROM t WHERE name = ? AND state = ? LIMIT ?');
      const missed: string[] = [];
      for (let n = 0; n < 20; n += 1) {
        const name = `name ${n}`;
        insert.run(name, 'new');
        if (select.get(name, 'new', 1) === undefined) missed.push(`get ${n}`);
        if (select.all(name, 'new', 5).length !== 1) missed.push(`all ${n}`);
        update.run('old', name);
      }
      expect(missed).toEqual([]);
      database.close();
    });

    test('keeps statements, but not all of them for ever', async () => {
      const database = await openDatabase(join(folder, `statements-${driver.replace(':', '-')}`), { driver });
      const first = database.prepare('SELECT 0 AS n');
      expect(database.prepare('SELECT 0 AS n')).toBe(first);
      for (let n = 1; n <= 300; n += 1) database.prepare(`SELECT ${n} AS n`);
      expect(database.prepare('SELECT 0 AS n')).not.toBe(first);
      expect(first.get()).toMatchObject({ n: 0 });
      database.close();
    });
  });
});
