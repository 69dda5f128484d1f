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

import { type CommandContext, type OptionValues, switchOption, wholeOption } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import type { ResultsFile } from '../results-file.ts';
import { resultName } from './contract-results.ts';
import { type Language, problemLine } from './problem-lines.ts';
import { progressBar } from './progress-bar.ts';

/** What a batch has come to. */
export interface BatchSummary {
  readonly end: BatchEnd;
  /** Rows by what became of them. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Rows that are told on the terminal; all of them are in the file. */
const maxTold = 50;

/** Tells how far it is, and what is wrong. */
export class BatchReport {
  readonly #context: CommandContext;
  readonly #total: number;
  readonly #language: Language;
  readonly #startedMs = performance.now();
  readonly #counts = new Map<string, number>();
  #done = 0;
  #told = 0;

  constructor(context: CommandContext, total: number, language: Language) {
    this.#context = context;
    this.#total = total;
    this.#language = language;
  }

  count(state: string, { problems }: Pick<RowResult, 'problems'> = { problems: [] }): void {
    const { console } = this.#context;
    this.#counts.set(state, (this.#counts.get(state) ?? 0) + 1);
    this.#done += 1;
    for (const problem of problems) {
      this.#told += 1;
      if (this.#told <= maxTold) console.note(problemLine(problem, this.#language));
      else if (this.#told === maxTold + 1) console.note('…');
    }
    const elapsedMs = performance.now() - this.#startedMs;
    console.status(`${progressBar(this.#done, this.#total, elapsedMs)}  ${this.words()}`);
  }

  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  words(): string {
    return [...this.#counts].map(([state, count]) => `${state} ${count}`).join(', ');
  }
}

/** Checks every row and sends none. */
export async function dryRun(
  rows: Iterable<ContractRow>,
  report: BatchReport,
  results: ResultsFile | undefined,
): Promise<BatchSummary> {
  for (const row of rows) {
    const result = checkedRow(row);
    report.count(result.state, { problems: [...result.problems, ...result.warnings] });
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
    beforeRow: pacer(wholeOption(values, 'max-per-hour'), signal),
  });
  for (;;) {
    const next = await batch.next();
    if (next.done === true) return { end: next.value, counts: report.counts() };
    await results.add(resultLine(next.value));
    report.count(next.value.repeated ? `${next.value.state} before` : next.value.state, next.value);
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

/** A doubt above all; then why it ended early; then what was refused. */
export function exitCodeOfBatch({ end, counts }: BatchSummary): number {
  const has = (state: string): boolean => (counts[state] ?? 0) + (counts[`${state} before`] ?? 0) > 0;
  if (has('in-doubt') || has('under-way') || has('answered')) return exitCodes.undecided;
  if (end !== 'finished' || has('not-sent')) return exitCodes.transport;
  return has('invalid') || has('refused') ? exitCodes.negative : exitCodes.done;
}
