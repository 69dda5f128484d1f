import { describe, expect, test } from 'vitest';

import type { Language } from './language.ts';
import { problemLine } from './problem-lines.ts';

const line = (text: string, place: { row?: number; column?: string } = { row: 2 }): string =>
  problemLine<Language>(
    {
      code: 'SCSE045',
      ...place,
      message: { ru: text, kk: text, en: text },
      remedy: { ru: 'сделайте', kk: 'жасаңыз', en: 'do it.' },
    },
    'ru',
  );

describe('problemLine', () => {
  test.each([
    ['Не сходится цифра.', 'не сходится цифра'],
    ['не сходится цифра', 'не сходится цифра'],
    ['В графе нет даты', 'в графе нет даты'],
    ['ИИН — это ровно 12 цифр.', 'ИИН — это ровно 12 цифр'],
    ['Excel превратил текст в дату', 'Excel превратил текст в дату'],
    ['StructTreeRoot отсутствует', 'StructTreeRoot отсутствует'],
  ])('goes on behind the colon as in one sentence: %s', (text, said) => {
    expect(line(text)).toBe(`строка 2: ${said} (SCSE045). Сделайте.`);
  });

  test('begins with the message where no place is known', () => {
    expect(line('Не сходится цифра', {})).toBe('не сходится цифра (SCSE045). Сделайте.');
  });
});
