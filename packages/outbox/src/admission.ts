import type { MessageJournal } from '@egov-gateway/core';

import { CircuitBreaker, type ResolvedBreaker } from './circuit-breaker.ts';
import { limitedUntilMs } from './hourly-limit.ts';
import type { PolicyBook } from './outbox-policy.ts';
import { quietUntilMs } from './quiet-window.ts';

/** A message may be sent now. @internal */
export interface Pass {
  readonly isAdmitted: true;
  /** The journal has the attempt: it is counted there from now on. */
  recorded(): void;
  /** It is over. `isAnswered`: whether the endpoint answered; `undefined` when nothing was sent. */
  leave(isAnswered: boolean | undefined, nowMs: number): void;
}

/** A message may not be sent yet. @internal */
export interface Denial {
  readonly isAdmitted: false;
  /** When to ask again. */
  readonly againAtMs: number;
}

/** What a queue may give at the moment. @internal */
export interface Openings {
  /** At most so many messages. */
  readonly limit: number;
  /** None of these services. */
  readonly except: readonly string[];
  /** When this changes by itself. */
  readonly againAtMs: number | undefined;
}

/** What is known of a service while something of it is going on. */
interface Lane {
  active: number;
  /** Admitted, and not counted in the journal yet. */
  pending: number;
  /** The limit of the hour: nothing goes before. */
  closedUntilMs: number;
  /** Messages that were told to come back then. */
  deferred: number;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** How soon a message is looked at again that a store gave although it was asked not to, milliseconds. */
const PARK_MS = 1_000;

/** The breaker of all services, unless the worker was told that they have several endpoints. */
const theOnlyEndpoint = '';

/**
 * Decides which messages may be sent now: circuit breakers, quiet hours, hourly limits, concurrency of services.
 *
 * @internal
 */
export class Admission {
  readonly #journal: MessageJournal;
  readonly #policies: PolicyBook;
  readonly #breaker: ResolvedBreaker;
  readonly #endpointOf: ((serviceId: string) => string) | undefined;
  readonly #random: () => number;
  readonly #lanes = new Map<string, Lane>();
  readonly #breakers = new Map<string, CircuitBreaker>();

  constructor(options: {
    readonly journal: MessageJournal;
    readonly policies: PolicyBook;
    readonly breaker: ResolvedBreaker;
    readonly endpointOf: ((serviceId: string) => string) | undefined;
    readonly random: () => number;
  }) {
    this.#journal = options.journal;
    this.#policies = options.policies;
    this.#breaker = options.breaker;
    this.#endpointOf = options.endpointOf;
    this.#random = options.random;
  }

