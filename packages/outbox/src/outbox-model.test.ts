import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { GatewayFault, type MessageJournal, SendError } from '@egov-gateway/core';
import { createMemoryJournal, openJournal } from '@egov-gateway/journal';
import { type ManualTime, manualTime, watchedJournal } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Deliver } from './deliver.ts';
import { createOutbox } from './outbox.ts';

/** What happens to one delivery. */
type Fate = 'accepted' | 'answer-lost' | 'request-lost' | 'not-sent' | 'refused' | 'hangs';

/**
 * One life of a worker: how many calls of the journal it makes before it dies, whether the last one takes effect, and
 * which of its calls and deliveries stand still for how long, as those of a process do that is not scheduled.
 */
interface Life {
  readonly calls: number;
  readonly isLastDone: boolean;
  readonly stalls: readonly { readonly call: number; readonly isAfter: boolean; readonly ms: number }[];
}

interface Plan {
  readonly held: number;
  readonly resent: number;
  readonly fates: readonly Fate[];
  readonly lives: readonly Life[];
  readonly pausesMs: readonly number[];
}

/** HOLD never recognises a message; RESEND promises to. */
type Service = 'HOLD' | 'RESEND';

const forever = <T>() => new Promise<T>(() => {});

/** A gateway that keeps count outside of the library. */
class Gateway {
  readonly accepted = new Map<string, number>();
  readonly bytes = new Map<string, Set<string>>();
  readonly #fates: Fate[];

  constructor(fates: readonly Fate[]) {
    this.#fates = [...fates];
  }

