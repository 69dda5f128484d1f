import { createLaborContracts } from '@egov-gateway/labor-contracts';
import { describe, expect, test } from 'vitest';

import {
  ContractCaller,
  change,
  changed,
  clock,
  keyCalled,
  register,
  terminate,
} from '../../test/contract-caller.ts';
import { createEmulator, madeUpContracts, misbehaviours } from '../index.ts';

const number = (contractNumber: string) =>
  changed(register, 'newContractData/contractData/contractNumber', contractNumber);

describe('the life of a contract', () => {
  test('is registered, changed, terminated, and then closed', async () => {
    const caller = await ContractCaller.of();
    const { laborContracts } = caller.emulator;
    expect(await caller.send(register)).toEqual({ id: 'EMU-1' });
    expect(await caller.send(change('EMU-1'))).toEqual({ id: 'EMU-2' });
    expect(await caller.refusal(change('EMU-1'))).toBe('SCSE070');
    expect(await caller.send(terminate('EMU-1'))).toEqual({ id: 'EMU-1' });

    expect(await caller.refusal(terminate('EMU-1'))).toBe('SCSE092');
    const later = changed(change('EMU-1'), 'subsidiaryContractData/subsidiaryContractNumber', 'ДС-2');
    expect(await caller.refusal(later)).toBe('SCSE092');
    expect(await caller.refusal(register)).toBe('SCSE014');

    expect(laborContracts.contracts).toHaveLength(1);
    expect(laborContracts.contract('EMU-1')).toMatchObject({
      employer: '991340000017',
      employee: '001300900011',
      contractNumber: 'ЕШ-001/26',
      registration: { channel: 'sync', atMs: clock.now() },
      agreements: [{ id: 'EMU-2', subsidiaryContractNumber: 'ДС-1' }],
      termination: { terminationReason: '05', terminationDate: '2026-01-13+05:00' },
    });
    expect(laborContracts.contract('EMU-1')?.registration?.document).not.toContain('Signature');
    expect(laborContracts.contract('EMU-2')).toBeUndefined();
  });

  test('has nothing to change or terminate before the registration', async () => {
    const caller = await ContractCaller.of();
    expect(await caller.refusal(change('EMU-1'))).toBe('SCSE025');
    expect(await caller.refusal(terminate('EMU-1'))).toBe('SCSE025');
    expect(caller.emulator.laborContracts.contracts).toEqual([]);
  });

  test('may end before a change that is refused, not after', async () => {
    const caller = await ContractCaller.of({ contracts: madeUpContracts });
    const again = changed(change('EMU-IN-FORCE'), 'subsidiaryContractData/subsidiaryContractNumber', 'ДС-1');
    expect(await caller.send(again)).toEqual({ id: 'EMU-1' });
    expect(await caller.refusal(change('EMU-TERMINATED'))).toBe('SCSE092');
    expect(await caller.refusal(terminate('EMU-TERMINATED'))).toBe('SCSE092');
  });
});

describe('numbers', () => {
  test('are unique for an employer, not for all', async () => {
    const caller = await ContractCaller.of();
    const other = await keyCalled('other-bin');
    const ofOther = changed(register, 'newContractData/employerData/bin', '991340000027');
    expect(await caller.send(register)).toEqual({ id: 'EMU-1' });
    expect(await caller.refusal(register)).toBe('SCSE014');
    expect(await caller.send(ofOther, other)).toEqual({ id: 'EMU-2' });
    expect(await caller.refusal(ofOther, other)).toBe('SCSE014');
    expect(await caller.refusal(change('EMU-2'))).toBe('SCSE097');
    expect(await caller.refusal(terminate('EMU-2'))).toBe('SCSE097');
  });

  test('are registered once, however many ask at the same time', async () => {
    const caller = await ContractCaller.of();
    const endings = await Promise.all(Array.from({ length: 8 }, () => caller.send(register)));
    expect(endings.filter(({ id }) => id !== undefined)).toHaveLength(1);
    expect(endings.filter(({ code }) => code === 'SCSE014')).toHaveLength(7);
    expect(caller.emulator.laborContracts.contracts).toHaveLength(1);
  });

  test('of another spelling are others', async () => {
    const caller = await ContractCaller.of();
    await caller.send(number('ЕШ-001/26'));
    expect(await caller.refusal(number('еш-001/26'))).toBeUndefined();
    expect(await caller.refusal(number('ЕШ-001/26 & <К>'))).toBeUndefined();
  });
});

describe('an employer who is a private person', () => {
  test('is known by the IIN of its key', async () => {
    const caller = await ContractCaller.of();
    const person = await keyCalled('person');
    const own = changed(register, 'newContractData/employerData/bin', '001300900207');
    expect(await caller.send(own, person)).toEqual({ id: 'EMU-1' });
    // The IIN of whoever signs for an organisation is not that of the employer.
    expect(await caller.refusal(changed(register, 'newContractData/employerData/bin', '001300900011'))).toBe(
      'SCSE046',
    );
  });
});

