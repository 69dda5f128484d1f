import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createEmulator, type Emulator } from '@egov-gateway/emulator';
import { defineService, textPayload } from '@egov-gateway/payload';
import { type CommandLineOutcome, deferred, runCommandLine } from '@egov-gateway/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { main } from './main.ts';

const service = defineService({ id: 'CONTRACT', request: textPayload(), response: textPayload() });

let folder: string;
let emulator: Emulator;
let environment: Record<string, string>;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-test-'));
  emulator = await createEmulator({ async: { push: { retryDelaysMs: [] } } });
  emulator.asyncService(service, (contract) => `зарегистрирован: ${contract}`);
  const server = await emulator.listen();
  const { testSystem } = emulator;
  await writeFile(join(folder, 'test.p12'), testSystem.pkcs12);
  await writeFile(join(folder, 'gateway.pem'), emulator.gatewayCertificatePem);
  await writeFile(join(folder, 'contract.xml'), '<data>договор 17</data>');
  environment = {
    EGW_ASYNC_ENDPOINT: server.asyncUrl.href,
    EGW_SENDER_ID: testSystem.senderId,
    EGW_SENDER_PASSWORD: testSystem.password,
    EGW_KEY: join(folder, 'test.p12'),
    EGW_KEY_PASSWORD: testSystem.pkcs12Password,
    EGW_TRUST: join(folder, 'gateway.pem'),
    EGW_ALLOW_INSECURE_HTTP: 'true',
  };
});

afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  emulator.behave();
  count += 1;
  environment['EGW_JOURNAL'] = join(folder, `messages-${count}.journal`);
});

const egw = (...args: readonly string[]): Promise<CommandLineOutcome> =>
  runCommandLine(main, args, { environment });

type Line = Readonly<Record<string, unknown>>;

/** Runs `egw receive`, gives its address, and ends it when `work` is done. */
async function receiving(
  options: readonly string[],
  work: (url: string) => Promise<unknown>,
): Promise<{ code: number; lines: readonly Line[]; stderr: string }> {
  const controller = new AbortController();
  const listening = deferred<string>();
  const running = runCommandLine(main, ['receive', '--port', '0', '--json', ...options], {
    environment,
    signal: controller.signal,
    onStdout: (text) => {
      const [first, more] = text.split('\n');
      if (more !== undefined) listening.resolve(JSON.parse(first ?? '').url);
    },
  });
  const url = await listening.promise;
  emulator.pushTo('test-system', url);
  await work(url);
  await emulator.idle();
  controller.abort();
  emulator.pushTo('test-system', undefined);
  const { code, stdout, stderr } = await running;
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line));
  return { code, lines: lines.slice(1), stderr };
}

const call = (): Promise<CommandLineOutcome> =>
  egw('call', 'async', 'CONTRACT', '--data', join(folder, 'contract.xml'), '--no-poll', '--json');
const send = (): Promise<CommandLineOutcome> =>
  egw('call', 'async', 'CONTRACT', '--data', join(folder, 'contract.xml'), '--no-wait');

describe('egw receive', () => {
  test('stores what is pushed and prints a line for it; the answer reaches whoever waits on the same journal', async () => {
    let answered: CommandLineOutcome | undefined;
    const { code, lines } = await receiving([], async () => {
      answered = await call();
    });

    expect(answered?.code).toBe(0);
    expect(JSON.parse(answered?.stdout ?? '')).toMatchObject({
      state: 'answered',
      data: expect.stringContaining('зарегистрирован'),
    });
    expect(code).toBe(0);
    expect(lines).toContainEqual(
      expect.objectContaining({
        outcome: 'stored',
        serviceId: 'CONTRACT',
        httpStatus: 200,
        key: expect.any(String),
      }),
    );
    expect(JSON.stringify(lines)).not.toContain('зарегистрирован');
  });

  test('prints lines for people, too', async () => {
    const controller = new AbortController();
    const running = runCommandLine(main, ['receive', '--port', '0', '--path', '/push/'], {
      environment,
      signal: controller.signal,
    });
    controller.abort();
    const { code, stdout, stderr } = await running;

    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/listening on http:\/\/127\.0\.0\.1:\d+\/push\/, WSDL/);
  });

  test.each([
    ['duplicate-push', 'repeated'],
    ['tampered-push', 'refused'],
    ['unsigned-push', 'refused'],
    ['wrong-key-push', 'refused'],
  ] as const)('tells what became of %s', async (scenario, expected) => {
    const { lines } = await receiving([], async () => {
      emulator.misbehave(scenario, { serviceId: 'CONTRACT' });
      await egw('outbox', 'run', '--drain', '--journal', await queued());
    });
    expect(lines.map(({ outcome }) => outcome)).toContain(expected);
  });

  test('lets nobody in but those who are allowed', async () => {
    const { lines } = await receiving(['--allow-sender', 'somebody-else'], async () => {
      await egw('outbox', 'run', '--drain', '--journal', await queued());
    });

    expect(lines).toContainEqual(expect.objectContaining({ outcome: 'refused', reason: 'sender' }));
    expect(lines.map(({ outcome }) => outcome)).not.toContain('stored');
  });

  test.each([
    ['no port', []],
    ['a port that is none', ['--port', 'x']],
    ['a word', ['here', '--port', '0']],
    ['a path without a slash', ['--port', '0', '--path', 'push']],
    ['an address of another machine', ['--port', '0', '--host', '192.0.2.1']],
  ])('ends with 2 for %s', async (_, options) => {
    const { code, stderr } = await egw('receive', ...options);

    expect(code).toBe(2);
    expect(stderr).toMatch(/^egw: /);
  });

  test('ends with 2 without a journal, and without anybody to trust', async () => {
    const { EGW_JOURNAL: _journal, ...others } = environment;
    const { EGW_TRUST: _trust, ...trusting } = environment;

    expect((await runCommandLine(main, ['receive', '--port', '0'], { environment: others })).code).toBe(2);
    expect((await runCommandLine(main, ['receive', '--port', '0'], { environment: trusting })).code).toBe(2);
  });

  test('says that its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { code, stderr } = await egw('receive', '--port', port);
    const emulated = await egw('emulator', '--port', port);
    server.close();

    expect([code, emulated.code]).toEqual([2, 2]);
    expect(stderr).toContain('the port is taken');
    expect(emulated.stderr).toContain('the port is taken');
  });

  /** A journal of its own with a message that waits. */
  async function queued(): Promise<string> {
    await send();
    return environment['EGW_JOURNAL'] ?? '';
  }
});
