import { describe, expect, test } from 'vitest';

import { agreement, broken, contract, party, refusal, termination } from '../../test/registry-party.ts';
import { type ContractStatus, projectContract } from './contract-status.ts';

describe('status', () => {
  test('tells the life of a contract: registered, changed, terminated', async () => {
    const { registry } = party();
    await registry.register('c-1', contract);
    expect(await registry.change('c-1', 'ДС-1', agreement)).toMatchObject({ state: 'accepted' });
    expect(await registry.change('c-1', 'ДС-1', agreement)).toMatchObject({ repeated: true });
    expect(await registry.change('c-1', 'ДС-2', agreement)).toMatchObject({ repeated: false });
    expect(await registry.status('c-1')).toMatchObject({ state: 'registered', registeredId: 'id-1' });
    await registry.terminate('c-1', termination, { confirmContractId: 'id-1' });
    const state = await registry.status('c-1');
    expect(state).toMatchObject({ state: 'terminated', registeredId: 'id-1' });
    expect(state?.steps.map(({ operation }) => operation)).toEqual([
      'register',
      'change',
      'change',
      'terminate',
    ]);
    expect(await registry.status('c-2')).toBeUndefined();
  });

  test('names the agreement of a step, when it is among those asked for', async () => {
    const { registry, journal } = party();
    await registry.register('c-1', contract);
    await registry.change('c-1', 'ДС-1', agreement);
    await registry.change('c-1', 'ДС-2', agreement);
    const namesOf = (status: ContractStatus | undefined) =>
      status?.steps.map(({ agreementKey }) => agreementKey);
    const agreementKeys = ['ДС-3', 'ДС-2', ''];
    const expected = [undefined, undefined, 'ДС-2'];
    expect(namesOf(await registry.status('c-1', { agreementKeys }))).toEqual(expected);
    const { messages } = await journal.find({ reference: 'c-1' });
    expect(namesOf(projectContract('c-1', messages, { agreementKeys }))).toEqual(expected);
    expect((await registry.status('c-1'))?.steps[1]).not.toHaveProperty('agreementKey');
  });

  test.each([
    ['a change is refused', refusal('SCSE070'), 'registered'],
    ['a change is not sent', broken('not-sent'), 'registered'],
    ['ЕСУТД has no such contract', refusal('SCSE025'), 'refused'],
  ] as const)('of a contract that was registered elsewhere, after %s', async (_name, failure, state) => {
    const { registry, remote } = party();
    remote.failures.push(failure);
    await registry.change('c-1', 'ДС-1', agreement);
    expect(await registry.status('c-1')).toMatchObject({ state, registeredId: undefined });
    await registry.change('c-1', 'ДС-2', { ...agreement, contractId: 'id-7' });
    expect(await registry.status('c-1')).toMatchObject({ state: 'registered', registeredId: 'id-7' });
  });

  test('a contract stays registered after a termination that was refused', async () => {
    const { registry, remote } = party();
    await registry.register('c-1', contract);
    remote.failures.push(refusal('SCSE091'));
    await registry.terminate('c-1', termination, { confirmContractId: 'id-1' });
    expect(await registry.status('c-1')).toMatchObject({
      state: 'registered',
      registeredId: 'id-1',
      steps: [{ state: 'accepted' }, { state: 'refused', code: 'SCSE091' }],
    });
  });

  test('the id that a person found is that of the outcome and of the status', async () => {
    const { registry, remote } = party();
    remote.failures.push(broken('unknown'));
    const first = await registry.register('c-1', contract);
    const localKey = 'localKey' in first ? first.localKey : '';
    await registry.resolve(localKey, 'sent', 'found in the register', { registeredId: ' id-9 ' });
    expect(await registry.status('c-1')).toMatchObject({ state: 'registered', registeredId: 'id-9' });
    expect(await registry.outcome(localKey)).toMatchObject({ state: 'accepted', registeredId: 'id-9' });
    expect(await registry.register('c-1', contract)).toMatchObject({
      state: 'accepted',
      registeredId: 'id-9',
      repeated: true,
    });
  });

  test.each([
    ['not-sent', 'id-1'],
    ['sent', ''],
    ['sent', ' '],
    ['sent', 'a\nb'],
    ['sent', 'x'.repeat(201)],
    ['sent', 7],
  ] as const)('resolved as %s, %j is no id', async (resolution, registeredId) => {
    const { registry, journal, remote } = party();
    remote.failures.push(broken('unknown'));
    const first = await registry.register('c-1', contract);
    const localKey = 'localKey' in first ? first.localKey : '';
    await expect(
      registry.resolve(localKey, resolution, 'x', { registeredId: registeredId as string }),
    ).rejects.toThrow(TypeError);
    expect((await journal.message(localKey))?.state).toBe('in-doubt');
  });
});
