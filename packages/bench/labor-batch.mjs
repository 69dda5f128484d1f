/**
 * `node packages/bench/labor-batch.mjs [--quick] [--rows N] [--folder PATH]`
 *
 * A table of ten thousand labour contracts, registered by the batch engine, beside the same calls made one by one without
 * it: both validate, sign the payload, sign the envelope, record the call in a journal in SQLite on the disk, verify a
 * signed answer and read the id from it; the batch besides reads the table, maps its columns, looks earlier attempts up and
 * writes lines of results. The answers come from memory. Both sides take turns in one process; what is judged is the ratio
 * of their rates, and that the memory of the process does not grow. The exit code is 1 when a target is missed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { createGateway } from '@egov-gateway/client/preset';
import { createEmulator } from '@egov-gateway/emulator';
import { openJournal } from '@egov-gateway/journal';
import { loadPkcs12 } from '@egov-gateway/keys';
import { ContractRegistry, createLaborContracts } from '@egov-gateway/labor-contracts';
import {
  contractRows,
  mapColumns,
  readTable,
  resultLine,
  resultsHeader,
  runContractBatch,
} from '@egov-gateway/labor-contracts/batch';

const argument = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const quick = process.argv.includes('--quick');
const total = Number(argument('rows', quick ? 1_500 : 10_000));
const turn = quick ? 250 : 500;
const target = 0.6;
const MIB = 1024 * 1024;
/** What a collection leaves is never quite the same; the names of the rows that were seen are kept. */
const toleranceMib = 6;

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc');
const print = (line = '') => process.stdout.write(`${line}\n`);

const folder = mkdtempSync(join(argument('folder', tmpdir()), 'egov-gateway-bench-labor-batch-'));
const key = await loadPkcs12(new URL('../../fixtures/keys/organisation.p12', import.meta.url), 'test-only');
const contracts = createLaborContracts({ serviceId: 'BENCH' });
const emulator = await createEmulator();
emulator.service(contracts.service, () => ({
  registeredId: undefined,
  root: undefined,
  text: '<a><b/><c><id>7</id></c></a>',
}));

const iins = ['001300900011', '001300900021', '001300900207', '001300900219'];
const numberOf = (index) => `ЕШ-${index}/26`;
const header =
  'БИН;ИИН;№ договора;Дата договора;Дата начала;Должность (НКЗ);Штатная должность;Воинский учёт\r\n';
const table = new TextEncoder().encode(
  header +
    Array.from(
      { length: total },
      (_, index) =>
        `991340000017;${iins[index % 4]};${numberOf(index)};12.01.2026;2026-01-13;2511-1-002;Бағдарламашы;1\r\n`,
    ).join(''),
);
const contractOf = (index) => ({
  newContractData: {
    employerData: { bin: '991340000017' },
    employeeData: { iin: iins[index % 4] },
    contractData: {
      contractNumber: numberOf(index),
      contractDate: '2026-01-12+05:00',
      beginDate: '2026-01-13+05:00',
      position: '2511-1-002',
      establishedPost: 'Бағдарламашы',
    },
    documentData: { conscript: '1' },
  },
});

/** One signed answer, again and again: what the other side costs is not measured. */
async function answering() {
  let answer;
  const transport = emulator.transport();
  const recording = { exchange: async (request) => (answer = await transport.exchange(request)) };
  const gateway = createGateway({ ...emulator.connection(), transport: recording });
  await gateway.call(contracts.service, await contracts.sign(contractOf(0), key));
  return { exchange: async () => answer };
}

const transport = await answering();
const side = async (name) => {
  const journal = await openJournal(join(folder, name));
  return { journal, gateway: createGateway({ ...emulator.connection(), transport, journal }) };
};

const alone = await side('alone');
async function* oneByOne() {
  for (let index = 0; index < total; index += 1) {
    const document = await contracts.sign(contractOf(index), key);
    yield await alone.gateway.callWithInfo(contracts.service, document);
  }
}

const batched = await side('batched');
async function* batch() {
  const { table: read } = readTable(table);
  const { mapped } = mapColumns(read, 'register');
  const rows = contractRows(mapped, { contracts, certificate: key.certificate });
  const registry = new ContractRegistry({ contracts, employerKey: key, ...batched });
  const results = join(folder, 'results.csv');
  await appendFile(results, resultsHeader);
  for await (const result of runContractBatch({ registry, rows })) {
    if (result.state !== 'accepted' || result.registeredId !== '7')
      throw new Error(`row ${result.row}: ${result.state}`);
    await appendFile(results, resultLine(result));
    yield result;
  }
}

const contenders = [
  { name: 'one by one', work: oneByOne(), ms: 0, done: 0, rates: [] },
  { name: 'batch', work: batch(), ms: 0, done: 0, rates: [] },
];
const memory = [];

async function take(contender, count) {
  const startedMs = performance.now();
  for (let index = 0; index < count; index += 1) {
    if ((await contender.work.next()).done) break;
    contender.done += 1;
  }
  const ms = performance.now() - startedMs;
  contender.ms += ms;
  contender.rates.push((count / ms) * 1000);
}

try {
  print(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`);
  while (contenders.some(({ done }) => done < total)) {
    // Whoever goes first does not always go first.
    const order = memory.length % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) await take(contender, Math.min(turn, total - contender.done));
    collect();
    memory.push(process.memoryUsage().heapUsed / MIB);
  }
  for (const { name, done, ms, rates } of contenders) {
    const middle = rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)];
    print(
      `${name.padEnd(12)} ${done} contracts, ${((done / ms) * 1000).toFixed(0)} a second, median of the turns ${middle.toFixed(0)}`,
    );
  }
  const [first, second] = contenders;
  const ratio = second.done / second.ms / (first.done / first.ms);
  const isFast = ratio >= target;
  print(`batch / one by one ${ratio.toFixed(2)}, target >= ${target}: ${isFast ? 'reached' : 'MISSED'}`);
  // The first turn fills caches.
  const growth = memory.at(-1) - memory[Math.min(1, memory.length - 1)];
  const isFlat = growth <= toleranceMib;
  print(
    `heap after each turn: ${memory.map((mib) => mib.toFixed(0)).join(' ')} MiB; growth ${growth.toFixed(1)}, ` +
      `at most ${toleranceMib}: ${isFlat ? 'reached' : 'MISSED'}`,
  );
  if (!isFast || !isFlat) process.exitCode = 1;
} finally {
  for (const { journal, gateway } of [alone, batched]) {
    await gateway.close();
    await journal.close();
  }
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
}
