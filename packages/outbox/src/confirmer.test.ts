import { GatewayFault, JournalError, type JournalEvent, newLocalKey, SendError } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { codeOf, manualTime, watchedJournal } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import type { Confirm } from './confirm-work.ts';
import { type ConfirmerOptions, createConfirmer } from './confirmer.ts';

function setUp(confirm: Confirm, options: Partial<ConfirmerOptions> = {}) {
  const time = manualTime();
  const journal = options.journal ?? createMemoryJournal();
  const confirmer = createConfirmer({
    confirm,
    clock: time.clock,
    timers: time.timers,
    random: () => 0,
    ...options,
    journal,
  });
  const poll = async (messageId: string | undefined = newLocalKey()) => {
    const atMs = time.clock.now();
    const container = newLocalKey();
    const localKey = newLocalKey();
    const event = { direction: 'in', channel: 'async', kind: 'received', serviceId: 'A', atMs } as const;
    await journal.commit({
      events: [
        { ...event, localKey: container, bytes: new Uint8Array(1) },
        {
          ...event,
          localKey,
          messageType: 'REQUEST',
          messageId: messageId === '' ? undefined : messageId,
          correlationId: `C-${localKey}`,
          container: { localKey: container, part: 0 },
        },
      ],
      enqueue: [{ queue: 'confirmations', localKey, dueAtMs: atMs }],
    });
    return localKey;
  };
  const confirmations = async (localKey: string) =>
    ((await journal.message(localKey))?.events ?? []).filter(({ kind }) => kind === 'confirmed');
  return { time, journal, confirmer, poll, confirmations };
}

