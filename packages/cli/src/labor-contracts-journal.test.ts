import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { ContractBench, contractTable } from '../test/contract-bench.ts';

let bench: ContractBench;
beforeAll(async () => {
  bench = await ContractBench.open();
});
afterAll(() => bench.close());
beforeEach(() => bench.fresh());

describe('egw labor-contracts register, its results and its journal', () => {
  test.each([
    [
      'another journal',
      'R',
      (): Record<string, string> => ({ EGW_JOURNAL: `${bench.environment['EGW_JOURNAL']}.2` }),
    ],
    ['the same journal for another service', 'Q', (): Record<string, string> => ({ EGW_SERVICE_ID: 'LIVE' })],
  ])('does not take what was rehearsed for done: %s', async (_name, letter, environment) => {
    const path = await bench.table(contractTable([`${letter}-1`, `${letter}-2`]));
    expect((await bench.register(path)).code).toBe(0);
    const results = await readFile(`${path}.results.csv`, 'utf8');

    const live = await bench.register(path, [], { environment: environment() });
    expect([live.code, live.stdout]).toEqual([2, '']);
    expect(live.stderr).toContain('says of 2 rows that they are done');
    expect(live.stderr).toContain('--results');
    // Nothing was lost.
    expect(await readFile(`${path}.results.csv`, 'utf8')).toBe(results);
    expect((await bench.register(path)).code).toBe(0);
  });

  test('a dry run takes no file of results of what was sent, although nothing is done in it', async () => {
    const path = await bench.table(contractTable(['D-1', 'D-2']));
    const results = `${path}.results.csv`;
    expect((await bench.register(path, ['--no-wait'])).code).toBe(0);
    const before = await readFile(results, 'utf8');
    expect(before).toContain(';under-way;');
    const dry = await bench.register(path, ['--dry-run', '--results', results]);
    expect([dry.code, dry.stderr]).toEqual([2, expect.stringContaining('a dry run needs another file')]);
    expect(await readFile(results, 'utf8')).toBe(before);
  });

  test('writes no mapping over the table', async () => {
    const path = await bench.table(contractTable(['T-1']));
    const before = await readFile(path, 'utf8');
    const options = ['--dry-run', '--save-mapping'];
    const { code, stderr } = await bench.register(path, [...options, path]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is no mapping file')]);
    expect(await readFile(path, 'utf8')).toBe(before);
    for (let times = 0; times < 2; times += 1) {
      expect((await bench.register(path, [...options, `${path}.mapping.json`])).code).toBe(0);
    }
  });

  test('says how a doubt is settled', async () => {
    bench.emulator.misbehave('lost-answer');
    const path = await bench.table(contractTable(['S-1']));
    const { code, stderr } = await bench.register(path, ['--language', 'ru']);
    expect(code).toBe(5);
    expect(stderr).toContain(
      '(JOURNAL_KEY — столбец journal_key): egw outbox resolve JOURNAL_KEY --as sent|',
    );
  });
});
