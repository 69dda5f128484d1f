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

/** Whether a type that an entry point uses without exporting it is an export of the package's main entry point. */
function isExportedElsewhere(message, config) {
  if (message.messageId !== 'ae-forgotten-export') return false;
  const [, name] = /The symbol "(\w+)"/.exec(message.text) ?? [];
  const index = readFileSync(`${config.projectFolder}/dist/index.d.ts`, 'utf8');
  return new RegExp(`\\b${name}\\b`).test(index);
}

const entries = publicPackages().flatMap((one) =>
  Object.entries(one.manifest.exports)
    .filter(([, entry]) => typeof entry === 'object')
    .map(([subpath, entry]) => ({ one, subpath, types: entry.types })),
);
const missing = entries.filter(({ one, types }) => !existsSync(`${one.path}/${types}`));
if (missing.length > 0) {
  const names = missing.map(({ one, subpath }) => one.manifest.name + subpath.slice(1));
  console.error(`no build of ${names.join(', ')}: npm run build`);
  process.exit(1);
}
const configs = entries.map(({ one, subpath, types }) => {
  mkdirSync(`${one.path}/api`, { recursive: true });
  return reportConfig(one, subpath, types);
});

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
      if (
        isProblem &&
        !message.messageId.startsWith('console-api-report-') &&
        !isExportedElsewhere(message, config)
      ) {
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
