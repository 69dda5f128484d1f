import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { describe, expect, test } from 'vitest';

import { listFiles, loadPackages, readText, rootUrl } from './workspace.ts';

const textFile =
  /\.(ts|mjs|js|json|md|xml|xsd|wsdl|java|py|php|sh|css|html|svg|yml|yaml)$|\/(run|LICENSE|\.[a-z]+)$/;
const codeFile = /\.(ts|mjs|js|java|py|php)$/;
const files = listFiles('').filter((path) => textFile.test(`/${path}`) && path !== 'package-lock.json');
const written = files.filter((path) => !path.startsWith('fixtures/'));
const maxLines = 400;

/** Namespaces of the standards and of the gateway, and what documents link to. Never an address to call. */
const publicHosts = new Set([
  // Namespaces of the metadata of PDF files.
  'www.aiim.org',
  'ns.adobe.com',
  'purl.org',
  // Namespaces of workbooks.
  'schemas.openxmlformats.org',
  'purl.oclc.org',
  'www.w3.org',
  'docs.oasis-open.org',
  'schemas.xmlsoap.org',
  'bip.bee.kz',
  'ehealth.kz',
  'enbek.kz',
  'service.2fa-chain.kz',
  'gbdulinfobybin_v2.egp.gbdul.tamur.kz',
  '3005_kdp.reports.egp.gbdul.tamur.kz',
  'kdp.3007.reports.egp.gbdul.tamur.kz',
  'apache.org',
  'github.com',
  'keepachangelog.com',
  'api-extractor.com',
]);

function lines(path: string): string[] {
  return readText(path).split('\n');
}

