/**
 * `node packages/bench/gost.mjs [--quick]`
 *
 * Hash rates of `@egov-gateway/gost` beside SHA-256 in JavaScript and in OpenSSL, and its signatures beside a plain use of
 * `@noble/curves` with the same hash. Every contender has its own process, because code that serves two kinds of
 * numbers is slower for both, and rounds are interleaved. What is judged are ratios of one run; the exit code is 1 when
 * a target is missed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';

const quick = process.argv.includes('--quick');
const rounds = quick ? 25 : 150;
const roundMs = 4;
const warmUpMs = 300;

const algorithms = ['gost2015-512', 'gost2004'];
const print = (line = '') => process.stdout.write(`${line}\n`);

function table(head, rows) {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => String(row[i]).length)));
  for (const row of [head, ...rows]) {
    print(
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : String(cell).padStart(widths[i]))).join('  '),
    );
  }
  print();
}

/** A contender in a process of its own; `next` rejects when it ends. */
function start([name, ...options]) {
  const child = fork(new URL(`contenders/gost/${name}.mjs`, import.meta.url), options);
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${name} ended`);
  });
  ended.catch(() => {});
  const next = () => Promise.race([once(child, 'message'), ended]).then(([message]) => message);
  const ask = (message) => {
    child.send(message);
    return next();
  };
  return { name, next, ask, close: () => child.kill() };
}

/**
 * Milliseconds of one call of every operation that the contenders offer, by `contender operation`: the time that one
 * call in ten stays below, which other work on the machine hardly moves.
 */
async function measure(contenders) {
  const children = contenders.map(start);
  try {
    const cells = [];
    for (const child of children) {
      for (const operation of await child.next()) cells.push({ child, operation, calls: [] });
    }
    for (let round = -1; round < rounds; round++) {
      for (const { child, operation, calls } of cells) {
        const answer = await child.ask({ operation, ms: round < 0 ? warmUpMs : roundMs });
        if (round >= 0) calls.push(...answer);
      }
    }
    return new Map(
      cells.map(({ child, operation, calls }) => [
        `${child.name} ${operation}`,
        calls.sort((a, b) => a - b)[Math.floor(calls.length / 10)],
      ]),
    );
  } finally {
    for (const child of children) child.close();
  }
}

print(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}\n`);

const hashMs = await measure([['hashes']]);
const rates = new Map([...hashMs].map(([id, ms]) => [id.replace('hashes ', ''), 262.144 / ms]));
table(
  ['hash of 256 KiB', 'MB/s'],
  [...rates].map(([name, rate]) => [name, rate.toFixed(1)]),
);

const targets = [
  ['Streebog-512, MB/s', rates.get('Streebog-512'), 16],
  ['GOST 34.311-95, MB/s', rates.get('GOST 34.311-95'), 7.2],
];
for (const algorithm of algorithms) {
  const ms = await measure([
    ['noble', algorithm],
    ['sdk', algorithm],
  ]);
  const verify = ms.get('noble verify');
  const sign = ms.get('noble sign');
  const rows = [...ms].map(([id, value]) => {
    const base = id.includes('verify') ? verify : sign;
    return [id, value.toFixed(3), (1000 / value).toFixed(0), (base / value).toFixed(2)];
  });
  table([algorithm, 'ms', 'a second', '× noble'], rows);
  if (algorithm === 'gost2015-512') {
    targets.push(
      ['verify with a key not seen before, × noble', verify / ms.get('sdk verify, new key'), 1.5],
      ['verify with a known key, × noble', verify / ms.get('sdk verify, known key'), 5],
      ['sign, × noble', sign / ms.get('sdk sign'), 1],
    );
  }
}

table(
  ['target (signatures: gost2015-512)', 'measured', 'at least', ''],
  targets.map(([name, value, least]) => [
    name,
    value.toFixed(2),
    String(least),
    value >= least ? 'reached' : 'MISSED',
  ]),
);
if (targets.some(([, value, least]) => !(value >= least))) process.exitCode = 1;
