import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { bin, binFault, isBin, restoreBin } from './bin.ts';
import { birthDateHint } from './birth-date-hint.ts';
import { documentNumber, documentNumberHint } from './document-number.ts';
import { iin, iinFault, isIin, restoreIin } from './iin.ts';

const rulesOf = (schema: ReturnType<typeof iin> | ReturnType<typeof bin>, text: string) =>
  (schema.safeParse(text).error?.issues ?? []).map(
    (issue) => (issue as { params?: { rule: string } }).params?.rule,
  );

describe('iinFault and binFault', () => {
  test.each([
    ['', 'empty'],
    [' \u00a0', 'empty'],
    ['1300900011', 'lost-leading-zeros'],
    ['1300900207', 'lost-leading-zeros'],
    ['1300900012', 'wrong-length'],
    ['13009000110', 'wrong-length'],
    ['0013009000', 'wrong-length'],
    ['0013009000110', 'wrong-length'],
    ['1.3009E+9', 'not-digits'],
    ['1300900011.0', 'not-digits'],
    ['001300 900011', 'not-digits'],
    ['OO1300900011', 'not-digits'],
    ['٠٠١٣٠٠٩٠٠٠١١', 'not-digits'],
    ['000000000000', 'all-zeros'],
    ['001300900270', 'unusable-prefix'],
    ['001300900012', 'control-digit'],
    ['111111111111', 'control-digit'],
  ])('of %j is %s', (text, fault) => {
    expect(iinFault(text)).toBe(fault);
    expect(binFault(text)).toBe(fault);
  });

  test('of a right number is none, and of no text is one', () => {
    expect(iinFault('001300900011')).toBeUndefined();
    expect(binFault('991340000801')).toBeUndefined();
    expect(iinFault(1300900011 as never)).toBe('not-digits');
    expect(binFault(null as never)).toBe('not-digits');
  });

  test('have a rule of their own for lost zeros, without the number in the words', () => {
    expect(rulesOf(iin(), '1300900011')).toEqual(['iin-leading-zero']);
    expect(rulesOf(bin(), '1300900011')).toEqual(['bin-leading-zero']);
    expect(rulesOf(iin({ mode: 'format' }), '1300900011')).toEqual(['iin-leading-zero']);
    expect(rulesOf(iin({ mode: 'off' }), '1300900011')).toEqual([]);
    expect(rulesOf(iin(), '1300900012')).toEqual(['iin-format']);
    const said = (text: string): string => JSON.stringify(iin().safeParse(text).error);
    expect(said('1300900011')).not.toContain('1300900011');
    expect(said('1300900011')).toContain('has 10 digits and lacks 2 leading zeros, as');
    expect(said('11300900013')).toContain('has 11 digits and lacks a leading zero, as');
  });
});

describe('restoreIin and restoreBin', () => {
  test.each([
    ['1300900011', '001300900011'],
    ['1300900207', '001300900207'],
  ])('give %s its zeros back', (text, number) => {
    expect(restoreIin(text)).toBe(number);
    expect(restoreBin(text)).toBe(number);
  });

  test.each([
    '',
    '1',
    '12345678',
    '0013009000',
    '1300900012',
    '001300900011',
    '991340000017',
    '1300900011 ',
    '-1300900011',
  ])('give nothing for %j', (text) => {
    expect(restoreIin(text)).toBeUndefined();
    expect(restoreBin(text)).toBeUndefined();
  });

  test('give nothing for a number', () => {
    expect(restoreIin(1300900011 as never)).toBeUndefined();
  });

  test('give a right number that ends with the text, or nothing', async () => {
    await fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{0,13}$/), (text) => {
        const restored = restoreIin(text);
        if (restored === undefined) return;
        expect(isIin(restored) && isBin(restored)).toBe(true);
        expect(restored.endsWith(text) && text.length < 12).toBe(true);
      }),
    );
  });
});

describe('birthDateHint', () => {
  test.each([
    ['850228300000', '1985-02-28'],
    ['000229500000', '2000-02-29'],
    ['991231100000', '1899-12-31'],
    ['010101600000', '2001-01-01'],
  ])('of %s is %s, whatever the control digit', (number, date) => {
    expect(birthDateHint(number)).toBe(date);
  });

  test.each([
    '001300900011',
    '850230300000',
    '010229500000',
    '850228000000',
    '850228700000',
    '850228900000',
    '',
    'x',
    '85022830000',
  ])('of %j is none', (number) => {
    expect(birthDateHint(number)).toBeUndefined();
  });
});

describe('documentNumber', () => {
  test.each(['012345678', 'N12345678', 'AB 1234567', 'ЖҚ-1'])('accepts %j', (text) => {
    expect(documentNumber().safeParse(text).success).toBe(true);
  });

  test.each(['', ' 012345678', 'N12345678\n', 'И\u0306-1', 12345678])('refuses %j', (text) => {
    expect(documentNumber().safeParse(text).success).toBe(false);
  });
});

describe('documentNumberHint', () => {
  test.each([
    ['identity-card', '012345678'],
    ['passport', 'N12345678'],
    ['passport', 'N1234567'],
  ] as const)('of %s %s is none', (kind, text) => {
    expect(documentNumberHint(kind, text)).toBeUndefined();
  });

  test.each([
    ['identity-card', '12345678', 'leading zero'],
    ['identity-card', '0123456789', 'nine digits'],
    ['identity-card', 'N12345678', 'nine digits'],
    ['passport', 'Н12345678', 'Cyrillic'],
    ['passport', '012345678', 'Latin letter N'],
    ['passport', 'N123456789', 'Latin letter N'],
  ] as const)('of %s %s tells what is unusual, without the number', (kind, text, words) => {
    expect(documentNumberHint(kind, text)).toContain(words);
    expect(documentNumberHint(kind, text)).not.toContain(text);
  });

  test('refuses a kind that it does not know', () => {
    expect(() => documentNumberHint('visa' as never, '1')).toThrow(TypeError);
  });
});
