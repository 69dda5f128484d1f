import { createServer } from 'node:http';

import { type CommandLineOutcome, deferred, runCommandLine } from '@egov-gateway/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { AsyncBench } from '../test/async-bench.ts';
import { main } from './main.ts';

let bench: AsyncBench;

beforeAll(async () => {
  bench = await AsyncBench.open({ async: { push: { retryDelaysMs: [] } } });
});

afterAll(() => bench.close());

beforeEach(() => bench.fresh());

const egw = (...args: readonly string[]): Promise<CommandLineOutcome> => bench.kept(...args);

type Line = Readonly<Record<string, unknown>>;

/** Runs `egw receive`, gives its address, and ends it when `work` is done. */
async function receiving(
  options: readonly string[],
  work: (url: string) => Promise<unknown>,
): Promise<{ code: number; lines: readonly Line[]; stderr: string }> {
  const controller = new AbortController();
  const listening = deferred<string>();
  const running = runCommandLine(main, ['receive', '--port', '0', '--json', ...options], {
    environment: { ...bench.environment, EGW_JOURNAL: bench.journal },
    signal: controller.signal,
    onStdout: (text) => {
      const [first, more] = text.split('\n');
      if (more !== undefined) listening.resolve(JSON.parse(first ?? '').url);
    },
  });
  const url = await listening.promise;
  bench.emulator.pushTo('test-system', url);
  await work(url);
  await bench.emulator.idle();
  controller.abort();
  bench.emulator.pushTo('test-system', undefined);
  const { code, stdout, stderr } = await running;
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line));
  return { code, lines: lines.slice(1), stderr };
}

describe('egw receive', () => {
  test('stores what is pushed and prints a line for it; the answer reaches whoever waits on the same journal', async () => {
    let answered: CommandLineOutcome | undefined;
    const { code, lines } = await receiving([], async () => {
      answered = await bench.call('--no-poll', '--json');
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
      environment: { ...bench.environment, EGW_JOURNAL: bench.journal },
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
      bench.emulator.misbehave(scenario, { serviceId: 'CONTRACT' });
      await bench.queued();
      await egw('outbox', 'run', '--drain');
    });
    expect(lines.map(({ outcome }) => outcome)).toContain(expected);
  });

  test('lets nobody in but those who are allowed', async () => {
    const { lines } = await receiving(['--allow-sender', 'somebody-else'], async () => {
      await bench.queued();
      await egw('outbox', 'run', '--drain');
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
    const { EGW_TRUST: _trust, ...environment } = bench.environment;
    const trusting = ['receive', '--port', '0', '--journal', bench.journal];

    expect((await bench.egw(['receive', '--port', '0'])).code).toBe(2);
    expect((await runCommandLine(main, trusting, { environment })).code).toBe(2);
  });

  test('says that its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { code, stderr } = await egw('receive', '--port', port);
    const emulated = await bench.egw(['emulator', '--port', port]);
    server.close();

    expect([code, emulated.code]).toEqual([2, 2]);
    expect(stderr).toContain('the port is taken');
    expect(emulated.stderr).toContain('the port is taken');
  });
});
