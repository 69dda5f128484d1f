import diagnostics from 'node:diagnostics_channel';

import {
  channelNames,
  GatewayFault,
  type MessageJournal,
  type MessageState,
  type MessageStateEvent,
  SendError,
  type WorkerErrorEvent,
} from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { type ManualTime, manualTime, watchedJournal } from '@egov-gateway/testing';
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

/** One that may be sent twice. */
const named = (text?: string): PreparedMessage => ({ ...request('A', text), messageId: 'OWN' });

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
    const { localKey } = await outbox.enqueue(named());
    await outbox.drain();
    expect(await stateOf(localKey)).toBe('in-doubt');
  });

  test('sends the same bytes again after an unknown outcome where the policy says so', async () => {
    const { deliver, calls } = scripted(unknown, unknown);
    const { outbox, time, stateOf } = setUp(deliver, { services: { A: { onUnknown: 'resend' } } });
    outbox.start();
    const { localKey } = await outbox.enqueue(named('same'));
    await time.advance(60_000);
    expect(await stateOf(localKey)).toBe('sent');
    expect(calls.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual(['same', 'same', 'same']);
  });

  test('holds what has no id of ours in its bytes, whatever the policy of the worker', async () => {
    const { journal } = setUp(accepted);
    const { deliver, calls } = scripted(unknown);
    const { localKey } = await createOutbox({ journal, deliver }).enqueue(request());
    const { outbox, stateOf } = setUp(deliver, { journal, defaults: { onUnknown: 'resend' } });
    await outbox.drain();
    expect(await stateOf(localKey)).toBe('in-doubt');
    expect(calls).toHaveLength(1);
  });

  test.each<[string, OutboxOptions['defaults'], MessageState]>([
    ['leaves a doubt, whatever its code', { onUnknown: 'resend' }, 'in-doubt'],
    ['leaves a doubt when its code is listed', { onUnknown: 'resend', duplicateCodes: ['DUP'] }, 'in-doubt'],
    ['rejects when its code is not listed', { onUnknown: 'resend', duplicateCodes: ['X'] }, 'rejected'],
  ])('a refusal after an unknown outcome %s', async (_, defaults, state) => {
    const { outbox, time, stateOf } = setUp(scripted(unknown, () => fault('DUP')).deliver, { defaults });
    outbox.start();
    const { localKey } = await outbox.enqueue(named());
    await time.advance(60_000);
    expect(await stateOf(localKey)).toBe(state);
  });

  test.each<[string, OutboxOptions['defaults'], (() => unknown)[]]>([
    ['its attempts are used up', { onUnknown: 'resend', maxAttempts: 2 }, [unknown, notSent]],
    ['its deadline passes', { onUnknown: 'resend', deadlineMs: 1_000 }, [unknown]],
  ])('a doubt does not go away because %s', async (_, defaults, script) => {
    const { outbox, time, stateOf } = setUp(scripted(...script).deliver, { defaults });
    outbox.start();
    const { localKey } = await outbox.enqueue(named());
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
