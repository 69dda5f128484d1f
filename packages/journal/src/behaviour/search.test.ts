import type { MessageJournal } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import { beforeEach, describe, expect, test } from 'vitest';

import {
  event,
  freshStore,
  iin,
  noon,
  received,
  sending,
  serviceId,
  signed,
  stores,
} from '../../test/stores.ts';

describe.each(stores)('the journal in %s', (name) => {
  const store = freshStore(name);
  const { commit } = store;

  describe('find', () => {
    const keys = async (query: Parameters<MessageJournal['find']>[0]) =>
      (await store.journal.find(query)).messages.map(({ localKey }) => localKey);

    beforeEach(async () => {
      await commit([
        signed('a', { atMs: noon, reference: 'contract 7', subjects: [iin] }),
        signed('b', { atMs: noon + 1, messageId: 'm-b' }),
        sending('b', { atMs: noon + 1 }),
        signed('c', { atMs: noon + 2, serviceId: 'OTHER', subjects: [iin, '991340000017'] }),
        received('r', { atMs: noon + 3 }),
        event({ localKey: 's', kind: 'signed', channel: 'sync', atMs: noon + 4 }),
      ]);
    });

    test('finds all, newest first', async () => {
      expect(await keys({})).toEqual(['s', 'r', 'c', 'b', 'a']);
    });

    test.each([
      [{ serviceId }, ['s', 'r', 'b', 'a']],
      [{ states: ['queued'] }, ['c', 'a']],
      [{ states: ['queued', 'sending', 'unmatched'] }, ['s', 'r', 'c', 'b', 'a']],
      [{ states: [] }, []],
      [{ direction: 'in' }, ['r']],
      [{ channel: 'sync' }, ['s']],
      [{ channel: 'async', direction: 'out', serviceId }, ['b', 'a']],
      [{ messageId: 'm-b' }, ['b']],
      [{ messageId: 'm-b', direction: 'in' }, []],
      [{ messageId: 'm-b', states: ['queued'] }, []],
      [{ correlationId: 'chain-1' }, ['r']],
      [{ reference: 'contract 7' }, ['a']],
      [{ reference: 'contract 7', serviceId: 'OTHER' }, []],
      [{ subject: iin }, ['c', 'a']],
      [{ subject: iin, serviceId }, ['a']],
      [{ subject: '991340000017' }, ['c']],
      [{ subject: '991340000027' }, []],
      [{ fromMs: noon + 1, toMs: noon + 3 }, ['c', 'b']],
      [{ fromMs: noon + 1, serviceId, states: ['sending'] }, ['s', 'b']],
      [{ subject: iin, toMs: noon + 2 }, ['a']],
    ] as const)('finds by %j', async (query, expected) => {
      expect(await keys(query)).toEqual(expected);
      const pages: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await store.journal.find({ ...query, limit: 1, after });
        pages.push(...page.messages.map(({ localKey }) => localKey));
        after = page.next;
        if (after === undefined) break;
      }
      expect(pages).toEqual(expected);
    });

    test('goes on after the same instant', async () => {
      await commit(['x', 'y', 'z'].map((key) => signed(key, { serviceId: 'SAME', atMs: noon })));
      const first = await store.journal.find({ serviceId: 'SAME', limit: 2 });
      expect(first.messages.map(({ localKey }) => localKey)).toEqual(['z', 'y']);
      expect(await keys({ serviceId: 'SAME', after: first.next })).toEqual(['x']);
    });

    test.each(['x', '', '1', '1.2.3', '-1.2', '1.2;DROP'])('refuses to go on after %j', async (after) => {
      expect(await codeOf(() => store.journal.find({ after }))).toBe('ERR_JOURNAL_NOT_FOUND');
    });

    test.each([0, 1001, 1.5, Number.NaN])('refuses a page of %d messages', async (limit) => {
      await expect(store.journal.find({ limit })).rejects.toThrow(TypeError);
    });

    test.each<[unknown]>([
      [{ state: 'sent' }],
      [{ states: ['in_doubt'] }],
      [{ states: 'sent' }],
      [{ direction: 'OUT' }],
      [{ channel: 'rest' }],
      [{ messageId: 1 }],
      [{ fromMs: Number.NaN }],
      [{ toMs: '2026-11-20' }],
      [undefined],
      [null],
    ])('refuses %o, instead of finding something else', async (query) => {
      await expect(store.journal.find(query as never)).rejects.toThrow(TypeError);
    });

    test('refuses a subject that is none', async () => {
      expect(await codeOf(() => store.journal.find({ subject: '1' }))).toBe('ERR_JOURNAL_EVENT');
    });
  });

  describe('feed', () => {
    test('gives every event once, with the state it led to', async () => {
      await commit([signed('a'), signed('b')]);
      await commit([sending('a')]);
      const first = await store.journal.feed(0, 2);
      expect(first.map(({ localKey, state, position }) => [localKey, state, position])).toEqual([
        ['a', 'queued', 1],
        ['b', 'queued', 2],
      ]);
      const rest = await store.journal.feed(first.at(-1)?.position ?? 0);
      expect(rest.map(({ localKey, state }) => [localKey, state])).toEqual([['a', 'sending']]);
      expect(await store.journal.feed(3)).toEqual([]);
    });

    test.each([0, -1, 10_001, Number.NaN])('refuses to give %d events', async (limit) => {
      await expect((async () => store.journal.feed(0, limit))()).rejects.toThrow(TypeError);
    });
  });
});