  readonly deliver: Deliver = async ({ localKey, bytes, serviceId }) => {
    const fate = this.#fates.shift() ?? 'accepted';
    this.#see(localKey, Buffer.from(bytes).toString('hex'));
    if (fate === 'not-sent') throw new SendError('', { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' });
    // A service that recognises messages has no reason to refuse the second one.
    if (fate === 'refused' && serviceId === 'HOLD') {
      throw new GatewayFault({ faultCode: 'SCE001', faultString: '' }, { verified: true });
    }
    if (fate !== 'request-lost') this.accepted.set(localKey, (this.accepted.get(localKey) ?? 0) + 1);
    if (fate === 'hangs') return forever();
    if (fate === 'answer-lost' || fate === 'request-lost') {
      throw new SendError('', { code: 'ERR_SEND_BODY_TIMEOUT', delivery: 'unknown' });
    }
    return { messageId: `M-${localKey}`, correlationId: `C-${localKey}` };
  };

  #see(localKey: string, bytes: string): void {
    this.bytes.set(localKey, (this.bytes.get(localKey) ?? new Set()).add(bytes));
  }
}

/** A worker that can die between any two commits: from then on nothing of it happens any more, and nothing is cleaned up. */
function spawn(shared: MessageJournal, gateway: Gateway, time: ManualTime, life: Life | undefined) {
  let calls = 0;
  let isDead = false;
  const stall = (isAfter: boolean) => {
    const found = life?.stalls.find((one) => one.call === calls && one.isAfter === isAfter);
    return new Promise<void>((resolve) => {
      if (found === undefined) resolve();
      else time.timers.schedule(resolve, found.ms);
    });
  };
  const journal = watchedJournal(shared, {
    async before() {
      if (isDead) return forever();
      calls += 1;
      if (calls === life?.calls) {
        isDead = true;
        if (!life.isLastDone) return forever();
      }
      return stall(false);
    },
    after() {
      return isDead ? forever() : stall(true);
    },
  });
  const outbox = createOutbox({
    journal,
    async deliver(message, options) {
      if (isDead) return forever();
      await stall(false);
      return gateway.deliver(message, options);
    },
    clock: time.clock,
    timers: {
      schedule: (run, delayMs) =>
        time.timers.schedule(() => {
          if (!isDead) run();
        }, delayMs),
    },
    random: () => 0.5,
    pollMs: 60_000,
    leaseMs: 20_000,
    graceMs: 2_000,
    concurrency: 3,
    defaults: {
      attemptTimeoutMs: 10_000,
      maxAttempts: 1_000,
      backoff: { firstMs: 1_000, maxMs: 30_000 },
    },
    services: { RESEND: { onUnknown: 'resend' } },
    breaker: { backoff: { firstMs: 1_000, maxMs: 10_000 } },
  });
  outbox.start();
  return { isDead: () => isDead };
}

async function run(plan: Plan, shared: MessageJournal) {
  const time = manualTime();
  const gateway = new Gateway(plan.fates);
  const writer = createOutbox({ journal: shared, deliver: forever, clock: time.clock });
  const enqueue = async (serviceId: Service, index: number) => {
    const bytes = new TextEncoder().encode(`${serviceId} ${index}`);
    const messageId = serviceId === 'RESEND' ? `own ${index}` : undefined;
    return (await writer.enqueue({ bytes, serviceId, messageType: 'REQUEST', messageId })).localKey;
  };
  const keys: { readonly localKey: string; readonly service: Service }[] = [];
  for (let i = 0; i < plan.held; i++) keys.push({ localKey: await enqueue('HOLD', i), service: 'HOLD' });
  for (let i = 0; i < plan.resent; i++)
    keys.push({ localKey: await enqueue('RESEND', i), service: 'RESEND' });

  const lives = [...plan.lives];
  let workers = [0, 1].map(() => spawn(shared, gateway, time, lives.shift()));
  for (const pauseMs of plan.pausesMs) {
    await time.advance(pauseMs);
    workers = workers.map((worker) =>
      worker.isDead() ? spawn(shared, gateway, time, lives.shift()) : worker,
    );
  }
  // From here on nobody dies that has not been told to already, and there is time enough.
  for (let i = 0; i < 8; i++) {
    await time.advance(900_000);
    workers = workers.map((worker) => (worker.isDead() ? spawn(shared, gateway, time, undefined) : worker));
  }
  return Promise.all(
    keys.map(async ({ localKey, service }) => ({
      service,
      state: (await shared.message(localKey))?.state,
      accepted: gateway.accepted.get(localKey) ?? 0,
      variants: gateway.bytes.get(localKey)?.size ?? 0,
    })),
  );
}

const fate = fc.constantFrom<Fate>('accepted', 'answer-lost', 'request-lost', 'not-sent', 'refused', 'hangs');

const plan: fc.Arbitrary<Plan> = fc.record({
  held: fc.integer({ min: 1, max: 5 }),
  resent: fc.integer({ min: 0, max: 5 }),
  fates: fc.array(fate, { maxLength: 20 }),
  lives: fc.array(
    fc.record({
      calls: fc.integer({ min: 1, max: 60 }),
      isLastDone: fc.boolean(),
      stalls: fc.array(
        fc.record({
          call: fc.integer({ min: 1, max: 60 }),
          isAfter: fc.boolean(),
          ms: fc.integer({ min: 1, max: 60_000 }),
        }),
        { maxLength: 6 },
      ),
    }),
    { maxLength: 8 },
  ),
  pausesMs: fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 12 }),
});

async function check(drawn: Plan, journal: MessageJournal): Promise<void> {
  for (const { service, state, accepted, variants } of await run(drawn, journal)) {
    expect(variants).toBeLessThanOrEqual(1);
    if (service === 'RESEND') {
      expect({ state, isThere: accepted > 0 }).toEqual({ state: 'sent', isThere: true });
      continue;
    }
    expect(accepted).toBeLessThanOrEqual(1);
    expect(['sent', 'rejected', 'in-doubt']).toContain(state);
    if (state === 'sent') expect(accepted).toBe(1);
    if (state === 'rejected') expect(accepted).toBe(0);
  }
}

describe('two workers that die at any moment', () => {
  const title = 'never send a held message twice, never lose one, and never hide a doubt';

  test(title, { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(plan, (drawn) => check(drawn, createMemoryJournal())),
      { numRuns: 150 },
    );
  });

  test(`${title}: journal in SQLite`, { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outbox-'));
    try {
      let files = 0;
      await fc.assert(
        fc.asyncProperty(plan, async (drawn) => {
          files += 1;
          const journal = await openJournal(join(folder, `${files}.db`));
          try {
            await check(drawn, journal);
            expect((await journal.verify()).intact).toBe(true);
          } finally {
            await journal.close();
          }
        }),
        { numRuns: 10, interruptAfterTimeLimit: 20_000, endOnFailure: true },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
