import { describe, expect, test } from 'vitest';

import type { ContractOutcome } from '../registry/contract-outcome.ts';
import { scseIssue } from '../rules/contract-issue.ts';
import { sentRow } from './row-result.ts';

const words = { message: { ru: '', kk: '', en: '' }, remedy: { ru: '', kk: '', en: '' } };
const warnings = ['SCSE088', 'SCSE091', 'deadline-without-holidays', 'SCSE007'].map((code) => ({
  code,
  ...words,
}));
const row = { row: 2, operation: 'register', key: 'k', warnings } as const;
const accepted = { operation: 'register', key: 'k', state: 'accepted', warnings: [], registeredId: 'id' };

describe('sentRow', () => {
  test.each([
    ['sent now', false, ['SCSE088', 'SCSE091', 'deadline-without-holidays', 'SCSE007']],
    ['sent by an earlier call: on what day is not known', true, ['SCSE007']],
  ])('has the warnings of terms of a row that was %s', (_name, repeated, codes) => {
    const result = sentRow(row, { ...accepted, repeated } as unknown as ContractOutcome);
    expect(result.warnings.map(({ code }) => code)).toEqual(codes);
  });
});

describe('sentRow of a registration that was accepted', () => {
  test.each([
    ['an answer without an id', { registeredId: undefined, response: {} }, ['answered']],
    ['an answer with one', { response: {} }, []],
    ['no answer: a person found that out', { registeredId: undefined, response: undefined }, []],
  ])('says so when there is %s', (_name, partial, codes) => {
    const { problems } = sentRow(row, { ...accepted, ...partial } as unknown as ContractOutcome);
    expect(problems.map(({ code }) => code)).toEqual(codes);
  });

  test('a termination needs no id in its answer', () => {
    const ended = { ...accepted, operation: 'terminate', registeredId: undefined, response: {} };
    expect(sentRow({ ...row, operation: 'terminate' }, ended as unknown as ContractOutcome).problems).toEqual(
      [],
    );
  });
});

describe('sentRow of a request that the registry finds wrong', () => {
  test('names the field as people call it', () => {
    const path = '/contractRequest/terminationContractData/terminationDate';
    const issues = [scseIssue(path, 'date-order', 'must not be before the contract begins', 'SCSE067')];
    const outcome = { state: 'invalid', issues } as unknown as ContractOutcome;
    const { problems } = sentRow({ row: 2, operation: 'terminate', key: 'k', warnings: [] }, outcome);
    expect(problems).toMatchObject([{ code: 'SCSE067', row: 2, column: 'Дата прекращения' }]);
  });
});
