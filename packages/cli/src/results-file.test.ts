import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { ResultsFile, type ResultsFormat } from './results-file.ts';
import { UsageError } from './usage-error.ts';

const header = 'row;state\n';
const format: ResultsFormat = {
  header,
  read: (text) =>
    text
      .slice(header.length)
      .split('\n')
      .slice(0, -1)
      .map((line) => {
        const [row = '', state = ''] = line.split(';');
        return {
          row: Number(row),
          name: row,
          isDone: state === 'done',
          isOfSending: state !== 'ready',
          journalKey: `key ${row}`,
          line: `${line}\n`,
        };
      }),
};

let root: string;
let path: string;
let count = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'egw-results-'));
});
beforeEach(() => {
  count += 1;
  path = join(root, `${count}.csv`);
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('ResultsFile', () => {
  test('keeps what is done, and ends with one line a row, in their order', async () => {
    await writeFile(path, `${header}3;done\n1;refused\n`);
    const results = await ResultsFile.open(path, format, async () => true);
    expect([results.isDone('3'), results.isDone('1')]).toEqual([true, false]);
    await results.add('2;under-way\n');
    await results.add('1;done\n');
    await results.add('2;done\n');
    await results.close();
    expect(await readFile(path, 'utf8')).toBe(`${header}1;done\n2;done\n3;done\n`);
  });

  test('takes no file of a run that has sent rows when nothing is sent', async () => {
    for (const lines of ['1;done\n2;ready\n', '1;ready\n2;in-doubt\n']) {
      await writeFile(path, `${header}${lines}`);
      await expect(ResultsFile.open(path, format)).rejects.toThrow(UsageError);
      expect(await readFile(path, 'utf8')).toBe(`${header}${lines}`);
    }
    await writeFile(path, `${header}1;ready\n`);
    await (await ResultsFile.open(path, format)).close();
  });

  test('keeps every line where it cannot put them in order', async () => {
    const results = await ResultsFile.open(path, format, async () => true);
    await results.add('2;done\n');
    await results.add('1;done\n');
    await mkdir(`${path}.part`);
    await results.close();
    expect(await readFile(path, 'utf8')).toBe(`${header}2;done\n1;done\n`);
  });
});