/** `path:line` of every line that matches. */
function find(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    lines(path).flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

describe('committed text', () => {
  test('is UTF-8 without a byte order mark', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const wrong = written.filter((path) => {
      try {
        return decoder.decode(readFileSync(new URL(path, rootUrl))).startsWith('\uFEFF');
      } catch {
        return true;
      }
    });
    expect(wrong).toEqual([]);
  });

  test('ends its lines with LF and the file with one', () => {
    const wrong = written.filter((path) => {
      const text = readText(path);
      return text.includes('\r\n') || (text.length > 0 && !text.endsWith('\n'));
    });
    expect(wrong).toEqual([]);
  });

  test('names no folder of a machine', () => {
    const pattern = /(?<![\w.:/])\/(?:home|root|work|tmp|Users|mnt|srv)\/\w|\b[A-Z]:\\Users\\/;
    expect(find(written, pattern)).toEqual([]);
  });

  test('names no address of a real gateway and no private network', () => {
    const pattern =
      /(?<![\d.])(?:195\.12\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+)(?![\d.])/;
    expect(find(written, pattern)).toEqual([]);
  });

  test('links to public places and to reserved names only', () => {
    const reserved = /^(?:(?:.+\.)?(?:example|invalid|test|localhost)|127\.0\.0\.1|\[::1\]|\w+|\$\{.*)$/;
    const hosts = files.flatMap((path) =>
      [...readText(path).matchAll(/\bhttps?:\/\/(?:[^\s/@"'`]*@)?([^\s/:"'`<>)\\#?]+)/g)].map((match) => ({
        path,
        host: match[1] ?? '',
      })),
    );
    const wrong = hosts.filter(({ host }) => !publicHosts.has(host) && !reserved.test(host));
    expect(wrong.filter(({ path }) => isNotThisFile(`${path}:`))).toEqual([]);
  });

  test('has no open conflict, and no task without an issue number', () => {
    expect(find(written, /^(?:<{7}|>{7}) /)).toEqual([]);
    expect(find(written, /\b(?:TODO|FIXME|XXX)\b(?!.*#\d+)(?!.*`)/).filter(isNotThisFile)).toEqual([]);
  });

  test('keeps private keys in fixtures/keys, and those of the built-in test parties in the emulator', () => {
    const pattern = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
    const elsewhere = files.filter((path) => !path.startsWith('fixtures/keys/'));
    const keys = find(elsewhere, pattern)
      .filter(isNotThisFile)
      .filter((found) => !found.startsWith('packages/emulator/src/test-party/'));
    const containers = listFiles('').filter((path) => /\.(p12|pfx|jks|key)$/.test(path));
    expect(keys).toEqual([]);
    expect(containers.filter((path) => !path.startsWith('fixtures/keys/'))).toEqual([]);
  });
});

function isNotThisFile(found: string): boolean {
  return !found.startsWith('packages/repository/src/sources.test.ts:');
}

describe('source files', () => {
  const code = files.filter((path) => codeFile.test(path) && !path.startsWith('fixtures/'));

  test(`have at most ${maxLines} lines`, () => {
    const long = code.filter((path) => lines(path).length - 1 > maxLines);
    expect(long.map((path) => `${path}: ${lines(path).length - 1}`)).toEqual([]);
  });

  test('are named after a concept', () => {
    const forbidden = /^(utils?|helpers?|common|types|constants|misc|shared)(\.test)?\.(ts|mjs)$/;
    const wrong = code.filter(
      (path) => forbidden.test(basename(path)) || /\/(utils|helpers|common)\//.test(path),
    );
    expect(wrong).toEqual([]);
  });

  test('of published packages begin with no licence banner and hold no eslint or ts suppressions', () => {
    const sources = loadPackages().flatMap((one) => [...one.sources, ...one.tests]);
    const wrong = find(
      sources,
      /@ts-(?:ignore|nocheck|expect-error)|eslint-disable|^\s*(?:\/\*|\/\/)\s*Copyright/,
    );
    expect(wrong.filter((found) => !found.includes('.test-d.ts:')).filter(isNotThisFile)).toEqual([]);
  });

  test('explain every suppression of the linter', () => {
    expect(find(code, /biome-ignore [\w/]+:\s*$/)).toEqual([]);
  });

  // A slow machine, or one that collects its garbage late, proves nothing: speed and memory are for `npm run bench`.
  test('that are tests measure no time, and no memory with garbage in it', () => {
    const tests = code.filter((path) => path.endsWith('.test.ts'));
    expect(find(tests, /performance\.now\(|process\.hrtime/).filter(isNotThisFile)).toEqual([]);
    const untidy = tests.filter((path) => /memoryUsage\(/.test(readText(path)));
    expect(untidy.filter((path) => !readText(path).includes('collectGarbage();'))).toEqual([]);
  });

  // Loaded once for several test files, they would set up the first of them only. In a function they work for all.
  test('that tests share set hooks outside of functions only where each file has its own modules', () => {
    const isolated = /isolated[^(]*\(\[([^\]]*)\]\)/.exec(readText('vitest.workspace.ts'))?.[1] ?? '';
    const shared = files.filter((path) => {
      const [, folder] = /^packages\/([^/]+)\/test\/.*\.ts$/.exec(path) ?? [];
      return folder !== undefined && !isolated.includes(`'${folder}'`);
    });
    expect(shared.length).toBeGreaterThan(0);
    expect(find(shared, /^(?:before|after)(?:Each|All)\(/)).toEqual([]);
  });
});

describe('index.ts', () => {
  const indexes = loadPackages()
    .filter((one) => one.isPublic)
    .map((one) => `packages/${one.folder}/src/index.ts`);

  test.each(indexes)('%s only re-exports, by name', (path) => {
    const text = readText(path)
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/\/\/.*$/gm, '');
    const rest = text.replace(/export (?:type )?\{[^}]*\} from '[^']+';/g, '').trim();
    expect(rest).toBe('');
  });

  // Without it the linter takes a comment for that of the next export and moves both.
  test.each(indexes)('%s has a blank line behind each section comment', (path) => {
    expect(readText(path)).not.toMatch(/^\/\/.*\n(?!\n|\/\/)/m);
  });
});
