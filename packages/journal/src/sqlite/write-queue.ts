import { JournalError } from '@egov-gateway/core';

import type { Database } from '../database.ts';
import { isBusy, journalError } from './sqlite-error.ts';

/** What a transaction keeps outside of the database, so that it can be taken back with it. */
export interface TransactionState {
  /** Before the first piece of work. */
  begin(): void;
  /** Remembers where it stands; calling what it returns goes back to there. */
  mark(): () => void;
}

/** A piece of work that waits for its transaction. */
interface Job {
  readonly work: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Until when it waits for other processes, on the clock of `performance`. */
  readonly deadlineMs: number;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** So many share a transaction at most: the event loop is not held for longer. */
const maxJobs = 128;
const firstRetryMs = 1;
const maxRetryMs = 50;

/**
 * Group commit: everything that was asked for in one turn of the event loop shares one transaction, and so one fsync.
 * Each piece of work has a savepoint of its own; one that throws undoes itself and nothing else.
 *
 * While another process holds the database, the event loop is free: the transaction is tried again until the time of its
 * first piece of work is over.
 */
export class WriteQueue {
  readonly #database: Database;
  readonly #state: TransactionState;
  readonly #lockTimeoutMs: number;
  #jobs: Job[] = [];
  #flushing: Promise<void> | undefined;
  #closed = false;

  constructor(database: Database, state: TransactionState, lockTimeoutMs: number) {
    this.#database = database;
    this.#state = state;
    this.#lockTimeoutMs = lockTimeoutMs;
  }

  /** Does the work in a write transaction. Fulfilled when it is durable. */
  write<T>(work: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(closedError());
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push({
        work,
        resolve: resolve as (value: unknown) => void,
        reject,
        deadlineMs: performance.now() + this.#lockTimeoutMs,
      });
      this.#flushing ??= this.#flush();
    });
  }

  /** Takes no more work, and finishes what it has. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    await turn();
    while (this.#jobs.length > 0) {
      const jobs = this.#jobs.splice(0, maxJobs);
      await this.#commit(jobs);
      if (this.#jobs.length > 0) await turn();
    }
    this.#flushing = undefined;
  }

  /** One transaction; when that fails as a whole, one for each: too much of one must not harm the others. */
  async #commit(jobs: readonly Job[]): Promise<void> {
    const outcomes = await this.#attempt(jobs);
    if ('error' in outcomes) {
      if (jobs.length === 1) jobs[0]?.reject(journalError(outcomes.error));
      else for (const job of jobs) await this.#commit([job]);
      return;
    }
    for (const [index, job] of jobs.entries()) {
      const outcome = outcomes.done[index] ?? { error: new Error('the work has no outcome') };
      if ('error' in outcome) job.reject(journalError(outcome.error));
      else job.resolve(outcome.value);
    }
  }

  async #attempt(
    jobs: readonly Job[],
  ): Promise<{ readonly done: readonly Outcome[] } | { readonly error: unknown }> {
    const deadlineMs = Math.min(...jobs.map((job) => job.deadlineMs));
    for (let waitMs = firstRetryMs; ; waitMs = Math.min(waitMs * 2, maxRetryMs)) {
      const restore = this.#state.mark();
      try {
        return { done: this.#transaction(jobs) };
      } catch (error) {
        rollBack(this.#database);
        restore();
        if (!isBusy(error) || performance.now() + waitMs > deadlineMs) return { error };
      }
      await delay(waitMs);
    }
  }

  #transaction(jobs: readonly Job[]): readonly Outcome[] {
    this.#database.prepare('BEGIN IMMEDIATE').run();
    this.#state.begin();
    const [only] = jobs;
    const done =
      jobs.length === 1 && only !== undefined
        ? [{ value: only.work() }]
        : jobs.map((job) => this.#inSavepoint(job));
    this.#database.prepare('COMMIT').run();
    return done;
  }

  #inSavepoint(job: Job): Outcome {
    const restore = this.#state.mark();
    this.#database.prepare('SAVEPOINT journal_job').run();
    try {
      const value = job.work();
      this.#database.prepare('RELEASE journal_job').run();
      return { value };
    } catch (error) {
      // Throws in turn when SQLite has given up the whole transaction, which then fails for all of them.
      this.#database.exec('ROLLBACK TO journal_job');
      this.#database.exec('RELEASE journal_job');
      restore();
      return { error };
    }
  }
}

/** The error of everything that is asked of a closed journal. */
export function closedError(): JournalError {
  return new JournalError('the journal is closed', { code: 'ERR_JOURNAL_CLOSED' });
}

/** Tries again while another process is in the way, for some time, with the event loop free in between. */
export async function retryWhileBusy<T>(lockTimeoutMs: number, work: () => T): Promise<T> {
  const deadlineMs = performance.now() + lockTimeoutMs;
  for (let waitMs = firstRetryMs; ; waitMs = Math.min(waitMs * 2, maxRetryMs)) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() + waitMs > deadlineMs) throw journalError(error);
    }
    await delay(waitMs);
  }
}

/** SQLite may have rolled back by itself already, or never begun. */
export function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {}
}

/** To the end of this turn of the event loop: whatever is due in it joins in. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
