import { readdir, readFile, writeFile } from 'node:fs/promises';

import { fixedClock } from '@egov-gateway/core';
import { openJournal } from '@egov-gateway/journal';
import { journalKey, runCommandLine } from '@egov-gateway/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { JournalFolder, november } from '../test/journal-folder.ts';
import { main } from './main.ts';

let at: JournalFolder;

beforeEach(async () => {
  at = await JournalFolder.open();
});

afterEach(() => at.close());

describe('egw journal list', () => {
  test('prints a line for each message, newest first, and nothing that is in them', async () => {
    const { code, stdout } = await at.egw('journal', 'list');

    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]).toContain(journalKey(4));
    expect(stdout).not.toContain('<re');
    expect(stdout).not.toContain('001300900011');
  });

  test('names the columns with --header, below which everything stands', async () => {
    const { code, stdout } = await at.egw('journal', 'list', '--header', '--direction', 'out');

    expect(code).toBe(0);
    const [header = '', ...lines] = stdout.trimEnd().split('\n');
    expect(header).toMatch(/^CHANGED +KEY +DIR +STATE +SERVICE +TYPE +MESSAGE ID +CHAIN +CODE +REFERENCE$/);
    expect(lines).toHaveLength(4);
    for (const [number, line] of [4, 3, 2, 1].map((one, index) => [one, lines[index] ?? ''] as const)) {
      expect(line.indexOf(journalKey(number))).toBe(header.indexOf('KEY'));
      expect(line.indexOf('HR-001')).toBe(header.indexOf('SERVICE'));
      expect(line.indexOf('"договор')).toBe(header.indexOf('REFERENCE'));
    }
    expect((await at.egw('journal', 'list', '--header', '--service', 'NONE')).stdout).toBe('');
    expect((await at.egw('outbox', 'list', '--header')).stdout).toMatch(/^CHANGED .+\n.+\n$/);
  });

  test('names them on a terminal too', async () => {
    const { stdout } = await at.egwOnTerminal('journal', 'list', '--limit', '1');
    expect(stdout).toMatch(/^CHANGED .+\n.+\n$/);
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
    expect(await at.keys(...options)).toEqual(numbers.map(journalKey));
  });

  test('goes on behind a page', async () => {
    const first = JSON.parse((await at.egw('journal', 'list', '--json', '--limit', '3')).stdout);
    const rest = await at.keys('--after', first.next);

    expect(first.messages).toHaveLength(3);
    expect(rest).toHaveLength(4);
    expect((await at.egw('journal', 'list', '--limit', '3')).stderr).toContain(`--after ${first.next}`);
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
    const { code, stdout, stderr } = await at.egw('journal', 'list', ...options);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^egw: /);
  });

  test('ends with 2 without a journal, for one that is not there, and makes none', async () => {
    const none = await runCommandLine(main, ['journal', 'list'], {});
    const other = at.file('other.journal');

    expect(none.code).toBe(2);
    expect(none.stderr).toContain('EGW_JOURNAL');
    expect((await at.egw('journal', 'list', '--journal', other)).code).toBe(2);
    expect(await readdir(at.folder)).not.toContain('other.journal');
  });

  test('takes the journal from the configuration file, which other commands read too', async () => {
    const config = at.file('egw.json');
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
    const byKey = await at.egw('journal', 'show', journalKey(1));
    const byId = await at.egw('journal', 'show', 'm-1', '--json');

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
    const out = at.file('out.xml');
    const answer = await at.egw('journal', 'show', journalKey(1), '--bytes', '-', '--event', '3');

    expect((await at.egw('journal', 'show', journalKey(1), '--bytes', out)).code).toBe(0);
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
    const words: Record<string, string> = { KEY: journalKey(1), NOWHERE: at.file('no/out') };

    expect((await at.egw('journal', 'show', ...options.map((word) => words[word] ?? word))).code).toBe(
      expected,
    );
  });

  test('lets nothing that came from outside steer the terminal', async () => {
    const journal = await openJournal(at.path, { clock: fixedClock(november(22, 2)) });
    await journal.append({
      localKey: journalKey(9),
      direction: 'in',
      channel: 'async',
      kind: 'received',
      serviceId: 'HR-001',
      messageType: 'REQUEST',
      messageId: 'a\u001B[2Jb\nc',
      atMs: november(22, 2),
      bytes: Buffer.from('<x/>'),
    });
    await journal.close();

    for (const args of [
      ['journal', 'list'],
      ['journal', 'show', journalKey(9)],
    ]) {
      const { stdout } = await at.egw(...args);
      expect(stdout).toContain('a?[2Jb?c');
      expect(stdout).not.toContain('\u001B');
    }
  });
});

describe('egw journal retry', () => {
  test('hands a message that came in to its handler once more', async () => {
    const journal = await openJournal(at.path, { clock: fixedClock(november(22, 2)) });
    const message = {
      localKey: journalKey(8),
      direction: 'in',
      channel: 'async',
      serviceId: 'HR-001',
      messageType: 'REQUEST',
      atMs: november(22, 2),
    } as const;
    await journal.append({ ...message, kind: 'received', messageId: 'x', bytes: Buffer.from('<x/>') });
    await journal.append({ ...message, kind: 'unhandled', attempt: 1, code: 'UNEXPECTED' });
    const waiting = await at.egw('journal', 'retry', journalKey(8));
    await journal.append({ ...message, kind: 'dead', code: 'UNEXPECTED' });
    const dead = await at.egw('journal', 'retry', journalKey(8));
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
    expect((await at.egw('journal', 'retry', ...args)).code).toBe(expected);
  });
});
