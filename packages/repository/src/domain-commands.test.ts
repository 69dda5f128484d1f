import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { main } from '@egov-gateway/cli';
import { createEmulator, type Emulator } from '@egov-gateway/emulator';
import { dateAt } from '@egov-gateway/payload';
import { type CommandLineOutcome, runCommandLine } from '@egov-gateway/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { listFiles, readText, rootPath } from './workspace.ts';

const documents = listFiles('docs/domains/').filter(
  (path) => path.endsWith('.md') && /^```sh run$/m.test(readText(path)),
);

type Step =
  | { readonly kind: 'command'; readonly words: readonly string[]; readonly exitCode: number }
  | { readonly kind: 'file'; readonly file: string; readonly content: string }
  | { readonly kind: 'variable'; readonly name: string; readonly file: string };

/**
 * What the `sh run` blocks of a document do, in order: files written from here-documents, variables that name a file, and
 * `egw` commands. A command ends with 0 unless its comment begins with another exit code.
 */
function stepsOf(path: string): Step[] {
  const blocks = [...readText(path).matchAll(/^```sh run\n([\s\S]*?)^```/gm)].map(([, block]) => block ?? '');
  const pattern = /^cat > (\S+) <<END\n([\s\S]*?)^END$|^export (EGW_\w+)=(\S+)$|^egw (.*)$/gm;
  return [...blocks.join('').matchAll(pattern)].map(
    ([, file, content = '', name, value = '', command = '']): Step => {
      if (file !== undefined) return { kind: 'file', file, content };
      if (name !== undefined) return { kind: 'variable', name, file: value };
      const [line = '', comment = ''] = command.split(/\s+#/);
      const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = '']) => quoted ?? word);
      return { kind: 'command', words, exitCode: Number(/^ exit code (\d)/.exec(comment)?.[1] ?? 0) };
    },
  );
}

/** `egw emulator …` that runs until it is ended, on ports that are free. */
interface RunningCommand {
  readonly environment: Record<string, string>;
  end(): Promise<CommandLineOutcome>;
}

async function startEmulator(words: readonly string[]): Promise<RunningCommand> {
  const controller = new AbortController();
  const free = words.map((word, index) => (words[index - 1]?.endsWith('port') === true ? '0' : word));
  let ended = Promise.resolve<CommandLineOutcome>({ code: -1, stdout: '', stderr: '' });
  const stdout = await new Promise<string>((resolve, reject) => {
    ended = runCommandLine(main, [...free, '--json'], { signal: controller.signal, onStdout: resolve });
    ended.then(({ stderr }) => reject(new Error(stderr)), reject);
  });
  const { ekdoUrl, files } = JSON.parse(stdout);
  return {
    environment: { EGW_PORTAL_URL: ekdoUrl, EGW_PORTAL_CREDENTIALS: files.portalCredentials },
    end() {
      controller.abort();
      return ended;
    },
  };
}

/** Beginnings of the lines of a table, as a document shows them. */
function shownRows(path: string): string[][] {
  return [...readText(path).matchAll(/(?<=^```text\n)row;[\s\S]*?(?=^```)/gm)].map(([rows]) =>
    rows.trimEnd().split('\n'),
  );
}

describe('blocks marked `sh run`', () => {
  let folder: string;
  let emulator: Emulator;
  let started: RunningCommand | undefined;
  let environment: Record<string, string>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'egw-domains-'));
    emulator = await createEmulator();
    const { url, asyncUrl } = await emulator.listen();
    const { testSystem } = emulator;
    const key = join(folder, 'test-system.p12');
    await writeFile(key, testSystem.pkcs12);
    await writeFile(join(folder, 'gateway.pem'), emulator.gatewayCertificatePem);
    environment = {
      EGW_ENDPOINT: url.href,
      EGW_ASYNC_ENDPOINT: asyncUrl.href,
      EGW_ALLOW_INSECURE_HTTP: 'true',
      EGW_SENDER_ID: testSystem.senderId,
      EGW_SENDER_PASSWORD: testSystem.password,
      EGW_KEY: key,
      EGW_KEY_PASSWORD: testSystem.pkcs12Password,
      EGW_TRUST: join(folder, 'gateway.pem'),
      EGW_SERVICE_ID: emulator.laborContracts.serviceId,
      EGW_JOURNAL: join(folder, 'contracts.journal'),
      EGW_EMPLOYER_KEY: key,
      EGW_EMPLOYER_PASSWORD: testSystem.pkcs12Password,
    };
  });

  afterEach(async () => {
    await emulator.close();
    await started?.end();
    started = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  test('are in the documents', () => {
    expect(documents.length).toBeGreaterThan(1);
  });

  test.each(documents)('of %s do what they say, one after the other', async (path) => {
    const steps = stepsOf(path);
    const outcomes: (CommandLineOutcome & { readonly line: string; readonly expected: number })[] = [];
    const tables: string[] = [];
    for (const step of steps) {
      if (step.kind === 'file') {
        const today = dateAt(Date.now(), '+05:00');
        tables.push(step.file);
        await writeFile(join(folder, step.file), step.content.replaceAll('$today', today));
      } else if (step.kind === 'variable') {
        environment[step.name] = join(folder, step.file);
      } else if (step.words[0] === 'emulator') {
        await started?.end();
        started = await startEmulator(step.words);
        Object.assign(environment, started.environment);
      } else {
        const words = step.words.map((word) => {
          if (word.startsWith('fixtures/')) return `${rootPath}${word}`;
          return /^[\w-]+\.(?:csv|json)$/.test(word) ? join(folder, word) : word;
        });
        const outcome = await runCommandLine(main, words, { environment });
        outcomes.push({ line: step.words.join(' '), expected: step.exitCode, ...outcome });
      }
    }

    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.filter(({ code, expected }) => code !== expected)).toEqual([]);
    for (const rows of shownRows(path)) {
      const results = await readFile(join(folder, `${tables[0]}.results.csv`), 'utf8');
      const lines = results.replace('\uFEFF', '').split('\r\n').filter(Boolean);
      const columns = rows[0]?.split(';').length ?? 0;
      expect(lines.map((line) => line.split(';').slice(0, columns).join(';'))).toEqual(rows);
    }
  });
});
