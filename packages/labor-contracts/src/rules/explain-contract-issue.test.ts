import { describe, expect, test } from 'vitest';

import { change, changed, contracts, register, terminate } from '../../test/sample-requests.ts';
import { type ContractRequest, contractFieldNames, explainContractIssue, explainScse } from '../index.ts';

const [contract, end] = ['newContractData/contractData', 'terminationContractData'];

/** The explanation of the only issue of a request with one field changed. */
function explained(request: ContractRequest, path: string, value: unknown) {
  const { issues } = contracts.check(changed(request, path, value));
  expect(issues).toHaveLength(1);
  return issues.map(explainContractIssue)[0];
}

describe('explainContractIssue', () => {
  test.each<[ContractRequest, string, unknown, string, string | undefined, RegExp]>([
    [register, `${contract}/beginDate`, '', 'beginDate', 'SCSE005', /^Не заполнено\.$/],
    [register, 'newContractData/documentData/conscript', '', 'conscript', 'SCSE021', /Не заполнено/],
    [terminate, `${end}/terminationReason`, '', 'terminationReason', 'SCSE022', /Не заполнено/],
    [register, 'newContractData/employeeData/iin', '1300900011', 'employeeIin', 'SCSE045', /нули/],
    [register, 'newContractData/employeeData/iin', '001300900270', 'employeeIin', 'SCSE045', /контрольная/],
    [register, 'newContractData/employerData/bin', 'x', 'employerBin', 'SCSE043', /БИН/],
    [register, `${contract}/contractDate`, '2026-02-30', 'contractDate', undefined, /календаре/],
    [register, `${contract}/contractNumber`, 'И\u0306', 'contractNumber', undefined, /из двух символов/],
    [register, `${contract}/contractNumber`, 'a\u0001', 'contractNumber', undefined, /невидимый символ/i],
    [
      change,
      'subsidiaryContractData/subsidiaryContractNumber',
      ' ',
      'agreementNumber',
      'SCSE015',
      /Не заполнено/,
    ],
  ])('says what is wrong, in words: %#', (request, path, value, field, code, words) => {
    const explanation = explained(request, path, value);
    expect(explanation).toMatchObject({ path: `/contractRequest/${path}`, field });
    expect(explanation?.code).toBe(code);
    expect(explanation?.ru).toMatch(words);
    for (const text of [explanation, explanation?.remedy]) {
      for (const language of ['ru', 'kk', 'en'] as const) expect(text?.[language]).toMatch(/^«?\p{Lu}.*\.$/u);
    }
  });

  test('names the field to fill in', () => {
    const { remedy } = explained(register, `${contract}/beginDate`, '') ?? {};
    expect(remedy).toEqual({
      ru: 'Заполните поле «Дата начала».',
      kk: '«Басталу күні» өрісін толтырыңыз.',
      en: 'Fill in “Begin date”.',
    });
  });

  test('takes the words of the error book where they say it best', () => {
    const { ru, kk, en, remedy } = explainScse('SCSE059') ?? {};
    expect(explained(register, `${contract}/contractDate`, '2026-01-14')).toMatchObject({
      ru,
      kk,
      en,
      remedy,
    });
    // A block has no name among the fields.
    const block = explained(register, 'newContractData/documentData', undefined);
    expect(block).toMatchObject({ code: 'SCSE021', ru: explainScse('SCSE021')?.ru });
    expect(block).not.toHaveProperty('field');
  });

  test('knows no more of other rules than their name and message', () => {
    const issue = {
      path: '/contractRequest/newContractData/toString',
      rule: 'constructor',
      message: 'is odd',
    };
    const explanation = explainContractIssue(issue);
    expect(explanation).toMatchObject({
      path: issue.path,
      en: 'is odd',
      ru: expect.stringContaining('constructor'),
    });
    expect(explanation).not.toHaveProperty('field');
    expect(explanation).not.toHaveProperty('code');
  });

  test('every field has a name in three languages', () => {
    for (const name of Object.values(contractFieldNames)) {
      expect([name.ru, name.kk, name.en].every((word) => word.length > 0)).toBe(true);
    }
  });
});
