import { readFile, rm, writeFile } from 'node:fs/promises';
import { Writable } from 'node:stream';

import { openJournal } from '@egov-gateway/journal';
import { liveThrough } from '@egov-gateway/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { JournalFolder, november } from '../test/journal-folder.ts';
import { main } from './main.ts';

let at: JournalFolder;

beforeEach(async () => {
  at = await JournalFolder.open();
});

afterEach(() => at.close());

describe('egw journal verify', () => {
  test('finds a journal intact, and its hashes again', async () => {
    const heads = at.file('heads.json');

    const first = await at.egw('journal', 'verify', '--save-heads', heads);
    const again = await at.egw('journal', 'verify', at.path, '--heads', heads, '--json');

    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^intact: \d+ events of 7 messages, 2 sealed days/);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ intact: true, fault: null, sealedDays: 2 });
  });

  test.each([
    ['a changed event', `UPDATE journal_event SET at_ms = at_ms + 1 WHERE position = 5`, 'event-changed'],
    ['another state', `UPDATE journal_message SET state = 'answered' WHERE state = 'queued'`, 'index'],
    ['a queue that was emptied', 'DELETE FROM journal_queue', 'queue'],
  ])('ends with 1 and the first place for %s', async (_, sql, reason) => {
    await at.tamper(sql);
    const words = await at.egw('journal', 'verify');
    const json = await at.egw('journal', 'verify', '--json');

    expect([words.code, words.stdout]).toEqual([1, '']);
    expect(words.stderr).toContain('does not hold: ');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ intact: false, fault: { reason } });
  });

  test('shows with kept hashes that somebody put another journal in its place', async () => {
    const heads = at.file('heads.json');
    await at.egw('journal', 'verify', '--save-heads', heads);
    const other = at.file('other.journal');
    const journal = await openJournal(other, { subjectKey: Buffer.alloc(32, 7) });
    await liveThrough(journal, 1, november(22), 'queued');
    await journal.close();

    expect((await at.egw('journal', 'verify', other)).stdout).toBe(
      'intact: 1 event of 1 message, 0 sealed days, 0 of them in archives\n',
    );
    expect((await at.egw('journal', 'verify', other, '--heads', heads)).code).toBe(1);
  });

  test('checks archives without the journal, in any order', async () => {
    const archives = await at.exported();
    await rm(at.path);

    const { code, stdout } = await at.egw(
      'journal',
      'verify',
      ...[...archives].reverse(),
      '--from-beginning',
    );

    expect(code).toBe(0);
    expect(stdout.match(/^intact: \d{4}-\d\d-\d\d {2}\d+ events? {2}\S+$/gm)).toHaveLength(2);
  });

  test('ends with 1 and the first place for an archive that was changed', async () => {
    const [first = '', second = ''] = await at.exported();
    const text = await readFile(second, 'utf8');
    await writeFile(second, text.replace('"kind":"sending"', '"kind":"handled"'));

    const { code, stderr, stdout } = await at.egw('journal', 'verify', first, second, '--json');

    expect(code).toBe(1);
    expect(stderr).toContain('day 2026-11-21');
    expect(JSON.parse(stdout)).toMatchObject({ intact: false, file: second });
  });

  test.each([
    ['an archive that was cut off', (text: string) => text.slice(0, text.length / 2), []],
    ['an archive that is empty', () => '', []],
    ['an archive that is none', () => '{"egwj":2}\n', []],
  ])('ends with 1 for %s', async (_, change, options) => {
    const [first = ''] = await at.exported();
    await writeFile(first, change(await readFile(first, 'utf8')));

    expect((await at.egw('journal', 'verify', first, ...options)).code).toBe(1);
  });

  test('ends with 1 when a day is missing between archives, or at the beginning', async () => {
    const [, second = ''] = await at.exported();

    expect((await at.egw('journal', 'verify', second)).code).toBe(0);
    expect((await at.egw('journal', 'verify', second, '--from-beginning')).code).toBe(1);
  });

  test.each([
    ['a file that is not there', ['verify', 'no-such-file']],
    ['a journal and another file', ['verify', 'PATH', 'PATH']],
    ['hashes for archives', ['verify', 'ARCHIVE', '--heads', 'PATH']],
    ['a beginning for a journal', ['verify', 'PATH', '--from-beginning']],
    ['hashes that are none', ['verify', 'PATH', '--heads', 'PATH']],
    ['hashes that are not there', ['verify', 'PATH', '--heads', 'no-such-file']],
  ])('ends with 2 for %s', async (_, args) => {
    const [archive = ''] = await at.exported();
    const words: Record<string, string> = { PATH: at.path, ARCHIVE: archive };

    expect((await at.egw('journal', ...args.map((word) => words[word] ?? word))).code).toBe(2);
  });

  test('ends with 1 for a file that is damaged', async () => {
    const bytes = await readFile(at.path);
    await writeFile(
      at.path,
      Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.byteLength - 100, 0xaa)]),
    );

    expect((await at.egw('journal', 'verify')).code).toBe(1);
  });

  test('shows on a terminal how far it is', async () => {
    let shown = '';
    const stderr = Object.assign(
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          shown += chunk.toString();
          done();
        },
      }),
      { isTTY: true, columns: 100 },
    );
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done() });

    expect(await main(['journal', 'verify', at.path], { stderr, stdout, environment: {} })).toBe(0);
    expect(shown).toMatch(/events checked/);
    expect(shown.endsWith('\r\u001B[2K')).toBe(true);
  });
});
