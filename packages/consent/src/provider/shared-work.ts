interface Running<Value> {
  readonly outcome: Promise<Value>;
  readonly controller: AbortController;
  waiting: number;
  isOver: boolean;
}

/** Work that several callers wait for is done once. A caller that gives up leaves it to the others; the last one ends it. */
export class SharedWork<Value> {
  readonly #running = new Map<string, Running<Value>>();

  /**
   * The outcome of the work under this key: that which is under way, or new one.
   *
   * @throws {unknown} the reason of `signal` when that is aborted; what the work rejects with
   */
  async join(
    key: string,
    signal: AbortSignal | undefined,
    start: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    signal?.throwIfAborted();
    const running = this.#running.get(key) ?? this.#start(key, start);
    running.waiting += 1;
    let onAbort = (): void => {};
    const given = new Promise<never>((_resolve, reject) => {
      onAbort = () => reject(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      if (signal?.aborted === true) onAbort();
    });
    try {
      return await Promise.race([given, running.outcome]);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      running.waiting -= 1;
      if (running.waiting === 0) this.#leave(key, running);
    }
  }

  /** Whoever comes from now on starts anew; who waits already gets what is under way. Default: of every key. */
  detach(key?: string): void {
    if (key === undefined) this.#running.clear();
    else this.#running.delete(key);
  }

  /** Whether the work with this signal is what callers of the key still join. */
  isCurrent(key: string, signal: AbortSignal): boolean {
    return this.#running.get(key)?.controller.signal === signal;
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<Value>): Running<Value> {
    const controller = new AbortController();
    const running: Running<Value> = {
      outcome: start(controller.signal),
      controller,
      waiting: 0,
      isOver: false,
    };
    // Whoever waits is told; nobody may be left when it ends.
    running.outcome
      .catch(() => {})
      .finally(() => {
        running.isOver = true;
        this.#forget(key, running);
      });
    this.#running.set(key, running);
    return running;
  }

  #leave(key: string, running: Running<Value>): void {
    this.#forget(key, running);
    if (running.isOver) return;
    running.controller.abort(new DOMException('nobody waits for it any more', 'AbortError'));
  }

  #forget(key: string, running: Running<Value>): void {
    if (this.#running.get(key) === running) this.#running.delete(key);
  }
}
