import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import { fixedClock } from '@egov-gateway/core';
import { openJournal } from '@egov-gateway/journal';
import { openDatabase } from '@egov-gateway/journal/database';
import { type CommandLineOutcome, journalKey, liveThrough, runCommandLine } from '@egov-gateway/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { main } from './main.ts';

const day = (date: number, hour = 9): number => Date.UTC(2026, 10, date, hour);
const subjectKey = Buffer.alloc(32, 5);

let folder: string;
let path: string;

/** Two days that are over, sealed, with all of their messages finished, and a message of a third day that waits. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-test-'));
  path = join(folder, 'messages.journal');
  let nowMs = day(20);
  const journal = await openJournal(path, { subjectKey, clock: { now: () => nowMs } });
  await liveThrough(journal, 1, nowMs);
  await liveThrough(journal, 2, nowMs + 60_000);
  nowMs = day(21);
  await liveThrough(journal, 3, nowMs);
  nowMs = day(22, 1);
  await liveThrough(journal, 4, nowMs, 'queued');
  await journal.close();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const egw = (...args: readonly string[]): Promise<CommandLineOutcome> =>
  runCommandLine(main, args, {
    environment: { EGW_JOURNAL: path, EGW_SUBJECT_KEY: subjectKey.toString('hex') },
  });

async function tamper(sql: string): Promise<void> {
  const database = await openDatabase(path);
  database.exec(sql);
  database.close();
}

const keysOf = async (...options: readonly string[]): Promise<readonly string[]> => {
  const { code, stdout } = await egw('journal', 'list', '--json', ...options);
  expect(code).toBe(0);
  return JSON.parse(stdout).messages.map(({ key }: { key: string }) => key);
};

describe('egw journal list', () => {
  test('prints a line for each message, newest first, and nothing that is in them', async () => {
    const { code, stdout } = await egw('journal', 'list');

    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]).toContain(journalKey(4));
    expect(stdout).not.toContain('<re');
    expect(stdout).not.toContain('001300900011');
  });

  test.each([
    ['state', ['--state', 'queued'], [4]],
    ['several states', ['--state', 'queued', '--state', 'answered'], [4, 3, 2, 1]],
    ['chain', ['--chain', 'c-2', '--direction', 'out'], [2]],
    ['messageId', ['--message-id', 'm-3'], [3]],
    ['reference', ['--reference', 'договор 1'], [1]],
    ['subject', ['--subject', '001300900011', '--from', '2026-11-21'], [4, 3]],
    ['day', ['--direction', 'out', '--from', '2026-11-20', '--to', '2026-11-21'], [2, 1]],
    ['instant', ['--direction', 'out', '--from', '2026-11-22T05:00:00+05:00'], [4]],
    ['service that is not there', ['--service', 'NONE'], []],
  ])('finds by %s', async (_, options, numbers) => {
    expect(await keysOf(...options)).toEqual(numbers.map(journalKey));
  });

  test('goes on behind a page', async () => {
    const first = JSON.parse((await egw('journal', 'list', '--json', '--limit', '3')).stdout);
    const rest = await keysOf('--after', first.next);

    expect(first.messages).toHaveLength(3);
    expect(rest).toHaveLength(4);
    expect((await egw('journal', 'list', '--limit', '3')).stderr).toContain(`--after ${first.next}`);
  });

  test.each([
    ['an unknown state', ['--state', 'lost']],
    ['an unknown direction', ['--direction', 'up']],
    ['a period that is none', ['--from', 'yesterday']],
    ['a day that does not exist', ['--to', '2026-02-31x']],
    ['a subject that is none', ['--subject', '12']],
    ['a page that is too long', ['--limit', '1001']],
    ['a place that is none', ['--after', 'there']],
    ['a word', ['all']],
  ])('ends with 2 for %s', async (_, options) => {
    const { code, stdout, stderr } = await egw('journal', 'list', ...options);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^egw: /);
  });

  test('ends with 2 without a journal, for one that is not there, and makes none', async () => {
    const none = await runCommandLine(main, ['journal', 'list'], {});
    const other = join(folder, 'other.journal');

    expect(none.code).toBe(2);
    expect(none.stderr).toContain('EGW_JOURNAL');
    expect((await egw('journal', 'list', '--journal', other)).code).toBe(2);
    expect(await readdir(folder)).not.toContain('other.journal');
  });

  test('takes the journal from the configuration file, which other commands read too', async () => {
    const config = join(folder, 'egw.json');
    await writeFile(
      config,
      JSON.stringify({ journal: 'messages.journal', endpoint: 'https://gateway.example/' }),
    );

    const { code, stdout } = await runCommandLine(main, ['journal', 'list', '--config', config], {});

    expect(code).toBe(0);
    expect(stdout).toContain(journalKey(4));
  });
});

describe('egw journal show', () => {
  test('shows everything that happened, by key and by messageId', async () => {
    const byKey = await egw('journal', 'show', journalKey(1));
    const byId = await egw('journal', 'show', 'm-1', '--json');

    expect(byKey.code).toBe(0);
    expect(byKey.stdout).toMatch(/1 {2}2026-11-20T09:00:00\.000Z {2}signed/);
    expect(byKey.stdout).not.toContain('<request>');
    expect(JSON.parse(byId.stdout)).toMatchObject({
      key: journalKey(1),
      state: 'answered',
      events: [{ kind: 'signed' }, { kind: 'sending' }, { kind: 'answered' }, { kind: 'replied' }],
    });
  });

  test('writes the exact bytes, on request', async () => {
    const out = join(folder, 'out.xml');
    const answer = await egw('journal', 'show', journalKey(1), '--bytes', '-', '--event', '3');

    expect((await egw('journal', 'show', journalKey(1), '--bytes', out)).code).toBe(0);
    expect(await readFile(out, 'utf8')).toBe('<request>1</request>');
    expect(answer.stdout).toBe('<accepted>1</accepted>');
  });

  test.each([
    ['no key', [], 2],
    ['a key that is not there', ['no-such-key'], 1],
    ['an event that is not there', ['KEY', '--bytes', '-', '--event', '9'], 1],
    ['an event without bytes', ['KEY', '--bytes', '-', '--event', '2'], 1],
    ['an event without a file', ['KEY', '--event', '1'], 2],
    ['bytes and an object on stdout', ['KEY', '--bytes', '-', '--json'], 2],
    ['a file that cannot be written', ['KEY', '--bytes', 'NOWHERE'], 2],
  ])('ends for %s', async (_, options, expected) => {
    const words: Record<string, string> = { KEY: journalKey(1), NOWHERE: join(folder, 'no', 'out') };

    expect((await egw('journal', 'show', ...options.map((word) => words[word] ?? word))).code).toBe(expected);
  });

  test('lets nothing that came from outside steer the terminal', async () => {
    const journal = await openJournal(path, { subjectKey, clock: fixedClock(day(22, 2)) });
    await journal.append({
      localKey: journalKey(9),
      direction: 'in',
      channel: 'async',
      kind: 'received',
      serviceId: 'HR-001',
      messageType: 'REQUEST',
      messageId: 'a\u001B[2Jb\nc',
      atMs: day(22, 2),
      bytes: Buffer.from('<x/>'),
    });
    await journal.close();

    for (const args of [
      ['journal', 'list'],
      ['journal', 'show', journalKey(9)],
    ]) {
      const { stdout } = await egw(...args);
      expect(stdout).toContain('a?[2Jb?c');
      expect(stdout).not.toContain('\u001B');
    }
  });
});

describe('egw journal verify', () => {
  test('finds a journal intact, and its hashes again', async () => {
    const heads = join(folder, 'heads.json');

    const first = await egw('journal', 'verify', '--save-heads', heads);
    const again = await egw('journal', 'verify', path, '--heads', heads, '--json');

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
    await tamper(sql);
    const words = await egw('journal', 'verify');
    const json = await egw('journal', 'verify', '--json');

    expect([words.code, words.stdout]).toEqual([1, '']);
    expect(words.stderr).toContain('does not hold: ');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ intact: false, fault: { reason } });
  });

  test('shows with kept hashes that somebody put another journal in its place', async () => {
    const heads = join(folder, 'heads.json');
    await egw('journal', 'verify', '--save-heads', heads);
    const other = join(folder, 'other.journal');
    const journal = await openJournal(other);
    await journal.close();

    expect((await egw('journal', 'verify', other)).code).toBe(0);
    expect((await egw('journal', 'verify', other, '--heads', heads)).code).toBe(1);
  });

  test('checks archives without the journal, in any order', async () => {
    const archives = await exported();
    await rm(path);

    const { code, stdout } = await egw('journal', 'verify', ...[...archives].reverse(), '--from-beginning');

    expect(code).toBe(0);
    expect(stdout.match(/intact:/g)).toHaveLength(2);
  });

  test('ends with 1 and the first place for an archive that was changed', async () => {
    const [first = '', second = ''] = await exported();
    const text = await readFile(second, 'utf8');
    await writeFile(second, text.replace('"kind":"sending"', '"kind":"handled"'));

    const { code, stderr, stdout } = await egw('journal', 'verify', first, second, '--json');

    expect(code).toBe(1);
    expect(stderr).toContain('day 2026-11-21');
    expect(JSON.parse(stdout)).toMatchObject({ intact: false, file: second });
  });

  test.each([
    ['an archive that was cut off', (text: string) => text.slice(0, text.length / 2), []],
    ['an archive that is empty', () => '', []],
    ['an archive that is none', () => '{"egwj":2}\n', []],
  ])('ends with 1 for %s', async (_, change, options) => {
    const [first = ''] = await exported();
    await writeFile(first, change(await readFile(first, 'utf8')));

    expect((await egw('journal', 'verify', first, ...options)).code).toBe(1);
  });

  test('ends with 1 when a day is missing between archives, or at the beginning', async () => {
    const [, second = ''] = await exported();

    expect((await egw('journal', 'verify', second)).code).toBe(0);
    expect((await egw('journal', 'verify', second, '--from-beginning')).code).toBe(1);
  });

  test.each([
    ['a file that is not there', ['verify', 'no-such-file']],
    ['a journal and another file', ['verify', 'PATH', 'PATH']],
    ['hashes for archives', ['verify', 'ARCHIVE', '--heads', 'PATH']],
    ['a beginning for a journal', ['verify', 'PATH', '--from-beginning']],
    ['hashes that are none', ['verify', 'PATH', '--heads', 'PATH']],
    ['hashes that are not there', ['verify', 'PATH', '--heads', 'no-such-file']],
  ])('ends with 2 for %s', async (_, args) => {
    const [archive = ''] = await exported();
    const words: Record<string, string> = { PATH: path, ARCHIVE: archive };

    expect((await egw('journal', ...args.map((word) => words[word] ?? word))).code).toBe(2);
  });

  test('ends with 1 for a file that is damaged', async () => {
    const bytes = await readFile(path);
    await writeFile(
      path,
      Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.byteLength - 100, 0xaa)]),
    );

    expect((await egw('journal', 'verify')).code).toBe(1);
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

    expect(await main(['journal', 'verify', path], { stderr, stdout, environment: {} })).toBe(0);
    expect(shown).toMatch(/events checked/);
    expect(shown.endsWith('\r\u001B[2K')).toBe(true);
  });
});

/** Paths of the archives of both days. */
async function exported(): Promise<readonly string[]> {
  const out = join(folder, 'archives');
  const { code } = await egw('journal', 'export', '--out', out);
  expect(code).toBe(0);
  return (await readdir(out)).sort().map((name) => join(out, name));
}

