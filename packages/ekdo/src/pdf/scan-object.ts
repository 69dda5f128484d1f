import { knownName, lastValuedKey, nameId } from './known-names.ts';
import { classOf, hexOctet, WHITE } from './pdf-characters.ts';
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
  /** The value of a key that is looked at, in the innermost dictionary; or a known name anywhere: then `key` may be 0. */
  value(key: number, kind: ScannedValue, content: number): void;
  /** The innermost dictionary ended. */
  close(): void;
}

/** What begins with an octet: the loop below goes by it, with one look-up for an octet. */
const beginning = {
  keyword: 0,
  number: 1,
  white: 2,
  name: 3,
  text: 4,
  less: 5,
  greater: 6,
  open: 7,
  close: 8,
  comment: 9,
  escape: 10,
  none: 11,
} as const;
const beginningOf: Uint8Array = Uint8Array.from(classOf, (kind) => (kind > WHITE ? beginning.none : kind));
for (const [character, kind] of [
  ['/', beginning.name],
  ['(', beginning.text],
  ['<', beginning.less],
  ['>', beginning.greater],
  ['[', beginning.open],
  [']', beginning.close],
  ['%', beginning.comment],
  // Of names only, and rare: words end here, and names then look on.
  ['#', beginning.escape],
] as const) {
  beginningOf[character.charCodeAt(0)] = kind;
}

/** Octets that mean something inside a text. */
const endsText = new Uint8Array(256);
for (const character of '()\\') endsText[character.charCodeAt(0)] = 1;

/** Reads objects without recursion and without making values. One scanner is used for many objects. */
export class ObjectScanner {
  readonly #bytes: Uint8Array;
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
    this.#visitor = visitor;
  }

  /**
   * Reads the object that begins behind `obj`: every octet is looked at once.
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
    const end = bytes.length;
    this.length = -1;
    this.lengthObject = -1;
    dictionaries[0] = 0;
    let depth = 0;
    let isDictionary = false;
    // The key whose value is read, when somebody looks at it; and whether its value was met.
    let key = 0;
    let isLength = false;
    let hasValue = true;
    // Where the number began that is the value, as long as it may become a reference.
    let numberAt = -1;
    // The last two integers that stood side by side.
    let previous = -1;
    let last = -1;

    for (let at = from; at < end; ) {
      const octet = bytes[at] as number;
      switch (begins[octet]) {
        case beginning.white:
          at++;
          continue;

        case beginning.number: {
          let value = 0;
          let next = at;
          for (; next < end; next++) {
            const digit = (bytes[next] as number) - 48;
            if (digit < 0 || digit > 9) break;
            value = value * 10 + digit;
          }
          if (next < end && (begins[bytes[next] as number] as number) < WHITE) {
            next = behindWord(bytes, next, end);
            value = -1;
          } else if (isShortReference(bytes, next)) {
            // `N 0 R`, as nearly all are written: the same as below, at once.
            if (!hasValue) {
              if (isLength) this.lengthObject = value;
              if (key !== 0) visitor.value(key, 'other', 0);
            }
            visitor.reference(value);
            hasValue = true;
            at = next + 4;
            break;
          }
          if (!hasValue) {
            hasValue = true;
            numberAt = at;
            if (isLength) this.length = value;
          }
          previous = last;
          last = value;
          at = next;
          continue;
        }

        case beginning.name: {
          const start = at + 1;
          at = behindWord(bytes, start, end);
          const isEscaped = at < end && bytes[at] === 0x23;
          if (isEscaped) at = behindEscapes(bytes, at, end);
          const name = isEscaped ? escapedName(bytes, start, at) : knownName(bytes, start, at);
          if (isDictionary && hasValue) {
            if (numberAt >= 0 && key !== 0) visitor.value(key, 'number', numberIn(bytes, numberAt, end));
            isLength = name === lengthKey && depth === 1;
            key = name <= lastValued ? name : 0;
            hasValue = false;
            if (name !== 0) visitor.key(name);
          } else {
            if (name !== 0 || key !== 0) visitor.value(key, 'name', name);
            hasValue = true;
          }
          break;
        }

        case beginning.text:
          at = behindString(bytes, at + 1, end);
          if (key !== 0) visitor.value(key, 'other', 0);
          hasValue = true;
          break;

        case beginning.less:
        case beginning.open:
          if (key !== 0) visitor.value(key, 'other', 0);
          hasValue = true;
          if (octet === 0x3c && bytes[at + 1] !== 0x3c) {
            at = bytes.indexOf(0x3e, at) + 1;
            if (at === 0) throw new PdfDamage('object-damaged');
            break;
          }
          if (depth >= maxDepth) throw new PdfDamage('too-complex');
          depth++;
          isDictionary = octet === 0x3c;
          dictionaries[depth] = isDictionary ? 1 : 0;
          if (isDictionary) visitor.open();
          key = 0;
          at += isDictionary ? 2 : 1;
          break;

        case beginning.greater:
        case beginning.close:
          if (depth === 0 || isDictionary !== (octet === 0x3e)) throw new PdfDamage('object-damaged');
          if (isDictionary) {
            at++;
            if (bytes[at] !== 0x3e || !hasValue) throw new PdfDamage('object-damaged');
            if (numberAt >= 0 && key !== 0) visitor.value(key, 'number', numberIn(bytes, numberAt, end));
            visitor.close();
          }
          depth--;
          isDictionary = dictionaries[depth] === 1;
          // What is known of the parent's key was told when the container began.
          key = 0;
          hasValue = true;
          at++;
          break;

        case beginning.comment:
          while (at < end && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++;
          continue;

        case beginning.keyword: {
          const next = behindWord(bytes, at, end);
          if (next === at + 1 && octet === 0x52) {
            if (previous < 0 || last < 0) throw new PdfDamage('object-damaged');
            if (numberAt >= 0) {
              if (isLength) {
                this.lengthObject = previous;
                this.length = -1;
              }
              if (key !== 0) visitor.value(key, 'other', 0);
            }
            visitor.reference(previous);
          } else if (
            depth === 0 &&
            (isWord(bytes, at, next, 'endobj') || isWord(bytes, at, next, 'stream'))
          ) {
            this.isStream = octet === 0x73;
            return next;
          } else if (isWord(bytes, at, next, 'true')) {
            if (key !== 0) visitor.value(key, 'true', 0);
          } else if (!isWord(bytes, at, next, 'null') && !isWord(bytes, at, next, 'false')) {
            throw new PdfDamage('object-damaged');
          }
          hasValue = true;
          at = next;
          break;
        }

        default:
          throw new PdfDamage('object-damaged');
      }
      // Behind anything but a number.
      numberAt = -1;
      last = -1;
    }
    throw new PdfDamage('object-damaged');
  }
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
  const ends = endsText;
  let depth = 1;
  for (let at = from; at < end; at++) {
    const octet = bytes[at] as number;
    if (ends[octet] === 0) continue;
    if (octet === 0x5c) at++;
    else if (octet === 0x28) depth++;
    else if (octet === 0x29) {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  throw new PdfDamage('object-damaged');
}

/** The number that begins at `at`; `NaN` when it is none. */
function numberIn(bytes: Uint8Array, at: number, end: number): number {
  const next = behindWord(bytes, at, Math.min(end, at + 40));
  return Number(Buffer.from(bytes.buffer, bytes.byteOffset + at, next - at).toString('latin1'));
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
  return knownName(Uint8Array.from(octets), 0, octets.length);
}
