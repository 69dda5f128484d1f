import { describe, expect, test } from 'vitest';

import {
  explainSignatureFinding,
  type SignatureFindingCode,
  signatureFindingCodes,
} from './signature-finding.ts';
import { signatureKindOf } from './signature-kind.ts';

describe('signatureKindOf', () => {
  test.each([
    ['ukep', 'ukep'],
    ['УКЭП', 'ukep'],
    [' унэп ', 'unep'],
    ['ПЭП', 'pep'],
    ['', undefined],
    ['ЭП', undefined],
    ['constructor', undefined],
  ])('of %j is %j', (word, kind) => {
    expect(signatureKindOf(word)).toBe(kind);
  });
});

describe('explainSignatureFinding', () => {
  test.each(signatureFindingCodes)('has words and a remedy for %s', (code) => {
    const { message, remedy } = explainSignatureFinding(code);
    for (const text of [message.ru, remedy.ru]) expect(text).toMatch(/[а-я].*\.$/s);
    for (const text of [message.en, remedy.en]) expect(text).toMatch(/[a-z].*\.$/s);
  });

  test('refuses other codes', () => {
    expect(() => explainSignatureFinding('toString' as SignatureFindingCode)).toThrow(TypeError);
  });
});
