import { describe, expect, test } from 'vitest';

import { nearestNames } from './nearest-names.ts';

const names = [
  'delay',
  'tampered-body',
  'tampered-push',
  'gzip',
  'bom',
  'gzip-bomb',
  'wrong-key',
  'cut-after-accepting',
];

describe('nearestNames', () => {
  test.each([
    ['dely', ['delay']],
    ['deylay', ['delay']],
    ['tampered', ['tampered-body', 'tampered-push']],
    ['tampered-bodi', ['tampered-body']],
    ['gzipp', ['gzip']],
    ['tamperd-body', ['tampered-body']],
    ['cut-after-acepting', ['cut-after-accepting']],
    ['delay', ['delay']],
  ])('for %s', (word, expected) => {
    expect(nearestNames(word, names)).toEqual(expected);
  });

  test.each(['rudeness', 'foo', '', 'x', 'ab', 'e'.repeat(1000)])('has none for %j', (word) => {
    expect(nearestNames(word, names)).toEqual([]);
  });

  test('gives three at the most', () => {
    expect(nearestNames('abc', ['abc1', 'abc2', 'abc3', 'abc4'])).toEqual(['abc1', 'abc2', 'abc3']);
  });
});
