import diagnostics from 'node:diagnostics_channel';

import { channelNames, JournalError, type MessageJournal, type WorkerErrorEvent } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { codeOf, deferred, manualTime, watchedJournal } from '@egov-gateway/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Deliver } from './deliver.ts';
import { createOutbox, type OutboxOptions } from './outbox.ts';

const told: WorkerErrorEvent[] = [];
const listen = (event: unknown) => told.push(event as WorkerErrorEvent);
beforeEach(() => diagnostics.subscribe(channelNames.workerError, listen));
afterEach(() => {
  diagnostics.unsubscribe(channelNames.workerError, listen);
  told.length = 0;
});

const accept: Deliver = async ({ localKey }) => ({ messageId: `M-${localKey}` });
const message = { bytes: new Uint8Array(1), serviceId: 'A', messageType: 'REQUEST' } as const;

function setUp(deliver: Deliver, options: Partial<OutboxOptions> = {}) {
  const time = manualTime();
  const inner = createMemoryJournal();
  let fails: (method: keyof MessageJournal, args: readonly unknown[]) => boolean = () => false;
  const journal = watchedJournal(inner, {
    before(method, args) {
      if (fails(method, args)) throw new JournalError('', { code: 'ERR_JOURNAL_LOCKED' });
    },
  });
  const outbox = createOutbox({
    journal,
    deliver,
    clock: time.clock,
    timers: time.timers,
    random: () => 0,
    ...options,
  });
  return {
    time,
    outbox,
    journal: inner,
    fail: (when: typeof fails) => {
      fails = when;
    },
    stateOf: async (localKey: string) => (await inner.message(localKey))?.state,
  };
}

describe('a journal in trouble', () => {
  test('makes the worker wait, longer each time, and go on when it is over', async () => {
    const { outbox, time, fail, stateOf } = setUp(accept);
    const { localKey } = await outbox.enqueue(message);
    fail(() => true);
    outbox.start();
    await time.advance(600_000);
    expect(told.every(({ worker, code }) => worker === 'outbox' && code === 'ERR_JOURNAL_LOCKED')).toBe(true);
    expect(told.length).toBeGreaterThan(10);
    expect(told.length).toBeLessThan(40);
    fail(() => false);
    await time.advance(60_000);
    expect(await stateOf(localKey)).toBe('sent');
    expect(time.pending).toBe(1);
  });

  test('does not lose an outcome: it is recorded when the journal is back', async () => {
    let calls = 0;
    const { outbox, time, fail, stateOf } = setUp(async (sent, options) => {
      calls += 1;
      fail((method) => method === 'commit');
      return accept(sent, options);
    });
    const { localKey } = await outbox.enqueue(message);
    outbox.start();
    await time.advance(30_000);
    expect(await stateOf(localKey)).toBe('sending');
    expect(told.length).toBeGreaterThan(0);
    fail(() => false);
    await time.advance(10_000);
    expect(await stateOf(localKey)).toBe('sent');
    expect(calls).toBe(1);
  });

  test('sends nothing that could not be recorded first', async () => {
    let calls = 0;
    const { outbox, time, fail } = setUp(async (sent, options) => {
      calls += 1;
      return accept(sent, options);
    });
    await outbox.enqueue(message);
    fail((method) => method === 'commit');
    outbox.start();
    await time.advance(600_000);
    expect(calls).toBe(0);
  });

  test('sends nothing after a record that took so long that others could take the attempt for dead', async () => {
    let calls = 0;
    const time = manualTime();
    const journal = watchedJournal(createMemoryJournal(), {
      after(method, [change]) {
        const { events } = change as { events?: readonly { kind: string }[] };
        if (method === 'commit' && events?.[0]?.kind === 'sending' && calls === 0) time.leap(6_000);
      },
    });
    const outbox = createOutbox({
      journal,
      clock: time.clock,
      timers: time.timers,
      graceMs: 10_000,
      deliver: async () => {
        calls += 1;
        return { messageId: 'M' };
      },
    });
    const { localKey } = await outbox.enqueue(message);
    await outbox.runOnce();
    expect(calls).toBe(0);
    expect((await journal.message(localKey))?.state).toBe('queued');
  });

  test.each(['runOnce', 'drain'] as const)('makes %s reject', async (method) => {
    const { outbox, fail } = setUp(accept);
    fail((name) => name === 'take');
    expect(await codeOf(() => outbox[method]())).toBe('ERR_JOURNAL_LOCKED');
  });

  test('stops the worker for no other message than the one whose row is damaged', async () => {
    const { journal, time } = setUp(accept);
    let damaged = '';
    const broken = watchedJournal(journal, {
      before(method, [localKey]) {
        if (method === 'bytes' && localKey === damaged) {
          throw new JournalError('', { code: 'ERR_JOURNAL_DAMAGED' });
        }
      },
    });
    const outbox = createOutbox({ journal: broken, deliver: accept, clock: time.clock, timers: time.timers });
    damaged = (await outbox.enqueue(message)).localKey;
    const { localKey } = await outbox.enqueue(message);
    outbox.start();
    await time.advance(1_000);
    expect((await journal.message(localKey))?.state).toBe('sent');
    expect((await journal.message(damaged))?.state).toBe('queued');
    expect(told.map(({ code }) => code)).toEqual(['ERR_JOURNAL_DAMAGED']);
  });
});

