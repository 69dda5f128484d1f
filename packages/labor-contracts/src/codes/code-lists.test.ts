import { describe, expect, test } from 'vitest';

import { bookOf } from '../books/reference-book.ts';
import type { CodeEntry } from './code-list.ts';
import {
  contractTerms,
  remoteWork,
  restoringBodies,
  socialLeaves,
  workingHours,
  workTypes,
} from './short-lists.ts';
import { terminationReasons } from './termination-reasons.ts';

const lists: readonly (readonly [string, readonly CodeEntry[], number])[] = [
  ['contractTerms', contractTerms, 8],
  ['workTypes', workTypes, 2],
  ['remoteWork', remoteWork, 3],
  ['workingHours', workingHours, 5],
  ['restoringBodies', restoringBodies, 2],
  ['socialLeaves', socialLeaves, 6],
  ['terminationReasons', terminationReasons, 56],
];

describe.each(lists)('%s', (_name, list, size) => {
  test(`has ${size} codes, each once, with names in three languages`, () => {
    expect(new Set(list.map(({ code }) => code)).size).toBe(size);
    expect(list).toHaveLength(size);
    for (const { ru, kk, en } of list) {
      expect(ru).toMatch(/[а-я]/);
      expect(kk).toMatch(/[а-яәғқңөұүһі]/);
      expect(en).toMatch(/^[ -~]+$/);
      expect((ru + kk).normalize('NFC')).toBe(ru + kk);
    }
  });

  test('cannot be changed', () => {
    expect(Object.isFrozen(list) && list.every((one) => Object.isFrozen(one))).toBe(true);
  });
});

describe('terminationReasons', () => {
  const book = bookOf(terminationReasons);

  test.each(['03', '06', '07', '09'])('has %s as a heading', (code) => {
    expect(book.find(code)).toMatchObject({ leaf: false, actual: true });
    expect(terminationReasons.some(({ parent }) => parent === code)).toBe(true);
  });

  test.each(['03-026', '03-027'])('has %s as out of use', (code) => {
    expect(book.find(code)?.actual).toBe(false);
  });

  test.each(['', '5', '005', '03-033', '10', '06-007', ' 05'])('does not have %j', (code) => {
    expect(book.find(code)).toBeUndefined();
  });

  test('puts every other entry under its heading', () => {
    for (const { code, parent } of terminationReasons)
      expect(parent).toBe(code.includes('-') ? code.slice(0, 2) : undefined);
  });
});
