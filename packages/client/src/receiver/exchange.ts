import { answerSession } from '@egov-gateway/envelope';

import type { ServedExchange, ServedOutcome } from './served-exchange.ts';

type Known = Partial<
  Pick<ServedExchange, 'operation' | 'messageId' | 'correlationId' | 'serviceId' | 'localKey'>
>;

/** What is known of a request so far; it grows while the request is read. @internal */
export class Exchange {
  readonly atMs: number;
  outcome: ServedOutcome = 'served';
  known: Known = {};
  #sessionId: string | undefined;

  constructor(atMs: number) {
    this.atMs = atMs;
  }

  /** Adds what is known. */
  learn(known: Known): void {
    this.known = { ...this.known, ...known };
  }

  /** Takes over the session of the request, when it came with one that may be echoed. */
  joinSession(received: string | undefined): void {
    this.#sessionId = answerSession(received);
  }

  /** The session of the answer: that of the request, or a fresh one. */
  get sessionId(): string {
    this.#sessionId ??= answerSession(undefined);
    return this.#sessionId;
  }
}