describe('stop', () => {
  test('waits for what is on the wire, and takes nothing new', async () => {
    const answer = deferred();
    const { outbox, time, stateOf } = setUp(
      async (sent, options) => {
        await answer.promise;
        return accept(sent, options);
      },
      { concurrency: 1 },
    );
    const first = await outbox.enqueue(message);
    const second = await outbox.enqueue(message);
    outbox.start();
    await time.settle();
    let isStopped = false;
    const stopped = outbox.stop({ graceMs: 30_000 }).then(() => {
      isStopped = true;
    });
    await time.advance(29_000);
    expect(isStopped).toBe(false);
    answer.resolve();
    await stopped;
    expect(await stateOf(first.localKey)).toBe('sent');
    expect(await stateOf(second.localKey)).toBe('queued');
    expect(time.pending).toBe(0);
  });

  test('breaks off what does not end, and records that nobody knows', async () => {
    const { outbox, time, stateOf } = setUp(
      (_sent, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const { localKey } = await outbox.enqueue(message);
    outbox.start();
    await time.settle();
    const stopped = outbox.stop({ graceMs: 1_000 });
    await time.advance(1_000);
    await stopped;
    expect(await stateOf(localKey)).toBe('in-doubt');
    expect(time.pending).toBe(0);
  });

  test('ends even when a delivery never does', async () => {
    const { outbox, time, stateOf } = setUp(() => new Promise(() => {}));
    const { localKey } = await outbox.enqueue(message);
    outbox.start();
    await time.settle();
    const stopped = outbox.stop({ graceMs: 1_000 });
    await time.advance(6_000);
    await stopped;
    // What follows is the same as after a crash.
    expect(await stateOf(localKey)).toBe('sending');
  });

  test('gives back what was taken while it was asked to stop', async () => {
    const time = manualTime();
    const inner = createMemoryJournal();
    const taking = deferred();
    const taken = deferred();
    const journal = watchedJournal(inner, {
      after: async (method) => {
        if (method !== 'take') return;
        taken.resolve();
        await taking.promise;
      },
    });
    const outbox = createOutbox({ journal, deliver: accept, clock: time.clock, timers: time.timers });
    await outbox.enqueue(message);
    outbox.start();
    await taken.promise;
    const stopped = outbox.stop();
    taking.resolve();
    await stopped;
    expect(await inner.nextDueMs('outbox')).toBe(time.clock.now());
  });

  test('can be called twice, before start, and be followed by start', async () => {
    const { outbox, time, stateOf } = setUp(accept);
    await outbox.stop();
    outbox.start();
    outbox.start();
    await Promise.all([outbox.stop(), outbox.stop()]);
    outbox.start();
    const { localKey } = await outbox.enqueue(message);
    await time.settle();
    expect(await stateOf(localKey)).toBe('sent');
    await outbox.stop();
    expect(time.pending).toBe(0);
  });

  test.each([-1, Number.NaN, 1.5])('refuses a grace of %s', async (graceMs) => {
    const { outbox } = setUp(accept);
    await expect(outbox.stop({ graceMs })).rejects.toThrow(TypeError);
  });
});

describe('a deliver that does not keep its time', () => {
  test('is given up, and its signal fires', async () => {
    let signal: AbortSignal | undefined;
    const { outbox, time, stateOf } = setUp(
      (_sent, options) => {
        signal = options.signal;
        return new Promise(() => {});
      },
      { defaults: { attemptTimeoutMs: 60_000 }, graceMs: 10_000 },
    );
    const { localKey } = await outbox.enqueue(message);
    outbox.start();
    await time.advance(60_000);
    expect(await stateOf(localKey)).toBe('sending');
    await time.advance(9_999);
    expect(await stateOf(localKey)).toBe('in-doubt');
    expect(signal?.aborted).toBe(true);
  });
});
