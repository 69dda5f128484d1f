import { describe, expect, test } from 'vitest';

import { bookOf } from '../books/reference-book.ts';
import { type ContractConditions, checkContractConditions, isClientId } from './contract-conditions.ts';

const context = { operation: 'newContractData', today: '2026-01-13' } as const;
const sound: ContractConditions = {
  term: '2',
  beginDate: '2026-01-13+05:00',
  endDate: '2027-01-12+05:00',
  workType: '2',
  workingHours: '1',
  tariffRate: '0.5',
  remoteWork: '3',
  country: '398',
  kato: '710000000',
  address: 'Астана',
  clientId: '11111111-2222-4333-8444-555555555555',
};

const check = (change: ContractConditions, more = {}) =>
  checkContractConditions({ ...sound, ...change }, { ...context, ...more });

describe('checkContractConditions', () => {
  test('finds nothing in sound conditions', () => {
    expect(check({})).toEqual({ issues: [], warnings: [] });
    expect(check({ term: '1', endDate: undefined }).issues).toEqual([]);
    expect(check({ country: '643', kato: undefined }).issues).toEqual([]);
    expect(check({ tariffRate: '1', clientId: undefined }).issues).toEqual([]);
  });

  test.each<[ContractConditions, string]>([
    [{ term: undefined }, 'SCSE039'],
    [{ term: '9' }, 'SCSE038'],
    [{ term: '8' }, 'SCSE151'],
    [{ term: '1' }, 'SCSE057'],
    [{ endDate: undefined }, 'SCSE054'],
    [{ term: '3', endDate: ' ' }, 'SCSE054'],
    [{ endDate: 'soon' }, 'SCSE054'],
    [{ endDate: '2026-01-12' }, 'SCSE061'],
    [{ endDate: '2027-01-11' }, 'SCSE068'],
    [{ endDate: '2076-01-14' }, 'SCSE141'],
    [{ beginDate: '9999-01-01', endDate: '9999-12-30' }, 'SCSE141'],
    [{ workType: '3' }, 'SCSE104'],
    [{ workType: '02' }, 'SCSE104'],
    [{ remoteWork: 'true' }, 'SCSE150'],
    [{ workingHours: '6' }, 'SCSE075'],
    [{ workingHours: undefined }, 'SCSE074'],
    [{ tariffRate: '0' }, 'SCSE078'],
    [{ tariffRate: '1.01' }, 'SCSE078'],
    [{ tariffRate: '0,5' }, 'SCSE078'],
    [{ tariffRate: '-0.5' }, 'SCSE078'],
    [{ tariffRate: '5e-1' }, 'SCSE078'],
    [{ tariffRate: 'NaN' }, 'SCSE078'],
    [{ clientId: 'short' }, 'SCSE087'],
    [{ address: '' }, 'SCSE055'],
    [{ kato: undefined }, 'SCSE105'],
    [{ country: '643' }, 'SCSE108'],
  ])('of %j says %s', (change, code) => {
    expect(check(change).issues.map((issue) => issue.code)).toEqual([code]);
  });

  test('has other codes for an agreement', () => {
    const agreement = { operation: 'subsidiaryContractData' };
    expect(check({ endDate: '2026-01-12' }, agreement).issues[0]?.code).toBe('SCSE065');
    expect(check({ endDate: '2076-01-14' }, agreement).issues[0]?.code).toBe('SCSE142');
    expect(check({ term: undefined }, agreement).issues).toEqual([]);
    expect(check({ term: '8' }, agreement).issues).toEqual([]);
  });

  test('warns of forms, and refuses by books', () => {
    expect(check({ country: 'KZ', kato: undefined }).warnings.map(({ code }) => code)).toEqual(['SCSE107']);
    expect(check({ kato: '71' }).warnings.map(({ code }) => code)).toEqual(['SCSE073']);
    const empty = bookOf([]);
    const { issues, warnings } = check({}, { countries: empty, kato: empty });
    expect(issues.map(({ code }) => code)).toEqual(['SCSE107', 'SCSE073']);
    expect(warnings).toEqual([]);
  });

  test('takes a book of terms', () => {
    const terms = bookOf([
      { code: '9', actual: true, leaf: true },
      { code: '0', actual: true, leaf: false },
    ]);
    expect(check({ term: '9' }, { terms }).issues).toEqual([]);
    expect(check({ term: '0' }, { terms }).issues[0]?.code).toBe('SCSE081');
  });
});

describe('isClientId', () => {
  test.each(['a'.repeat(32), 'Z-9'.repeat(15)])('holds for %s', (text) => {
    expect(isClientId(text)).toBe(true);
  });

  test.each([
    '',
    'a'.repeat(31),
    'a'.repeat(46),
    `${'a'.repeat(32)}_`,
    `${'a'.repeat(31)}ә`,
    `${'a'.repeat(32)}\n`,
    1,
  ])('does not hold for %j', (text) => {
    expect(isClientId(text as string)).toBe(false);
  });
});
