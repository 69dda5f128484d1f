/**
 * `node packages/bench/journal.mjs [--quick] [--events N] [--driver NAME] [--folder PATH]`
 *
 * What the journal in SQLite costs: the two commits of a direct send (signed with sending, then answered) and the three
 * of a send through the outbox, beside one bare insert of the same bytes with the same durability, interleaved; then its reads and its queue with ten thousand events and with a
 * million of at most 300 bytes. What is judged are ratios of one run; the exit code is 1 when a target is missed.
 *
 * `--quick` fills a hundred thousand events instead of a million, `--events` any other number. `--folder` says which disk is measured; the default is
 * that of the temporary folder.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { openJournal } from '@egov-gateway/journal';
import { openDatabase } from '@egov-gateway/journal/database';

const argument = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const quick = process.argv.includes('--quick');
const driver = argument('driver', undefined);
const parent = argument('folder', tmpdir());
const sends = quick ? 300 : 1000;
const fewEvents = 10_000;
const manyEvents = Number(argument('events', quick ? 100_000 : 1_000_000));
const lookUps = quick ? 200 : 400;

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

const quantile = (values, part) => values.toSorted((a, b) => a - b)[Math.floor(values.length * part)];
/** What is judged: half of the callers wait longer. */
const median = (values) => quantile(values, 0.5);

async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const noon = Date.UTC(2026, 10, 20, 12);
const clock = { now: () => noon };
const folder = mkdtempSync(join(parent, 'egov-gateway-bench-journal-'));

/** Milliseconds of a bare insert, and of the commits of a send, of the same bytes. */
async function measureSend() {
  const request = new Uint8Array(3000).fill(97);
  const answer = new Uint8Array(1500).fill(98);
  const bare = await openDatabase(join(folder, 'bare'), { driver });
  bare.prepare('PRAGMA journal_mode = WAL').get();
  bare.exec('PRAGMA synchronous = FULL');
  bare.exec('CREATE TABLE message (id INTEGER PRIMARY KEY, request BLOB, answer BLOB)');
  const insert = bare.prepare('INSERT INTO message (request, answer) VALUES (?, ?)');
  const journal = await openJournal(join(folder, 'send'), { driver, clock });
  const times = { bare: [], begun: [], ended: [], signed: [], sending: [], answered: [], together: [] };

  // Until the write-ahead logs have their size, every commit also makes a file longer.
  for (let i = -250; i < sends; i += 1) {
    const keep = (name, ms) => i >= 0 && times[name].push(ms);
    keep('bare', await timed(() => insert.run(request, answer)));
    const direct = { localKey: `direct.${i}`, serviceId: 'PING', channel: 'async', atMs: noon };
    const begun = await timed(() =>
      journal.commit({
        events: [
          { ...direct, kind: 'signed', messageType: 'REQUEST', bytes: request },
          { ...direct, kind: 'sending', attempt: 1, untilMs: noon + 60_000 },
        ],
        enqueue: [{ queue: 'outbox', localKey: direct.localKey, dueAtMs: noon + 60_000 }],
      }),
    );
    const ended = await timed(() =>
      journal.commit({
        events: [{ ...direct, kind: 'answered', messageId: `d${i}`, correlationId: `d${i}`, bytes: answer }],
        dequeue: [{ queue: 'outbox', localKey: direct.localKey }],
      }),
    );
    keep('begun', begun);
    keep('ended', ended);
    const event = { localKey: `send.${i}`, serviceId: 'PING', channel: 'async', atMs: noon };
    const due = { queue: 'outbox', localKey: event.localKey };
    const signed = await timed(() =>
      journal.commit({
        events: [{ ...event, kind: 'signed', messageType: 'REQUEST', bytes: request, expiresAtMs: noon + 1 }],
        expect: [{ localKey: event.localKey, version: 0 }],
        enqueue: [{ ...due, dueAtMs: noon }],
      }),
    );
    const sending = await timed(() =>
      journal.commit({
        events: [{ ...event, kind: 'sending', attempt: 1, untilMs: noon + 60_000 }],
        expect: [{ localKey: event.localKey, version: 1 }],
      }),
    );
    const answered = await timed(() =>
      journal.commit({
        events: [{ ...event, kind: 'answered', messageId: `${i}`, correlationId: `c${i}`, bytes: answer }],
        expect: [{ localKey: event.localKey, version: 2 }],
        dequeue: [due],
      }),
    );
    keep('signed', signed);
    keep('sending', sending);
    keep('answered', answered);
  }
  // Sixteen at a time share their fsyncs.
  for (let i = 0; i < sends / 16; i += 1) {
    const ms = await timed(() =>
      Promise.all(
        Array.from({ length: 16 }, async (_, n) => {
          const event = { localKey: `together.${i}.${n}`, serviceId: 'PING', channel: 'async', atMs: noon };
          await journal.append({ ...event, kind: 'signed', bytes: request });
          await journal.append({ ...event, kind: 'sending', attempt: 1, untilMs: noon + 60_000 });
          await journal.append({ ...event, kind: 'answered', correlationId: `t${i}.${n}`, bytes: answer });
        }),
      ),
    );
    times.together.push(ms / 16);
  }
  bare.close();
  await journal.close();
  const ms = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
  return { ...ms, direct: ms.begun + ms.ended, send: ms.signed + ms.sending + ms.answered };
}

