/**
 * `npm run bench [-- --quick] [-- --only NAME,NAME] [-- --sizes 2k,50k]`
 *
 * Every contender lives in its own process; rounds are interleaved, so that a slow moment of the machine hits all of
 * them. A cell is the minimum over the rounds. Times are milliseconds a message; what is judged are ratios of one run.
 */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { measureCalls } from './calls.mjs';
import { sizes as allSizes } from './documents.mjs';
import { measureMemory } from './memory.mjs';
import { measurePdf } from './pdf.mjs';
import { printReport } from './report.mjs';
import { measureStartup } from './startup.mjs';

const argument = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const quick = process.argv.includes('--quick');
const sizes = argument('sizes', allSizes.join(',')).split(',');
const only = argument('only', '')
  .split(',')
  .filter((name) => name !== '');
const rounds = quick ? 2 : 5;
const roundMs = quick ? 150 : 400;
// The engine compiles for seconds before a service is as fast as it will be for the rest of its life.
const warmUpMs = quick ? 1_000 : 2_500;
// A contender that needs this long for one message is measured once and left out of the later rounds.
const slowMs = 8_000;
// Quadratic above one megabyte: more than a minute for one message of this size.
const leftOut = new Set(['xmldsigjs 5m-elements']);
if (quick) for (const name of ['xmldsigjs', 'xml-crypto', 'node-soap']) leftOut.add(`${name} 5m-elements`);
if (quick) leftOut.add('xmldsigjs 5m-base64').add('xmldsigjs 500k');

const names = ['floor', 'sdk', 'libxml2-wasm', 'xml-crypto', 'node-soap', 'xmldsigjs'].filter(
  (name) => only.length === 0 || only.includes(name) || name === 'floor' || name === 'sdk',
);

const folder = mkdtempSync(join(tmpdir(), 'egov-gateway-bench-'));
const children = new Map();

function start(name) {
  const child = fork(new URL(`contenders/${name}.mjs`, import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const next = () =>
    new Promise((resolve, reject) => {
      const settled = () => {
        child.off('message', onMessage);
        child.off('exit', onExit);
      };
      const onMessage = (message) => {
        settled();
        resolve(message);
      };
      const onExit = () => {
        settled();
        reject(new Error(`${name} ended`));
      };
      child.on('message', onMessage);
      child.on('exit', onExit);
    });
  const ready = next();
  return {
    ready,
    close: () => child.kill(),
    ask(message) {
      const answer = next();
      child.send(message);
      return answer;
    },
  };
}

const cells = new Map();
const key = (name, op, size) => `${name} ${op} ${size}`;

try {
  for (const name of names) {
    const child = start(name);
    await child.ready;
    children.set(name, child);
  }

  // Everybody verifies the message that the SDK signed, except xmldsigjs, which needs its own id form.
  const files = {};
  for (const size of sizes) {
    const { output, error } = await children.get('sdk').ask({ op: 'output', size });
    if (error) throw new Error(`the SDK does not sign ${size}: ${error}`);
    files[size] = join(folder, `${size}.xml`);
    writeFileSync(files[size], output);
  }

  for (let round = -1; round < rounds; round++) {
    for (const size of sizes) {
      for (const op of ['sign', 'verify', 'verify-only']) {
        for (const [name, child] of children) {
          const id = key(name, op, size);
          const cell = cells.get(id) ?? { name, op, size, ms: [], cpuMs: [] };
          if (cell.absent || cell.error || cell.slow || leftOut.has(`${name} ${size}`)) continue;
          const big = size.startsWith('5m');
          const answer = await child.ask({
            op,
            size,
            file: files[size],
            ms: round < 0 ? warmUpMs : big ? roundMs * 2 : roundMs,
            max: big ? (round < 0 ? 3 : 20) : undefined,
          });
          cells.set(id, cell);
          if (answer.absent) cell.absent = true;
          else if (answer.error) cell.error = answer.error;
          else {
            const ms = answer.wallMs / answer.count;
            if (round >= 0 || ms > slowMs) {
              cell.ms.push(ms);
              cell.cpuMs.push(answer.cpuMs / answer.count);
            }
            if (ms > slowMs / rounds) cell.slow = true;
            if (cell.slow && cell.ms.length === 0) cell.ms.push(ms);
          }
        }
      }
    }
  }
  for (const child of children.values()) child.close();

  const results = {
    takenAt: new Date().toISOString(),
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    load: loadavg(),
    quick,
    cells: [...cells.values()]
      .filter((cell) => !cell.absent)
      .map(({ name, op, size, ms, cpuMs, error }) => ({
        name,
        op,
        size,
        error,
        ms: ms.length > 0 ? Math.min(...ms) : undefined,
        cpuMs: cpuMs.length > 0 ? Math.min(...cpuMs) : undefined,
      })),
    memory: sizes.some((size) => size.startsWith('5m')) ? await measureMemory(files, quick ? 2 : 5) : [],
    calls: await measureCalls({ rounds: quick ? 2 : 4, roundMs: quick ? 800 : 1_500 }),
    startup: measureStartup(quick ? 5 : 15),
    pdf: await measurePdf(quick ? 15 : 40),
  };

  const outputFolder = new URL('../../bench-results/', import.meta.url);
  mkdirSync(outputFolder, { recursive: true });
  writeFileSync(new URL('bench.json', outputFolder), `${JSON.stringify(results, null, 2)}\n`);
  printReport(results);
} finally {
  for (const child of children.values()) child.close();
  rmSync(folder, { recursive: true, force: true });
}
