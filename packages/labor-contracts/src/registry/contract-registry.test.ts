import { JournalError, newLocalKey } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { codeOf, deferred } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import {
  agreement,
  broken,
  contract,
  contracts,
  employerKey,
  fault,
  nowMs,
  otherKey,
  party,
  Remote,
  refusal,
  termination,
} from '../../test/registry-party.ts';
import { ContractRegistry } from './contract-registry.ts';

describe('ContractRegistry', () => {
  test('registers, and a second call anywhere gives the same id without sending', async () => {
    const { registry, remote, make } = party();
    expect(await registry.register('c-1', contract)).toMatchObject({
      state: 'accepted',
      registeredId: 'id-1',
      ending: '15',
      repeated: false,
    });
    for (const again of [registry, make()]) {
      expect(await again.register('c-1', contract, { again: true })).toMatchObject({
        state: 'accepted',
        registeredId: 'id-1',
        repeated: true,
      });
    }
    expect(remote.sent).toHaveLength(1);
    expect(remote.sent[0]).toMatchObject({ reference: 'c-1' });
    expect(remote.sent[0]).not.toHaveProperty('subjects');
  });

  test('sends once when it is called twice at a time, in one process or in two', async () => {
    const { registry, remote, make } = party();
    const gate = deferred();
    remote.hold = gate.promise;
    const first = registry.register('c-1', contract);
    const second = registry.register('c-1', contract);
    const elsewhere = make();
    const other = elsewhere.register('c-1', contract);
    while (remote.sent.length === 0) await Promise.resolve();
    expect(await other).toMatchObject({ state: 'in-doubt', repeated: true });
    const [step] = (await registry.status('c-1'))?.steps ?? [];
    expect(step).toMatchObject({ state: 'under-way', code: undefined });
    expect(await registry.outcome(step?.localKey ?? '')).toMatchObject({ state: 'under-way' });
    expect(await codeOf(() => registry.resolve(step?.localKey ?? '', 'not-sent', 'x'))).toBe(
      'ERR_JOURNAL_STATE',
    );
    expect(await elsewhere.status('c-1')).toMatchObject({ state: 'in-doubt' });
    gate.resolve();
    expect([await first, await second]).toMatchObject([
      { state: 'accepted', repeated: false },
      { state: 'accepted', repeated: true },
    ]);
    expect(remote.sent).toHaveLength(1);
  });

  test('finds everything that is wrong before it sends or records anything', async () => {
    const { registry, remote, journal } = party();
    const wrong = { ...contract, employeeData: { iin: '1300900011' } };
    const outcome = await registry.register('c-1', wrong);
    expect(outcome).toMatchObject({ state: 'invalid', issues: [{ code: 'SCSE045' }] });
    expect(remote.sent).toEqual([]);
    expect((await journal.find({})).messages).toEqual([]);
  });

  test.each([
    ['given', () => otherKey],
    ['looked up', () => () => otherKey],
  ])('does not sign with the %s key of another employer', async (_name, employerKey) => {
    const { registry, remote } = party({ employerKey: employerKey() });
    expect(await registry.register('c-1', contract)).toMatchObject({
      state: 'invalid',
      issues: [{ code: 'SCSE046' }],
    });
    expect(remote.sent).toEqual([]);
  });

  test.each([
    ['by АИС', refusal('SCSE014'), '9.1', 'SCSE014'],
    ['by the gateway', fault, '6.1', 'SCE007'],
  ])('a refusal %s is the outcome until it is asked for once more', async (_name, failure, ending, code) => {
    const { registry, remote, make } = party();
    remote.failures.push(failure);
    const refusal = { state: 'refused', ending, code };
    expect(await registry.register('c-1', contract)).toMatchObject({ ...refusal, repeated: false });
    expect(await make().register('c-1', contract)).toMatchObject({ ...refusal, repeated: true });
    expect(await registry.status('c-1')).toMatchObject({ state: 'refused', steps: [{ ending, code }] });
    expect(await make().register('c-1', contract, { again: true })).toMatchObject({
      state: 'accepted',
      attempt: 2,
    });
    expect(await registry.status('c-1')).toMatchObject({ state: 'registered', registeredId: 'id-2' });
  });

  test('what never left is sent by the next call', async () => {
    const { registry, remote } = party();
    remote.failures.push(broken('not-sent'));
    expect(await registry.register('c-1', contract)).toMatchObject({ state: 'not-sent' });
    expect(await registry.status('c-1')).toMatchObject({ state: 'not-sent' });
    expect(await registry.register('c-1', contract)).toMatchObject({ state: 'accepted', attempt: 2 });
  });

  test('what is in doubt is never sent again, until somebody resolves it', async () => {
    const { registry, remote } = party();
    remote.failures.push(broken('unknown'));
    const first = await registry.register('c-1', contract);
    expect(first).toMatchObject({ state: 'in-doubt', code: 'ERR_SEND_NETWORK' });
    expect(await registry.register('c-1', contract, { again: true })).toMatchObject({
      state: 'in-doubt',
      repeated: true,
    });
    expect(remote.sent).toHaveLength(1);
    const localKey = 'localKey' in first ? first.localKey : '';
    await registry.resolve(localKey, 'not-sent', 'looked it up');
    expect(await codeOf(() => registry.resolve(localKey, 'sent', 'x'))).toBe('ERR_JOURNAL_STATE');
    expect(await registry.register('c-1', contract)).toMatchObject({ state: 'accepted', attempt: 2 });
  });

  test('a call that died between sending and answer is in doubt', async () => {
    const { registry, remote, make } = party();
    remote.hold = new Promise(() => {});
    void registry.register('c-1', contract);
    while (remote.sent.length === 0) await Promise.resolve();
    expect(await make().register('c-1', contract)).toMatchObject({ state: 'in-doubt' });
    const status = await make().status('c-1');
    expect(status).toMatchObject({ state: 'in-doubt' });
    expect(remote.sent).toHaveLength(1);
    await make().resolve(status?.steps[0]?.localKey ?? '', 'sent', 'found in the register');
    expect(await make().status('c-1')).toMatchObject({ state: 'registered', registeredId: undefined });
    expect(await make().register('c-1', contract)).toMatchObject({ state: 'accepted', repeated: true });
  });

  test('resolves only what is in doubt, with a reason', async () => {
    const { registry } = party();
    expect(await codeOf(() => registry.resolve('contract.register.1', 'sent', 'x'))).toBe(
      'ERR_JOURNAL_NOT_FOUND',
    );
    await expect(registry.resolve('a', 'sent', ' ')).rejects.toThrow(TypeError);
    await expect(registry.resolve('a', 'abandoned' as 'sent', 'x')).rejects.toThrow(TypeError);
  });

  test.each([undefined, '', 'id-2'])('terminates nothing when %s is confirmed', async (confirmContractId) => {
    const { registry, remote } = party();
    const options = { confirmContractId } as { confirmContractId: string };
    await expect(registry.terminate('c-1', termination, options)).rejects.toThrow(TypeError);
    await expect(registry.terminate('c-1', termination, undefined as never)).rejects.toThrow(TypeError);
    expect(remote.sent).toEqual([]);
  });

  test('a journal that cannot be used stops it before anything is sent', async () => {
    const { registry, remote, journal } = party();
    await journal.close();
    expect(await codeOf(() => registry.register('c-1', contract))).toBe('ERR_JOURNAL_CLOSED');
    expect(remote.sent).toEqual([]);
  });

  test('an error of the journal while sending is no outcome of the contract', async () => {
    const { registry, remote } = party();
    remote.failures.push(new JournalError('full', { code: 'ERR_JOURNAL_FULL' }));
    expect(await codeOf(() => registry.register('c-1', contract))).toBe('ERR_JOURNAL_FULL');
  });

  test('a cancelled call rejects with the reason', async () => {
    const { registry, remote } = party();
    const reason = new Error('enough');
    remote.failures.push(reason);
    await expect(registry.register('c-1', contract)).rejects.toBe(reason);
    expect(await registry.status('c-1')).toMatchObject({ state: 'in-doubt' });
  });

  test('goes no further with a gateway that does not record', async () => {
    const { registry } = party({ gateway: new Remote(undefined) });
    expect(await registry.register('c-1', contract)).toMatchObject({ state: 'accepted' });
    await expect(registry.register('c-2', contract)).rejects.toThrow(TypeError);
  });

  test('works without a journal, and then knows of no earlier call', async () => {
    const remote = new Remote(undefined);
    const registry = new ContractRegistry({ contracts, gateway: remote, employerKey });
    await registry.register('c-1', contract);
    expect(await registry.register('c-1', contract)).toMatchObject({ repeated: false });
    await expect(registry.status('c-1')).rejects.toThrow(TypeError);
  });

  test.each(['', 'a\nb', 'x'.repeat(201), 7])('the key %j is misuse', async (wrong) => {
    const { registry } = party();
    await expect(registry.register(wrong as string, contract)).rejects.toThrow(TypeError);
    const change = registry.change('c-1', wrong as string, agreement);
    await expect(change).rejects.toThrow(TypeError);
  });

  test.each([
    [{ gateway: {} as never }],
    [{ gateway: { callWithInfo() {}, send() {} } as never }],
    [{ contracts: undefined as never }],
    [{ employerKey: undefined as never }],
  ])('parts that are missing are misuse', (options) => {
    expect(() => party(options)).toThrow(TypeError);
  });
});

