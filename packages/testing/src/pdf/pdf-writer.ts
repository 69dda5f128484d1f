/** Writes the body, the cross-reference table and the trailer of a PDF 1.4 file, octet by octet. */
export class PdfWriter {
  readonly #chunks: Uint8Array[] = [];
  readonly #offsets = new Map<number, number>();
  #length = 0;
  #highest = 0;
  #previousXref: number | undefined;

  /** Octets written so far. */
  get length(): number {
    return this.#length;
  }

  /** Offsets of the objects, for tests that aim at one. */
  get offsets(): ReadonlyMap<number, number> {
    return this.#offsets;
  }

  raw(data: string | Uint8Array): void {
    const bytes = typeof data === 'string' ? new Uint8Array(Buffer.from(data, 'latin1')) : data;
    this.#chunks.push(bytes);
    this.#length += bytes.length;
  }

  /** An indirect object; a stream, when there are octets. `/Length` is added to `body`, a dictionary without its ends. */
  object(number: number, body: string, stream?: Uint8Array): void {
    this.#offsets.set(number, this.#length);
    this.#highest = Math.max(this.#highest, number);
    this.raw(`${number} 0 obj\n`);
    if (stream === undefined) {
      this.raw(`${body}\nendobj\n`);
    } else {
      this.raw(`<<${body}/Length ${stream.length}>>\nstream\n`);
      this.raw(stream);
      this.raw('\nendstream\nendobj\n');
    }
  }

  /**
   * The table of the objects written since the last one, and the trailer. A second call makes an incremental update.
   *
   * @param trailer - entries of the trailer without `/Size` and `/Prev`
   * @param damage - added to every offset of the table
   */
  finish(trailer: string, { damage = 0 }: { readonly damage?: number } = {}): void {
    const at = this.#length;
    const numbers = [...this.#offsets.keys()].sort((a, b) => a - b);
    const row = (offset: number, generation: number, kind: string): string =>
      `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} ${kind} \n`;
    const rows: string[] = ['xref\n'];
    if (this.#previousXref === undefined) rows.push('0 1\n', row(0, 65_535, 'f'));
    for (let from = 0; from < numbers.length; ) {
      let to = from + 1;
      while (to < numbers.length && numbers[to] === (numbers[to - 1] as number) + 1) to++;
      rows.push(`${numbers[from]} ${to - from}\n`);
      for (const number of numbers.slice(from, to)) {
        rows.push(row((this.#offsets.get(number) as number) + damage, 0, 'n'));
      }
      from = to;
    }
    this.raw(rows.join(''));
    const previous = this.#previousXref === undefined ? '' : `/Prev ${this.#previousXref}`;
    this.raw(`trailer\n<</Size ${this.#highest + 1}${previous}${trailer}>>\nstartxref\n${at}\n%%EOF\n`);
    this.#previousXref = at;
    this.#offsets.clear();
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }
}
