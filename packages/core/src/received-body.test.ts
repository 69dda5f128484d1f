import { describe, expect, test } from 'vitest';

import { assertReceived, markReceived } from './received-body.ts';
import type { UnverifiedBody } from './verification.ts';

const bodyOf = (verified: boolean): UnverifiedBody => ({ verified }) as unknown as UnverifiedBody;

describe('assertReceived', () => {
  test('passes what was marked', () => {
    const body = markReceived(bodyOf(false));
    expect(() => assertReceived(body)).not.toThrow();
  });

  test('refuses what was not', () => {
    expect(() => assertReceived(bodyOf(true))).toThrow(TypeError);
    expect(() => assertReceived({ ...markReceived(bodyOf(false)) })).toThrow(TypeError);
    expect(() => assertReceived(Object.create(markReceived(bodyOf(true))))).toThrow(TypeError);
  });

  test('refuses what has changed its mind', () => {
    const body = markReceived(bodyOf(false));
    Object.assign(body, { verified: true });
    expect(() => assertReceived(body)).toThrow(TypeError);
  });
});
