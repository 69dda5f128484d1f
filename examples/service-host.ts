/** The other side of a synchronous call: a service of yours behind the gateway, with its key, its refusals and its journal. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createGateway } from '@egov-gateway/client/preset';
import { createServiceHost, serve, serverTimeouts, toNodeListener } from '@egov-gateway/client/receiver';
import { BusinessError, GatewayFault } from '@egov-gateway/core';
import { createEmulator } from '@egov-gateway/emulator';
import { createMemoryJournal } from '@egov-gateway/journal';
import { loadPkcs12, pinnedCertificates } from '@egov-gateway/keys';
import { bin, definePayload, defineService } from '@egov-gateway/payload';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';
import * as z from 'zod';

const keyOf = (name: string) =>
  loadPkcs12(new URL(`../../fixtures/keys/${name}.p12`, import.meta.url), 'test-only');
const [gatewayKey, serviceKey] = await Promise.all([keyOf('gateway'), keyOf('service')]);

const licenceSearch = defineService({
  id: 'EXAMPLE_LICENCE_SEARCH',
  request: definePayload({ schema: z.object({ bin: bin() }) }),
  response: definePayload({ schema: z.object({ number: z.string(), issued: z.string() }) }),
});

// 1. The service. It takes what the gateway has signed, and signs what it answers.
const host = createServiceHost({
  path: '/licences/',
  verifier: createEnvelopeVerifier({ trust: pinnedCertificates([gatewayKey.certificate]) }),
  signer: createEnvelopeSigner({ key: serviceKey }),
  journal: createMemoryJournal(), // on disk in life: `isRepeated` then knows what came before a restart
  services: [
    serve(licenceSearch, ({ bin: owner }, { sender, isRepeated }) => {
      console.log(`   the service was asked by ${sender.senderId}${isRepeated ? ', once more' : ''}`);
      if (owner === '991340000017') return { number: '000123', issued: '2024-05-01' };
      // A refusal is an answer as well: it arrives with its code, signed.
      throw new BusinessError({ code: 'SCSE001', message: 'no such licence' }, {});
    }),
  ],
  onExchange: ({ outcome, httpStatus, reason }) => {
    console.log(`   and has answered: ${outcome}${reason ? ` (${reason})` : ''}, HTTP ${httpStatus}`);
  },
});
const server = createServer(serverTimeouts(), toNodeListener(host));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/licences/`;

// 2. The gateway in between: the emulator, which hands requests on, signed with the gateway's key.
const toService = createGateway({
  endpoint: address,
  allowInsecureHttp: true, // loopback only
  sender: { id: 'gateway', password: 'test-only' },
  key: gatewayKey,
  gatewayCertificates: [serviceKey.certificate],
});
const emulator = await createEmulator({ responseSigning: { key: gatewayKey } });
emulator.service(licenceSearch, (request) => toService.call(licenceSearch, request));

// 3. Somebody who calls the service through the gateway.
const consumer = createGateway({ ...emulator.connection(), transport: emulator.transport() });
for (const owner of ['991340000017', '991340000027']) {
  console.log(`licence of ${owner}`);
  try {
    const { number, issued } = await consumer.call(licenceSearch, { bin: owner });
    console.log(`=> number ${number}, issued ${issued}`);
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    console.log(`=> ${error.statusCode}: ${error.statusMessage}`);
  }
}

// 4. And one who goes past the gateway: no such signature is trusted, the service is not even asked.
console.log('past the gateway');
const stranger = createGateway({
  ...emulator.connection(),
  endpoint: address,
  allowInsecureHttp: true,
  gatewayCertificates: [serviceKey.certificate],
  trust: undefined,
});
const refusal = await stranger.call(licenceSearch, { bin: '991340000017' }).catch((error: unknown) => error);
console.log(`=> ${refusal instanceof GatewayFault ? refusal.faultCode : refusal}`);

await Promise.all([consumer.close(), stranger.close(), toService.close(), host.close()]);
await new Promise((resolve) => server.close(resolve));
await emulator.close();
