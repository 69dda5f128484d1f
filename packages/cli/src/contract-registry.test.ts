import { createAsyncGateway, createGateway } from '@egov-gateway/client/preset';
import type { SigningKey } from '@egov-gateway/core';
import { createEmulator, type Emulator } from '@egov-gateway/emulator';
import { createMemoryJournal } from '@egov-gateway/journal';
import { ContractRegistry, createLaborContracts } from '@egov-gateway/labor-contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const contract = {
  employerData: { bin: '991340000017' },
  employeeData: { iin: '001300900011' },
  contractData: {
    contractNumber: 'ЕШ-001/26',
    contractDate: '2026-01-12+05:00',
    beginDate: '2026-01-13+05:00',
    position: '2511-1-002',
    establishedPost: '2511-1-002',
  },
  documentData: { conscript: '1' },
};

let employerKey: SigningKey;
let emulator: Emulator;
beforeEach(async () => {
  emulator = await createEmulator({ laborContracts: { deadlines: 'ignore' } });
  employerKey = emulator.testSystem.signingKey;
});
afterEach(() => emulator.close());

describe('ContractRegistry with the gateway of the emulator', () => {
  test('registers, changes and terminates at the emulated ЕСУТД, each once', async () => {
    const contracts = createLaborContracts({ serviceId: emulator.laborContracts.serviceId });
    const journal = createMemoryJournal();
    const gateway = createGateway({
      ...emulator.connection(),
      transport: emulator.transport(),
      journal,
    });
    const registry = new ContractRegistry({ contracts, gateway, journal, employerKey });

    const registered = await registry.register('c-1', contract);
    expect(registered).toMatchObject({ state: 'accepted', ending: '15' });
    const contractId = 'registeredId' in registered ? (registered.registeredId ?? '') : '';
    expect(contractId).not.toBe('');
    expect(await registry.register('c-1', contract)).toMatchObject({
      registeredId: contractId,
      repeated: true,
    });
    // The same contract under another key is a mistake that the server finds.
    expect(await registry.register('c-2', contract)).toMatchObject({ state: 'refused', ending: '9.1' });

    const termination = {
      employerData: { bin: '991340000017' },
      contractId,
      terminationDate: '2026-01-14+05:00',
      terminationReason: '05',
    };
    // The registration of the journal tells the first day of work.
    const early = { ...termination, terminationDate: '2026-01-12+05:00' };
    expect(await registry.check('terminate', 'c-1', early)).toMatchObject({ issues: [{ code: 'SCSE067' }] });
    expect(await registry.check('terminate', 'c-1', termination)).toMatchObject({ issues: [] });
    const agreement = {
      employerData: { bin: '991340000017' },
      contractId,
      subsidiaryContractNumber: 'ДС-1',
      subsidiaryContractDate: '2026-01-13+05:00',
      beginDate: '2026-01-13+05:00',
      position: '2511-1-002',
      establishedPost: '2511-1-002',
    };
    // Under a key of its own it is a contract that was registered elsewhere.
    expect(await registry.change('c-3', 'ДС-1', agreement)).toMatchObject({ state: 'accepted' });
    expect(await registry.status('c-3', { agreementKeys: ['ДС-1'] })).toMatchObject({
      state: 'registered',
      registeredId: contractId,
      steps: [{ agreementKey: 'ДС-1' }],
    });

    expect(await registry.terminate('c-1', termination, { confirmContractId: contractId })).toMatchObject({
      state: 'accepted',
    });
    expect(await registry.status('c-1')).toMatchObject({ state: 'terminated', registeredId: contractId });
    expect(await registry.status('c-2')).toMatchObject({ state: 'refused', steps: [{ ending: '9.1' }] });
    await gateway.close();
  });

  test.each([
    ['signed-fault', 'refused', '6.1'],
    ['tampered-body', 'in-doubt', undefined],
    ['unsigned-fault', 'in-doubt', undefined],
  ] as const)('takes %s for %s', async (scenario, state, ending) => {
    const contracts = createLaborContracts({ serviceId: emulator.laborContracts.serviceId });
    const journal = createMemoryJournal();
    const gateway = createGateway({ ...emulator.connection(), transport: emulator.transport(), journal });
    const registry = new ContractRegistry({ contracts, gateway, journal, employerKey });
    emulator.misbehave(scenario);
    const outcome = await registry.register('c-1', contract);
    expect(outcome.state).toBe(state);
    expect('ending' in outcome ? outcome.ending : undefined).toBe(ending);
    expect(await registry.status('c-1')).toMatchObject({ state });
    await gateway.close();
  });

  test.each(['push', 'poll'] as const)('finds the id in a reply that came by %s', async (way) => {
    const contracts = createLaborContracts({ serviceId: 'CONTRACTS_ASYNC' });
    const { service } = contracts;
    emulator.asyncService(service, async (_document, chain) => {
      await chain.respond({
        registeredId: undefined,
        root: undefined,
        text: '<a><b/><c><id>77</id></c></a>',
      });
    });
    const journal = createMemoryJournal();
    const gateway = createAsyncGateway({
      ...emulator.connection({ channel: 'async' }),
      transport: emulator.transport(),
      journal,
      poll: way === 'push' ? false : { minIntervalMs: 5, maxIntervalMs: 10 },
    });
    if (way === 'push') emulator.pushTo('test-system', gateway.receiver);
    gateway.on(service, () => {});
    gateway.start();
    const registry = new ContractRegistry({ contracts, gateway, journal, employerKey });

    const sent = await registry.register('c-1', contract);
    expect(sent.state).toBe('under-way');
    await gateway.wait('localKey' in sent ? sent.localKey : '', { states: ['answered'], timeoutMs: 10_000 });
    expect(await registry.status('c-1')).toMatchObject({ state: 'registered', registeredId: '77' });
    const early = {
      employerData: { bin: '991340000017' },
      contractId: '77',
      terminationDate: '2026-01-12+05:00',
      terminationReason: '05',
    };
    expect(await registry.check('terminate', 'c-1', early)).toMatchObject({ issues: [{ code: 'SCSE067' }] });
    expect(await registry.register('c-1', contract)).toMatchObject({
      state: 'accepted',
      registeredId: '77',
      repeated: true,
    });
    await gateway.close();
  });

  test('finds the refusal of a request that was not delivered', async () => {
    const contracts = createLaborContracts({ serviceId: emulator.laborContracts.serviceId });
    emulator.laborContracts.refuse('SCSE012');
    const journal = createMemoryJournal();
    const gateway = createAsyncGateway({
      ...emulator.connection({ channel: 'async' }),
      transport: emulator.transport(),
      journal,
      poll: false,
    });
    emulator.pushTo('test-system', gateway.receiver);
    gateway.on(contracts.service, () => {});
    gateway.start();
    const registry = new ContractRegistry({ contracts, gateway, journal, employerKey });
    const sent = await registry.register('c-1', contract);
    await gateway.wait('localKey' in sent ? sent.localKey : '', {
      states: ['rejected'],
      timeoutMs: 10_000,
    });
    const refused = { state: 'refused', code: 'SCSE012', ending: '9.1' };
    expect(await registry.register('c-1', contract)).toMatchObject({ ...refused, repeated: true });
    await gateway.close();
  });
});
