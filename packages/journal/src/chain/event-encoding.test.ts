import { createHash } from 'node:crypto';

import { codeOf } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type ChainedEvent, encodeEvent } from './event-encoding.ts';

const least: ChainedEvent = {
  position: 1,
  localKey: '0190a6e0-0000-7000-8000-000000000001',
  version: 1,
  direction: 'out',
  channel: 'async',
  serviceId: 'HR-001',
  kind: 'signed',
  atMs: 1_795_305_600_000,
};

const full: ChainedEvent = {
  ...least,
  messageId: 'm-1',
  correlationId: 'c-1',
  messageType: 'REQUEST',
  code: 'SCE006',
  delivery: 'unknown',
  attempt: 2,
  untilMs: 1_795_305_660_000,
  expiresAtMs: 1_795_305_700_000,
  deliveryState: 'DELIVERED',
  resolution: 'sent',
  note: 'asked the desk',
  relatedKey: '0190a6e0-0000-7000-8000-000000000002',
  reference: 'договор 7',
  contentHash: 'abc',
  container: { localKey: '0190a6e0-0000-7000-8000-000000000003', part: 0 },
  subjects: [new Uint8Array(32).fill(2), new Uint8Array(32).fill(1)],
  stored: { sha256: new Uint8Array(32).fill(255), byteLength: 120, keyId: 'k1' },
};

const text = (event: ChainedEvent) => Buffer.from(encodeEvent(event)).toString('utf8');
const hashOf = (event: ChainedEvent) => createHash('sha256').update(encodeEvent(event)).digest('hex');

describe('encodeEvent', () => {
  test('writes the fields that are there, each with its length in octets', () => {
    expect(text({ ...least, reference: 'договор 7' })).toBe(
      [
        'egw-journal-event/1',
        'position 1 1',
        'localKey 36 0190a6e0-0000-7000-8000-000000000001',
        'version 1 1',
        'direction 3 out',
        'channel 5 async',
        'serviceId 6 HR-001',
        'kind 6 signed',
        'atMs 13 1795305600000',
        'reference 16 договор 7',
        '',
      ].join('\n'),
    );
  });

  test('has the digest that a Python script computed from the README, with every field', () => {
    expect(hashOf(full)).toBe('520ba829f70dc50efd0915bdf66dd6bcc78018daf251bb08fbf52aa8606de74a');
  });

  test('depends on every field that an event has', () => {
    // The type demands every field: one that is added to events cannot be forgotten here.
    const other: { readonly [Field in keyof Required<ChainedEvent>]: ChainedEvent[Field] } = {
      position: 2,
      localKey: 'x',
      version: 2,
      direction: 'in',
      channel: 'sync',
      serviceId: 'x',
      kind: 'built',
      atMs: 1,
      messageId: 'x',
      correlationId: 'x',
      messageType: 'UPDATE',
      code: 'x',
      delivery: 'answered',
      attempt: 3,
      untilMs: 1,
      expiresAtMs: 1,
      deliveryState: 'ON_DELIVERY',
      resolution: 'abandoned',
      note: 'x',
      relatedKey: 'x',
      reference: 'x',
      contentHash: 'x',
      container: { localKey: '0190a6e0-0000-7000-8000-000000000003', part: 1 },
      subjects: [new Uint8Array(32).fill(2)],
      stored: { sha256: new Uint8Array(32).fill(255), byteLength: 120, keyId: 'k2' },
    };
    const texts = Object.entries(other).map(([field, value]) => text({ ...full, [field]: value }));
    expect(new Set([text(full), ...texts]).size).toBe(texts.length + 1);
  });

  test('sorts the subjects and writes one that is named twice once', () => {
    const [a, b] = [new Uint8Array(32).fill(2), new Uint8Array(32).fill(1)];
    expect(hashOf({ ...full, subjects: [b, a, b] })).toBe(hashOf({ ...full, subjects: [a, b] }));
  });

  test('tells every field from every other one that has the same value', () => {
    const fields = ['messageId', 'correlationId', 'code', 'note', 'relatedKey', 'reference'] as const;
    const texts = fields.map((field) => text({ ...least, [field]: 'same' }));
    expect(new Set(texts).size).toBe(fields.length);
  });

  test('tells an absent field from an empty one', () => {
    expect(text({ ...least, note: '' })).not.toBe(text(least));
  });

  test('does not let a value pass for fields of its own', () => {
    expect(text({ ...least, note: 'x\nreference 1 y' })).not.toBe(
      text({ ...least, note: 'x', reference: 'y' }),
    );
  });

  test('is injective: events that differ differ in their encoding', () => {
    const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const short = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '1', 'note', 'я'), maxLength: 4 });
    const event: fc.Arbitrary<ChainedEvent> = fc
      .record({
        version: fc.integer({ min: 1, max: 3 }),
        serviceId: short,
        messageId: optional(short),
        correlationId: optional(short),
        note: optional(short),
        reference: optional(short),
        attempt: optional(fc.integer({ min: 0, max: 11 })),
      })
      .map((some) => ({ ...least, ...some }));
    fc.assert(
      fc.property(event, event, (a, b) => {
        const same = JSON.stringify(a, Object.keys(a).sort()) === JSON.stringify(b, Object.keys(b).sort());
        expect(text(a) === text(b)).toBe(same);
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, Partial<ChainedEvent>]>([
    ['half of a surrogate pair', { note: 'a\ud800' }],
    ['U+0000', { reference: 'a\0b' }],
    ['a fraction of a millisecond', { atMs: 1.5 }],
    ['NaN', { atMs: Number.NaN }],
    ['an endless number', { untilMs: Number.POSITIVE_INFINITY }],
    ['a negative number', { attempt: -1 }],
    ['minus zero', { attempt: -0 }],
    ['a number above 2^53', { expiresAtMs: 2 ** 53 }],
  ])('refuses %s', async (_, part) => {
    expect(await codeOf(() => encodeEvent({ ...least, ...part }))).toBe('ERR_JOURNAL_EVENT');
  });

  test('refuses without printing the value', () => {
    expect(() => encodeEvent({ ...least, reference: '001300900011\0' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('001300900011') }),
    );
  });
});
