import { escapeText } from './escape.ts';
import { pieceEnd } from './text-piece.ts';

/** Up to this length a loop beats the call into native code. */
const shortUnits = 256;
/** A multiple of 3, so that a chunk has no padding. */
const base64ChunkBytes = 3 * 16 * 1024;
/** A UTF-16 unit takes five octets at most: `&amp;`, `&#xD;`. */
const maxBytesOfUnit = 5;

// What XML 1.0 does not allow: control characters, and beyond ASCII two code points and surrogates that stand alone.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\0-\x08\x0b\x0c\x0e-\x1f]/;
const wide = /[\ufffe\uffff]|\p{Surrogate}/u;

/** Octets that grow at the end. */
export class Utf8Buffer {
  #bytes: Buffer;
  #length = 0;

  constructor(initialBytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(initialBytes);
  }

  /** Octets written so far. */
  get length(): number {
    return this.#length;
  }

  /** What was written; a view, valid as long as nothing more is written. */
  view(): Uint8Array {
    const { buffer, byteOffset } = this.#bytes;
    return new Uint8Array(buffer, byteOffset, this.#length);
  }

  /** Few octets as they are. */
  octets(octets: Uint8Array): void {
    let at = this.#reserve(octets.length);
    const bytes = this.#bytes;
    for (let i = 0; i < octets.length; i++) bytes[at++] = octets[i] as number;
    this.#length = at;
  }

  /** Many octets as they are. */
  append(octets: Uint8Array): void {
    const at = this.#reserve(octets.length);
    this.#bytes.set(octets, at);
    this.#length = at + octets.length;
  }

  /** Text that is escaped already, or is markup. */
  markup(text: string): void {
    const at = this.#reserve(text.length * 3);
    this.#length = at + this.#bytes.write(text, at, 'utf8');
  }

  /**
   * Character data, escaped.
   *
   * @throws {TypeError} when a character is not allowed in XML 1.0; nothing is written then
   */
  text(text: string): void {
    if (text.length > shortUnits) {
      this.#longText(text);
      return;
    }
    const at = this.#reserve(text.length * maxBytesOfUnit);
    this.#length = writeText(this.#bytes, at, text);
  }

  /**
   * A start tag, character data, an end tag.
   *
   * @throws {TypeError} when a character is not allowed in XML 1.0; nothing is written then
   */
  leaf(startTag: Uint8Array, text: string, endTag: Uint8Array): void {
    if (text.length > shortUnits) {
      const before = this.#length;
      this.octets(startTag);
      try {
        this.#longText(text);
      } catch (error) {
        this.#length = before;
        throw error;
      }
      this.octets(endTag);
      return;
    }
    let at = this.#reserve(startTag.length + text.length * maxBytesOfUnit + endTag.length);
    const bytes = this.#bytes;
    for (let i = 0; i < startTag.length; i++) bytes[at++] = startTag[i] as number;
    at = writeText(bytes, at, text);
    for (let i = 0; i < endTag.length; i++) bytes[at++] = endTag[i] as number;
    this.#length = at;
  }

  /** Octets as base64, without line breaks. */
  base64(octets: Uint8Array): void {
    let at = this.#reserve(Math.ceil(octets.length / 3) * 4);
    for (let from = 0; from < octets.length; from += base64ChunkBytes) {
      const length = Math.min(base64ChunkBytes, octets.length - from);
      const chunk = Buffer.from(octets.buffer, octets.byteOffset + from, length);
      at += this.#bytes.write(chunk.toString('base64'), at, 'latin1');
    }
    this.#length = at;
  }

  #longText(text: string): void {
    const before = this.#length;
    for (let from = 0; from < text.length; ) {
      const to = pieceEnd(text, from, text.length);
      const piece = text.slice(from, to);
      const escaped = escapeText(piece);
      const at = this.#reserve(escaped.length * 3);
      const written = this.#bytes.write(escaped, at, 'utf8');
      // As many octets as units: ASCII, without surrogates. Looking for them takes longer than encoding.
      if (control.test(piece) || (written !== escaped.length && wide.test(piece))) {
        this.#length = before;
        throw illegalCharacter();
      }
      this.#length = at + written;
      from = to;
    }
  }

  /** Makes room for `more` octets and returns where they go. */
  #reserve(more: number): number {
    const needed = this.#length + more;
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    return this.#length;
  }
}

/**
 * Refuses text with characters that XML 1.0 does not allow.
 *
 * @throws {TypeError} when there is one
 */
export function assertXmlCharacters(text: string): void {
  if (control.test(text) || wide.test(text)) throw illegalCharacter();
}

/** Writes short character data, escaped, and returns the offset behind it. */
function writeText(bytes: Buffer, start: number, text: string): number {
  let at = start;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      if (unit > 0x3e || (unit >= 0x20 && unit !== 0x26 && unit !== 0x3c && unit !== 0x3e)) {
        bytes[at++] = unit;
      } else {
        at = writeSpecial(bytes, at, unit);
      }
    } else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6);
      bytes[at++] = 0x80 | (unit & 0x3f);
    } else if ((unit & 0xf800) !== 0xd800) {
      if (unit >= 0xfffe) throw illegalCharacter();
      bytes[at++] = 0xe0 | (unit >> 12);
      bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
      bytes[at++] = 0x80 | (unit & 0x3f);
    } else {
      const low = text.charCodeAt(++i);
      // The end of the text is NaN, and NaN & 0xfc00 is 0.
      if (unit >= 0xdc00 || (low & 0xfc00) !== 0xdc00) throw illegalCharacter();
      const codePoint = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
      bytes[at++] = 0xf0 | (codePoint >> 18);
      bytes[at++] = 0x80 | ((codePoint >> 12) & 0x3f);
      bytes[at++] = 0x80 | ((codePoint >> 6) & 0x3f);
      bytes[at++] = 0x80 | (codePoint & 0x3f);
    }
  }
  return at;
}

/** Writes a unit below U+003F that is not written as it is, or is white space. */
function writeSpecial(bytes: Buffer, start: number, unit: number): number {
  let at = start;
  if (unit === 0x9 || unit === 0xa) {
    bytes[at++] = unit;
    return at;
  }
  const escaped =
    unit === 0x26
      ? '&amp;'
      : unit === 0x3c
        ? '&lt;'
        : unit === 0x3e
          ? '&gt;'
          : unit === 0xd
            ? '&#xD;'
            : undefined;
  if (escaped === undefined) throw illegalCharacter();
  for (let i = 0; i < escaped.length; i++) bytes[at++] = escaped.charCodeAt(i);
  return at;
}

function illegalCharacter(): TypeError {
  return new TypeError('text has a character that is not allowed in XML 1.0');
}
