import type { JournalEvent } from '@egov-gateway/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  bytesOf,
  event,
  freshStore,
  noon,
  openStore,
  received,
  sending,
  signed,
  stores,
} from '../../test/stores.ts';

describe.each(stores)('the journal in %s', (name) => {
  const store = freshStore(name);
  const { commit, stateOf, taken } = store;

  describe('chains', () => {
    const ask = async () => {
      await commit([signed('a'), sending('a')]);
    };
    const answered = event({ localKey: 'a', kind: 'answered', messageId: '1', correlationId: 'chain-1' });

    test('are linked when the reply comes after the answer', async () => {
      await ask();
      await commit([answered]);
      const receipt = await commit([received('r1')]);
      expect(receipt.changed).toEqual([
        { localKey: 'r1', state: 'received', previous: undefined },
        { localKey: 'a', state: 'answered', previous: 'sent' },
      ]);
      expect((await store.journal.message('r1'))?.relatedKeys).toEqual(['a']);
      expect((await store.journal.message('a'))?.relatedKeys).toEqual(['r1']);
      expect(await taken('inbox')).toEqual(['r1']);
    });

    test('are linked when the reply is quicker than the answer', async () => {
      await ask();
      await commit([received('r1')]);
      expect(await stateOf('r1')).toBe('unmatched');
      expect(await taken('inbox')).toEqual([]);
      const receipt = await commit([answered]);
      expect(receipt.changed).toEqual([
        { localKey: 'a', state: 'answered', previous: 'sending' },
        { localKey: 'r1', state: 'received', previous: 'unmatched' },
      ]);
      expect((await store.journal.message('r1'))?.relatedKeys).toEqual(['a']);
      expect(await taken('inbox')).toEqual(['r1']);
    });

    test('are linked when a doubt is resolved', async () => {
      await ask();
      await commit([event({ localKey: 'a', kind: 'doubted' }), received('r1', { messageType: 'UPDATE' })]);
      await commit([
        event({
          localKey: 'a',
          kind: 'resolved',
          resolution: 'sent',
          correlationId: 'chain-1',
          relatedKey: 'r1',
        }),
      ]);
      expect(await stateOf('a')).toBe('sent');
      expect(await stateOf('r1')).toBe('received');
    });

    test('are not begun twice: a message under the ids of another one is doubted', async () => {
      await commit([signed('a'), sending('a'), answered]);
      const again = { messageId: '1', correlationId: 'chain-1' };
      await commit([signed('b'), sending('b')]);
      const receipt = await commit([event({ localKey: 'b', kind: 'answered', ...again })]);
      expect(receipt.changed).toEqual([{ localKey: 'b', state: 'in-doubt', previous: 'sending' }]);
      expect(await store.journal.message('b')).toMatchObject({ state: 'in-doubt', code: 'CONFLICTING_ID' });
      await commit([received('r1')]);
      expect(await stateOf('a')).toBe('answered');
      expect(await stateOf('b')).toBe('in-doubt');
      await commit([event({ localKey: 'b', kind: 'resolved', resolution: 'sent', messageId: '2' })]);
      expect(await stateOf('b')).toBe('sent');
    });

    test.each([
      ['the id', { messageId: '1', correlationId: 'chain-2' }],
      ['the chain', { messageId: '2', correlationId: 'chain-1' }],
    ])('doubt a REQUEST that shares %s with another', async (_, ids) => {
      await commit([signed('a'), sending('a'), answered, signed('b'), sending('b')]);
      await commit([event({ localKey: 'b', kind: 'answered', ...ids })]);
      expect(await stateOf('b')).toBe('in-doubt');
      expect(await stateOf('a')).toBe('sent');
    });

    test('are shared by what we send in them', async () => {
      await commit([signed('a'), sending('a'), answered]);
      await commit([signed('b', { messageType: 'UPDATE', correlationId: 'chain-1' }), sending('b')]);
      await commit([event({ localKey: 'b', kind: 'answered', messageId: '2', correlationId: 'chain-1' })]);
      expect(await stateOf('b')).toBe('sent');
      // Told once more what is known already.
      await commit([event({ localKey: 'b', kind: 'answered', messageId: '2' })]);
      expect(await stateOf('b')).toBe('sent');
    });

    const news = (localKey: string, more: Partial<JournalEvent> = {}) =>
      event({
        localKey,
        kind: 'received',
        direction: 'in',
        serviceId: '-',
        messageId: '1',
        deliveryState: 'DELIVERED',
        code: 'GIVEN',
        bytes: bytesOf('news'),
        ...more,
      });

    test('take the news that were quicker than the id', async () => {
      await ask();
      await commit([news('n1', { deliveryState: 'ON_DELIVERY' })]);
      await commit([news('n2'), news('n3', { messageId: 'another', deliveryState: 'NOT_DELIVERED' })]);
      const receipt = await commit([answered]);
      expect(receipt.changed).toEqual([{ localKey: 'a', state: 'delivered', previous: 'sending' }]);
      const message = await store.journal.message('a');
      expect(message).toMatchObject({ deliveryState: 'DELIVERED', code: 'GIVEN' });
      expect(message?.events.map(({ kind }) => kind)).toEqual([
        'signed',
        'sending',
        'answered',
        'status',
        'status',
      ]);
      // Once: it has its name now.
      await commit([event({ localKey: 'a', kind: 'answered', messageId: '1' })]);
      expect((await store.journal.message('a'))?.version).toBe(6);
    });

    test('take the news when a doubt is resolved, and not when the message goes out again', async () => {
      await ask();
      await commit([signed('b'), sending('b')]);
      await commit([event({ localKey: 'a', kind: 'doubted' }), event({ localKey: 'b', kind: 'doubted' })]);
      await commit([news('n1', { deliveryState: 'NOT_DELIVERED' }), news('n2', { messageId: '2' })]);
      await commit([event({ localKey: 'a', kind: 'resolved', resolution: 'sent', messageId: '1' })]);
      expect(await stateOf('a')).toBe('rejected');
      await commit([
        event({ localKey: 'b', kind: 'resolved', resolution: 'sent', correlationId: 'chain-2' }),
      ]);
      expect(await stateOf('b')).toBe('sent');
    });

    test('end a doubt: who answers has the message', async () => {
      await commit([signed('a', { messageType: 'UPDATE', correlationId: 'chain-1' }), sending('a')]);
      await commit([event({ localKey: 'a', kind: 'doubted' })]);
      await commit([received('r1', { messageType: 'NOTIFICATION' })]);
      expect(await stateOf('a')).toBe('sent');
    });

    test('leave a message alone that has not left yet', async () => {
      await commit([signed('a', { messageType: 'UPDATE', correlationId: 'chain-1' })]);
      await commit([received('r1')]);
      expect(await stateOf('a')).toBe('queued');
    });

    test('of another service are not ours', async () => {
      await ask();
      await commit([answered]);
      await commit([received('r1', { serviceId: 'OTHER' })]);
      expect(await stateOf('r1')).toBe('unmatched');
      expect(await stateOf('a')).toBe('sent');
    });

    test('begin with a REQUEST that comes in, and with what came before it', async () => {
      await commit([received('r2', { messageType: 'UPDATE' })]);
      expect(await stateOf('r2')).toBe('unmatched');
      await commit([received('r1', { messageType: 'REQUEST' })]);
      expect(await stateOf('r1')).toBe('received');
      expect((await store.journal.message('r1'))?.relatedKeys).toEqual([]);
      expect(await stateOf('r2')).toBe('received');
      expect((await store.journal.message('r2'))?.relatedKeys).toEqual(['r1']);
      expect([...(await taken('inbox'))].sort()).toEqual(['r1', 'r2']);
    });

    test('prefer the REQUEST that we sent', async () => {
      await commit([signed('u', { messageType: 'UPDATE', correlationId: 'chain-1' })]);
      await ask();
      await commit([answered]);
      await commit([received('r1')]);
      expect((await store.journal.message('r1'))?.relatedKeys).toEqual(['a']);
    });

    test('come out the same in every order of their events', async () => {
      // Each list keeps its order; the lists are mixed in any way.
      const mine = [signed('a'), sending('a'), answered];
      const theirs = [
        received('r1', { messageType: 'NOTIFICATION' }),
        received('r1x', { messageId: 'id-r1', messageType: 'NOTIFICATION' }),
        received('r2'),
      ];
      await fc.assert(
        fc.asyncProperty(fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), async (order) => {
          const one = await openStore(name);
          const left = [...mine];
          const right = [...theirs];
          for (const side of order) {
            const next = (side ? left : right).shift() ?? (side ? right : left).shift();
            if (next !== undefined) await one.commit({ events: [next] });
          }
          const states = await Promise.all(['a', 'r1', 'r2'].map((key) => one.message(key)));
          const queue = await one.take('inbox', { nowMs: noon, limit: 9, leaseMs: 1 });
          await one.close();
          expect(states.map((message) => message?.state)).toEqual(['answered', 'received', 'received']);
          expect([...queue].sort()).toEqual(['r1', 'r2']);
        }),
        { numRuns: 20 },
      );
    });
  });
});
