import type { JournalEvent } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { manualTime } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { createInbox } from './inbox.ts';
import { INTERRUPTED_AFTER_MS } from './interrupted.ts';
import { createOutbox } from './outbox.ts';

function setUp() {
  const { clock, timers, leap } = manualTime();
  const journal = createMemoryJournal();
  const append = (localKey: string, event: Pick<JournalEvent, 'kind'> & Partial<JournalEvent>) =>
    journal.append({ localKey, channel: 'sync', serviceId: 'A', atMs: clock.now(), ...event });
  const stateOf = async (localKey: string) => {
    const message = await journal.message(localKey);
    return [message?.state, message?.code];
  };
  const never = () => new Promise<never>(() => {});
  const outbox = createOutbox({ journal, clock, timers, deliver: never });
  const inbox = createInbox({ journal, clock, timers, open: never });
  return { append, stateOf, leap, workers: { outbox, inbox } };
}

describe('concludeInterrupted', () => {
  test.each(['outbox', 'inbox'] as const)('is done with every sweep of the %s', async (name) => {
    const { append, stateOf, leap, workers } = setUp();
    for (let i = 0; i < 150; i++) await append(`call-${i}`, { kind: 'signed', messageId: `C${i}` });
    await append('served', { kind: 'received', direction: 'in', messageId: 'S' });
    leap(INTERRUPTED_AFTER_MS + 1);
    await workers[name].drain();
    for (const i of [0, 99, 149]) expect(await stateOf(`call-${i}`)).toEqual(['in-doubt', 'INTERRUPTED']);
    expect(await stateOf('served')).toEqual(['dead', 'INTERRUPTED']);
  });

  test('takes nothing for interrupted that may still be going on, or has its outcome, or is asynchronous', async () => {
    const { append, stateOf, leap, workers } = setUp();
    await append('answered', { kind: 'signed', messageId: '1' });
    await append('answered', { kind: 'answered', delivery: 'answered' });
    await append('polled', { kind: 'received', direction: 'in', channel: 'async', messageType: 'REQUEST' });
    leap(1);
    await append('call', { kind: 'signed', messageId: '2' });
    await append('served', { kind: 'received', direction: 'in', messageId: '3' });
    leap(INTERRUPTED_AFTER_MS - 1);
    await workers.outbox.drain();
    expect(await stateOf('answered')).toEqual(['answered', undefined]);
    expect(await stateOf('polled')).toEqual(['received', undefined]);
    expect(await stateOf('call')).toEqual(['sending', undefined]);
    expect(await stateOf('served')).toEqual(['received', undefined]);
  });

  test('leaves a doubt that a late answer and a person can end', async () => {
    const { append, stateOf, leap, workers } = setUp();
    await append('late', { kind: 'signed', messageId: '1' });
    await append('lost', { kind: 'signed', messageId: '2' });
    leap(INTERRUPTED_AFTER_MS + 1);
    await workers.outbox.drain();
    await append('late', { kind: 'answered', delivery: 'answered' });
    await workers.outbox.resolve('lost', 'abandoned', 'asked once more under another id');
    expect((await stateOf('late'))[0]).toBe('answered');
    expect((await stateOf('lost'))[0]).toBe('dead');
  });
});
