import { SendError } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { deferred, manualTime } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import type { Deliver } from './deliver.ts';
import { createOutbox, type OutboxOptions } from './outbox.ts';

const HOUR_MS = 3_600_000;

function setUp(deliver: Deliver, options: Partial<OutboxOptions> = {}, startMs?: number) {
  const time = manualTime(startMs);
  const journal = createMemoryJournal();
  const outbox = createOutbox({
    journal,
    deliver,
    clock: time.clock,
    timers: time.timers,
    random: () => 0,
    ...options,
  });
  const enqueue = async (serviceId: string, count: number) => {
    for (let i = 0; i < count; i++) {
      await outbox.enqueue({ bytes: new Uint8Array(1), serviceId, messageType: 'REQUEST' });
    }
  };
  return { time, journal, outbox, enqueue };
}

const accept: Deliver = async ({ localKey }) => ({ messageId: `M-${localKey}` });

/** Deliveries that end when the test says so. */
function held() {
  const waiting: { readonly serviceId: string; readonly end: () => void }[] = [];
  const deliver: Deliver = async ({ serviceId, localKey }) => {
    const { promise, resolve } = deferred();
    waiting.push({ serviceId, end: resolve });
    await promise;
    return { messageId: `M-${localKey}` };
  };
  return { waiting, deliver };
}

describe('concurrency', () => {
  test('is bounded for a service, and one service does not keep another one waiting', async () => {
    const { waiting, deliver } = held();
    const { outbox, time, enqueue } = setUp(deliver, {
      concurrency: 8,
      services: { SLOW: { concurrency: 2 } },
    });
    await enqueue('SLOW', 100);
    await enqueue('OTHER', 3);
    outbox.start();
    await time.advance(10);
    expect(waiting.map(({ serviceId }) => serviceId).sort()).toEqual([
      'OTHER',
      'OTHER',
      'OTHER',
      'SLOW',
      'SLOW',
    ]);
    waiting.find(({ serviceId }) => serviceId === 'SLOW')?.end();
    await time.settle();
    expect(waiting.filter(({ serviceId }) => serviceId === 'SLOW')).toHaveLength(3);
  });

  test('is bounded for the worker', async () => {
    const { waiting, deliver } = held();
    const { outbox, time, enqueue } = setUp(deliver, { concurrency: 3, defaults: { concurrency: 100 } });
    await enqueue('A', 10);
    outbox.start();
    await time.settle();
    expect(waiting).toHaveLength(3);
    for (let i = 0; i < 10; i++) {
      waiting[i]?.end();
      await time.settle();
    }
    expect(waiting).toHaveLength(10);
  });
});

describe('stop', () => {
  test('breaks off more deliveries than Node.js expects listeners, without a warning', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    try {
      const { outbox, time, enqueue } = setUp(
        (_message, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
        { concurrency: 40, defaults: { concurrency: 40 } },
      );
      // The second time with a new signal.
      for (const _round of [1, 2]) {
        await enqueue('A', 40);
        outbox.start();
        await time.settle();
        const stopped = outbox.stop({ graceMs: 0 });
        await time.advance(10_000);
        await stopped;
      }
      expect(warnings).toEqual([]);
    } finally {
      process.off('warning', onWarning);
    }
  });
});

describe('maxPerHour', () => {
  test('holds in any hour, and sends the rest as soon as it may', async () => {
    const sent: number[] = [];
    const { outbox, time, enqueue } = setUp(
      async (message, options) => {
        sent.push(time.clock.now());
        return accept(message, options);
      },
      { services: { A: { maxPerHour: 5 } } },
    );
    const startMs = time.clock.now();
    await enqueue('A', 12);
    outbox.start();
    await time.advance(3 * HOUR_MS);
    expect(sent).toHaveLength(12);
    for (const atMs of sent) {
      expect(sent.filter((one) => one > atMs - HOUR_MS && one <= atMs).length).toBeLessThanOrEqual(5);
    }
    expect(sent.slice(0, 5).every((atMs) => atMs === startMs)).toBe(true);
    expect((sent[5] ?? 0) - startMs).toBe(HOUR_MS);
  });

  test('counts what an earlier worker sent', async () => {
    const { outbox, journal, time, enqueue } = setUp(accept, { defaults: { maxPerHour: 3 } });
    await enqueue('A', 3);
    await outbox.drain();
    await enqueue('A', 1);
    const again = createOutbox({
      journal,
      deliver: accept,
      clock: time.clock,
      timers: time.timers,
      defaults: { maxPerHour: 3 },
    });
    await again.drain();
    expect(await journal.countSent('A', 0)).toBe(3);
  });

  test('leaves other services alone', async () => {
    const { outbox, journal, enqueue } = setUp(accept, { services: { A: { maxPerHour: 1 } } });
    await enqueue('A', 5);
    await enqueue('B', 5);
    await outbox.drain();
    expect([await journal.countSent('A', 0), await journal.countSent('B', 0)]).toEqual([1, 5]);
  });
});

describe('quiet', () => {
  test('sends nothing in its hours, and everything afterwards', async () => {
    // 20:59 in Kazakhstan.
    const startMs = Date.parse('2027-03-01T20:59:00+05:00');
    const sent: number[] = [];
    const { outbox, time, enqueue } = setUp(
      async (message, options) => {
        sent.push(time.clock.now());
        return accept(message, options);
      },
      { services: { A: { quiet: [{ from: '21:00', to: '06:00' }] } } },
      startMs,
    );
    outbox.start();
    await enqueue('A', 1);
    await time.advance(60_000);
    await enqueue('A', 3);
    await enqueue('B', 1);
    await time.advance(9 * HOUR_MS - 1);
    expect(sent).toHaveLength(2);
    await time.advance(1);
    expect(sent).toHaveLength(5);
    expect(sent.at(-1)).toBe(Date.parse('2027-03-02T06:00:00+05:00'));
  });
});

describe('circuit breaker', () => {
  const down = () => new SendError('', { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' });

  test('stops sending to an endpoint that does not answer, and probes it with one message', async () => {
    let isDown = true;
    let calls = 0;
    const { outbox, time, journal, enqueue } = setUp(
      async (message, options) => {
        calls += 1;
        if (isDown) throw down();
        return accept(message, options);
      },
      {
        concurrency: 4,
        defaults: { backoff: { firstMs: 1_000, maxMs: 1_000, jitter: 0 } },
        breaker: { failures: 3, backoff: { firstMs: 60_000, maxMs: 60_000, jitter: 0 } },
      },
    );
    await enqueue('A', 20);
    outbox.start();
    await time.advance(1_000);
    // What was on the wire together when it opened.
    expect(calls).toBe(4);
    await time.advance(58_000);
    expect(calls).toBe(4);
    await time.advance(1_001);
    expect(calls).toBe(5);
    isDown = false;
    await time.advance(60_000);
    expect((await journal.find({ states: ['sent'] })).messages).toHaveLength(20);
  });

  test('is one for each endpoint', async () => {
    const sent: string[] = [];
    const { outbox, time, enqueue } = setUp(
      async (message, options) => {
        if (message.serviceId === 'DOWN') throw down();
        sent.push(message.serviceId);
        return accept(message, options);
      },
      { endpointOf: (serviceId) => (serviceId === 'DOWN' ? 'one' : 'two'), breaker: { failures: 1 } },
    );
    await enqueue('DOWN', 10);
    outbox.start();
    await time.advance(100);
    await enqueue('UP', 10);
    await time.advance(100);
    expect(sent).toHaveLength(10);
  });
});
