import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import { channelNames, JournalError, type MessageJournal, SendError } from '@egov-gateway/core';
import { readMessages } from '@egov-gateway/envelope';
import { createMemoryJournal } from '@egov-gateway/journal';
import {
  type AsyncMessageText,
  asyncMessages,
  deferred,
  manualTime,
  passedAsVerified,
} from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import type { PollOptions } from './async-client-options.ts';
import type { PolledMessages } from './async-messages.ts';
import { createPoller, type PollerOptions } from './poller.ts';

type Turn = readonly AsyncMessageText[] | Error | Promise<readonly AsyncMessageText[]>;

let session = 0;

/** What the gateway hands out, in another session each time. */
function page(messages: readonly AsyncMessageText[]): PolledMessages {
  session += 1;
  const sessionId = `{00000000-0000-0000-0000-${String(session).padStart(12, '0')}}`;
  const bytes = asyncMessages(messages, sessionId);
  return { ...readMessages(passedAsVerified(parseXml(bytes).root)), bytes };
}

/** A poller whose gateway hands these out one after another, then nothing. */
function polling(turns: readonly Turn[], options: Partial<PollerOptions> = {}) {
  const time = manualTime();
  const script = [...turns];
  const asked: { readonly serviceId: string; readonly options: PollOptions; readonly atMs: number }[] = [];
  const { journal = createMemoryJournal() } = options;
  const poller = createPoller({
    client: {
      poll: async (serviceId, pollOptions = {}) => {
        asked.push({ serviceId, options: pollOptions, atMs: time.clock.now() });
        const turn = await (script.shift() ?? []);
        if (turn instanceof Error) throw turn;
        return page(turn);
      },
    },
    journal,
    services: ['PING'],
    clock: time.clock,
    timers: time.timers,
    random: () => 1,
    minIntervalMs: 1_000,
    maxIntervalMs: 8_000,
    amount: 2,
    ...options,
  });
  const startedAtMs = time.clock.now();
  return { poller, journal, asked, time, times: () => asked.map(({ atMs }) => atMs - startedAtMs) };
}

async function received(journal: MessageJournal) {
  const { messages } = await journal.find({ direction: 'in' });
  return messages.filter(({ messageType }) => messageType !== undefined).reverse();
}

async function workerErrors(run: () => Promise<unknown>): Promise<unknown[]> {
  const events: unknown[] = [];
  const listen = (event: unknown) => events.push(event);
  subscribe(channelNames.workerError, listen);
  await run();
  unsubscribe(channelNames.workerError, listen);
  return events;
}

const one = { messageId: 'm-1', correlationId: 'c-1' };
const two = { messageId: 'm-2', correlationId: 'c-2' };
const report = { stored: 0, repeated: 0, conflicting: 0, unreadable: 0 };

