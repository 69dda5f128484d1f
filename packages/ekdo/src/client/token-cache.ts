import type { Clock } from '@egov-gateway/core';

import type { PortalToken } from './portal-codec.ts';

/** Before the portal says a token ends it is taken for ended: clocks differ, and requests take time. */
const marginMs = 30_000;

/**
 * The token of one account: asked for once, however many calls want it, and once more when it is refused or has ended.
 *
 * @internal
 */
export class TokenCache {
  readonly #ask: () => Promise<PortalToken>;
  readonly #clock: Clock;
  #token: { readonly value: string; readonly untilMs: number } | undefined;
  #asking: Promise<string> | undefined;

  constructor(ask: () => Promise<PortalToken>, clock: Clock) {
    this.#ask = ask;
    this.#clock = clock;
  }

  /** A token that is not known to have ended. */
  get(): Promise<string> {
    const token = this.#token;
    if (token !== undefined && this.#clock.now() < token.untilMs) return Promise.resolve(token.value);
    return this.#askOnce();
  }

  /** Another token than the one that was refused. Whoever comes late with it gets what the first one has brought. */
  renew(refused: string): Promise<string> {
    if (this.#token?.value === refused) this.#token = undefined;
    return this.get();
  }

  /** Forgets a token that was refused although it was new. */
  drop(refused: string): void {
    if (this.#token?.value === refused) this.#token = undefined;
  }

  #askOnce(): Promise<string> {
    this.#asking ??= this.#fetch().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #fetch(): Promise<string> {
    const { token, expiresInMs } = await this.#ask();
    const lifeMs = expiresInMs ?? Number.POSITIVE_INFINITY;
    // A short life is halved rather than ended before it began.
    const untilMs = this.#clock.now() + Math.max(lifeMs - marginMs, lifeMs / 2);
    this.#token = { value: token, untilMs };
    return token;
  }
}
