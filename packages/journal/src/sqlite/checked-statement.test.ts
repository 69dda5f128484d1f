import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { checkedStatement } from './checked-statement.ts';

const refused = (sql: string, parameters: readonly unknown[] = []) =>
  codeOf(() => checkedStatement({ sql, parameters: parameters as never }));

describe('checkedStatement', () => {
  test.each([
    'INSERT INTO contract (id) VALUES (?)',
    '  -- note\n insert into contract select 1 ;  ',
    '/* why */ UPDATE contract SET note = ? WHERE id = ?;',
    `UPDATE contract SET note = 'it''s; PRAGMA'`,
    'WITH x AS (SELECT 1) INSERT INTO contract SELECT * FROM x',
    'CREATE TABLE IF NOT EXISTS contract (id INTEGER PRIMARY KEY)',
    'CREATE UNIQUE INDEX contract_number ON contract (number)',
    'DELETE FROM "my contracts"',
    'SELECT begin_at FROM contract',
    'INSERT INTO журнал (имя) VALUES (?)',
    'INSERT INTO my_journal_entry VALUES (1)',
  ])('lets pass: %s', async (sql) => {
    expect(await refused(sql)).toBeNull();
  });

  test.each([
    '',
    '   ',
    '-- INSERT',
    ';',
    'BEGIN',
    'begin immediate',
    'COMMIT',
    'END',
    'ROLLBACK',
    'SAVEPOINT x',
    'RELEASE x',
    'PRAGMA synchronous = OFF',
    "ATTACH 'x' AS y",
    'DETACH y',
    'VACUUM',
    "VACUUM INTO 'x'",
    'REINDEX',
    'ANALYZE',
    'EXPLAIN SELECT 1',
    '/* INSERT */ COMMIT',
    '-- INSERT\nCOMMIT',
    'INSERT INTO contract VALUES (1); COMMIT',
    'INSERT INTO contract VALUES (1);;',
    "INSERT INTO contract VALUES ('a'';'); COMMIT",
    'INSERT INTO contract VALUES (1) /* */ ; -- x\n DELETE FROM contract',
    'DELETE FROM journal_event',
    'DELETE FROM JOURNAL_EVENT',
    'DELETE FROM main.journal_event',
    'DELETE FROM "journal_event"',
    'DELETE FROM [journal_event]',
    'DELETE FROM `journal_event`',
    "DELETE FROM 'journal_event'",
    'INSERT INTO contract SELECT note FROM/**/journal_event',
    'DROP TABLE journal_queue',
    'ALTER TABLE contract RENAME TO journal_x',
    'UPDATE sqlite_sequence SET seq = 0',
    'SELECT * FROM sqlite_schema',
    'CREATE TRIGGER t AFTER INSERT ON contract BEGIN DELETE FROM contract; END',
    'CREATE TEMP TABLE contract (id)',
    'CREATE TABLE temp.contract (id)',
    'INSERT INTO "Temp" . contract VALUES (1)',
    'CREATE TEMPORARY VIEW contract AS SELECT 1',
    'CREATE VIEW v AS SELECT 1',
    'CREATE VIRTUAL TABLE v USING fts5(x)',
    'INSERT INTO contract VALUES (1)\0; COMMIT',
  ])('refuses: %j', async (sql) => {
    expect(await refused(sql)).toBe('ERR_JOURNAL_STATEMENT');
  });

  test.each([
    [[1, 'x', null, 2n, new Uint8Array(1)], null],
    [[undefined], 'ERR_JOURNAL_STATEMENT'],
    [[true], 'ERR_JOURNAL_STATEMENT'],
    [[{}], 'ERR_JOURNAL_STATEMENT'],
    [[new Date(0)], 'ERR_JOURNAL_STATEMENT'],
    [[Number.NaN], 'ERR_JOURNAL_STATEMENT'],
    [[Number.POSITIVE_INFINITY], 'ERR_JOURNAL_STATEMENT'],
    [[2n ** 63n], 'ERR_JOURNAL_STATEMENT'],
  ])('of the parameters %o says %s', async (parameters, code) => {
    expect(await refused('SELECT 1', parameters)).toBe(code);
  });

  test('refuses what is no statement', async () => {
    expect(await codeOf(() => checkedStatement({ sql: 1 as never, parameters: [] }))).toBe(
      'ERR_JOURNAL_STATEMENT',
    );
    expect(await codeOf(() => checkedStatement({ sql: 'SELECT 1', parameters: {} as never }))).toBe(
      'ERR_JOURNAL_STATEMENT',
    );
  });
});