describe('ContractRegistry on the asynchronous channel', () => {
  test('accepts once, and takes the id from the reply of the chain', async () => {
    const journal = createMemoryJournal();
    let sent = 0;
    const registry = new ContractRegistry({
      contracts,
      journal,
      employerKey,
      gateway: {
        async send(service, _document, { key: localKey = '', reference } = {}) {
          const event = { localKey, serviceId: service.id, channel: 'async', atMs: nowMs } as const;
          await journal.commit({
            events: [{ ...event, kind: 'signed', messageType: 'REQUEST', reference }],
            expect: [{ localKey, version: 0 }],
          });
          sent += 1;
          return { key: localKey };
        },
      },
    });
    const first = await registry.register('c-1', contract);
    expect(first).toMatchObject({ state: 'under-way', repeated: false });
    expect(await registry.register('c-1', contract)).toMatchObject({ state: 'under-way', repeated: true });
    const localKey = 'localKey' in first ? first.localKey : '';
    const event = { localKey, serviceId: 'CONTRACTS', channel: 'async', atMs: nowMs } as const;
    await journal.append({ ...event, kind: 'sending', attempt: 1, untilMs: nowMs + 1 });
    await journal.append({ ...event, kind: 'answered', messageId: '1', correlationId: '2' });
    expect(await registry.status('c-1')).toMatchObject({ state: 'under-way' });

    const reply = (data: string) =>
      new TextEncoder().encode(
        `<E><Body><sendMessage><request><messageInfo/><messageData><data>${data}</data></messageData></request></sendMessage></Body></E>`,
      );
    const received = (messageId: string, data: string) =>
      journal.append({
        ...event,
        localKey: newLocalKey(),
        direction: 'in',
        kind: 'received',
        messageType: 'RESPONSE',
        messageId,
        correlationId: '2',
        bytes: reply(data),
      });
    await received('3', 'words');
    expect(await registry.status('c-1')).toMatchObject({ state: 'answered' });
    await received('4', '<a><b/><c><id>id-7</id></c></a>');
    expect(await registry.status('c-1')).toMatchObject({ state: 'registered', registeredId: 'id-7' });
    expect(await registry.register('c-1', contract)).toMatchObject({
      state: 'accepted',
      registeredId: 'id-7',
      repeated: true,
    });
    expect(sent).toBe(1);
  });
});
