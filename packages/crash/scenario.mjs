/** One play: processes are killed at random while messages flow, then everything may settle, and is counted. */
import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import { freePort } from './free-port.mjs';
import { readLedger } from './ledger.mjs';
import { Party } from './party.mjs';
import { seededRandom } from './random.mjs';
import { countOpen, verdict } from './verdict.mjs';

const standstillMs = 60_000;

/** Waits until nothing more happens by itself: nothing is open, or nothing was concluded for a minute. */
async function settled(journalPath) {
  let open = await countOpen(journalPath);
  let progressAt = Date.now();
  while (open > 0 && Date.now() - progressAt < standstillMs) {
    await pause(300);
    const left = await countOpen(journalPath);
    if (left < open) progressAt = Date.now();
    open = left;
  }
}

/**
 * @param scenario - `{ name, onUnknown, dedupe, mode }`
 * @param plan - `{ folder, kills, messages, seed }`
 */
export async function play(scenario, { folder, kills, messages, seed }) {
  const random = seededRandom(seed);
  mkdirSync(folder, { recursive: true });
  const file = (name) => `${folder}/${name}`;
  const ledgers = { attempted: file('attempted.txt'), accepted: file('accepted.txt') };
  const [emulatorPort, receiverPort] = [await freePort(), await freePort()];
  const { onUnknown, dedupe, mode } = scenario;
  const receiverUrl = mode === 'push' ? `http://127.0.0.1:${receiverPort}/` : undefined;

  const emulator = new Party('emulator', {
    port: emulatorPort,
    storePath: file('gateway.db'),
    ledger: file('effects.txt'),
    ...(receiverUrl === undefined ? {} : { receiverUrl }),
    dedupe,
  });
  const { url: gatewayUrl } = await emulator.start();
  const journalPath = file('messages.journal');
  const library = { journalPath, gatewayUrl, onUnknown, mode };
  const worker = new Party('worker', { ...library, port: receiverPort });
  await worker.start();
  const client = new Party('client', { ...library, ledgers, batch: 10, backlog: 150, pauseMs: 30 });
  await client.start();

  const parties = [emulator, worker, client];
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      await pause(random() * 700);
      const victim = parties[Math.floor(random() * parties.length)];
      await victim.kill();
      await victim.start();
    }
    while (readLedger(ledgers.accepted).length < messages) await pause(200);
    await client.stop();
    await settled(journalPath);
    await worker.stop();
    await emulator.stop();
  } finally {
    for (const party of parties) if (!party.hasEnded) await party.kill();
  }
  return await verdict({ journalPath, accepted: ledgers.accepted, effects: file('effects.txt') });
}
