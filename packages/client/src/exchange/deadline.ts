import { clearTimeout, setImmediate, setTimeout } from 'node:timers';

import { type Delivery, SendError } from '@egov-gateway/core';

import { addAbortListener } from '../abort-listener.ts';

/** What may interrupt a call. */
export interface DeadlineOptions {
  readonly totalTimeoutMs: number;
  /** The caller's own signal. */
  readonly signal: AbortSignal | undefined;
  readonly messageId?: string | undefined;
}

/**
 * The time of one call and the caller's wish to stop it, as one thing that every wait of the call can end by.
 *
 * @internal
 */
export class Deadline {
  /** What is known of the message so far. The call keeps it up to date; a timeout reports it. */
  delivery: Delivery = 'not-sent';
  readonly #options: DeadlineOptions;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #endsAtMs: number;
  #interrupt: ((reason: unknown) => void) | undefined;

  constructor(options: DeadlineOptions) {
    this.#options = options;
    this.#endsAtMs = performance.now() + options.totalTimeoutMs;
    this.#timer = setTimeout(() => this.#stop(this.#timeout()), options.totalTimeoutMs);
    if (options.signal?.aborted) this.#stop(options.signal.reason);
    else if (options.signal !== undefined) addAbortListener(options.signal, this);
  }

  /** For the transport. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Milliseconds left. */
  get leftMs(): number {
    return this.#endsAtMs - performance.now();
  }

  /** The caller's signal fired. */
  handleEvent(): void {
    this.#stop(this.#options.signal?.reason);
  }

  /** Whether the caller gave up: the call then rejects with the caller's own reason. */
  get isCancelled(): boolean {
    return this.#options.signal?.aborted === true;
  }

  /**
   * The outcome of `work`, or a rejection as soon as the call is interrupted. One at a time.
   *
   * @throws {SendError} `ERR_SEND_TIMEOUT` when the time is up
   */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#interrupt = reject;
      // What comes after an interruption settles nothing any more, and is handled all the same.
      work.then(resolve, reject);
      if (this.#controller.signal.aborted) reject(this.#controller.signal.reason);
    });
  }

  /** Lets timer and listener go. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener('abort', this);
  }

  #stop(reason: unknown): void {
    this.#controller.abort(reason);
    // A turn later, so that a transport that ends by the signal is heard first: it may know that nothing has left.
    setImmediate(() => this.#interrupt?.(reason));
  }

  #timeout(): SendError {
    const { totalTimeoutMs, messageId } = this.#options;
    return new SendError(`the call did not end within totalTimeoutMs, ${totalTimeoutMs} ms`, {
      code: 'ERR_SEND_TIMEOUT',
      delivery: this.delivery,
      messageId,
    });
  }
}
