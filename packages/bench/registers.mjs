/**
 * `node packages/bench/registers.mjs [--quick]`
 *
 * Decodes one person of the register with `@egov-gateway/registers`, and with code written by hand that does the same: the
 * same fields, the same checks of dates, IIN, duplicates and nil, the same value. Both read the same parsed document; with
 * `+ parse` its parsing is counted too. Both live in a process of their own, rounds are interleaved, and what is judged is
 * the ratio of one run; the exit code is 1 when the target is missed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

import { personByIin } from '@egov-gateway/registers';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';

import { decodePerson } from './registers-by-hand.mjs';

const calls = 500;

const entry = (code, nameRu, nameKz = nameRu) => ({
  code,
  nameRu,
  nameKz,
  changeDate: '2008-03-01T16:10:32+06:00',
});

/** Persons that differ, with what a grown-up usually has. */
const documents = Array.from({ length: 32 }, (_, index) => {
  const number = String(index).padStart(3, '0');
  const place = {
    country: entry('398', 'КАЗАХСТАН', 'ҚАЗАҚСТАН'),
    district: entry('1907', 'АЛМАТЫ'),
    region: entry('1907226', 'БОСТАНДЫКСКИЙ РАЙОН', 'БОСТАНДЫҚ АУДАНЫ'),
  };
  const document = (type, status) => ({
    type: entry(type, 'УДОСТОВЕРЕНИЕ РК', 'ҚР ЖЕКЕ КУӘЛІГІ'),
    number: `000000${number}`,
    beginDate: '2016-05-20',
    endDate: '2026-05-19',
    issueOrganization: entry('002', 'МИНИСТЕРСТВО ВНУТРЕННИХ ДЕЛ РК', 'ҚР ІШКІ ІСТЕР МИНИСТРЛІГІ'),
    status: entry(status, 'ДОКУМЕНТ ДЕЙСТВИТЕЛЕН', 'ҚҰЖАТ ЖАРАМДЫ'),
    surname: 'ҮЛГІЕВА',
    name: 'ӘСЕЛ',
    birthDate: '1990-02-28',
  });
  const value = {
    messageId: `answer-${number}`,
    messageDate: '2026-01-13T10:00:02.000+05:00',
    requestId: `request-${number}`,
    sender: entry('GBDFL', 'ГБД ФЛ'),
    receiver: entry('SENDER', 'Пример', 'Мысал'),
    messageResult: entry('00000', 'Сообщение успешно обработано', 'Хабарлама сәтті өңделді'),
    persons: [
      {
        iin: ['001300900011', '001300900021', '001300900207', '001300900219'][index % 4],
        surname: 'ҮЛГІЕВА',
        name: 'ӘСЕЛ',
        patronymic: 'МЫСАЛҚЫЗЫ',
        engFirstName: 'ASSEL',
        engSurname: 'ULGIYEVA',
        birthDate: '1990-02-28',
        gender: entry('2', 'ЖЕНСКИЙ', 'ӘЙЕЛ'),
        nationality: entry('005', 'КАЗАШКА', 'ҚАЗАҚ'),
        citizenship: entry('398', 'КАЗАХСТАН', 'ҚАЗАҚСТАН'),
        lifeStatus: entry('0', 'Нормальный', 'Қалыпты'),
        birthPlace: { ...place, city: 'АЛМАТЫ' },
        regAddress: {
          ...place,
          street: 'УЛИЦА Примерная',
          building: `${index + 1}`,
          flat: '7',
          beginDate: '2010-09-01',
          status: entry('1', 'ПОСТОЯННАЯ', 'ТҰРАҚТЫ'),
          invalidity: entry('0', 'НЕТ', 'ЖОҚ'),
          arCode: `0201300${number}`,
        },
        documents: [document('002', '00'), document('001', '00')],
        addresses: [],
        removed: false,
      },
    ],
  };
  const writer = createXmlWriter();
  writer.open('data');
  personByIin.response.write(value, writer);
  writer.close();
  return writer.finish().bytes;
});

const contenders = {
  sdk: (data) => personByIin.response.read(data),
  'by hand': decodePerson,
};

function runContender(name) {
  const decode = contenders[name];
  const roots = documents.map((bytes) => parseXml(bytes).root);
  const work = {
    decode: (i) => decode(roots[i % roots.length]),
    '+ parse': (i) => decode(parseXml(documents[i % documents.length]).root),
  };
  process.on('message', (rounds) => {
    const times = {};
    for (const [kind, step] of Object.entries(work)) {
      times[kind] = [];
      for (let round = 0; round < rounds; round++) {
        const startedMs = performance.now();
        for (let i = 0; i < calls; i++) step(i);
        times[kind].push(((performance.now() - startedMs) * 1000) / calls);
      }
    }
    process.send(times);
  });
  process.send(roots.slice(0, 4).map((root) => JSON.stringify(sorted(decode(root)))));
}

/** The same value whatever the order of its keys. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, content]) => content !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]));
}

/** Microseconds of one call: the time that one round in ten stays below, which other work hardly moves. */
async function measure() {
  const quick = process.argv.includes('--quick');
  const children = [];
  try {
    for (const name of Object.keys(contenders)) {
      const child = fork(fileURLToPath(import.meta.url), ['--contender', name]);
      const [sample] = await once(child, 'message');
      children.push({ name, child, sample: sample.join(), times: { decode: [], '+ parse': [] } });
    }
    if (new Set(children.map(({ sample }) => sample)).size !== 1)
      throw new Error('the contenders read different values');
    for (let round = -1; round < (quick ? 10 : 40); round++) {
      for (const { child, times } of children) {
        child.send(round < 0 ? 40 : 4);
        const [answer] = await once(child, 'message');
        if (round >= 0) for (const kind of Object.keys(times)) times[kind].push(...answer[kind]);
      }
    }
    return children.map(({ name, times }) => {
      const us = {};
      for (const [kind, list] of Object.entries(times)) {
        list.sort((a, b) => a - b);
        us[kind] = list[Math.floor(list.length / 10)];
      }
      return { name, us };
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
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}, ` +
      `${documents[0].length} octets`,
  );
  const [own, hand] = await measure();
  for (const kind of ['decode', '+ parse']) {
    const ratio = own.us[kind] / hand.us[kind];
    console.log(
      `${kind.padEnd(8)} sdk ${own.us[kind].toFixed(1)} µs, by hand ${hand.us[kind].toFixed(1)} µs a person`,
    );
    console.log(
      `${kind.padEnd(8)} ratio ${ratio.toFixed(2)}, target <= ${target}: ${ratio <= target ? 'reached' : 'MISSED'}`,
    );
    if (!(ratio <= target)) process.exitCode = 1;
  }
}
