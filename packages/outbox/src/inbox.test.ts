import { JournalError, newLocalKey, VerifyError } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { codeOf, deferred, watchedJournal } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { open, reply, setUp, text, workerErrors } from '../test/inbox-setup.ts';
import type { HandlerErrorEvent } from './handle-work.ts';
import { createInbox } from './inbox.ts';
import type { InboxTransaction } from './inbox-transaction.ts';

const told = workerErrors();

describe('createInbox', () => {
  test('opens the stored bytes as of the instant they came, and hands the message over', async () => {
    const opened: unknown[] = [];
    const { inbox, time, receive, stateOf } = setUp({
      open: async (bytes, atMs, part) => {
        opened.push([text(bytes), atMs, part]);
        return text(bytes);
      },
    });
    const handled: unknown[] = [];
    inbox.on('A', (message, tx) => {
      handled.push([message, tx.attempt, tx.record.localKey]);
    });
    const atMs = time.clock.now();
    const localKey = await receive({}, 'hello');
    await time.advance(86_400_000);
    await inbox.drain();
    expect(opened).toEqual([['hello', atMs, undefined]]);
    expect(handled).toEqual([['hello', 1, localKey]]);
    expect(await stateOf(localKey)).toBe('handled');
  });

  test('opens a polled message out of its container', async () => {
    const { inbox, journal, time, receive, stateOf } = setUp();
    const handled: string[] = [];
    inbox.on('A', (message) => handled.push(message));
    const container = newLocalKey();
    await journal.append({
      localKey: container,
      direction: 'in',
      channel: 'async',
      kind: 'received',
      serviceId: 'A',
      atMs: time.clock.now(),
      bytes: new TextEncoder().encode('first|second'),
    });
    const localKey = await receive({ bytes: undefined, container: { localKey: container, part: 1 } });
    await inbox.drain();
    expect(handled).toEqual(['second']);
    expect(await stateOf(localKey)).toBe('handled');
  });

  test('handles as soon as it is woken', async () => {
    const { inbox, time, receive, stateOf } = setUp({ handlers: { A: () => {} } });
    inbox.start();
    await time.settle();
    const localKey = await receive();
    inbox.wake();
    await time.settle();
    expect(await stateOf(localKey)).toBe('handled');
    await inbox.stop();
    expect(time.pending).toBe(0);
  });

  test('calls a handler that failed again, later each time, and then gives up', async () => {
    const attempts: number[] = [];
    const failures: HandlerErrorEvent[] = [];
    const { inbox, journal, time, receive } = setUp({
      maxAttempts: 3,
      backoff: { firstMs: 1_000, factor: 2, jitter: 0 },
      onHandlerError: (event) => failures.push(event),
    });
    inbox.on('A', (_message, tx) => {
      attempts.push(time.clock.now());
      expect(tx.attempt).toBe(attempts.length);
      throw new Error('no');
    });
    const startMs = time.clock.now();
    const localKey = await receive();
    inbox.start();
    await time.advance(60_000);
    expect(attempts.map((atMs) => atMs - startMs)).toEqual([0, 1_000, 3_000]);
    const message = await journal.message(localKey);
    expect(message).toMatchObject({ state: 'dead', code: 'HANDLER_FAILED', attempts: 3 });
    expect(message?.events.at(-1)?.note).toBe('3 attempts are used up');
    expect(failures.map(({ attempt, code, isLast }) => [attempt, code, isLast])).toEqual([
      [1, 'HANDLER_FAILED', false],
      [2, 'HANDLER_FAILED', false],
      [3, 'HANDLER_FAILED', true],
    ]);
    await inbox.stop();
  });

  test('gives a dead message back to its handler when told to', async () => {
    let isBroken = true;
    const { inbox, receive, stateOf } = setUp({ maxAttempts: 1 });
    inbox.on('A', () => {
      if (isBroken) throw new Error('no');
    });
    const localKey = await receive();
    await inbox.drain();
    expect(await stateOf(localKey)).toBe('dead');
    isBroken = false;
    await inbox.retry(localKey);
    await inbox.drain();
    expect(await stateOf(localKey)).toBe('handled');
    expect(await codeOf(() => inbox.retry(localKey))).toBe('ERR_JOURNAL_STATE');
    expect(await codeOf(() => inbox.retry('nobody'))).toBe('ERR_JOURNAL_NOT_FOUND');
  });

  test('does not hand over what is not to be trusted any more', async () => {
    let calls = 0;
    const { inbox, journal, receive } = setUp({
      maxAttempts: 1,
      open: async () => {
        throw new VerifyError('', { code: 'ERR_VERIFY_SIGNER_UNTRUSTED' });
      },
    });
    inbox.on('A', () => {
      calls += 1;
    });
    const localKey = await receive();
    await inbox.drain();
    expect(calls).toBe(0);
    expect(await journal.message(localKey)).toMatchObject({
      state: 'dead',
      code: 'ERR_VERIFY_SIGNER_UNTRUSTED',
    });
  });

  test('keeps messages that nobody handles, says so once, and handles them as soon as somebody does', async () => {
    const { inbox, time, receive, stateOf } = setUp({ handlers: { B: () => {} } });
    inbox.start();
    const first = await receive();
    const second = await receive();
    const other = await receive({ serviceId: 'B' });
    await time.advance(600_000);
    expect(await stateOf(first)).toBe('received');
    expect(await stateOf(other)).toBe('handled');
    expect(told.map(({ worker, code }) => [worker, code])).toEqual([['inbox', 'NO_HANDLER']]);
    inbox.on('A', () => {});
    await time.advance(60_000);
    expect([await stateOf(first), await stateOf(second)]).toEqual(['handled', 'handled']);
    await inbox.stop();
  });

  test('handles one message of a chain at a time', async () => {
    const waiting: { readonly message: string; readonly end: () => void }[] = [];
    const { inbox, journal, time, receive } = setUp();
    inbox.on('A', async (message) => {
      const { promise, resolve } = deferred();
      waiting.push({ message, end: resolve });
      await promise;
    });
    await journal.append({
      localKey: newLocalKey(),
      kind: 'signed',
      channel: 'async',
      serviceId: 'A',
      messageType: 'REQUEST',
      correlationId: 'C',
      atMs: 0,
    });
    await receive({ correlationId: 'C', messageType: 'NOTIFICATION' }, 'one');
    await receive({ correlationId: 'C', messageType: 'RESPONSE' }, 'two');
    await receive({}, 'other');
    inbox.start();
    await time.advance(1_000);
    expect(waiting.map(({ message }) => message).sort()).toEqual(['one', 'other']);
    for (const { end } of waiting) end();
    await time.advance(1_000);
    expect(waiting.map(({ message }) => message)).toContain('two');
    for (const { end } of waiting) end();
    await inbox.stop();
  });

  test('gives up a handler that does not end, and keeps nothing of it', async () => {
    let tx: InboxTransaction | undefined;
    const { inbox, journal, time, receive } = setUp({ handlerTimeoutMs: 1_000, maxAttempts: 1 });
    inbox.on('A', (_message, given) => {
      tx = given;
      given.send(reply);
      return new Promise(() => {});
    });
    const localKey = await receive();
    inbox.start();
    await time.advance(1_000);
    expect(await journal.message(localKey)).toMatchObject({ state: 'dead', code: 'HANDLER_TIMEOUT' });
    expect(tx?.signal.aborted).toBe(true);
    expect(() => tx?.send(reply)).toThrow(TypeError);
    expect((await journal.find({ direction: 'out' })).messages).toEqual([]);
    await inbox.stop();
  });

  test('gives the message back, without counting the attempt, when it stops', async () => {
    const { inbox, journal, time, receive } = setUp();
    inbox.on('A', (_message, { signal }) => {
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    const localKey = await receive();
    inbox.start();
    await time.settle();
    const stopped = inbox.stop({ graceMs: 500 });
    await time.advance(500);
    await stopped;
    expect(await journal.message(localKey)).toMatchObject({ state: 'received', attempts: 0 });
    expect(await journal.nextDueMs('inbox')).toBe(time.clock.now());
    expect(time.pending).toBe(0);
  });

  test('is not called again because the message was confirmed or came once more meanwhile', async () => {
    let calls = 0;
    const { inbox, journal, time, receive, stateOf } = setUp();
    const localKey = await receive();
    inbox.on('A', async (_message, tx) => {
      calls += 1;
      tx.send(reply);
      const { serviceId, direction, channel } = tx.record;
      const event = { localKey, serviceId, direction, channel, atMs: time.clock.now() };
      await journal.append({ ...event, kind: 'confirmed' });
    });
    await inbox.drain();
    expect(calls).toBe(1);
    expect(await stateOf(localKey)).toBe('handled');
    expect((await journal.find({ direction: 'out' })).messages).toHaveLength(1);
  });

  test('walks away when another worker was quicker', async () => {
    const journal = createMemoryJournal();
    const { inbox, receive, stateOf, time } = setUp({ journal });
    const localKey = await receive();
    inbox.on('A', async (_message, tx) => {
      tx.send(reply);
      const { serviceId, direction, channel } = tx.record;
      await journal.append({
        localKey,
        serviceId,
        direction,
        channel,
        kind: 'handled',
        atMs: time.clock.now(),
      });
    });
    await inbox.drain();
    expect(await stateOf(localKey)).toBe('handled');
    expect((await journal.find({ direction: 'out' })).messages).toEqual([]);
  });

  test('records what a handler did as soon as the journal is back', async () => {
    let isLocked = false;
    let calls = 0;
    const inner = createMemoryJournal();
    const journal = watchedJournal(inner, {
      before(method) {
        if (isLocked && method === 'commit') throw new JournalError('', { code: 'ERR_JOURNAL_LOCKED' });
      },
    });
    const { inbox, time, receive, stateOf } = setUp({ journal });
    inbox.on('A', () => {
      calls += 1;
      isLocked = true;
    });
    const localKey = await receive();
    inbox.start();
    await time.advance(60_000);
    isLocked = false;
    await time.advance(60_000);
    expect(await stateOf(localKey)).toBe('handled');
    expect(calls).toBe(1);
    await inbox.stop();
  });

  test.each<[string, object]>([
    ['an unknown option', { handler: {} }],
    ['no open', { open: undefined }],
    ['a handler that is none', { handlers: { A: 'log' } }],
    ['handlers in a list', { handlers: [] }],
    ['a service without a name', { handlers: { '': () => {} } }],
    ['more of a service than of all', { concurrency: 2, serviceConcurrency: 3 }],
    ['no time for handlers', { handlerTimeoutMs: 0 }],
    ['attempts that are no number', { maxAttempts: Number.NaN }],
    ['an outbox that is none', { outbox: {} }],
    ['a reference that is no function', { referenceOf: 'number' }],
  ])('refuses %s', (_, options) => {
    expect(() => createInbox({ journal: createMemoryJournal(), open, ...options } as never)).toThrow(
      TypeError,
    );
  });
});
