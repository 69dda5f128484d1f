import { bookOf, createWorkCalendar, explainScse } from '@egov-gateway/labor-contracts';
import { describe, expect, test } from 'vitest';

import {
  ContractCaller,
  change,
  changed,
  type Fields,
  register,
  terminate,
} from '../../test/contract-caller.ts';
import { type LaborContractsServiceOptions, madeUpContracts } from '../index.ts';

type Case = readonly [code: string, path: string, value: string | Fields | undefined];

const caller = await ContractCaller.of({ contracts: madeUpContracts });

describe('a registration', () => {
  test.each<Case>([
    ['SCSE008', 'newContractData/employerData', undefined],
    ['SCSE009', 'newContractData/employerData/bin', undefined],
    ['SCSE010', 'newContractData/employeeData', undefined],
    ['SCSE011', 'newContractData/employeeData/iin', undefined],
    ['SCSE138', 'newContractData/contractData', undefined],
    ['SCSE003', 'newContractData/contractData/contractNumber', undefined],
    ['SCSE003', 'newContractData/contractData/contractNumber', ' '],
    ['SCSE004', 'newContractData/contractData/contractDate', undefined],
    ['SCSE005', 'newContractData/contractData/beginDate', undefined],
    ['SCSE006', 'newContractData/contractData/position', ''],
    ['SCSE029', 'newContractData/contractData/establishedPost', undefined],
    ['SCSE021', 'newContractData/documentData', undefined],
    ['SCSE043', 'newContractData/employerData/bin', '991340000018'],
    ['SCSE045', 'newContractData/employeeData/iin', '1300900011'],
    ['SCSE046', 'newContractData/employerData/bin', '991340000027'],
    ['SCSE059', 'newContractData/contractData/contractDate', '2026-01-14+05:00'],
    ['SCSE139', 'newContractData/contractData/beginDate', '1956-01-12'],
    ['SCSE140', 'newContractData/contractData/beginDate', '2076-01-14'],
    ['SCSE014', 'newContractData/contractData/contractNumber', 'ЕШ-101/24'],
    ['SCSE088', 'newContractData/contractData/contractDate', '2026-01-05+05:00'],
    ['SCSE002', 'newContractData/contractData/contractDate', '12.01.2026'],
  ])('is refused with %s for %s %j', async (code, path, value) => {
    expect(await caller.refusal(changed(register, path, value))).toBe(code);
  });

  test('is judged before the end of a term that is still open', async () => {
    const last = changed(register, 'newContractData/contractData/contractDate', '2026-01-06+05:00');
    expect(await caller.send(last)).toEqual({ id: 'EMU-1' });
  });
});

describe('a change', () => {
  const at = (path: string) => `subsidiaryContractData/${path}`;
  const seeded = change('EMU-IN-FORCE');

  test.each<Case>([
    ['SCSE008', at('employerData'), undefined],
    ['SCSE009', at('employerData/bin'), ''],
    ['SCSE026', at('contractId'), undefined],
    ['SCSE025', at('contractId'), 'NONE'],
    ['SCSE097', at('contractId'), 'EMU-OF-ANOTHER'],
    ['SCSE092', at('contractId'), 'EMU-TERMINATED'],
    ['SCSE046', at('employerData/bin'), '991340000027'],
    ['SCSE015', at('subsidiaryContractNumber'), undefined],
    ['SCSE023', at('subsidiaryContractDate'), undefined],
    ['SCSE024', at('beginDate'), undefined],
    ['SCSE006', at('position'), undefined],
    ['SCSE029', at('establishedPost'), undefined],
    ['SCSE062', at('subsidiaryContractDate'), '2026-01-14'],
    ['SCSE063', at('subsidiaryContractDate'), '2024-01-09'],
    ['SCSE064', at('beginDate'), '2026-01-12'],
    ['SCSE070', at('subsidiaryContractDate'), '2024-05-20+06:00'],
    ['SCSE089', at('subsidiaryContractDate'), '2025-12-28'],
    ['SCSE002', at('beginDate'), '2026-02-30'],
  ])('is refused with %s for %s %j', async (code, path, value) => {
    expect(await caller.refusal(changed(seeded, path, value))).toBe(code);
  });

  test('that says nothing is refused as empty', async () => {
    const { employerData, contractId } = seeded.subsidiaryContractData;
    expect(await caller.refusal({ subsidiaryContractData: { employerData, contractId } })).toBe('SCSE080');
  });
});

