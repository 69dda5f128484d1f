import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createAsyncGateway } from '@egov-gateway/client/preset';
import type { Clock } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { openDatabase } from '@egov-gateway/journal/database';
import { createLaborContracts } from '@egov-gateway/labor-contracts';
import { signPayload } from '@egov-gateway/payload';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

import {
  ContractCaller,
  change,
  changed,
  clock,
  documentOf,
  type Fields,
  register,
  terminate,
} from '../../test/contract-caller.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../index.ts';

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator({ clock, ...options });
  onTestFinished(() => emulator.close());
  return emulator;
}

/** An employer's system on the asynchronous channel. */
function asyncCaller(emulator: Emulator, at: Clock = clock) {
  const contracts = createLaborContracts({ serviceId: emulator.laborContracts.serviceId, clock: at });
  const gateway = createAsyncGateway({
    ...emulator.connection({ channel: 'async' }),
    transport: emulator.transport(),
    journal: createMemoryJournal(),
    poll: false,
    clock: at,
  });
  onTestFinished(() => gateway.close());
  emulator.pushTo('test-system', gateway.receiver);
  const ids: (string | undefined)[] = [];
  gateway.on(contracts.service, ({ type, data }) => {
    if (type === 'RESPONSE') ids.push(data.registeredId);
  });
  gateway.start();
  const send = async (request: Fields) => {
    const document = await signPayload(documentOf(request), emulator.testSystem.signingKey, { clock: at });
    const { key } = await gateway.send(contracts.service, document);
    return gateway.wait(key, {
      states: ['answered', 'undeliverable', 'rejected'],
      timeoutMs: 10_000,
    } as never);
  };
  return { ids, send, gateway };
}

describe('the asynchronous channel', () => {
  test('answers a registration with the same document, as RESPONSE', async () => {
    const emulator = await start();
    const { ids, send } = asyncCaller(emulator);
    expect(await send(register)).toMatchObject({ state: 'answered' });
    await vi.waitUntil(() => ids.length > 0);
    expect(ids).toEqual(['EMU-1']);
    expect(emulator.laborContracts.contract('EMU-1')?.registration).toMatchObject({ channel: 'async' });
  });

  test.each<[string, Fields]>([
    ['SCSE025', change('NONE')],
    ['SCSE025', terminate('NONE')],
    ['SCSE011', changed(register, 'newContractData/employeeData/iin', undefined)],
    ['SCSE046', changed(register, 'newContractData/employerData/bin', '991340000027')],
    ['SCSE088', changed(register, 'newContractData/contractData/contractDate', '2025-11-01')],
  ])('refuses with %s: the REQUEST is not delivered', async (code, request) => {
    const emulator = await start();
    const { send } = asyncCaller(emulator);
    expect(await send(request)).toMatchObject({ state: 'rejected', code });
    const [message] = emulator.chains[0]?.messages ?? [];
    expect(message).toMatchObject({ state: 'NOT_DELIVERED', code });
    expect(emulator.laborContracts.contracts).toEqual([]);
    expect(emulator.laborContracts.refusals).toMatchObject([{ code, channel: 'async' }]);
    expect(emulator.asyncErrors).toEqual([]);
  });

  test('plays the script', async () => {
    const emulator = await start();
    emulator.laborContracts.refuse('SCSE206');
    const { send } = asyncCaller(emulator);
    expect(await send(register)).toMatchObject({ code: 'SCSE206' });
    expect(await send(register)).toMatchObject({ state: 'answered' });
  });

  test('has the same register as the synchronous one', async () => {
    const emulator = await start();
    const sync = new ContractCaller(emulator);
    expect(await sync.send(register)).toEqual({ id: 'EMU-1' });
    const { send, ids } = asyncCaller(emulator);
    expect(await send(register)).toMatchObject({ code: 'SCSE014' });
    expect(await send(change('EMU-1'))).toMatchObject({ state: 'answered' });
    expect(await send(terminate('EMU-1'))).toMatchObject({ state: 'answered' });
    await vi.waitUntil(() => ids.length > 1);
    expect(ids).toEqual(['EMU-2', 'EMU-1']);
    expect(await sync.refusal(terminate('EMU-1'))).toBe('SCSE092');
  });
});

describe('deadlines', () => {
  test('pass when the clock of the emulator is moved on', async () => {
    const emulator = await start();
    // The employer's own clock goes along with the emulator's.
    let nowMs = clock.now();
    const caller = new ContractCaller(emulator, { now: () => nowMs });
    const advance = async (days: number) => {
      await emulator.advance(days * 86_400_000);
      nowMs += days * 86_400_000;
    };
    // Signed on Monday, 12 January: five working days end on the 19th.
    await advance(6);
    const number = 'newContractData/contractData/contractNumber';
    expect(await caller.send(register)).toEqual({ id: 'EMU-1' });
    await advance(1);
    expect(await caller.refusal(changed(register, number, '2'))).toBe('SCSE088');
    expect(await caller.refusal(register)).toBe('SCSE014');
    expect(await caller.refusal(terminate('EMU-1'))).toBe('SCSE091');
    await advance(8);
    expect(await caller.send(change('EMU-1'))).toEqual({ id: 'EMU-2' });
    await advance(1);
    const second = changed(change('EMU-1'), 'subsidiaryContractData/subsidiaryContractNumber', 'ДС-2');
    expect(await caller.refusal(second)).toBe('SCSE089');
    expect(await caller.refusal(change('EMU-1'))).toBe('SCSE070');
  });
});

describe('asyncStore', () => {
  function fileFor(): string {
    const folder = mkdtempSync(join(tmpdir(), 'contracts-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return join(folder, 'gateway.db');
  }

  test('keeps the register of both channels', async () => {
    const asyncStore = { path: fileFor() };
    const first = await createEmulator({ clock, asyncStore });
    await new ContractCaller(first).send(register);
    await new ContractCaller(first).send(change('EMU-1'));
    const { contracts } = first.laborContracts;
    await first.close();

    const second = await start({ asyncStore });
    expect(second.laborContracts.contracts).toEqual(contracts);
    const caller = new ContractCaller(second);
    expect(await caller.refusal(register)).toBe('SCSE014');
    expect(await caller.refusal(change('EMU-1'))).toBe('SCSE070');
    const other = changed(register, 'newContractData/contractData/contractNumber', '2');
    expect(await caller.send(other)).toEqual({ id: 'EMU-3' });
    expect(await caller.send(terminate('EMU-1'))).toEqual({ id: 'EMU-1' });
  });

  test('answers a request again that was registered just before a crash', async () => {
    const asyncStore = { path: fileFor() };
    const first = await createEmulator({ clock, asyncStore });
    await asyncCaller(first).send(register);
    const { contracts } = first.laborContracts;
    await first.close();
    // As if it had ended between the handler and its record.
    const database = await openDatabase(asyncStore.path);
    database.exec('DELETE FROM notice');
    database.exec('DELETE FROM message WHERE sequence > 1');
    database.exec(`UPDATE message SET fields = json_set(fields, '$.state', 'ON_DELIVERY', '$.attempts', 0)`);
    database.close();

    const second = await start({ asyncStore });
    await second.idle();
    expect(second.laborContracts.contracts).toEqual(contracts);
    expect(second.laborContracts.refusals).toEqual([]);
    const [chain] = second.chains;
    expect(chain?.messages.map(({ messageType, state }) => `${messageType} ${state}`)).toEqual([
      'REQUEST DELIVERED',
      'RESPONSE ON_DELIVERY',
    ]);
  });
});
