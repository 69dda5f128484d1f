import type { Endpoint } from '../endpoint.ts';
import type { Misbehaviour } from '../misbehaviour/script.ts';

/** A request that has arrived and is not read yet. @internal */
export class Arrival {
  readonly number: number;
  readonly endpoint: Endpoint;
  /** By the emulator's clock. */
  readonly receivedAtMs: number;
  /** The scenario at the head of the script, when it is for any service. */
  readonly misbehaviour: Misbehaviour | undefined;
  readonly #acceptWithinMs: number;
  readonly #startedAt: number = performance.now();

  constructor(fields: {
    readonly number: number;
    readonly endpoint: Endpoint;
    readonly receivedAtMs: number;
    readonly misbehaviour: Misbehaviour | undefined;
    readonly acceptWithinMs: number;
  }) {
    this.number = fields.number;
    this.endpoint = fields.endpoint;
    this.receivedAtMs = fields.receivedAtMs;
    this.misbehaviour = fields.misbehaviour;
    this.#acceptWithinMs = fields.acceptWithinMs;
  }

  /** Milliseconds since the arrival, on a clock that nobody sets. */
  elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** What is left of the time for accepting. @see Rules No 123, п.47 */
  acceptLeftMs(): number {
    return this.#acceptWithinMs - this.elapsedMs();
  }
}
