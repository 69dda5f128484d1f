/**
 * The exchanges that are under way, so that they can be ended together. One controller an exchange and no signal
 * shared by all: a long-lived signal would collect listeners.
 *
 * @internal
 */
export class OpenExchanges {
  readonly #controllers = new Set<AbortController>();
  #reason: Error | undefined;

  /** A controller that is aborted with the others; at once when that has happened already. */
  begin(): AbortController {
    const controller = new AbortController();
    if (this.#reason === undefined) this.#controllers.add(controller);
    else controller.abort(this.#reason);
    return controller;
  }

  end(controller: AbortController): void {
    this.#controllers.delete(controller);
  }

  /** Aborts all that are under way and all that come. */
  abortAll(reason: Error): void {
    this.#reason ??= reason;
    for (const controller of this.#controllers) controller.abort(reason);
    this.#controllers.clear();
  }

  get isClosed(): boolean {
    return this.#reason !== undefined;
  }
}
