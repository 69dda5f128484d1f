import { join } from 'node:path';

import { createGateway } from '@egov-gateway/client/preset';
import type { Journal } from '@egov-gateway/core';
import { createEmulator } from '@egov-gateway/emulator';
import { createWorkCalendar } from '@egov-gateway/labor-contracts';

import { madeUpPeople, registeredLongAgo, unknownIin } from './people.ts';
import type { WayToRegister } from './way-to-register.ts';

/** The emulator in place of the gateway, with a register that keeps what it has in the folder. */
export async function openRehearsalGateway(
  folder: string,
  journal: Journal,
  today: string,
): Promise<WayToRegister> {
  const employerBin = '991340000017'; // of the key that is built in
  const calendar = createWorkCalendar({ holidays: [] }); // a made-up year has no holidays
  const emulator = await createEmulator({
    asyncStore: { path: join(folder, 'emulator.db') },
    laborContracts: {
      contracts: registeredLongAgo(employerBin, madeUpPeople({ calendar, today })),
      calendar,
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
    calendar,
    close: async () => {
      await gateway.close();
      await emulator.close();
    },
  };
}
