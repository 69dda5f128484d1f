/**
 * What npm would publish: publint and attw judge the tarball of every public package, its list of files is
 * checked, a user's module that imports every entry point is compiled, and a call is made with the tarballs in a folder of
 * its own.
 *
 *     node scripts/packaging.mjs
 *
 * Needs a build. Works offline.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

import { consumerRunProblems } from './consumer-run.mjs';
import { consumerTypeProblems } from './consumer-types.mjs';
import { packPublic } from './tarballs.mjs';
import { publicPackages, root } from './workspace.mjs';

const run = promisify(execFile);
const allowedFiles = [
  /^package\.json$/,
  /^README\.md$/,
  /^LICENSE$/,
  /^bin\/[\w-]+\.js$/,
  /^src\/[\w./-]+\.ts$/,
  /^dist\/[\w./-]+\.(js|js\.map|d\.ts|d\.ts\.map)$/,
];
const forbiddenFiles = /\.test(-d)?\.|(^|\/)(fixtures|test-pki|\.env)|\.(p12|pfx|key|pem|crt|tsbuildinfo)$/;

function problemsOfFiles(files, folder) {
  const paths = files.map((file) => file.path);
  const wrong = paths.filter(
    (path) => forbiddenFiles.test(path) || !allowedFiles.some((pattern) => pattern.test(path)),
  );
  const problems = wrong.map((path) => `publishes ${path}`);
  for (const needed of ['README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts', 'src/index.ts']) {
    if (!paths.includes(needed)) problems.push(`does not publish ${needed}`);
  }
  // A file of the build whose source is gone would be published for ever.
  for (const path of paths.filter((name) => name.startsWith('dist/') && name.endsWith('.js'))) {
    const source = path.replace(/^dist\//, 'src/').replace(/\.js$/, '.ts');
    if (!paths.includes(source)) problems.push(`publishes ${path}, but there is no ${source}: npm run build`);
  }
  return folder === 'cli' || !paths.some((path) => path.startsWith('bin/'))
    ? problems
    : [...problems, 'publishes bin/, which only cli may'];
}

async function attw(tarball) {
  const cli = `${root}node_modules/@arethetypeswrong/cli/dist/index.js`;
  try {
    await run(process.execPath, [
      cli,
      tarball,
      '--profile',
      'esm-only',
      '--no-emoji',
      '--no-color',
      '-f',
      'ascii',
    ]);
    return [];
  } catch (error) {
    return [`attw: ${`${error.stdout}${error.stderr}`.trim()}`];
  }
}

const tarballs = mkdtempSync(join(tmpdir(), 'egw-pack-'));
const packages = publicPackages();
let failed = 0;
try {
  const packed = await packPublic(tarballs);
  const judged = await Promise.all(
    packages.map(async (one) => {
      const { filename, files, size } = packed.find((item) => item.name === one.manifest.name);
      const { messages } = await publint({
        pkgDir: one.path,
        level: 'suggestion',
        strict: true,
        pack: false,
      });
      const problems = [
        ...problemsOfFiles(files, one.folder),
        ...messages.map((message) => `publint: ${formatMessage(message, one.manifest, { color: false })}`),
        ...(await attw(join(tarballs, filename))),
      ];
      return { one, files, size, problems };
    }),
  );
  for (const { one, files, size, problems } of judged) {
    const verdict = problems.length === 0 ? 'ok' : `${problems.length} problems`;
    console.log(`${one.manifest.name}: ${files.length} files, ${Math.ceil(size / 1024)} KiB, ${verdict}`);
    for (const problem of problems) console.error(`  ${problem}`);
    if (problems.length > 0) failed += 1;
  }
  const installed = packed.map(({ name, filename }) => ({ name, filename: join(tarballs, filename) }));
  const runProblems = await consumerRunProblems(packages, installed);
  console.log(
    `a call from a user's project: ${runProblems.length === 0 ? 'ok' : `${runProblems.length} problems`}`,
  );
  for (const problem of runProblems) console.error(`  ${problem}`);
  if (runProblems.length > 0) failed += 1;
} finally {
  rmSync(tarballs, { recursive: true, force: true });
}
const typeProblems = consumerTypeProblems(packages);
console.log(
  `types in a user's project: ${typeProblems.length === 0 ? 'ok' : `${typeProblems.length} problems`}`,
);
for (const problem of typeProblems) console.error(`  ${problem}`);
process.exitCode = failed > 0 || typeProblems.length > 0 ? 1 : 0;