/** No person has it; each belongs to the same number of messages, however many there are. */
const iinOf = (n) => `001300${String(Math.floor(n / 20)).padStart(6, '0')}`;

const services = ['CONTRACTS', 'MILITARY', 'DOCUMENTS', 'REFERENCES'];

/** Four events a message: signed, sending, answered, delivered. One in 25 is left in doubt. */
async function fill(journal, from, to) {
  const bytes = new Uint8Array(200).fill(97);
  for (let first = from; first < to; first += 1000) {
    const events = [];
    for (let at = first; at < Math.min(first + 1000, to); at += 4) {
      const n = at / 4;
      const event = {
        localKey: `message.${n}`,
        serviceId: services[n % services.length],
        channel: 'async',
        atMs: noon + n,
      };
      events.push(
        {
          ...event,
          kind: 'signed',
          messageType: 'REQUEST',
          reference: `contract ${n}`,
          subjects: [iinOf(n)],
          bytes,
        },
        { ...event, kind: 'sending', attempt: 1, untilMs: noon + n + 60_000 },
      );
      if (n % 25 === 0) events.push({ ...event, kind: 'doubted' }, { ...event, kind: 'doubted' });
      else {
        events.push(
          { ...event, kind: 'answered', messageId: `m${n}`, correlationId: `c${n}` },
          { ...event, kind: 'status', deliveryState: 'DELIVERED' },
        );
      }
    }
    await journal.commit({ events });
  }
}

/** Reads of a journal of `count` events, by name; `n` is the number of some message. */
const reads = {
  'show a message': (journal, n) => journal.message(`message.${n}`),
  'show its bytes': (journal, n) => journal.bytes(`message.${n}`, 1),
  'list the newest 50': (journal) => journal.find({}),
  'list 50 of a service': (journal, n) => journal.find({ serviceId: services[n % 4] }),
  'list 50 in doubt': (journal) => journal.find({ states: ['in-doubt'] }),
  'list 50 of a service in two states': (journal, n) =>
    journal.find({ serviceId: services[n % 4], states: ['in-doubt', 'delivered'], direction: 'out' }),
  'list 50 of a period': (journal, n) => journal.find({ fromMs: noon + n - 100, toMs: noon + n }),
  'list a page in the middle': (journal, n) => journal.find({ after: `${noon + n}.${4 * n + 1}` }),
  'find by message id': (journal, n) => journal.find({ messageId: `m${n}` }),
  'find by chain': (journal, n) => journal.find({ correlationId: `c${n}` }),
  'find by reference': (journal, n) => journal.find({ reference: `contract ${n}` }),
  'find by IIN': (journal, n) => journal.find({ subject: iinOf(n) }),
  'feed 100 events': (journal, n) => journal.feed(4 * n, 100),
  'count a minute of a service': (journal, n) => journal.countSent(services[n % 4], noon + n),
  'next due': (journal) => journal.nextDueMs('outbox'),
};

