import type { JournalEvent } from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import { event, freshStore, noon, received, sending, serviceId, signed, stores } from '../../test/stores.ts';

describe.each(stores)('the journal in %s', (name) => {
  const store = freshStore(name);
  const { commit, taken } = store;

  describe('queues', () => {
    const queued = (localKey: string, dueAtMs: number, more: Partial<JournalEvent> = {}) =>
      commit([signed(localKey, more)], { enqueue: [{ queue: 'outbox', localKey, dueAtMs }] });

    test('give what is due, the longest due first, and lease it', async () => {
      await queued('a', noon + 2);
      await queued('b', noon + 1);
      await queued('c', noon + 99);
      expect(await store.journal.take('outbox', { nowMs: noon, limit: 9, leaseMs: 10 })).toEqual([]);
      expect(await store.journal.take('outbox', { nowMs: noon + 2, limit: 1, leaseMs: 10 })).toEqual(['b']);
      expect(await store.journal.take('outbox', { nowMs: noon + 2, limit: 9, leaseMs: 10 })).toEqual(['a']);
      expect(await store.journal.nextDueMs('outbox')).toBe(noon + 12);
      expect(await store.journal.take('outbox', { nowMs: noon + 12, limit: 9, leaseMs: 10 })).toEqual([
        'a',
        'b',
      ]);
    });

    test('move and let go of an entry', async () => {
      await queued('a', noon);
      await commit([], { enqueue: [{ queue: 'outbox', localKey: 'a', dueAtMs: noon + 5 }] });
      expect(await store.journal.nextDueMs('outbox')).toBe(noon + 5);
      await commit([], { dequeue: [{ queue: 'outbox', localKey: 'a' }] });
      expect(await store.journal.nextDueMs('outbox')).toBeUndefined();
    });

    test('leave entries of some services where they are', async () => {
      await queued('a', noon, { serviceId: 'QUIET' });
      await queued('b', noon + 1);
      const options = { nowMs: noon + 1, limit: 9, leaseMs: 10, except: ['QUIET'] };
      expect(await store.journal.nextDueMs('outbox', { except: ['QUIET'] })).toBe(noon + 1);
      expect(await store.journal.take('outbox', options)).toEqual(['b']);
      expect(await store.journal.nextDueMs('outbox')).toBe(noon);
    });

    test('hand one entry to one of two takers', async () => {
      await queued('a', noon);
      const options = { nowMs: noon, limit: 9, leaseMs: 10 };
      const both = await Promise.all([
        store.journal.take('outbox', options),
        store.journal.take('outbox', options),
      ]);
      expect(both.flat()).toEqual(['a']);
    });

    test.each([
      ['a fraction', { nowMs: 0.5, limit: 1, leaseMs: 1 }],
      ['no limit', { nowMs: 0, limit: 0, leaseMs: 1 }],
      ['no lease', { nowMs: 0, limit: 1, leaseMs: 0 }],
    ])('refuse %s', async (_name, options) => {
      await expect(store.journal.take('outbox', options)).rejects.toThrow(TypeError);
    });

    test('are put right by a sweep', async () => {
      await commit([signed('a'), sending('a'), signed('b'), signed('c')]);
      await commit([received('r1', { messageType: 'REQUEST', correlationId: 'x' })]);
      await commit([], { dequeue: [{ queue: 'inbox', localKey: 'r1' }] });
      await commit([
        event({ localKey: 'p', kind: 'received', direction: 'in' }),
        received('r2', { bytes: undefined, container: { localKey: 'p', part: 0 } }),
      ]);
      await commit([event({ localKey: 'c', kind: 'dead', code: 'ERR_SEND_TLS' })]);
      expect(await store.journal.sweep(noon)).toBe(4);
      expect(await store.journal.sweep(noon)).toBe(0);
      expect(await taken('outbox')).toEqual(['b']);
      expect(await taken('outbox', noon + 60_000)).toEqual(['b', 'a']);
      expect(await taken('inbox')).toEqual(['r1']);
      expect(await taken('confirmations')).toEqual(['r2']);
      await commit([event({ localKey: 'r2', direction: 'in', kind: 'confirmed' })], {
        dequeue: [{ queue: 'confirmations', localKey: 'r2' }],
      });
      expect(await store.journal.sweep(noon)).toBe(0);
    });

    test('do not keep what was written while the clock was ahead until it catches up', async () => {
      const day = 86_400_000;
      const ahead = noon + 2 * day;
      await queued('now', ahead, { atMs: ahead });
      await queued('soon', ahead + 600_000, { atMs: ahead });
      await queued('notBefore', ahead + day, { atMs: ahead });
      await queued('right', noon + day);
      await commit([received('r', { messageType: 'REQUEST', correlationId: 'x', atMs: ahead })]);
      expect(await store.journal.sweep(noon)).toBe(3);
      expect(await taken('outbox', noon)).toEqual(['now']);
      expect(await taken('inbox', noon)).toEqual(['r']);
      // What was moved or taken since is left alone.
      expect(await store.journal.sweep(noon + 60_000)).toBe(0);
      expect(await store.journal.nextDueMs('outbox', { except: [] })).toBeLessThanOrEqual(noon + 600_000);
      expect(await taken('outbox', noon + 600_000)).toContain('soon');
      expect(await taken('outbox', noon + day)).toContain('right');
      expect(await taken('outbox', ahead + day)).toContain('notBefore');
    });

    test('count the attempts of a service', async () => {
      await commit([signed('a'), sending('a', { atMs: noon - 1 }), signed('b'), sending('b')]);
      await commit([signed('c', { serviceId: 'OTHER' }), sending('c', { serviceId: 'OTHER' })]);
      expect(await store.journal.countSent(serviceId, noon)).toBe(1);
      expect(await store.journal.countSent(serviceId, noon - 1)).toBe(2);
      expect(await store.journal.countSent('NOBODY', 0)).toBe(0);
    });
  });
});
