/**
 * One contender = one process. The parent sends `{ op, size, ms, max, file }`, the child repeats the operation for
 * `ms` and answers `{ count, wallMs, cpuMs }`, or `{ output }` for `op: 'output'`, or `{ absent: true }`.
 */
import { readFileSync } from 'node:fs';

/** Serves the operations: `operations[op](size, file)` returns the function to repeat. */
export function contend(operations) {
  const prepared = new Map();
  const prepare = (op, size, file) => {
    const key = `${op} ${size}`;
    if (!prepared.has(key)) prepared.set(key, operations[op](size, file ? readFileSync(file) : undefined));
    return prepared.get(key);
  };

  process.on('message', async ({ op, size, ms, max = Number.POSITIVE_INFINITY, file }) => {
    try {
      if (op === 'output') {
        const output = await prepare('sign', size)();
        process.send({ output: Buffer.from(output).toString('utf8') });
        return;
      }
      if (!operations[op]) {
        process.send({ absent: true });
        return;
      }
      const run = prepare(op, size, file);
      const cpuStart = process.cpuUsage();
      const start = performance.now();
      let count = 0;
      let wallMs = 0;
      do {
        const result = run();
        if ((result instanceof Promise ? await result : result) === false)
          throw new Error('verification failed');
        count++;
        wallMs = performance.now() - start;
      } while (wallMs < ms && count < max);
      const cpu = process.cpuUsage(cpuStart);
      process.send({ count, wallMs, cpuMs: (cpu.user + cpu.system) / 1000 });
    } catch (error) {
      process.send({ error: String(error?.message ?? error).slice(0, 200) });
    }
  });
  process.send({ ready: true });
}