async function measureReads(journals) {
  const rows = [];
  for (const [name, read] of Object.entries(reads)) {
    const ms = journals.map(() => []);
    for (let i = -20; i < lookUps; i += 1) {
      for (const [at, { journal, count }] of journals.entries()) {
        const newest = count / 4 - 1;
        // All over the journal, except what counts to its end.
        const n = name.startsWith('count') ? newest - 100 : 100 + (((i + 20) * 7919) % (newest - 100));
        const took = await timed(() => read(journal, n));
        if (i >= 0) ms[at].push(took);
      }
    }
    rows.push([name, ...ms.map(median), ...ms.map((values) => quantile(values, 0.99))]);
  }
  return rows;
}

try {
  const database = await openDatabase(join(folder, 'probe'), { driver });
  print(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`);
  print(`${database.driver}, ${parent}\n`);
  database.close();

  const send = await measureSend();
  table(
    ['one commit, its fsync included', 'ms', '× bare insert'],
    [
      ['bare insert of request and answer', send.bare],
      ['direct: signed and sending, with the request', send.begun],
      ['direct: answered, with the answer', send.ended],
      ['the two of a direct send', send.direct],
      ['outbox: signed, with the request', send.signed],
      ['outbox: sending', send.sending],
      ['outbox: answered, with the answer', send.answered],
      ['the three of a send through the outbox', send.send],
      ['the three, each of 16 at a time', send.together],
    ].map(([name, ms]) => [name, ms.toFixed(3), (ms / send.bare).toFixed(2)]),
  );

  const journals = [];
  for (const count of [fewEvents, manyEvents]) {
    const path = join(folder, `events-${count}`);
    const options = { driver, clock, subjectKey: new Uint8Array(32).fill(7) };
    const journal = await openJournal(path, options);
    const ms = await timed(() => fill(journal, 0, count));
    await journal.close();
    print(
      `${count} events: ${(ms / 1000).toFixed(1)} s, ${((ms * 1000) / count).toFixed(0)} µs and ` +
        `${(statSync(path).size / count).toFixed(0)} octets an event`,
    );
    journals.push({ journal: await openJournal(path, options), count });
  }
  const rows = await measureReads(journals);
  for (const { journal } of journals) await journal.close();
  print();
  table(
    [
      'reads, ms: median',
      String(fewEvents),
      String(manyEvents),
      '×',
      `p99 of ${fewEvents}`,
      `of ${manyEvents}`,
    ],
    rows.map(([name, few, many, fewLate, manyLate]) => [
      name,
      few.toFixed(3),
      many.toFixed(3),
      (many / few).toFixed(2),
      fewLate.toFixed(3),
      manyLate.toFixed(3),
    ]),
  );

  const targets = [
    ['the commits of a direct send / bare insert', send.direct / send.bare, 4],
    ['the commits of a send through the outbox / bare insert', send.send / send.bare, 4],
    ...rows.map(([name, few, many]) => [`${name}, ${manyEvents} / ${fewEvents}`, many / few, 2]),
  ];
  table(
    ['target', 'measured', 'at most', ''],
    targets.map(([name, value, most]) => [
      name,
      value.toFixed(2),
      String(most),
      value <= most ? 'reached' : 'MISSED',
    ]),
  );
  if (targets.some(([, value, most]) => !(value <= most))) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
