import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { bytesOf, event, freshStore, noon, received, stores } from '../../test/stores.ts';

describe.each(stores)('the journal in %s', (name) => {
  const store = freshStore(name);
  const { commit, stateOf, taken } = store;

  describe('received messages', () => {
    test('are repeated under the key of the first one', async () => {
      expect((await commit([received('r1')])).receptions).toEqual([{ localKey: 'r1', reception: 'stored' }]);
      const again = await commit([received('r2', { messageId: 'id-r1' })], {
        enqueue: [
          { queue: 'inbox', localKey: 'r2', dueAtMs: noon },
          { queue: 'confirmations', localKey: 'r2', dueAtMs: noon },
        ],
      });
      expect(again.receptions).toEqual([{ localKey: 'r1', reception: 'repeated' }]);
      expect(await stateOf('r2')).toBeUndefined();
      expect((await store.journal.message('r1'))?.events.map(({ kind }) => kind)).toEqual([
        'received',
        'repeated',
      ]);
      expect(await taken('confirmations')).toEqual(['r1']);
    });

    test('are repeated within one change too', async () => {
      const { receptions } = await commit([received('r1'), received('r2', { messageId: 'id-r1' })]);
      expect(receptions.map(({ reception }) => reception)).toEqual(['stored', 'repeated']);
    });

    test('are kept apart when another one comes under the same id', async () => {
      await commit([received('r1')]);
      const other = { messageId: 'id-r1', bytes: bytesOf('another') };
      expect((await commit([received('r2', other)])).receptions).toEqual([
        { localKey: 'r2', reception: 'conflicting' },
      ]);
      expect((await commit([received('r3', other)])).receptions).toEqual([
        { localKey: 'r2', reception: 'repeated' },
      ]);
      expect((await store.journal.message('r2'))?.code).toBe('CONFLICTING_ID');
    });

    test('are the same with another signature when their content hash is', async () => {
      const hashed = (key: string, contentHash: string) =>
        received(key, { messageId: 'same', contentHash, bytes: bytesOf(key) });
      await commit([hashed('r1', 'h1')]);
      const second = await commit([hashed('r2', 'h1')]);
      const third = await commit([hashed('r3', 'h2')]);
      expect([...second.receptions, ...third.receptions].map(({ reception }) => reception)).toEqual([
        'repeated',
        'conflicting',
      ]);
    });

    test('are found by what they say, as it was given', async () => {
      await commit([received('r1', { messageId: 'same', contentHash: 'h1' })]);
      await commit([received('r2', { messageId: 'same', contentHash: 'h2', bytes: bytesOf('another') })]);
      const keysOf = async (contentHash: string) =>
        (await store.journal.find({ messageId: 'same', contentHash })).messages.map(
          ({ localKey }) => localKey,
        );
      expect(await keysOf('h1')).toEqual(['r1']);
      expect(await keysOf('h2')).toEqual(['r2']);
      expect(await keysOf('h3')).toEqual([]);
    });

    test('of a poll lie in their container, which is no message to handle', async () => {
      const container = event({
        localKey: 'c1',
        kind: 'received',
        direction: 'in',
        bytes: bytesOf('page'),
      });
      const part = (key: string, place: number, container = 'c1') =>
        received(key, { bytes: undefined, container: { localKey: container, part: place } });
      await commit([container, part('r1', 0), part('r2', 1)]);
      expect(await stateOf('c1')).toBe('handled');
      expect(await taken('inbox')).toEqual([]);
      expect((await store.journal.message('r2'))?.events[0]?.container).toEqual({ localKey: 'c1', part: 1 });
      await commit([
        { ...container, localKey: 'c2' },
        { ...part('r3', 0, 'c2'), messageId: 'id-r2' },
      ]);
      expect((await store.journal.message('r2'))?.events.map(({ kind }) => kind)).toEqual([
        'received',
        'repeated',
      ]);
      expect(await codeOf(() => commit([part('r4', 0, 'c9')]))).toBe('ERR_JOURNAL_NOT_FOUND');
    });

    test('of the synchronous channel are not queued', async () => {
      await commit([
        event({ localKey: 'r1', kind: 'received', direction: 'in', channel: 'sync', messageId: 'm' }),
      ]);
      expect(await stateOf('r1')).toBe('received');
      expect(await taken('inbox')).toEqual([]);
      expect(await store.journal.sweep(noon)).toBe(0);
    });

    test('are handled once', async () => {
      await commit([received('r1', { messageType: 'REQUEST' })]);
      const handled = event({ localKey: 'r1', direction: 'in', kind: 'handled' });
      await commit([handled]);
      expect(await stateOf('r1')).toBe('handled');
      expect(await codeOf(() => commit([handled]))).toBe('ERR_JOURNAL_STATE');
    });
  });
});
