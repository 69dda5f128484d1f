/** The most that is set aside on the word of a `Content-Length` alone. */
const MAX_FORESIGHT_BYTES = 1024 * 1024;
const MIN_CAPACITY_BYTES = 16 * 1024;

/**
 * Gathers chunks into one block of memory. However small the chunks are, they cost their own bytes and no object each:
 * a peer that sends an answer octet by octet would else make it weigh a hundred times as much.
 *
 * @internal
 */
export class ByteCollector {
  readonly #expectedBytes: number;
  /** A single chunk is kept as it is, not copied. */
  #first: Uint8Array | undefined;
  #block: Buffer | undefined;
  #length = 0;

  /** @param expectedBytes - what `Content-Length` says, when it is known */
  constructor(expectedBytes = 0) {
    this.#expectedBytes = Number.isSafeInteger(expectedBytes) ? expectedBytes : 0;
  }

  /** Bytes gathered so far. */
  get byteLength(): number {
    return this.#length;
  }

  /** Takes one more chunk; its bytes must not change afterwards. */
  add(chunk: Uint8Array): void {
    if (this.#length === 0) {
      this.#first = chunk;
      this.#length = chunk.byteLength;
      return;
    }
    const block = this.#reserve(this.#length + chunk.byteLength);
    block.set(chunk, this.#length);
    this.#length += chunk.byteLength;
  }

  /** All bytes, and the collector is empty again. */
  take(): Uint8Array {
    const whole = this.#first ?? this.#block ?? new Uint8Array(0);
    const length = this.#length;
    this.#first = undefined;
    this.#block = undefined;
    this.#length = 0;
    // A plain Uint8Array: `slice` of a Buffer shares memory, which no caller expects here.
    return new Uint8Array(whole.buffer, whole.byteOffset, length);
  }

  #reserve(bytes: number): Buffer {
    const old = this.#first ?? this.#block;
    if (this.#block !== undefined && this.#block.byteLength >= bytes) return this.#block;
    const foreseen = Math.min(this.#expectedBytes, MAX_FORESIGHT_BYTES);
    const doubled = Math.max(2 * (old?.byteLength ?? 0), MIN_CAPACITY_BYTES, bytes);
    // With a length that is known the last block is exactly as large.
    const capacity =
      this.#expectedBytes >= bytes ? Math.min(Math.max(doubled, foreseen), this.#expectedBytes) : doubled;
    const block = Buffer.allocUnsafeSlow(capacity);
    if (old !== undefined) block.set(old.subarray(0, this.#length));
    this.#first = undefined;
    this.#block = block;
    return block;
  }
}
