import { classOf, DELIMITER, hexDigit, hexOctet, skipWhite, WHITE } from './pdf-characters.ts';
import { PdfDamage, type PdfReference, type PdfString, type PdfValue } from './pdf-value.ts';

/** What is read at most of one object that is looked into, so that no file keeps the reader busy. */
const limits = { depth: 64, values: 20_000, stringBytes: 65_536 };

type Container = PdfValue[] & { readonly isDictionary?: true };

/**
 * The value that begins at `from`. Without recursion; nothing is read behind `end`.
 *
 * @throws {PdfDamage} `object-damaged` when it is no PDF object, `too-complex` when it is larger than any honest one
 */
export function readValue(
  bytes: Uint8Array,
  from: number,
  end: number,
): { readonly value: PdfValue; readonly end: number } {
  const open: { readonly items: Container; readonly closing: '>>' | ']' }[] = [];
  let at = from;
  let values = 0;
  for (;;) {
    at = skipWhite(bytes, at, end);
    if (at >= end) throw new PdfDamage('object-damaged');
    const octet = bytes[at] as number;
    let value: PdfValue;
    if ((octet === 0x3c && bytes[at + 1] === 0x3c) || octet === 0x5b) {
      if (open.length >= limits.depth) throw new PdfDamage('too-complex');
      open.push({ items: [], closing: octet === 0x5b ? ']' : '>>' });
      at += octet === 0x5b ? 1 : 2;
      continue;
    }
    if ((octet === 0x3e && bytes[at + 1] === 0x3e) || octet === 0x5d) {
      const closed = open.pop();
      if (closed === undefined || closed.closing !== (octet === 0x5d ? ']' : '>>')) {
        throw new PdfDamage('object-damaged');
      }
      at += octet === 0x5d ? 1 : 2;
      value = octet === 0x5d ? closed.items : dictionaryOf(closed.items);
    } else {
      const token = readToken(bytes, at, end);
      at = token.end;
      if (token.keyword === 'R') {
        const items = open.at(-1)?.items;
        if (items === undefined) throw new PdfDamage('object-damaged');
        value = referenceOf(items);
      } else if (token.keyword !== undefined) throw new PdfDamage('object-damaged');
      else value = token.value;
    }
    values += 1;
    if (values > limits.values) throw new PdfDamage('too-complex');
    const parent = open.at(-1);
    if (parent === undefined) return referenceAhead(bytes, value, at, end);
    parent.items.push(value);
  }
}

/** A number may be the beginning of `12 0 R`. */
function referenceAhead(
  bytes: Uint8Array,
  value: PdfValue,
  at: number,
  end: number,
): { readonly value: PdfValue; readonly end: number } {
  if (typeof value !== 'number') return { value, end: at };
  const second = skipWhite(bytes, at, end);
  if (second >= end || classOf[bytes[second] as number] === DELIMITER) return { value, end: at };
  const generation = readToken(bytes, second, end);
  const third = skipWhite(bytes, generation.end, end);
  if (typeof generation.value !== 'number' || third >= end || bytes[third] !== 0x52)
    return { value, end: at };
  return { value: referenceOf([value, generation.value]), end: third + 1 };
}

function referenceOf(items: PdfValue[]): PdfReference {
  const generation = items.pop();
  const number = items.pop();
  if (
    typeof number !== 'number' ||
    !Number.isSafeInteger(number) ||
    number < 0 ||
    typeof generation !== 'number'
  ) {
    throw new PdfDamage('object-damaged');
  }
  return { kind: 'reference', number };
}

function dictionaryOf(items: readonly PdfValue[]): PdfValue {
  if (items.length % 2 !== 0) throw new PdfDamage('object-damaged');
  const dictionary = new Map<string, PdfValue>();
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i];
    if (typeof key !== 'object' || key === null || !('kind' in key) || key.kind !== 'name') {
      throw new PdfDamage('object-damaged');
    }
    const value = items[i + 1] as PdfValue;
    if (value === null) dictionary.delete(key.name);
    else dictionary.set(key.name, value);
  }
  return dictionary;
}

