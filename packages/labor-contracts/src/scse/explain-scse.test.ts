import { describe, expect, test } from 'vitest';

import { explainScse, scseCodes } from './explain-scse.ts';

describe('explainScse', () => {
  test.each([
    ['SCSE001', 'signature'],
    ['SCSE046', 'signature'],
    ['SCSE275', 'signature'],
    ['SCSE014', 'duplicate'],
    ['SCSE070', 'duplicate'],
    ['SCSE086', 'duplicate'],
    ['SCSE206', 'duplicate'],
    ['SCSE012', 'not-found'],
    ['SCSE025', 'not-found'],
    ['SCSE052', 'not-found'],
    ['SCSE137', 'not-found'],
    ['SCSE003', 'validation'],
    ['SCSE084', 'validation'],
    ['SCSE088', 'deadline'],
    ['SCSE092', 'deadline'],
    ['SCSE999', 'too-big'],
    ['SCSE002', 'unknown'],
    ['SCSS001', 'ok'],
  ])('%s is of the class %s', (code, kind) => {
    expect(explainScse(code)?.class).toBe(kind);
  });

  test.each(['SCSE013', 'SCSE041', 'SCSE060', 'SCSE286', 'SCSE000', 'scse001', 'SCSE1', '', 'toString'])(
    'does not know %j, which is out of use or no code',
    (code) => {
      expect(explainScse(code)).toBeUndefined();
    },
  );
});

describe('scseCodes', () => {
  test('has each code once, in order', () => {
    const codes = scseCodes.map(({ code }) => code);
    expect(new Set(codes).size).toBe(268);
    expect([...codes].sort()).toEqual(codes);
  });

  test('has sentences in three languages, in their letters and composed', () => {
    for (const { ru, kk, en, remedy } of scseCodes) {
      for (const [language, text] of Object.entries({ ru, kk, en, ...prefixed(remedy) })) {
        expect(text).toMatch(/^\S.*\.$/s);
        expect(text.normalize('NFC')).toBe(text);
        if (language.startsWith('en')) expect(text).not.toMatch(/[\u0400-\u04ff]/);
        else expect(text).toMatch(/[А-Яа-я]/);
        if (language.startsWith('ru')) expect(text).not.toMatch(/[ӘәҒғҚқҢңӨөҰұҮүҺһІі]/);
      }
    }
  });

  test('says something of its own for each code', () => {
    for (const language of ['ru', 'kk', 'en'] as const) {
      const texts = scseCodes.map((row) => row[language]);
      const twice = texts.filter((text, index) => texts.indexOf(text) !== index);
      // SCSE087 and SCSE170 speak of ids, some dates and blocks are the same in several operations.
      expect(twice.length).toBeLessThan(25);
    }
  });
});

function prefixed({ ru, kk, en }: { ru: string; kk: string; en: string }) {
  return { ruRemedy: ru, kkRemedy: kk, enRemedy: en };
}
