import type { Clock } from '@egov-gateway/core';

/** A clock that runs ahead of another one by as much as it was advanced. @internal */
export class EmulatorClock implements Clock {
  readonly #base: Clock;
  #aheadMs = 0;

  constructor(base: Clock) {
    this.#base = base;
  }

  now(): number {
    return this.#base.now() + this.#aheadMs;
  }

  /** Never backwards: an instant that is past already changes nothing. */
  advanceTo(atMs: number): void {
    this.#aheadMs += Math.max(0, atMs - this.now());
  }
}
