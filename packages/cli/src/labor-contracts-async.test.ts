import { readFile, rm } from 'node:fs/promises';

import { unusedPort } from '@egov-gateway/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { ContractBench, contractTable } from '../test/contract-bench.ts';

let bench: ContractBench;
beforeAll(async () => {
  bench = await ContractBench.open();
});
afterAll(() => bench.close());
beforeEach(() => bench.fresh());

const countsOf = ({ stdout }: { readonly stdout: string }): unknown => JSON.parse(stdout).counts;

describe('egw labor-contracts register --async', () => {
  test('sends every row from the journal and says what the state answered', async () => {
    await bench.register(await bench.table(contractTable(['A-0'])));
    await bench.fresh();
    const path = await bench.table(
      `${contractTable(['A-1', 'A-0', 'A-2'])}\n${contractTable(['A-3'], '001300900012').split('\n')[1]}`,
    );
    const outcome = await bench.register(path, ['--json']);

    expect(outcome.code).toBe(1);
    expect(countsOf(outcome)).toEqual({ accepted: 2, refused: 1, invalid: 1 });
    expect(await bench.results(path)).toEqual([
      '2 A-1 accepted',
      // Of a refusal nothing comes: the state of the message is asked for.
      '3 A-0 refused SCSE014',
      '4 A-2 accepted',
      '5 A-3 invalid SCSE045',
    ]);
    expect(bench.registered('A-')).toEqual(['A-0', 'A-1', 'A-2']);
    expect(outcome.stderr).toContain('row 3: ');
  });

  test('keeps the rows and ends with --no-wait; the same command takes the answers later', async () => {
    const path = await bench.table(contractTable(['B-1', 'B-2']));
    const kept = await bench.register(path, ['--no-wait', '--json']);
    expect([kept.code, countsOf(kept)]).toEqual([0, { 'under-way': 2 }]);
    expect(await bench.results(path)).toEqual(['2 B-1 under-way under-way', '3 B-2 under-way under-way']);
    expect(bench.registered('B-')).toEqual([]);

    expect((await bench.egw(['outbox', 'run', '--drain'])).code).toBe(0);
    expect(bench.registered('B-')).toEqual(['B-1', 'B-2']);
    const later = await bench.register(path, ['--json', '--language', 'kk']);
    expect([later.code, countsOf(later)]).toEqual([0, { accepted: 2 }]);
    expect(countsOf(await bench.register(path, ['--json']))).toEqual({ 'done before': 2 });
    expect(bench.registered('B-')).toEqual(['B-1', 'B-2']);

    // Whose answers are handled is known all the same.
    const { serviceId } = bench.emulator.laborContracts;
    expect((await bench.egw(['inbox', 'handled', serviceId])).stdout).toMatch(/^handled [1-9]/);
    await rm(`${path}.results.csv`);
    expect(countsOf(await bench.register(path, ['--json']))).toEqual({ 'accepted before': 2 });
  });

  test('ends its waiting, not the rows, after --wait-ms', async () => {
    const path = await bench.table(contractTable(['C-1']));
    const outcome = await bench.register(path, ['--no-poll', '--wait-ms', '300', '--language', 'ru']);
    expect([outcome.code, outcome.stdout]).toEqual([5, 'в пути 1\n']);
    expect(outcome.stderr).toContain('та же команда заберёт остальные');
    expect((await bench.register(path)).code).toBe(0);
    expect(bench.registered('C-')).toEqual(['C-1']);
  });

  test('is ended by Ctrl-C in the same way, while the gateway is not there', async () => {
    const path = await bench.table(contractTable(['D-1', 'D-2', 'D-3']));
    const controller = new AbortController();
    const running = bench.register(path, ['--json'], {
      signal: controller.signal,
      environment: { EGW_ASYNC_ENDPOINT: `http://127.0.0.1:${await unusedPort()}/` },
    });
    const underWay = async (): Promise<number> =>
      (await readFile(`${path}.results.csv`, 'utf8').catch(() => '')).split(';under-way;').length - 1;
    while ((await underWay()) < 3) await new Promise(setImmediate);
    controller.abort();
    const outcome = await running;

    expect([outcome.code, JSON.parse(outcome.stdout).end]).toEqual([5, 'interrupted']);
    expect((await bench.register(path)).code).toBe(0);
    expect(bench.registered('D-')).toEqual(['D-1', 'D-2', 'D-3']);
  });

  test('holds what nobody knows, and sends it to nobody again', async () => {
    bench.emulator.misbehave('lost-answer');
    const path = await bench.table(contractTable(['E-1', 'E-2']));
    const outcome = await bench.register(path, ['--json', '--concurrency', '1']);
    expect([outcome.code, countsOf(outcome)]).toEqual([5, { accepted: 1, 'in-doubt': 1 }]);
    expect(countsOf(await bench.register(path, ['--json']))).toEqual({
      'in-doubt before': 1,
      'done before': 1,
    });
    expect(bench.registered('E-')).toEqual(['E-1', 'E-2']);

    const line = (await readFile(`${path}.results.csv`, 'utf8'))
      .split('\r\n')
      .find((one) => one.includes('in-doubt'));
    const key = line?.split(';').at(-1) ?? '';
    const note = ['--note', 'looked it up'];
    const wrong = await bench.egw(['labor-contracts', 'resolve', key, '--as', 'sent', ...note]);
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('egw outbox resolve')]);
    expect((await bench.egw(['outbox', 'resolve', key, '--as', 'abandoned', ...note])).code).toBe(0);
  });

  test('loses and doubles nothing, whichever row it is killed at', async () => {
    const numbers = Array.from({ length: 12 }, (_, index) => `F-${String(index + 1).padStart(2, '0')}`);
    const path = await bench.table(contractTable(numbers));
    const refusedBefore = bench.emulator.laborContracts.refusals.length;
    // What was on the wire is sent again: this gateway knows a message by its id.
    const options = ['--on-unknown', 'resend', '--timeout-ms', '1000', '--concurrency', '3', '--json'];
    for (const kill of [1, 7]) {
      const { child, ended } = bench.spawn(path, options);
      bench.onTaken(() => {
        if (bench.registered('F-').length >= kill) child.kill('SIGKILL');
      });
      expect(await ended).toBe('SIGKILL');
    }
    bench.onTaken(() => {});
    const outcome = await bench.register(path, options);

    expect(outcome.code).toBe(0);
    expect(bench.registered('F-')).toEqual(numbers);
    expect(bench.emulator.laborContracts.refusals.length).toBe(refusedBefore);
    expect(await bench.results(path)).toEqual(
      numbers.map((number, index) => `${index + 2} ${number} accepted`),
    );
    expect(await bench.egw(['journal', 'verify'])).toMatchObject({ code: 0 });
    // What a killed process had in hand is given back by its leases, one after another.
  }, 90_000);
});

describe('egw labor-contracts --async, used wrongly', () => {
  test.each([
    ['an option of the other channel', ['--wait-ms', '1'], '--async'],
    ['an address without --async', ['--async-endpoint', 'http://127.0.0.1:1/'], '--async'],
    ['two ways to wait', ['--async', '--no-wait', '--wait-ms', '1'], 'contradicts'],
    ['an unknown policy', ['--async', '--on-unknown', 'hope'], 'hold, resend'],
  ])('ends with 2 for %s', async (_name, options, words) => {
    const path = await bench.table(contractTable(['G-1']));
    const { code, stderr } = await bench.egw(['labor-contracts', 'register', path, ...options]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    expect(bench.registered('G-')).toEqual([]);
  });

  test('says that the address of the channel is missing', async () => {
    const path = await bench.table(contractTable(['G-1']));
    const { code, stderr } = await bench.register(path, [], { environment: { EGW_ASYNC_ENDPOINT: '' } });
    expect([code, stderr]).toEqual([2, expect.stringContaining('EGW_ASYNC_ENDPOINT')]);
  });
});
