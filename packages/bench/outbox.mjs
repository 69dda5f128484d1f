/**
 * `node packages/bench/outbox.mjs [--hours N] [--per-hour N] [--driver NAME] [--folder PATH]`
 *
 * Outbox, inbox and confirmer over a journal in SQLite, for an hour of load at the peak that the Rules name for a service
 * (2000 requests), with a clock that runs as fast as the machine can: requests go out, some never leave, the answers of
 * some are lost, responses come in and are handled. Every five minutes of that clock the memory is measured after a
 * collection. The exit code is 1 when it grows, or when a message is not accounted for.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { GatewayFault, newLocalKey, SendError } from '@egov-gateway/core';
import { openJournal } from '@egov-gateway/journal';
import { createConfirmer, createInbox, createOutbox } from '@egov-gateway/outbox';

const argument = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const hours = Number(argument('hours', 1));
const perHour = Number(argument('per-hour', 2000));
const driver = argument('driver', undefined);
const parent = argument('folder', tmpdir());
const print = (line = '') => process.stdout.write(`${line}\n`);

const MINUTE_MS = 60_000;
const MIB = 1024 * 1024;
/** What a collection leaves is never quite the same. */
const TOLERANCE_MIB = 1;

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc');

/** A clock that jumps from one timer to the next as soon as nothing is left to do in between. */
function fastTime(startMs) {
  let nowMs = startMs;
  let busy = 0;
  const waiting = new Set();
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    clock: { now: () => Math.floor(nowMs) },
    timers: {
      schedule(run, delayMs) {
        const entry = { atMs: nowMs + Math.max(0, delayMs), run };
        waiting.add(entry);
        return () => waiting.delete(entry);
      },
    },
    waiting: () => waiting.size,
    /** What runs must be over before the clock moves. */
    async during(work) {
      busy += 1;
      try {
        return await work();
      } finally {
        busy -= 1;
      }
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        do await turn();
        while (busy > 0);
        let next;
        for (const entry of waiting) if (next === undefined || entry.atMs < next.atMs) next = entry;
        if (next === undefined || next.atMs > untilMs) break;
        waiting.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.run();
      }
      nowMs = untilMs;
    },
  };
}

/** The journal, with the clock held while it works. */
function held(journal, time) {
  return new Proxy(journal, {
    get(target, name) {
      const value = target[name];
      if (typeof value !== 'function') return value;
      return (...values) => time.during(() => value.apply(target, values));
    },
  });
}

