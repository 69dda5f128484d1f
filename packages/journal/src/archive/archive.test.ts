import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { codeOf } from '@egov-gateway/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ChainedEvent } from '../chain/event-encoding.ts';
import { type DayManifest, manifestGenesis, sealManifest } from '../chain/manifest.ts';
import { eventHash, segmentGenesis, sha256 } from '../chain/segment.ts';
import { createByteCipher } from '../encryption.ts';
import { type ArchivedEvent, eventLine, headerLine, parseEventLine } from './archive-format.ts';
import { readArchivedBytes } from './archived-bytes.ts';
import { readArchive } from './read-archive.ts';
import { verifyArchive, verifyArchives } from './verify-archive.ts';
import { writeFileOnce } from './write-archive.ts';

const journalId = '0190a6e0-0000-7000-8000-00000000000a';
const keys = { current: 'k1', keys: { k1: new Uint8Array(32).fill(7) } };
const cipher = createByteCipher(keys);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const localKey = (number: number) => `0190a6e0-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** A day with two segments, events with and without bytes, encrypted ones and subjects. */
function sampleDay(day: string, previous?: DayManifest, dropped: DayManifest['dropped'] = []): Sample {
  const events: ArchivedEvent[] = [];
  for (const [writer, count] of [
    ['w1', 3],
    ['w2', 2],
  ] as const) {
    let hash = segmentGenesis({ day, writer });
    for (let number = 1; number <= count; number += 1) {
      const place = { localKey: localKey(events.length + 1), version: 1 };
      const sealed =
        number === 2
          ? undefined
          : cipher.seal(Buffer.from(`<message>${events.length} договор</message>`), place);
      const event: ChainedEvent = {
        ...place,
        position: events.length + 1,
        direction: 'out',
        channel: 'async',
        serviceId: 'HR-001',
        kind: 'signed',
        atMs: Date.parse(`${day}T10:00:00Z`) + number,
        reference: number === 2 ? 'договор "7"\n' : undefined,
        container: number === 3 ? { localKey: 'c', part: 0 } : undefined,
        subjects: number === 1 ? [sha256(Buffer.from('a')), sha256(Buffer.from('b'))] : [],
        stored: sealed && {
          sha256: sha256(sealed.bytes),
          byteLength: sealed.bytes.byteLength,
          keyId: sealed.keyId,
        },
      };
      hash = eventHash(hash, event);
      events.push({ ...event, writer, hash, bytes: sealed?.bytes });
    }
  }
  const of = (writer: string) => events.filter((event) => event.writer === writer);
  const manifest = sealManifest({
    journalId,
    number: (previous?.number ?? 0) + 1,
    day,
    sealedAtMs: 1,
    dropped,
    segments: ['w1', 'w2'].map((writer) => ({
      writer,
      count: of(writer).length,
      firstHash: hex(of(writer).at(0)?.hash ?? new Uint8Array()),
      lastHash: hex(of(writer).at(-1)?.hash ?? new Uint8Array()),
    })),
    previousHash: previous?.hash ?? manifestGenesis(journalId),
  });
  return { manifest, events, lines: [headerLine(manifest), ...events.map(eventLine)] };
}

interface Sample {
  readonly manifest: DayManifest;
  readonly events: readonly ArchivedEvent[];
  readonly lines: readonly string[];
}

const sample = sampleDay('2026-11-22');
const whole = Buffer.from(`${sample.lines.join('\n')}\n`);

/** Octets as a stream in uneven pieces. */
async function* pieces(bytes: Uint8Array, size = 97): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const ofLines = (lines: readonly string[]) => pieces(Buffer.from(lines.map((line) => `${line}\n`).join('')));

describe('parseEventLine', () => {
  test('gives back what eventLine wrote', () => {
    for (const event of sample.events) {
      expect(eventLine(parseEventLine(eventLine(event)) ?? event)).toBe(eventLine(event));
    }
  });

  const [line = ''] = sample.lines.slice(1);
  test.each<[string, string]>([
    ['no JSON', line.slice(1)],
    ['null', 'null'],
    ['a list', `[${line}]`],
    ['a field too many', line.replace('{', '{"more":1,')],
    ['a field twice', line.replace('"version":1', '"version":1,"version":1')],
    ['another order', line.replace(/^\{("writer":"w1"),(.*)\}$/, '{$2,$1}')],
    ['a space', line.replace(',', ', ')],
    ['an escaped letter', line.replace('w1', '\\u00771')],
    ['a number in another form', line.replace('"position":1', '"position":1e0')],
    ['a number as text', line.replace('"position":1', '"position":"1"')],
    ['an absent field', line.replace('"position":1,', '')],
    ['a field that is null', line.replace('"version":1', '"version":1,"code":null')],
    [
      'hex in upper case',
      line.replace(/"hash":"(\w+)"/, (_, hash: string) => `"hash":"${hash.toUpperCase()}"`),
    ],
    ['a hash of 31 octets', line.replace(/"hash":"../, '"hash":"')],
    ['base64 with rubbish', line.replace(/"bytes":"/, '"bytes":"*')],
    ['subjects out of order', line.replace(/"subject":\[("\w+"),("\w+")\]/, '"subject":[$2,$1]')],
  ])('refuses %s', (_, text) => {
    expect(text).not.toBe(line);
    expect(parseEventLine(text)).toBeUndefined();
  });
});

describe('verifyArchive', () => {
  test('accepts a whole archive, in pieces of any size', async () => {
    for (const size of [1, 7, 4096, whole.length]) {
      const report = await verifyArchive(pieces(whole, size));
      expect(report).toMatchObject({ intact: true, events: 5, sha256: hex(sha256(whole)) });
    }
  });

  test('accepts it against the hash of its manifest and of the file', async () => {
    const expected = { hash: sample.manifest.hash, sha256: hex(sha256(whole)) };
    expect((await verifyArchive(pieces(whole), expected)).intact).toBe(true);
  });

  test.each<[string, { hash?: string; sha256?: string }, string]>([
    ['the hash', { hash: 'a'.repeat(64) }, 'manifest-changed'],
    ['the digest of the file', { sha256: 'a'.repeat(64) }, 'archive'],
  ])('refuses a whole archive that is not the one with %s', async (_, options, reason) => {
    expect((await verifyArchive(pieces(whole), options)).fault?.reason).toBe(reason);
  });

  const lines = sample.lines;
  test.each<[string, readonly string[], string, number | undefined]>([
    ['nothing', [], 'archive', undefined],
    ['no manifest', lines.slice(1), 'archive', undefined],
    ['the manifest alone', lines.slice(0, 1), 'event-missing', 1],
    ['the last event gone', lines.slice(0, -1), 'event-missing', 2],
    ['an event gone in the middle', lines.toSpliced(2, 1), 'event-changed', 2],
    ['the last event of a segment gone', lines.toSpliced(3, 1), 'event-missing', 3],
    ['an event twice', lines.toSpliced(2, 0, lines[2] ?? ''), 'event-changed', 3],
    ['an event more', [...lines, lines[5] ?? ''], 'event-added', undefined],
    ['an empty line at the end', [...lines, ''], 'event-added', undefined],
    ['an empty line inside', lines.toSpliced(3, 0, ''), 'event-changed', 3],
    [
      'two events in each other’s place',
      lines.toSpliced(1, 2, lines[2] ?? '', lines[1] ?? ''),
      'event-changed',
      1,
    ],
    [
      'segments in each other’s place',
      [lines[0] ?? '', ...lines.slice(4), ...lines.slice(1, 4)],
      'event-missing',
      1,
    ],
    ['bytes gone', lines.with(1, (lines[1] ?? '').replace(/,"bytes":"[^"]*"/, '')), 'bytes-missing', 1],
    [
      'other bytes',
      lines.with(1, (lines[1] ?? '').replace(/"bytes":"..../, '"bytes":"AAAA')),
      'bytes-changed',
      1,
    ],
    [
      'an instant that no journal writes',
      lines.with(2, (lines[2] ?? '').replace(/"atMs":(\d)/, '"atMs":$1.')),
      'event-changed',
      2,
    ],
    ['another code', lines.with(2, (lines[2] ?? '').replace('HR-001', 'HR-002')), 'event-changed', 2],
    [
      'the manifest of another day',
      lines.with(0, headerLine(sampleDay('2026-11-23').manifest)),
      'event-changed',
      1,
    ],
  ])('tells %s, and where', async (_, changed, reason, event) => {
    const report = await verifyArchive(ofLines(changed));
    expect(report.intact).toBe(false);
    expect(report.fault).toMatchObject({ reason, ...(event === undefined ? {} : { event }) });
  });

  test('tells any one octet that was changed, dropped or added', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: whole.length - 1 }),
        fc.constantFrom('change', 'drop', 'add'),
        fc.integer({ min: 1, max: 255 }),
        async (at, how, by) => {
          const octet = (whole[at] ?? 0) ^ by;
          const changed = Buffer.concat([
            whole.subarray(0, at),
            how === 'drop' ? Buffer.alloc(0) : Buffer.of(octet),
            whole.subarray(how === 'add' ? at : at + 1),
          ]);
          if (changed.equals(whole)) return;
          expect((await verifyArchive(pieces(changed, 4096))).intact).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('tells an archive cut off anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), async (length) => {
        expect((await verifyArchive(pieces(whole.subarray(0, length), 4096))).intact).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('tells a line that is too long before it is in memory', async () => {
    const report = await verifyArchive(pieces(whole), { maxLineBytes: 400 });
    expect(report.fault).toMatchObject({
      reason: 'archive',
      words: expect.stringContaining('longer than 400'),
    });
  });

  test('rejects when there is no such file', async () => {
    expect(await codeOf(() => verifyArchive(join(tmpdir(), 'no-such-folder', '2026-11-22.egwj')))).toBe(
      'ERR_JOURNAL_NOT_FOUND',
    );
  });
});

describe('verifyArchives', () => {
  const second = sampleDay('2026-11-23', sample.manifest);
  const third = sampleDay('2026-11-26', second.manifest, [
    { day: '2026-11-22', archiveSha256: hex(sha256(whole)) },
  ]);
  const streams = (...days: Sample[]) => days.map((day) => ofLines(day.lines));

  test('accepts days that follow from each other', async () => {
    const report = await verifyArchives(streams(sample, second, third), { from: 'beginning' });
    expect(report).toMatchObject({ intact: true, archives: [{ events: 5 }, { events: 5 }, { events: 5 }] });
    expect((await verifyArchives(streams(second, third), { from: sample.manifest })).intact).toBe(true);
    expect((await verifyArchives(streams(second, third))).intact).toBe(true);
  });

  test.each<[string, readonly Sample[], 'beginning' | undefined, number]>([
    ['a day that is missing', [sample, third], undefined, 1],
    ['the first day that is missing', [second, third], 'beginning', 0],
    ['days in another order', [second, sample], undefined, 1],
    ['a day twice', [sample, sample], undefined, 1],
    ['a day that was written anew', [sample, sampleDay('2026-11-23', second.manifest)], undefined, 1],
    [
      'another archive of a dropped day',
      [
        sample,
        second,
        sampleDay('2026-11-26', second.manifest, [{ day: '2026-11-22', archiveSha256: 'a'.repeat(64) }]),
      ],
      undefined,
      2,
    ],
  ])('tells %s', async (_, days, from, index) => {
    const report = await verifyArchives(streams(...days), { from });
    expect(report).toMatchObject({ intact: false, index, fault: { reason: 'manifest-missing' } });
  });

  test('tells which archive is damaged', async () => {
    const broken = { ...second, lines: second.lines.slice(0, -1) };
    expect(await verifyArchives(streams(sample, broken, third))).toMatchObject({ intact: false, index: 1 });
  });
});

describe('readArchive', () => {
  test('gives the events, and rejects behind the last good one', async () => {
    const archive = await readArchive(ofLines(sample.lines.slice(0, -1)));
    const seen: string[] = [];
    const code = await codeOf(async () => {
      for await (const event of archive.events) seen.push(event.localKey);
    });
    expect([code, seen.length]).toEqual(['ERR_JOURNAL_ARCHIVE', 4]);
  });

  test('refuses what is no archive', async () => {
    expect(await codeOf(() => readArchive(ofLines(['{"egwj":2}'])))).toBe('ERR_JOURNAL_ARCHIVE');
  });
});

describe('readArchivedBytes', () => {
  const place = { localKey: localKey(1), version: 1 };

  test('gives the bytes as they went into the journal', async () => {
    const bytes = await readArchivedBytes(ofLines(sample.lines), place, { keys });
    expect(Buffer.from(bytes ?? []).toString()).toBe('<message>0 договор</message>');
  });

  test('gives nothing for an event without bytes', async () => {
    expect(
      await readArchivedBytes(ofLines(sample.lines), { ...place, localKey: localKey(2) }),
    ).toBeUndefined();
  });

  test('refuses without the key, or with another one', async () => {
    expect(await codeOf(() => readArchivedBytes(ofLines(sample.lines), place))).toBe('ERR_JOURNAL_KEY');
    const other = { current: 'k1', keys: { k1: new Uint8Array(32) } };
    expect(await codeOf(() => readArchivedBytes(ofLines(sample.lines), place, { keys: other }))).toBe(
      'ERR_JOURNAL_KEY',
    );
  });

  test('refuses an event that is not there', async () => {
    expect(await codeOf(() => readArchivedBytes(ofLines(sample.lines), { ...place, version: 2 }))).toBe(
      'ERR_JOURNAL_NOT_FOUND',
    );
  });

  test('gives no bytes out of an archive that is damaged behind them', async () => {
    expect(await codeOf(() => readArchivedBytes(ofLines(sample.lines.slice(0, -1)), place, { keys }))).toBe(
      'ERR_JOURNAL_ARCHIVE',
    );
  });
});

describe('writeFileOnce', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'egw-archive-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('writes the file, for its owner only, and leaves nothing else', async () => {
    const written = await writeFileOnce(folder, '2026-11-22.egwj', sample.lines);
    expect(written).toMatchObject({ sha256: hex(sha256(whole)), byteLength: whole.length, existed: false });
    expect(await readFile(written.path)).toEqual(whole);
    expect(await readdir(folder)).toEqual(['2026-11-22.egwj']);
    if (process.platform !== 'win32') expect((await stat(written.path)).mode & 0o777).toBe(0o600);
    expect((await verifyArchive(written.path)).intact).toBe(true);
  });

  test('is content with the same file', async () => {
    const written = await writeFileOnce(folder, '2026-11-22.egwj', sample.lines);
    expect(written.existed).toBe(true);
    expect(await readdir(folder)).toEqual(['2026-11-22.egwj']);
  });

  test('never writes over another file', async () => {
    await writeFile(join(folder, '2026-11-23.egwj'), 'mine');
    expect(await codeOf(() => writeFileOnce(folder, '2026-11-23.egwj', sample.lines))).toBe(
      'ERR_JOURNAL_ARCHIVE',
    );
    expect(await readFile(join(folder, '2026-11-23.egwj'), 'utf8')).toBe('mine');
    expect(await readdir(folder)).toHaveLength(2);
  });

  test('leaves nothing behind when the lines end in an error', async () => {
    const lines = function* () {
      yield 'one';
      throw new RangeError('stop');
    };
    expect(await codeOf(() => writeFileOnce(folder, '2026-11-24.egwj', lines()))).toBe('ERR_JOURNAL_IO');
    expect(await readdir(folder)).toHaveLength(2);
  });

  test('says that the folder is not there', async () => {
    expect(await codeOf(() => writeFileOnce(join(folder, 'no'), '2026-11-24.egwj', []))).toBe(
      'ERR_JOURNAL_NOT_FOUND',
    );
  });
});
