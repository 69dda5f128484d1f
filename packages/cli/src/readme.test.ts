import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { createEmulator, type Emulator } from '@egov-gateway/emulator';
import { type CommandLineOutcome, runCommandLine } from '@egov-gateway/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { loadCommand } from './commands.ts';
import { main } from './main.ts';

const root = new URL('../../../', import.meta.url);
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(new URL('docs/', root))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...readdirSync(new URL('docs/domains/', root)).map((name) => `docs/domains/${name}`),
  ...readdirSync(new URL('packages/', root)).map((name) => `packages/${name}/README.md`),
].filter((path) => existsSync(new URL(path, root)));

interface Written {
  readonly where: string;
  readonly words: readonly string[];
  /** Whether its block asks to be executed here: its info string is `sh run`. Those of domains run in a test of their own. */
  readonly isRunnable: boolean;
}

/** Every `egw …` line in the `sh` blocks of a document. Lines that end in a backslash go on. */
function commandsOf(path: string): Written[] {
  const text = readFileSync(new URL(path, root), 'utf8');
  return [...text.matchAll(/^```sh( run)?\n([\s\S]*?)^```/gm)].flatMap(([, run, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.replace(/^(?:npx )?egw /, 'egw ').replace(/\s+#.*$/, ''))
      .filter((line) => line.startsWith('egw '))
      .map((line) => ({
        where: `${path}: ${line}`,
        words: [...line.slice(4).matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = '']) => quoted ?? word),
        isRunnable: run !== undefined && !path.startsWith('docs/domains/'),
      })),
  );
}

const written = documents.flatMap(commandsOf);

describe('commands in documents', () => {
  test('exist', () => {
    expect(written.filter(({ isRunnable }) => isRunnable).length).toBeGreaterThan(5);
  });

  test.each(written)('are written as they are read: $where', async ({ words }) => {
    if (words[0]?.startsWith('--')) return;
    const { command, rest } = await loadCommand(words);

    expect(() =>
      parseArgs({ args: [...rest], options: command.options, allowPositionals: true, strict: true }),
    ).not.toThrow();
  });
});

describe('blocks marked `sh run`', () => {
  let folder: string;
  let emulator: Emulator;
  let environment: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'egw-test-'));
    emulator = await createEmulator();
    const server = await emulator.listen();
    const { testSystem } = emulator;
    await writeFile(join(folder, 'test.p12'), testSystem.pkcs12);
    await writeFile(join(folder, 'gateway.pem'), emulator.gatewayCertificatePem);
    await writeFile(
      join(folder, 'request.xml'),
      '<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:n="http://ehealth.kz/integration/sync" xsi:type="n:MedicalExemptionSearchRequest"><number>01085</number></data>',
    );
    environment = {
      EGW_ASYNC_ENDPOINT: server.asyncUrl.href,
      EGW_SENDER_ID: testSystem.senderId,
      EGW_SENDER_PASSWORD: testSystem.password,
      EGW_KEY: join(folder, 'test.p12'),
      EGW_KEY_PASSWORD: testSystem.pkcs12Password,
      EGW_TRUST: join(folder, 'gateway.pem'),
      EGW_ALLOW_INSECURE_HTTP: 'true',
      EGW_JOURNAL: join(folder, 'messages.journal'),
    };
  });

  afterAll(async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('do what they say, one after the other', async () => {
    let key = '';
    const outcomes: (CommandLineOutcome & { readonly where: string })[] = [];
    for (const { where, words } of written.filter(({ isRunnable }) => isRunnable)) {
      const args = words.map((word) => {
        if (word === '$KEY') return key;
        return /^[\w-]+(?:\/[\w-]+)?\.(?:xml|json|egwj)$|^archives$/.test(word) ? join(folder, word) : word;
      });
      const days = new Date().toISOString().slice(0, 10);
      const outcome = await runCommandLine(
        main,
        args.map((word) => word.replace('YYYY-MM-DD', days)),
        { environment },
      );
      outcomes.push({ where, ...outcome });
      key = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(outcome.stderr + outcome.stdout)?.[0] ?? key;
    }

    expect(outcomes.filter(({ code }) => code !== 0)).toEqual([]);
  });
});
