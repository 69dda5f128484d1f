/**
 * `node packages/bench/labor.mjs [--quick]`
 *
 * Validates and encodes one labour contract with `@egov-gateway/labor-contracts`, and with code written by hand that does
 * the same: the same rules with the same codes, the same octets. Both live in a process of their own, rounds are
 * interleaved, and what is judged is the ratio of one run; the exit code is 1 when the target is missed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

import { fixedClock } from '@egov-gateway/core';
import { createLaborContracts } from '@egov-gateway/labor-contracts';

const nowMs = Date.UTC(2026, 0, 13, 5);
const calls = 2_000;

/** Contracts that differ, as those of a batch do. */
const requests = Array.from({ length: 64 }, (_, index) => ({
  newContractData: {
    employerData: { bin: '991340000017' },
    employeeData: { iin: ['001300900011', '001300900021', '001300900207', '001300900219'][index % 4] },
    contractData: {
      contractNumber: `ЕШ-${String(index).padStart(4, '0')}/26 & К`,
      contractDate: `2026-01-${String((index % 12) + 1).padStart(2, '0')}+05:00`,
      beginDate: '2026-01-13+05:00',
      position: `2511-1-${String(index + 1).padStart(3, '0')}`,
      establishedPost: `Бағдарламашы ${index}`,
    },
    documentData: { conscript: '1' },
  },
}));

function sdk() {
  const contracts = createLaborContracts({ serviceId: 'BENCH', clock: fixedClock(nowMs) });
  return (request) => contracts.encode(request);
}

const weights = [
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2],
];

function isIdentityNumber(text) {
  if (!/^\d{12}$/.test(text) || text === '000000000000') return false;
  for (const pass of weights) {
    let sum = 0;
    for (let i = 0; i < 11; i++) sum += pass[i] * (text.charCodeAt(i) - 48);
    sum %= 11;
    if (sum < 10) return sum === text.charCodeAt(11) - 48;
  }
  return false;
}

