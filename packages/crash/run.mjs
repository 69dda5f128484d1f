/**
 * Kills client, worker and gateway with SIGKILL at random points while messages flow, and counts what came of them.
 *
 *     npm run test:crash                        12 kills a scenario, 1000 messages
 *     npm run test:crash -- --kills 100         more of it
 *     npm run test:crash -- --seed 7 --keep     the same plan again; keeps the files and says where
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { play } from './scenario.mjs';
import { concurrency } from './service.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '12' },
    messages: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    keep: { type: 'boolean', default: false },
  },
});
const numbers = Object.fromEntries(['kills', 'messages', 'seed'].map((name) => [name, Number(values[name])]));
for (const [name, value] of Object.entries(numbers)) {
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`--${name} must be a whole number`);
}

const scenarios = [
  // At most what is on the wire when a process dies may be in doubt.
  { name: 'hold', onUnknown: 'hold', dedupe: 'none', mode: 'push', doubtsPerKill: concurrency },
  { name: 'resend', onUnknown: 'resend', dedupe: 'message-id', mode: 'pull', doubtsPerKill: 0 },
];

const folder = mkdtempSync(join(tmpdir(), 'egw-crash-'));
const { kills, messages, seed } = numbers;
console.log(`seed ${seed}`);
const outcomes = [];
let isGood = true;
for (const scenario of scenarios) {
  const { name, onUnknown, dedupe, mode, doubtsPerKill } = scenario;
  const startedAt = Date.now();
  const outcome = await play(scenario, { folder: join(folder, name), kills, messages, seed });
  const { accepted, lost, doubled, inDoubt, fault } = outcome;
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(
    `onUnknown: ${onUnknown}, dedupe: ${dedupe}, ${mode}: ${accepted} messages accepted, ${seconds} s`,
  );
  for (const [what, list] of Object.entries({ lost, doubled })) {
    if (list.length > 0) console.log(`  ${what}: ${list.slice(0, 20).join(' ')}`);
  }
  if (fault !== undefined) console.log(`  journal: ${JSON.stringify(fault)}`);
  const passed =
    lost.length === 0 && doubled.length === 0 && fault === undefined && inDoubt <= doubtsPerKill * kills;
  isGood &&= passed;
  outcomes.push(
    `${name}: kills ${kills}, lost ${lost.length}, doubled ${doubled.length}, in-doubt ${inDoubt}`,
  );
}
if (values.keep || !isGood) console.log(`files: ${folder}`);
else rmSync(folder, { recursive: true });
for (const line of outcomes) console.log(line);
process.exitCode = isGood ? 0 : 1;