describe('what is stored', () => {
  test('the exact answer once, and its messages with their places, all to be confirmed', async () => {
    const { poller, journal, time } = polling([[one, { ...two, messageType: 'REQUEST' }]], { amount: 3 });
    expect(await poller.runOnce()).toEqual({ ...report, stored: 2 });
    const messages = await received(journal);
    expect(messages).toMatchObject([
      { messageId: 'm-1', correlationId: 'c-1', messageType: 'RESPONSE', state: 'unmatched' },
      { messageId: 'm-2', correlationId: 'c-2', messageType: 'REQUEST', state: 'received' },
    ]);
    const containers = messages.map(({ events }) => events[0]?.container);
    expect(containers.map((container) => container?.part)).toEqual([0, 1]);
    const [container] = containers;
    expect(await journal.message(container?.localKey ?? '')).toMatchObject({
      state: 'handled',
      serviceId: 'PING',
    });
    const bytes = await journal.bytes(container?.localKey ?? '', 1);
    expect(Buffer.from(bytes ?? []).toString()).toContain('<messageId>m-2</messageId>');
    const nowMs = time.clock.now();
    const due = await journal.take('confirmations', { nowMs, limit: 10, leaseMs: 1 });
    expect(due).toEqual(messages.map(({ localKey }) => localKey));
  });

  test('is confirmed once more when it is handed out once more, and not stored again', async () => {
    const { poller, journal, time } = polling(
      [
        [one, two],
        [two, one],
      ],
      { amount: 3 },
    );
    await poller.runOnce();
    const taken = { nowMs: time.clock.now(), limit: 10, leaseMs: 1_000_000 };
    const keys = await journal.take('confirmations', taken);
    for (const localKey of keys) {
      await journal.commit({ events: [], dequeue: [{ queue: 'confirmations', localKey }] });
    }
    const before = await journal.feed(0, 100);
    expect(await poller.runOnce()).toEqual({ ...report, repeated: 2 });
    expect(await journal.feed(0, 100)).toEqual(before);
    const again = await journal.take('confirmations', taken);
    expect([...again].sort()).toEqual([...keys].sort());
  });

  test('a page with old and new messages keeps the new ones', async () => {
    const { poller, journal } = polling([[one], [one, two]], { amount: 3 });
    await poller.runOnce();
    expect(await poller.runOnce()).toEqual({ ...report, stored: 1, repeated: 1 });
    expect((await received(journal)).map(({ messageId }) => messageId)).toEqual(['m-1', 'm-2']);
  });

  test.each([
    ['data', { data: 'other' }],
    ['type', { messageType: 'NOTIFICATION' }],
    ['chain', { correlationId: 'c-9' }],
    ['service', { serviceId: 'OTHER' }],
  ])('another %s under an id that is taken is a message of its own', async (_name, difference) => {
    const { poller, journal } = polling([[one], [{ ...one, ...difference }]]);
    await poller.runOnce();
    expect(await poller.runOnce()).toEqual({ ...report, conflicting: 1 });
    const messages = await received(journal);
    expect(messages).toMatchObject([{ messageId: 'm-1' }, { messageId: 'm-1', code: 'CONFLICTING_ID' }]);
  });

  test('messages that cannot be read, or have no id, are told of and left to the gateway', async () => {
    const { poller, journal } = polling([[{ messageType: 'OTHER' }, { messageId: null }, one]], {
      amount: 9,
    });
    const errors = await workerErrors(async () => {
      expect(await poller.runOnce()).toEqual({ ...report, stored: 1, unreadable: 2 });
    });
    expect(errors).toMatchObject([
      { worker: 'poller', code: 'ERR_PARSE_VALUE' },
      { worker: 'poller', code: 'ERR_PARSE_MISSING_ELEMENT' },
    ]);
    expect(await received(journal)).toMatchObject([{ messageId: 'm-1' }]);
  });

  test('messages that cannot be read are kept once, with the reason, and nobody has to handle or confirm them', async () => {
    const broken: readonly AsyncMessageText[] = [{ messageType: 'OTHER', data: 'kept' }, { messageId: null }];
    const { poller, journal, time } = polling([broken, broken, [{ messageType: 'OTHER', data: 'other' }]], {
      amount: 9,
    });
    for (const unreadable of [2, 2, 1]) {
      expect(await poller.runOnce()).toMatchObject({ stored: 0, unreadable });
    }
    const records = (await journal.find({ direction: 'in' })).messages.toReversed();
    expect(records.map(({ code }) => code)).toEqual([
      undefined,
      'ERR_PARSE_VALUE',
      'ERR_PARSE_MISSING_ELEMENT',
      undefined,
      'ERR_PARSE_VALUE',
    ]);
    expect(new Set(records.map(({ state }) => state))).toEqual(new Set(['handled']));
    const container = records[1]?.events[0]?.container?.localKey ?? '';
    expect(Buffer.from((await journal.bytes(container, 1)) ?? []).toString()).toContain('kept');
    const due = { nowMs: time.clock.now(), limit: 10, leaseMs: 1 };
    expect(await journal.take('confirmations', due)).toEqual([]);
    expect(await journal.take('inbox', due)).toEqual([]);
  });

  test('a page full of messages that cannot be read does not hide those behind it', async () => {
    const waiting: AsyncMessageText[] = [
      { messageType: 'OTHER', data: '1' },
      { messageType: 'OTHER', data: '2' },
      { messageId: 'm-1' },
      { messageId: 'm-2' },
    ];
    const asked: (number | undefined)[] = [];
    const { poller, journal } = polling([], {
      client: {
        poll: async (_serviceId, { amount } = {}) => {
          asked.push(amount);
          return page(waiting.slice(0, amount));
        },
      },
    });
    expect(await poller.runOnce()).toMatchObject({ stored: 2 });
    expect(asked.slice(0, 2)).toEqual([2, 4]);
    expect((await received(journal)).map(({ messageId }) => messageId)).toEqual(['m-1', 'm-2']);
  });

  test('tells the states of what it stored', async () => {
    const { poller } = polling([[one]]);
    const events: unknown[] = [];
    const listen = (event: unknown) => events.push(event);
    subscribe(channelNames.messageState, listen);
    await poller.runOnce();
    unsubscribe(channelNames.messageState, listen);
    expect(events).toMatchObject([{ serviceId: 'PING', state: 'unmatched', previous: undefined }]);
  });
});

