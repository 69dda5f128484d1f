/**
 * How much is under way at a time: requests that are read, requests that are worked on, and bytes of their bodies. What is
 * beyond that is refused. Reading is counted apart, so that senders who do not get on keep nobody from the work.
 *
 * @internal
 */
export class Admission {
  readonly #maxReading: number;
  readonly #maxConcurrent: number;
  readonly #maxBufferedBytes: number;
  #reading = 0;
  #working = 0;
  #bufferedBytes = 0;
  #isClosed = false;
  #onEmpty: (() => void)[] = [];

  constructor(limits: {
    readonly maxReading: number;
    readonly maxConcurrent: number;
    readonly maxBufferedBytes: number;
  }) {
    this.#maxReading = limits.maxReading;
    this.#maxConcurrent = limits.maxConcurrent;
    this.#maxBufferedBytes = limits.maxBufferedBytes;
  }

  /** Lets one exchange in to be read, or returns `undefined`. */
  enter(): Place | undefined {
    if (this.#isClosed || this.#reading >= this.#maxReading || this.#working >= this.#maxConcurrent) {
      return undefined;
    }
    let stage: 'reading' | 'working' | 'left' = 'reading';
    this.#reading += 1;
    let heldBytes = 0;
    return {
      reserve: (bytes) => {
        if (stage === 'left' || this.#bufferedBytes + bytes > this.#maxBufferedBytes) return false;
        this.#bufferedBytes += bytes;
        heldBytes += bytes;
        return true;
      },
      begin: () => {
        if (stage !== 'reading' || this.#working >= this.#maxConcurrent) return false;
        stage = 'working';
        this.#reading -= 1;
        this.#working += 1;
        return true;
      },
      leave: () => {
        if (stage === 'left') return;
        if (stage === 'reading') this.#reading -= 1;
        else this.#working -= 1;
        stage = 'left';
        this.#bufferedBytes -= heldBytes;
        if (this.#isEmpty()) for (const tell of this.#onEmpty.splice(0)) tell();
      },
    };
  }

  /** Lets nobody in any more. Resolves when the last one has left. */
  close(): Promise<void> {
    this.#isClosed = true;
    if (this.#isEmpty()) return Promise.resolve();
    return new Promise((resolve) => this.#onEmpty.push(resolve));
  }

  #isEmpty(): boolean {
    return this.#reading + this.#working === 0;
  }
}

/** The place of one exchange. @internal */
export interface Place {
  /** Whether so many bytes more may be kept until the exchange leaves. */
  reserve(bytes: number): boolean;
  /** Whether what was read may be worked on now. */
  begin(): boolean;
  /** Gives the place back. Again: does nothing. */
  leave(): void;
}
