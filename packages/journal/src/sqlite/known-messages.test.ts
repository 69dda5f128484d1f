import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { JournalEvent } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { KnownMessages } from './known-messages.ts';
import { openJournal } from './open-journal.ts';
import type { FileJournal } from './sqlite-journal.ts';

const noon = Date.UTC(2026, 10, 20, 12);
const clock = { atMs: noon, now: () => clock.atMs };
let folder = '';
const open: FileJournal[] = [];

async function reopen(): Promise<FileJournal> {
  const journal = await openJournal(join(folder, 'messages.journal'), { clock });
  open.push(journal);
  return journal;
}

function event(kind: JournalEvent['kind'], more: Partial<JournalEvent> = {}): JournalEvent {
  return { localKey: 'a', kind, serviceId: 'S', channel: 'async', atMs: clock.atMs, ...more };
}

const sending = (attempt: number): JournalEvent => event('sending', { attempt, untilMs: noon + 60_000 });

beforeEach(async () => {
  clock.atMs = noon;
  folder = await mkdtemp(join(tmpdir(), 'egw-known-'));
});
afterEach(async () => {
  for (const journal of open.splice(0)) await journal.close();
  await rm(folder, { recursive: true, force: true });
});

describe('KnownMessages', () => {
  test('forgets the oldest', () => {
    const known = new KnownMessages();
    for (let n = 0; n < 501; n += 1) known.set(`${n}`, { id: n, head: undefined as never });
    expect(known.get('0')).toBeUndefined();
    expect(known.get('1')?.id).toBe(1);
    expect(known.get('500')?.id).toBe(500);
  });
});

describe('a journal that remembers what it wrote', () => {
  test('sees what another one wrote since', async () => {
    const [one, two] = [await reopen(), await reopen()];
    await one.append(event('signed'));
    await two.append(sending(1));
    const late = { events: [sending(1)], expect: [{ localKey: 'a', version: 1 }] };
    expect(await codeOf(() => one.commit(late))).toBe('ERR_JOURNAL_CONFLICT');
    await one.append(event('answered', { messageId: 'm' }));
    expect(await codeOf(() => two.append(event('expired')))).toBe('ERR_JOURNAL_STATE');
    expect(await two.message('a')).toMatchObject({ state: 'sent', version: 3, messageId: 'm' });
    expect((await one.verify()).intact).toBe(true);
  });

  test('sees what another one wrote after a change of its own was refused', async () => {
    const [one, two] = [await reopen(), await reopen()];
    await one.append(event('signed'));
    const refused = {
      events: [sending(1), event('answered', { messageId: 'm', correlationId: 'c' })],
      enqueue: [{ queue: 'outbox', localKey: 'x', dueAtMs: 1 } as const],
    };
    expect(await codeOf(() => one.commit(refused))).toBe('ERR_JOURNAL_NOT_FOUND');
    await two.append(event('expired'));
    expect(await codeOf(() => one.append(sending(1)))).toBe('ERR_JOURNAL_STATE');
    expect((await one.message('a'))?.state).toBe('expired');
  });

  test('forgets a change that was refused beside others', async () => {
    const journal = await reopen();
    await journal.append(event('signed'));
    const refused = {
      events: [sending(1), event('answered', { messageId: 'm', correlationId: 'c' })],
      enqueue: [{ queue: 'outbox', localKey: 'x', dueAtMs: 1 } as const],
    };
    const outcomes = await Promise.allSettled([journal.commit(refused), journal.append(sending(1))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await journal.message('a')).toMatchObject({ state: 'sending', version: 2 });
    await journal.sweep(noon);
    expect((await journal.verify()).intact).toBe(true);
  });

  test.each(['itself', 'another one'])('knows no message that %s archived', async (who) => {
    const journal = await reopen();
    await journal.append(event('signed'));
    await journal.append(event('expired'));
    clock.atMs = noon + 86_400_000;
    await journal.seal();
    const other = who === 'itself' ? journal : await reopen();
    const { dropped } = await other.retain({ keepDays: 0, folder });
    expect(dropped).toHaveLength(1);
    expect(await codeOf(() => journal.append(event('dead')))).toBe('ERR_JOURNAL_STATE');
    expect(await journal.message('a')).toBeUndefined();
    expect((await journal.verify()).intact).toBe(true);
  });
});
