/** One labour contract (трудовой договор, еңбек шарты), from an object to its registered id, and two refusals explained. */
import { createGateway } from '@egov-gateway/client/preset';
import { BusinessError, type SigningKey, ValidateError } from '@egov-gateway/core';
import { createEmulator } from '@egov-gateway/emulator';
import { type ContractRequest, createLaborContracts, explainScse } from '@egov-gateway/labor-contracts';
import { dateAt, withOffset } from '@egov-gateway/payload';

const emulator = await createEmulator();
await using gateway = createGateway({ ...emulator.connection(), transport: emulator.transport() });
// The real serviceId is not published: its owner tells you.
const contracts = createLaborContracts({ serviceId: emulator.laborContracts.serviceId });
// The signing key of the employer. That of the transport is another one; here one key has to do for both.
const employerKey: SigningKey = emulator.testSystem.signingKey;

const today = withOffset(dateAt(Date.now(), '+05:00'), '+05:00');
const contract: ContractRequest = {
  newContractData: {
    employerData: { bin: '991340000017' },
    employeeData: { iin: '001300900011' },
    contractData: {
      contractNumber: 'ЕШ-001/26',
      contractDate: today,
      beginDate: today,
      position: '2511-1-002',
      establishedPost: '2511-1-002',
    },
    documentData: { conscript: '1' },
  },
};

function explain(code: string): void {
  const explained = explainScse(code);
  console.log(`${code} (${explained?.class})`);
  for (const language of ['ru', 'kk', 'en'] as const) {
    console.log(`  ${language}: ${explained?.[language]} ${explained?.remedy[language]}`);
  }
}

// What this side can see is found before anything is sent: here, an IIN that lost its leading zeros in a spreadsheet.
const { newContractData } = contract;
try {
  await contracts.sign(
    { newContractData: { ...newContractData, employeeData: { iin: '1300900011' } } },
    employerKey,
  );
} catch (error) {
  if (!(error instanceof ValidateError)) throw error;
  for (const { path, message } of error.issues) console.log(`not sent: ${path} ${message}`);
}

const document = await contracts.sign(contract, employerKey);
const { registeredId } = await gateway.call(contracts.service, document);
console.log(`registered: ${registeredId}`);

/** Sends it, and says why not. */
async function send(request: ContractRequest): Promise<void> {
  try {
    await gateway.call(contracts.service, await contracts.sign(request, employerKey));
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    explain(error.statusCode);
  }
}

// The same number once more, and then what only the state can know: the emulator is told to refuse.
await send(contract);
emulator.laborContracts.refuse('SCSE012');
const another = { ...newContractData.contractData, contractNumber: 'ЕШ-002/26' };
await send({ newContractData: { ...newContractData, contractData: another } });

for (const { id, contractNumber } of emulator.laborContracts.contracts) {
  console.log(`in the register: ${contractNumber} as ${id}`);
}
