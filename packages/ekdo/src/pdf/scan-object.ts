import { knownEscapedName, knownName, nameId } from './known-names.ts';
import { classOf, DELIMITER, hexOctet, NUMERIC, WHITE } from './pdf-characters.ts';
import { PdfDamage } from './pdf-value.ts';

/** Containers inside containers. */
const maxDepth = 128;

/** What a value is, as far as the walk cares. */
export type ScannedValue = 'name' | 'number' | 'true' | 'other';

/** Told what stands in an object. All of it happens while {@link scanObject} runs. */
export interface ObjectVisitor {
  /** `N G R`. */
  reference(number: number): void;
  /** A dictionary began. They are nested. */
  open(): void;
  /** A known key of the innermost dictionary. */
  key(key: number): void;
  /** A value of a known key of the innermost dictionary, or a known name in an array. `key` 0 is no known key. */
  value(key: number, kind: ScannedValue, content: number): void;
  /** The innermost dictionary ended. */
  close(): void;
}

/** Where the object ended, and the stream if it is one. */
export interface ScannedObject {
  /** Behind `endobj`; behind the keyword `stream` when there is one. */
  readonly end: number;
  readonly isStream: boolean;
  /** Of a stream: the direct `/Length`, or the number of the object that says it. */
  readonly length: number | undefined;
  readonly lengthObject: number | undefined;
}

/**
 * Reads one object from behind `obj`, without recursion and without making values: every octet is looked at once.
 *
 * @throws {PdfDamage} `object-damaged`, `too-complex`
 */
