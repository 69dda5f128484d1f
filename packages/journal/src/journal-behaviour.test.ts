/** What every store does, in the same words: memory, and SQLite under every driver that is there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { JournalChange, JournalEvent, MessageJournal, MessageState } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { availableDrivers } from './database.ts';
import { createMemoryJournal } from './memory/memory-journal.ts';
import { openJournal } from './sqlite/open-journal.ts';

const noon = Date.UTC(2026, 10, 20, 12);
const serviceId = 'CONTRACTS';
const iin = '001300900011';

const drivers = await availableDrivers();
const stores = ['memory', ...drivers] as const;

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egov-gateway-journal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function openStore(store: (typeof stores)[number]): Promise<MessageJournal> {
  if (store === 'memory') return createMemoryJournal();
  files += 1;
  return openJournal(join(folder, `${files}.journal`), {
    driver: store,
    subjectKey: new Uint8Array(32).fill(7),
    clock: { now: () => noon },
  });
}

type Partly = Partial<JournalEvent> & Pick<JournalEvent, 'kind' | 'localKey'>;

function event(partial: Partly): JournalEvent {
  return { serviceId, channel: 'async', atMs: noon, ...partial };
}

function signed(localKey: string, more: Partial<JournalEvent> = {}): JournalEvent {
  return event({ localKey, kind: 'signed', messageType: 'REQUEST', bytes: bytesOf(localKey), ...more });
}

function sending(localKey: string, more: Partial<JournalEvent> = {}): JournalEvent {
  return event({ localKey, kind: 'sending', attempt: 1, untilMs: noon + 60_000, ...more });
}

function received(localKey: string, more: Partial<JournalEvent> = {}): JournalEvent {
  return event({
    localKey,
    kind: 'received',
    direction: 'in',
    messageType: 'RESPONSE',
    messageId: `id-${localKey}`,
    correlationId: 'chain-1',
    bytes: bytesOf('answer'),
    ...more,
  });
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(`<m>${text}</m>`);
}

describe.each(stores)('the journal in %s', (store) => {
  let journal: MessageJournal;
  beforeEach(async () => {
    journal = await openStore(store);
  });
  afterEach(() => journal.close());

  const commit = (events: readonly JournalEvent[], more: Partial<JournalChange> = {}) =>
    journal.commit({ events, ...more });
  const stateOf = async (localKey: string): Promise<MessageState | undefined> =>
    (await journal.message(localKey))?.state;
  const taken = (queue: 'outbox' | 'inbox' | 'confirmations', nowMs = noon) =>
    journal.take(queue, { nowMs, limit: 100, leaseMs: 1000 });

  describe('commit', () => {
    test('keeps events with their bytes and tells the states', async () => {
      const receipt = await commit([signed('a', { reference: 'contract 7', expiresAtMs: noon + 1 })]);
      expect(receipt).toEqual({
        receptions: [],
        changed: [{ localKey: 'a', state: 'queued', previous: undefined }],
      });
      expect(await journal.message('a')).toEqual({
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
      expect(Buffer.from((await journal.bytes('a', 1)) ?? []).toString()).toBe('<m>a</m>');
    });

    test('keeps the bytes as they were, whatever happens to the array afterwards', async () => {
      const bytes = bytesOf('a');
      const committed = commit([signed('a', { bytes })]);
      await committed;
      bytes.fill(0);
      expect(Buffer.from((await journal.bytes('a', 1)) ?? []).toString()).toBe('<m>a</m>');
    });

    test('has no bytes where there are none', async () => {
      await commit([signed('a', { bytes: undefined })]);
      expect(await journal.bytes('a', 1)).toBeUndefined();
      expect(await journal.bytes('a', 2)).toBeUndefined();
      expect(await journal.bytes('b', 1)).toBeUndefined();
      expect(await journal.message('b')).toBeUndefined();
    });

    test('follows a message from its queue to its answer', async () => {
      await commit([signed('a')]);
      await commit([sending('a')]);
      await commit([
        event({ localKey: 'a', kind: 'answered', messageId: '216386080', correlationId: '216386081' }),
      ]);
      await commit([event({ localKey: 'a', kind: 'status', deliveryState: 'DELIVERED' })]);
      const message = await journal.message('a');
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
      expect(await codeOf(() => journal.commit(change))).toBe('ERR_JOURNAL_CONFLICT');
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
      expect((await journal.message('a'))?.version).toBe(2);
      expect(await stateOf('b')).toBe('queued');
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
      expect((await journal.message('a'))?.events[0]?.position).toBe(1);
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
      expect((await journal.find({})).messages).toEqual([]);
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
      expect((await journal.message('r1'))?.events.map(({ kind }) => kind)).toEqual(['received', 'repeated']);
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
      expect((await journal.message('r2'))?.code).toBe('CONFLICTING_ID');
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
      expect((await journal.message('r2'))?.events[0]?.container).toEqual({ localKey: 'c1', part: 1 });
      await commit([
        { ...container, localKey: 'c2' },
        { ...part('r3', 0, 'c2'), messageId: 'id-r2' },
      ]);
      expect((await journal.message('r2'))?.events.map(({ kind }) => kind)).toEqual(['received', 'repeated']);
      expect(await codeOf(() => commit([part('r4', 0, 'c9')]))).toBe('ERR_JOURNAL_NOT_FOUND');
    });

    test('of the synchronous channel are not queued', async () => {
      await commit([
        event({ localKey: 'r1', kind: 'received', direction: 'in', channel: 'sync', messageId: 'm' }),
      ]);
      expect(await stateOf('r1')).toBe('received');
      expect(await taken('inbox')).toEqual([]);
      expect(await journal.sweep(noon)).toBe(0);
    });

    test('are handled once', async () => {
      await commit([received('r1', { messageType: 'REQUEST' })]);
      const handled = event({ localKey: 'r1', direction: 'in', kind: 'handled' });
      await commit([handled]);
      expect(await stateOf('r1')).toBe('handled');
      expect(await codeOf(() => commit([handled]))).toBe('ERR_JOURNAL_STATE');
    });
  });

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
      expect((await journal.message('r1'))?.relatedKeys).toEqual(['a']);
      expect((await journal.message('a'))?.relatedKeys).toEqual(['r1']);
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
      expect((await journal.message('r1'))?.relatedKeys).toEqual(['a']);
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
      expect((await journal.message('r1'))?.relatedKeys).toEqual([]);
      expect(await stateOf('r2')).toBe('received');
      expect((await journal.message('r2'))?.relatedKeys).toEqual(['r1']);
      expect([...(await taken('inbox'))].sort()).toEqual(['r1', 'r2']);
    });

    test('prefer the REQUEST that we sent', async () => {
      await commit([signed('u', { messageType: 'UPDATE', correlationId: 'chain-1' })]);
      await ask();
      await commit([answered]);
      await commit([received('r1')]);
      expect((await journal.message('r1'))?.relatedKeys).toEqual(['a']);
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
          const one = await openStore(store);
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

  describe('queues', () => {
    const queued = (localKey: string, dueAtMs: number, more: Partial<JournalEvent> = {}) =>
      commit([signed(localKey, more)], { enqueue: [{ queue: 'outbox', localKey, dueAtMs }] });

    test('give what is due, the longest due first, and lease it', async () => {
      await queued('a', noon + 2);
      await queued('b', noon + 1);
      await queued('c', noon + 99);
      expect(await journal.take('outbox', { nowMs: noon, limit: 9, leaseMs: 10 })).toEqual([]);
      expect(await journal.take('outbox', { nowMs: noon + 2, limit: 1, leaseMs: 10 })).toEqual(['b']);
      expect(await journal.take('outbox', { nowMs: noon + 2, limit: 9, leaseMs: 10 })).toEqual(['a']);
      expect(await journal.nextDueMs('outbox')).toBe(noon + 12);
      expect(await journal.take('outbox', { nowMs: noon + 12, limit: 9, leaseMs: 10 })).toEqual(['a', 'b']);
    });

    test('move and let go of an entry', async () => {
      await queued('a', noon);
      await commit([], { enqueue: [{ queue: 'outbox', localKey: 'a', dueAtMs: noon + 5 }] });
      expect(await journal.nextDueMs('outbox')).toBe(noon + 5);
      await commit([], { dequeue: [{ queue: 'outbox', localKey: 'a' }] });
      expect(await journal.nextDueMs('outbox')).toBeUndefined();
    });

    test('leave entries of some services where they are', async () => {
      await queued('a', noon, { serviceId: 'QUIET' });
      await queued('b', noon + 1);
      const options = { nowMs: noon + 1, limit: 9, leaseMs: 10, except: ['QUIET'] };
      expect(await journal.nextDueMs('outbox', { except: ['QUIET'] })).toBe(noon + 1);
      expect(await journal.take('outbox', options)).toEqual(['b']);
      expect(await journal.nextDueMs('outbox')).toBe(noon);
    });

    test('hand one entry to one of two takers', async () => {
      await queued('a', noon);
      const options = { nowMs: noon, limit: 9, leaseMs: 10 };
      const both = await Promise.all([journal.take('outbox', options), journal.take('outbox', options)]);
      expect(both.flat()).toEqual(['a']);
    });

    test.each([
      ['a fraction', { nowMs: 0.5, limit: 1, leaseMs: 1 }],
      ['no limit', { nowMs: 0, limit: 0, leaseMs: 1 }],
      ['no lease', { nowMs: 0, limit: 1, leaseMs: 0 }],
    ])('refuse %s', async (_name, options) => {
      await expect(journal.take('outbox', options)).rejects.toThrow(TypeError);
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
      expect(await journal.sweep(noon)).toBe(4);
      expect(await journal.sweep(noon)).toBe(0);
      expect(await taken('outbox')).toEqual(['b']);
      expect(await taken('outbox', noon + 60_000)).toEqual(['b', 'a']);
      expect(await taken('inbox')).toEqual(['r1']);
      expect(await taken('confirmations')).toEqual(['r2']);
      await commit([event({ localKey: 'r2', direction: 'in', kind: 'confirmed' })], {
        dequeue: [{ queue: 'confirmations', localKey: 'r2' }],
      });
      expect(await journal.sweep(noon)).toBe(0);
    });

    test('count the attempts of a service', async () => {
      await commit([signed('a'), sending('a', { atMs: noon - 1 }), signed('b'), sending('b')]);
      await commit([signed('c', { serviceId: 'OTHER' }), sending('c', { serviceId: 'OTHER' })]);
      expect(await journal.countSent(serviceId, noon)).toBe(1);
      expect(await journal.countSent(serviceId, noon - 1)).toBe(2);
      expect(await journal.countSent('NOBODY', 0)).toBe(0);
    });
  });

  describe('find', () => {
    const keys = async (query: Parameters<MessageJournal['find']>[0]) =>
      (await journal.find(query)).messages.map(({ localKey }) => localKey);

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
        const page = await journal.find({ ...query, limit: 1, after });
        pages.push(...page.messages.map(({ localKey }) => localKey));
        after = page.next;
        if (after === undefined) break;
      }
      expect(pages).toEqual(expected);
    });

    test('goes on after the same instant', async () => {
      await commit(['x', 'y', 'z'].map((key) => signed(key, { serviceId: 'SAME', atMs: noon })));
      const first = await journal.find({ serviceId: 'SAME', limit: 2 });
      expect(first.messages.map(({ localKey }) => localKey)).toEqual(['z', 'y']);
      expect(await keys({ serviceId: 'SAME', after: first.next })).toEqual(['x']);
    });

    test.each(['x', '', '1', '1.2.3', '-1.2', '1.2;DROP'])('refuses to go on after %j', async (after) => {
      expect(await codeOf(() => journal.find({ after }))).toBe('ERR_JOURNAL_NOT_FOUND');
    });

    test.each([0, 1001, 1.5, Number.NaN])('refuses a page of %d messages', async (limit) => {
      await expect(journal.find({ limit })).rejects.toThrow(TypeError);
    });

    test('refuses a subject that is none', async () => {
      expect(await codeOf(() => journal.find({ subject: '1' }))).toBe('ERR_JOURNAL_EVENT');
    });
  });

  describe('feed', () => {
    test('gives every event once, with the state it led to', async () => {
      await commit([signed('a'), signed('b')]);
      await commit([sending('a')]);
      const first = await journal.feed(0, 2);
      expect(first.map(({ localKey, state, position }) => [localKey, state, position])).toEqual([
        ['a', 'queued', 1],
        ['b', 'queued', 2],
      ]);
      const rest = await journal.feed(first.at(-1)?.position ?? 0);
      expect(rest.map(({ localKey, state }) => [localKey, state])).toEqual([['a', 'sending']]);
      expect(await journal.feed(3)).toEqual([]);
    });

    test.each([0, -1, 10_001, Number.NaN])('refuses to give %d events', async (limit) => {
      await expect((async () => journal.feed(0, limit))()).rejects.toThrow(TypeError);
    });
  });

  test('refuses everything once it is closed', async () => {
    await commit([signed('a')]);
    await journal.close();
    await journal.close();
    expect(await codeOf(() => commit([signed('b')]))).toBe('ERR_JOURNAL_CLOSED');
    expect(await codeOf(() => journal.message('a'))).toBe('ERR_JOURNAL_CLOSED');
    expect(await codeOf(() => journal.take('outbox', { nowMs: 0, limit: 1, leaseMs: 1 }))).toBe(
      'ERR_JOURNAL_CLOSED',
    );
  });
});
