/** Two ways to test your own code without the gateway: the emulator in memory, and undici's MockAgent. */
import assert from 'node:assert/strict';

import { createGateway, type Gateway } from '@egov-gateway/client/preset';
import { SendError } from '@egov-gateway/core';
import { createEmulator } from '@egov-gateway/emulator';
import { exemptionState, medicalExemptionSearch } from '@egov-gateway/medical-exemption';
import { MockAgent } from 'undici';

/** The code under test: it takes a gateway and does not know which. */
async function mayBeVaccinated(gateway: Gateway, iin: string): Promise<boolean | 'unknown'> {
  try {
    const { medicalExemptionList } = await gateway.call(medicalExemptionSearch, { iin });
    return !medicalExemptionList.some((found) => exemptionState(found, Date.now()) === 'up-to-date');
  } catch (error) {
    if (error instanceof SendError) return 'unknown';
    throw error;
  }
}

const emulator = await createEmulator();

// 1. The emulator in memory: real envelopes, real signatures, no sockets. Your own answers are typed.
{
  emulator.service(medicalExemptionSearch, () => ({
    status: { code: 'SUCCESS', message: 'made up for this test' },
    medicalExemptionList: [],
  }));
  await using gateway = createGateway({ ...emulator.connection(), transport: emulator.transport() });
  assert.equal(await mayBeVaccinated(gateway, '001300900011'), true);

  emulator.misbehave('http-500-empty');
  assert.equal(await mayBeVaccinated(gateway, '001300900011'), 'unknown');
  console.log('emulator in memory: an answer and a failure, as told');
}

// 2. undici's MockAgent: below everything of this SDK, for tests that look at HTTP itself.
{
  const dispatcher = new MockAgent();
  dispatcher.disableNetConnect();
  dispatcher
    .get('https://gateway.example')
    .intercept({ path: '/sync/', method: 'POST', headers: { soapaction: '""' } })
    .reply(502, '<html>proxy</html>', { headers: { 'content-type': 'text/html' } });
  await using gateway = createGateway({
    ...emulator.connection(),
    endpoint: 'https://gateway.example/sync/',
    dispatcher,
  });
  assert.equal(await mayBeVaccinated(gateway, '001300900011'), 'unknown');
  dispatcher.assertNoPendingInterceptors();
  await dispatcher.close();
  console.log('MockAgent: a proxy page is not an answer');
}
