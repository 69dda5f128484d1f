import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createMemoryJournal, openJournal } from '@egov-gateway/journal';
import { manualTime } from '@egov-gateway/testing';
import { afterEach, describe, expect, test } from 'vitest';

import { reply, setUp } from '../test/inbox-setup.ts';
import type { InboxTransaction } from './inbox-transaction.ts';
import { createOutbox } from './outbox.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'inbox-'));
  folders.push(path);
  return path;
}

describe('InboxTransaction', () => {
  test('sends in the commit that handles the message', async () => {
    const journal = createMemoryJournal();
    const time = manualTime();
    const outbox = createOutbox({
      journal,
      deliver: async () => ({ messageId: 'M' }),
      clock: time.clock,
      timers: time.timers,
      defaults: { deadlineMs: 1_000 },
    });
    outbox.start();
    const { inbox, receive } = setUp({ journal, outbox, clock: time.clock, timers: time.timers });
    const keys: string[] = [];
    inbox.on('A', (_message, tx) => {
      keys.push(tx.send(reply, { reference: 'contract 17' }).localKey);
    });
    await receive();
    await inbox.drain();
    await time.settle();
    const message = await journal.message(keys[0] ?? '');
    expect(message).toMatchObject({ state: 'sent', reference: 'contract 17' });
    expect(message?.expiresAtMs).toBe(time.clock.now() + 1_000);
    await outbox.stop();
  });

  test('has its statements and messages happen once, however often the handler is called', async () => {
    const journal = await openJournal(join(folder(), 'j.db'));
    const { inbox, time, receive, stateOf } = setUp({ journal });
    await journal.commit({
      events: [],
      statements: [{ sql: 'CREATE TABLE ledger (message TEXT)', parameters: [] }],
    });
    let calls = 0;
    inbox.on('A', (_message, tx) => {
      calls += 1;
      tx.execute('INSERT INTO ledger (message) VALUES (?)', tx.record.localKey);
      tx.send(reply);
      if (calls < 3) throw new Error('not yet');
    });
    const localKey = await receive();
    inbox.start();
    for (let i = 0; i < 100 && (await stateOf(localKey)) !== 'handled'; i++) await time.advance(1_000);
    await inbox.stop();
    expect(calls).toBe(3);
    expect((await journal.find({ direction: 'out' })).messages).toHaveLength(1);
    // Fails unless there is exactly one row.
    await journal.commit({
      events: [],
      statements: [
        { sql: 'CREATE TABLE one (n INTEGER CHECK (n = 1))', parameters: [] },
        { sql: 'INSERT INTO one SELECT count(*) FROM ledger', parameters: [] },
      ],
    });
    await journal.close();
  });

  test('counts a statement that fails as a failure of its handler', async () => {
    const journal = await openJournal(join(folder(), 'j.db'));
    const { inbox, receive } = setUp({ journal, maxAttempts: 1 });
    inbox.on('A', (_message, tx) => tx.execute('INSERT INTO nowhere VALUES (1)'));
    const localKey = await receive();
    await inbox.drain();
    expect(await journal.message(localKey)).toMatchObject({ state: 'dead', code: 'ERR_JOURNAL_STATEMENT' });
    await journal.close();
  });

  test.each<[string, (tx: InboxTransaction) => unknown, string]>([
    ['a statement in a journal without SQL', (tx) => tx.execute('SELECT 1'), 'ERR_JOURNAL_UNSUPPORTED'],
    ['an empty statement', (tx) => tx.execute(' '), 'HANDLER_FAILED'],
    ['NaN as a parameter', (tx) => tx.execute('SELECT ?', Number.NaN), 'HANDLER_FAILED'],
    ['undefined as a parameter', (tx) => tx.execute('SELECT ?', undefined as never), 'HANDLER_FAILED'],
    ['a date as a parameter', (tx) => tx.execute('SELECT ?', new Date(0) as never), 'HANDLER_FAILED'],
    ['a message without bytes', (tx) => tx.send({ ...reply, bytes: new Uint8Array() }), 'HANDLER_FAILED'],
    [
      'a message under a key that is taken',
      (tx) => tx.send(reply, { localKey: 'taken' }),
      'ERR_JOURNAL_CONFLICT',
    ],
    [
      'endless effects',
      (tx) => {
        for (;;) tx.execute('SELECT 1');
      },
      'HANDLER_FAILED',
    ],
  ])('refuses %s, and the attempt fails', async (_, handler, code) => {
    const { inbox, journal, receive } = setUp({ maxAttempts: 1 });
    await journal.append({
      localKey: 'taken',
      kind: 'signed',
      channel: 'async',
      serviceId: 'A',
      atMs: 0,
    });
    inbox.on('A', (_message, tx) => handler(tx));
    const localKey = await receive();
    await inbox.drain();
    expect(await journal.message(localKey)).toMatchObject({ state: 'dead', code });
  });
});
