import { readFile, writeFile } from 'node:fs/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { AsyncBench } from '../test/async-bench.ts';

let bench: AsyncBench;

beforeAll(async () => {
  bench = await AsyncBench.open();
});

afterAll(() => bench.close());

beforeEach(() => bench.fresh());

describe('keys of a journal', () => {
  test('encrypt what is stored, and find messages by person', async () => {
    await writeFile(bench.file('keys'), `k1=${Buffer.alloc(32, 7).toString('base64')}\n`);
    await writeFile(bench.file('subject-key'), `${'ab'.repeat(32)}\n`);
    const keys = [
      '--encryption-key-file',
      bench.file('keys'),
      '--subject-key-file',
      bench.file('subject-key'),
    ];
    const sent = await bench.call('--no-wait', '--subject', '001300900011', ...keys);
    const key = sent.stdout.trim();

    const found = await bench.kept('journal', 'list', '--subject', '001300900011', '--json', ...keys);
    expect(JSON.parse(found.stdout).messages).toMatchObject([{ key }]);
    expect(found.stdout).not.toContain('001300900011');
    const none = await bench.kept('journal', 'list', '--subject', '991340000017', ...keys);
    expect([none.code, none.stdout]).toEqual([0, '']);

    const out = bench.file('out.xml');
    expect((await bench.kept('journal', 'show', key, '--bytes', out, ...keys)).code).toBe(0);
    expect(await readFile(out, 'utf8')).toContain('договор 17');
    expect((await readFile(bench.journal)).includes(Buffer.from('договор 17'))).toBe(false);
    expect((await bench.kept('journal', 'show', key)).code).toBe(0);
    const refused = await bench.kept('journal', 'show', key, '--bytes', out, '--json');
    expect([refused.code, JSON.parse(refused.stdout).error.code]).toEqual([2, 'ERR_JOURNAL_KEY']);
  });

  test.each([
    ['no key', ''],
    ['no id', Buffer.alloc(32).toString('base64')],
    ['a key that is too short', 'k1=YWJj'],
    ['a key that is no base64', 'k1=не ключ'],
    ['a key twice', `k1=${'00'.repeat(32)}\nk1=${'11'.repeat(32)}`],
  ])('are refused with 2 for %s, and never printed', async (_, text) => {
    const { code, stderr } = await bench.egw(['journal', 'list', '--journal', bench.journal], {
      environment: { EGW_ENCRYPTION_KEY: text },
    });

    expect(code).toBe(2);
    if (text !== '') expect(stderr).not.toContain(text);
  });

  test('cannot be given as an argument', async () => {
    expect((await bench.kept('journal', 'list', '--encryption-key', 'k1=00')).code).toBe(2);
  });
});

test('a file that is no journal is refused', async () => {
  await writeFile(bench.journal, 'not a database at all, and long enough to be one: '.repeat(20));
  const { code, stdout } = await bench.kept('journal', 'list', '--json');

  expect(code).toBeGreaterThan(0);
  expect(JSON.parse(stdout).error.code).toMatch(/^ERR_JOURNAL_(?:OPEN|DAMAGED)$/);
});
