import type { ContractOutcome } from '../registry/contract-outcome.ts';
import type { ContractCallOptions, ContractRegistry } from '../registry/contract-registry.ts';
import type { ContractRow } from './contract-rows.ts';
import { checkedRow, type RowResult, sentRow } from './row-result.ts';

/** How a batch is run. */
export interface ContractBatchOptions {
  readonly registry: ContractRegistry;
  readonly rows: Iterable<ContractRow>;
  /** Terminations cannot be taken back: a person has confirmed them. Default: false, and they are refused. */
  readonly terminationsConfirmed?: boolean | undefined;
  /** Rows under way at a time. Default: 4. */
  readonly concurrency?: number | undefined;
  /** Once more what was refused before. Default: false. */
  readonly again?: boolean | undefined;
  /**
   * After so many rows in a row that the gateway could not be reached for or gave no usable answer to, no further one is
   * begun. Default: 10.
   */
  readonly maxFailures?: number | undefined;
  /** Ends the batch: no further row is begun, those under way are waited for. */
  readonly signal?: AbortSignal | undefined;
  /** Awaited before each row that is sent: for a pace. */
  readonly beforeRow?: (() => unknown) | undefined;
}

/** Why a batch ended. */
export type BatchEnd = 'finished' | 'interrupted' | 'unreachable';

/**
 * Does what every row says and gives what became of it, as soon as it is known. A row that is refused stops no other one.
 *
 * It may end at any row, the process with it: a batch of the same table over the same journal does what is left, each
 * contract once.
 *
 * @throws {TypeError} when an option is out of range, or terminations are not confirmed
 * @throws what the registry throws when the journal or a key cannot be used, and what `rows` and `beforeRow` throw, after the
 *   rows that were under way
 */
export async function* runContractBatch(
  options: ContractBatchOptions,
): AsyncGenerator<RowResult, BatchEnd, void> {
  const { concurrency = 4, maxFailures = 10, signal, beforeRow } = options;
  for (const count of [concurrency, maxFailures]) {
    if (!(Number.isSafeInteger(count) && count > 0)) {
      throw new TypeError('concurrency and maxFailures must be whole numbers from 1');
    }
  }
  const rows = options.rows[Symbol.iterator]();
  const isAborted = (): boolean => signal?.aborted === true;
  const running = new Set<Promise<Finished>>();
  let end: BatchEnd | undefined;
  let failures = 0;
  let thrown: { readonly error: unknown } | undefined;
  for (;;) {
    while (end === undefined && thrown === undefined && running.size < concurrency) {
      if (isAborted()) {
        end = 'interrupted';
        break;
      }
      let row: ContractRow | undefined;
      try {
        const next = rows.next();
        row = next.done === true ? undefined : next.value;
        if (row !== undefined && isSendable(row)) await beforeRow?.();
      } catch (error) {
        thrown = { error };
        break;
      }
      if (row === undefined) {
        end = 'finished';
        break;
      }
      if (!isSendable(row)) {
        yield checkedRow(row);
        continue;
      }
      if (isAborted()) continue;
      const work: Promise<Finished> = submit(row, options).then(
        (outcome) => ({ work, result: sentRow(row, outcome) }),
        (error: unknown) => ({ work, error }),
      );
      running.add(work);
    }
    if (running.size === 0) break;
    const finished = await Promise.race(running);
    running.delete(finished.work);
    if ('error' in finished) {
      thrown ??= finished;
      continue;
    }
    const { result } = finished;
    const failed = result.state === 'not-sent' || result.state === 'in-doubt';
    // A row that was not sent now says nothing of the gateway.
    if (!result.repeated && result.state !== 'invalid') failures = failed ? failures + 1 : 0;
    if (failures >= maxFailures) end ??= 'unreachable';
    yield result;
  }
  if (thrown !== undefined) throw thrown.error;
  return end ?? 'finished';
}

function isSendable({ problems, request }: ContractRow): boolean {
  return problems.length === 0 && request !== undefined;
}

type Finished =
  | { readonly work: Promise<Finished>; readonly result: RowResult }
  | { readonly work: Promise<Finished>; readonly error: unknown };

async function submit(
  { key, agreementKey = '', request }: ContractRow,
  { registry, again, terminationsConfirmed }: ContractBatchOptions,
): Promise<ContractOutcome> {
  const call: ContractCallOptions = { again };
  if (request?.newContractData !== undefined) return registry.register(key, request.newContractData, call);
  if (request?.subsidiaryContractData !== undefined) {
    return registry.change(key, agreementKey, request.subsidiaryContractData, call);
  }
  const termination = request?.terminationContractData;
  if (termination === undefined || terminationsConfirmed !== true) {
    throw new TypeError(
      'terminations cannot be taken back: have them confirmed, then say terminationsConfirmed',
    );
  }
  return registry.terminate(key, termination, { ...call, confirmContractId: termination.contractId });
}
