import { createHash } from 'node:crypto';

import type { AskedPerson, ConsentDecision } from './made-up-people.ts';

/** What a consent is about. */
export interface ConsentSubject {
  readonly iin: string;
  /** `serviceId` of each service that it is for. */
  readonly accessNames: readonly string[];
  readonly expiresInMs: number;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** A consent as it was shown to a service. */
export interface ShownConsent {
  readonly token: string | undefined;
  readonly publicKey: string | undefined;
  /** Whose data is asked for; `undefined` where the request does not say, and then the person is not compared. */
  readonly iin: string | undefined;
  /** `serviceId` of the service that is asked. */
  readonly accessName: string;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** Whether a consent counts, or why it does not. */
export type ConsentVerdict =
  | 'valid'
  /** Token or key is missing or blank. */
  | 'missing'
  /** Nobody issued that token. */
  | 'unknown'
  /** It was issued with another key. */
  | 'wrong-key'
  | 'other-person'
  | 'other-service'
  | 'expired'
  /** The person has taken it back. */
  | 'withdrawn';

/** A consent that was issued. */
export interface IssuedConsent extends ConsentSubject {
  /** Without white space. */
  readonly token: string;
  readonly publicKey: string;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
  readonly isWithdrawn: boolean;
}

const maxIssued = 10_000;

/**
 * Whoever is asked and what they said: issues consents, and says of one that is shown whether it counts. It keeps at most
 * 10 000 consents: of more, the oldest that has expired is forgotten, or the oldest at all, and is `unknown` from then on.
 */
export class ConsentDesk {
  readonly #seed: string;
  readonly #limit: number;
  readonly #people = new Map<string, AskedPerson>();
  readonly #issued = new Map<string, IssuedConsent>();
  readonly #waiting = new Map<string, Set<() => void>>();
  #count = 0;

  /** @internal */
  constructor(people: readonly AskedPerson[], seed: string, limit: number = maxIssued) {
    this.#seed = seed;
    this.#limit = limit;
    for (const person of people) this.#people.set(person.iin, person);
  }

  /** What this person says now. Whoever is not known agrees. */
  decisionOf(iin: string): ConsentDecision {
    return this.#people.get(iin)?.decision ?? 'agrees';
  }

  /**
   * The person decides, or thinks again: to refuse takes back what was issued. Requests that wait for the decision go on.
   *
   * @example
   * emulator.consents.decide('001300900329', 'agrees');
   */
  decide(iin: string, decision: ConsentDecision): this {
    this.#people.set(iin, { ...this.#people.get(iin), iin, decision });
    if (decision === 'refuses') this.withdraw(iin);
    for (const wake of this.#waiting.get(iin) ?? []) wake();
    return this;
  }

  /** Takes back every consent of a person, as the Rules let them (Приложение 7). */
  withdraw(iin: string): this {
    for (const consent of this.#issued.values()) {
      if (consent.iin === iin) this.#issued.set(consent.token, { ...consent, isWithdrawn: true });
    }
    return this;
  }

  /** The consents that were issued, oldest first: the last 10 000, and fewer expired ones. */
  get issued(): readonly IssuedConsent[] {
    return [...this.#issued.values()];
  }

  /** Issues a consent, whatever the person says. The same seed gives the same tokens. */
  issue(subject: ConsentSubject): IssuedConsent {
    this.#count += 1;
    const number = this.#count;
    const { iin, accessNames, expiresInMs, atMs } = subject;
    const lifetimeMs = this.#people.get(iin)?.lifetimeMs ?? expiresInMs;
    const consent: IssuedConsent = {
      iin,
      accessNames: [...accessNames],
      expiresInMs,
      atMs,
      token: madeUpBase64(`${this.#seed}:token:${number}`, 6),
      publicKey: madeUpBase64(`${this.#seed}:key:${number}`, 2),
      expiresAtMs: atMs + lifetimeMs,
      isWithdrawn: false,
    };
    if (this.#issued.size >= this.#limit) this.#forgetOne(atMs);
    this.#issued.set(consent.token, consent);
    return consent;
  }

  /** Whether a consent counts for this person and service at this instant. White space inside is no difference. */
  check({ token = '', publicKey = '', iin, accessName, atMs }: ShownConsent): ConsentVerdict {
    const [shown, key] = [withoutWhiteSpace(token), withoutWhiteSpace(publicKey)];
    if (shown === '' || key === '') return 'missing';
    const consent = this.#issued.get(shown);
    if (consent === undefined) return 'unknown';
    if (consent.publicKey !== key) return 'wrong-key';
    if (iin !== undefined && consent.iin !== iin) return 'other-person';
    if (!consent.accessNames.includes(accessName)) return 'other-service';
    if (consent.isWithdrawn) return 'withdrawn';
    return atMs < consent.expiresAtMs ? 'valid' : 'expired';
  }

  /** Resolves with the next decision of a person. @throws {unknown} the reason of the signal @internal */
  async nextDecision(iin: string, signal: AbortSignal): Promise<ConsentDecision> {
    signal.throwIfAborted();
    const waiting = this.#waiting.get(iin) ?? new Set();
    this.#waiting.set(iin, waiting);
    let wake = (): void => {};
    let give = (): void => {};
    try {
      await new Promise<void>((resolve, reject) => {
        wake = resolve;
        give = () => reject(signal.reason);
        waiting.add(wake);
        signal.addEventListener('abort', give, { once: true });
      });
    } finally {
      waiting.delete(wake);
      if (waiting.size === 0 && this.#waiting.get(iin) === waiting) this.#waiting.delete(iin);
      signal.removeEventListener('abort', give);
    }
    return this.decisionOf(iin);
  }

  #forgetOne(atMs: number): void {
    let victim: string | undefined;
    for (const { token, expiresAtMs } of this.#issued.values()) {
      victim ??= token;
      if (expiresAtMs > atMs) continue;
      victim = token;
      break;
    }
    if (victim !== undefined) this.#issued.delete(victim);
  }
}

/** Base64 that stands for nothing. */
function madeUpBase64(seed: string, blocks: number): string {
  const parts = Array.from({ length: blocks }, (_, index) =>
    createHash('sha256').update(`${seed}:${index}`).digest(),
  );
  return Buffer.concat(parts).toString('base64');
}

function withoutWhiteSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
