import { JournalError } from '@egov-gateway/core';
import { codeOf, deferred } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import type { ContractRequest } from '../operations/contract-request.ts';
import type { ContractOutcome } from '../registry/contract-outcome.ts';
import type { ContractRegistry } from '../registry/contract-registry.ts';
import { tableProblem } from '../table/table-problems.ts';
import type { ContractRow } from './contract-rows.ts';
import { readResults, resultLine, resultsHeader } from './results-table.ts';
import type { RowResult } from './row-result.ts';
import { type ContractBatchOptions, runContractBatch } from './run-batch.ts';

const request = { newContractData: {} } as unknown as ContractRequest;

function rowOf(row: number, partial: Partial<ContractRow> = {}): ContractRow {
  return { row, operation: 'register', key: `k${row}`, request, problems: [], warnings: [], ...partial };
}

const place = { operation: 'register', repeated: false, warnings: [], localKey: 'l', attempt: 1 } as const;

/** A registry that answers what a row is told to. */
function registryOf(
  answer: (key: string) => Partial<ContractOutcome> | Promise<Partial<ContractOutcome>>,
): ContractRegistry & { readonly called: string[] } {
  const called: string[] = [];
  const call = async (key: string): Promise<ContractOutcome> => {
    called.push(key);
    return { ...place, key, ...(await answer(key)) } as ContractOutcome;
  };
  return { called, register: call, change: call, terminate: call } as never;
}

const accepted = { state: 'accepted', registeredId: 'id', ending: '15', response: undefined } as const;

async function run(options: ContractBatchOptions): Promise<{ end: string; results: RowResult[] }> {
  const results: RowResult[] = [];
  const batch = runContractBatch(options);
  for (;;) {
    const next = await batch.next();
    if (next.done === true) return { end: next.value, results };
    results.push(next.value);
  }
}

const rows = (count: number): ContractRow[] => Array.from({ length: count }, (_, index) => rowOf(index + 1));

