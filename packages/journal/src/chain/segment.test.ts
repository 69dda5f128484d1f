import { createHash } from 'node:crypto';

import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { type ChainedEvent, encodeEvent } from './event-encoding.ts';
import { eventHash, isUtcDay, segmentDay, segmentGenesis, utcDay } from './segment.ts';

const noon = Date.parse('2026-11-22T12:00:00Z');
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const event: ChainedEvent = {
  position: 1,
  localKey: 'k',
  version: 1,
  direction: 'in',
  channel: 'async',
  serviceId: 's',
  kind: 'received',
  atMs: noon,
};

describe('utcDay', () => {
  test('is the day in UTC, whatever the time zone of the machine', () => {
    expect(utcDay(Date.parse('2026-11-22T23:59:59.999Z'))).toBe('2026-11-22');
    expect(utcDay(Date.parse('2026-11-23T00:00:00+05:00'))).toBe('2026-11-22');
    expect(utcDay(0)).toBe('1970-01-01');
  });

  test.each([[-1], [Number.NaN], [0.5], [253_402_300_800_000], [Number.POSITIVE_INFINITY]])(
    'refuses %d',
    async (atMs) => {
      expect(await codeOf(() => utcDay(atMs))).toBe('ERR_JOURNAL_EVENT');
    },
  );
});

describe('isUtcDay', () => {
  test('knows a day', () => {
    expect(isUtcDay('2028-02-29')).toBe(true);
  });

  test.each([
    ['2027-02-29'],
    ['2026-13-01'],
    ['2026-1-1'],
    [' 2026-11-22'],
    [''],
    ['1969-12-31'],
    ['٢٠٢٦-11-22'],
  ])('refuses %j', (text) => {
    expect(isUtcDay(text)).toBe(false);
  });
});

describe('segmentDay', () => {
  test('is the day of the clock', () => {
    expect(segmentDay(noon, undefined)).toBe('2026-11-22');
    expect(segmentDay(noon, '2026-11-21')).toBe('2026-11-22');
  });

  test('is the day after the last sealed one when the clock went back', () => {
    expect(segmentDay(noon, '2026-11-22')).toBe('2026-11-23');
    expect(segmentDay(noon, '2026-12-31')).toBe('2027-01-01');
  });
});

describe('segmentGenesis', () => {
  test('is the digest of what identifies the segment', () => {
    const expected = createHash('sha256').update('egw-journal-segment/1\nday 10 2026-11-22\nwriter 2 w1\n');
    expect(hex(segmentGenesis({ day: '2026-11-22', writer: 'w1' }))).toBe(expected.digest('hex'));
  });

  test('differs by day and by writer', () => {
    const all = [
      { day: '2026-11-22', writer: 'w1' },
      { day: '2026-11-23', writer: 'w1' },
      { day: '2026-11-22', writer: 'w2' },
    ].map((segment) => hex(segmentGenesis(segment)));
    expect(new Set(all).size).toBe(3);
  });
});

describe('eventHash', () => {
  const genesis = segmentGenesis({ day: '2026-11-22', writer: 'w1' });

  test('is SHA-256 of the previous hash and the encoding', () => {
    const expected = createHash('sha256').update(genesis).update(encodeEvent(event)).digest('hex');
    expect(hex(eventHash(genesis, event))).toBe(expected);
  });

  test('depends on what was before', () => {
    const other = eventHash(genesis, { ...event, note: 'other' });
    expect(hex(eventHash(other, event))).not.toBe(hex(eventHash(genesis, event)));
  });
});
