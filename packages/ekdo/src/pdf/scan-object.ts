import { knownName, lastValuedKey, nameId, tailOf } from './known-names.ts';
import { classOf, hexOctet, readDigits, skipWhite, WHITE } from './pdf-characters.ts';
import { PdfDamage } from './pdf-value.ts';

/** Containers inside containers. */
export const maxDepth = 128;

/** What a value is, as far as the walk cares. */
export type ScannedValue = 'name' | 'number' | 'true' | 'other';

/** Told what stands in an object. All of it happens while it is scanned. */
export interface ObjectVisitor {
  /** `N G R`. */
  reference(number: number): void;
  /** A dictionary began. They are nested. */
  open(): void;
  /** A known key of the innermost dictionary. */
  key(key: number): void;
  /** The value of a key that is looked at, in the innermost dictionary; or, with `key` 0, the name `LZWDecode` anywhere. */
  value(key: number, kind: ScannedValue, content: number): void;
  /** The innermost dictionary ended. */
  close(): void;
}

/** What begins with an octet. Words (names, numbers, keywords) go on below WHITE. Plain constants: the compiler folds them. */
const KEYWORD = 0;
const NUMBER = 1;
const NAME = 3;
const TEXT = 4;
const LESS = 5;
const GREATER = 6;
const OPEN = 7;
const CLOSE = 8;
const COMMENT = 9;
const ESCAPE = 10;
const NONE = 11;
const beginningOf: Uint8Array = Uint8Array.from(classOf, (kind) => (kind > WHITE ? NONE : kind));
for (const [character, kind] of [
  ['/', NAME],
  ['(', TEXT],
  ['<', LESS],
  ['>', GREATER],
  ['[', OPEN],
  [']', CLOSE],
  ['%', COMMENT],
  // Of names only, and rare: words end here, and names then look on.
  ['#', ESCAPE],
] as const) {
  beginningOf[character.charCodeAt(0)] = kind;
}

/** Reads objects without recursion and without making values. One scanner is used for many objects. */
export class ObjectScanner {
  readonly #bytes: Uint8Array;
  /** Where the last octet stands that ends a word: no object goes further, and no word needs to look for the end of the file. */
  readonly #end: number;
  readonly #visitor: ObjectVisitor;
  /** Whether the container at each depth is a dictionary. */
  readonly #dictionaries: Uint8Array = new Uint8Array(maxDepth + 1);
  /** Whether the object that was scanned last is a stream. */
  isStream = false;
  /** Of a stream: the direct `/Length`, or -1. */
  length = -1;
  /** Of a stream: the number of the object that says its length, or -1. */
  lengthObject = -1;

  constructor(bytes: Uint8Array, visitor: ObjectVisitor) {
    this.#bytes = bytes;
    this.#end = lastWordEnd(bytes);
    this.#visitor = visitor;
  }

