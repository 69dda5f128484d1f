import type { Writable } from 'node:stream';

const intervalMs = 100;
const eraseLine = '\r\u001B[2K';

/**
 * A line that is written over and over, to show how far long work is. Only a terminal gets it: nothing of it is ever in a
 * pipe or a file.
 */
export class StatusLine {
  readonly #stream: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  #isShown = false;
  #shownAtMs = Number.NEGATIVE_INFINITY;

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  /** Shows the text in the place of the one before, ten times a second at most. */
  show(text: string): void {
    if (this.#stream.isTTY !== true) return;
    const nowMs = performance.now();
    if (this.#isShown && nowMs - this.#shownAtMs < intervalMs) return;
    const columns = this.#stream.columns ?? 80;
    this.#stream.write(`${eraseLine}${text.slice(0, Math.max(1, columns - 1))}`);
    this.#isShown = true;
    this.#shownAtMs = nowMs;
  }

  /** Takes the line away, before anything else is written. */
  clear(): void {
    if (!this.#isShown) return;
    this.#stream.write(eraseLine);
    this.#isShown = false;
  }
}
