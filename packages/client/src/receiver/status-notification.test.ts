import { JournalError, type MessageJournal, newLocalKey } from '@egov-gateway/core';
import {
  asyncClientTypesNamespace,
  asyncTypesNamespace,
  readStatusNotificationAnswer,
} from '@egov-gateway/envelope';
import { createMemoryJournal } from '@egov-gateway/journal';
import { manualTime, statusNotification } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { atMs, bench, faultOf, guid, sent, trustsOwn } from '../../test/push-bench.ts';

const session = '{0f8fad5b-d9cb-469f-a165-70867728950e}';

describe('createPushReceiver, changeMassageStatusNotification', () => {
  test.each([
    ['changeMassageStatusNotification', asyncClientTypesNamespace],
    ['changeMassageStatusNotification', asyncTypesNamespace],
    ['changeMessageStatusNotification', asyncClientTypesNamespace],
    ['ChangeMessageStatusNotification', asyncTypesNamespace],
  ] as const)('takes %s in %s and answers as the XSD spells it', async (spelling, namespace) => {
    const { post, journal, states, exchanges } = bench();
    const localKey = await sent(journal, '41');
    const answer = await post(statusNotification({ sessionId: session, operation: spelling, namespace }));
    const read = readStatusNotificationAnswer(await trustsOwn.verify(answer.body));
    expect(read).toMatchObject({ sessionId: session, namespace, verified: true });
    const message = await journal.message(localKey);
    expect(message).toMatchObject({ state: 'delivered', deliveryState: 'DELIVERED', code: 'S1' });
    expect(await journal.bytes(localKey, message?.version ?? 0)).toHaveProperty('byteLength');
    expect(states).toEqual([{ localKey, serviceId: 'ECHO', state: 'delivered', previous: 'sent' }]);
    expect(exchanges).toMatchObject([{ outcome: 'status', localKey, operation: spelling }]);
  });

  test('makes a fresh session when none came', async () => {
    const { post, journal } = bench();
    await sent(journal, '41');
    const answer = await post(statusNotification({ messageState: 'ON_DELIVERY' }));
    const read = readStatusNotificationAnswer(await trustsOwn.verify(answer.body));
    expect(read.sessionId).toMatch(guid);
  });

  test('keeps the same news once', async () => {
    const { post, journal, exchanges } = bench();
    const localKey = await sent(journal, '41');
    await post(statusNotification());
    await post(statusNotification());
    expect((await journal.message(localKey))?.version).toBe(4);
    expect(exchanges.map(({ outcome }) => outcome)).toEqual(['status', 'repeated']);
  });

  test('keeps nothing of news that are played back, in whatever order', async () => {
    const { post, journal, exchanges } = bench();
    const localKey = await sent(journal, '41');
    for (let times = 0; times < 3; times += 1) {
      await post(statusNotification({ messageState: 'ON_DELIVERY' }));
      await post(statusNotification({ messageState: 'DELIVERED' }));
    }
    expect(await journal.message(localKey)).toMatchObject({ version: 5, deliveryState: 'DELIVERED' });
    const repeated = Array.from({ length: 4 }, () => 'repeated');
    expect(exchanges.map(({ outcome }) => outcome)).toEqual(['status', 'status', ...repeated]);
  });

  test('keeps the same news of an unknown message once, and does not wait for it again', async () => {
    const time = manualTime(atMs);
    const { post, journal, exchanges } = bench({ unknownStatusWaitMs: 1000, timers: time.timers });
    const first = post(statusNotification({ messageId: '99' }));
    await expect.poll(() => time.pending).toBe(2);
    await time.advance(1000);
    await first;
    for (let times = 0; times < 3; times += 1) {
      expect((await post(statusNotification({ messageId: '99', sessionId: session }))).status).toBe(200);
    }
    expect((await journal.find({ messageId: '99' })).messages).toHaveLength(1);
    expect(exchanges.map(({ outcome }) => outcome)).toEqual([
      'status-unmatched',
      ...Array.from({ length: 3 }, () => 'repeated'),
    ]);
    expect(exchanges.map(({ localKey }) => localKey)).toEqual(Array(4).fill(exchanges[0]?.localKey));
    const other = post(statusNotification({ messageId: '99', messageState: 'NOT_DELIVERED' }));
    await expect.poll(() => time.pending).toBe(2);
    await time.advance(1000);
    await other;
    expect((await journal.find({ messageId: '99' })).messages).toHaveLength(2);
  });

  test('stores and answers news of a message that is not known', async () => {
    const { post, journal, inbox, exchanges } = bench();
    expect((await post(statusNotification({ messageId: '99' }))).status).toBe(200);
    const { messages } = await journal.find({ messageId: '99' });
    expect(messages).toMatchObject([
      { direction: 'in', state: 'handled', code: 'S1', deliveryState: 'DELIVERED' },
    ]);
    expect(await inbox()).toBe(0);
    expect(exchanges).toMatchObject([{ outcome: 'status-unmatched', localKey: messages[0]?.localKey }]);
  });

  test('waits a moment for the record of what the gateway answered', async () => {
    const time = manualTime(atMs);
    const { post, journal } = bench({ unknownStatusWaitMs: 1000, timers: time.timers });
    const answer = post(statusNotification());
    // The time for the answer, and the wait.
    await expect.poll(() => time.pending).toBe(2);
    const localKey = await sent(journal, '41');
    await time.advance(1000);
    expect((await answer).status).toBe(200);
    expect((await journal.message(localKey))?.state).toBe('delivered');
  });

  test('keeps news apart when two messages have the id, or when the message has not left', async () => {
    const { post, journal, exchanges } = bench();
    await sent(journal, '41');
    await sent(journal, '41');
    const queued = { localKey: newLocalKey(), serviceId: 'ECHO', channel: 'async', atMs } as const;
    await journal.append({ ...queued, kind: 'signed', messageType: 'REQUEST', messageId: '42' });
    await post(statusNotification());
    await post(statusNotification({ messageId: '42' }));
    expect(exchanges.map(({ outcome }) => outcome)).toEqual(['status-unmatched', 'status-unmatched']);
    expect((await journal.message(queued.localKey))?.state).toBe('queued');
  });

  test.each([
    ['an unknown state', { messageState: 'LOST' }],
    ['no message', { messageId: null }],
    ['two messages', { messageId: '41</messageId><messageId>42' }],
  ])('refuses %s with the fault of the operation', async (_title, notification) => {
    const { post, journal } = bench();
    expect(await faultOf(await post(statusNotification(notification)))).toEqual({
      code: 'SCE001',
      detail: 'changeMassageStatusNotificationFault1_changeMassageStatusNotificationFault',
      namespace: asyncClientTypesNamespace,
    });
    expect((await journal.find({})).messages).toEqual([]);
  });

  test('acknowledges nothing when the journal fails', async () => {
    const failing: MessageJournal = Object.assign(Object.create(createMemoryJournal()) as MessageJournal, {
      find: async () => {
        throw new JournalError('locked', { code: 'ERR_JOURNAL_LOCKED' });
      },
    });
    const answer = await bench({ journal: failing }).post(statusNotification());
    expect((await faultOf(answer)).code).toBe('SCE909');
  });
});