export function scanObject(bytes: Uint8Array, from: number, visitor: ObjectVisitor): ScannedObject {
  const end = bytes.length;
  const classes = classOf;
  const isDictionary = new Uint8Array(maxDepth + 1);
  const lengthKey = nameId.Length;
  let depth = 0;
  // Of the innermost container: in an array both are 0 and true for ever.
  let key = 0;
  let hasValue = true;
  let numberAt = -1;
  let previous = -1;
  let last = -1;
  let length: number | undefined;
  let lengthObject: number | undefined;
  let at = from;

  while (at < end) {
    const octet = bytes[at] as number;
    const kind = classes[octet] as number;
    if (kind === WHITE) {
      at++;
      continue;
    }
    if (kind === NUMERIC) {
      let value = 0;
      let next = at;
      let digit = octet - 48;
      while (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        next++;
        digit = (bytes[next] as number) - 48;
      }
      if (next < end && (classes[bytes[next] as number] as number) < WHITE) {
        while (next < end && (classes[bytes[next] as number] as number) < WHITE) next++;
        value = -1;
      }
      if (!hasValue) {
        hasValue = true;
        numberAt = at;
        if (key === lengthKey && depth === 1) length = value;
      }
      previous = last;
      last = value;
      at = next;
      continue;
    }
    if (octet === 0x2f) {
      const start = at + 1;
      let next = start;
      let hash = 0;
      let isEscaped = false;
      while (next < end) {
        const letter = bytes[next] as number;
        if ((classes[letter] as number) >= WHITE) break;
        if (letter === 0x23) isEscaped = true;
        hash = (Math.imul(hash, 13) + letter) | 0;
        next++;
      }
      const name = isEscaped
        ? knownEscapedName(unescaped(bytes, start, next))
        : knownName(bytes, start, next, hash);
      at = next;
      if (isDictionary[depth] === 1 && hasValue) {
        if (numberAt >= 0) {
          if (key !== 0) visitor.value(key, 'number', numberIn(bytes, numberAt, end));
          numberAt = -1;
        }
        key = name;
        hasValue = false;
        if (name !== 0) visitor.key(name);
      } else {
        if (name !== 0 || key !== 0) visitor.value(key, 'name', name);
        hasValue = true;
      }
      last = -1;
      continue;
    }
    if (kind === DELIMITER) {
      if (octet === 0x28) {
        at = behindString(bytes, at + 1, end);
      } else if (octet === 0x25) {
        while (at < end && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++;
        continue;
      } else if (octet === 0x5b || (octet === 0x3c && bytes[at + 1] === 0x3c)) {
        if (depth >= maxDepth) throw new PdfDamage('too-complex');
        if (key !== 0) visitor.value(key, 'other', 0);
        depth++;
        isDictionary[depth] = octet === 0x3c ? 1 : 0;
        if (octet === 0x3c) visitor.open();
        key = 0;
        hasValue = true;
        numberAt = -1;
        last = -1;
        at += octet === 0x3c ? 2 : 1;
        continue;
      } else if (octet === 0x5d || (octet === 0x3e && bytes[at + 1] === 0x3e)) {
        const closes = octet === 0x5d ? 0 : 1;
        if (depth === 0 || isDictionary[depth] !== closes || !hasValue) throw new PdfDamage('object-damaged');
        if (closes === 1) {
          if (numberAt >= 0 && key !== 0) visitor.value(key, 'number', numberIn(bytes, numberAt, end));
          visitor.close();
        }
        depth--;
        // What is known of the parent's key was told when the container began.
        key = 0;
        hasValue = true;
        numberAt = -1;
        last = -1;
        at += closes + 1;
        continue;
      } else if (octet === 0x3c) {
        const closing = bytes.indexOf(0x3e, at);
        if (closing < 0) throw new PdfDamage('object-damaged');
        at = closing + 1;
      } else throw new PdfDamage('object-damaged');
      if (key !== 0) visitor.value(key, 'other', 0);
      hasValue = true;
      numberAt = -1;
      last = -1;
      continue;
    }
    // A keyword.
    let next = at + 1;
    while (next < end && (classes[bytes[next] as number] as number) < WHITE) next++;
    if (next - at === 1 && octet === 0x52) {
      if (previous < 0 || last < 0) throw new PdfDamage('object-damaged');
      if (numberAt >= 0) {
        if (key === lengthKey && depth === 1) {
          lengthObject = previous;
          length = undefined;
        }
        if (key !== 0) visitor.value(key, 'other', 0);
        numberAt = -1;
      }
      visitor.reference(previous);
    } else if (depth === 0 && next - at === 6) {
      const isStream = octet === 0x73;
      if (!isWord(bytes, at, isStream ? 'stream' : 'endobj')) throw new PdfDamage('object-damaged');
      return { end: next, isStream, length, lengthObject };
    } else if (isWord(bytes, at, 'true') && next - at === 4) {
      if (key !== 0) visitor.value(key, 'true', 0);
    } else if (
      !(isWord(bytes, at, 'null') && next - at === 4) &&
      !(isWord(bytes, at, 'false') && next - at === 5)
    ) {
      throw new PdfDamage('object-damaged');
    }
    hasValue = true;
    last = -1;
    at = next;
  }
  throw new PdfDamage('object-damaged');
}

function isWord(bytes: Uint8Array, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

function behindString(bytes: Uint8Array, from: number, end: number): number {
  let depth = 1;
  for (let at = from; at < end; at++) {
    const octet = bytes[at];
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
  let next = at;
  while (next < end && next - at < 40 && (classOf[bytes[next] as number] as number) < WHITE) next++;
  return Number(Buffer.from(bytes.buffer, bytes.byteOffset + at, next - at).toString('latin1'));
}

/** Names that are looked for are short: of a longer one the beginning is enough to see that it is another. */
function unescaped(bytes: Uint8Array, from: number, end: number): Uint8Array {
  const octets: number[] = [];
  for (let at = from; at < end && octets.length < 64; at++) {
    const escaped = bytes[at] === 0x23 ? hexOctet(bytes[at + 1], bytes[at + 2]) : -1;
    octets.push(escaped < 0 ? (bytes[at] as number) : escaped);
    if (escaped >= 0) at += 2;
  }
  return Uint8Array.from(octets);
}
