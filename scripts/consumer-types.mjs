import ts from 'typescript';

import { root } from './workspace.mjs';

/** What users compile with: the defaults of TypeScript, which include the DOM, and a server without it. */
const consumers = {
  'default libraries, declarations checked': { skipLibCheck: false, lib: undefined },
  'no DOM': { skipLibCheck: true, lib: ['lib.es2023.d.ts'] },
};

/** Compiles a user's module that imports every entry point from the build. Returns what the compiler finds. */
export function consumerTypeProblems(packages) {
  const specifiers = packages.flatMap((one) =>
    Object.keys(one.manifest.exports)
      .filter((subpath) => subpath !== './package.json')
      .map((subpath) => one.manifest.name + subpath.slice(1)),
  );
  const text = specifiers.map((specifier, index) => `import * as entry${index} from '${specifier}';`);
  text.push(
    `export const entries: unknown[] = [${specifiers.map((_, index) => `entry${index}`).join(', ')}];`,
  );
  const path = `${root}consumer.ts`;

  return Object.entries(consumers).flatMap(([name, { skipLibCheck, lib }]) => {
    const options = {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      types: ['node'],
      strict: true,
      noEmit: true,
      skipLibCheck,
      ...(lib === undefined ? {} : { lib }),
    };
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile } = host;
    host.fileExists = (file) => file === path || fileExists(file);
    host.readFile = (file) => (file === path ? text.join('\n') : readFile(file));
    const program = ts.createProgram([path], options, host);
    return ts.getPreEmitDiagnostics(program).map((found) => {
      const where = found.file === undefined ? '' : ` (${found.file.fileName.replace(root, '')})`;
      return `${name}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}${where}`;
    });
  });
}
