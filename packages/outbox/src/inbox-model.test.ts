import { type MessageJournal, newLocalKey } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { type ManualTime, manualTime, watchedJournal } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createConfirmer } from './confirmer.ts';
import { createInbox } from './inbox.ts';

interface Plan {
  readonly messages: number;
  /** What handlers do, one entry a call: `late` ends after its time is up. */
  readonly fates: readonly ('done' | 'throws' | 'hangs' | 'late')[];
  /** How many calls of the journal each worker makes before it dies, and whether the last one takes effect. */
  readonly lives: readonly { readonly calls: number; readonly isLastDone: boolean }[];
  readonly pausesMs: readonly number[];
}

const forever = <T>() => new Promise<T>(() => {});

function spawn(
  shared: MessageJournal,
  time: ManualTime,
  fates: Plan['fates'][number][],
  life: Plan['lives'][number] | undefined,
) {
  let left = life?.calls ?? Number.POSITIVE_INFINITY;
  let isDead = false;
  const journal = watchedJournal(shared, {
    before() {
      if (isDead) return forever();
      left -= 1;
      if (left > 0) return undefined;
      isDead = true;
      return life?.isLastDone ? undefined : forever();
    },
    after: () => (isDead ? forever() : undefined),
  });
  const timers = {
    schedule: (run: () => void, delayMs: number) =>
      time.timers.schedule(() => {
        if (!isDead) run();
      }, delayMs),
  };
  const common = { journal, clock: time.clock, timers, random: () => 0.5, pollMs: 30_000 };
  createConfirmer({ ...common, confirm: async () => {} }).start();
  createInbox<Uint8Array>({
    ...common,
    open: async (bytes) => bytes,
    handlerTimeoutMs: 5_000,
    leaseMs: 10_000,
    maxAttempts: 1_000,
    backoff: { firstMs: 1_000, maxMs: 10_000 },
    handlers: {
      A: async (bytes, tx) => {
        const fate = fates.shift() ?? 'done';
        tx.send({ bytes, serviceId: 'A', messageType: 'REQUEST' }, { reference: tx.record.localKey });
        if (fate === 'throws') throw new Error('no');
        if (fate === 'hangs') await forever();
        if (fate === 'late') await new Promise<void>((resolve) => timers.schedule(resolve, 8_000));
      },
    },
  }).start();
  return { isDead: () => isDead };
}

async function run(plan: Plan): Promise<readonly { readonly state: unknown; readonly replies: number }[]> {
  const time = manualTime();
  const shared = createMemoryJournal();
  const keys: string[] = [];
  for (let i = 0; i < plan.messages; i++) {
    const localKey = newLocalKey();
    keys.push(localKey);
    await shared.commit({
      events: [
        {
          localKey,
          direction: 'in',
          channel: 'async',
          kind: 'received',
          serviceId: 'A',
          messageType: 'REQUEST',
          messageId: `M${i}`,
          correlationId: `C${i % 2}`,
          bytes: new Uint8Array([i]),
          atMs: time.clock.now(),
        },
      ],
      enqueue: [{ queue: 'confirmations', localKey, dueAtMs: time.clock.now() }],
    });
  }
  const fates = [...plan.fates];
  const lives = [...plan.lives];
  let workers = [0, 1].map(() => spawn(shared, time, fates, lives.shift()));
  for (const pauseMs of plan.pausesMs) {
    await time.advance(pauseMs);
    workers = workers.map((worker) => (worker.isDead() ? spawn(shared, time, fates, lives.shift()) : worker));
  }
  for (let i = 0; i < 4; i++) {
    await time.advance(300_000);
    workers = workers.map((worker) => (worker.isDead() ? spawn(shared, time, fates, undefined) : worker));
  }
  return Promise.all(
    keys.map(async (localKey) => ({
      state: (await shared.message(localKey))?.state,
      replies: (await shared.find({ direction: 'out', reference: localKey })).messages.length,
    })),
  );
}

const plan: fc.Arbitrary<Plan> = fc.record({
  messages: fc.integer({ min: 1, max: 6 }),
  fates: fc.array(fc.constantFrom('done', 'throws', 'hangs', 'late'), { maxLength: 15 }),
  lives: fc.array(fc.record({ calls: fc.integer({ min: 1, max: 50 }), isLastDone: fc.boolean() }), {
    maxLength: 6,
  }),
  pausesMs: fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 10 }),
});

describe('two inboxes that die at any moment', () => {
  test('handle every message, and keep the effects of its transaction exactly once', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (drawn) => {
        for (const outcome of await run(drawn)) expect(outcome).toEqual({ state: 'handled', replies: 1 });
      }),
      { numRuns: 100 },
    );
  });
});
