import { describe, expect, test } from 'vitest';

import { isDocumentValid, type PersonDocument } from '../index.ts';

const card: PersonDocument = {
  type: { code: '002' },
  number: '000000045',
  status: { code: '00' },
  beginDate: '2016-05-20',
  endDate: '2026-05-19',
};

describe('isDocumentValid', () => {
  test.each<[string, PersonDocument, string]>([
    ['between its dates', card, '2026-01-13'],
    ['on its first day', card, '2016-05-20'],
    ['on its last day', card, '2026-05-19+05:00'],
    ['without dates', { status: { code: '00' } }, '2026-01-13'],
    ['before it becomes invalid', { ...card, invalidityDate: '2026-01-14' }, '2026-01-13'],
    ['with instants for dates', { ...card, endDate: '2026-05-19T00:00:00+06:00' }, '2026-05-19'],
  ])('is true %s', (_name, document, day) => {
    expect(isDocumentValid(document, day)).toBe(true);
  });

  test.each<[string, PersonDocument, string]>([
    ['the day before', card, '2016-05-19'],
    ['the day after', card, '2026-05-20'],
    ['from the day on which it becomes invalid', { ...card, invalidityDate: '2026-01-13' }, '2026-01-13'],
    ['with another status', { ...card, status: { code: '01' } }, '2026-01-13'],
    ['with a status that lost a zero', { ...card, status: { code: '0' } }, '2026-01-13'],
    ['with a status without code', { ...card, status: { nameRu: 'ДЕЙСТВИТЕЛЕН' } }, '2026-01-13'],
    ['without a status', { endDate: '2030-01-01' }, '2026-01-13'],
    ['with an end that cannot be read', { ...card, endDate: '31.12.2030' }, '2026-01-13'],
    ['with a beginning that cannot be read', { ...card, beginDate: '' }, '2026-01-13'],
    ['with an invalidity that cannot be read', { ...card, invalidityDate: '?' }, '2026-01-13'],
  ])('is false %s', (_name, document, day) => {
    expect(isDocumentValid(document, day)).toBe(false);
  });

  test.each(['', '2026', '13.01.2026', '2026-02-30'])('refuses the day %j', (day) => {
    expect(() => isDocumentValid(card, day)).toThrow(TypeError);
  });
});
