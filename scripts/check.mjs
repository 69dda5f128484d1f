/**
 * Everything that is judged without running the product.
 *
 *     npm run check                    all steps
 *     npm run check -- lint types      some of them
 *
 * Every step runs, also after one has failed; the exit code is 1 when any did.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

import { root } from './workspace.mjs';

const bin = (name) => `${root}node_modules/.bin/${name}`;
const vitest = ['run', '--config', 'vitest.workspace.ts', '--project', 'repository'];

const steps = {
  /** Format, import order and lint rules of biome.json. Repair: npx biome check --write. */
  lint: [bin('biome'), 'check', '--error-on-warnings'],
  /** The build, and the sources with tests, examples and configuration. */
  types: [
    [bin('tsc'), '-b'],
    [bin('tsc'), '-p', 'tsconfig.test.json'],
  ],
  /** The table of docs/architecture.md against manifests, references and imports. */
  layers: [bin('vitest'), ...vitest, 'src/layers.test.ts', 'src/manifests.test.ts'],
  /** The committed API reports. Repair: node scripts/api.mjs --update. */
  api: [process.execPath, 'scripts/api.mjs'],
  /** What npm would publish. */
  packaging: [process.execPath, 'scripts/packaging.mjs'],
};

const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  console.error(`no such step: ${unknown.join(', ')}; there are ${Object.keys(steps).join(', ')}`);
  process.exit(2);
}

let failed = 0;
for (const name of positionals.length > 0 ? positionals : Object.keys(steps)) {
  const startedMs = performance.now();
  const commands = Array.isArray(steps[name][0]) ? steps[name] : [steps[name]];
  const isOk = commands.every(
    ([command, ...options]) =>
      spawnSync(command, options, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0,
  );
  if (!isOk) failed += 1;
  console.log(
    `${isOk ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`,
  );
}
process.exitCode = failed > 0 ? 1 : 0;
