import { describe, expect, test } from 'vitest';

import { codeTable } from './code-table.ts';
import { explainCode } from './explain-code.ts';

describe('explainCode', () => {
  test('explains every code of the table in three languages, with what to do', () => {
    for (const entry of codeTable) {
      const explanation = explainCode(entry.code);

      expect(explanation).toBe(entry);
      const words = [entry.ru, entry.kk, entry.en, ...Object.values(entry.remedy)];
      expect(words).toHaveLength(6);
      expect(words.every((text) => /^\p{L}.+\.$/u.test(text))).toBe(true);
    }
  });

  test('has each code once', () => {
    expect(new Set(codeTable.map((entry) => entry.code)).size).toBe(codeTable.length);
  });

  test.each([
    ['SCSS001', 'status', 'observed'],
    ['SCSE001', 'status', 'observed'],
    ['SCE001', 'fault', 'code'],
    ['SCE004', 'fault', 'code'],
    ['SCE005', 'fault', 'code'],
    ['SCE006', 'fault', 'code'],
    ['SCE007', 'fault', 'code'],
    ['SCE013', 'fault', 'weak'],
    ['SIGN_NOT_EXIST', 'session-id', 'code'],
  ])('says of %s that it stands in the %s, evidence %s', (code, place, evidence) => {
    expect(explainCode(code)).toMatchObject({ place, evidence });
  });

  test.each([
    'SCSS002',
    'SCSE099',
    'SCE002',
    'SCE999',
    'scss001',
    'SCSS001 ',
    'success',
    '',
    '__proto__',
    'toString',
  ])('invents nothing for %j', (code) => {
    expect(explainCode(code)).toBeUndefined();
  });
});
