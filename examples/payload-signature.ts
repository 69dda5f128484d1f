/** A business document with a signature of its own inside `data`, beneath the transport signature. */
import { createGateway } from '@egov-gateway/client/preset';
import { createEmulator } from '@egov-gateway/emulator';
import { pinnedCertificates } from '@egov-gateway/keys';
import {
  definePayload,
  defineService,
  presignedPayload,
  signPayload,
  verifyPayload,
} from '@egov-gateway/payload';
import * as z from 'zod';

const order = definePayload({
  schema: z.object({ number: z.string(), text: z.string() }),
  root: { name: 'order', namespace: 'http://agency.example/orders' },
});
const sendOrder = defineService({
  id: 'EXAMPLE_SIGNED_ORDER',
  request: presignedPayload(),
  response: presignedPayload(),
});

const emulator = await createEmulator();
const key = emulator.testSystem.signingKey;
const trust = pinnedCertificates([key.certificate]);

// The receiving side: reads only what the inner signature covers.
emulator.service(sendOrder, async (document) => {
  const { root, signer } = await verifyPayload(document, { trust });
  const { number } = order.readDocument(root);
  return `<receipt xmlns="http://agency.example/orders"><order>${number}</order><signed>${signer.algorithm}</signed></receipt>`;
});

await using gateway = createGateway({ ...emulator.connection(), transport: emulator.transport() });
const document = order.writeDocument({ number: '000042', text: 'Қазақстан' });
const signed = await signPayload(document, key);
console.log(await gateway.call(sendOrder, signed));