describe('a termination', () => {
  const at = (path: string) => `terminationContractData/${path}`;

  test.each<Case>([
    ['SCSE008', at('employerData'), undefined],
    ['SCSE009', at('employerData/bin'), undefined],
    ['SCSE026', at('contractId'), ''],
    ['SCSE025', at('contractId'), 'EMU-AGREEMENT'],
    ['SCSE097', at('contractId'), 'EMU-OF-ANOTHER'],
    ['SCSE092', at('contractId'), 'EMU-TERMINATED'],
    ['SCSE046', at('employerData/bin'), '991340000027'],
    ['SCSE018', at('terminationDate'), undefined],
    ['SCSE022', at('terminationReason'), undefined],
    ['SCSE022', at('terminationReason'), '5'],
    ['SCSE084', at('terminationReason'), '03'],
    ['SCSE066', at('terminationDate'), '2026-01-14'],
    ['SCSE067', at('terminationDate'), '2024-01-09'],
    ['SCSE091', at('terminationDate'), '2026-01-07'],
  ])('is refused with %s for %s %j', async (code, path, value) => {
    expect(await caller.refusal(changed(terminate('EMU-IN-FORCE'), path, value))).toBe(code);
  });
});

describe('options', () => {
  const tree = bookOf([
    { code: '2511', ru: 'раздел', actual: true, leaf: false },
    { code: '2511-1-002', ru: 'должность', actual: true, leaf: true },
    { code: '0', ru: 'отменён', actual: false, leaf: true },
  ]);

  test.each<readonly [...Case, LaborContractsServiceOptions]>([
    ['SCSE012', 'newContractData/employeeData/iin', '001300900207', { employees: ['001300900011'] }],
    ['SCSE053', 'newContractData/contractData/contractDate', '2025-12-31', { earliestDate: '2026-01-01' }],
    ['SCSE007', 'newContractData/contractData/position', '9999-9-999', { books: { position: tree } }],
    ['SCSE007', 'newContractData/contractData/position', '0', { books: { position: tree } }],
    ['SCSE083', 'newContractData/contractData/position', '2511', { books: { position: tree } }],
    ['SCSE069', 'newContractData/contractData/establishedPost', 'X', { books: { establishedPost: tree } }],
    ['SCSE082', 'newContractData/contractData/establishedPost', '2511', { books: { establishedPost: tree } }],
    ['SCSE040', 'newContractData/documentData/conscript', '9', { books: { conscript: tree } }],
  ])('make %s possible: %s %j', async (code, path, value, options) => {
    const strict = await ContractCaller.of(options);
    expect(await strict.refusal(changed(register, path, value))).toBe(code);
  });

  test('say which days are worked: a holiday moves the end of a term', async () => {
    const monday = changed(register, 'newContractData/contractData/contractDate', '2026-01-05');
    const calendar = createWorkCalendar({ holidays: ['2026-01-07'] });
    const kind = await ContractCaller.of({ calendar });
    expect(await kind.send(monday)).toEqual({ id: 'EMU-1' });
  });

  test.each<readonly [...Case, LaborContractsServiceOptions]>([
    ['SCSE088', 'newContractData/contractData/contractDate', '2020-01-12', { deadlines: 'ignore' }],
    ['SCSE045', 'newContractData/employeeData/iin', '111111111111', { identity: 'format' }],
  ])('can switch %s off', async (_code, path, value, options) => {
    const lax = await ContractCaller.of(options);
    expect(await lax.send(changed(register, path, value))).toEqual({ id: 'EMU-1' });
  });

  test.each<readonly [string, LaborContractsServiceOptions]>([
    ['serviceId', { serviceId: '' }],
    ['deadlines', { deadlines: 'warn' as never }],
    ['earliestDate', { earliestDate: '01.01.2026' }],
    ['maxPayloadBytes', { maxPayloadBytes: 0 }],
    ['identity', { identity: 'lax' as never }],
    ['an empty id', { contracts: [{ ...madeUpContracts[0], id: ' ' } as never] }],
    ['one number twice', { contracts: [...madeUpContracts, { ...madeUpContracts[0], id: 'X' } as never] }],
  ])('that do not fit are refused: %s', async (_name, options) => {
    await expect(ContractCaller.of(options)).rejects.toThrow(TypeError);
  });
});

describe('refusals', () => {
  test('say the meaning of the code and where, and never a value', async () => {
    const path = 'newContractData/employeeData/iin';
    const { message = '' } = await caller.send(changed(register, path, '001300900012'));
    expect(message).toContain(explainScse('SCSE045')?.kk);
    expect(message).toContain(`/contractRequest/${path}`);
    expect(message).not.toContain('001300900012');
  });

  test('are kept with everything that was wrong', async () => {
    const { emulator } = caller;
    await caller.send({ newContractData: { employerData: { bin: '991340000017' } } });
    const { code, issues, channel, isScripted } = emulator.laborContracts.refusals.at(-1) ?? {};
    expect({ code, channel, isScripted }).toEqual({ code: 'SCSE010', channel: 'sync', isScripted: false });
    expect(issues?.map((issue) => issue.code)).toEqual(['SCSE010', 'SCSE138', 'SCSE021']);
  });

  test('leave the register as it was', () => {
    const { contracts } = caller.emulator.laborContracts;
    expect(contracts.map(({ id }) => id)).toEqual([...madeUpContracts.map(({ id }) => id), 'EMU-1']);
    expect(contracts[0]).toEqual(madeUpContracts[0]);
  });
});
