/** What to do after a failure: `delivery` decides, not the kind of error. */
import { createGateway } from '@egov-gateway/client/preset';
import { GatewayError } from '@egov-gateway/core';
import { createEmulator, type MisbehaviourName } from '@egov-gateway/emulator';
import { medicalExemptionSearch } from '@egov-gateway/medical-exemption';

const emulator = await createEmulator();
await using gateway = createGateway({
  ...emulator.connection(),
  transport: emulator.transport(),
  maxAttempts: 1,
});

/** The decision of an application. Returns what a journal would say. */
async function search(number: string): Promise<string> {
  try {
    const { medicalExemptionList } = await gateway.call(medicalExemptionSearch, { number });
    return `found ${medicalExemptionList.length}`;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    switch (error.delivery) {
      case 'not-sent':
        return `${error.code}: nothing left this machine, put it back into the queue`;
      case 'unknown':
        return `${error.code}: the gateway may have acted, find out by message ${error.messageId?.slice(0, 8)}…`;
      case 'answered':
        return `${error.code}: the gateway answered, tell the user`;
    }
  }
}

console.log(`all is well          ${await search('01085')}`);
console.log(`an impossible request ${await search('')}`);
const scenarios: readonly MisbehaviourName[] = [
  'reset-after-reading',
  'http-500-empty',
  'http-502-html',
  'tampered-body',
  'unsigned',
  'unsigned-fault',
  'signed-fault',
  'business-error',
];
for (const scenario of scenarios) {
  emulator.misbehave(scenario);
  console.log(`${scenario.padEnd(20)} ${await search('01085')}`);
}
