import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import { request } from 'undici';

import { phpProgram } from './tools.mjs';

/** A port that was free a moment ago: PHP's server cannot choose one itself. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function isUp(url) {
  try {
    await (await request(url)).body.dump();
    return true;
  } catch {
    return false;
  }
}

/** PHP's own HTTP server with one of the programs in `oracles/` behind every path. */
export async function startPhpServer(environment, program = 'gateway.php') {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const url = new URL(`http://127.0.0.1:${await freePort()}/`);
    const child = spawn('php8.2', ['-S', url.host, phpProgram(program)], {
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    });
    for (let waitedMs = 0; waitedMs < 5000 && child.exitCode === null; waitedMs += 50) {
      if (await isUp(url)) {
        const close = async () => {
          child.kill();
          if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
        };
        return { url, close };
      }
      await setTimeout(50);
    }
    child.kill();
  }
  throw new Error('the server of PHP does not come up');
}