/** The same numbers in every run. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const folder = mkdtempSync(join(parent, 'egov-gateway-bench-outbox-'));
const time = fastTime(Date.UTC(2026, 10, 20, 6));
const { clock, timers } = time;
const file = await openJournal(join(folder, 'load'), { driver, clock });
const journal = held(file, time);
const random = dice(1);
const request = new Uint8Array(3000).fill(97);
const counts = { enqueued: 0, attempts: 0, taken: 0, handled: 0, confirmed: 0 };

const received = (chain, messageType) => {
  const localKey = newLocalKey();
  return {
    events: [
      {
        localKey,
        direction: 'in',
        channel: 'async',
        kind: 'received',
        serviceId: 'LOAD',
        messageType,
        messageId: `in-${localKey}`,
        correlationId: chain,
        bytes: request,
        atMs: clock.now(),
      },
    ],
    enqueue: [{ queue: 'confirmations', localKey, dueAtMs: clock.now() }],
  };
};

const common = { journal, clock, timers, random };
const outbox = createOutbox({
  ...common,
  services: { LOAD: { maxPerHour: perHour * 2, onUnknown: 'hold' } },
  async deliver({ localKey }) {
    counts.attempts += 1;
    const luck = random();
    if (luck < 0.05) throw new SendError('', { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' });
    if (luck < 0.06) throw new GatewayFault({ faultCode: 'SCE001', faultString: '' }, { verified: true });
    counts.taken += 1;
    const chain = `chain-${localKey}`;
    // The answer of the receiver comes some minutes later.
    timers.schedule(
      () => {
        void journal.commit(received(chain, 'RESPONSE')).then(() => {
          inbox.wake();
          confirmer.wake();
        });
      },
      random() * 5 * MINUTE_MS,
    );
    if (luck < 0.08) throw new SendError('', { code: 'ERR_SEND_BODY_TIMEOUT', delivery: 'unknown' });
    return { messageId: `out-${localKey}`, correlationId: chain, bytes: new Uint8Array(1500) };
  },
});
const inbox = createInbox({
  ...common,
  outbox,
  open: async (bytes) => bytes,
  handlers: {
    LOAD: (_message, tx) => {
      if (random() < 0.03) throw new Error('the application is busy');
      tx.execute('UPDATE application SET answers = answers + 1');
      counts.handled += 1;
    },
  },
});
const confirmer = createConfirmer({
  ...common,
  confirm: async () => {
    if (random() < 0.05) throw new SendError('', { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' });
    counts.confirmed += 1;
  },
});
await journal.commit({
  events: [],
  statements: [
    { sql: 'CREATE TABLE application (answers INTEGER)', parameters: [] },
    { sql: 'INSERT INTO application VALUES (0)', parameters: [] },
  ],
});

async function sample() {
  // Twice: what a finaliser lets go is collected by the second.
  collect();
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapMiB: (heapUsed + external) / MIB, rssMiB: rss / MIB, timers: time.waiting() };
}

const started = performance.now();
for (const worker of [outbox, inbox, confirmer]) worker.start();
const samples = [];
const perStep = perHour / 12;
for (let step = 1; step <= hours * 12; step++) {
  for (let i = 0; i < perStep; i++) {
    timers.schedule(
      () => {
        counts.enqueued += 1;
        void outbox.enqueue({ bytes: request, serviceId: 'LOAD', messageType: 'REQUEST' });
      },
      (i / perStep) * 5 * MINUTE_MS,
    );
  }
  await time.advance(5 * MINUTE_MS);
  samples.push(await sample());
  const { heapMiB, rssMiB, timers: pending } = samples.at(-1);
  print(
    `${String(step * 5).padStart(4)} min  heap ${heapMiB.toFixed(2).padStart(7)} MiB  rss ${rssMiB.toFixed(0).padStart(4)} MiB  ` +
      `timers ${String(pending).padStart(4)}  sent ${counts.taken}  handled ${counts.handled}`,
  );
}
// Everything comes to its end: no load, back-offs over.
await time.advance(60 * MINUTE_MS);
const stopping = Promise.all([outbox.stop(), inbox.stop(), confirmer.stop()]);
await time.advance(MINUTE_MS);
await stopping;

const states = {};
let after;
do {
  const page = await file.find({ direction: 'out', limit: 1000, after });
  for (const { state } of page.messages) states[state] = (states[state] ?? 0) + 1;
  after = page.next;
} while (after !== undefined);
await file.close();
rmSync(folder, { recursive: true, force: true });

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const third = Math.max(1, Math.floor(samples.length / 3));
// The first minutes fill caches of the engine and of SQLite.
const early = median(samples.slice(third, 2 * third).map(({ heapMiB }) => heapMiB));
const late = median(samples.slice(-third).map(({ heapMiB }) => heapMiB));
const growth = late - early;
const open = ['queued', 'sending', 'sent', 'in-doubt'].reduce((sum, state) => sum + (states[state] ?? 0), 0);
const total = Object.values(states).reduce((sum, count) => sum + count, 0);
const unaccounted = counts.enqueued - total;
// Lost answers stay in doubt: nothing here says which chain is theirs.
const isFlat = growth <= TOLERANCE_MIB;
const isComplete = unaccounted === 0 && open === (states['in-doubt'] ?? 0);

print();
print(`states ${JSON.stringify(states)}`);
print(
  `attempts ${counts.attempts}, confirmed ${counts.confirmed}, ${((performance.now() - started) / 1000).toFixed(1)} s`,
);
print(
  `memory: second third ${early.toFixed(2)} MiB, last third ${late.toFixed(2)} MiB, growth ${growth.toFixed(2)} MiB ` +
    `(at most ${TOLERANCE_MIB}): ${isFlat ? 'flat' : 'GROWS'}`,
);
print(`messages not accounted for: ${unaccounted}, not finished: ${open - (states['in-doubt'] ?? 0)}`);
process.exitCode = isFlat && isComplete ? 0 : 1;
