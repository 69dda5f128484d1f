import { pdfTargets, printPdf } from './pdf.mjs';

/** Prints the results as tables, and the targets with what was reached. */
const print = (line = '') => process.stdout.write(`${line}\n`);

const number = (value, digits = 3) => (value === undefined ? '' : value.toFixed(digits));

function table(head, rows) {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => String(row[i]).length)));
  const line = (row) =>
    row
      .map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i])))
      .join('  ');
  print(line(head));
  for (const row of rows) print(line(row));
  print();
}

export function printReport(results) {
  const ms = (name, op, size) =>
    results.cells.find((cell) => cell.name === name && cell.op === op && cell.size === size)?.ms;
  const sizes = [...new Set(results.cells.map((cell) => cell.size))];
  const names = [...new Set(results.cells.map((cell) => cell.name))];

  print(`Node ${results.node}, ${results.cores} × ${results.cpu}, load ${number(results.load[0], 1)}`);
  const titles = {
    sign: 'build + sign, ms a message (the SDK validates and builds from typed values, peers take ready text)',
    verify: 'verify, ms a message (the SDK also decodes to typed values)',
    'verify-only': 'verify without decoding, ms a message',
  };
  for (const [op, title] of Object.entries(titles)) {
    print(`\n${title}`);
    table(
      ['', ...sizes],
      names
        .filter((name) => sizes.some((size) => ms(name, op, size) !== undefined))
        .map((name) => [name, ...sizes.map((size) => number(ms(name, op, size)))]),
    );
  }
  for (const cell of results.cells.filter(({ error }) => error)) {
    print(`${cell.name} ${cell.op} ${cell.size}: ${cell.error}`);
  }

  print('full call, 16 in flight, server in its own process');
  table(
    ['', 'calls/s', 'client CPU µs/call'],
    results.calls.map(({ name, rate, cpuUs }) => [name, number(rate, 0), number(cpuUs, 0)]),
  );
  if (results.memory.length > 0) {
    print('peak memory of a fresh process over one that only loads library and file');
    table(
      ['', 'document MiB', 'extra MiB', '× document'],
      results.memory.map((row) => [
        `${row.op} ${row.size}`,
        number(row.documentMiB, 1),
        number(row.extraMiB, 1),
        number(row.times, 1),
      ]),
    );
  }

  printPdf(results.pdf);
  print();

  print('targets');
  const exponent = (op) => {
    const small = ms('sdk', op, '500k');
    const large = ms('sdk', op, '5m-elements');
    return small && large && Math.log(large / small) / Math.log(5_242_880 / 512_000);
  };
  const over = (a, b) => (a === undefined || b === undefined ? undefined : a / b);
  const rate = (name) => results.calls.find((row) => row.name === name)?.rate;
  const worstMemory = Math.max(...results.memory.map((row) => row.times));
  const targets = [
    ['sign 2k / floor', over(ms('sdk', 'sign', '2k'), ms('floor', 'sign', '2k')), '<=', 1.3],
    ['xml-crypto / sign 2k', over(ms('xml-crypto', 'sign', '2k'), ms('sdk', 'sign', '2k')), '>=', 6],
    ['sign 50k / floor', over(ms('sdk', 'sign', '50k'), ms('floor', 'sign', '50k')), '<=', 3],
    ['xml-crypto / sign 50k', over(ms('xml-crypto', 'sign', '50k'), ms('sdk', 'sign', '50k')), '>=', 15],
    [
      'sign 5m-elements / floor',
      over(ms('sdk', 'sign', '5m-elements'), ms('floor', 'sign', '5m-elements')),
      '<=',
      10,
    ],
    [
      'sign 5m-base64 / floor',
      over(ms('sdk', 'sign', '5m-base64'), ms('floor', 'sign', '5m-base64')),
      '<=',
      5,
    ],
    [
      'verify+decode 2k / libxml2-wasm verify',
      over(ms('sdk', 'verify', '2k'), ms('libxml2-wasm', 'verify', '2k')),
      '<=',
      0.6,
    ],
    [
      'verify+decode 50k / libxml2-wasm verify',
      over(ms('sdk', 'verify', '50k'), ms('libxml2-wasm', 'verify', '50k')),
      '<=',
      0.5,
    ],
    ['sign exponent 500k to 5m', exponent('sign'), '<=', 1.15],
    ['verify exponent 500k to 5m', exponent('verify'), '<=', 1.15],
    ['peak memory / document', results.memory.length > 0 ? worstMemory : undefined, '<=', 9],
    ['egw --help / node -e 0', over(results.startup.egwMs, results.startup.nodeMs), '<=', 4],
    ['full call / node-soap that only signs', over(rate('sdk'), rate('node-soap')), '>=', 6],
    ...pdfTargets(results.pdf),
  ];
  table(
    ['', 'measured', 'target', ''],
    targets.map(([name, value, sign, limit]) => [
      name,
      number(value, 2),
      `${sign} ${limit}`,
      value === undefined
        ? 'not measured'
        : (sign === '<=' ? value <= limit : value >= limit)
          ? 'reached'
          : 'MISSED',
    ]),
  );
}
