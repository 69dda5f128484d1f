/** The same chain by PULL: nobody has to reach us, the gateway is asked. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { createAsyncGateway } from '@egov-gateway/client/preset';
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
await using server = await emulator.listen();
emulator.asyncService(registration, async ({ number }, chain) => {
  await chain.notify({ number, stage: 'taken up' });
  await chain.respond({ number, registeredAs: `KZ-${number}` }, { afterMs: 2 * 86_400_000 });
  return undefined;
});

const folder = await mkdtemp(join(tmpdir(), 'async-pull-'));
const path = join(folder, 'messages.journal');
const journal = await openJournal(path);
const database = await openDatabase(path);
database.exec('CREATE TABLE contract (number TEXT PRIMARY KEY, state TEXT, registered_as TEXT)');
database.prepare('INSERT INTO contract VALUES (?, ?, NULL)').run('17', 'new');

const gateway = createAsyncGateway({
  ...emulator.connection({ channel: 'async' }),
  endpoint: server.asyncUrl,
  allowInsecureHttp: true, // loopback only: a real endpoint is https, or plain http inside a VPN
  journal,
  // Asked at once while messages come, ever more seldom while none do. The defaults are 5 s and 2 min.
  poll: { minIntervalMs: 100, maxIntervalMs: 1_000 },
});
gateway.on(registration, (message, tx) => {
  console.log(`-> ${message.type} of chain ${message.correlationId}: ${JSON.stringify(message.data)}`);
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
gateway.start();

console.log('<- REQUEST: contract 17');
const { key } = await gateway.send(
  registration,
  { number: '17', employer: '991340000017', employee: '001300900011' },
  { reference: 'contract 17' },
);
await gateway.wait(key, { states: ['sent', 'delivered'] });
// Nobody tells us that it arrived: whoever pulls has to ask. The journal keeps the answer.
await emulator.idle();
const { messageState } = await gateway.status(key);
console.log(
  `   asked for its status: ${messageState}, in the journal: ${(await gateway.message(key))?.state}`,
);

while ((await gateway.message(key))?.relatedKeys.length === 0) await setTimeout(50); // until the first reply is here

console.log('   … two days later, by the clock of the emulator');
await emulator.advance(2 * 86_400_000);
const { relatedKeys } = await gateway.wait(key, { states: ['answered'] });
for (const reply of relatedKeys) await gateway.wait(reply, { states: ['handled'] });

// What is still on its way ends before this does: then the gateway has been told that we have both replies.
await gateway.stop();
await gateway.confirmer.drain();
for (const { messageType, state } of emulator.chains[0]?.messages ?? []) {
  console.log(`   ${messageType.padEnd(12)} ${state}`);
}
await gateway.close();
console.log(
  'the table of the application:',
  JSON.stringify(database.prepare('SELECT * FROM contract').all()),
);
database.close();
await journal.close();
await emulator.close();
await rm(folder, { recursive: true });
