/** Cuts what a caller feeds into blocks of one size, without copying whole blocks. */
export class BlockBuffer {
  readonly #block: Uint8Array;
  readonly #view: DataView;
  #filled = 0;

  constructor(size: number) {
    this.#block = new Uint8Array(size);
    this.#view = new DataView(this.#block.buffer);
  }

  /** Calls `take` with every block that is complete now. */
  feed(bytes: Uint8Array, take: (view: DataView, offset: number) => void): void {
    const size = this.#block.length;
    let at = 0;
    if (this.#filled > 0) {
      at = Math.min(size - this.#filled, bytes.length);
      this.#block.set(bytes.subarray(0, at), this.#filled);
      this.#filled += at;
      if (this.#filled < size) return;
      take(this.#view, 0);
      this.#filled = 0;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (; at + size <= bytes.length; at += size) take(view, at);
    this.#block.set(bytes.subarray(at));
    this.#filled = bytes.length - at;
  }

  /** The octets behind the last complete block. */
  get rest(): Uint8Array {
    return this.#block.subarray(0, this.#filled);
  }
}
