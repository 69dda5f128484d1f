import { describe, expect, test } from 'vitest';

import { progressBar } from './progress-bar.ts';

describe('progressBar', () => {
  test.each([
    ['ru', '[############............] 50% 5/10, осталось 1 мин'],
    ['kk', '[############............] 50% 5/10, 1 мин қалды'],
    ['en', '[############............] 50% 5/10, 1 min left'],
  ] as const)('says in %s how long the rest will take', (language, text) => {
    expect(progressBar(5, 10, 60_000, language)).toBe(text);
  });

  test('promises nothing in the first moments', () => {
    expect(progressBar(1, 1_500, 900, 'en')).toBe('[........................]  0% 1/1500');
  });

  test.each([
    [0, 10, '[........................]  0% 0/10'],
    [10, 10, '[########################]100% 10/10'],
    [0, 0, '[########################]100% 0/0'],
  ])('promises no time for %i of %i', (done, total, text) => {
    expect(progressBar(done, total, 1_000, 'en')).toBe(text);
  });
});
