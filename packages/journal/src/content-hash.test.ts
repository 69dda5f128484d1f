import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { bytesOf, received } from '../test/stores.ts';
import { createContentHasher } from './content-hash.ts';
import { type JournalOptions, openJournal } from './sqlite/open-journal.ts';

const key = (octet: number) => new Uint8Array(32).fill(octet);
const said = createHash('sha256').update('the salary is 100').digest('hex');

describe('createContentHasher', () => {
  test('gives the value that others can compute', () => {
    // From Python: hmac.new(HKDF(SHA256, 32, None, b'egw-journal-content/1').derive(bytes([7] * 32)), b'h1', 'sha256')
    const { stored } = createContentHasher({ subjectKey: key(7) });
    expect(stored('h1')).toBe('cea9bb65f74d10cc126cd0e884f9e01b3fe734a69d250d81c5949c8bb674d007');
  });

  test('prefers the key for subjects, then the current one for bytes, and knows all of them', () => {
    const encryption = { current: 'b', keys: { a: key(1), b: key(2) } };
    const { stored, known } = createContentHasher({ encryption });
    expect(known('h')).toEqual([stored('h'), expect.any(String), 'h']);
    expect(createContentHasher({ encryption: { current: 'x', keys: { x: key(2) } } }).stored('h')).toBe(
      stored('h'),
    );
    const both = createContentHasher({ subjectKey: key(3), encryption });
    expect(both.known('h').slice(1)).toEqual(known('h'));
    expect(both.stored('h')).not.toBe(stored('h'));
  });

  test('leaves hashes as they are without a key', () => {
    const { stored, known } = createContentHasher();
    expect([stored('h'), known('h')]).toEqual(['h', ['h']]);
  });
});

describe('a journal in a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'egov-gateway-content-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function receive(file: string, localKey: string, options: JournalOptions) {
    const journal = await openJournal(join(folder, file), options);
    try {
      const change = { messageId: 'same', contentHash: said, bytes: bytesOf(localKey) };
      const { receptions } = await journal.commit({ events: [received(localKey, change)] });
      const [first] = (await journal.message(receptions[0]?.localKey ?? ''))?.events ?? [];
      return { reception: receptions[0]?.reception, contentHash: first?.contentHash };
    } finally {
      await journal.close();
    }
  }

  test.each<[string, JournalOptions]>([
    ['a key for subjects', { subjectKey: key(7) }],
    ['a key for bytes', { encryption: { current: 'k', keys: { k: key(7) } } }],
  ])('does not keep a hash that can be guessed, with %s', async (name, options) => {
    const first = await receive(name, 'r1', options);
    expect(first.reception).toBe('stored');
    expect(first.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(first.contentHash).not.toBe(said);
    expect(await receive(name, 'r2', options)).toMatchObject({ reception: 'repeated' });
  });

  test('recognises what was stored before there was a key, and with keys of before', async () => {
    const recognised = { reception: 'repeated' };
    const keys = { a: key(1) };
    expect(await receive('plain', 'r1', {})).toEqual({ reception: 'stored', contentHash: said });
    expect(await receive('plain', 'r2', { encryption: { current: 'a', keys } })).toMatchObject(recognised);

    await receive('turned', 'r1', { encryption: { current: 'a', keys } });
    const encryption = { current: 'b', keys: { ...keys, b: key(2) } };
    expect(await receive('turned', 'r2', { encryption })).toMatchObject(recognised);
    expect(await receive('turned', 'r3', { encryption, subjectKey: key(3) })).toMatchObject(recognised);
  });

  test('takes a message for another one when the key of before is gone', async () => {
    await receive('gone', 'r1', { subjectKey: key(1) });
    expect(await receive('gone', 'r2', { subjectKey: key(2) })).toMatchObject({ reception: 'conflicting' });
  });
});
