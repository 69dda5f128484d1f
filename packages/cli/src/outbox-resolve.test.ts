import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openJournal } from '@egov-gateway/journal';
import { type CommandLineOutcome, runCommandLine } from '@egov-gateway/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { main } from './main.ts';

const common = { serviceId: 'CONTRACT', channel: 'async', atMs: 1 } as const;
const doubt = { ...common, localKey: 'doubt', direction: 'out', messageType: 'REQUEST' } as const;
const reply = { ...common, localKey: 'reply', direction: 'in', messageType: 'RESPONSE' } as const;

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-test-'));
  path = join(folder, 'messages.journal');
  const journal = await openJournal(path);
  await journal.commit({
    events: [
      { ...doubt, kind: 'signed', bytes: new TextEncoder().encode('<x/>') },
      { ...doubt, kind: 'sending', attempt: 1, untilMs: 2 },
      { ...doubt, kind: 'doubted', code: 'INTERRUPTED' },
      { ...reply, kind: 'received', messageId: '9', correlationId: '3226347' },
    ],
  });
  await journal.close();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const resolve = (...options: readonly string[]): Promise<CommandLineOutcome> =>
  runCommandLine(main, ['outbox', 'resolve', 'doubt', ...options, '--note', 'ticket', '--journal', path], {
    environment: {},
  });

async function stateOf(key: string): Promise<string | undefined> {
  const journal = await openJournal(path);
  try {
    return (await journal.message(key))?.state;
  } finally {
    await journal.close();
  }
}

describe('egw outbox resolve', () => {
  test('with the chain takes the answer that waited', async () => {
    const { code, stdout } = await resolve('--as', 'sent', '--correlation-id', '3226347');

    expect([code, stdout]).toEqual([0, 'answered\n']);
    expect(await stateOf('reply')).toBe('received');
  });

  test('without it leaves the answer waiting', async () => {
    const { code, stdout } = await resolve('--as', 'sent', '--message-id', '216386080');

    expect([code, stdout]).toEqual([0, 'sent\n']);
    expect(await stateOf('reply')).toBe('unmatched');
  });

  test.each([
    ['a chain of what was not sent', ['--as', 'not-sent', '--correlation-id', '3226347']],
    ['an id of what was abandoned', ['--as', 'abandoned', '--message-id', '216386080']],
    ['an empty chain', ['--as', 'sent', '--correlation-id', ' ']],
    ['a chain that is too long', ['--as', 'sent', '--correlation-id', 'x'.repeat(1001)]],
  ])('refuses %s', async (_, options) => {
    expect((await resolve(...options)).code).toBe(2);
    expect(await stateOf('doubt')).toBe('in-doubt');
  });
});