type Token =
  | { readonly value: PdfValue; readonly keyword?: undefined; readonly end: number }
  | { readonly value?: undefined; readonly keyword: string; readonly end: number };

function readToken(bytes: Uint8Array, at: number, end: number): Token {
  const octet = bytes[at] as number;
  if (octet === 0x28) return readText(bytes, at, end);
  if (octet === 0x3c) return readHex(bytes, at, end);
  if (octet === 0x2f) return readName(bytes, at, end);
  if (classOf[octet] === DELIMITER) throw new PdfDamage('object-damaged');
  let stop = at;
  while (stop < end && (classOf[bytes[stop] as number] as number) < WHITE) stop++;
  // No number and no keyword is longer; "NaN" and "Infinity" are no numbers of PDF.
  if (stop - at > 40) throw new PdfDamage('object-damaged');
  const word = Buffer.from(bytes.buffer, bytes.byteOffset + at, stop - at).toString('latin1');
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word)) return { value: Number(word), end: stop };
  if (word === 'true' || word === 'false') return { value: word === 'true', end: stop };
  if (word === 'null') return { value: null, end: stop };
  return { keyword: word, end: stop };
}

function readName(bytes: Uint8Array, from: number, end: number): Token {
  let at = from + 1;
  let name = '';
  while (at < end && (classOf[bytes[at] as number] as number) < WHITE) {
    const octet = bytes[at] as number;
    const escaped = octet === 0x23 ? hexOctet(bytes[at + 1], bytes[at + 2]) : -1;
    name += String.fromCharCode(escaped < 0 ? octet : escaped);
    at += escaped < 0 ? 1 : 3;
    if (name.length > 512) throw new PdfDamage('too-complex');
  }
  return { value: { kind: 'name', name }, end: at };
}

function readHex(bytes: Uint8Array, from: number, end: number): Token {
  const octets: number[] = [];
  let half = -1;
  for (let at = from + 1; at < end; at++) {
    const octet = bytes[at] as number;
    if (octet === 0x3e) {
      if (half >= 0) octets.push(half * 16);
      return { value: stringOf(octets), end: at + 1 };
    }
    if (classOf[octet] === WHITE) continue;
    const digit = hexDigit(octet);
    if (digit < 0) break;
    if (half < 0) half = digit;
    else {
      octets.push(half * 16 + digit);
      half = -1;
    }
    if (octets.length > limits.stringBytes) throw new PdfDamage('too-complex');
  }
  throw new PdfDamage('object-damaged');
}

const escapes: ReadonlyMap<number, number> = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
]);

/** @see PDF Reference 1.4, section 3.2.3 "String objects" */
function readText(bytes: Uint8Array, from: number, end: number): Token {
  const octets: number[] = [];
  let depth = 1;
  let at = from + 1;
  while (at < end) {
    let octet = bytes[at++] as number;
    if (octet === 0x5c) {
      octet = bytes[at++] as number;
      if (octet >= 0x30 && octet <= 0x37) {
        let code = octet - 0x30;
        for (let digits = 1; digits < 3; digits++) {
          const digit = (bytes[at] as number) - 0x30;
          if (!(digit >= 0 && digit <= 7)) break;
          code = code * 8 + digit;
          at++;
        }
        octets.push(code & 255);
      } else if (octet === 0x0d || octet === 0x0a) {
        if (octet === 0x0d && bytes[at] === 0x0a) at++;
      } else octets.push(escapes.get(octet) ?? octet);
    } else {
      if (octet === 0x28) depth++;
      else if (octet === 0x29) {
        depth--;
        if (depth === 0) return { value: stringOf(octets), end: at };
      }
      octets.push(octet);
    }
    if (octets.length > limits.stringBytes) throw new PdfDamage('too-complex');
  }
  throw new PdfDamage('object-damaged');
}

function stringOf(octets: readonly number[]): PdfString {
  return { kind: 'string', bytes: Uint8Array.from(octets) };
}
