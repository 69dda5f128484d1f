/** How a poll went, as far as it matters for the next one. */
export type PollOutcome =
  /** As many messages as were asked for, new ones among them: more are likely to wait. */
  | 'full'
  /** New messages. */
  | 'busy'
  /** Nothing new. */
  | 'empty'
  | 'failed';

/** Bounds of {@link PollPace}, milliseconds. */
export interface PaceLimits {
  readonly minIntervalMs: number;
  readonly maxIntervalMs: number;
}

/**
 * When to ask again: at once while pages are full, soon while messages come, and twice as long each time nothing does.
 *
 * @internal
 */
export class PollPace {
  readonly #limits: PaceLimits;
  readonly #random: () => number;
  #intervalMs: number;

  constructor(limits: PaceLimits, random: () => number) {
    this.#limits = limits;
    this.#random = random;
    this.#intervalMs = limits.minIntervalMs;
  }

  /** The pause before the next poll, milliseconds, cut at random by up to a fifth. */
  after(outcome: PollOutcome): number {
    const { minIntervalMs, maxIntervalMs } = this.#limits;
    if (outcome === 'full') {
      this.#intervalMs = minIntervalMs;
      return 0;
    }
    if (outcome === 'busy') this.#intervalMs = minIntervalMs;
    const pauseMs = this.#intervalMs * (0.8 + this.#random() / 5);
    if (outcome !== 'busy') this.#intervalMs = Math.min(this.#intervalMs * 2, maxIntervalMs);
    return Math.round(pauseMs);
  }

  /** The next pause is the shortest again. */
  hurry(): void {
    this.#intervalMs = this.#limits.minIntervalMs;
  }
}