describe('egw journal export', () => {
  test('writes every sealed day, and the same once more', async () => {
    const archives = await exported();
    const again = await egw('journal', 'export', '--out', join(folder, 'archives'), '--json');

    expect(archives.map((file) => file.slice(-15))).toEqual(['2026-11-20.egwj', '2026-11-21.egwj']);
    expect(JSON.parse(again.stdout).archives).toMatchObject([{ existed: true }, { existed: true }]);
  });

  test('writes the days that are asked for', async () => {
    const { code, stdout } = await egw('journal', 'export', '--out', folder, '--day', '2026-11-21');

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
    const taken = join(folder, 'taken');
    await egw('journal', 'export', '--out', taken);
    await writeFile(join(taken, '2026-11-20.egwj'), 'mine');
    const words: Record<string, string> = { PATH: path, FOLDER: folder, TAKEN: taken };

    expect((await egw('journal', 'export', ...options.map((word) => words[word] ?? word))).code).toBe(
      expected,
    );
    expect(await readFile(join(taken, '2026-11-20.egwj'), 'utf8')).toBe('mine');
  });

  test('writes nothing of a journal that does not hold', async () => {
    await tamper('UPDATE journal_event SET at_ms = at_ms + 1 WHERE position = 1');
    const { code, stdout } = await egw('journal', 'export', '--out', join(folder, 'archives'), '--json');

    expect([code, JSON.parse(stdout).error.code]).toEqual([1, 'ERR_JOURNAL_CHAIN']);
    expect(await readdir(join(folder, 'archives'))).toEqual([]);
  });
});

