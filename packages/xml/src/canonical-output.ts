import type { CanonicalSink } from './exclusive-c14n.ts';
import { pieceEnd, pieceUnits } from './text-piece.ts';

/** A range up to this length is gathered with its neighbours before it is encoded. */
const smallUnits = 2048;

/** Encodes a canonical form as UTF-8 and passes it on in chunks. The chunk is overwritten by the next one. */
export class EncodingSink implements CanonicalSink {
  readonly #source: string;
  readonly #consume: (chunk: Uint8Array) => void;
  #chunk: Buffer | undefined;
  #gathered = '';
  #start = 0;
  #end = 0;

  constructor(source: string, consume: (chunk: Uint8Array) => void) {
    this.#source = source;
    this.#consume = consume;
  }

  range(start: number, end: number): void {
    if (start === this.#end) {
      this.#end = end;
      return;
    }
    this.#endRange();
    this.#start = start;
    this.#end = end;
  }

  text(text: string): void {
    this.#endRange();
    this.#gather(text);
  }

  /** Passes on what is left. */
  finish(): void {
    this.#endRange();
    this.#encode(this.#gathered);
    this.#gathered = '';
  }

  #endRange(): void {
    const start = this.#start;
    const end = this.#end;
    this.#start = end;
    // An empty range that no range can continue: the next one always begins behind the end of this one.
    this.#end = -1;
    if (end <= start) return;
    if (end - start <= smallUnits) {
      this.#gather(this.#source.slice(start, end));
      return;
    }
    this.#encode(this.#gathered);
    this.#gathered = '';
    for (let at = start; at < end; ) {
      const next = pieceEnd(this.#source, at, end);
      this.#encode(this.#source.slice(at, next));
      at = next;
    }
  }

  #gather(text: string): void {
    this.#gathered += text;
    if (this.#gathered.length < pieceUnits) return;
    const whole = this.#gathered;
    this.#gathered = '';
    for (let at = 0; at < whole.length; ) {
      const next = pieceEnd(whole, at, whole.length);
      this.#encode(whole.slice(at, next));
      at = next;
    }
  }

  #encode(text: string): void {
    if (text.length === 0) return;
    // A small signed element should not cost a large buffer.
    if (this.#chunk === undefined || this.#chunk.length < text.length * 3) {
      this.#chunk = Buffer.allocUnsafeSlow(Math.min(pieceUnits, Math.max(1024, text.length)) * 3);
    }
    this.#consume(this.#chunk.subarray(0, this.#chunk.write(text, 0, 'utf8')));
  }
}

/** Gathers a canonical form as text. */
export class TextSink implements CanonicalSink {
  #text = '';
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  range(start: number, end: number): void {
    this.#text += this.#source.slice(start, end);
  }

  text(text: string): void {
    this.#text += text;
  }

  finish(): string {
    return this.#text;
  }
}
