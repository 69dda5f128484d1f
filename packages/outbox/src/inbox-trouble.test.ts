import { JournalError } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { watchedJournal } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { reply, type Setup, setUp, workerErrors } from '../test/inbox-setup.ts';

const told = workerErrors();

describe('createInbox, when something goes wrong', () => {
  test('takes for the failure of a handler whatever it throws, an error of a journal as well', async () => {
    const failures: string[] = [];
    const { inbox, journal, time, receive } = setUp({
      maxAttempts: 2,
      onHandlerError: ({ code }) => failures.push(code),
    });
    inbox.on('A', () => {
      throw new JournalError('another journal is closed', { code: 'ERR_JOURNAL_CLOSED' });
    });
    const localKey = await receive();
    inbox.start();
    await time.advance(60_000);
    expect(failures).toEqual(['ERR_JOURNAL_CLOSED', 'ERR_JOURNAL_CLOSED']);
    expect(await journal.message(localKey)).toMatchObject({ state: 'dead', code: 'ERR_JOURNAL_CLOSED' });
    expect(told).toEqual([]);
    await inbox.stop();
  });

  test.each([
    [
      'the diagnostics channel, when nobody else is',
      undefined,
      [{ worker: 'inbox', code: 'HANDLER_FAILED' }],
    ],
    ['the hook alone, when there is one', () => {}, []],
  ])('of a handler that fails, tells %s', async (_whom, onHandlerError, expected) => {
    const { inbox, time, receive } = setUp({ maxAttempts: 1, onHandlerError });
    const failure = new Error('no such contract');
    inbox.on('A', () => {
      throw failure;
    });
    await receive();
    inbox.start();
    await time.advance(1_000);
    expect(told).toEqual(expected.map((event) => ({ ...event, error: failure })));
    await inbox.stop();
  });

  test('gives up a handler whose effects cannot be kept, and goes on with the others', async () => {
    const journal = watchedJournal(createMemoryJournal(), {
      before(method, [change]) {
        const isKeyless = method === 'commit' && JSON.stringify(change).includes('"subjects":["');
        if (isKeyless) throw new JournalError('no key for subjects', { code: 'ERR_JOURNAL_KEY' });
      },
    });
    const { inbox, time, receive, stateOf } = setUp({ journal, maxAttempts: 2, concurrency: 1 });
    inbox.on('A', (_message, tx) => tx.send(reply, { subjects: ['001300900011'] }));
    inbox.on('B', () => {});
    const poison = await receive();
    await time.advance(1);
    const other = await receive({ serviceId: 'B' });
    inbox.start();
    await time.advance(60_000);
    expect(await journal.message(poison)).toMatchObject({ state: 'dead', code: 'ERR_JOURNAL_KEY' });
    expect(await stateOf(other)).toBe('handled');
    await inbox.stop();
  });

  test.each(['ERR_JOURNAL_KEY', 'ERR_JOURNAL_DAMAGED'] as const)(
    'lets a message rest whose bytes cannot be read: %s',
    async (code) => {
      let isBroken = true;
      const journal = watchedJournal(createMemoryJournal(), {
        before(method) {
          if (isBroken && method === 'bytes') throw new JournalError('', { code });
        },
      });
      const { inbox, time, receive, stateOf } = setUp({ journal, handlers: { A: () => {} } });
      const localKey = await receive();
      inbox.start();
      await time.advance(60_000);
      expect(await stateOf(localKey)).toBe('received');
      expect(told.map((event) => event.code)).toEqual([code]);
      isBroken = false;
      await time.advance(300_000);
      expect(await stateOf(localKey)).toBe('handled');
      await inbox.stop();
    },
  );
});

describe('createInbox, when handlers take long', () => {
  const hang = () => new Promise<never>(() => {});

  test('handles other services while handlers of one hang', async () => {
    const { inbox, time, receive, stateOf } = setUp({ handlers: { A: hang, B: () => {} } });
    for (let i = 0; i < 20; i++) await receive();
    await time.advance(1);
    const others: string[] = [];
    for (let i = 0; i < 5; i++) others.push(await receive({ serviceId: 'B' }));
    inbox.start();
    await time.advance(1_000);
    for (const other of others) expect(await stateOf(other)).toBe('handled');
    const stopped = inbox.stop({ graceMs: 0 });
    await time.advance(0);
    await stopped;
  });

  test.each([
    [16, undefined, 4],
    [16, 2, 2],
    [2, undefined, 1],
    [1, undefined, 1],
    [3, 3, 3],
  ])('of %s at a time, with %s of a service, handles %s of one', async (concurrency, given, expected) => {
    let running = 0;
    let most = 0;
    const { inbox, time, receive, journal } = setUp({ concurrency, serviceConcurrency: given });
    inbox.on('A', async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => time.timers.schedule(resolve, 1_000));
      running -= 1;
    });
    for (let i = 0; i < 12; i++) await receive();
    inbox.start();
    await time.advance(13_000);
    expect(most).toBe(expected);
    expect((await journal.find({ states: ['handled'] })).messages).toHaveLength(12);
    await inbox.stop();
    expect(time.pending).toBe(0);
  });

  async function ofOneChain(count: number, handlerMs: number, options: Setup = {}) {
    const commits: unknown[] = [];
    const journal = watchedJournal(createMemoryJournal(), {
      before(method, [change]) {
        if (method === 'commit') commits.push(change);
      },
    });
    const setup = setUp({ ...options, journal });
    const { inbox, time, receive } = setup;
    const handled: string[] = [];
    inbox.on('A', async (message) => {
      await new Promise<void>((resolve) => time.timers.schedule(resolve, handlerMs));
      handled.push(message);
    });
    for (let i = 0; i < count; i++) await receive({ correlationId: 'C' }, `${i}`);
    commits.length = 0;
    return { ...setup, commits, handled };
  }

  test('writes nothing while messages of a chain wait for each other', async () => {
    const { inbox, time, commits, handled } = await ofOneChain(50, 10_000);
    inbox.start();
    await time.advance(9_000);
    expect(commits).toEqual([]);
    await time.advance(100_000);
    expect(handled).toHaveLength(10);
    // Each is handled, and its lease is made longer.
    expect(commits.length).toBeLessThanOrEqual(21);
    const stopped = inbox.stop({ graceMs: 0 });
    await time.advance(0);
    await stopped;
  });

  test('handles every message of a chain once, however long the leases of those that wait have ended', async () => {
    const { inbox, time, handled } = await ofOneChain(12, 50_000, { handlerTimeoutMs: 60_000 });
    inbox.start();
    await time.advance(15 * 60_000);
    expect([...handled].sort()).toEqual(Array.from({ length: 12 }, (_, i) => `${i}`).sort());
    await inbox.stop();
  });

  test('drains a chain to its end', async () => {
    const { inbox, time, handled } = await ofOneChain(5, 100);
    const drained = inbox.drain();
    await time.advance(1_000);
    expect(await drained).toBe(5);
    expect(handled).toHaveLength(5);
    expect(time.pending).toBe(0);
  });

  test('gives back what waits for its turn when it stops', async () => {
    const { inbox, journal, time, commits, handled } = await ofOneChain(5, 1_000);
    inbox.start();
    await time.advance(500);
    const stopped = inbox.stop({ graceMs: 10_000 });
    await time.advance(1_000);
    await stopped;
    expect(handled).toHaveLength(1);
    expect(commits).toHaveLength(2);
    expect(await journal.nextDueMs('inbox')).toBeLessThanOrEqual(time.clock.now());
    inbox.start();
    await time.advance(10_000);
    expect(handled).toHaveLength(5);
    await inbox.stop();
  });
});
