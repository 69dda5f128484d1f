/** How long `egw --help` takes, beside a Node.js that does nothing. Whole processes, milliseconds, the minimum counts. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const egw = fileURLToPath(new URL('../cli/bin/egw.js', import.meta.url));

function fastest(args, runs) {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

export function measureStartup(runs) {
  return { egwMs: fastest([egw, '--help'], runs), nodeMs: fastest(['-e', '0'], runs) };
}
