import { scseCodes } from '@egov-gateway/labor-contracts';
import { signPayload } from '@egov-gateway/payload';
import { describe, expect, test } from 'vitest';

import {
  ContractCaller,
  change,
  changed,
  clock,
  documentOf,
  register,
  terminate,
} from '../../test/contract-caller.ts';
import { madeUpContracts } from '../index.ts';

describe('refuse', () => {
  test('makes every active code of the error book happen, and registers nothing', async () => {
    const caller = await ContractCaller.of();
    const { laborContracts } = caller.emulator;
    const codes = scseCodes.map(({ code }) => code).filter((code) => code !== 'SCSS001');
    for (const code of codes) laborContracts.refuse(code);
    const { signingKey } = caller.emulator.testSystem;
    const document = await signPayload(documentOf(register), signingKey, { clock });
    for (const code of codes) {
      const ending = await caller.post(document);
      expect(ending.code).toBe(code);
      expect(ending.message).not.toBe(code);
    }
    expect(codes).toHaveLength(267);
    expect(laborContracts.contracts).toEqual([]);
    expect(laborContracts.refusals.every(({ isScripted }) => isScripted)).toBe(true);
    expect(await caller.send(register)).toEqual({ id: 'EMU-1' });
  });

  test('counts, and goes on in order', async () => {
    const caller = await ContractCaller.of();
    const { laborContracts } = caller.emulator;
    laborContracts.refuse('SCSE012', { times: 2 }).refuse('SCSE193');
    expect(laborContracts.refusalsLeft).toBe(3);
    expect(await caller.refusal(register)).toBe('SCSE012');
    expect(await caller.refusal(register)).toBe('SCSE012');
    expect(await caller.refusal(register)).toBe('SCSE193');
    expect(laborContracts.refusalsLeft).toBe(0);
    expect(await caller.refusal(register)).toBeUndefined();
  });

  test('may go on until it is taken back', async () => {
    const caller = await ContractCaller.of();
    const { laborContracts } = caller.emulator;
    laborContracts.refuse('SCSE002', { times: Number.POSITIVE_INFINITY });
    for (let times = 0; times < 3; times++) expect(await caller.refusal(register)).toBe('SCSE002');
    expect(laborContracts.behave().refusalsLeft).toBe(0);
    expect(await caller.refusal(register)).toBeUndefined();
  });

  test('is for one operation, or for what a function says', async () => {
    const caller = await ContractCaller.of({ contracts: madeUpContracts });
    const { laborContracts } = caller.emulator;
    laborContracts
      .refuse('SCSE177', { operation: 'terminationContractData' })
      .refuse('SCSE193', {
        when: ({ newContractData }) => newContractData?.employeeData.iin === '001300900207',
      })
      .refuse('SCSE195', { operation: 'rawOperation' });
    expect(await caller.refusal(register)).toBeUndefined();
    expect(await caller.refusal(change('EMU-IN-FORCE'))).toBeUndefined();
    expect(await caller.refusal(changed(register, 'newContractData/employeeData/iin', '001300900207'))).toBe(
      'SCSE193',
    );
    expect(await caller.refusal(terminate('EMU-IN-FORCE'))).toBe('SCSE177');
    expect(await caller.refusal({ madeUpOperation: {} })).toBe('SCSE195');
    expect(laborContracts.refusalsLeft).toBe(0);
  });

  test('goes before the content, and after the signature', async () => {
    const caller = await ContractCaller.of();
    const { laborContracts } = caller.emulator;
    laborContracts.refuse('SCSE012', { times: 2 });
    expect((await caller.post(documentOf(register))).code).toBe('SCSE001');
    expect(await caller.refusal({ newContractData: {} })).toBe('SCSE012');
    expect(laborContracts.refusalsLeft).toBe(1);
  });

  test('takes codes that the book does not have yet, with a message', async () => {
    const caller = await ContractCaller.of();
    caller.emulator.laborContracts.refuse('SCSE286', { message: 'жаңа код' });
    expect(await caller.send(register)).toEqual({ code: 'SCSE286', message: 'жаңа код' });
  });

  test.each<[string, string, object]>([
    ['an unknown code', 'SCSE286', {}],
    ['a code that is out of use', 'SCSE013', {}],
    ['success', 'SCSS001', {}],
    ['no code', '', {}],
    ['no code with a message', ' ', { message: 'x' }],
    ['an empty message', 'SCSE012', { message: ' ' }],
    ['a message without room for it', 'SCSE012', { message: 'x'.repeat(251) }],
    ['no times', 'SCSE012', { times: 0 }],
    ['times that are none', 'SCSE012', { times: Number.NaN }],
    ['half a time', 'SCSE012', { times: 1.5 }],
    ['an unknown operation', 'SCSE012', { operation: 'deleteContractData' }],
  ])('refuses %s', async (_name, code, options) => {
    const { emulator } = await ContractCaller.of();
    expect(() => emulator.laborContracts.refuse(code, options)).toThrow(TypeError);
    expect(emulator.laborContracts.refusalsLeft).toBe(0);
  });
});
