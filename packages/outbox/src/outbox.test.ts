import diagnostics from 'node:diagnostics_channel';

import {
  channelNames,
  GatewayFault,
  JournalError,
  type MessageJournal,
  type MessageState,
  type MessageStateEvent,
  newLocalKey,
  SendError,
  type WorkerErrorEvent,
} from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { codeOf, deferred, type ManualTime, manualTime, watchedJournal } from '@egov-gateway/testing';
import { afterEach, describe, expect, test } from 'vitest';

import type { Deliver } from './deliver.ts';
import { createOutbox, type Outbox, type OutboxOptions } from './outbox.ts';
import type { PreparedMessage } from './prepared-message.ts';

const notSent = () => new SendError('', { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' });
const unknown = () => new SendError('', { code: 'ERR_SEND_BODY_TIMEOUT', delivery: 'unknown' });
const fault = (errorCode: string) =>
  new GatewayFault({ faultCode: errorCode, faultString: '' }, { verified: true });

function request(serviceId = 'A', text = 'x'): PreparedMessage {
  return { bytes: new TextEncoder().encode(text), serviceId, messageType: 'REQUEST' };
}

let id = 0;
const accepted: Deliver = async () => {
  id += 1;
  return { messageId: `M${id}`, correlationId: `C${id}` };
};

/** Answers by the script, one entry a delivery, and then by success. */
function scripted(...script: readonly (() => unknown)[]) {
  const calls: Parameters<Deliver>[0][] = [];
  const deliver: Deliver = async (message, options) => {
    calls.push(message);
    const step = script[calls.length - 1];
    if (step !== undefined) throw step();
    return accepted(message, options);
  };
  return { deliver, calls };
}

interface Setup {
  readonly time: ManualTime;
  readonly journal: MessageJournal;
  readonly outbox: Outbox;
  stateOf(localKey: string): Promise<MessageState | undefined>;
  kinds(localKey: string): Promise<readonly string[]>;
}

const started: { readonly outbox: Outbox; readonly time: ManualTime }[] = [];

function setUp(deliver: Deliver, options: Partial<OutboxOptions> = {}, time = manualTime()): Setup {
  const journal = options.journal ?? createMemoryJournal();
  const outbox = createOutbox({
    deliver,
    clock: time.clock,
    timers: time.timers,
    random: () => 0,
    ...options,
    journal,
  });
  started.push({ outbox, time });
  return {
    time,
    journal,
    outbox,
    stateOf: async (localKey) => (await journal.message(localKey))?.state,
    kinds: async (localKey) => ((await journal.message(localKey))?.events ?? []).map(({ kind }) => kind),
  };
}

/** What workers tell while `run` runs. */
async function troubles(run: () => Promise<void>): Promise<WorkerErrorEvent[]> {
  const events: WorkerErrorEvent[] = [];
  const listen = (event: unknown) => events.push(event as WorkerErrorEvent);
  diagnostics.subscribe(channelNames.workerError, listen);
  try {
    await run();
  } finally {
    diagnostics.unsubscribe(channelNames.workerError, listen);
  }
  return events;
}

afterEach(async () => {
  for (const { outbox, time } of started.splice(0)) {
    const stopped = outbox.stop({ graceMs: 0 });
    await time.advance(60_000);
    await stopped;
  }
});

describe('createOutbox', () => {
  test('records an attempt before its first byte, and sends exactly the stored bytes', async () => {
    const calls: { states: unknown; bytes: Uint8Array }[] = [];
    const { journal, outbox, kinds, stateOf } = setUp(async (message, options) => {
      calls.push({ states: (await journal.message(message.localKey))?.state, bytes: message.bytes });
      return accepted(message, options);
    });
    const prepared = request('A', 'exact bytes');
    const { localKey } = await outbox.enqueue(prepared);
    expect(await stateOf(localKey)).toBe('queued');
    await outbox.drain();
    expect(calls).toEqual([{ states: 'sending', bytes: prepared.bytes }]);
    expect(await kinds(localKey)).toEqual(['signed', 'sending', 'answered']);
    expect(await stateOf(localKey)).toBe('sent');
    const { messageId, correlationId } = (await journal.message(localKey)) ?? {};
    expect([messageId, correlationId]).toEqual([`M${id}`, `C${id}`]);
  });

  test('sends as soon as something is enqueued, without waiting for the next look', async () => {
    const { outbox, time, stateOf } = setUp(accepted);
    outbox.start();
    await time.settle();
    const { localKey } = await outbox.enqueue(request());
    await time.settle();
    expect(await stateOf(localKey)).toBe('sent');
  });

  test('finds what another process enqueued within pollMs', async () => {
    const { outbox, journal, time, stateOf } = setUp(accepted, { pollMs: 5_000 });
    outbox.start();
    await time.settle();
    const other = createOutbox({ journal, deliver: accepted, clock: time.clock, timers: time.timers });
    const { localKey } = await other.enqueue(request());
    await time.advance(4_999);
    expect(await stateOf(localKey)).toBe('queued');
    await time.advance(1);
    expect(await stateOf(localKey)).toBe('sent');
  });

  test('asks the journal no more often than pollMs while nothing is due', async () => {
    let takes = 0;
    const journal = watchedJournal(createMemoryJournal(), {
      before: (method) => {
        if (method === 'take') takes += 1;
      },
    });
    const { outbox, time } = setUp(accepted, { journal, pollMs: 5_000 });
    outbox.start();
    await time.advance(3_600_000);
    expect(takes).toBeLessThanOrEqual(721);
  });

  test('does not send before notBeforeMs, and then without delay', async () => {
    const { outbox, time, stateOf } = setUp(accepted, { pollMs: 3_600_000 });
    outbox.start();
    const { localKey } = await outbox.enqueue(request(), { notBeforeMs: time.clock.now() + 60_000 });
    await time.advance(59_999);
    expect(await stateOf(localKey)).toBe('queued');
    await time.advance(1);
    expect(await stateOf(localKey)).toBe('sent');
  });

  test('tries again after the back-off what never left', async () => {
    const { deliver, calls } = scripted(notSent, notSent);
    const { outbox, time, stateOf, kinds } = setUp(deliver, {
      defaults: { backoff: { firstMs: 1_000, factor: 3, jitter: 0 } },
    });
    outbox.start();
    const { localKey } = await outbox.enqueue(request());
    await time.advance(999);
    expect(calls).toHaveLength(1);
    await time.advance(1);
    expect(calls).toHaveLength(2);
    await time.advance(2_999);
    expect(calls).toHaveLength(2);
    await time.advance(1);
    expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(await stateOf(localKey)).toBe('sent');
    expect(await kinds(localKey)).toEqual([
      'signed',
      ...['sending', 'failed', 'sending', 'failed'],
      ...['sending', 'answered'],
    ]);
  });

  test('gives up with the reason when the attempts are used up', async () => {
    const { deliver, calls } = scripted(notSent, notSent, notSent, notSent);
    const { outbox, time, journal } = setUp(deliver, { defaults: { maxAttempts: 3 } });
    outbox.start();
    const { localKey } = await outbox.enqueue(request());
    await time.advance(3_600_000);
    expect(calls).toHaveLength(3);
    const message = await journal.message(localKey);
    expect(message?.state).toBe('dead');
    expect(message?.code).toBe('ERR_SEND_CONNECT');
    expect(message?.events.at(-1)?.note).toBe('3 attempts are used up');
  });

  test('gives up at once what no other attempt can change', async () => {
    const { deliver, calls } = scripted(
      () => new SendError('', { code: 'ERR_SEND_INSECURE_URL', delivery: 'not-sent' }),
    );
    const { outbox, stateOf } = setUp(deliver);
    const { localKey } = await outbox.enqueue(request());
    await outbox.drain();
    expect(calls).toHaveLength(1);
    expect(await stateOf(localKey)).toBe('dead');
  });

  test('records a verified refusal with the code of the gateway', async () => {
    const { outbox, journal } = setUp(scripted(() => fault('SCE004')).deliver);
    const { localKey } = await outbox.enqueue(request());
    await outbox.drain();
    expect(await journal.message(localKey)).toMatchObject({ state: 'rejected', code: 'SCE004' });
  });

  test('tries again after a refusal whose code says later', async () => {
    const { deliver, calls } = scripted(() => fault('BUSY'));
    const { outbox, time, stateOf } = setUp(deliver, { defaults: { retryCodes: ['BUSY'] } });
    outbox.start();
    const { localKey } = await outbox.enqueue(request());
    await time.advance(60_000);
    expect(calls).toHaveLength(2);
    expect(await stateOf(localKey)).toBe('sent');
  });

  test('keeps an outcome that nobody knows in doubt, and never sends it again by itself', async () => {
    const { deliver, calls } = scripted(unknown);
    const { outbox, time, journal, kinds } = setUp(deliver);
    outbox.start();
    const { localKey } = await outbox.enqueue(request());
    await time.advance(24 * 3_600_000);
    expect(calls).toHaveLength(1);
    expect(await journal.message(localKey)).toMatchObject({
      state: 'in-doubt',
      code: 'ERR_SEND_BODY_TIMEOUT',
    });
    expect(await kinds(localKey)).toEqual(['signed', 'sending', 'failed', 'doubted']);
  });

  test.each([
    ['an error that is not of the SDK', () => new TypeError('x')],
    ['an unverified fault', () => new GatewayFault({ faultCode: 'X', faultString: '' }, { verified: false })],
  ])('takes %s for an outcome that nobody knows', async (_, error) => {
    const { outbox, stateOf } = setUp(scripted(error).deliver);
    const { localKey } = await outbox.enqueue(request());
    await outbox.drain();
    expect(await stateOf(localKey)).toBe('in-doubt');
  });

  test('is in doubt about an answer without an id, which says neither yes nor no', async () => {
    const { outbox, stateOf } = setUp(async () => ({ messageId: '' }), { defaults: { onUnknown: 'resend' } });
    const { localKey } = await outbox.enqueue(request());
    await outbox.drain();
    expect(await stateOf(localKey)).toBe('in-doubt');
  });

  test('sends the same bytes again after an unknown outcome where the policy says so', async () => {
    const { deliver, calls } = scripted(unknown, unknown);
    const { outbox, time, stateOf } = setUp(deliver, { services: { A: { onUnknown: 'resend' } } });
    outbox.start();
    const { localKey } = await outbox.enqueue(request('A', 'same'));
    await time.advance(60_000);
    expect(await stateOf(localKey)).toBe('sent');
    expect(calls.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual(['same', 'same', 'same']);
  });

  test.each<[string, OutboxOptions['defaults'], MessageState]>([
    ['leaves a doubt, whatever its code', { onUnknown: 'resend' }, 'in-doubt'],
    ['leaves a doubt when its code is listed', { onUnknown: 'resend', duplicateCodes: ['DUP'] }, 'in-doubt'],
    ['rejects when its code is not listed', { onUnknown: 'resend', duplicateCodes: ['X'] }, 'rejected'],
  ])('a refusal after an unknown outcome %s', async (_, defaults, state) => {
    const { outbox, time, stateOf } = setUp(scripted(unknown, () => fault('DUP')).deliver, { defaults });
    outbox.start();
    const { localKey } = await outbox.enqueue(request());
    await time.advance(60_000);
    expect(await stateOf(localKey)).toBe(state);
  });

  test.each<[string, OutboxOptions['defaults'], (() => unknown)[]]>([
    ['its attempts are used up', { onUnknown: 'resend', maxAttempts: 2 }, [unknown, notSent]],
    ['its deadline passes', { onUnknown: 'resend', deadlineMs: 1_000 }, [unknown]],
  ])('a doubt does not go away because %s', async (_, defaults, script) => {
    const { outbox, time, stateOf } = setUp(scripted(...script).deliver, { defaults });
    outbox.start();
    const { localKey } = await outbox.enqueue(request());
    await time.advance(3_600_000);
    expect(await stateOf(localKey)).toBe('in-doubt');
  });

  test('does not send after the deadline', async () => {
    const { deliver, calls } = scripted(notSent);
    const { outbox, time, journal } = setUp(deliver, {
      defaults: { deadlineMs: 30_000, backoff: { firstMs: 60_000, jitter: 0 } },
    });
    outbox.start();
    const { localKey } = await outbox.enqueue(request());
    await time.advance(30_000);
    expect(await journal.message(localKey)).toMatchObject({ state: 'expired', code: 'EXPIRED' });
    await time.advance(3_600_000);
    expect(calls).toHaveLength(1);
  });
});

describe('a worker that died', () => {
  const never: Deliver = () => new Promise(() => {});

  test.each<['hold' | 'resend', MessageState]>([
    ['hold', 'in-doubt'],
    ['resend', 'sent'],
  ])('leaves an attempt that counts as unknown once it is out of time: %s', async (onUnknown, state) => {
    const defaults = { onUnknown, attemptTimeoutMs: 60_000 };
    const first = setUp(never, { defaults, graceMs: 10_000 });
    const { localKey } = await first.outbox.enqueue(request());
    void first.outbox.runOnce();
    await first.time.settle();
    expect(await first.stateOf(localKey)).toBe('sending');

    // The first one is gone: nothing moves its timers any more.
    const time = manualTime(first.time.clock.now());
    const { outbox, stateOf, journal } = setUp(accepted, { journal: first.journal, defaults }, time);
    outbox.start();
    await time.advance(69_999);
    expect(await stateOf(localKey)).toBe('sending');
    await time.advance(60_000);
    expect(await stateOf(localKey)).toBe(state);
    const message = await journal.message(localKey);
    expect(message?.events.some(({ code }) => code === 'INTERRUPTED')).toBe(true);
  });

  test('gives back what it had taken when its lease ends', async () => {
    const first = setUp(accepted, { leaseMs: 30_000 });
    const { localKey } = await first.outbox.enqueue(request());
    const { time, journal } = first;
    await journal.take('outbox', { nowMs: time.clock.now(), limit: 1, leaseMs: 30_000 });
    first.outbox.start();
    await time.advance(29_999);
    expect(await first.stateOf(localKey)).toBe('queued');
    await time.advance(1);
    expect(await first.stateOf(localKey)).toBe('sent');
  });

  test('leaves nothing that a sweep at the next start does not find', async () => {
    const { journal, outbox, time, stateOf } = setUp(accepted);
    const { localKey } = await outbox.enqueue(request());
    await journal.commit({ events: [], dequeue: [{ queue: 'outbox', localKey }] });
    outbox.start();
    await time.settle();
    expect(await stateOf(localKey)).toBe('sent');
  });

  test('an answer that comes after the attempt was taken for dead ends the doubt', async () => {
    const answer = deferred();
    const slow = setUp(
      async (message, options) => {
        await answer.promise;
        return accepted(message, options);
      },
      { defaults: { attemptTimeoutMs: 60_000 }, graceMs: 10_000 },
    );
    const { localKey } = await slow.outbox.enqueue(request());
    const running = slow.outbox.runOnce();
    await slow.time.settle();

    const time = manualTime(slow.time.clock.now() + 70_000);
    const other = setUp(accepted, { journal: slow.journal }, time);
    await other.outbox.drain();
    expect(await other.stateOf(localKey)).toBe('in-doubt');
    answer.resolve();
    await running;
    expect(await other.stateOf(localKey)).toBe('sent');
  });

  test('an outcome that comes too late and says nothing is told and changes nothing', async () => {
    const answer = deferred();
    const slow = setUp(async () => {
      await answer.promise;
      throw notSent();
    });
    const { localKey } = await slow.outbox.enqueue(request());
    const running = slow.outbox.runOnce();
    await slow.time.settle();
    const other = setUp(accepted, { journal: slow.journal }, manualTime(slow.time.clock.now() + 3_600_000));
    await other.outbox.drain();
    const told = await troubles(async () => {
      answer.resolve();
      await running;
    });
    expect(told.map(({ code }) => code)).toEqual(['ERR_JOURNAL_CONFLICT']);
    expect(await other.stateOf(localKey)).toBe('in-doubt');
  });
});

describe('two workers on one journal', () => {
  test('send each message once', async () => {
    const calls: string[] = [];
    const deliver: Deliver = async (message, options) => {
      calls.push(message.localKey);
      return accepted(message, options);
    };
    const one = setUp(deliver);
    const two = setUp(deliver, { journal: one.journal }, one.time);
    const keys: string[] = [];
    for (let i = 0; i < 50; i++) keys.push((await one.outbox.enqueue(request())).localKey);
    one.outbox.start();
    two.outbox.start();
    await one.time.advance(60_000);
    expect([...calls].sort()).toEqual([...keys].sort());
  });

  test('walk away from a message that the other one was quicker with', async () => {
    const journal = createMemoryJournal();
    const { deliver, calls } = scripted();
    const rival = watchedJournal(journal, {
      before: async (method, args) => {
        const [change] = args as [{ events?: readonly { kind: string; localKey: string }[] }];
        const event = method === 'commit' ? change.events?.[0] : undefined;
        if (event?.kind !== 'sending') return;
        // The other worker is a moment earlier.
        await journal.commit({ events: [event as never] });
      },
    });
    const { outbox } = setUp(deliver, { journal: rival });
    await outbox.enqueue(request());
    await outbox.runOnce();
    expect(calls).toEqual([]);
  });
});

describe('enqueue', () => {
  test('keeps what the message is to be found by', async () => {
    const { outbox, journal } = setUp(accepted);
    const { localKey } = await outbox.enqueue(request(), {
      reference: 'contract 17',
      subjects: ['001300900011'],
      expiresAtMs: Date.UTC(2028, 0, 1),
    });
    const { messages } = await journal.find({ subject: '001300900011', reference: 'contract 17' });
    expect(messages.map((message) => [message.localKey, message.expiresAtMs])).toEqual([
      [localKey, Date.UTC(2028, 0, 1)],
    ]);
  });

  test('refuses a second message under a key', async () => {
    const { outbox } = setUp(accepted);
    const localKey = newLocalKey();
    await outbox.enqueue(request(), { localKey });
    expect(await codeOf(() => outbox.enqueue(request(), { localKey }))).toBe('ERR_JOURNAL_CONFLICT');
  });

  test('rejects with the journal, nothing being accepted', async () => {
    const journal = watchedJournal(createMemoryJournal(), {
      before: (method) => {
        if (method === 'commit') throw new JournalError('', { code: 'ERR_JOURNAL_FULL' });
      },
    });
    const { outbox } = setUp(accepted, { journal });
    expect(await codeOf(() => outbox.enqueue(request()))).toBe('ERR_JOURNAL_FULL');
  });

  test.each<[string, object, object]>([
    ['empty bytes', { bytes: new Uint8Array() }, {}],
    ['text in place of bytes', { bytes: 'x' }, {}],
    ['no service', { serviceId: '' }, {}],
    ['a service whose name is too long', { serviceId: 'x'.repeat(1_001) }, {}],
    ['a type that is none', { messageType: 'request' }, {}],
    ['a REQUEST with a chain', { correlationId: 'C' }, {}],
    ['a RESPONSE without a chain', { messageType: 'RESPONSE' }, {}],
    ['an empty messageId', { messageId: '' }, {}],
    ['an unknown option', {}, { refrence: 'x' }],
    ['an empty key', {}, { localKey: '' }],
    ['an empty reference', {}, { reference: '' }],
    ['an expiry that is no number', {}, { expiresAtMs: Number.NaN }],
    ['a negative instant', {}, { notBeforeMs: -1 }],
    ['a date in place of an instant', {}, { notBeforeMs: new Date(0) }],
  ])('refuses %s', async (_, message, options) => {
    const { outbox } = setUp(accepted);
    await expect(outbox.enqueue({ ...request(), ...message } as never, options)).rejects.toThrow(TypeError);
  });
});

describe('resolve', () => {
  async function inDoubt() {
    const { deliver, calls } = scripted(unknown);
    const setup = setUp(deliver);
    const { localKey } = await setup.outbox.enqueue(request());
    await setup.outbox.drain();
    return { ...setup, localKey, calls };
  }

  test.each([
    ['sent', 'sent'],
    ['abandoned', 'dead'],
  ] as const)('%s ends the doubt as %s', async (resolution, state) => {
    const { outbox, localKey, stateOf, calls } = await inDoubt();
    await outbox.resolve(localKey, resolution, 'the support desk says so');
    await outbox.drain();
    expect(await stateOf(localKey)).toBe(state);
    expect(calls).toHaveLength(1);
  });

  test('not-sent sends the same bytes again, with all its attempts', async () => {
    const { outbox, localKey, journal, calls } = await inDoubt();
    await outbox.resolve(localKey, 'not-sent', 'the support desk says so');
    await outbox.drain();
    expect(calls.map(({ bytes, attempt }) => [bytes.byteLength, attempt])).toEqual([
      [1, 1],
      [1, 2],
    ]);
    const message = await journal.message(localKey);
    expect(message?.state).toBe('sent');
    expect(message?.events.find(({ kind }) => kind === 'resolved')?.note).toBe('the support desk says so');
  });

  test('is refused for a message that is not in doubt, and for one that is not there', async () => {
    const { outbox, localKey } = await inDoubt();
    await outbox.resolve(localKey, 'sent', 'x');
    expect(await codeOf(() => outbox.resolve(localKey, 'not-sent', 'x'))).toBe('ERR_JOURNAL_STATE');
    expect(await codeOf(() => outbox.resolve('nobody', 'sent', 'x'))).toBe('ERR_JOURNAL_NOT_FOUND');
  });

  test.each([
    ['maybe', 'x'],
    ['sent', ''],
    ['sent', undefined],
    ['sent', 'x'.repeat(1_001)],
  ])('refuses the resolution %s with the note %j', async (resolution, note) => {
    const { outbox, localKey } = await inDoubt();
    await expect(outbox.resolve(localKey, resolution as never, note as never)).rejects.toThrow(TypeError);
  });
});

describe('retry', () => {
  test('sends again what was given up or rejected', async () => {
    const { deliver, calls } = scripted(() => fault('SCE004'), notSent);
    const { outbox, stateOf } = setUp(deliver, { defaults: { maxAttempts: 1 } });
    const { localKey } = await outbox.enqueue(request());
    await outbox.drain();
    expect(await stateOf(localKey)).toBe('rejected');
    await outbox.retry(localKey);
    await outbox.drain();
    expect(await stateOf(localKey)).toBe('dead');
    await outbox.retry(localKey, 'the network is back');
    await outbox.drain();
    expect(await stateOf(localKey)).toBe('sent');
    expect(calls).toHaveLength(3);
  });

  test('is refused for what was sent, is in doubt or is too late', async () => {
    const { deliver } = scripted(unknown, undefined as never, notSent);
    const { outbox, time } = setUp(deliver, { defaults: { maxAttempts: 1 } });
    const { localKey } = await outbox.enqueue(request());
    await outbox.drain();
    expect(await codeOf(() => outbox.retry(localKey))).toBe('ERR_JOURNAL_STATE');
    await outbox.resolve(localKey, 'sent', 'x');
    expect(await codeOf(() => outbox.retry(localKey))).toBe('ERR_JOURNAL_STATE');
    const late = await outbox.enqueue(request(), { expiresAtMs: time.clock.now() + 1 });
    time.leap(1);
    await outbox.drain();
    expect(await codeOf(() => outbox.retry(late.localKey))).toBe('ERR_JOURNAL_STATE');
  });
});

describe('hooks', () => {
  test('tell every state that a message enters, after it is durable', async () => {
    const states: MessageStateEvent[] = [];
    const { outbox } = setUp(accepted, { onStateChange: (event) => states.push(event) });
    const { localKey } = await outbox.enqueue(request());
    await outbox.drain();
    expect(states).toEqual([
      { localKey, serviceId: 'A', state: 'queued', previous: undefined },
      { localKey, serviceId: 'A', state: 'sending', previous: 'queued' },
      { localKey, serviceId: 'A', state: 'sent', previous: 'sending' },
    ]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('hook');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('hook');
      },
    ],
  ])('disturb nothing when one %s', async (_, onStateChange) => {
    const { outbox, stateOf } = setUp(accepted, { onStateChange });
    let localKey = '';
    const told = await troubles(async () => {
      ({ localKey } = await outbox.enqueue(request()));
      await outbox.drain();
    });
    expect(await stateOf(localKey)).toBe('sent');
    expect(told.map(({ worker, code }) => `${worker} ${code}`)).toEqual(Array(3).fill('outbox UNEXPECTED'));
  });
});

describe('options', () => {
  test.each<[string, object]>([
    ['an unknown option', { onstatechange: () => {} }],
    ['no journal', { journal: undefined }],
    ['a journal that cannot lease', { journal: { append: async () => {} } }],
    ['no deliver', { deliver: undefined }],
    ['no concurrency', { concurrency: 0 }],
    ['a lease that is no number', { leaseMs: Number.NaN }],
    ['a poll without a pause', { pollMs: 0 }],
    ['a negative grace', { graceMs: -1 }],
    ['timers that are none', { timers: {} }],
    ['a clock that is none', { clock: {} }],
    ['a random number in place of a source', { random: 4 }],
    ['a hook that is none', { onStateChange: 'log' }],
    ['defaults with an unknown option', { defaults: { attempts: 3 } }],
    ['a breaker with an unknown option', { breaker: { open: true } }],
  ])('%s is refused', (_, options) => {
    expect(() =>
      createOutbox({ journal: createMemoryJournal(), deliver: accepted, ...options } as never),
    ).toThrow(TypeError);
  });
});