function isDate(text) {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
const escaped = (text) => text.replace(/[&<>\r]/g, (character) => entities[character]);
const knownKeys = {
  newContractData: ['employerData', 'employeeData', 'contractData', 'documentData'],
  employerData: ['bin'],
  employeeData: ['iin'],
  contractData: ['contractNumber', 'contractDate', 'beginDate', 'position', 'establishedPost'],
  documentData: ['conscript'],
};

/** What somebody would write who needs this one request, with all its rules and no library. */
function byHand() {
  const encoder = new TextEncoder();
  return (request) => {
    const issues = [];
    const report = (path, message, code) =>
      issues.push({ path: `/contractRequest/newContractData/${path}`, message, code });
    const today = new Date(nowMs + 5 * 3_600_000).toISOString().slice(0, 10);
    const year = Number(today.slice(0, 4));
    const contract = request.newContractData;
    const blocks = { newContractData: contract, ...contract };
    for (const block in knownKeys) {
      if (typeof blocks[block] !== 'object' || blocks[block] === null)
        report(block, 'is required', 'SCSE138');
      else
        for (const key in blocks[block]) {
          if (!knownKeys[block].includes(key)) report(`${block}/${key}`, 'is not known', undefined);
        }
    }
    const text = (value, path, code) => {
      if (typeof value !== 'string' || value.trim() === '') report(path, 'is required', code);
      else if (illegal.test(value)) report(path, 'has an illegal character', undefined);
      else if (value.normalize('NFC') !== value) report(path, 'is not composed', undefined);
    };
    const { employerData, employeeData, contractData, documentData } = contract;
    if (!isIdentityNumber(employerData.bin)) report('employerData/bin', 'is no BIN', 'SCSE043');
    if (!isIdentityNumber(employeeData.iin)) report('employeeData/iin', 'is no IIN', 'SCSE045');
    text(contractData.contractNumber, 'contractData/contractNumber', 'SCSE003');
    const isSigned = isDate(contractData.contractDate);
    if (!isSigned) report('contractData/contractDate', 'is no date', 'SCSE004');
    const isBegun = isDate(contractData.beginDate);
    if (!isBegun) report('contractData/beginDate', 'is no date', 'SCSE005');
    text(contractData.position, 'contractData/position', 'SCSE006');
    text(contractData.establishedPost, 'contractData/establishedPost', 'SCSE029');
    text(documentData.conscript, 'documentData/conscript', 'SCSE021');
    if (isSigned && contractData.contractDate.slice(0, 10) > today) {
      report('contractData/contractDate', 'is later than today', 'SCSE059');
    }
    const begin = contractData.beginDate.slice(0, 10);
    if (isBegun && begin < `${year - 70}${today.slice(4)}`)
      report('contractData/beginDate', 'is too early', 'SCSE139');
    if (isBegun && begin > `${year + 50}${today.slice(4)}`)
      report('contractData/beginDate', 'is too late', 'SCSE140');
    if (issues.length > 0) throw Object.assign(new Error('the contract is wrong'), { issues });
    return encoder.encode(
      '<ns3:contractRequest xmlns:ns3="http://enbek.kz/contract/ws/schemas"><newContractData>' +
        `<employerData><bin>${employerData.bin}</bin></employerData>` +
        `<employeeData><iin>${employeeData.iin}</iin></employeeData><contractData>` +
        `<contractNumber>${escaped(contractData.contractNumber)}</contractNumber>` +
        `<contractDate>${contractData.contractDate}</contractDate><beginDate>${contractData.beginDate}</beginDate>` +
        `<position>${escaped(contractData.position)}</position>` +
        `<establishedPost>${escaped(contractData.establishedPost)}</establishedPost></contractData>` +
        `<documentData><conscript>${escaped(documentData.conscript)}</conscript></documentData>` +
        '</newContractData></ns3:contractRequest>',
    );
  };
}

const contenders = { sdk, 'by hand': byHand };

function runContender(name) {
  const encode = contenders[name]();
  process.on('message', (rounds) => {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const startedMs = performance.now();
      for (let i = 0; i < calls; i++) encode(requests[i % requests.length]);
      times.push(((performance.now() - startedMs) * 1000) / calls);
    }
    process.send(times);
  });
  process.send(requests.slice(0, 4).map((request) => Buffer.from(encode(request)).toString('hex')));
}

/** Microseconds of one call: the time that one round in ten stays below, which other work hardly moves. */
async function measure() {
  const quick = process.argv.includes('--quick');
  const children = [];
  try {
    for (const name of Object.keys(contenders)) {
      const child = fork(fileURLToPath(import.meta.url), ['--contender', name]);
      const [sample] = await once(child, 'message');
      children.push({ name, child, sample: sample.join(), times: [] });
    }
    if (new Set(children.map(({ sample }) => sample)).size !== 1)
      throw new Error('the contenders write different octets');
    for (let round = -1; round < (quick ? 10 : 40); round++) {
      for (const { child, times } of children) {
        child.send(round < 0 ? 60 : 5);
        const [answer] = await once(child, 'message');
        if (round >= 0) times.push(...answer);
      }
    }
    return children.map(({ name, times }) => {
      times.sort((a, b) => a - b);
      return { name, us: times[Math.floor(times.length / 10)] };
    });
  } finally {
    for (const { child } of children) child.kill();
  }
}

const asked = process.argv.indexOf('--contender');
if (asked !== -1) {
  runContender(process.argv[asked + 1]);
} else {
  const target = 3;
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  const results = await measure();
  for (const { name, us } of results) console.log(`${name.padEnd(10)} ${us.toFixed(2)} µs a contract`);
  const [own, hand] = results;
  const ratio = own.us / hand.us;
  console.log(
    `sdk / by hand ${ratio.toFixed(2)}, target <= ${target}: ${ratio <= target ? 'reached' : 'MISSED'}`,
  );
  if (!(ratio <= target)) process.exitCode = 1;
}
