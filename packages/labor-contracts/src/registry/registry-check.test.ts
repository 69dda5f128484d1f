import { describe, expect, test } from 'vitest';

import {
  agreement,
  contract,
  contracts,
  employerKey,
  otherKey,
  party,
  termination,
} from '../../test/registry-party.ts';
import { ContractRegistry } from './contract-registry.ts';

describe('check', () => {
  test('compares dates with the registration of the journal, unless it is told better', async () => {
    const { registry, remote } = party();
    const early = { ...agreement, subsidiaryContractDate: '2026-01-12' };
    expect(await registry.check('change', 'c-1', early)).toEqual({ issues: [], warnings: [] });
    await registry.register('c-1', contract);
    const broken = { state: 'invalid', issues: [{ code: 'SCSE063' }] };
    expect(await registry.change('c-1', 'ДС-1', early)).toMatchObject(broken);
    expect(await registry.check('change', 'c-1', early)).toMatchObject({ issues: [{ code: 'SCSE063' }] });
    const known = { beginDate: '2026-01-01' };
    expect(await registry.check('change', 'c-1', early, { known })).toMatchObject({ issues: [] });
    expect(await registry.change('c-1', 'ДС-1', early, { known })).toMatchObject({ state: 'accepted' });
    const end = { ...termination, terminationDate: '2026-01-12' };
    expect(await registry.check('terminate', 'c-1', end)).toMatchObject({ issues: [{ code: 'SCSE067' }] });
    expect(remote.sent).toHaveLength(2);
  });

  test('checks what it would send, and sends and records nothing', async () => {
    const { registry, remote, journal } = party();
    expect(await registry.check('register', 'c-1', contract)).toEqual({ issues: [], warnings: [] });
    const wrong = { ...contract, employeeData: { iin: '' } };
    expect(await registry.check('register', 'c-1', wrong)).toMatchObject({ issues: [{ code: 'SCSE011' }] });
    expect(
      await party({ employerKey: () => otherKey }).registry.check('register', 'c-1', contract),
    ).toMatchObject({
      issues: [{ code: 'SCSE046' }],
    });
    const alone = new ContractRegistry({ contracts, gateway: remote, employerKey });
    expect(await alone.check('terminate', 'c-1', termination)).toMatchObject({ issues: [] });
    await expect(registry.check('delete' as 'register', 'c-1', contract)).rejects.toThrow(TypeError);
    await expect(registry.check('register', '', contract)).rejects.toThrow(TypeError);
    expect(remote.sent).toEqual([]);
    expect((await journal.find({})).messages).toEqual([]);
  });
});
