import { fixedClock, type JournalEvent } from '@egov-gateway/core';
import { writeFault } from '@egov-gateway/envelope';
import { codeOf, failureOf, syncAnswer } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { ping, verifier } from '../../test/ping-service.ts';
import { SyncClient } from '../sync/sync-client.ts';
import { assertFresh } from './answer-age.ts';

/** `responseDate` of `syncAnswer()`. */
const answeredAtMs = Date.parse('2026-01-13T10:00:00+05:00');
const stale = { code: 'ERR_VERIFY_STALE', delivery: 'unknown' };

function clientAt(nowMs: number, body = syncAnswer(), status = 200, events: JournalEvent[] = []): SyncClient {
  return new SyncClient({
    endpoint: 'https://gateway.invalid/',
    sender: { id: 'system', password: 'p' },
    signer: { sign: async (envelope) => envelope },
    verifier,
    transport: { exchange: async () => ({ status, headers: { 'content-type': 'text/xml' }, body }) },
    journal: { append: async (event) => void events.push(event) },
    clock: fixedClock(nowMs),
    maxAnswerAgeMs: 60_000,
  });
}

describe('maxAnswerAgeMs', () => {
  test.each([0, 60_000, -60_000])('accepts an answer that is %s ms old', async (ageMs) => {
    expect(await clientAt(answeredAtMs + ageMs).call(ping, 'x')).toBe('pong');
  });

  test.each([60_001, -60_001])('refuses an answer that is %s ms old, and claims nothing', async (ageMs) => {
    const events: JournalEvent[] = [];
    const client = clientAt(answeredAtMs + ageMs, syncAnswer(), 200, events);
    expect(await failureOf(client.call(ping, 'x'))).toEqual(stale);
    expect(events.at(-1)).toMatchObject({ kind: 'failed', code: 'ERR_VERIFY_STALE', delivery: 'unknown' });
  });

  test('refuses an old refusal before it counts as one', async () => {
    const client = clientAt(answeredAtMs + 90_000, syncAnswer({ code: 'SCSE001' }));
    expect(await failureOf(client.call(ping, 'x'))).toEqual(stale);
  });

  test('refuses a verified fault without a date', async () => {
    const { bytes } = writeFault({ faultCode: 'SCE006', faultString: 'x' });
    expect(await failureOf(clientAt(answeredAtMs, bytes, 500).call(ping, 'x'))).toEqual(stale);
  });

  test('refuses an answer whose date has no offset', async () => {
    const body = Buffer.from(Buffer.from(syncAnswer()).toString().replace('10:00:00+05:00', '10:00:00'));
    expect((await failureOf(clientAt(answeredAtMs, body).call(ping, 'x'))).delivery).toBe('unknown');
  });
});

describe('assertFresh', () => {
  const limit = { maxAgeMs: 1_000, nowMs: answeredAtMs, messageId: 'm-1' };

  test.each(['2026-01-13T10:00:00+05:00', '2026-01-13T05:00:00Z', ' 2026-01-13T05:00:00.123456789Z '])(
    'accepts %j',
    (date) => {
      expect(() => assertFresh(date, limit)).not.toThrow();
    },
  );

  test.each([
    undefined,
    '',
    '2026-01-13T10:00:00',
    '2026-01-13',
    'now',
    '2026-13-45T10:00:00Z',
    '1768280400000',
  ])('refuses %j', async (date) => {
    expect(await codeOf(() => assertFresh(date, limit))).toBe('ERR_VERIFY_STALE');
  });
});
