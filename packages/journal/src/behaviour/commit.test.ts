import type { JournalChange, JournalEvent } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { bytesOf, event, freshStore, noon, sending, serviceId, signed, stores } from '../../test/stores.ts';

describe.each(stores)('the journal in %s', (name) => {
  const store = freshStore(name);
  const { commit, stateOf, taken } = store;

  describe('commit', () => {
    test('keeps events with their bytes and tells the states', async () => {
      const receipt = await commit([signed('a', { reference: 'contract 7', expiresAtMs: noon + 1 })]);
      expect(receipt).toEqual({
        receptions: [],
        changed: [{ localKey: 'a', state: 'queued', previous: undefined }],
      });
      expect(await store.journal.message('a')).toEqual({
        localKey: 'a',
        direction: 'out',
        channel: 'async',
        serviceId,
        messageType: 'REQUEST',
        messageId: undefined,
        correlationId: undefined,
        reference: 'contract 7',
        state: 'queued',
        deliveryState: undefined,
        version: 1,
        attempts: 0,
        expiresAtMs: noon + 1,
        relatedKeys: [],
        code: undefined,
        createdAtMs: noon,
        changedAtMs: noon,
        events: [
          {
            localKey: 'a',
            direction: 'out',
            channel: 'async',
            serviceId,
            messageType: 'REQUEST',
            kind: 'signed',
            atMs: noon,
            reference: 'contract 7',
            expiresAtMs: noon + 1,
            version: 1,
            position: 1,
            state: 'queued',
            byteLength: 8,
          },
        ],
      });
      expect(Buffer.from((await store.journal.bytes('a', 1)) ?? []).toString()).toBe('<m>a</m>');
    });

    test('keeps the bytes as they were, whatever happens to the array afterwards', async () => {
      const bytes = bytesOf('a');
      const committed = commit([signed('a', { bytes })]);
      await committed;
      bytes.fill(0);
      expect(Buffer.from((await store.journal.bytes('a', 1)) ?? []).toString()).toBe('<m>a</m>');
    });

    test('has no bytes where there are none', async () => {
      await commit([signed('a', { bytes: undefined })]);
      expect(await store.journal.bytes('a', 1)).toBeUndefined();
      expect(await store.journal.bytes('a', 2)).toBeUndefined();
      expect(await store.journal.bytes('b', 1)).toBeUndefined();
      expect(await store.journal.message('b')).toBeUndefined();
    });

    test('follows a message from its queue to its answer', async () => {
      await commit([signed('a')]);
      await commit([sending('a')]);
      await commit([
        event({ localKey: 'a', kind: 'answered', messageId: '216386080', correlationId: '216386081' }),
      ]);
      await commit([event({ localKey: 'a', kind: 'status', deliveryState: 'DELIVERED' })]);
      const message = await store.journal.message('a');
      expect(message?.events.map(({ state }) => state)).toEqual(['queued', 'sending', 'sent', 'delivered']);
      expect(message).toMatchObject({
        messageId: '216386080',
        correlationId: '216386081',
        deliveryState: 'DELIVERED',
        version: 4,
        attempts: 1,
      });
    });

    test('refuses a change whose expectation does not hold, all of it', async () => {
      await commit([signed('a')]);
      const change: JournalChange = {
        events: [signed('b'), sending('a')],
        expect: [{ localKey: 'a', version: 2 }],
        enqueue: [{ queue: 'outbox', localKey: 'b', dueAtMs: noon }],
      };
      expect(await codeOf(() => store.journal.commit(change))).toBe('ERR_JOURNAL_CONFLICT');
      expect(await stateOf('a')).toBe('queued');
      expect(await stateOf('b')).toBeUndefined();
      expect(await taken('outbox')).toEqual([]);
    });

    test('lets one of two workers win that expect the same version', async () => {
      await commit([signed('a')]);
      const expectation = { expect: [{ localKey: 'a', version: 1 }] };
      const outcomes = await Promise.allSettled([
        commit([sending('a')], expectation),
        commit([sending('a')], expectation),
        commit([signed('b')]),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await store.journal.message('a'))?.version).toBe(2);
      expect(await stateOf('b')).toBe('queued');
    });

    test('says what to do when a key was used before, and what a key may be', async () => {
      const fresh = { expect: [{ localKey: 'a', version: 0 }] };
      await commit([signed('a')], fresh);
      await expect(commit([signed('a')], fresh)).rejects.toThrow(
        /accepted before under this key.*take another/,
      );
      await expect(commit([signed('contract/17')])).rejects.toThrow(/the key of a message .*`key`.* 1 to 64/);
      await expect(commit([signed('contract/17')])).rejects.not.toThrow(/contract/);
    });

    test('takes version 0 for a message that must not be there', async () => {
      const fresh = { expect: [{ localKey: 'a', version: 0 }] };
      await commit([signed('a')], fresh);
      expect(await codeOf(() => commit([signed('a')], fresh))).toBe('ERR_JOURNAL_CONFLICT');
    });

    test('undoes the events before one that is impossible', async () => {
      expect(await codeOf(() => commit([signed('a'), sending('a'), signed('a')]))).toBe('ERR_JOURNAL_STATE');
      expect(await stateOf('a')).toBeUndefined();
      await commit([signed('a')]);
      expect((await store.journal.message('a'))?.events[0]?.position).toBe(1);
    });

    test('refuses to queue a message that is not there', async () => {
      const enqueue = [{ queue: 'outbox', localKey: 'a', dueAtMs: noon }] as const;
      expect(await codeOf(() => commit([], { enqueue }))).toBe('ERR_JOURNAL_NOT_FOUND');
    });

    test.each([
      ['an answer before its signature', [], { kind: 'answered' }],
      ['an answer of a message that never left', [signed('a')], { kind: 'answered' }],
      ['a second signature', [signed('a')], { kind: 'signed' }],
      [
        'an attempt while another is made',
        [signed('a'), sending('a')],
        { kind: 'sending', attempt: 2, untilMs: 1 },
      ],
      [
        'an attempt of what is in doubt',
        [signed('a'), sending('a'), event({ localKey: 'a', kind: 'doubted' })],
        { kind: 'sending', attempt: 2, untilMs: 1 },
      ],
      ['a handled outgoing message', [signed('a')], { kind: 'handled' }],
      ['a resolution without a doubt', [signed('a')], { kind: 'resolved', resolution: 'sent' }],
    ] as const)('refuses %s', async (_name, before, next) => {
      await commit(before);
      expect(await codeOf(() => commit([event({ localKey: 'a', ...next })]))).toBe('ERR_JOURNAL_STATE');
    });

    test('takes a late answer as the end of a doubt', async () => {
      await commit([signed('a'), sending('a'), event({ localKey: 'a', kind: 'doubted' })]);
      expect(await stateOf('a')).toBe('in-doubt');
      await commit([event({ localKey: 'a', kind: 'answered', messageId: '1', correlationId: '2' })]);
      expect(await stateOf('a')).toBe('sent');
    });

    test.each([
      ['no service', { serviceId: '' }],
      ['a kind that is none', { kind: 'eaten' as 'signed' }],
      ['an instant that is none', { atMs: Number.NaN }],
      ['an instant before 1970', { atMs: -1 }],
      ['a key with spaces', { localKey: 'a b' }],
      ['an empty identifier', { messageId: '' }],
      ['an endless identifier', { messageId: 'x'.repeat(1025) }],
      ['half a surrogate pair', { reference: '\ud800' }],
      ['U+0000', { reference: 'a\0b' }],
      ['a field that no event has', { password: 'x' } as Partial<JournalEvent>],
      ['bytes that are text', { bytes: 'x' as unknown as Uint8Array }],
      ['a subject of eleven digits', { subjects: ['00130090001'] }],
      [
        'a related key of its own making',
        { kind: 'received' as const, direction: 'in' as const, relatedKey: 'b' },
      ],
    ])('refuses an event with %s', async (_name, wrong) => {
      expect(await codeOf(() => commit([{ ...signed('a'), ...wrong }]))).toBe('ERR_JOURNAL_EVENT');
      expect((await store.journal.find({})).messages).toEqual([]);
    });

    test.each([
      ['failed', 'delivery'],
      ['sending', 'attempt'],
      ['status', 'deliveryState'],
      ['resolved', 'resolution'],
    ] as const)('refuses %s without %s', async (kind, name) => {
      await commit([signed('a')]);
      await expect(commit([event({ localKey: 'a', kind })])).rejects.toThrow(name);
    });

    test.each([
      ['service', { serviceId: 'OTHER' }],
      ['channel', { channel: 'sync' as const }],
      ['direction', { direction: 'in' as const }],
    ])('refuses an event of another %s than its message', async (_name, other) => {
      await commit([signed('a')]);
      expect(await codeOf(() => commit([{ ...sending('a'), ...other }]))).toBe('ERR_JOURNAL_EVENT');
    });
  });

  test('refuses everything once it is closed', async () => {
    await commit([signed('a')]);
    await store.journal.close();
    await store.journal.close();
    expect(await codeOf(() => commit([signed('b')]))).toBe('ERR_JOURNAL_CLOSED');
    expect(await codeOf(() => store.journal.message('a'))).toBe('ERR_JOURNAL_CLOSED');
    expect(await codeOf(() => store.journal.take('outbox', { nowMs: 0, limit: 1, leaseMs: 1 }))).toBe(
      'ERR_JOURNAL_CLOSED',
    );
  });
});
