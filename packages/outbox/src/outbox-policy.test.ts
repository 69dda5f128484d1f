import { describe, expect, test } from 'vitest';

import { backoffMs } from './backoff.ts';
import { PolicyBook, resolvePolicy } from './outbox-policy.ts';

describe('PolicyBook', () => {
  test('holds what is unknown, without a limit, unless told otherwise', () => {
    const policy = new PolicyBook(undefined, undefined).of('ANY');
    expect(policy.onUnknown).toBe('hold');
    expect(policy.maxPerHour).toBeUndefined();
    expect(policy.quiet).toEqual([]);
    expect(policy.deadlineMs).toBeUndefined();
  });

  // Rules No 123, Приложение 2, table 2: a service is restored within three hours.
  test('tries for more than three hours, even when all pauses are as short as they can be', () => {
    const { maxAttempts, backoff } = new PolicyBook(undefined, undefined).of('ANY');
    let lastedMs = 0;
    for (let attempt = 1; attempt < maxAttempts; attempt += 1)
      lastedMs += backoffMs(backoff, attempt, () => 1);
    expect(lastedMs).toBeGreaterThan(3 * 3_600_000);
  });

  test('takes what a service leaves out from the defaults', () => {
    const book = new PolicyBook({ maxAttempts: 3, concurrency: 9 }, { A: { concurrency: 1 } });
    expect(book.of('A')).toMatchObject({ maxAttempts: 3, concurrency: 1 });
    expect(book.of('B')).toMatchObject({ maxAttempts: 3, concurrency: 9 });
    expect(book.services).toEqual(['A']);
  });

  test.each(['__proto__', 'constructor', 'toString'])('knows no policy for a service named %s', (id) => {
    expect(new PolicyBook({ concurrency: 9 }, {}).of(id).concurrency).toBe(9);
  });

  test('names the service whose policy is wrong', () => {
    expect(() => new PolicyBook({}, { A: { concurrency: 0 } })).toThrow('services["A"].concurrency');
  });

  test.each([[['A']], 'A', { '': {} }, { A: null }])('refuses %j as services', (services) => {
    expect(() => new PolicyBook({}, services as never)).toThrow(TypeError);
  });
});

describe('resolvePolicy', () => {
  test.each<[string, unknown]>([
    ['an unknown option', { maxPerhour: 10 }],
    ['a concurrency of 0', { concurrency: 0 }],
    ['a concurrency that is no number', { concurrency: Number.NaN }],
    ['a limit of 0', { maxPerHour: 0 }],
    ['a limit with a fraction', { maxPerHour: 1.5 }],
    ['a negative deadline', { deadlineMs: -1 }],
    ['a deadline of two years', { deadlineMs: 2 * 366 * 86_400_000 }],
    ['a policy for the unknown that is none', { onUnknown: 'retry' }],
    ['an empty policy for the unknown', { onUnknown: '' }],
    ['no attempts', { maxAttempts: 0 }],
    ['an attempt of two hours', { attemptTimeoutMs: 7_200_000 }],
    ['an attempt without end', { attemptTimeoutMs: Number.POSITIVE_INFINITY }],
    ['quiet that is no list', { quiet: '21:00-06:00' }],
    ['codes that are no list', { duplicateCodes: 'SCE001' }],
    ['an empty code', { retryCodes: [''] }],
    ['a code that is too long', { retryCodes: ['x'.repeat(101)] }],
    ['too many codes', { duplicateCodes: Array.from({ length: 101 }, (_, i) => `C${i}`) }],
    ['a list', []],
    ['nothing', null],
  ])('refuses %s', (_, policy) => {
    expect(() => resolvePolicy('defaults', policy as never)).toThrow(TypeError);
  });
});
