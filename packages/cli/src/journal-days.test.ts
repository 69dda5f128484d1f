import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { journalKey } from '@egov-gateway/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { JournalFolder } from '../test/journal-folder.ts';

let at: JournalFolder;

beforeEach(async () => {
  at = await JournalFolder.open();
});

afterEach(() => at.close());

describe('egw journal export', () => {
  test('writes every sealed day, and the same once more', async () => {
    const archives = await at.exported();
    const again = await at.egw('journal', 'export', '--out', at.file('archives'), '--json');

    expect(archives.map((file) => file.slice(-15))).toEqual(['2026-11-20.egwj', '2026-11-21.egwj']);
    expect(JSON.parse(again.stdout).archives).toMatchObject([{ existed: true }, { existed: true }]);
  });

  test('writes the days that are asked for', async () => {
    const { code, stdout } = await at.egw('journal', 'export', '--out', at.folder, '--day', '2026-11-21');

    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toEqual([expect.stringContaining('2026-11-21')]);
  });

  test.each([
    ['no folder', [], 2],
    ['a folder that is a file', ['--out', 'PATH'], 2],
    ['a day that is none', ['--out', 'FOLDER', '--day', 'today'], 2],
    ['a day that is not sealed', ['--out', 'FOLDER', '--day', '2026-11-22'], 1],
    ['a file of that name that is another', ['--out', 'TAKEN'], 1],
  ])('ends for %s', async (_, options, expected) => {
    const taken = at.file('taken');
    await at.egw('journal', 'export', '--out', taken);
    await writeFile(join(taken, '2026-11-20.egwj'), 'mine');
    const words: Record<string, string> = { PATH: at.path, FOLDER: at.folder, TAKEN: taken };

    expect((await at.egw('journal', 'export', ...options.map((word) => words[word] ?? word))).code).toBe(
      expected,
    );
    expect(await readFile(join(taken, '2026-11-20.egwj'), 'utf8')).toBe('mine');
  });

  test('writes nothing of a journal that does not hold', async () => {
    await at.tamper('UPDATE journal_event SET at_ms = at_ms + 1 WHERE position = 1');
    const { code, stdout } = await at.egw('journal', 'export', '--out', at.file('archives'), '--json');

    expect([code, JSON.parse(stdout).error.code]).toEqual([1, 'ERR_JOURNAL_CHAIN']);
    expect(await readdir(at.file('archives'))).toEqual([]);
  });
});

describe('egw journal seal and retain', () => {
  test('seal today, too, when asked', async () => {
    const { code, stdout } = await at.egw('journal', 'seal', '--today', '--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout).days).toMatchObject([{ day: '2026-11-22', events: 1 }]);
  });

  test('drop old days into archives that verify', async () => {
    const out = at.file('archives');
    const dry = await at.egw('journal', 'retain', '--keep-days', '0', '--out', out, '--dry-run');
    expect(dry.stdout).toContain('2026-11-20  would go');
    expect(await readdir(at.folder)).not.toContain('archives');

    const { code, stdout } = await at.egw('journal', 'retain', '--keep-days', '0', '--out', out, '--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout).dropped).toMatchObject([{ day: '2026-11-20' }, { day: '2026-11-21' }]);
    expect(await at.keys()).toEqual([journalKey(4)]);
    expect((await at.egw('journal', 'verify')).code).toBe(0);
    expect((await at.egw('journal', 'verify', join(out, '2026-11-20.egwj'))).code).toBe(0);
  });

  test.each([
    ['no number of days', ['--out', 'x']],
    ['a number that is none', ['--keep-days', '-1', '--out', 'x']],
    ['no folder', ['--keep-days', '1']],
  ])('end with 2 for %s', async (_, options) => {
    expect((await at.egw('journal', 'retain', ...options)).code).toBe(2);
  });
});
