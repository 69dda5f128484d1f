import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { AsyncBench } from '../test/async-bench.ts';

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

let bench: AsyncBench;

beforeAll(async () => {
  bench = await AsyncBench.open();
});

afterAll(() => bench.close());

beforeEach(() => bench.fresh());

/** A message in doubt, by its key. */
async function doubt(): Promise<string> {
  bench.emulator.misbehave('lost-answer');
  const { code, stdout } = await bench.call('--json');
  expect(code).toBe(5);
  return JSON.parse(stdout).key;
}

describe('egw outbox', () => {
  test('settles a doubt: what was not sent goes out again', async () => {
    const key = await doubt();

    expect((await bench.kept('outbox', 'list', '--in-doubt')).stdout).toContain(key);
    const resolved = await bench.kept(
      'outbox',
      'resolve',
      key,
      '--as',
      'not-sent',
      '--note',
      'asked the operator',
    );
    expect([resolved.code, resolved.stdout]).toEqual([0, 'queued\n']);
    expect((await bench.kept('outbox', 'run', '--drain')).stdout).toContain(key);
    expect((await bench.kept('outbox', 'list')).stderr).toContain('no message');
    const shown = (await bench.kept('journal', 'show', key)).stdout;
    expect(shown).toContain('"asked the operator"');
  });

  test('ends draining with 5 when it leaves a doubt', async () => {
    await bench.call('--no-wait');
    bench.emulator.misbehave('lost-answer');

    expect((await bench.kept('outbox', 'run', '--drain')).code).toBe(5);
  });

  test('works until it is told to end', async () => {
    await bench.call('--no-wait');
    const controller = new AbortController();
    const { code, stdout } = await bench.egw(['outbox', 'run', '--journal', bench.journal], {
      signal: controller.signal,
      onStdout: (text) => {
        if (text.includes(' sent ')) controller.abort();
      },
    });

    expect(code).toBe(0);
    expect(stdout).toMatch(uuid);
  });

  test('gives a refused message another chance', async () => {
    bench.emulator.misbehave('signed-fault');
    const { key } = JSON.parse((await bench.call('--no-poll', '--json')).stdout);

    const retried = await bench.kept('journal', 'retry', key, '--note', 'the registration was put right');
    expect([retried.code, retried.stdout]).toEqual([0, 'queued\n']);
    expect((await bench.kept('outbox', 'run', '--drain')).code).toBe(0);
    expect((await bench.kept('status', key, '--local')).stdout).toContain('journal');
  });

  test.each([
    ['no resolution', ['--note', 'x'], 2],
    ['an unknown resolution', ['--as', 'perhaps', '--note', 'x'], 2],
    ['no note', ['--as', 'sent'], 2],
    ['an empty note', ['--as', 'sent', '--note', ' '], 2],
    ['a note that is too long', ['--as', 'sent', '--note', 'x'.repeat(1001)], 2],
  ])('resolves nothing with %s', async (_, options, expected) => {
    const key = await bench.queued();

    expect((await bench.kept('outbox', 'resolve', key, ...options)).code).toBe(expected);
  });

  test('resolves and retries nothing that is not in doubt, or given up', async () => {
    const key = await bench.queued();

    const resolved = await bench.kept('outbox', 'resolve', key, '--as', 'sent', '--note', 'x', '--json');
    expect([resolved.code, JSON.parse(resolved.stdout).error.code]).toEqual([1, 'ERR_JOURNAL_STATE']);
    expect((await bench.kept('journal', 'retry', key)).code).toBe(1);
    expect((await bench.kept('outbox', 'resolve', 'no-such-key', '--as', 'sent', '--note', 'x')).code).toBe(
      1,
    );
    expect((await bench.kept('journal', 'retry', 'no-such-key')).code).toBe(1);
  });

  test('retries nothing that is in doubt, and says what to do instead', async () => {
    const key = await doubt();
    const { code, stderr } = await bench.kept('journal', 'retry', key);

    expect(code).toBe(1);
    expect(stderr).toContain(`egw outbox resolve ${key}`);
  });

  test.each([
    ['run', ['outbox', 'run', '--drain', '--journal', 'no-such.journal']],
    ['list', ['outbox', 'list', '--journal', 'no-such.journal']],
    ['run without a journal', ['outbox', 'run', '--drain']],
  ])('makes no journal by looking at it: %s', async (_, args) => {
    expect((await bench.egw(args)).code).toBe(2);
  });
});
