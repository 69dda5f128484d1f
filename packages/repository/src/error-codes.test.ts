import { describe, expect, test } from 'vitest';

import { listFiles, loadPackages, readText } from './workspace.ts';

const codePattern =
  /\bERR_(?:XML|VALIDATE|KEY|SIGN|SEND|VERIFY|PARSE|JOURNAL|PORTAL|CONSENT|BUSINESS|FAULT)_[A-Z0-9_]*[A-Z0-9]\b/g;
const declared = [...new Set(readText('packages/core/src/error-codes.ts').match(codePattern) ?? [])].sort();
const packages = loadPackages();
const outside = packages.filter((one) => one.folder !== 'core');

/** First cells of the table rows that are nothing but a code. */
function documentedCodes(path: string): string[] {
  return [...readText(path).matchAll(/^\| `(ERR_[A-Z0-9_]+)` \|/gm)].map((match) => match[1] ?? '').sort();
}

function mentioned(paths: readonly string[]): Set<string> {
  return new Set(paths.flatMap((path) => readText(path).match(codePattern) ?? []));
}

describe('error codes', () => {
  test('are declared in core', () => {
    expect(declared.length).toBeGreaterThan(50);
  });

  test.each(['docs/errors.md', 'docs/errors.ru.md'])('are all documented, once, in %s', (path) => {
    expect(documentedCodes(path)).toEqual(declared);
  });

  test('are never invented by documents, sources or fixtures', () => {
    const paths = listFiles('').filter((path) => /\.(md|ts|mjs|json)$/.test(path));
    expect([...mentioned(paths)].filter((code) => !declared.includes(code))).toEqual([]);
  });

  test('are all raised somewhere', () => {
    const raised = mentioned(outside.flatMap((one) => one.sources));
    const inCore = new Set(readText('packages/core/src/errors.ts').match(codePattern));
    expect(declared.filter((code) => !raised.has(code) && !inCore.has(code))).toEqual([]);
  });

  test('are all tested', () => {
    const cases = listFiles('fixtures/').filter((path) => path.endsWith('.json'));
    const tested = mentioned([
      ...packages.filter((one) => one.folder !== 'repository').flatMap((one) => one.tests),
      ...cases,
    ]);
    expect(declared.filter((code) => !tested.has(code))).toEqual([]);
  });
});
