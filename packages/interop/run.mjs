/**
 * Independent stacks judge our messages, and we judge theirs.
 *
 *     npm run test:interop                   all cases
 *     npm run test:interop -- c14n verify    some suites
 *     npm run test:interop -- --help         the names of the suites
 *     npm run test:interop -- --apt          the Debian packages that bring the oracles
 *     npm run test:interop -- hr-app --screenshots FOLDER    writes pictures of the HR application, too
 *
 * Needs a build. A missing oracle is a failure, never a skipped case. With EGW_SHARED set, the folder's interface files
 * are used as well.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { Report } from './report.mjs';
import { debianPackages, missingTools, startGost, startJava, startPython } from './tools.mjs';

const suites = {
  c14n: async () => (await import('./c14n-cases.mjs')).c14nCases,
  verify: async () => (await import('./verify-cases.mjs')).verifyCases,
  sign: async () => (await import('./sign-cases.mjs')).signCases,
  peers: async () => (await import('./peer-cases.mjs')).peerCases,
  'async-zeep': async () => (await import('./async-zeep-cases.mjs')).asyncZeepCases,
  'async-zeep-push': async () => (await import('./async-zeep-push-cases.mjs')).asyncZeepPushCases,
  'async-php': async () => (await import('./async-php-cases.mjs')).asyncPhpCases,
  'async-signatures': async () => (await import('./async-signature-cases.mjs')).asyncSignatureCases,
  gost: async () => (await import('./gost-cases.mjs')).gostCases,
  'gost-xml': async () => (await import('./gost-xml-cases.mjs')).gostXmlCases,
  containers: async () => (await import('./container-cases.mjs')).containerCases,
  pdfa: async () => (await import('./pdfa-cases.mjs')).pdfaCases,
  schema: async () => (await import('./schema-cases.mjs')).schemaCases,
  'hr-app': async () => (await import('./hr-app-cases.mjs')).hrAppCases,
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', default: false },
    apt: { type: 'boolean', default: false },
    screenshots: { type: 'string' },
  },
});
const selected = positionals.length > 0 ? positionals : Object.keys(suites);
const unknown = selected.filter((name) => !Object.hasOwn(suites, name));

if (options.help) {
  console.log('npm run test:interop -- [SUITE…] [--apt | --screenshots FOLDER]');
  console.log(`suites: ${Object.keys(suites).join(', ')}`);
} else if (options.apt) {
  console.log(debianPackages.join(' '));
} else if (unknown.length > 0) {
  console.error(`no such suite: ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}`);
  process.exitCode = 2;
} else {
  process.exitCode = await main();
}

async function main() {
  const report = new Report();
  const missing = missingTools();
  if (missing.length > 0) {
    console.error(`missing: ${missing.join(', ')}`);
    console.error(`apt-get update && apt-get install --no-install-recommends ${debianPackages.join(' ')}`);
    console.log('0 passed, 1 failed');
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'egw-interop-'));
  const key = (name) => fileURLToPath(new URL(`../../fixtures/keys/${name}`, import.meta.url));
  const java = startJava(folder, [
    key('organisation.p12'),
    'test-only',
    key('organisation.crt'),
    key('ca.crt'),
  ]);
  const gost = startGost(folder);
  const python = startPython([key('organisation.key'), key('organisation.crt')]);
  try {
    for (const name of selected) {
      const cases = await suites[name]();
      await report.suite(name, () =>
        cases(report, {
          java,
          gost,
          python,
          folder,
          key,
          shared: process.env.EGW_SHARED,
          screenshots: options.screenshots,
        }),
      );
    }
  } finally {
    await Promise.all([java.close(), gost.close(), python.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${report.summary}`);
  return report.failed === 0 ? 0 : 1;
}
