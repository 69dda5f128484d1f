import type { CrossReference } from './cross-reference.ts';
import { CARRIAGE_RETURN, LINE_FEED, readDigits, skipWhite, standsAt } from './pdf-characters.ts';
import { isDictionary, isReference, PdfDamage, type PdfObject, type PdfValue } from './pdf-value.ts';
import { readValue } from './read-value.ts';

/** Octets of one object, streams apart, that are read to look into it. */
const maxObjectBytes = 1024 * 1024;
/** White space and comments between the parts of `N G obj`. */
const maxGapBytes = 64;
/** References that lead to references. */
const maxHops = 8;

/** Objects of a file, found through its cross-reference table. */
export class PdfFile {
  readonly bytes: Uint8Array;
  readonly crossReference: CrossReference;

  constructor(bytes: Uint8Array, crossReference: CrossReference) {
    this.bytes = bytes;
    this.crossReference = crossReference;
  }

  /** Where the value behind `N G obj` begins; `undefined` when the file has no object of this number. */
  bodyOf(number: number): number | undefined {
    const offset = this.crossReference.offsetOf(number);
    if (offset === undefined) return undefined;
    const { bytes } = this;
    // As nearly all are written; what follows reads the others.
    const usual = behindUsualHeader(bytes, offset, number);
    if (usual > 0) return usual;
    const written = readDigits(bytes, offset);
    if (written?.value !== number) throw new PdfDamage('xref-damaged');
    const generation = readDigits(bytes, this.#behindGap(written.end));
    if (generation === undefined) throw new PdfDamage('xref-damaged');
    const at = this.#behindGap(generation.end);
    if (!standsAt(bytes, at, 'obj')) throw new PdfDamage('xref-damaged');
    return at + 3;
  }

  /** The object of this number; `null` when there is none, as the format says. */
  object(number: number): PdfObject {
    const { bytes } = this;
    const from = this.bodyOf(number);
    if (from === undefined) return { value: null, stream: undefined };
    const { value, end } = readValue(bytes, from, Math.min(bytes.length, from + maxObjectBytes));
    const at = skipWhite(bytes, end, Math.min(bytes.length, end + maxObjectBytes));
    if (!isDictionary(value) || !standsAt(bytes, at, 'stream')) return { value, stream: undefined };
    const start = streamStart(bytes, at);
    const length = value.get('Length');
    const octets = isReference(length) ? this.integer(length.number) : length;
    if (start === undefined || typeof octets !== 'number' || !endsStream(bytes, start + octets)) {
      throw new PdfDamage('object-damaged');
    }
    return { value, stream: bytes.subarray(start, start + octets) };
  }

  /** What a value is, or refers to. */
  resolve(value: PdfValue | undefined): PdfObject {
    let object: PdfObject = { value: value ?? null, stream: undefined };
    for (let hops = 0; isReference(object.value); hops++) {
      if (hops >= maxHops) throw new PdfDamage('object-damaged');
      object = this.object(object.value.number);
    }
    return object;
  }

  /** The integer that an object is; `undefined` when it is anything else. For lengths of streams. */
  integer(number: number): number | undefined {
    const from = this.bodyOf(number);
    if (from === undefined) return undefined;
    const { bytes } = this;
    const digits = readDigits(bytes, this.#behindGap(from));
    if (digits === undefined) return undefined;
    return standsAt(bytes, this.#behindGap(digits.end), 'endobj') ? digits.value : undefined;
  }

  #behindGap(from: number): number {
    return skipWhite(this.bytes, from, Math.min(this.bytes.length, from + maxGapBytes));
  }
}

/** Behind `N 0 obj` with single spaces; 0 when it is written in another way. */
function behindUsualHeader(bytes: Uint8Array, from: number, number: number): number {
  let at = from;
  let written = 0;
  for (let digit = 0; at < from + 8; at++) {
    digit = (bytes[at] as number) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    written = written * 10 + digit;
  }
  // ` 0 obj`
  const isUsual =
    written === number &&
    bytes[at] === 0x20 &&
    bytes[at + 1] === 0x30 &&
    bytes[at + 2] === 0x20 &&
    bytes[at + 3] === 0x6f &&
    bytes[at + 4] === 0x62 &&
    bytes[at + 5] === 0x6a;
  return isUsual ? at + 6 : 0;
}

/**
 * Where the octets behind the keyword `stream` begin: behind a line feed, alone or with a carriage return before it.
 *
 * @see ISO 19005-1:2005, 6.1.7 "Stream objects"
 */
export function streamStart(bytes: Uint8Array, keywordAt: number): number | undefined {
  const at = keywordAt + 'stream'.length;
  if (bytes[at] === LINE_FEED) return at + 1;
  return bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED ? at + 2 : undefined;
}

/** Whether `endstream` stands behind `at` and at most one end of line. */
export function endsStream(bytes: Uint8Array, at: number): boolean {
  if (!(Number.isSafeInteger(at) && at >= 0 && at < bytes.length)) return false;
  let end = at;
  if (bytes[end] === CARRIAGE_RETURN) end++;
  if (bytes[end] === LINE_FEED) end++;
  return standsAt(bytes, end, 'endstream');
}
