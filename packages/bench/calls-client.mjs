/** One client of the full-call measurement: `sdk` or `node-soap`. */
import { clientOf } from './calls-clients.mjs';

const [name, url] = process.argv.slice(2);
const call = await clientOf(name, url);
for (let i = 0; i < 200; i++) await call();

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
