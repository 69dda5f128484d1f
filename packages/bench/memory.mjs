/**
 * Peak memory: a fresh process that does one thing, against one that only loads the library and the file.
 *
 * `maxRSS` of the operating system, median over some processes, in MiB.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = fileURLToPath(new URL('memory-probe.mjs', import.meta.url));
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

export async function measureMemory(files, repeats) {
  const rows = [];
  for (const size of ['5m-elements', '5m-base64'].filter((name) => files[name])) {
    const peaks = {};
    for (let i = 0; i < repeats; i++) {
      for (const op of ['load', 'sign', 'verify']) {
        const { stdout } = await run(process.execPath, [program, op, files[size]]);
        const { maxRssMiB, documentMiB } = JSON.parse(stdout);
        peaks.documentMiB = documentMiB;
        peaks[op] = [...(peaks[op] ?? []), maxRssMiB];
      }
    }
    const load = median(peaks.load);
    for (const op of ['sign', 'verify']) {
      const extraMiB = median(peaks[op]) - load;
      rows.push({ op, size, documentMiB: peaks.documentMiB, extraMiB, times: extraMiB / peaks.documentMiB });
    }
  }
  return rows;
}