describe('pages', () => {
  test('follow each other as long as they are full, each after what was stored is settled', async () => {
    const settled: number[] = [];
    const { poller, asked } = polling(
      [[one, two], [{ messageId: 'm-3' }, { messageId: 'm-4' }], [{ messageId: 'm-5' }]],
      {
        settle: async () => settled.push(asked.length),
      },
    );
    expect(await poller.runOnce('PING')).toEqual({ ...report, stored: 5 });
    expect(asked.map(({ options }) => options.amount)).toEqual([2, 2, 2]);
    expect(settled).toEqual([1, 2]);
  });

  test('stop when a full page brings nothing new: the gateway waits for confirmations', async () => {
    const { poller, asked } = polling([
      [one, two],
      [one, two],
      [one, two],
    ]);
    expect(await poller.runOnce()).toEqual({ ...report, stored: 2, repeated: 2 });
    expect(asked).toHaveLength(2);
  });

  test('without end are cut', async () => {
    const endless = Array.from({ length: 300 }, (_, index) => [
      { messageId: `a-${index}` },
      { messageId: `b-${index}` },
    ]);
    const { poller, asked } = polling(endless);
    await poller.runOnce();
    expect(asked).toHaveLength(100);
  });
});

describe('pace', () => {
  test('empty polls back off to the longest pause, a message brings the shortest back', async () => {
    const { poller, time, times } = polling([[], [], [], [], [], [one], []]);
    poller.start();
    await time.advance(32_000);
    expect(times()).toEqual([0, 1_000, 3_000, 7_000, 15_000, 23_000, 24_000, 25_000, 27_000, 31_000]);
    await poller.stop();
    expect(time.pending).toBe(0);
  });

  test('a gateway that fails is asked less and less, and told of', async () => {
    const down = new SendError('mock', { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' });
    const { poller, time, times } = polling([down, down, [one]]);
    const errors = await workerErrors(async () => {
      poller.start();
      await time.advance(4_500);
      await poller.stop();
    });
    expect(times()).toEqual([0, 1_000, 3_000, 4_000]);
    expect(errors).toMatchObject([{ code: 'ERR_SEND_CONNECT' }, { code: 'ERR_SEND_CONNECT' }]);
  });

  test('wake asks at once', async () => {
    const { poller, time, times } = polling([]);
    poller.start();
    await time.advance(3_500);
    poller.wake();
    await time.advance(0);
    expect(times()).toEqual([0, 1_000, 3_000, 3_500]);
    await poller.stop();
    poller.wake();
    await time.advance(60_000);
    expect(times()).toHaveLength(4);
  });

  test('each service has its own, added ones too', async () => {
    const { poller, time, asked } = polling([[one], []]);
    poller.start();
    await time.advance(0);
    poller.add('OTHER');
    poller.add('OTHER');
    await time.advance(1_500);
    expect(asked.map(({ serviceId }) => serviceId)).toEqual(['PING', 'OTHER', 'PING', 'OTHER']);
    await poller.stop();
  });
});

describe('trouble', () => {
  test('an answer that cannot be stored is kept, and stored before anything new is asked', async () => {
    const memory = createMemoryJournal();
    let isFull = true;
    const journal: MessageJournal = Object.assign(Object.create(memory), {
      find: memory.find.bind(memory),
      commit: async (change: Parameters<MessageJournal['commit']>[0]) => {
        if (isFull) throw new JournalError('full', { code: 'ERR_JOURNAL_FULL' });
        return memory.commit(change);
      },
    });
    const { poller, asked, time } = polling([[one], []], { journal });
    const errors = await workerErrors(async () => {
      poller.start();
      await time.advance(1_500);
    });
    expect(errors).toMatchObject([{ code: 'ERR_JOURNAL_FULL' }, { code: 'ERR_JOURNAL_FULL' }]);
    expect(asked).toHaveLength(1);
    isFull = false;
    await time.advance(2_000);
    expect(await received(memory)).toMatchObject([{ messageId: 'm-1' }]);
    await poller.stop();
  });

  test('runOnce rejects with what went wrong', async () => {
    const down = new SendError('mock', { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' });
    await expect(polling([down]).poller.runOnce()).rejects.toBe(down);
  });

  test('stop waits for what was asked to be stored', async () => {
    const answer = deferred<readonly AsyncMessageText[]>();
    const { poller, journal, time } = polling([answer.promise]);
    poller.start();
    await time.advance(0);
    const stopped = poller.stop();
    answer.resolve([one]);
    await stopped;
    expect(await received(journal)).toMatchObject([{ messageId: 'm-1' }]);
    await time.advance(60_000);
    expect(time.pending).toBe(0);
  });

  test('stop breaks off what takes longer than its grace', async () => {
    const time = manualTime();
    const poller = createPoller({
      client: {
        poll: (_serviceId, { signal } = {}) =>
          new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
      },
      journal: createMemoryJournal(),
      services: ['PING'],
      clock: time.clock,
      timers: time.timers,
    });
    poller.start();
    await time.advance(0);
    const stopped = poller.stop({ graceMs: 500 });
    expect(await workerErrors(() => time.advance(500))).toEqual([]);
    await stopped;
  });

  test('starts again after a stop', async () => {
    const { poller, time, times } = polling([]);
    poller.start();
    poller.start();
    await time.advance(0);
    await poller.stop();
    poller.start();
    await time.advance(0);
    expect(times()).toEqual([0, 0]);
    await poller.stop();
  });
});

describe('options', () => {
  test.each([
    ['client', { client: undefined }],
    ['journal', { journal: undefined }],
    ['journal', { journal: { append: async () => {} } }],
    ['minIntervalMs', { minIntervalMs: 0 }],
    ['maxIntervalMs', { minIntervalMs: 10, maxIntervalMs: 9 }],
    ['amount', { amount: Number.NaN }],
    ['serviceId', { services: [''] }],
    ['intervalMs', { intervalMs: 5 }],
  ])('%s that cannot be is a TypeError', (name, options) => {
    const good = { client: { poll: async () => page([]) }, journal: createMemoryJournal() };
    expect(() => createPoller({ ...good, ...options } as unknown as PollerOptions)).toThrow(
      expect.objectContaining({ name: 'TypeError', message: expect.stringContaining(name) }),
    );
  });
});
