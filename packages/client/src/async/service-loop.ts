import type { Timers } from '@egov-gateway/core';

import { publishWorkerError } from '../worker-telemetry.ts';
import type { PollOutcome, PollPace } from './poll-pace.ts';

/**
 * The turns of one service: at most one question at a time, and a pause after each.
 *
 * @internal
 */
export class ServiceLoop<Result extends { readonly outcome: PollOutcome }, Page> {
  /** A page that came and is not stored yet. */
  held: Page | undefined;
  readonly #pace: PollPace;
  readonly #timers: Timers;
  readonly #poll: (signal: AbortSignal) => Promise<Result>;
  #cancel: (() => void) | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #signal: AbortSignal | undefined;

  constructor(parts: {
    readonly pace: PollPace;
    readonly timers: Timers;
    readonly poll: (signal: AbortSignal) => Promise<Result>;
  }) {
    this.#pace = parts.pace;
    this.#timers = parts.timers;
    this.#poll = parts.poll;
  }

  start(signal: AbortSignal): void {
    this.#signal = signal;
    this.#pace.hurry();
    this.#after(0);
  }

  async stop(): Promise<void> {
    this.#signal = undefined;
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#running;
  }

  wake(): void {
    // While a question is under way there is no timer, and its end sets the next one.
    if (this.#cancel !== undefined) this.#after(0);
  }

  /** One turn, after the one that is under way. */
  once(signal: AbortSignal): Promise<Result> {
    const turn = this.#running.then(() => this.#poll(signal));
    this.#running = turn.catch(() => {});
    return turn;
  }

  #after(delayMs: number): void {
    this.#cancel?.();
    this.#cancel = this.#timers.schedule(() => {
      this.#cancel = undefined;
      void this.#turn();
    }, delayMs);
  }

  async #turn(): Promise<void> {
    const signal = this.#signal;
    if (signal === undefined) return;
    let outcome: PollOutcome = 'failed';
    try {
      ({ outcome } = await this.once(signal));
    } catch (error) {
      if (!signal.aborted) publishWorkerError('poller', error);
    }
    // Started again meanwhile: then another turn is planned already.
    if (this.#signal === signal) this.#after(this.#pace.after(outcome));
  }
}