  /** What to take from the queue at `nowMs`, as far as it is known without reading the messages. */
  openings(nowMs: number): Openings {
    const except: string[] = [];
    const times: number[] = [];
    for (const serviceId of new Set([...this.#policies.services, ...this.#lanes.keys()])) {
      const lane = this.#lanes.get(serviceId);
      const closedUntilMs = this.#closedUntilMs(serviceId, lane, nowMs);
      if (lane?.active === 0 && closedUntilMs === undefined) this.#lanes.delete(serviceId);
      if (closedUntilMs !== undefined) times.push(closedUntilMs);
      if (closedUntilMs !== undefined || this.#isBusy(serviceId, lane, nowMs)) except.push(serviceId);
    }
    let limit = Number.POSITIVE_INFINITY;
    for (const [endpoint, breaker] of this.#breakers) {
      const untilMs = breaker.untilMs(nowMs);
      if (untilMs !== undefined) times.push(untilMs);
      if (this.#endpointOf === undefined && endpoint === theOnlyEndpoint) limit = breaker.room(nowMs);
    }
    return { limit, except, againAtMs: times.length === 0 ? undefined : Math.min(...times) };
  }

  /**
   * Whether a message of the service may be sent now. One that is admitted must leave.
   *
   * @param except - what the queue that gave it had been asked to leave alone
   */
  async enter(serviceId: string, nowMs: number, except: readonly string[]): Promise<Pass | Denial> {
    const lane = this.#lane(serviceId);
    const closedUntilMs = this.#closedUntilMs(serviceId, lane, nowMs);
    if (closedUntilMs !== undefined) return deny(closedUntilMs + this.#spacingMs(serviceId, lane));
    const breaker = this.#breakerOf(serviceId);
    if (this.#isBusy(serviceId, lane, nowMs)) {
      // It stays due: from now on the queue is asked to leave the service alone until there is room.
      const isIgnored = except.includes(serviceId);
      return deny(breaker.untilMs(nowMs) ?? (isIgnored ? nowMs + PARK_MS : nowMs));
    }

    // Everything is taken before the journal is asked: whoever enters meanwhile must see it.
    lane.active += 1;
    lane.pending += 1;
    const tell = breaker.begin();
    let isPending = true;
    const recorded = () => {
      if (isPending) lane.pending -= 1;
      isPending = false;
    };
    const leave = (isAnswered: boolean | undefined, endedAtMs: number) => {
      recorded();
      lane.active -= 1;
      tell(isAnswered, endedAtMs);
    };
    try {
      const untilMs = await this.#limitedUntilMs(serviceId, lane, nowMs);
      if (untilMs === undefined) return { isAdmitted: true, recorded, leave };
      leave(undefined, nowMs);
      lane.closedUntilMs = untilMs;
      lane.deferred = 0;
      return deny(untilMs);
    } catch (error) {
      leave(undefined, nowMs);
      throw error;
    }
  }

  async #limitedUntilMs(serviceId: string, lane: Lane, nowMs: number): Promise<number | undefined> {
    const { maxPerHour } = this.#policies.of(serviceId);
    if (maxPerHour === undefined) return undefined;
    return limitedUntilMs(this.#journal, { serviceId, maxPerHour, pending: lane.pending, nowMs });
  }

  /** Who is told to come back gets a place of his own, so that not all of them come for the one that is free. */
  #spacingMs(serviceId: string, lane: Lane): number {
    const { maxPerHour } = this.#policies.of(serviceId);
    if (maxPerHour === undefined) return 0;
    lane.deferred += 1;
    return Math.floor((lane.deferred * HOUR_MS) / maxPerHour);
  }

  /** Until when a clock or a count keeps the service closed, if it does. */
  #closedUntilMs(serviceId: string, lane: Lane | undefined, nowMs: number): number | undefined {
    const { quiet } = this.#policies.of(serviceId);
    // A week is looked ahead; whoever comes back by then asks again.
    const quietMs = atMost(nowMs + WEEK_MS, quietUntilMs(quiet, nowMs));
    const limitMs = lane?.closedUntilMs ?? 0;
    // Further away than an hour it was set before the clock was.
    const isLimited = limitMs > nowMs && limitMs - nowMs <= HOUR_MS;
    return isLimited ? Math.max(limitMs, quietMs ?? 0) : quietMs;
  }

  /** Whether other messages, or what became of them, keep the service from sending now. */
  #isBusy(serviceId: string, lane: Lane | undefined, nowMs: number): boolean {
    if ((lane?.active ?? 0) >= this.#policies.of(serviceId).concurrency) return true;
    return this.#breakers.get(this.#endpoint(serviceId))?.room(nowMs) === 0;
  }

  #lane(serviceId: string): Lane {
    const lane = this.#lanes.get(serviceId) ?? { active: 0, pending: 0, closedUntilMs: 0, deferred: 0 };
    this.#lanes.set(serviceId, lane);
    return lane;
  }

  #endpoint(serviceId: string): string {
    return this.#endpointOf?.(serviceId) ?? theOnlyEndpoint;
  }

  #breakerOf(serviceId: string): CircuitBreaker {
    const endpoint = this.#endpoint(serviceId);
    const breaker = this.#breakers.get(endpoint) ?? new CircuitBreaker(this.#breaker, this.#random);
    this.#breakers.set(endpoint, breaker);
    return breaker;
  }
}

function atMost(limit: number, value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.min(limit, value);
}

function deny(againAtMs: number): Denial {
  return { isAdmitted: false, againAtMs };
}
