import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { type CodeBlock, codeBlocks } from './code-blocks.ts';
import { rootPath, rootUrl } from './workspace.ts';

const blocks = codeBlocks();

/** Path of the module that a block becomes. It lies in the root, so that it resolves packages as a user's file would. */
function moduleOf(index: number): string {
  return `${rootPath}temp/docs/block-${index}.ts`;
}

const nameNotFound = new Set([2304, 2552, 18004]);

/** Whether the error is about a value that an `@example` takes as given: a name that is neither called nor constructed. */
function isGivenValue(block: CodeBlock, error: ts.Diagnostic): boolean {
  if (!block.isExample || !nameNotFound.has(error.code)) return false;
  const name = error.file?.text.slice(error.start, (error.start ?? 0) + (error.length ?? 0)) ?? '';
  return !new RegExp(`\\b${name}\\s*\\(|\\bnew ${name}\\b`).test(block.code);
}

/** `where: message` of every error that the compiler finds in the blocks. */
function compile(all: readonly CodeBlock[]): string[] {
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${rootPath}tsconfig.test.json`, ts.sys.readFile).config,
    { ...ts.sys, readDirectory: () => [] },
    rootPath,
  );
  const options: ts.CompilerOptions = { ...config.options, noUnusedLocals: false, noUnusedParameters: false };
  const texts = new Map(all.map((block, index) => [moduleOf(index), `${block.code}\nexport {};\n`]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  const program = ts.createProgram([...texts.keys()], options, host);

  return all.flatMap((block, index) => {
    const file = program.getSourceFile(moduleOf(index));
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found
      .filter((one) => !isGivenValue(block, one))
      .map((one) => {
        const line = file?.getLineAndCharacterOfPosition(one.start ?? 0).line ?? 0;
        return `${block.where} +${line + 1}: ${ts.flattenDiagnosticMessageText(one.messageText, ' ')}`;
      });
  });
}

describe('TypeScript blocks of documents and @example', () => {
  test('exist', () => {
    expect(blocks.length).toBeGreaterThan(0);
  });

  test('compile with the flags of the project', { timeout: 120_000 }, () => {
    expect(compile(blocks)).toEqual([]);
  });
});

const runnable = blocks.map((block, index) => ({ ...block, index })).filter((block) => block.isRunnable);

describe('blocks marked `ts run`', () => {
  beforeAll(() => {
    mkdirSync(new URL('temp/docs/', rootUrl), { recursive: true });
  });
  afterAll(() => {
    rmSync(new URL('temp/docs/', rootUrl), { recursive: true, force: true });
  });

  // The first one loads all packages from their sources, which takes its time on a busy machine.
  test.each(runnable)('$where runs', { timeout: 180_000 }, async ({ code, index }) => {
    for (const method of ['log', 'error', 'dir', 'table'] as const) {
      vi.spyOn(console, method).mockImplementation(() => {});
    }
    const path = moduleOf(index);
    writeFileSync(path, code);
    try {
      await import(/* @vite-ignore */ path);
    } finally {
      vi.restoreAllMocks();
    }
  });
});
