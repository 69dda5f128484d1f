/** Something that went wrong with nobody there to be answered. */
export interface AsyncError {
  /** Of the message that it happened with. */
  readonly messageId: string;
  /** What a handler, the ledger of `onEffect` or the store threw. */
  readonly error: unknown;
}

const MAX_ERRORS = 1000;

/** The newest errors of the asynchronous channel. @internal */
export class AsyncErrors {
  readonly #errors: AsyncError[] = [];

  get all(): readonly AsyncError[] {
    return Object.freeze([...this.#errors]);
  }

  add(error: AsyncError): void {
    this.#errors.push(error);
    if (this.#errors.length > MAX_ERRORS) this.#errors.shift();
  }
}