  /**
   * Reads the object that begins behind `obj`: nearly every octet is looked at once.
   *
   * @returns where it ended: behind `endobj`, or behind the keyword `stream`
   * @throws {PdfDamage} `object-damaged`, `too-complex`
   */
  scan(from: number): number {
    const bytes = this.#bytes;
    const visitor = this.#visitor;
    const dictionaries = this.#dictionaries;
    const begins = beginningOf;
    const lengthKey = nameId.Length;
    const lastValued = lastValuedKey;
    const lzw = nameId.LZWDecode;
    const end = this.#end;
    this.length = -1;
    this.lengthObject = -1;
    dictionaries[0] = 0;
    let depth = 0;
    let isDictionary = false;
    // The key whose value is read, when somebody looks at it; and whether its value was met.
    let key = 0;
    let isLength = false;
    let hasValue = true;
    // The last two integers that stood side by side.
    let previous = -1;
    let last = -1;

    // `kind` is what stands at `at`: whoever moves on says it, because the octet behind a word was read already.
    // `| 0` here and below: the engine then keeps the place as a plain integer.
    let at = from | 0;
    let kind: number = at < end ? (begins[bytes[at] as number] as number) : WHITE;
    while (at < end) {
      // In the order in which they are met most.
      if (kind === WHITE) {
        at++;
        kind = begins[bytes[at] as number] as number;
        continue;
      }

      if (kind === NAME) {
        const start = ++at;
        let tail = 0;
        for (; ; at++) {
          const octet = bytes[at] as number;
          kind = begins[octet] as number;
          if (kind >= WHITE) break;
          tail = (tail << 8) | octet;
        }
        let name: number;
        if (kind === ESCAPE) {
          at = behindEscapes(bytes, at, end) | 0;
          name = escapedName(bytes, start, at);
          kind = begins[bytes[at] as number] as number;
        } else name = knownName(bytes, start, at, tail);
        if (isDictionary && hasValue) {
          isLength = name === lengthKey && depth === 1;
          key = name <= lastValued ? name : 0;
          hasValue = false;
          if (name !== 0) visitor.key(name);
        } else {
          if (key !== 0 || name === lzw) visitor.value(key, 'name', name);
          hasValue = true;
        }
        last = -1;
        continue;
      }

      if (kind === NUMBER) {
        const start = at;
        let value = 0;
        for (; ; at++) {
          const octet = bytes[at] as number;
          const digit = octet - 48;
          if (digit < 0 || digit > 9) {
            kind = begins[octet] as number;
            break;
          }
          value = value * 10 + digit;
        }
        if (kind === WHITE && isShortReference(bytes, at)) {
          // `N 0 R`, as nearly all are written: the same as below, at once.
          if (!hasValue) {
            if (isLength) this.lengthObject = value;
            if (key !== 0) visitor.value(key, 'other', 0);
          }
          visitor.reference(value);
          hasValue = true;
          last = -1;
          at += 4;
          kind = begins[bytes[at] as number] as number;
          continue;
        }
        if (kind < WHITE) {
          at = behindWord(bytes, at, end) | 0;
          kind = begins[bytes[at] as number] as number;
          value = -1;
        }
        if (!hasValue) {
          hasValue = true;
          if (key !== 0 || isLength) {
            const isReferred = beginsReference(bytes, start, end);
            if (isLength && isReferred) this.lengthObject = value;
            else if (isLength) this.length = value;
            if (key !== 0 && isReferred) visitor.value(key, 'other', 0);
            else if (key !== 0) visitor.value(key, 'number', numberIn(bytes, start, at));
          }
        }
        previous = last;
        last = value;
        continue;
      }

      if (kind === GREATER) {
        if (!isDictionary || bytes[at + 1] !== 0x3e || !hasValue) throw new PdfDamage('object-damaged');
        visitor.close();
        depth--;
        isDictionary = dictionaries[depth] === 1;
        // What is known of the parent's key was told when the container began.
        key = 0;
        at += 2;
      } else if (kind === TEXT) {
        at = behindString(bytes, at + 1, end) | 0;
        if (key !== 0) visitor.value(key, 'other', 0);
        hasValue = true;
      } else if (kind === LESS && bytes[at + 1] !== 0x3c) {
        at = (bytes.indexOf(0x3e, at) + 1) | 0;
        if (at === 0) throw new PdfDamage('object-damaged');
        if (key !== 0) visitor.value(key, 'other', 0);
        hasValue = true;
      } else if (kind === LESS || kind === OPEN) {
        if (depth >= maxDepth) throw new PdfDamage('too-complex');
        if (key !== 0) visitor.value(key, 'other', 0);
        hasValue = true;
        key = 0;
        depth++;
        isDictionary = kind === LESS;
        dictionaries[depth] = isDictionary ? 1 : 0;
        if (isDictionary) visitor.open();
        at += isDictionary ? 2 : 1;
      } else if (kind === CLOSE) {
        if (depth === 0 || isDictionary) throw new PdfDamage('object-damaged');
        depth--;
        isDictionary = dictionaries[depth] === 1;
        key = 0;
        hasValue = true;
        at++;
      } else if (kind === KEYWORD) {
        const next = behindWord(bytes, at, end) | 0;
        if (depth === 0 && (isWord(bytes, at, next, 'endobj') || isWord(bytes, at, next, 'stream'))) {
          this.isStream = bytes[at] === 0x73;
          return next;
        }
        if (isWord(bytes, at, next, 'R')) {
          if (previous < 0 || last < 0) throw new PdfDamage('object-damaged');
          visitor.reference(previous);
        } else if (isWord(bytes, at, next, 'true')) {
          if (key !== 0) visitor.value(key, 'true', 0);
        } else if (!isWord(bytes, at, next, 'null') && !isWord(bytes, at, next, 'false')) {
          throw new PdfDamage('object-damaged');
        }
        hasValue = true;
        at = next;
      } else if (kind === COMMENT) {
        // Like white space: it may stand between the parts of a reference.
        while (at < end && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++;
        kind = WHITE;
        continue;
      } else throw new PdfDamage('object-damaged');
      // Behind anything but a number.
      last = -1;
      if (at < end) kind = begins[bytes[at] as number] as number;
    }
    throw new PdfDamage('object-damaged');
  }
}

/** Where the last white space or delimiter stands: that of `%%EOF`, at the least. */
function lastWordEnd(bytes: Uint8Array): number {
  let at = bytes.length - 1;
  while (at >= 0 && (classOf[bytes[at] as number] as number) < WHITE) at--;
  return at;
}

/** Whether ` 0 R` stands at `at`. */
function isShortReference(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at + 3] === 0x52 &&
    bytes[at + 1] === 0x30 &&
    bytes[at] === 0x20 &&
    bytes[at + 2] === 0x20 &&
    (beginningOf[bytes[at + 4] as number] as number) >= WHITE
  );
}

