import { join } from 'node:path';

import { createGateway, type Gateway } from '@egov-gateway/client/preset';
import type { Journal, SigningKey } from '@egov-gateway/core';
import { createEmulator, type Emulator } from '@egov-gateway/emulator';

import { workCalendar } from './deadlines.ts';
import { madeUpPeople, registeredLongAgo, unknownIin } from './people.ts';

/** A way to ЕСУТД. */
export interface WayToRegister {
  readonly gateway: Gateway;
  readonly serviceId: string;
  readonly employerBin: string;
  /** Signs contracts. The key of the transport signs envelopes, and is another one in reality. */
  readonly employerKey: SigningKey;
  close(): Promise<void>;
}

/** The emulator in place of the gateway, with a register that keeps what it has in the folder. */
export interface RehearsalGateway extends WayToRegister {
  readonly emulator: Emulator;
}

export async function openRehearsalGateway(
  folder: string,
  journal: Journal,
  today: string,
): Promise<RehearsalGateway> {
  const employerBin = '991340000017'; // of the key that is built in
  const emulator = await createEmulator({
    asyncStore: { path: join(folder, 'emulator.db') },
    laborContracts: {
      contracts: registeredLongAgo(employerBin, madeUpPeople(today)),
      calendar: workCalendar,
    },
  });
  emulator.laborContracts.refuse('SCSE012', {
    times: Number.POSITIVE_INFINITY,
    when: ({ newContractData }) => newContractData?.employeeData.iin === unknownIin,
  });
  const gateway = createGateway({ ...emulator.connection(), transport: emulator.transport(), journal });
  return {
    emulator,
    gateway,
    serviceId: emulator.laborContracts.serviceId,
    employerBin,
    employerKey: emulator.testSystem.signingKey,
    close: async () => {
      await gateway.close();
      await emulator.close();
    },
  };
}
