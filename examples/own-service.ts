/** Calls a service of your own: one definition gives the types, the checks and the XML in both directions. */
import { createGateway } from '@egov-gateway/client/preset';
import { ValidateError } from '@egov-gateway/core';
import { createEmulator } from '@egov-gateway/emulator';
import { bin, definePayload, defineService, xml, xsDate } from '@egov-gateway/payload';
import * as z from 'zod';

const namespace = 'http://agency.example/licences';

const licenceSearch = defineService({
  id: 'EXAMPLE_LICENCE_SEARCH',
  request: definePayload({
    schema: z.object({ bin: bin(), activity: z.string().max(20).optional() }),
    data: { style: 'typed', type: 'LicenceRequest', namespace },
    clause: 'Example service, table 1',
  }),
  response: definePayload({
    schema: z.object({
      licences: xml(z.array(z.object({ number: z.string(), issued: xsDate() })), { name: 'licence' }),
    }),
    data: { style: 'typed', type: 'LicenceResponse', namespace },
  }),
});

// The other side, for as long as the real one is not reachable.
const emulator = await createEmulator();
emulator.service(licenceSearch, ({ bin: owner }) => ({
  licences: owner === '991340000017' ? [{ number: '000123', issued: '2024-05-01+05:00' }] : [],
}));

await using gateway = createGateway({ ...emulator.connection(), transport: emulator.transport() });
const { licences } = await gateway.call(licenceSearch, { bin: '991340000017' });
for (const { number, issued } of licences) console.log(`licence ${number}, issued ${issued}`);

try {
  await gateway.call(licenceSearch, { bin: '991340000018', activity: 'x'.repeat(21) });
} catch (error) {
  if (!(error instanceof ValidateError)) throw error;
  for (const { path, rule, message } of error.issues) console.log(`${path} [${rule}] ${message}`);
}
