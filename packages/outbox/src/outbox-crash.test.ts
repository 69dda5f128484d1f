import diagnostics from 'node:diagnostics_channel';

import { channelNames, type MessageState, SendError, type WorkerErrorEvent } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { deferred, type ManualTime, manualTime, watchedJournal } from '@egov-gateway/testing';
import { afterEach, describe, expect, test } from 'vitest';

import type { Deliver } from './deliver.ts';
import { createOutbox, type Outbox, type OutboxOptions } from './outbox.ts';
import type { PreparedMessage } from './prepared-message.ts';

const notSent = () => new SendError('', { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' });
const accepted: Deliver = async ({ localKey }) => ({
  messageId: `M-${localKey}`,
  correlationId: `C-${localKey}`,
});

function request(): PreparedMessage {
  return { bytes: new TextEncoder().encode('x'), serviceId: 'A', messageType: 'REQUEST', messageId: 'OWN' };
}

function setUp(deliver: Deliver, options: Partial<OutboxOptions> = {}, time = manualTime()) {
  const journal = options.journal ?? createMemoryJournal();
  const { clock, timers } = time;
  const outbox = createOutbox({ deliver, clock, timers, random: () => 0, ...options, journal });
  started.push({ outbox, time });
  return {
    time,
    journal,
    outbox,
    stateOf: async (localKey: string) => (await journal.message(localKey))?.state,
  };
}

const started: { readonly outbox: Outbox; readonly time: ManualTime }[] = [];

afterEach(async () => {
  for (const { outbox, time } of started.splice(0)) {
    const stopped = outbox.stop({ graceMs: 0 });
    await time.advance(60_000);
    await stopped;
  }
});

/** What workers tell while `run` runs. */
async function troubles(run: () => Promise<void>): Promise<WorkerErrorEvent[]> {
  const events: WorkerErrorEvent[] = [];
  const listen = (event: unknown) => events.push(event as WorkerErrorEvent);
  diagnostics.subscribe(channelNames.workerError, listen);
  try {
    await run();
  } finally {
    diagnostics.unsubscribe(channelNames.workerError, listen);
  }
  return events;
}

describe('a worker that died', () => {
  const never: Deliver = () => new Promise(() => {});

  test.each<['hold' | 'resend', MessageState]>([
    ['hold', 'in-doubt'],
    ['resend', 'sent'],
  ])('leaves an attempt that counts as unknown once it is out of time: %s', async (onUnknown, state) => {
    const defaults = { onUnknown, attemptTimeoutMs: 60_000 };
    const first = setUp(never, { defaults, graceMs: 10_000 });
    const { localKey } = await first.outbox.enqueue(request());
    void first.outbox.runOnce();
    await first.time.settle();
    expect(await first.stateOf(localKey)).toBe('sending');

    // The first one is gone: nothing moves its timers any more.
    const time = manualTime(first.time.clock.now());
    const { outbox, stateOf, journal } = setUp(accepted, { journal: first.journal, defaults }, time);
    outbox.start();
    await time.advance(69_999);
    expect(await stateOf(localKey)).toBe('sending');
    await time.advance(60_000);
    expect(await stateOf(localKey)).toBe(state);
    const message = await journal.message(localKey);
    expect(message?.events.some(({ code }) => code === 'INTERRUPTED')).toBe(true);
  });

  test('gives back what it had taken when its lease ends', async () => {
    const first = setUp(accepted, { leaseMs: 30_000 });
    const { localKey } = await first.outbox.enqueue(request());
    const { time, journal } = first;
    await journal.take('outbox', { nowMs: time.clock.now(), limit: 1, leaseMs: 30_000 });
    first.outbox.start();
    await time.advance(29_999);
    expect(await first.stateOf(localKey)).toBe('queued');
    await time.advance(1);
    expect(await first.stateOf(localKey)).toBe('sent');
  });

  test('leaves nothing that a sweep at the next start does not find', async () => {
    const { journal, outbox, time, stateOf } = setUp(accepted);
    const { localKey } = await outbox.enqueue(request());
    await journal.commit({ events: [], dequeue: [{ queue: 'outbox', localKey }] });
    outbox.start();
    await time.settle();
    expect(await stateOf(localKey)).toBe('sent');
  });

  test('an answer that comes after the attempt was taken for dead ends the doubt', async () => {
    const answer = deferred();
    const slow = setUp(
      async (message, options) => {
        await answer.promise;
        return accepted(message, options);
      },
      { defaults: { attemptTimeoutMs: 60_000 }, graceMs: 10_000 },
    );
    const { localKey } = await slow.outbox.enqueue(request());
    const running = slow.outbox.runOnce();
    await slow.time.settle();

    const time = manualTime(slow.time.clock.now() + 70_000);
    const other = setUp(accepted, { journal: slow.journal }, time);
    await other.outbox.drain();
    expect(await other.stateOf(localKey)).toBe('in-doubt');
    answer.resolve();
    await running;
    expect(await other.stateOf(localKey)).toBe('sent');
  });

  test('an outcome that comes too late and says nothing is told and changes nothing', async () => {
    const answer = deferred();
    const slow = setUp(async () => {
      await answer.promise;
      throw notSent();
    });
    const { localKey } = await slow.outbox.enqueue(request());
    const running = slow.outbox.runOnce();
    await slow.time.settle();
    const other = setUp(accepted, { journal: slow.journal }, manualTime(slow.time.clock.now() + 3_600_000));
    await other.outbox.drain();
    const told = await troubles(async () => {
      answer.resolve();
      await running;
    });
    expect(told.map(({ code }) => code)).toEqual(['ERR_JOURNAL_CONFLICT']);
    expect(await other.stateOf(localKey)).toBe('in-doubt');
  });
});

describe('two workers on one journal', () => {
  test('send each message once', async () => {
    const calls: string[] = [];
    const deliver: Deliver = async (message, options) => {
      calls.push(message.localKey);
      return accepted(message, options);
    };
    const one = setUp(deliver);
    const two = setUp(deliver, { journal: one.journal }, one.time);
    const keys: string[] = [];
    for (let i = 0; i < 50; i++) keys.push((await one.outbox.enqueue(request())).localKey);
    one.outbox.start();
    two.outbox.start();
    await one.time.advance(60_000);
    expect([...calls].sort()).toEqual([...keys].sort());
  });

  test('walk away from a message that the other one was quicker with', async () => {
    const journal = createMemoryJournal();
    const calls: string[] = [];
    const deliver: Deliver = async (message, options) => {
      calls.push(message.localKey);
      return accepted(message, options);
    };
    const rival = watchedJournal(journal, {
      before: async (method, args) => {
        const [change] = args as [{ events?: readonly { kind: string; localKey: string }[] }];
        const event = method === 'commit' ? change.events?.[0] : undefined;
        if (event?.kind !== 'sending') return;
        // The other worker is a moment earlier.
        await journal.commit({ events: [event as never] });
      },
    });
    const { outbox } = setUp(deliver, { journal: rival });
    await outbox.enqueue(request());
    await outbox.runOnce();
    expect(calls).toEqual([]);
  });
});

describe('a clock that was set', () => {
  test('backwards delays nothing that is accepted afterwards', async () => {
    const { outbox, time, stateOf } = setUp(accepted);
    outbox.start();
    await time.settle();
    time.leap(-3_600_000);
    const { localKey } = await outbox.enqueue(request());
    await time.settle();
    expect(await stateOf(localKey)).toBe('sent');
  });

  test('backwards, by the next sweep, keeps nothing waiting that was accepted while it was ahead', async () => {
    const { outbox, time, stateOf } = setUp(accepted);
    const { localKey } = await outbox.enqueue(request());
    time.leap(-2 * 86_400_000);
    outbox.start();
    await time.settle();
    expect(await stateOf(localKey)).toBe('sent');
  });

  test('forwards makes nobody send again what is on the wire, and its answer counts', async () => {
    const answer = deferred();
    let calls = 0;
    const { outbox, time, stateOf } = setUp(
      async (message, options) => {
        calls += 1;
        await answer.promise;
        return accepted(message, options);
      },
      { defaults: { onUnknown: 'resend' } },
    );
    const { localKey } = await outbox.enqueue(request());
    outbox.start();
    await time.settle();
    time.leap(30_000);
    outbox.wake();
    await time.settle();
    answer.resolve();
    await time.settle();
    expect(calls).toBe(1);
    expect(await stateOf(localKey)).toBe('sent');
  });
});
