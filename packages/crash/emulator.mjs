/** The gateway and the provider behind it. What the provider did goes into its ledger, by the gateway's message id. */
import { createEmulator } from '@egov-gateway/emulator';

import { Ledger } from './ledger.mjs';
import { asked, echo, ready, settings } from './service.mjs';

const { port, storePath, receiverUrl, dedupe, ledger } = settings();
const effects = new Ledger(ledger);
const emulator = await createEmulator({
  asyncStore: { path: storePath },
  async: {
    dedupe,
    push: { retryDelaysMs: Array.from({ length: 2_000 }, () => 100), timeoutMs: 2_000 },
    statusNotifications: receiverUrl !== undefined,
    pullAmount: 50,
    onEffect: ({ messageId, messageType, text }) => {
      if (messageType === 'REQUEST') effects.write(messageId, text);
    },
  },
});
emulator.asyncService(echo, (name) => name);
// However the kills fall, some messages are taken whose sender never hears of it, and some replies come twice.
emulator.misbehave('lost-answer', { times: 3 });
if (receiverUrl !== undefined) {
  emulator.misbehave('duplicate-push', { times: 3 });
  emulator.pushTo(emulator.testSystem.senderId, receiverUrl);
}
const server = await emulator.listen({ port });
ready({ url: new URL(emulator.asyncUrl.pathname, server.url).href });
await asked();
await emulator.close();
