/**
 * Full calls over HTTP on loopback, 16 in flight: the server is a process of its own with one canned signed answer.
 * The SDK signs, verifies and decodes, with RSA and with GOST 34.310-2015 (512 bits) both ways; node-soap only signs.
 */
import { fork } from 'node:child_process';

const inFlight = 16;

const started = (file, args) =>
  new Promise((resolve, reject) => {
    const child = fork(new URL(file, import.meta.url), args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('message', (message) => resolve({ child, message }));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });

export async function measureCalls({ rounds, roundMs }) {
  const server = await started('calls-server.mjs', []);
  const clients = [];
  try {
    for (const name of ['sdk', 'sdk-gost', 'node-soap']) {
      const { child } = await started('calls-client.mjs', [name, server.message.url]);
      clients.push({ name, child, rates: [], cpuUs: [] });
    }
    for (let round = 0; round < rounds; round++) {
      for (const client of clients) {
        client.child.send({ inFlight, ms: roundMs });
        const { calls, wallMs, cpuMs } = await new Promise((resolve, reject) => {
          client.child.once('message', resolve);
          client.child.once('exit', () => reject(new Error(`${client.name} ended`)));
        });
        client.rates.push((calls / wallMs) * 1000);
        client.cpuUs.push((cpuMs / calls) * 1000);
      }
    }
    return clients.map(({ name, rates, cpuUs }) => ({
      name,
      rate: Math.max(...rates),
      cpuUs: Math.min(...cpuUs),
    }));
  } finally {
    for (const { child } of [server, ...clients]) child.kill();
  }
}
