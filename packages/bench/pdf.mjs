/**
 * `node packages/bench/pdf.mjs [--quick]`, and a part of `npm run bench`.
 *
 * `checkPdf` of `@egov-gateway/ekdo` beside one pass over the same octets, and beside SHA-256. Contenders take turns; what is
 * judged are ratios of one run. Memory is that of a process of its own. The pass is the least that JavaScript can do with every
 * octet, to read it and add it to a sum: telling names, numbers and white space apart by a table, and no more, takes 1.6 times as long.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { checkPdf } from '@egov-gateway/ekdo';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';

const million = 1_000_000;

/** Files of about `size` octets: a scan, pages of some kilobytes each, and the densest there is: nothing but tags. */
const shapes = {
  scan: (size) => makeSamplePdf({ size }),
  pages: (size) => makeSamplePdf({ objects: streams(Math.round(size / 16_100), 16_000) }),
  tags: (size) => makeSamplePdf({ manyObjects: Math.round(size / 171) }),
};

/** Streams that are reached from the page, as forms. */
function streams(count, bytes) {
  const content = '1 0 0 RG 10 10 m 20 20 l S\n'.repeat(bytes / 27);
  const objects = { 20: `[${Array.from({ length: count }, (_, index) => `${21 + index} 0 R`).join(' ')}]` };
  for (let index = 0; index < count; index++) {
    objects[21 + index] =
      `<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Length ${content.length}>>\nstream\n${content}\nendstream`;
  }
  return objects;
}

const contenders = {
  check: (bytes) => checkPdf(bytes).findings.length,
  pass: (bytes) => {
    let sum = 0;
    for (let at = 0; at < bytes.length; at++) sum = (sum + bytes[at]) | 0;
    return sum;
  },
  sha256: (bytes) => createHash('sha256').update(bytes).digest()[0],
};

/** Milliseconds of the processor, which other work moves less: the least of the rounds, in which the contenders take turns. */
function time(bytes, rounds) {
  const least = Object.fromEntries(Object.keys(contenders).map((name) => [name, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) {
      const started = process.cpuUsage();
      run(bytes);
      const { user, system } = process.cpuUsage(started);
      least[name] = Math.min(least[name], (user + system) / 1000);
    }
  }
  return least;
}

/** Rows by shape, the exponents from 1 to 15 MB, and the heap that a check takes. */
export async function measurePdf(rounds) {
  const rows = [];
  for (const [shape, make] of Object.entries(shapes)) {
    // The samples of `pages` are all reached: an unreached object would cost nothing.
    const of = (size) => (shape === 'pages' ? reached(make(size)) : make(size));
    const small = of(million);
    const large = of(15 * million);
    time(small, rounds * 3);
    const smallMs = time(small, rounds * 5);
    const largeMs = time(large, rounds);
    const exponent = Math.log(largeMs.check / smallMs.check) / Math.log(large.length / small.length);
    const { stdout } = await promisify(execFile)(process.execPath, [
      fileURLToPath(import.meta.url),
      '--memory',
      shape,
    ]);
    rows.push({ shape, bytes: large.length, ms: largeMs, exponent, extraMiB: Number(stdout) });
  }
  return rows;
}

/** The page refers to what `streams` made. */
function reached(bytes) {
  const file = Buffer.from(bytes);
  const at = file.indexOf('/MediaBox[0 0 595 842]');
  file.write('/MediaBox 0/Xxx 20 0 R', at, 'latin1');
  return new Uint8Array(file);
}

/** What must be reached. `tags` is the worst there is: no document is nothing but tags. */
export function pdfTargets(rows) {
  const of = (shape) => rows.find((row) => row.shape === shape);
  return [
    ...Object.keys(shapes).map((shape) => [
      `check 15 MB PDF (${shape}) / one pass`,
      of(shape).ms.check / of(shape).ms.pass,
      '<=',
      3,
    ]),
    ['check PDF exponent 1 to 15 MB', Math.max(...rows.map(({ exponent }) => exponent)), '<=', 1.15],
    [
      'check 15 MB PDF, extra memory / file',
      Math.max(...rows.map(({ extraMiB, bytes }) => (extraMiB * 1_048_576) / bytes)),
      '<=',
      3,
    ],
  ];
}

export function printPdf(rows) {
  console.log('check of a PDF of 15 MB, ms, beside one pass over its bytes and SHA-256 of them');
  console.log('          check    pass  sha256  check/pass  check/sha256  exponent  extra MiB');
  for (const { shape, ms, exponent, extraMiB } of rows) {
    const cells = [ms.check, ms.pass, ms.sha256].map((value) => value.toFixed(2).padStart(8)).join('');
    const ratios = [ms.check / ms.pass, ms.check / ms.sha256]
      .map((value) => value.toFixed(2).padStart(12))
      .join('');
    console.log(
      `${shape.padEnd(6)}${cells}${ratios}${exponent.toFixed(2).padStart(11)}${extraMiB.toFixed(1).padStart(11)}`,
    );
  }
}

/** Peak memory of a process that checks a file, over that of the moment before, MiB. */
function printMemory(shape) {
  const bytes = shape === 'pages' ? reached(shapes.pages(15 * million)) : shapes[shape](15 * million);
  const peak = () => process.resourceUsage().maxRSS / 1024;
  // The maker's own peak is paid before: so is a second copy of the file, for what the check is compared with.
  const before = Math.max(process.memoryUsage().rss / 1_048_576, peak());
  checkPdf(bytes);
  console.log(String(Math.max(0, peak() - before)));
}

const isProgram = process.argv[1] === fileURLToPath(import.meta.url);
const memory = process.argv.indexOf('--memory');
if (isProgram && memory !== -1) printMemory(process.argv[memory + 1]);
else if (isProgram) {
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  const rows = await measurePdf(process.argv.includes('--quick') ? 15 : 40);
  printPdf(rows);
  for (const [name, value, , limit] of pdfTargets(rows)) {
    const isReached = value <= limit;
    console.log(`${name} ${value.toFixed(2)}, target <= ${limit}: ${isReached ? 'reached' : 'MISSED'}`);
    if (!isReached) process.exitCode = 1;
  }
}
