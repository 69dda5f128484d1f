import type { PublicKey } from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import { derivePublicKey } from './key-pair.ts';
import { KnownKeys } from './known-keys.ts';

const algorithm = 'gost2004';
const key = (d: bigint): PublicKey => derivePublicKey({ algorithm, d });

describe('KnownKeys', () => {
  test('knows a key again by its octets, in whatever object it comes', () => {
    const keys = new KnownKeys(algorithm, 2);
    const one = keys.get(key(1n));
    expect(one).not.toBeNull();
    expect(keys.get(key(1n))).toBe(one);
    expect(keys.get(key(2n))).not.toBe(one);
  });

  test('holds as many as it may, and drops the one that was not used for the longest time', () => {
    const keys = new KnownKeys(algorithm, 2);
    const [one, two] = [keys.get(key(1n)), keys.get(key(2n))];
    expect(keys.get(key(1n))).toBe(one);
    keys.get(key(3n));
    expect(keys.size).toBe(2);
    expect(keys.get(key(1n))).toBe(one);
    expect(keys.get(key(2n))).not.toBe(two);
    for (let d = 10n; d < 20n; d++) keys.get(key(d));
    expect(keys.size).toBe(2);
  });

  test('holds none when it may hold none, and still reads keys', () => {
    const keys = new KnownKeys(algorithm, 0);
    expect(keys.get(key(1n))).not.toBeNull();
    expect(keys.size).toBe(0);
  });

  test('does not remember what is no key', () => {
    const keys = new KnownKeys(algorithm, 2);
    expect(keys.get({ algorithm, spki: new Uint8Array(3) })).toBeNull();
    expect(keys.get({ algorithm: 'rsa', spki: key(1n).spki })).toBeNull();
    expect(keys.get(derivePublicKey({ algorithm: 'gost2015-256', d: 1n }))).toBeNull();
    expect(keys.size).toBe(0);
  });

  test('a key that was changed after its first use is another key', () => {
    const keys = new KnownKeys(algorithm, 2);
    const changing = key(1n);
    const before = keys.get(changing);
    changing.spki.set(key(2n).spki);
    expect(keys.get(changing)).not.toBe(before);
    expect(keys.get(changing)).toBe(keys.get(key(2n)));
  });
});
