import { checkPdf } from '@egov-gateway/ekdo';
import { describe, expect, test } from 'vitest';

import { madeUpPdf } from './made-up-pdf.ts';

describe('madeUpPdf', () => {
  test('is PDF/A-1a as far as a check can tell', () => {
    const { findings, claim } = checkPdf(madeUpPdf('Приказ № 1'));
    expect(findings).toEqual([]);
    expect(claim).toMatchObject({ part: 1, conformance: 'A' });
  });

  test('is another file for other words', () => {
    expect(madeUpPdf('a')).not.toEqual(madeUpPdf('b'));
    expect(madeUpPdf('a')).toEqual(madeUpPdf('a'));
  });

  test.each(['', 'a\nendstream', 'x'.repeat(201)])('refuses %j', (words) => {
    expect(() => madeUpPdf(words)).toThrow(TypeError);
  });
});
