import { newLocalKey } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { limitedUntilMs } from './hourly-limit.ts';

const HOUR_MS = 3_600_000;

async function journalOf(sentAtMs: readonly number[], serviceId = 'A') {
  const journal = createMemoryJournal();
  for (const atMs of sentAtMs) {
    const event = { localKey: newLocalKey(), serviceId, channel: 'async', atMs } as const;
    await journal.append({ ...event, kind: 'signed' });
    await journal.append({ ...event, kind: 'sending', attempt: 1, untilMs: atMs + 1 });
  }
  return journal;
}

const nowMs = 10 * HOUR_MS;
const question = { serviceId: 'A', maxPerHour: 3, pending: 1, nowMs };

describe('limitedUntilMs', () => {
  test('is open while fewer were sent in the last hour', async () => {
    const journal = await journalOf([nowMs - HOUR_MS, nowMs - 10, nowMs - 5]);
    expect(await limitedUntilMs(journal, question)).toBeUndefined();
  });

  test('counts each service for itself', async () => {
    const journal = await journalOf([nowMs, nowMs, nowMs], 'B');
    expect(await limitedUntilMs(journal, question)).toBeUndefined();
  });

  test('opens an hour after the attempt that makes room', async () => {
    const journal = await journalOf([nowMs - 3_000, nowMs - 2_000, nowMs - 1_000]);
    expect(await limitedUntilMs(journal, question)).toBe(nowMs - 3_000 + HOUR_MS);
    expect(await limitedUntilMs(journal, { ...question, pending: 2 })).toBe(nowMs - 2_000 + HOUR_MS);
  });

  test('is asked again after an hour at most when the clock was set back', async () => {
    const journal = await journalOf([nowMs + HOUR_MS, nowMs + HOUR_MS, nowMs + HOUR_MS]);
    expect(await limitedUntilMs(journal, question)).toBe(nowMs + HOUR_MS);
  });

  test('answers with the first instant at which the hour has room', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: nowMs - 2 * HOUR_MS, max: nowMs }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        async (sent, maxPerHour) => {
          const untilMs = await limitedUntilMs(await journalOf(sent), { ...question, maxPerHour });
          const countAt = (atMs: number) => sent.filter((one) => one > atMs - HOUR_MS).length;
          if (untilMs === undefined) return countAt(nowMs) < maxPerHour;
          return (
            countAt(nowMs) >= maxPerHour &&
            countAt(untilMs) < maxPerHour &&
            countAt(untilMs - 1) >= maxPerHour
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});
