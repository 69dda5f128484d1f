import { join } from 'node:path';

import { createGateway } from '@egov-gateway/client/preset';
import type { Journal } from '@egov-gateway/core';
import { createEmulator } from '@egov-gateway/emulator';

import { workCalendar } from './deadlines.ts';
import { madeUpPeople, registeredLongAgo, unknownIin } from './people.ts';
import type { WayToRegister } from './way-to-register.ts';

/** The emulator in place of the gateway, with a register that keeps what it has in the folder. */
export async function openRehearsalGateway(
  folder: string,
  journal: Journal,
  today: string,
): Promise<WayToRegister> {
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
