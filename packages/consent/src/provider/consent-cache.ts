import type { ConsentToken } from '../token/consent-token.ts';

interface Kept {
  readonly consent: ConsentToken;
  readonly usableFromMs: number;
  readonly usableUntilMs: number;
}

/** Consents until they expire, in memory only. */
export class ConsentCache {
  readonly #kept = new Map<string, Kept>();
  readonly #maxTokens: number;

  constructor(maxTokens: number) {
    this.#maxTokens = maxTokens;
  }

  /** The consent under this key, as long as it may be used. */
  get(key: string, atMs: number): ConsentToken | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    // Not `>=`: a clock that has gone mad must not make anything usable, nor one that was put back make it last longer.
    if (atMs < kept.usableUntilMs && atMs >= kept.usableFromMs) return kept.consent;
    this.#kept.delete(key);
    return undefined;
  }

  put(
    key: string,
    consent: ConsentToken,
    times: { readonly usableFromMs: number; readonly usableUntilMs: number; readonly atMs: number },
  ): void {
    const { usableFromMs, usableUntilMs, atMs } = times;
    if (!(atMs < usableUntilMs)) return;
    this.#kept.delete(key);
    // A map keeps the order of insertion: the first is the oldest, and the first to expire.
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size < this.#maxTokens) break;
      this.#kept.delete(oldest);
    }
    this.#kept.set(key, { consent, usableFromMs, usableUntilMs });
  }

  /** Forgets what is under the key. */
  forget(key: string): void {
    this.#kept.delete(key);
  }

  /** Forgets a consent wherever it is. */
  forgetConsent({ token }: ConsentToken): void {
    for (const [key, kept] of this.#kept) {
      if (kept.consent.token === token) this.#kept.delete(key);
    }
  }

  clear(): void {
    this.#kept.clear();
  }
}
