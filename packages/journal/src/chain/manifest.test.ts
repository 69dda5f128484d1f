import { createHash } from 'node:crypto';

import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import {
  type DayManifest,
  type ManifestContent,
  manifestGenesis,
  manifestText,
  parseManifest,
  sealManifest,
  successionFault,
} from './manifest.ts';

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);
const journalId = '0190a6e0-0000-7000-8000-00000000000a';
const content: ManifestContent = {
  journalId,
  number: 1,
  day: '2026-11-22',
  sealedAtMs: 1_795_392_000_000,
  segments: [
    { writer: 'w2', count: 1, firstHash: b, lastHash: b },
    { writer: 'w1', count: 3, firstHash: a, lastHash: b },
  ],
  dropped: [],
  previousHash: manifestGenesis(journalId),
};
const first = sealManifest(content);
const next: ManifestContent = { ...content, number: 2, day: '2026-11-23', previousHash: first.hash };
const changes: readonly [string, Partial<ManifestContent>][] = [
  ['journal', { journalId: 'x' }],
  ['number', { number: 2 }],
  ['day', { day: '2026-11-21' }],
  ['instant', { sealedAtMs: 1 }],
  ['segments', { segments: content.segments.slice(1) }],
  ['count', { segments: content.segments.map((one) => ({ ...one, count: 2 })) }],
  ['hashes', { segments: content.segments.map((one) => ({ ...one, firstHash: b })) }],
  ['dropped days', { dropped: [{ day: '2026-10-01', archiveSha256: a }] }],
  ['manifest before it', { previousHash: b }],
];

describe('sealManifest', () => {
  test('hashes the content as the README says', () => {
    const text = [
      'egw-journal-manifest/1',
      `journal 36 ${journalId}`,
      'number 1 1',
      'day 10 2026-11-22',
      'sealedAtMs 13 1795392000000',
      `previousHash 64 ${content.previousHash}`,
      'segmentWriter 2 w1',
      'segmentCount 1 3',
      `segmentFirst 64 ${a}`,
      `segmentLast 64 ${b}`,
      'segmentWriter 2 w2',
      'segmentCount 1 1',
      `segmentFirst 64 ${b}`,
      `segmentLast 64 ${b}`,
      '',
    ].join('\n');
    expect(first.hash).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('does not depend on the order in which segments are given', () => {
    expect(sealManifest({ ...content, segments: [...content.segments].reverse() })).toEqual(first);
  });

  test.each(changes)('has another hash with another %s', (_, change) => {
    expect(sealManifest({ ...content, ...change }).hash).not.toBe(first.hash);
  });

  test('refuses what has no encoding', async () => {
    expect(await codeOf(() => sealManifest({ ...content, sealedAtMs: Number.NaN }))).toBe(
      'ERR_JOURNAL_EVENT',
    );
  });
});

describe('parseManifest', () => {
  test('reads what manifestText wrote', () => {
    expect(parseManifest(manifestText(first))).toEqual(first);
  });

  test.each(changes)('refuses another %s under the old hash', (_, change) => {
    expect(parseManifest(manifestText({ ...first, ...change }))).toBeUndefined();
  });

  const sealed = (change: object) => {
    const { hash: _, ...rest } = sealManifest({ ...content, ...change } as ManifestContent);
    return manifestText({ ...rest, hash: sealManifest(rest).hash });
  };
  test.each<[string, string]>([
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['another order of fields', JSON.stringify(Object.fromEntries(Object.entries(first).reverse()))],
    ['a field too many', JSON.stringify({ ...first, more: 1 })],
    ['spaces', JSON.stringify(first, undefined, 1)],
    ['a hash in upper case', manifestText(first).replace(first.hash, first.hash.toUpperCase())],
    ['no segments', sealed({ segments: [] })],
    ['an empty segment', sealed({ segments: [{ writer: 'w', count: 0, firstHash: a, lastHash: a }] })],
    ['a number that is 0', sealed({ number: 0 })],
    ['a day that does not exist', sealed({ day: '2026-02-30' })],
    ['a dropped day that does not exist', sealed({ dropped: [{ day: '2026-02-30', archiveSha256: a }] })],
    ['half a hash', sealed({ previousHash: 'a'.repeat(32) })],
  ])('refuses %s', (_, text) => {
    expect(parseManifest(text)).toBeUndefined();
  });
});

describe('successionFault', () => {
  test('accepts the first manifest and its successors', () => {
    expect(successionFault(first, { genesis: manifestGenesis(journalId) })).toBeUndefined();
    expect(successionFault(sealManifest(next), first)).toBeUndefined();
  });

  test.each<[string, DayManifest]>([
    ['one that is missing', sealManifest({ ...next, number: 3 })],
    ['another predecessor', sealManifest({ ...next, previousHash: a })],
    ['the same day again', sealManifest({ ...next, day: content.day })],
    ['an earlier day', sealManifest({ ...next, day: '2026-11-01' })],
    ['another journal', sealManifest({ ...next, journalId: 'x' })],
    ['itself', first],
  ])('tells %s', (_, manifest) => {
    expect(successionFault(manifest, first)).toEqual(expect.any(String));
  });

  test('tells a first manifest of another journal, and a second one as the first', () => {
    expect(successionFault(first, { genesis: manifestGenesis('x') })).toContain('not chained');
    expect(successionFault(sealManifest(next), { genesis: manifestGenesis(journalId) })).toContain('missing');
  });
});