describe('emulator.laborContracts', () => {
  test('is served under a name of its own, beside the other service', async () => {
    const emulator = await createEmulator({ clock });
    expect(emulator.laborContracts.serviceId).toBe('EMU_LABOR_CONTRACTS');
    const renamed = await ContractCaller.of({ serviceId: 'OURS' });
    expect(renamed.emulator.laborContracts.serviceId).toBe('OURS');
    expect(await renamed.send(register)).toEqual({ id: 'EMU-1' });
  });

  test('is not there when it is not served', async () => {
    const without = await createEmulator({ laborContracts: false });
    expect(() => without.laborContracts).toThrow(TypeError);
    const canned = [{ id: 'CANNED', xml: '<data/>' }];
    expect(() => without.laborContracts).toThrow('give laborContracts');
    const replaced = await createEmulator({ services: canned });
    expect(() => replaced.laborContracts).toThrow(TypeError);
    const both = await createEmulator({ services: canned, laborContracts: {} });
    expect(both.laborContracts.contracts).toEqual([]);
  });

  test('takes contracts that were registered elsewhere', async () => {
    const caller = await ContractCaller.of();
    const { laborContracts } = caller.emulator;
    const [first, ...rest] = madeUpContracts;
    laborContracts.seed(...madeUpContracts).seed({ ...first, contractNumber: 'ignored' } as never);
    expect(laborContracts.contracts).toHaveLength(rest.length + 1);
    expect(laborContracts.contract('EMU-IN-FORCE')?.contractNumber).toBe('ЕШ-101/24');
    expect(() => laborContracts.seed({ ...first, id: 'OTHER' } as never)).toThrow(TypeError);
    expect(() => laborContracts.seed({ ...first, id: '' } as never)).toThrow(TypeError);
    expect(await caller.send(terminate('EMU-IN-FORCE'))).toEqual({ id: 'EMU-IN-FORCE' });
  });

  test('gives no id twice, after seeds that look like its own', async () => {
    const [first] = madeUpContracts;
    const caller = await ContractCaller.of({ contracts: [{ ...first, id: 'EMU-7' } as never] });
    expect(await caller.send(register)).toEqual({ id: 'EMU-8' });
  });

  test('knows only people who cannot exist', () => {
    for (const { employee, employer } of madeUpContracts) {
      expect(employee.slice(2, 6)).toBe('1300');
      expect(employer.slice(2, 4)).toBe('13');
    }
  });
});

describe('answers', () => {
  test('have the id where the known client looks for it, and names of our own', async () => {
    const caller = await ContractCaller.of({ contracts: madeUpContracts });
    await caller.send(register);
    const sent = new TextDecoder().decode(caller.emulator.exchanges.at(-1)?.answer);
    expect(sent).toContain('urn:egov-gateway:emulator:labor-contracts');
    expect(sent).toContain('SCSS001');
  });

  test('can have the form that the owner of the service has described', async () => {
    const caller = await ContractCaller.of({
      answer: ({ registeredId, operation }) => `<r op="${operation}"><a/><b><c>№ ${registeredId}</c></b></r>`,
    });
    expect(await caller.send(register)).toEqual({ id: '№ EMU-1' });
  });

  test('that cannot be made are a fault, and what was registered stays', async () => {
    const caller = await ContractCaller.of({
      answer: () => {
        throw new Error('no answer');
      },
    });
    expect(await caller.refusal(register)).toBe('fault EMU-HANDLER-ERROR');
    expect(await caller.refusal(register)).toBe('SCSE014');
  });
});

describe('operations without known names', () => {
  const raw = { madeUpOperation: { employerData: { bin: '991340000017' }, contractId: 'EMU-IN-FORCE' } };

  test('are refused, until they are served', async () => {
    const caller = await ContractCaller.of();
    expect(await caller.refusal(raw)).toBe('SCSE002');
  });

  test('are served by a function, after the signature was checked', async () => {
    const caller = await ContractCaller.of({
      contracts: madeUpContracts,
      onRawOperation: ({ operation, employer, contracts, request }) =>
        operation === 'madeUpOperation' && request.rawOperation !== undefined
          ? { registeredId: `${employer} of ${contracts.length}` }
          : { refuse: 'SCSE137' },
    });
    expect(await caller.send(raw)).toEqual({ id: '991340000017 of 3' });
    expect(await caller.refusal({ other: {} })).toBe('SCSE137');
    expect(await caller.refusal(raw, await keyCalled('other-bin'))).toBe('SCSE046');
  });
});

describe('with what the gateway does', () => {
  test('a lost answer leaves a contract that is registered: the second attempt says so', async () => {
    const caller = await ContractCaller.of();
    caller.emulator.misbehave('reset-after-reading');
    expect(misbehaviours['reset-after-reading'].client).toBe('refuse');
    await expect(caller.send(register)).rejects.toMatchObject({ name: 'SendError' });
    expect(await caller.refusal(register)).toBe('SCSE014');
  });

  test('the client package makes what this service takes', async () => {
    const caller = await ContractCaller.of();
    const { serviceId } = caller.emulator.laborContracts;
    for (const payloadMode of ['string-escaped', 'string-cdata', 'element'] as const) {
      const contracts = createLaborContracts({ serviceId, clock, payloadMode });
      const request = structuredClone(register);
      request.newContractData.contractData.contractNumber = payloadMode;
      const document = await contracts.sign(request, caller.emulator.testSystem.gost.signingKey);
      expect((await caller.post(document)).id).toMatch(/^EMU-[123]$/);
    }
  });
});
