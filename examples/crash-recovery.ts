/** The process is killed while a message is on the wire: what the next start finds, and how the doubt about it ends. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createAsyncGateway } from '@egov-gateway/client/preset';
import { createEmulator } from '@egov-gateway/emulator';
import { openJournal } from '@egov-gateway/journal';
import { definePayload, defineService } from '@egov-gateway/payload';
import * as z from 'zod';

const registration = defineService({
  id: 'EXAMPLE_CONTRACT_REGISTRATION',
  request: definePayload({ schema: z.object({ number: z.string() }) }),
  response: definePayload({ schema: z.object({ number: z.string(), registeredAs: z.string() }) }),
});

const [, , role, endpoint = '', path = ''] = process.argv;
await (role === 'application' ? application() : story());

/** The process that gets killed. It sends three contracts on its first start, and nothing new on the second. */
async function application(): Promise<void> {
  const testSystem = await createEmulator(); // for its account and key alone
  const journal = await openJournal(path);
  const isFirstStart = (await journal.find({ limit: 1 })).messages.length === 0;
  const gateway = createAsyncGateway({
    ...testSystem.connection({ channel: 'async' }),
    endpoint,
    allowInsecureHttp: true, // loopback only
    journal,
    poll: { minIntervalMs: 100, maxIntervalMs: 200 },
    // One at a time, and impatient, so that this example ends soon: the defaults are 16, 70 s and 10 s.
    outbox: { concurrency: 1, graceMs: 500, defaults: { attemptTimeoutMs: 1_000 } },
    inbox: { pollMs: 200 },
    // Our own number, which the answer repeats. It finds the message whose chain never became known.
    referenceOf: ({ type, data }) =>
      type === 'RESPONSE' ? `contract ${(data as { number: string }).number}` : undefined,
  });
  gateway.on(registration, ({ type, data }) => {
    if (type === 'RESPONSE') console.log(`   handled: contract ${data.number} is ${data.registeredAs}`);
  });
  const nowMs = Date.now();
  for (const number of isFirstStart ? ['1', '2', '3'] : []) {
    const notBeforeMs = nowMs + 200 * Number(number);
    await gateway.send(registration, { number }, { reference: `contract ${number}`, notBeforeMs });
  }
  gateway.start();
  process.once('message', async () => {
    await gateway.close();
    await journal.close();
    process.disconnect();
  });
}

/** The world around it: the gateway, the power cut, and somebody who looks at the journal. */
async function story(): Promise<void> {
  let onSecond = (): void => {};
  const emulator = await createEmulator({
    async: {
      // Called when a message is accepted for good, and before its sender gets an answer.
      onEffect: ({ text, messageType }) => {
        if (messageType === 'REQUEST' && text === '2') onSecond();
      },
    },
  });
  const server = await emulator.listen();
  emulator.asyncService(registration, async ({ number }, chain) => {
    await chain.respond({ number, registeredAs: `KZ-${number}` }, { afterMs: 86_400_000 });
    return undefined;
  });
  const folder = await mkdtemp(join(tmpdir(), 'crash-recovery-'));
  const file = join(folder, 'messages.journal');
  const start = () => fork(fileURLToPath(import.meta.url), ['application', server.asyncUrl.href, file]);

  console.log('first start: three contracts are accepted and sent one after the other');
  const first = start();
  onSecond = () => void first.kill('SIGKILL');
  await once(first, 'exit');
  console.log('killed with SIGKILL, when the gateway had accepted contract 2 and not answered yet');
  const journal = await openJournal(file);
  const states = async (): Promise<string[]> => {
    const { messages } = await journal.find({ direction: 'out' });
    return messages.map(({ reference, state }) => `${reference} ${state}`).sort();
  };
  const until = async (...expected: string[]): Promise<void> => {
    while (`${await states()}` !== `${expected}`) await new Promise((resolve) => setTimeout(resolve, 50));
    for (const line of expected) console.log(`   ${line}`);
  };
  await until('contract 1 sent', 'contract 2 sending', 'contract 3 queued');

  console.log(
    'second start: what waited is sent; of what was on the wire nobody knows, and it is not sent again',
  );
  const second = start();
  await until('contract 1 sent', 'contract 2 in-doubt', 'contract 3 sent');

  console.log('a day later the answers come; that of contract 2 names our own number and ends the doubt');
  await emulator.advance(86_400_000);
  await until('contract 1 answered', 'contract 2 answered', 'contract 3 answered');
  const { messages } = await journal.find({ reference: 'contract 2', direction: 'out' });
  console.log(`contract 2: ${messages[0]?.events.map(({ kind }) => kind).join(', ')}`);
  console.log(`the gateway was given ${emulator.chains.length} contracts, each of them once`);

  second.send('stop');
  await once(second, 'exit');
  const { intact, events } = await journal.verify();
  console.log(`the journal of ${events} events is ${intact ? 'intact' : 'NOT intact'}`);
  await journal.close();
  await emulator.close();
  await rm(folder, { recursive: true });
}
