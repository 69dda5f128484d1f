import { integerOption } from '@egov-gateway/core';

import { type Backoff, backoffMs, type ResolvedBackoff, resolveBackoff } from './backoff.ts';
import { assertOptions } from './checked-options.ts';

/** When an endpoint counts as down, and how soon it is tried again. */
export interface BreakerOptions {
  /** So many attempts in a row without an answer open the circuit. Default: 5. */
  readonly failures?: number | undefined;
  /** How long it stays open, longer each time a probe fails. Default: 10 s, doubling, at most 5 minutes, jitter 0.2. */
  readonly backoff?: Backoff | undefined;
}

/** {@link BreakerOptions} with nothing left out. @internal */
export interface ResolvedBreaker {
  readonly failures: number;
  readonly backoff: ResolvedBackoff;
}

/** @throws {TypeError} when an option is unknown or out of range @internal */
export function resolveBreaker(options: BreakerOptions = {}): ResolvedBreaker {
  assertOptions('breaker', options, ['failures', 'backoff']);
  return {
    failures: integerOption('breaker.failures', options.failures, 5, { max: 10_000 }),
    backoff: resolveBackoff('breaker.backoff', options.backoff, {
      firstMs: 10_000,
      maxMs: 300_000,
      factor: 2,
      jitter: 0.2,
    }),
  };
}

/** Everything goes; nothing goes; one message goes, to see whether the endpoint is back. @internal */
export type CircuitState = 'closed' | 'open' | 'half-open';

/**
 * The circuit breaker of one endpoint. An answer of any kind closes it, a refusal included: the endpoint is there.
 *
 * @internal
 */
export class CircuitBreaker {
  readonly #options: ResolvedBreaker;
  readonly #random: () => number;
  #failures = 0;
  #openings = 0;
  #opened: { readonly atMs: number; readonly untilMs: number } | undefined;
  #isProbing = false;

  constructor(options: ResolvedBreaker, random: () => number) {
    this.#options = options;
    this.#random = random;
  }

  state(nowMs: number): CircuitState {
    if (this.#opened === undefined) return 'closed';
    const { atMs, untilMs } = this.#opened;
    // A clock that was set back must not keep the circuit open for as long.
    return nowMs >= untilMs || nowMs < atMs ? 'half-open' : 'open';
  }

  /** How many messages may begin now: any number, one, or none. */
  room(nowMs: number): number {
    const state = this.state(nowMs);
    if (state === 'closed') return Number.POSITIVE_INFINITY;
    return state === 'half-open' && !this.#isProbing ? 1 : 0;
  }

  /** When it opens for a probe; `undefined` when it is not open. */
  untilMs(nowMs: number): number | undefined {
    return this.state(nowMs) === 'open' ? this.#opened?.untilMs : undefined;
  }

  /** Takes the room for one message, whose outcome is told by the returned function: `undefined` when it never left. */
  begin(): (isAnswered: boolean | undefined, nowMs: number) => void {
    const isProbe = this.#opened !== undefined;
    if (isProbe) this.#isProbing = true;
    return (isAnswered, endedAtMs) => {
      if (isProbe) this.#isProbing = false;
      if (isAnswered === true) this.#close();
      else if (isAnswered === false) this.#fail(endedAtMs, isProbe);
    };
  }

  #close(): void {
    this.#failures = 0;
    this.#openings = 0;
    this.#opened = undefined;
  }

  #fail(nowMs: number, isProbe: boolean): void {
    this.#failures += 1;
    // What began before the circuit opened says nothing new.
    if (this.#opened !== undefined && !isProbe) return;
    if (!isProbe && this.#failures < this.#options.failures) return;
    this.#openings += 1;
    const waitMs = backoffMs(this.#options.backoff, this.#openings, this.#random);
    this.#opened = { atMs: nowMs, untilMs: nowMs + waitMs };
  }
}
