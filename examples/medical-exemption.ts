/** Searches medical exemptions («медотвод») of a patient; `--key gost` signs with a GOST key instead of RSA. */
import { parseArgs } from 'node:util';

import { createGateway } from '@egov-gateway/client/preset';
import { BusinessError } from '@egov-gateway/core';
import { createEmulator } from '@egov-gateway/emulator';
import { exemptionState, medicalExemptionSearch } from '@egov-gateway/medical-exemption';

const { values } = parseArgs({ options: { key: { type: 'string', default: 'rsa' } } });
const algorithm = values.key === 'gost' ? 'gost2015-512' : 'rsa';

// The algorithm comes with the key: nothing else in the program knows it.
const emulator = await createEmulator({ responseSigning: algorithm });
await using gateway = createGateway({
  ...emulator.connection({ algorithm }),
  transport: emulator.transport(),
});

const { medicalExemptionList } = await gateway.call(medicalExemptionSearch, { number: '01085' });
for (const exemption of medicalExemptionList) {
  const { number, medicalProcedure, certificate } = exemption;
  console.log(`${number}: ${medicalProcedure.nameRu}, ${exemptionState(exemption, Date.now())}`);
  console.log(`certificate: ${certificate?.bytes().length ?? 0} bytes`);
}

// Nobody has this number: depending on the service that is an empty list or a refusal.
try {
  const nothing = await gateway.call(medicalExemptionSearch, { number: '99999' });
  console.log(`99999: ${nothing.medicalExemptionList.length} exemptions`);
} catch (error) {
  if (!(error instanceof BusinessError)) throw error;
  console.log(`99999: ${error.statusCode}`);
}
