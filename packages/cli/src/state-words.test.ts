import { describe, expect, test } from 'vitest';

import { documentStateWord } from './ekdo/document-words.ts';
import { rowCount } from './labor-contracts/row-states.ts';

describe('rowCount', () => {
  test.each([
    ['accepted', 'ru', 'принято 2'],
    ['accepted', 'kk', 'қабылданды 2'],
    ['accepted', 'en', 'accepted 2'],
    ['in-doubt', 'ru', 'исход неизвестен 2'],
    ['in-doubt before', 'kk', 'бұрын нәтижесі белгісіз 2'],
    ['refused before', 'ru', 'ранее отказано 2'],
    ['done before', 'ru', 'ранее сделано 2'],
    ['done before', 'kk', 'бұрын орындалды 2'],
    ['done before', 'en', 'done before 2'],
    ['toString', 'ru', 'toString 2'],
  ] as const)('of %s in %s is %s', (state, language, words) => {
    expect(rowCount(state, 2, language)).toBe(words);
  });
});

describe('documentStateWord', () => {
  test.each([
    ['sent', 'ru', 'отправлено'],
    ['closed before', 'ru', 'ранее закончено вручную'],
    ['not-signed', 'ru', 'не подписано'],
    ['not-signed', 'en', 'not-signed'],
  ] as const)('of %s in %s is %s', (state, language, words) => {
    expect(documentStateWord(state, language)).toBe(words);
  });
});
