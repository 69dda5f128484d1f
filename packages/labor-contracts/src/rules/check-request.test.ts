import { fixedClock } from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import {
  change,
  changed,
  codesOf,
  contracts,
  contractsOf,
  register,
  terminate,
} from '../../test/sample-requests.ts';
import { bookOf, type ContractRequest, createWorkCalendar } from '../index.ts';

describe('check', () => {
  test.each([
    ['registration', register],
    ['change', change],
    ['termination', terminate],
  ])('finds nothing in a %s', (_name, request) => {
    expect(contracts.check(request)).toEqual({ issues: [], warnings: [] });
  });

  const contract = 'newContractData/contractData';
  const agreement = 'subsidiaryContractData';
  const end = 'terminationContractData';
  test.each<[string, ContractRequest, string, unknown]>([
    ['SCSE008', register, 'newContractData/employerData', undefined],
    ['SCSE009', register, 'newContractData/employerData/bin', undefined],
    ['SCSE043', register, 'newContractData/employerData/bin', '991340000018'],
    ['SCSE010', register, 'newContractData/employeeData', undefined],
    ['SCSE011', register, 'newContractData/employeeData/iin', undefined],
    ['SCSE045', register, 'newContractData/employeeData/iin', '1300900011'],
    ['SCSE045', register, 'newContractData/employeeData/iin', '001300900270'],
    ['SCSE138', register, contract, undefined],
    ['SCSE003', register, `${contract}/contractNumber`, undefined],
    ['SCSE003', register, `${contract}/contractNumber`, ' '],
    ['SCSE004', register, `${contract}/contractDate`, undefined],
    ['SCSE005', register, `${contract}/beginDate`, undefined],
    ['SCSE006', register, `${contract}/position`, ''],
    ['SCSE029', register, `${contract}/establishedPost`, undefined],
    ['SCSE021', register, 'newContractData/documentData', undefined],
    ['SCSE021', register, 'newContractData/documentData/conscript', undefined],
    ['SCSE059', register, `${contract}/contractDate`, '2026-01-14'],
    ['SCSE139', register, `${contract}/beginDate`, '1956-01-12'],
    ['SCSE140', register, `${contract}/beginDate`, '2076-01-14'],
    ['date', register, `${contract}/beginDate`, '2026-02-30'],
    ['date', register, `${contract}/beginDate`, '13.01.2026'],
    ['nfc', register, `${contract}/contractNumber`, 'И\u0306'],
    ['xml-characters', register, `${contract}/contractNumber`, 'a\u0000'],
    ['type', register, `${contract}/contractNumber`, 1],
    ['type', register, contract, null],
    ['unknown-field', register, `${contract}/endDate`, '2027-01-01'],
    ['known-element', register, `${contract}/extra`, [{ name: 'beginDate', content: '1' }]],
    ['place', register, `${contract}/extra`, [{ after: 'nowhere', name: 'a', content: '1' }]],
    ['SCSE008', change, `${agreement}/employerData`, undefined],
    ['SCSE026', change, `${agreement}/contractId`, undefined],
    ['SCSE015', change, `${agreement}/subsidiaryContractNumber`, ''],
    ['SCSE023', change, `${agreement}/subsidiaryContractDate`, undefined],
    ['SCSE024', change, `${agreement}/beginDate`, undefined],
    ['SCSE006', change, `${agreement}/position`, undefined],
    ['SCSE029', change, `${agreement}/establishedPost`, undefined],
    ['SCSE064', change, `${agreement}/beginDate`, '2026-01-11'],
    ['SCSE026', terminate, `${end}/contractId`, undefined],
    ['SCSE018', terminate, `${end}/terminationDate`, undefined],
    ['SCSE066', terminate, `${end}/terminationDate`, '2026-01-14+05:00'],
    ['SCSE022', terminate, `${end}/terminationReason`, undefined],
    ['SCSE022', terminate, `${end}/terminationReason`, '5'],
    ['SCSE022', terminate, `${end}/terminationReason`, '03-026'],
    ['SCSE084', terminate, `${end}/terminationReason`, '03'],
  ])('says %s', (code, request, path, value) => {
    const { issues } = contracts.check(changed(request, path, value));
    expect(codesOf(issues)).toEqual([code]);
    expect(issues[0]?.path).toMatch(/^\/contractRequest\//);
    if (code.startsWith('SCSE')) {
      expect(issues[0]?.message).toContain(`(${code})`);
      expect(issues[0]?.clause).toContain(code);
    }
  });

  test.each<[string, ContractRequest, string]>([
    ['SCSE009', register, 'newContractData/employerData/bin'],
    ['SCSE011', register, 'newContractData/employeeData/iin'],
    ['SCSE003', register, `${contract}/contractNumber`],
    ['SCSE004', register, `${contract}/contractDate`],
    ['SCSE005', register, `${contract}/beginDate`],
    ['SCSE021', register, 'newContractData/documentData/conscript'],
    ['SCSE023', change, `${agreement}/subsidiaryContractDate`],
    ['SCSE024', change, `${agreement}/beginDate`],
    ['SCSE026', terminate, `${end}/contractId`],
    ['SCSE018', terminate, `${end}/terminationDate`],
    ['SCSE022', terminate, `${end}/terminationReason`],
  ])('says %s for what a form left blank, as for what is missing', (code, request, path) => {
    for (const identity of ['strict', 'off'] as const) {
      const lenient = contractsOf({ identity });
      const [missing] = lenient.check(changed(request, path, undefined)).issues;
      expect(missing).toMatchObject({ rule: 'required', code });
      for (const blank of ['', ' \u00a0']) {
        expect(lenient.check(changed(request, path, blank)).issues).toEqual([missing]);
      }
    }
  });

  test('a blank field of an unknown name is still one of an unknown name', () => {
    const { issues } = contracts.check(changed(register, `${contract}/endDate`, ''));
    expect(codesOf(issues)).toEqual(['unknown-field']);
  });

  test('says SCSE062 for an agreement of tomorrow', () => {
    const tomorrow = changed(
      changed(change, `${agreement}/subsidiaryContractDate`, '2026-01-14'),
      `${agreement}/beginDate`,
      '2026-01-14',
    );
    expect(codesOf(contracts.check(tomorrow).issues)).toEqual(['SCSE062']);
  });

  test.each<[string, unknown, string, string]>([
    ['nothing', {}, '/contractRequest', 'operation'],
    ['no object', null, '/contractRequest', 'type'],
    ['text', 'x', '/contractRequest', 'type'],
    ['two operations', { ...register, ...terminate }, '/contractRequest', 'operation'],
    ['an operation that is null', { newContractData: null }, '/contractRequest/newContractData', 'type'],
    [
      'an operation that is text',
      { terminationContractData: 'x' },
      '/contractRequest/terminationContractData',
      'type',
    ],
    ['several raw operations', { rawOperation: [] }, '/contractRequest/rawOperation', 'type'],
    [
      'a raw operation of a known name',
      { rawOperation: { name: 'newContractData', content: '' } },
      '/contractRequest/rawOperation[1]',
      'known-element',
    ],
    [
      'a raw operation without a name',
      { rawOperation: { content: '' } },
      '/contractRequest/rawOperation[1]',
      'name',
    ],
    [
      'a raw operation with markup for a name',
      { rawOperation: { name: 'a/><b', content: '' } },
      '/contractRequest/rawOperation[1]',
      'name',
    ],
  ])('refuses %s', (_name, request, path, rule) => {
    expect(contracts.check(request as ContractRequest).issues).toMatchObject([{ path, rule }]);
  });

  test('compares with the registered contract where it is known', () => {
    const known = { beginDate: '2026-01-13' };
    expect(codesOf(contracts.check(change, known).issues)).toEqual(['SCSE063']);
    expect(codesOf(contracts.check(terminate, known).issues)).toEqual(['SCSE067']);
    expect(contracts.check(terminate, { beginDate: '2026-01-12+06:00' }).issues).toEqual([]);
  });

  test('knows what day it is in Kazakhstan, not on the host', () => {
    const at = (atMs: number, offset?: string) =>
      codesOf(
        contractsOf({ clock: fixedClock(atMs), ...(offset === undefined ? {} : { offset }) }).check(terminate)
          .issues,
      );
    expect(at(Date.UTC(2026, 0, 11, 18, 59, 59))).toEqual(['SCSE066']);
    expect(at(Date.UTC(2026, 0, 11, 19))).toEqual([]);
    expect(at(Date.UTC(2026, 0, 11, 18, 59, 59), '+06:00')).toEqual([]);
  });

  test('looks codes up in the books that there are', () => {
    const book = bookOf([
      { code: '2511-1-002', actual: true, leaf: true },
      { code: '2511-1', actual: true, leaf: false },
      { code: '211101', actual: false, leaf: true },
    ]);
    const all = contractsOf({ books: { position: book, establishedPost: book, conscript: book } });
    const at = (path: string, value: string) => codesOf(all.check(changed(register, path, value)).issues);
    expect(codesOf(all.check(register).issues)).toEqual(['SCSE040']);
    expect(at(`${contract}/position`, '2511-1')).toEqual(['SCSE083', 'SCSE040']);
    expect(at(`${contract}/position`, '9999-9-999')).toEqual(['SCSE007', 'SCSE040']);
    expect(at(`${contract}/position`, '211101')).toEqual(['SCSE007', 'SCSE040']);
    expect(at(`${contract}/establishedPost`, 'Бас маман')).toEqual(['SCSE069', 'SCSE040']);
    expect(at(`${contract}/establishedPost`, '2511-1')).toEqual(['SCSE082', 'SCSE040']);
  });

  test('takes another book of reasons than its own', () => {
    const own = contractsOf({ books: { terminationReason: undefined } });
    expect(codesOf(own.check(changed(terminate, `${end}/terminationReason`, '5')).issues)).toEqual([
      'SCSE022',
    ]);
    const other = contractsOf({ books: { terminationReason: bookOf([{ code: '10', actual: true }]) } });
    expect(codesOf(other.check(terminate).issues)).toEqual(['SCSE022']);
    expect(other.check(changed(terminate, `${end}/terminationReason`, '10')).issues).toEqual([]);
  });

  test('warns of a position of another form, and does not refuse it', () => {
    const { issues, warnings } = contracts.check(changed(register, `${contract}/position`, '211101'));
    expect(issues).toEqual([]);
    expect(warnings).toMatchObject([{ rule: 'code-pattern', code: 'SCSE007' }]);
    expect(contracts.encode(changed(register, `${contract}/position`, '211101')).length).toBeGreaterThan(0);
  });

  test('warns of a term that has passed, and does not refuse it', () => {
    const calendar = createWorkCalendar({ holidays: ['2026-01-01', '2026-01-02', '2026-01-07'] });
    const late = contractsOf({ calendar });
    expect(late.check(register).warnings).toEqual([]);
    // Signed on Monday, 29 December: 30, 31, 5, 6, 8 January are the five working days.
    const at = (date: string) =>
      codesOf(late.check(changed(register, `${contract}/contractDate`, date)).warnings);
    expect(at('2025-12-29')).toEqual(['SCSE088']);
    expect(at('2026-01-06')).toEqual([]);
    expect(at('2026-01-05')).toEqual([]);
    expect(at('2026-01-02')).toEqual(['SCSE088']);
    expect(at('nonsense')).toEqual([]);
    expect(at('9999-12-31')).toEqual([]);
    expect(codesOf(late.check(changed(terminate, `${end}/terminationDate`, '2026-01-05')).warnings)).toEqual([
      'SCSE091',
    ]);
    expect(
      codesOf(late.check(changed(change, `${agreement}/subsidiaryContractDate`, '2025-12-28')).warnings),
    ).toEqual(['SCSE089']);
    expect(late.check(changed(change, `${agreement}/subsidiaryContractDate`, undefined)).warnings).toEqual(
      [],
    );
  });

  test('checks numbers as much as it is told', () => {
    const stand = changed(register, 'newContractData/employeeData/iin', '123456789012');
    expect(codesOf(contracts.check(stand).issues)).toEqual(['SCSE045']);
    expect(contractsOf({ identity: 'format' }).check(stand).issues).toEqual([]);
    const word = changed(register, 'newContractData/employeeData/iin', 'test');
    expect(contractsOf({ identity: 'off' }).check(word).issues).toEqual([]);
  });
});
