import { createHmac, createSecretKey } from 'node:crypto';
import { inspect } from 'node:util';

import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { createSubjectHasher } from './subject-hash.ts';

const key = Buffer.from('abcdefghijklmnopqrstuvwxyz012345');
const hasher = createSubjectHasher(key);

describe('createSubjectHasher', () => {
  test('is HMAC-SHA-256 of a title and the digits', () => {
    const expected = createHmac('sha256', key).update('egw-journal-subject/1\n001300900011').digest();
    expect(hasher.hash('001300900011')).toEqual(expected);
  });

  test('does not mind spaces', () => {
    expect(hasher.hash(' 0013 0090 0011 ')).toEqual(hasher.hash('001300900011'));
  });

  test('takes a KeyObject', () => {
    expect(createSubjectHasher(createSecretKey(key)).hash('001300900011')).toEqual(
      hasher.hash('001300900011'),
    );
  });

  test('differs by subject and by key', () => {
    expect(hasher.hash('001300900011')).not.toEqual(hasher.hash('991340000017'));
    expect(createSubjectHasher(new Uint8Array(32)).hash('001300900011')).not.toEqual(
      hasher.hash('001300900011'),
    );
  });

  test('refuses subjects without a key, and says what to do', async () => {
    expect(await codeOf(() => createSubjectHasher().hash('001300900011'))).toBe('ERR_JOURNAL_KEY');
    expect(() => createSubjectHasher().hash('001300900011')).toThrow(/give openJournal a `subjectKey`/);
  });

  test.each([
    [''],
    ['00130090001'],
    ['0013009000111'],
    ['00130090001a'],
    ['٠٠١٣٠٠٩٠٠٠١١'],
    ['001300900011\n'],
  ])('refuses %j', async (subject) => {
    expect(await codeOf(() => hasher.hash(subject))).toBe('ERR_JOURNAL_EVENT');
  });

  test.each([[0], [16], [31]])('refuses a key of %d octets', async (length) => {
    expect(await codeOf(() => createSubjectHasher(new Uint8Array(length)))).toBe('ERR_JOURNAL_KEY');
  });

  test('prints neither key nor subject', () => {
    expect(inspect(hasher, { depth: 10, showHidden: true })).not.toContain('abcdef');
    expect(() => hasher.hash('00130090001x')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('00130090001') }),
    );
  });
});
