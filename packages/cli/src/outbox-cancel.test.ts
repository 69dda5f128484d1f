import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openJournal } from '@egov-gateway/journal';
import { type CommandLineOutcome, runCommandLine } from '@egov-gateway/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { main } from './main.ts';

const common = { serviceId: 'CONTRACT', channel: 'async', messageType: 'REQUEST', atMs: 1 } as const;
const bytes = new TextEncoder().encode('<x/>');

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-test-'));
  path = join(folder, 'messages.journal');
  const journal = await openJournal(path);
  await journal.commit({
    events: [
      { ...common, localKey: 'waits', kind: 'signed', bytes },
      { ...common, localKey: 'again', kind: 'signed', bytes },
      { ...common, localKey: 'again', kind: 'sending', attempt: 1, untilMs: 2 },
      { ...common, localKey: 'again', kind: 'failed', attempt: 1, delivery: 'unknown', code: 'INTERRUPTED' },
      { ...common, localKey: 'sent', kind: 'signed', bytes },
      { ...common, localKey: 'sent', kind: 'sending', attempt: 1, untilMs: 2 },
      { ...common, localKey: 'sent', kind: 'answered', messageId: '1', correlationId: '2' },
    ],
    enqueue: [
      { queue: 'outbox', localKey: 'waits', dueAtMs: 1 },
      { queue: 'outbox', localKey: 'again', dueAtMs: 1 },
    ],
  });
  await journal.close();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const cancel = (...options: readonly string[]): Promise<CommandLineOutcome> =>
  runCommandLine(main, ['outbox', 'cancel', ...options, '--journal', path], { environment: {} });

describe('egw outbox cancel', () => {
  test('gives up what waits, under a note', async () => {
    const { code, stdout } = await cancel('waits', '--note', 'an old copy', '--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'dead', code: 'CANCELLED' });
  });

  test('says that what may have left is in doubt', async () => {
    const { code, stdout, stderr } = await cancel('again', '--note', 'an old copy');

    expect([code, stdout]).toEqual([0, 'in-doubt\n']);
    expect(stderr).toContain('egw outbox resolve');
  });

  test.each([
    ['nothing without a note', ['waits'], 2],
    ['an empty note', ['waits', '--note', ' '], 2],
    ['no key', ['--note', 'x'], 2],
    ['what was sent', ['sent', '--note', 'x'], 1],
    ['what is not there', ['nobody', '--note', 'x'], 1],
  ])('refuses %s', async (_, options, expected) => {
    expect((await cancel(...options)).code).toBe(expected);
  });
});
