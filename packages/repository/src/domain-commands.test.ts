import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { main } from '@egov-gateway/cli';
import { createEkdoPortal, createEmulator, type EkdoPortal, type Emulator } from '@egov-gateway/emulator';
import { dateAt } from '@egov-gateway/payload';
import { type CommandLineOutcome, runCommandLine } from '@egov-gateway/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { listFiles, readText, rootPath } from './workspace.ts';

const documents = listFiles('docs/domains/').filter(
  (path) => path.endsWith('.md') && /^```sh run$/m.test(readText(path)),
);

type Step = { readonly words: readonly string[] } | { readonly file: string; readonly content: string };

/** What the `sh run` blocks of a document do, in order: files written from here-documents, and `egw` commands. */
function stepsOf(path: string): Step[] {
  const blocks = [...readText(path).matchAll(/^```sh run\n([\s\S]*?)^```/gm)].map(([, block]) => block ?? '');
  const pattern = /^cat > (\S+) <<END\n([\s\S]*?)^END$|^egw (.*)$/gm;
  return [...blocks.join('').matchAll(pattern)].map(([, file, content = '', command = '']) =>
    file === undefined ? { words: command.replace(/\s+#.*$/, '').split(' ') } : { file, content },
  );
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
  let portal: EkdoPortal;
  let environment: Record<string, string>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'egw-domains-'));
    emulator = await createEmulator();
    const { url, asyncUrl } = await emulator.listen();
    portal = createEkdoPortal();
    const { url: portalUrl } = await portal.listen();
    const { testSystem } = emulator;
    const key = join(folder, 'test-system.p12');
    await writeFile(key, testSystem.pkcs12);
    await writeFile(join(folder, 'gateway.pem'), emulator.gatewayCertificatePem);
    const credentials = join(folder, 'portal-credentials.json');
    await writeFile(credentials, JSON.stringify(portal.connection().credentials));
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
      EGW_PORTAL_URL: portalUrl.href,
      EGW_PORTAL_CREDENTIALS: credentials,
      EGW_EMPLOYER_PASSWORD: testSystem.pkcs12Password,
    };
  });

  afterEach(async () => {
    await emulator.close();
    await portal.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('are in the documents', () => {
    expect(documents.length).toBeGreaterThan(1);
  });

  test.each(documents)('of %s do what they say, one after the other', async (path) => {
    const steps = stepsOf(path);
    const outcomes: CommandLineOutcome[] = [];
    const tables: string[] = [];
    for (const step of steps) {
      if ('file' in step) {
        const today = dateAt(Date.now(), '+05:00');
        tables.push(step.file);
        await writeFile(join(folder, step.file), step.content.replaceAll('$today', today));
      } else {
        const words = step.words.map((word) => {
          if (word.startsWith('fixtures/')) return `${rootPath}${word}`;
          return /^[\w-]+\.(?:csv|json)$/.test(word) ? join(folder, word) : word;
        });
        outcomes.push(await runCommandLine(main, words, { environment }));
      }
    }

    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.filter(({ code }) => code !== 0)).toEqual([]);
    for (const rows of shownRows(path)) {
      const results = await readFile(join(folder, `${tables[0]}.results.csv`), 'utf8');
      const lines = results.replace('\uFEFF', '').split('\r\n').filter(Boolean);
      const columns = rows[0]?.split(';').length ?? 0;
      expect(lines.map((line) => line.split(';').slice(0, columns).join(';'))).toEqual(rows);
    }
  });
});
