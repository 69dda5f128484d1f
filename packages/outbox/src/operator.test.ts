import { GatewayFault, type MessageJournal, SendError } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { codeOf, manualTime, watchedJournal } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import type { Deliver } from './deliver.ts';
import { createOutbox, type OutboxOptions } from './outbox.ts';
import type { PreparedMessage } from './prepared-message.ts';

const notSent = () => new SendError('', { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' });
const unknown = () => new SendError('', { code: 'ERR_SEND_BODY_TIMEOUT', delivery: 'unknown' });
const fault = (errorCode: string) =>
  new GatewayFault({ faultCode: errorCode, faultString: '' }, { verified: true });

function request(): PreparedMessage {
  return { bytes: new TextEncoder().encode('x'), serviceId: 'A', messageType: 'REQUEST' };
}

/** Throws by the script, one entry a delivery, and then succeeds. */
function scripted(...script: readonly (() => unknown)[]) {
  const calls: Parameters<Deliver>[0][] = [];
  const deliver: Deliver = async (message) => {
    calls.push(message);
    const step = script[calls.length - 1];
    if (step !== undefined) throw step();
    return { messageId: `M-${message.localKey}` };
  };
  return { deliver, calls };
}

function setUp(deliver: Deliver, options: Partial<OutboxOptions> = {}) {
  const time = manualTime();
  const { clock, timers } = time;
  const journal = createMemoryJournal();
  const outbox = createOutbox({ journal, deliver, clock, timers, random: () => 0, ...options });
  return {
    time,
    journal,
    outbox,
    stateOf: async (localKey: string) => (await journal.message(localKey))?.state,
  };
}

describe('resolve', () => {
  async function inDoubt() {
    const { deliver, calls } = scripted(unknown);
    const setup = setUp(deliver);
    const { localKey } = await setup.outbox.enqueue(request());
    await setup.outbox.drain();
    return { ...setup, localKey, calls };
  }

  test.each([
    ['sent', 'sent'],
    ['abandoned', 'dead'],
  ] as const)('%s ends the doubt as %s', async (resolution, state) => {
    const { outbox, localKey, stateOf, calls } = await inDoubt();
    await outbox.resolve(localKey, resolution, 'the support desk says so');
    await outbox.drain();
    expect(await stateOf(localKey)).toBe(state);
    expect(calls).toHaveLength(1);
  });

  test('not-sent sends the same bytes again, with all its attempts', async () => {
    const { outbox, localKey, journal, calls } = await inDoubt();
    await outbox.resolve(localKey, 'not-sent', 'the support desk says so');
    await outbox.drain();
    expect(calls.map(({ bytes, attempt }) => [bytes.byteLength, attempt])).toEqual([
      [1, 1],
      [1, 2],
    ]);
    const message = await journal.message(localKey);
    expect(message?.state).toBe('sent');
    expect(message?.events.find(({ kind }) => kind === 'resolved')?.note).toBe('the support desk says so');
  });

  test('sent with the chain takes the replies that waited, and their answer', async () => {
    const { outbox, localKey, journal, stateOf } = await inDoubt();
    const reply = { localKey: 'reply', direction: 'in', channel: 'async', serviceId: 'A', atMs: 1 } as const;
    const names = { messageId: 'M-9', correlationId: 'chain' };
    const received = { ...reply, kind: 'received', messageType: 'RESPONSE', correlationId: 'chain' } as const;
    await journal.commit({ events: [received] });
    expect(await stateOf('reply')).toBe('unmatched');
    await outbox.resolve(localKey, 'sent', 'the support desk names the chain', names);
    expect(await journal.message(localKey)).toMatchObject({ state: 'answered', ...names });
    expect(await stateOf('reply')).toBe('received');
  });

  test.each([
    ['not-sent', { correlationId: 'chain' }],
    ['abandoned', { messageId: 'M-9' }],
    ['sent', { correlationId: '' }],
    ['sent', { messageId: 'x'.repeat(1_001) }],
    ['sent', { messageId: 9 }],
  ])('refuses %s with the names %j', async (resolution, names) => {
    const { outbox, localKey, stateOf } = await inDoubt();
    const outcome = outbox.resolve(localKey, resolution as never, 'x', names as never);
    await expect(outcome).rejects.toThrow(TypeError);
    expect(await stateOf(localKey)).toBe('in-doubt');
  });

  test('is refused for a message that is not in doubt, and for one that is not there', async () => {
    const { outbox, localKey } = await inDoubt();
    await outbox.resolve(localKey, 'sent', 'x');
    expect(await codeOf(() => outbox.resolve(localKey, 'not-sent', 'x'))).toBe('ERR_JOURNAL_STATE');
    expect(await codeOf(() => outbox.resolve('nobody', 'sent', 'x'))).toBe('ERR_JOURNAL_NOT_FOUND');
  });

  test.each([
    ['maybe', 'x'],
    ['sent', ''],
    ['sent', undefined],
    ['sent', 'x'.repeat(1_001)],
  ])('refuses the resolution %s with the note %j', async (resolution, note) => {
    const { outbox, localKey } = await inDoubt();
    await expect(outbox.resolve(localKey, resolution as never, note as never)).rejects.toThrow(TypeError);
  });
});

describe('retry', () => {
  test('sends again what was given up or rejected', async () => {
    const { deliver, calls } = scripted(() => fault('SCE004'), notSent);
    const { outbox, stateOf } = setUp(deliver, { defaults: { maxAttempts: 1 } });
    const { localKey } = await outbox.enqueue(request());
    await outbox.drain();
    expect(await stateOf(localKey)).toBe('rejected');
    await outbox.retry(localKey);
    await outbox.drain();
    expect(await stateOf(localKey)).toBe('dead');
    await outbox.retry(localKey, 'the network is back');
    await outbox.drain();
    expect(await stateOf(localKey)).toBe('sent');
    expect(calls).toHaveLength(3);
  });

  test('is refused for what was sent, is in doubt or is too late', async () => {
    const { deliver } = scripted(unknown, undefined as never, notSent);
    const { outbox, time } = setUp(deliver, { defaults: { maxAttempts: 1 } });
    const { localKey } = await outbox.enqueue(request());
    await outbox.drain();
    expect(await codeOf(() => outbox.retry(localKey))).toBe('ERR_JOURNAL_STATE');
    await outbox.resolve(localKey, 'sent', 'x');
    expect(await codeOf(() => outbox.retry(localKey))).toBe('ERR_JOURNAL_STATE');
    const late = await outbox.enqueue(request(), { expiresAtMs: time.clock.now() + 1 });
    time.leap(1);
    await outbox.drain();
    expect(await codeOf(() => outbox.retry(late.localKey))).toBe('ERR_JOURNAL_STATE');
  });
});

describe('cancel', () => {
  test('gives up a message that waits, and sends nothing', async () => {
    const { deliver, calls } = scripted();
    const { outbox, journal } = setUp(deliver);
    const { localKey } = await outbox.enqueue(request());
    await outbox.cancel(localKey, 'this copy of the journal is old');
    await outbox.drain();
    expect(calls).toEqual([]);
    const message = await journal.message(localKey);
    expect(message).toMatchObject({ state: 'dead', code: 'CANCELLED' });
    expect(message?.events.at(-1)?.note).toBe('this copy of the journal is old');
    expect(await journal.nextDueMs('outbox')).toBeUndefined();
  });

  test('gives up a draft', async () => {
    const { outbox, journal, stateOf } = setUp(scripted().deliver);
    await journal.append({ localKey: 'd', kind: 'built', channel: 'async', serviceId: 'A', atMs: 1 });
    await outbox.cancel('d', 'x');
    expect(await stateOf('d')).toBe('dead');
  });

  test('leaves a doubt about what may have left already', async () => {
    const { deliver, calls } = scripted(unknown);
    const { outbox, journal, stateOf } = setUp(deliver, { defaults: { onUnknown: 'resend' } });
    const { localKey } = await outbox.enqueue({ ...request(), messageId: 'OWN' });
    await outbox.drain();
    expect(await stateOf(localKey)).toBe('queued');
    await outbox.cancel(localKey, 'x');
    await outbox.drain();
    expect(calls).toHaveLength(1);
    expect(await journal.message(localKey)).toMatchObject({ state: 'in-doubt', code: 'CANCELLED' });
  });

  test('is refused for what was sent or is on its way, for what is not there, and when a worker is quicker', async () => {
    let isTaken = false;
    const journal: MessageJournal = watchedJournal(createMemoryJournal(), {
      after: async (method, [localKey]) => {
        if (!isTaken || method !== 'message') return;
        isTaken = false;
        const event = { localKey: localKey as string, channel: 'async', serviceId: 'A', atMs: 1 } as const;
        await journal.append({ ...event, kind: 'sending', attempt: 1, untilMs: 2 });
      },
    });
    const { outbox } = setUp(scripted().deliver, { journal });
    const { localKey } = await outbox.enqueue(request());
    isTaken = true;
    expect(await codeOf(() => outbox.cancel(localKey, 'x'))).toBe('ERR_JOURNAL_CONFLICT');
    expect(await codeOf(() => outbox.cancel(localKey, 'x'))).toBe('ERR_JOURNAL_STATE');
    expect(await codeOf(() => outbox.cancel('nobody', 'x'))).toBe('ERR_JOURNAL_NOT_FOUND');
  });

  test.each(['', ' ', undefined, 'x'.repeat(1_001)])('refuses the note %j', async (note) => {
    const { outbox, stateOf } = setUp(scripted().deliver);
    const { localKey } = await outbox.enqueue(request());
    await expect(outbox.cancel(localKey, note as never)).rejects.toThrow(TypeError);
    expect(await stateOf(localKey)).toBe('queued');
  });
});
