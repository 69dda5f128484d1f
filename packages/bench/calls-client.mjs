/** One client of the full-call measurement: `sdk`, `sdk-gost` or `node-soap`. */
import { clientOf } from './calls-clients.mjs';

const [name, url] = process.argv.slice(2);
const call = await clientOf(name, url);

// Compiled, connected and with its caches filled: what a server is like for all but its first seconds.
for (const start = performance.now(); performance.now() - start < 4_000; ) {
  await Promise.all(Array.from({ length: 16 }, () => call()));
}

process.on('message', async ({ inFlight, ms }) => {
  const cpuStart = process.cpuUsage();
  const start = performance.now();
  let calls = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (performance.now() - start < ms) {
        await call();
        calls++;
      }
    }),
  );
  const cpu = process.cpuUsage(cpuStart);
  process.send({ calls, wallMs: performance.now() - start, cpuMs: (cpu.user + cpu.system) / 1000 });
});
process.send({ ready: true });
