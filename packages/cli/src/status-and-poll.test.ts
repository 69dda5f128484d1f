import { type CommandLineOutcome, unusedPort } from '@egov-gateway/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { AsyncBench } from '../test/async-bench.ts';

let bench: AsyncBench;

beforeAll(async () => {
  bench = await AsyncBench.open();
});

afterAll(() => bench.close());

beforeEach(() => bench.fresh());

describe('egw status', () => {
  test('asks by key, and by the id of the gateway', async () => {
    const { key, messageId } = JSON.parse((await bench.call('--json')).stdout);

    const byKey = await bench.kept('status', key, '--json');
    const byId = await bench.egw(['status', messageId, '--json']);

    expect([byKey.code, byId.code]).toEqual([0, 0]);
    expect(JSON.parse(byKey.stdout)).toMatchObject({
      message: { key, state: 'answered' },
      gateway: { messageState: 'DELIVERED', verified: true },
    });
    expect(JSON.parse(byId.stdout)).toMatchObject({ message: null, gateway: { messageState: 'DELIVERED' } });
  });

  test('does not ask about a message that the gateway has not named', async () => {
    const key = await bench.queued();
    const { code, stdout, stderr } = await bench.kept('status', key);

    expect(code).toBe(0);
    expect(stdout).toBe('journal  queued\n');
    expect(stderr).toContain('not asked');
  });

  test.each([
    ['no word', ['status'], 2],
    ['two words', ['status', '1', '2'], 2],
    ['--local without a journal', ['status', '1', '--local'], 2],
    ['a journal that is not there', ['status', '1', '--journal', 'no-such.journal'], 2],
    ['a message that the gateway does not know', ['status', '999'], 4],
  ])('ends for %s', async (_, args, expected) => {
    expect((await bench.egw(args)).code).toBe(expected);
  });

  test('ends with 1 for a message that the journal does not know', async () => {
    await bench.call('--no-wait');

    expect((await bench.kept('status', 'no-such-key', '--local')).code).toBe(1);
  });
});

describe('egw poll', () => {
  /** A chain whose answer waits to be pulled. */
  const ask = (): Promise<CommandLineOutcome> =>
    bench.egw(['call', 'async', 'CONTRACT', '--data', bench.file('contract.xml'), '--json']);
  const empty = async (): Promise<void> => {
    await bench.emulator.idle();
    await bench.egw(['poll', 'CONTRACT', '--journal', bench.file('drain.journal')]);
  };

  test('pulls, stores, confirms and prints a line for each message', async () => {
    await empty();
    await ask();
    await bench.emulator.idle();
    const first = await bench.kept('poll', 'CONTRACT', '--json');
    const second = await bench.kept('poll', 'CONTRACT', '--json');

    expect([first.code, second.code]).toEqual([0, 0]);
    expect(JSON.parse(first.stdout)).toMatchObject({
      stored: 1,
      unconfirmed: 0,
      messages: [{ messageType: 'RESPONSE', state: 'unmatched' }],
    });
    expect(JSON.parse(second.stdout)).toMatchObject({ stored: 0, messages: [] });
    expect(first.stdout).not.toContain('зарегистрирован');
  });

  test.each([
    ['refused', ['fault-on-confirm'], 4],
    ['lost', ['delay', 'reset-after-reading'], 3],
  ] as const)('says when a message is stored and its confirmation was %s', async (_, scenarios, expected) => {
    await empty();
    await ask();
    await bench.emulator.idle();
    for (const scenario of scenarios) bench.emulator.misbehave(scenario);
    const { code, stderr } = await bench.kept('poll', 'CONTRACT');

    expect(code).toBe(expected);
    expect(stderr).toContain('confirm');
    expect((await bench.kept('journal', 'list')).stdout.trim().split('\n')).toHaveLength(1);
  });

  test.each([
    ['no journal', ['poll', 'CONTRACT'], 2],
    ['no service', ['poll', '--journal', 'JOURNAL'], 2],
    ['an amount that is none', ['poll', 'CONTRACT', '--journal', 'JOURNAL', '--amount', '0'], 2],
  ])('ends with %s by 2', async (_, args, expected) => {
    const outcome = await bench.egw(args.map((arg) => (arg === 'JOURNAL' ? bench.journal : arg)));

    expect(outcome.code).toBe(expected);
  });

  test('ends with 3 when nobody listens, and with 1 for an answer that nobody vouches for', async () => {
    const gone = `http://127.0.0.1:${await unusedPort()}/`;

    expect((await bench.kept('poll', 'CONTRACT', '--async-endpoint', gone)).code).toBe(3);
    bench.emulator.misbehave('tampered-body');
    expect((await bench.kept('poll', 'CONTRACT')).code).toBe(1);
  });
});
