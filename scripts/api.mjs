/**
 * The public API of every published entry point, as packages/NAME/api/*.api.md.
 *
 *     node scripts/api.mjs             fails when a report differs from the build
 *     node scripts/api.mjs --update    rewrites the reports
 *
 * Needs a build: it reads dist/*.d.ts.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

import { publicPackages, root } from './workspace.mjs';

const { CompilerState, Extractor, ExtractorConfig } = createRequire(import.meta.url)(
  '@microsoft/api-extractor',
);
const { values: options } = parseArgs({ options: { update: { type: 'boolean', default: false } } });

/** A top-level export; the members of an interface may speak for themselves. */
const undocumentedExport = /^\/\/ @public \(undocumented\)\n.*$/gm;

function reportConfig(one, subpath, types) {
  const name = subpath === '.' ? one.folder : `${one.folder}-${subpath.slice(2).replaceAll('/', '-')}`;
  return ExtractorConfig.prepare({
    configObjectFullPath: `${one.path}/api-extractor.json`,
    packageJsonFullPath: `${one.path}/package.json`,
    configObject: {
      projectFolder: one.path,
      mainEntryPointFilePath: `${one.path}/${types}`,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2023',
            lib: ['es2023'],
            types: ['node'],
            module: 'nodenext',
            moduleResolution: 'nodenext',
            strict: true,
            skipLibCheck: true,
          },
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: `${one.path}/api`,
        reportTempFolder: `${root}temp/api`,
        reportVariants: ['complete'],
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: {
          default: { logLevel: 'warning' },
          'ae-missing-release-tag': { logLevel: 'none' },
          'ae-undocumented': { logLevel: 'none' },
          'ae-unresolved-link': { logLevel: 'none' },
        },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  });
}

const configs = publicPackages().flatMap((one) => {
  mkdirSync(`${one.path}/api`, { recursive: true });
  return Object.entries(one.manifest.exports)
    .filter(([, entry]) => typeof entry === 'object')
    .map(([subpath, entry]) => reportConfig(one, subpath, entry.types));
});
const missing = configs.filter((config) => !existsSync(config.mainEntryPointFilePath));
if (missing.length > 0) {
  console.error(
    `no build: ${missing.map((config) => config.mainEntryPointFilePath).join(', ')}. Run npm run build.`,
  );
  process.exit(1);
}

// One program for all entry points: a program a package would take ten times as long.
const compilerState = CompilerState.create(configs[0], {
  additionalEntryPoints: configs.map((config) => config.mainEntryPointFilePath),
});
let failed = 0;
for (const config of configs) {
  const problems = [];
  const result = Extractor.invoke(config, {
    compilerState,
    localBuild: options.update,
    messageCallback: (message) => {
      message.handled = true;
      const isProblem = message.logLevel === 'error' || message.logLevel === 'warning';
      if (isProblem && !message.messageId.startsWith('console-api-report-')) {
        problems.push(
          `${message.messageId}: ${message.text} (${message.sourceFilePath ?? ''}:${message.sourceFileLine ?? ''})`,
        );
      }
    },
  });
  const report = config.reportFilePath.slice(root.length);
  if (result.apiReportChanged && options.update) console.log(`${report}: written`);
  if (result.apiReportChanged && !options.update)
    problems.push('differs from the build: node scripts/api.mjs --update');
  const undocumented = readFileSync(config.reportTempFilePath, 'utf8').match(undocumentedExport) ?? [];
  problems.push(...undocumented.map((line) => `an export without a docstring: ${line.split('\n')[1]}`));
  for (const problem of problems) console.error(`${report}: ${problem}`);
  if (problems.length > 0) failed += 1;
}

const known = new Set(configs.map((config) => config.reportFilePath));
for (const one of publicPackages()) {
  for (const name of readdirSync(`${one.path}/api`)) {
    if (known.has(`${one.path}/api/${name}`)) continue;
    console.error(`packages/${one.folder}/api/${name}: is the report of no entry point`);
    failed += 1;
  }
}
console.log(`${configs.length} API reports, ${failed} with problems`);
process.exitCode = failed > 0 ? 1 : 0;
