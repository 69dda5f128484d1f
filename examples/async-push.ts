/** A chain of messages by PUSH over HTTP, from REQUEST to RESPONSE: states, a handler, and a table of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createAsyncGateway } from '@egov-gateway/client/preset';
import { serverTimeouts, toNodeListener } from '@egov-gateway/client/receiver';
import { newLocalKey } from '@egov-gateway/core';
import { createEmulator } from '@egov-gateway/emulator';
import { openJournal } from '@egov-gateway/journal';
import { openDatabase } from '@egov-gateway/journal/database';
import { bin, definePayload, defineService, iin } from '@egov-gateway/payload';
import * as z from 'zod';

// A made-up service: what a real one is called and what its data look like, its owner says.
const registration = {
  ...defineService({
    id: 'EXAMPLE_CONTRACT_REGISTRATION',
    request: definePayload({ schema: z.object({ number: z.string(), employer: bin(), employee: iin() }) }),
    response: definePayload({ schema: z.object({ number: z.string(), registeredAs: z.string() }) }),
  }),
  notification: definePayload({ schema: z.object({ number: z.string(), stage: z.string() }) }),
};

// The other side: takes the contract up at once and registers it two days later.
const emulator = await createEmulator();
const gatewayServer = await emulator.listen();
emulator.asyncService(registration, async ({ number }, chain) => {
  await chain.notify({ number, stage: 'taken up' });
  await chain.respond({ number, registeredAs: `KZ-${number}` }, { afterMs: 2 * 86_400_000 });
  return undefined;
});

const folder = await mkdtemp(join(tmpdir(), 'async-push-'));
const path = join(folder, 'messages.journal');
const journal = await openJournal(path);
// The application's own table lies in the same file, so that a handler can write to it in the journal's commit.
const database = await openDatabase(path);
database.exec('CREATE TABLE contract (number TEXT PRIMARY KEY, state TEXT, registered_as TEXT)');
database.prepare('INSERT INTO contract VALUES (?, ?, NULL)').run('17', 'new');

const key = newLocalKey(); // the name of our message on this side
const gateway = createAsyncGateway({
  ...emulator.connection({ channel: 'async' }),
  endpoint: gatewayServer.asyncUrl,
  allowInsecureHttp: true, // loopback only: a real endpoint is https, or plain http inside a VPN
  journal,
  poll: false, // nothing is asked for: the gateway pushes
  onStateChange: ({ localKey, state }) => {
    if (localKey === key) console.log(`   our message is ${state}`);
  },
});
gateway.on(registration, (message, tx) => {
  console.log(`-> ${message.type} of chain ${message.correlationId}: ${JSON.stringify(message.data)}`);
  // Both lines happen together with the message being handled, once, however often this function is called.
  if (message.type === 'NOTIFICATION') {
    tx.execute('UPDATE contract SET state = ? WHERE number = ?', message.data.stage, message.data.number);
  }
  if (message.type === 'RESPONSE') {
    const { number, registeredAs } = message.data;
    tx.execute(
      'UPDATE contract SET state = ?, registered_as = ? WHERE number = ?',
      'registered',
      registeredAs,
      number,
    );
  }
});

// What the gateway calls. Its operator registers the address; the emulator is simply told.
const receiver = createServer(serverTimeouts(), toNodeListener(gateway.receiver));
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
emulator.pushTo('test-system', `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
gateway.start();

console.log('<- REQUEST: contract 17');
await gateway.send(
  registration,
  { number: '17', employer: '991340000017', employee: '001300900011' },
  { key, reference: 'contract 17' },
);
await gateway.wait(key, { states: ['delivered'] });
await emulator.idle();
console.log('   … two days later, by the clock of the emulator');
await emulator.advance(2 * 86_400_000);
const { events, correlationId, relatedKeys } = await gateway.wait(key, { states: ['answered'] });
for (const reply of relatedKeys) await gateway.wait(reply, { states: ['handled'] });

console.log(`chain ${correlationId}: ${events.map(({ kind }) => kind).join(', ')}`);
await gateway.close();
console.log(
  'the table of the application:',
  JSON.stringify(database.prepare('SELECT * FROM contract').all()),
);
database.close();
await journal.close();
await new Promise((resolve) => receiver.close(resolve));
await emulator.close();
await rm(folder, { recursive: true });
