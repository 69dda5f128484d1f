/**
 * A user's project beside the repository: the tarballs unpacked as npm unpacks them, third parties linked. A call to the
 * emulator is compiled there, and run as plain JavaScript.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { root } from './workspace.mjs';

const run = promisify(execFile);

const program = `import { createGateway } from '@egov-gateway/client/preset';
import { createEmulator } from '@egov-gateway/emulator';
import { loadPem } from '@egov-gateway/keys';
import { medicalExemptionSearch } from '@egov-gateway/medical-exemption';

const emulator = await createEmulator();
const gateway = createGateway({ ...emulator.connection(), transport: emulator.transport() });
const answer = await gateway.call(medicalExemptionSearch, { number: '01085' });
console.log(typeof loadPem, answer.medicalExemptionList.map((exemption) => exemption.status).join());
await emulator.close();
`;
const expected = 'function UP_TO_DATE';

const compilerOptions = {
  module: 'nodenext',
  target: 'es2023',
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  strict: true,
  noEmit: true,
};

/** Returns what does not work there. */
export async function consumerRunProblems(packages, tarballs) {
  const project = mkdtempSync(join(tmpdir(), 'egw-user-'));
  const modules = join(project, 'node_modules');
  try {
    for (const { name, filename } of tarballs) {
      const folder = join(modules, name);
      mkdirSync(folder, { recursive: true });
      await run('tar', ['-xzf', filename, '-C', folder, '--strip-components', '1']);
    }
    for (const name of new Set(packages.flatMap((one) => thirdParties(one.manifest)))) {
      if (existsSync(join(modules, name))) continue;
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
    }
    writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(project, 'call.mjs'), program);
    writeFileSync(join(project, 'call.ts'), program);
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['call.ts'] }));
    return [
      ...(await problemsOf('JavaScript', [join(project, 'call.mjs')], expected)),
      ...(await problemsOf('TypeScript', [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], '')),
    ];
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function thirdParties({ dependencies = {} }) {
  return Object.keys(dependencies).filter((name) => !name.startsWith('@egov-gateway/'));
}

async function problemsOf(what, args, output) {
  try {
    const { stdout } = await run(process.execPath, args);
    return stdout.trim() === output ? [] : [`${what}: printed ${JSON.stringify(stdout)}`];
  } catch (error) {
    return [`${what}: ${`${error.stdout}${error.stderr}`.trim()}`];
  }
}