describe('runContractBatch', () => {
  test('a row that is wrong or refused stops no other one', async () => {
    const registry = registryOf((key) =>
      key === 'k2' ? { state: 'refused', code: 'SCSE014', ending: '9.1' } : accepted,
    );
    const wrong = rowOf(3, { problems: [tableProblem('missing-value', { row: 3 })] });
    const { end, results } = await run({ registry, rows: [rowOf(1), rowOf(2), wrong, rowOf(4)] });
    expect(end).toBe('finished');
    expect(results.map(({ row, state }) => `${row} ${state}`).sort()).toEqual([
      '1 accepted',
      '2 refused',
      '3 invalid',
      '4 accepted',
    ]);
    expect(results.find(({ row }) => row === 2)?.problems[0]?.message.ru).toMatch(/\S/);
    expect(registry.called).toEqual(['k1', 'k2', 'k4']);
  });

  test('has as many rows under way as it is told, and no more', async () => {
    const gate = deferred();
    let running = 0;
    let most = 0;
    const registry = registryOf(async () => {
      running += 1;
      most = Math.max(most, running);
      if (registry.called.length === 3) gate.resolve();
      await gate.promise;
      running -= 1;
      return accepted;
    });
    await run({ registry, rows: rows(20), concurrency: 3 });
    expect(most).toBe(3);
  });

  test('ends between rows when it is told, and gives those under way', async () => {
    const controller = new AbortController();
    const registry = registryOf((key) => {
      if (key === 'k3') controller.abort();
      return accepted;
    });
    const { end, results } = await run({
      registry,
      rows: rows(10),
      concurrency: 1,
      signal: controller.signal,
    });
    expect(end).toBe('interrupted');
    expect(results).toHaveLength(3);
  });

  test.each(['not-sent', 'in-doubt'] as const)('goes no further when everything is %s', async (state) => {
    const registry = registryOf(() => ({ state, code: 'ERR_SEND_CONNECT' }));
    const { end, results } = await run({ registry, rows: rows(50), concurrency: 1, maxFailures: 5 });
    expect([end, results.length]).toEqual(['unreachable', 5]);
  });

  test('doubts of earlier runs and failures now and then do not end it', async () => {
    const registry = registryOf((key) =>
      Number(key.slice(1)) % 2 === 0
        ? accepted
        : { state: 'in-doubt', code: 'ERR_SEND_CONNECT', repeated: key > 'k30' },
    );
    const { end } = await run({ registry, rows: rows(50), concurrency: 1, maxFailures: 2 });
    expect(end).toBe('finished');
  });

  test('rows that were done before do not hide that the gateway is not there', async () => {
    const registry = registryOf((key) =>
      Number(key.slice(1)) % 2 === 0
        ? { ...accepted, repeated: true }
        : { state: 'not-sent', code: 'ERR_SEND_CONNECT' },
    );
    const { end, results } = await run({ registry, rows: rows(50), concurrency: 1, maxFailures: 3 });
    expect([end, results.length]).toEqual(['unreachable', 5]);
  });

  test('a journal that cannot be used ends it, after the rows that were under way', async () => {
    const registry = registryOf((key) => {
      if (key === 'k2') throw new JournalError('full', { code: 'ERR_JOURNAL_FULL' });
      return accepted;
    });
    const results: RowResult[] = [];
    const outcome = codeOf(async () => {
      for await (const result of runContractBatch({ registry, rows: rows(50), concurrency: 3 }))
        results.push(result);
    });
    expect(await outcome).toBe('ERR_JOURNAL_FULL');
    expect(registry.called.length).toBeLessThan(6);
    expect(results.map(({ key }) => key)).toEqual(registry.called.filter((key) => key !== 'k2'));
  });

  test.each(['rows', 'pace'])(
    '%s that cannot be had end it, after the rows that were under way',
    async (name) => {
      const broken = new Error('no more');
      const fail = (): never => {
        throw broken;
      };
      function* until(): Generator<ContractRow> {
        yield* rows(2);
        if (name === 'rows') fail();
        yield rowOf(3);
      }
      let begun = 0;
      const beforeRow = (): unknown => (name === 'pace' && ++begun > 2 ? fail() : undefined);
      const registry = registryOf(() => accepted);
      const results: RowResult[] = [];
      const outcome = async (): Promise<void> => {
        for await (const result of runContractBatch({ registry, rows: until(), beforeRow }))
          results.push(result);
      };
      await expect(outcome()).rejects.toBe(broken);
      expect(results.map(({ row }) => row).sort()).toEqual([1, 2]);
      expect(registry.called).toEqual(['k1', 'k2']);
    },
  );

  test('terminates nothing without being told that it is confirmed', async () => {
    const termination = { terminationContractData: { contractId: 'id' } } as unknown as ContractRequest;
    const terminations = [rowOf(1, { operation: 'terminate', request: termination })];
    const registry = registryOf(() => accepted);
    await expect(run({ registry, rows: terminations })).rejects.toThrow(TypeError);
    expect(registry.called).toEqual([]);
    await run({ registry, rows: terminations, terminationsConfirmed: true });
    expect(registry.called).toEqual(['k1']);
  });

  test.each([{ concurrency: 0 }, { concurrency: 1.5 }, { maxFailures: Number.NaN }])(
    '%j is misuse',
    async (options) => {
      await expect(run({ registry: registryOf(() => accepted), rows: [], ...options })).rejects.toThrow(
        TypeError,
      );
    },
  );
});

describe('the table of results', () => {
  const result: RowResult = {
    row: 7,
    operation: 'register',
    key: '=HYPERLINK("x");1',
    state: 'invalid',
    repeated: false,
    problems: [tableProblem('missing-value', { row: 7, column: 'ИИН' })],
    warnings: [],
  };

  test('has a line a row that spreadsheets do not take for a formula', () => {
    expect(resultLine(result)).toBe(
      `7;register;"'=HYPERLINK(""x"");1";invalid;;;missing-value;«ИИН»: ячейка пуста;заполните её;«ИИН»: ұяшық бос;оны толтырыңыз;«ИИН»: the cell is empty;fill it in;;\r\n`,
    );
  });

  test('is read back up to where it was cut off', () => {
    const line = resultLine(result);
    const whole = resultsHeader + line + resultLine({ ...result, row: 8 });
    for (let length = 0; length <= whole.length; length++) {
      const kept = readResults(whole.slice(0, length));
      const expected = length === whole.length ? 2 : length >= resultsHeader.length + line.length ? 1 : 0;
      expect(kept).toHaveLength(expected);
      if (expected > 0) expect(kept?.[0]).toMatchObject({ row: 7, key: result.key, state: 'invalid', line });
    }
  });

  test('another table is not taken for one', () => {
    expect(readResults('ИИН;БИН\r\n1;2\r\n')).toBeUndefined();
  });
});