/** Behind a name, a number or a keyword. */
function behindWord(bytes: Uint8Array, from: number, end: number): number {
  const begins = beginningOf;
  let at = from;
  for (; at < end; at++) {
    const octet = bytes[at] as number;
    // Letters, which are most of it, need no look-up.
    if (((octet | 0x20) - 97) >>> 0 < 26) continue;
    if ((begins[octet] as number) >= WHITE) break;
  }
  return at;
}

function isWord(bytes: Uint8Array, at: number, end: number, word: string): boolean {
  if (end - at !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

function behindString(bytes: Uint8Array, from: number, end: number): number {
  let depth = 1;
  for (let at = from; at < end; at++) {
    const octet = bytes[at] as number;
    // Letters and digits stand between the brackets and the backslash, or behind it.
    if (octet > 0x29 && octet !== 0x5c) continue;
    if (octet === 0x5c) at++;
    else if (octet === 0x28) depth++;
    else if (octet === 0x29) {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  throw new PdfDamage('object-damaged');
}

/** Whether `N G R` stands at `from`, with any white space and comments between its parts. */
function beginsReference(bytes: Uint8Array, from: number, end: number): boolean {
  const number = readDigits(bytes, from);
  const generation = number && readDigits(bytes, skipWhite(bytes, number.end, end));
  if (generation === undefined) return false;
  const at = skipWhite(bytes, generation.end, end);
  return at < end && isWord(bytes, at, behindWord(bytes, at, end), 'R');
}

/** The number between `at` and `end`; `NaN` when it is none. */
function numberIn(bytes: Uint8Array, at: number, end: number): number {
  return Number(Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(end - at, 40)).toString('latin1'));
}

/** Behind a name that has escapes. */
function behindEscapes(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] === 0x23) at = behindWord(bytes, at + 1, end);
  return at;
}

/** The number of a known name that is written with `#xx`. */
function escapedName(bytes: Uint8Array, from: number, end: number): number {
  // Three octets stand for one, and no name that is looked for is that long.
  if (end - from > 64) return 0;
  const octets: number[] = [];
  for (let at = from; at < end; at++) {
    const escaped = bytes[at] === 0x23 ? hexOctet(bytes[at + 1], bytes[at + 2]) : -1;
    octets.push(escaped < 0 ? (bytes[at] as number) : escaped);
    if (escaped >= 0) at += 2;
  }
  return knownName(Uint8Array.from(octets), 0, octets.length, tailOf(octets));
}
