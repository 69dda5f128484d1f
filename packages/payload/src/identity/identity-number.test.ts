import { ValidateError } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { bin, isBin, parseBin } from './bin.ts';
import { controlDigit } from './control-digit.ts';
import { iin, isIin, parseIin } from './iin.ts';

// Made-up numbers of nobody: month 13, day 00.
const onePass = ['001300900011', '001300900021', '001300900031', '001300900041'];
const twoPasses = ['001300900207', '001300900219', '001300900220', '001300900232'];
const unusable = ['00130090027', '00130090108', '00130090299', '00130090450'];
const binOnePass = ['991340000017', '991340000027', '991340000037', '991340000047'];
const binTwoPasses = ['991340000801', '991340000813', '991340000825', '991340000837'];
const binUnusable = ['99134000160', '99134000241', '99134000322', '99134000403'];

const elevenDigits = fc.stringMatching(/^[0-9]{11}$/);

describe('controlDigit', () => {
  test.each([...onePass, ...twoPasses, ...binOnePass, ...binTwoPasses])(
    'of %s is its last digit',
    (number) => {
      expect(controlDigit(number)).toBe(Number(number[11]));
    },
  );

  test.each([...unusable, ...binUnusable])('of %s does not exist', (prefix) => {
    expect(controlDigit(prefix)).toBeUndefined();
  });

  test('differs when one of the first ten digits differs, unless the second pass decides', async () => {
    await fc.assert(
      fc.property(elevenDigits, fc.nat(9), fc.integer({ min: 1, max: 9 }), (digits, at, shift) => {
        const other = digits.slice(0, at) + ((Number(digits[at]) + shift) % 10) + digits.slice(at + 1);
        fc.pre(firstSum(digits) !== 10 && firstSum(other) !== 10);
        expect(controlDigit(other)).not.toBe(controlDigit(digits));
      }),
    );
  });

  function firstSum(digits: string): number {
    return [...digits].reduce((sum, digit, index) => sum + (index + 1) * Number(digit), 0) % 11;
  }
});

describe.each([
  { kind: 'iin', isNumber: isIin, parse: parseIin, schema: iin, numbers: [...onePass, ...twoPasses] },
  { kind: 'bin', isNumber: isBin, parse: parseBin, schema: bin, numbers: [...binOnePass, ...binTwoPasses] },
] as const)('$kind', ({ kind, isNumber, parse, schema, numbers }) => {
  test.each(numbers)('accepts %s', (number) => {
    expect(isNumber(number)).toBe(true);
    expect(parse(number)).toBe(number);
  });

  test.each([
    ['is empty', '', 'format'],
    ['has eleven digits', '00130090001', 'format'],
    ['has thirteen digits', '0013009000110', 'format'],
    ['has a space in front', ' 001300900011', 'format'],
    ['has a line break behind', '001300900011\n', 'format'],
    ['has a letter', '00130090001O', 'format'],
    ['has digits of another script', '٠٠١٣٠٠٩٠٠٠١١', 'format'],
    ['has full-width digits', '００１３００９０００１１', 'format'],
    ['has a wrong control digit', '001300900012', 'checksum'],
    ['is a placeholder', '123456789012', 'checksum'],
    ['is a row of ones', '111111111111', 'checksum'],
    ['is all zeros, which the sum accepts', '000000000000', 'checksum'],
    ['has a prefix that no number has', '001300900270', 'checksum'],
  ])('is refused when it %s', async (_name, number, rule) => {
    expect(isNumber(number)).toBe(false);
    expect(await codeOf(() => parse(number))).toBe('ERR_VALIDATE_CONTRACT');
    expect(issuesOf(() => parse(number))).toMatchObject([{ rule: `${kind}-${rule}` }]);
    expect(schema().safeParse(number).success).toBe(false);
  });

  test('is refused when it is no text', () => {
    expect(isNumber(1300900011 as never)).toBe(false);
    expect(issuesOf(() => parse(null as never))).toMatchObject([{ rule: `${kind}-format` }]);
  });

  test('never says the number', () => {
    expect(() => parse('991340000018')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('991340000018') }) as Error,
    );
    expect(JSON.stringify(issuesOf(() => parse('991340000018')))).not.toContain('991340000018');
  });

  test('is checked as much as the mode says', () => {
    const outcome = (text: string) =>
      (['strict', 'format', 'off'] as const).map((mode) => schema({ mode }).safeParse(text).success);
    expect(outcome(numbers[0] ?? '')).toEqual([true, true, true]);
    expect(outcome('123456789012')).toEqual([false, true, true]);
    expect(outcome('test')).toEqual([false, false, true]);
    expect(outcome('')).toEqual([false, false, false]);
  });

  test('refuses an unknown mode', () => {
    expect(() => schema({ mode: 'lax' as never })).toThrow(TypeError);
  });

  test('accepts exactly one last digit, or none', async () => {
    await fc.assert(
      fc.property(elevenDigits, (prefix) => {
        const accepted = [...'0123456789'].filter((digit) => isNumber(prefix + digit));
        const expected = prefix === '00000000000' || controlDigit(prefix) === undefined ? 0 : 1;
        expect(accepted).toHaveLength(expected);
      }),
    );
  });

  test('does not look at dates and sex', () => {
    const impossible = ['999999', '000000', '310299'].flatMap((date) =>
      [...'0789'].map((seventh) => `${date}${seventh}0001`),
    );
    for (const prefix of impossible) {
      const digit = controlDigit(prefix);
      if (digit !== undefined) expect(isNumber(`${prefix}${digit}`)).toBe(true);
    }
  });
});

function issuesOf(run: () => unknown): unknown {
  try {
    run();
    return null;
  } catch (error) {
    return error instanceof ValidateError ? error.issues : error;
  }
}