const offline = () => new SendError('', { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' });

describe('createConfirmer', () => {
  test('confirms what was polled, once', async () => {
    const calls: unknown[] = [];
    const { confirmer, poll, confirmations, journal } = setUp(async (message, outcome) => {
      calls.push([message, outcome]);
    });
    const localKey = await poll('M1');
    await confirmer.drain();
    await confirmer.drain();
    expect(calls).toEqual([[{ messageId: 'M1', serviceId: 'A', localKey }, 'accepted']]);
    expect(await confirmations(localKey)).toHaveLength(1);
    expect((await journal.message(localKey))?.state).toBe('received');
  });

  test('goes on until the gateway has answered, less and less often', async () => {
    const calls: number[] = [];
    const { confirmer, time, poll, confirmations } = setUp(
      async () => {
        calls.push(time.clock.now());
        if (calls.length < 13) throw offline();
      },
      { breaker: { failures: 1_000 }, backoff: { firstMs: 1_000, maxMs: 600_000 } },
    );
    const localKey = await poll();
    confirmer.start();
    await time.advance(3 * 3_600_000);
    expect(await confirmations(localKey)).toHaveLength(1);
    const pauses = calls.slice(1).map((atMs, index) => atMs - (calls[index] ?? 0));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.at(-1)).toBe(600_000);
    await confirmer.stop();
    expect(time.pending).toBe(0);
  });

  test('does not try again what the gateway refuses, and keeps its code', async () => {
    let calls = 0;
    const { confirmer, time, poll, confirmations } = setUp(async () => {
      calls += 1;
      throw new GatewayFault({ faultCode: 'SCE009', faultString: '' }, { verified: true });
    });
    const localKey = await poll();
    confirmer.start();
    await time.advance(3_600_000);
    expect(calls).toBe(1);
    expect((await confirmations(localKey)).map(({ code }) => code)).toEqual(['SCE009']);
    await confirmer.stop();
  });

  test('tells a gateway that refuses, and sends the message again and again, less and less often', async () => {
    const calls: number[] = [];
    let refusal: 'SCE009' | undefined = 'SCE009';
    const { confirmer, journal, time, poll, confirmations } = setUp(async () => {
      calls.push(time.clock.now());
      if (refusal !== undefined)
        throw new GatewayFault({ faultCode: refusal, faultString: '' }, { verified: true });
    });
    const localKey = await poll();
    const container = (await journal.message(localKey))?.events[0]?.container?.localKey ?? '';
    const again = async () => {
      const dueAtMs = time.clock.now();
      const repeated: JournalEvent = {
        localKey,
        direction: 'in',
        channel: 'async',
        serviceId: 'A',
        kind: 'repeated',
        container: { localKey: container, part: 0 },
        atMs: dueAtMs,
      };
      await journal.commit({ events: [repeated], enqueue: [{ queue: 'confirmations', localKey, dueAtMs }] });
      confirmer.wake();
    };
    confirmer.start();
    for (let i = 0; i < 360; i++) {
      await time.advance(10_000);
      await again();
    }
    await time.settle();
    expect((await confirmations(localKey)).map(({ code }) => code)).toEqual(['SCE009']);
    expect(calls.length).toBeLessThan(15);
    const pauses = calls.slice(2).map((atMs, index) => atMs - (calls[index + 1] ?? 0));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));

    // The gateway does not send it any more: that is the end of it.
    const told = calls.length;
    await time.advance(2 * 86_400_000);
    expect(calls.length).toBeLessThanOrEqual(told + 1);
    expect(await journal.nextDueMs('confirmations')).toBeUndefined();

    refusal = undefined;
    await again();
    await time.advance(86_400_000);
    expect((await confirmations(localKey)).map(({ code }) => code)).toEqual(['SCE009', 'SCE009', undefined]);
    await confirmer.stop();
  });

  test('asks an endpoint that does not answer with one message only', async () => {
    let calls = 0;
    const { confirmer, time, poll } = setUp(
      async () => {
        calls += 1;
        throw offline();
      },
      { breaker: { failures: 4, backoff: { firstMs: 60_000, maxMs: 60_000, jitter: 0 } } },
    );
    for (let i = 0; i < 20; i++) await poll();
    confirmer.start();
    await time.advance(59_000);
    expect(calls).toBe(4);
    await time.advance(2_000);
    expect(calls).toBe(5);
    await confirmer.stop();
  });

  test('gives up a confirmation that does not end, and tries again', async () => {
    let calls = 0;
    const { confirmer, time, poll, confirmations } = setUp(
      () => {
        calls += 1;
        return calls === 1 ? new Promise(() => {}) : Promise.resolve();
      },
      { timeoutMs: 1_000 },
    );
    const localKey = await poll();
    confirmer.start();
    await time.advance(60_000);
    expect(calls).toBe(2);
    expect(await confirmations(localKey)).toHaveLength(1);
    await confirmer.stop();
  });

  test('says of a message without an id that it cannot be confirmed', async () => {
    let calls = 0;
    const { confirmer, poll, confirmations } = setUp(async () => {
      calls += 1;
    });
    const localKey = await poll('');
    await confirmer.drain();
    expect(calls).toBe(0);
    expect((await confirmations(localKey)).map(({ code }) => code)).toEqual(['MESSAGE_ID_MISSING']);
  });

  test('confirms once more what it could not record', async () => {
    let isLocked = false;
    let calls = 0;
    const journal = watchedJournal(createMemoryJournal(), {
      before(method) {
        if (isLocked && method === 'commit') throw new JournalError('', { code: 'ERR_JOURNAL_LOCKED' });
      },
    });
    const { confirmer, time, poll, confirmations } = setUp(
      async () => {
        calls += 1;
        isLocked = calls === 1;
      },
      { journal },
    );
    const localKey = await poll();
    expect(await codeOf(() => confirmer.runOnce())).toBe('ERR_JOURNAL_LOCKED');
    isLocked = false;
    time.leap(120_000);
    await confirmer.drain();
    expect(calls).toBe(2);
    expect(await confirmations(localKey)).toHaveLength(1);
  });

  test.each<[string, object]>([
    ['an unknown option', { defaults: {} }],
    ['no confirm', { confirm: undefined }],
    ['a timeout that is no number', { timeoutMs: Number.NaN }],
    ['a back-off with a factor', { backoff: { factor: 2 } }],
    ['no concurrency', { concurrency: 0 }],
  ])('refuses %s', (_, options) => {
    const confirm = async () => {};
    expect(() => createConfirmer({ journal: createMemoryJournal(), confirm, ...options } as never)).toThrow(
      TypeError,
    );
  });
});