describe('egw journal seal and retain', () => {
  test('seal today, too, when asked', async () => {
    const { code, stdout } = await egw('journal', 'seal', '--today', '--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout).days).toMatchObject([{ day: '2026-11-22', events: 1 }]);
  });

  test('drop old days into archives that verify', async () => {
    const out = join(folder, 'archives');
    const dry = await egw('journal', 'retain', '--keep-days', '0', '--out', out, '--dry-run');
    expect(dry.stdout).toContain('2026-11-20  would go');
    expect(await readdir(folder)).not.toContain('archives');

    const { code, stdout } = await egw('journal', 'retain', '--keep-days', '0', '--out', out, '--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout).dropped).toMatchObject([{ day: '2026-11-20' }, { day: '2026-11-21' }]);
    expect(await keysOf()).toEqual([journalKey(4)]);
    expect((await egw('journal', 'verify')).code).toBe(0);
    expect((await egw('journal', 'verify', join(out, '2026-11-20.egwj'))).code).toBe(0);
  });

  test.each([
    ['no number of days', ['--out', 'x']],
    ['a number that is none', ['--keep-days', '-1', '--out', 'x']],
    ['no folder', ['--keep-days', '1']],
  ])('end with 2 for %s', async (_, options) => {
    expect((await egw('journal', 'retain', ...options)).code).toBe(2);
  });
});

describe('egw journal retry', () => {
  test('hands a message that came in to its handler once more', async () => {
    const journal = await openJournal(path, { subjectKey, clock: fixedClock(day(22, 2)) });
    const message = {
      localKey: journalKey(8),
      direction: 'in',
      channel: 'async',
      serviceId: 'HR-001',
      messageType: 'REQUEST',
      atMs: day(22, 2),
    } as const;
    await journal.append({ ...message, kind: 'received', messageId: 'x', bytes: Buffer.from('<x/>') });
    await journal.append({ ...message, kind: 'unhandled', attempt: 1, code: 'UNEXPECTED' });
    const waiting = await egw('journal', 'retry', journalKey(8));
    await journal.append({ ...message, kind: 'dead', code: 'UNEXPECTED' });
    const dead = await egw('journal', 'retry', journalKey(8));
    await journal.close();

    expect([waiting.code, waiting.stdout]).toEqual([0, 'received\n']);
    expect([dead.code, dead.stdout]).toEqual([0, 'received\n']);
  });

  test.each([
    ['no key', [], 2],
    ['an answered message', [journalKey(1)], 1],
    ['a handled message', [journalKey(501)], 1],
    ['an empty note', [journalKey(1), '--note', ''], 2],
  ])('ends for %s', async (_, args, expected) => {
    expect((await egw('journal', 'retry', ...args)).code).toBe(expected);
  });
});
