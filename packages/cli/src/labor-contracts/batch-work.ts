/** A batch as the command line does it: results to a file, progress to the terminal. */
import { pause, systemTimers } from '@egov-gateway/core';
import type { ContractRegistry } from '@egov-gateway/labor-contracts';
import {
  type BatchEnd,
  type ContractRow,
  checkedRow,
  type RowResult,
  resultLine,
  runContractBatch,
} from '@egov-gateway/labor-contracts/batch';

import type { CommandContext } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { type OptionValues, switchOption, wholeOption } from '../option-values.ts';
import type { ResultsFile } from '../results-file.ts';
import type { BatchReport } from './batch-report.ts';
import { resultName } from './contract-results.ts';

/** What a batch has come to. */
export interface BatchSummary {
  readonly end: BatchEnd;
  /** Rows by what became of them. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Checks every row and sends none. */
export async function dryRun(
  rows: Iterable<ContractRow>,
  report: BatchReport,
  results: ResultsFile | undefined,
): Promise<BatchSummary> {
  for (const row of rows) {
    const result = checkedRow(row);
    report.count(result.state, result);
    await results?.add(resultLine(result));
  }
  return { end: 'finished', counts: report.counts() };
}

/** Sends what is not done yet. */
export async function sendRows(
  rows: Iterable<ContractRow>,
  registry: ContractRegistry,
  values: OptionValues,
  { signal }: CommandContext,
  report: BatchReport,
  results: ResultsFile,
  /** Of the asynchronous channel: called with every row that is under way. */
  follow?: (result: RowResult) => Promise<void>,
): Promise<BatchSummary> {
  function* open(): Generator<ContractRow> {
    for (const row of rows) {
      // Agreements have the key of their contract: the journal knows those.
      if (row.operation !== 'change' && results.isDone(resultName(row))) report.count('done before');
      else yield row;
    }
  }
  const batch = runContractBatch({
    registry,
    rows: open(),
    terminationsConfirmed: true,
    concurrency: wholeOption(values, 'concurrency'),
    again: switchOption(values, 'again'),
    signal,
    // Over the asynchronous channel the outbox keeps the pace.
    beforeRow: follow === undefined ? pacer(wholeOption(values, 'max-per-hour'), signal) : undefined,
  });
  for (;;) {
    const next = await batch.next();
    if (next.done === true) return { end: next.value, counts: report.counts() };
    const { value: result } = next;
    await results.add(resultLine(result));
    const { state, repeated } = result;
    const said = repeated ? { ...result, warnings: [] } : result;
    report.count(repeated && state !== 'under-way' ? `${state} before` : state, said);
    if (state === 'under-way') await follow?.(result);
  }
}

/** Rows begin at equal distances. */
function pacer(maxPerHour: number | undefined, signal: AbortSignal): (() => Promise<void>) | undefined {
  if (maxPerHour === undefined) return undefined;
  const distanceMs = 3_600_000 / maxPerHour;
  let nextMs = 0;
  return async () => {
    const nowMs = performance.now();
    const waitMs = nextMs - nowMs;
    nextMs = Math.max(nowMs, nextMs) + distanceMs;
    if (waitMs > 0) await pause(systemTimers, waitMs, signal);
  };
}

/** A doubt above all; then why it ended early; then what was refused. What nobody waited for is done when it is kept. */
export function exitCodeOfBatch({ end, counts }: BatchSummary, isWaiting = true): number {
  const has = (state: string): boolean => (counts[state] ?? 0) + (counts[`${state} before`] ?? 0) > 0;
  if (has('in-doubt') || has('answered') || (isWaiting && has('under-way'))) return exitCodes.undecided;
  if (end !== 'finished' || has('not-sent')) return exitCodes.transport;
  return has('invalid') || has('refused') ? exitCodes.negative : exitCodes.done;
}
