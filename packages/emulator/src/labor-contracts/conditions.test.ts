import { bookOf } from '@egov-gateway/labor-contracts';
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

/** Made up: the real names are not published. */
const names = {
  term: 'madeUpTerm',
  endDate: 'madeUpEnd',
  workType: 'madeUpWork',
  workingHours: 'madeUpHours',
  tariffRate: 'madeUpRate',
  remoteWork: 'madeUpRemote',
  country: 'madeUpCountry',
  kato: 'madeUpKato',
  address: 'madeUpAddress',
  clientId: 'madeUpId',
} as const;
const clientId = 'client-0000-0000-0000-0000-0000-0001';
const right = { madeUpTerm: '1', madeUpKato: '710000000', madeUpAddress: 'Астана' };

const withFields = (request: Fields, block: string, fields: Fields): Fields =>
  Object.entries(fields).reduce((at, [name, value]) => changed(at, `${block}/${name}`, value), request);
const registering = (fields: Fields) =>
  withFields(register, 'newContractData/contractData', { ...right, ...fields });
const changing = (fields: Fields) =>
  withFields(change('EMU-IN-FORCE'), 'subsidiaryContractData', { ...right, ...fields });

const callerOf = (options: LaborContractsServiceOptions = {}) =>
  ContractCaller.of({ contracts: madeUpContracts, conditions: { names }, ...options });
const caller = await callerOf();

describe('named conditions', () => {
  test.each<[string, Fields]>([
    ['SCSE039', { madeUpTerm: undefined }],
    ['SCSE038', { madeUpTerm: '99' }],
    ['SCSE151', { madeUpTerm: '8' }],
    ['SCSE057', { madeUpEnd: '2027-01-12' }],
    ['SCSE054', { madeUpTerm: '2' }],
    ['SCSE061', { madeUpTerm: '4', madeUpEnd: '2026-01-12' }],
    ['SCSE068', { madeUpTerm: '2', madeUpEnd: '2026-06-01' }],
    ['SCSE141', { madeUpTerm: '4', madeUpEnd: '2076-01-14' }],
    ['SCSE104', { madeUpWork: '3' }],
    ['SCSE150', { madeUpRemote: '4' }],
    ['SCSE075', { madeUpHours: '6' }],
    ['SCSE074', { madeUpRate: '0.5' }],
    ['SCSE078', { madeUpRate: '1.5', madeUpHours: '1' }],
    ['SCSE055', { madeUpAddress: ' ' }],
    ['SCSE105', { madeUpKato: undefined }],
    ['SCSE108', { madeUpCountry: '643' }],
    ['SCSE087', { madeUpId: 'short' }],
  ])('of a registration are refused with %s for %j', async (code, fields) => {
    expect(await caller.refusal(registering(fields))).toBe(code);
  });

  test.each<[string, Fields]>([
    ['SCSE065', { madeUpTerm: '4', madeUpEnd: '2026-01-12' }],
    ['SCSE142', { madeUpTerm: '4', madeUpEnd: '2076-01-14' }],
    ['SCSE104', { madeUpWork: 'x' }],
  ])('of a change are refused with %s for %j', async (code, fields) => {
    expect(await caller.refusal(changing(fields))).toBe(code);
  });

  test.each<[string, Fields, LaborContractsServiceOptions['conditions']]>([
    ['SCSE107', { madeUpCountry: '999', madeUpKato: undefined }, { names, countries: bookOf([]) }],
    ['SCSE073', {}, { names, kato: bookOf([]) }],
    ['SCSE081', {}, { names, terms: bookOf([{ code: '1', actual: true, leaf: false }]) }],
  ])('are looked up in books: %s', async (code, fields, conditions) => {
    expect(await (await callerOf({ conditions })).refusal(registering(fields))).toBe(code);
  });

  test('hold the id of the sender, which is taken once', async () => {
    const once = await callerOf();
    expect((await once.send(registering({ madeUpId: clientId }))).id).toBe('EMU-1');
    const other = changed(
      registering({ madeUpId: clientId }),
      'newContractData/contractData/contractNumber',
      '2',
    );
    expect(await once.refusal(other)).toBe('SCSE086');
    expect(await once.refusal(changing({ madeUpId: clientId }))).toBe('SCSE086');
    expect(once.emulator.laborContracts.contract('EMU-1')?.clientId).toBe(clientId);
  });

  test('are not judged where they have no name, and not in a termination', async () => {
    const some = await callerOf({ conditions: { names: { workType: names.workType } } });
    expect(await some.refusal(register)).toBeUndefined();
    expect(await some.refusal(changing({ madeUpTerm: '99' }))).toBeUndefined();
    expect(await caller.refusal(terminate('EMU-IN-FORCE'))).toBeUndefined();
  });

  test('are taken when they are right', async () => {
    const full = {
      madeUpTerm: '2',
      madeUpEnd: '2027-01-12',
      madeUpWork: '2',
      madeUpHours: '3',
      madeUpRate: '0.5',
    };
    expect((await (await callerOf()).send(registering(full))).id).toBe('EMU-1');
  });
});
