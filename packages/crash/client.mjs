/** Accepts messages as long as it lives. What it is certain of goes into its ledger. */
import { setTimeout as pause } from 'node:timers/promises';

import { openGateway } from './gateway.mjs';
import { Ledger, readLedger } from './ledger.mjs';
import { asked, echo, ready, settings } from './service.mjs';

const { ledgers, batch, backlog, pauseMs, ...parts } = settings();
// A name is used once, also when nobody knows what became of it.
let next = readLedger(ledgers.attempted).length + 1;
const attempted = new Ledger(ledgers.attempted);
const accepted = new Ledger(ledgers.accepted);
const { gateway, journal } = await openGateway({ ...parts, mode: 'push' });

async function accept(reference) {
  const { key } = await gateway.send(echo, reference, { reference });
  accepted.write(reference, key);
}

async function isAheadOf(limit) {
  const states = ['queued', 'sending', 'sent', 'delivered'];
  const { messages } = await journal.find({ direction: 'out', states, limit });
  return messages.length === limit;
}

let isAsked = false;
void asked().then(() => {
  isAsked = true;
});
ready();
while (!isAsked) {
  // What is killed while little flows proves little, and so does what never settles.
  if (await isAheadOf(backlog)) {
    await pause(pauseMs);
    continue;
  }
  const references = Array.from({ length: batch }, (_, i) => `m${next + i}`);
  next += batch;
  for (const reference of references) attempted.write(reference);
  await Promise.all(references.map(accept));
  await pause(pauseMs);
}
await gateway.close();
await journal.close();
