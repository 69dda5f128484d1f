import { describe, expect, test } from 'vitest';

import { attemptOf, baseOf } from './contract-key.ts';

describe('attemptOf', () => {
  const base = baseOf({ operation: 'register', key: 'c-1' }, 'CONTRACTS');

  test.each([1, 9_999, 10_000, 1_000_000])('takes the key of attempt %d apart', (attempt) => {
    expect(attemptOf(`${base}.${attempt}`)).toEqual({ operation: 'register', base, attempt });
  });

  test.each(['.0', '.01', '.-1', '.1.1', '.', '', `.${'9'.repeat(16)}`])('finds none in %j', (end) => {
    expect(attemptOf(`${base}${end}`)).toBeUndefined();
  });

  test.each(['', 'outbox.1', 'contract.delete.00000000000000000000000000000000.1'])(
    'finds none in %j',
    (key) => {
      expect(attemptOf(key)).toBeUndefined();
    },
  );
});
