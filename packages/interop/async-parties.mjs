import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { createPushReceiver, serverTimeouts, toNodeListener } from '@egov-gateway/client/receiver';
import { createMemoryJournal } from '@egov-gateway/journal';
import { loadPkcs12, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { acceptUnverified, createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';

import { textCodec } from './text-data.mjs';

/** A service of the asynchronous channel: what is said comes back. */
export const echo = { id: 'EXAMPLE_ASYNC_ECHO', request: textCodec, response: textCodec };

/**
 * The descriptions that others make their programs from: ours, as they are served, and those of the gateway when there is
 * a folder with them. `of` gives the place of one, and the address to use in the place of the one in it.
 */
export function contractsOf(side, shared) {
  const served = {
    name: 'our ?wsdl',
    of: (address) => ({ wsdl: new URL('?wsdl', address).href, address: '' }),
  };
  if (shared === undefined) return [served];
  const file = side === 'gateway' ? 'AsyncChannelHttp_Service.wsdl' : 'AsyncChannelClientHttp_Service.wsdl';
  const wsdl = join(shared, 'interfaces/nitec-shep/shep/AsyncChannel/v10/Interfaces', file);
  return [served, { name: "the gateway's WSDL", of: (address) => ({ wsdl, address: address.href }) }];
}

/**
 * A receiver of pushes on a port of its own: `{ url, journal, close }`. Signed, it trusts the gateway of the test keys and
 * answers as the organisation.
 */
export async function startReceiver({ key, signed }) {
  const journal = createMemoryJournal();
  const security = signed
    ? {
        verifier: createEnvelopeVerifier({
          trust: pinnedCertificates([parseCertificate(readFileSync(key('gateway.crt')))]),
        }),
        signer: createEnvelopeSigner({ key: await loadPkcs12(key('organisation.p12'), 'test-only') }),
      }
    : { verification: 'off', acceptUnverified };
  const receiver = createPushReceiver({ journal, ...security, unknownStatusWaitMs: 0 });
  const server = createServer(serverTimeouts(), toNodeListener(receiver));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    await receiver.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: new URL(`http://127.0.0.1:${server.address().port}/push/`), journal, close };
}
