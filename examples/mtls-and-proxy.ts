/** HTTPS with a private certificate authority, a client certificate and an HTTP proxy. */
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

import { createGateway } from '@egov-gateway/client/preset';
import { createEmulator } from '@egov-gateway/emulator';
import { medicalExemptionSearch } from '@egov-gateway/medical-exemption';

// The gateway asks for client certificates of the test authority.
const emulator = await createEmulator();
const { ca, clientCertificate } = emulator.tls;
await using server = await emulator.listen({ tls: { clientCa: ca } });

// A proxy of a few lines; yours is given to you.
let tunnels = 0;
const proxy = createServer().on('connect', (request, client, head) => {
  tunnels += 1;
  const { hostname, port } = new URL(`http://${request.url}`);
  const upstream = connect(Number(port), hostname, () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.write(head);
    upstream.pipe(client).pipe(upstream);
  });
  upstream.on('error', () => client.destroy());
  client.on('error', () => upstream.destroy());
});
await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
const { port } = proxy.address() as AddressInfo;

{
  await using gateway = createGateway({
    ...emulator.connection(),
    endpoint: server.url,
    ca,
    clientCertificate,
    proxy: `http://127.0.0.1:${port}`,
    connectTimeoutMs: 5_000,
    headersTimeoutMs: 30_000,
    totalTimeoutMs: 60_000,
    connections: 4,
  });
  const { medicalExemptionList } = await gateway.call(medicalExemptionSearch, { number: '01085' });
  console.log(`found ${medicalExemptionList.length} through ${tunnels} tunnel, over mutual TLS`);
}
proxy.close();
