import { fixedClock, type JournalEvent, newLocalKey } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { codeOf, manualTime } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { StateWatch } from './state-watch.ts';
import { type CommittedChange, WatchedJournal } from './watched-journal.ts';

const nowMs = Date.UTC(2027, 0, 1);

function watched() {
  const changes: CommittedChange[] = [];
  const journal = new WatchedJournal(createMemoryJournal(), fixedClock(nowMs), (change) =>
    changes.push(change),
  );
  return { journal, changes };
}

function signed(localKey: string = newLocalKey()): JournalEvent {
  return {
    localKey,
    kind: 'signed',
    channel: 'async',
    serviceId: 'PING',
    atMs: nowMs,
    bytes: new Uint8Array([1]),
  };
}

function request(localKey: string = newLocalKey()): JournalEvent {
  const ids = { messageId: 'm-1', correlationId: 'c-1', messageType: 'REQUEST' } as const;
  return { ...signed(localKey), ...ids, direction: 'in', kind: 'received' };
}

describe('WatchedJournal', () => {
  test('tells of a change after it is durable, and which queue has something due', async () => {
    const { journal, changes } = watched();
    const event = signed();
    const { localKey } = event;
    await journal.commit({ events: [event], enqueue: [{ queue: 'outbox', localKey, dueAtMs: nowMs }] });
    expect(changes).toEqual([
      {
        changed: [{ localKey, serviceId: 'PING', state: 'queued', previous: undefined }],
        touched: new Set([localKey]),
        due: new Set(['outbox']),
      },
    ]);
  });

  test('what is due later wakes nobody', async () => {
    const { journal, changes } = watched();
    const event = signed();
    const entry = { queue: 'outbox', localKey: event.localKey, dueAtMs: nowMs + 1 } as const;
    await journal.commit({ events: [event], enqueue: [entry] });
    await journal.commit({ events: [], enqueue: [entry] });
    expect(changes.map(({ due }) => due.size)).toEqual([0, 0]);
  });

  test('a received message is due in the inbox, its confirmation beside it', async () => {
    const { journal, changes } = watched();
    const event = request();
    const confirmation = { queue: 'confirmations', localKey: event.localKey, dueAtMs: nowMs } as const;
    await journal.commit({ events: [event], enqueue: [confirmation] });
    expect(changes[0]?.due).toEqual(new Set(['confirmations', 'inbox']));
  });

  test('append counts as well; a change that is refused does not', async () => {
    const { journal, changes } = watched();
    await journal.append(request());
    const change = { events: [signed()], expect: [{ localKey: newLocalKey(), version: 7 }] };
    expect(await codeOf(() => journal.commit(change))).toBe('ERR_JOURNAL_CONFLICT');
    expect(changes).toHaveLength(1);
  });
});

describe('StateWatch', () => {
  test('is woken by a change of this process, and finds those of others within a second', async () => {
    const journal = createMemoryJournal();
    const time = manualTime();
    const watch = new StateWatch(journal, time.timers);
    const event = signed();
    const { localKey } = event;
    await journal.append(event);
    const sending = {
      ...signed(localKey),
      bytes: undefined,
      kind: 'sending',
      attempt: 1,
      untilMs: nowMs + 1,
    } as const;
    const woken = watch.wait(localKey, { states: ['sending'] });
    await time.settle();
    await journal.append(sending);
    watch.notify(localKey);
    expect(await woken).toMatchObject({ state: 'sending' });
    const found = watch.wait(localKey, { states: ['sent'] });
    await time.settle();
    await journal.append({
      ...sending,
      kind: 'answered',
      attempt: undefined,
      untilMs: undefined,
      messageId: 'm-1',
    });
    await time.advance(1_000);
    expect(await found).toMatchObject({ state: 'sent' });
    expect(time.pending).toBe(0);
  });

  test('gives up in time and leaves nothing behind', async () => {
    const journal = createMemoryJournal();
    const time = manualTime();
    const watch = new StateWatch(journal, time.timers);
    const event = signed();
    await journal.append(event);
    const late = watch.wait(event.localKey, { timeoutMs: 2_500 });
    const caught = expect(late).rejects.toMatchObject({ name: 'TimeoutError' });
    await time.advance(2_500);
    await caught;
    expect(time.pending).toBe(0);
  });
});
