import { unusedPort } from '@egov-gateway/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { AsyncBench } from '../test/async-bench.ts';

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

let bench: AsyncBench;

beforeAll(async () => {
  bench = await AsyncBench.open();
});

afterAll(() => bench.close());

beforeEach(() => bench.fresh());

describe('egw call async', () => {
  test('keeps a message, sends it, pulls the answer and prints its data', async () => {
    const { code, stdout, stderr } = await bench.call('--reference', 'договор 17');

    expect(code).toBe(0);
    expect(stdout).toContain('зарегистрирован: договор 17');
    expect(stderr).toMatch(uuid);
    expect(stderr).not.toContain('\u001B');
    const list = JSON.parse(
      (await bench.kept('journal', 'list', '--reference', 'договор 17', '--json')).stdout,
    );
    expect(list.messages).toHaveLength(1);
    expect(list.messages[0]).toMatchObject({
      state: 'answered',
      serviceId: 'CONTRACT',
      reference: 'договор 17',
    });
  });

  test('prints the message and its answer as one object', async () => {
    const { code, stdout } = await bench.call('--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'answered',
      verified: true,
      data: expect.stringContaining('зарегистрирован'),
    });
  });

  test('keeps it and ends with --no-wait; egw outbox run sends it', async () => {
    const { code, stdout } = await bench.call('--no-wait');
    const key = stdout.trim();

    expect([code, key]).toEqual([0, expect.stringMatching(uuid)]);
    expect((await bench.kept('status', key, '--local')).stdout).toContain('queued');
    const run = await bench.kept('outbox', 'run', '--drain', '--json');
    expect(run.code).toBe(0);
    const lines = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ key, state: 'sent' });
  });

  test('ends its waiting, not the message, when nobody wants to wait any longer', async () => {
    const args = [
      '--data',
      bench.file('never.xml'),
      '--json',
      '--wait-ms',
      '400',
      '--poll-interval-ms',
      '30',
    ];
    const { code, stdout } = await bench.kept('call', 'async', 'CONTRACT', ...args);

    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({
      state: expect.stringMatching(/queued|sent|delivered/),
      data: null,
    });
  });

  test('is ended by Ctrl-C in the same way', async () => {
    const controller = new AbortController();
    const args = ['--data', bench.file('never.xml'), '--json', '--journal', bench.journal];
    const running = bench.egw(['call', 'async', 'CONTRACT', ...args], { signal: controller.signal });
    while (!bench.emulator.chains.some(({ messages }) => messages.length > 0))
      await new Promise(setImmediate);
    controller.abort(new DOMException('stopped', 'AbortError'));

    expect((await running).code).toBe(5);
  });

  test('sends at once and keeps nothing without a journal', async () => {
    const { code, stdout } = await bench.egw([
      'call',
      'async',
      'CONTRACT',
      '--data',
      bench.file('contract.xml'),
      '--json',
    ]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      messageId: expect.any(String),
      correlationId: expect.any(String),
      verified: true,
    });
  });

  test('answers a chain with a message of another type, and waits for nobody to answer that', async () => {
    const { correlationId } = JSON.parse((await bench.call('--json')).stdout);
    const { code, stdout } = await bench.call(
      '--type',
      'UPDATE',
      '--correlation-id',
      correlationId,
      '--json',
    );

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ messageType: 'UPDATE', state: 'sent' });
  });

  test('says openly what nobody knows', async () => {
    bench.emulator.misbehave('lost-answer');
    const { code, stdout, stderr } = await bench.call();

    expect(code).toBe(5);
    expect(stdout).toContain('in-doubt');
    expect(stderr).toContain('egw outbox resolve');
  });

  test('ends with 4 when the gateway refuses', async () => {
    bench.emulator.misbehave('signed-fault');
    const { code, stdout, stderr } = await bench.call('--no-poll');

    expect(code).toBe(4);
    expect(stdout).toContain('rejected');
    expect(stderr).toContain('egw journal retry');
  });

  test('is ended by its deadline when the gateway is not there', async () => {
    const endpoint = `http://127.0.0.1:${await unusedPort()}/`;
    const { code, stdout } = await bench.call('--async-endpoint', endpoint, '--deadline-ms', '300', '--json');

    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'expired', code: 'EXPIRED' });
  });

  test.each([
    ['no service', ['call', 'async', '--data', 'DATA']],
    ['no data', ['call', 'async', 'CONTRACT']],
    ['an unknown type', ['call', 'async', 'CONTRACT', '--data', 'DATA', '--type', 'WISH']],
    ['a REQUEST in a chain', ['call', 'async', 'CONTRACT', '--data', 'DATA', '--correlation-id', '1']],
    ['a RESPONSE without a chain', ['call', 'async', 'CONTRACT', '--data', 'DATA', '--type', 'RESPONSE']],
    ['a property without a value', ['call', 'async', 'CONTRACT', '--data', 'DATA', '--property', 'x']],
    ['--no-wait without a journal', ['call', 'async', 'CONTRACT', '--data', 'DATA', '--no-wait']],
    ['--reference without a journal', ['call', 'async', 'CONTRACT', '--data', 'DATA', '--reference', 'x']],
    [
      '--no-wait with --wait-ms',
      ['call', 'async', 'CONTRACT', '--data', 'DATA', '--no-wait', '--wait-ms', '1', '--journal', 'JOURNAL'],
    ],
    [
      'a time that is none',
      ['call', 'async', 'CONTRACT', '--data', 'DATA', '--wait-ms', 'soon', '--journal', 'JOURNAL'],
    ],
    [
      'an unknown policy',
      ['call', 'async', 'CONTRACT', '--data', 'DATA', '--on-unknown', 'hope', '--journal', 'JOURNAL'],
    ],
    [
      'the option of the other channel',
      ['call', 'async', 'CONTRACT', '--data', 'DATA', '--endpoint', 'http://x'],
    ],
    [
      'a subject without a key for it',
      ['call', 'async', 'CONTRACT', '--data', 'DATA', '--subject', '001300900011', '--journal', 'JOURNAL'],
    ],
    [
      'a journal in a folder that is not there',
      ['call', 'async', 'CONTRACT', '--data', 'DATA', '--journal', 'NOWHERE'],
    ],
  ])('ends with 2 for %s', async (_, args) => {
    const paths: Record<string, string> = {
      DATA: bench.file('contract.xml'),
      JOURNAL: bench.journal,
      NOWHERE: bench.file('no/x.journal'),
    };
    const { code, stdout, stderr } = await bench.egw(args.map((arg) => paths[arg] ?? arg));

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^egw: /);
    expect(stderr).not.toContain('001300900011');
  });

  test('says that the address of the channel is missing', async () => {
    const { code, stderr } = await bench.egw(
      ['call', 'async', 'CONTRACT', '--data', bench.file('contract.xml')],
      { environment: { EGW_ASYNC_ENDPOINT: '' } },
    );

    expect(code).toBe(2);
    expect(stderr).toContain('EGW_ASYNC_ENDPOINT');
  });
});
