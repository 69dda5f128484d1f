/**
 * How much is under way at a time: exchanges, and bytes of their bodies. What is beyond that is refused at the door.
 *
 * @internal
 */
export class Admission {
  readonly #maxConcurrent: number;
  readonly #maxBufferedBytes: number;
  #inside = 0;
  #bufferedBytes = 0;
  #isClosed = false;
  #onEmpty: (() => void)[] = [];

  constructor(limits: { readonly maxConcurrent: number; readonly maxBufferedBytes: number }) {
    this.#maxConcurrent = limits.maxConcurrent;
    this.#maxBufferedBytes = limits.maxBufferedBytes;
  }

  /** Lets one exchange in, or returns `undefined`. */
  enter(): Place | undefined {
    if (this.#isClosed || this.#inside >= this.#maxConcurrent) return undefined;
    this.#inside += 1;
    let heldBytes = 0;
    let hasLeft = false;
    return {
      reserve: (bytes) => {
        if (hasLeft || this.#bufferedBytes + bytes > this.#maxBufferedBytes) return false;
        this.#bufferedBytes += bytes;
        heldBytes += bytes;
        return true;
      },
      leave: () => {
        if (hasLeft) return;
        hasLeft = true;
        this.#bufferedBytes -= heldBytes;
        this.#inside -= 1;
        if (this.#inside === 0) for (const tell of this.#onEmpty.splice(0)) tell();
      },
    };
  }

  /** Lets nobody in any more. Resolves when the last one has left. */
  close(): Promise<void> {
    this.#isClosed = true;
    if (this.#inside === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onEmpty.push(resolve));
  }
}

/** The place of one exchange. @internal */
export interface Place {
  /** Whether so many bytes more may be kept until the exchange leaves. */
  reserve(bytes: number): boolean;
  /** Gives the place back. Again: does nothing. */
  leave(): void;
}
