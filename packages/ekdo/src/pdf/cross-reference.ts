import { CARRIAGE_RETURN, LINE_FEED, readDigits, skipWhite, standsAt } from './pdf-characters.ts';
import { isDictionary, PdfDamage, type PdfDictionary } from './pdf-value.ts';
import { readValue } from './read-value.ts';

/** The largest object number. @see PDF Reference 1.4, appendix C "Implementation limits" */
const maxObjectNumber = 8_388_607;
/** Incremental updates of one file: each makes a section. Honest files have less than a hundred. */
const maxSections = 500;
const maxTrailerBytes = 65_536;
const entryBytes = 20;
const FREE = 0xffff_ffff;

/** Where the objects of a file lie, newest revision first. */
export class CrossReference {
  /** By object number: 0 when nothing is known, else the offset plus one. */
  #places: Uint32Array = new Uint32Array(1024);
  /** The trailer that counts: the newest. */
  #trailer: PdfDictionary | undefined;
  #isEncrypted = false;

  get trailer(): PdfDictionary {
    return this.#trailer ?? new Map();
  }

  /** Whether any trailer of the file names an encryption dictionary. */
  get isEncrypted(): boolean {
    return this.#isEncrypted;
  }

  /** No object number is above it. */
  get capacity(): number {
    return this.#places.length;
  }

  /** Where the object begins; `undefined` when there is none of this number. */
  offsetOf(number: number): number | undefined {
    const place = this.#places[number];
    return place === undefined || place === 0 || place === FREE ? undefined : place - 1;
  }

  /** Takes a trailer, older than those before. */
  addTrailer(trailer: PdfDictionary): void {
    this.#trailer ??= trailer;
    if (trailer.has('Encrypt')) this.#isEncrypted = true;
  }

  /** Takes an entry, unless a newer revision has one of the same number. */
  add(number: number, offset: number | undefined): void {
    if (number >= this.#places.length) {
      let capacity = this.#places.length;
      while (capacity <= number) capacity *= 2;
      const grown = new Uint32Array(capacity);
      grown.set(this.#places);
      this.#places = grown;
    }
    if (this.#places[number] === 0) this.#places[number] = offset === undefined ? FREE : offset + 1;
  }
}

/**
 * Reads every section from `startOffset` back through `/Prev`, each once.
 *
 * @see PDF Reference 1.4, sections 3.4.3 "Cross-reference table", 3.4.4 "File trailer", 3.4.5 "Incremental updates"
 * @throws {PdfDamage} `xref-damaged`, or `xref-stream` when a section is written in the way of PDF 1.5
 */
export function readCrossReference(bytes: Uint8Array, startOffset: number): CrossReference {
  const table = new CrossReference();
  const visited = new Set<number>();
  // Sections cannot share octets, so together they are no larger than the file.
  const budget = { entries: Math.floor(bytes.length / entryBytes) };
  for (let offset: number | undefined = startOffset; offset !== undefined; ) {
    if (visited.has(offset) || visited.size >= maxSections) throw new PdfDamage('xref-damaged');
    visited.add(offset);
    if (!standsAt(bytes, offset, 'xref')) {
      throw new PdfDamage(beginsObject(bytes, offset) ? 'xref-stream' : 'xref-damaged');
    }
    const trailer = readSection(bytes, offset + 4, table, budget);
    table.addTrailer(trailer);
    if (trailer.has('XRefStm')) throw new PdfDamage('xref-stream');
    const previous = trailer.get('Prev');
    if (previous !== undefined && !isOffset(previous, bytes)) throw new PdfDamage('xref-damaged');
    offset = previous;
  }
  return table;
}

function isOffset(value: unknown, bytes: Uint8Array): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < bytes.length;
}

/** Entries up to the trailer, and the trailer itself. */
function readSection(
  bytes: Uint8Array,
  from: number,
  table: CrossReference,
  budget: { entries: number },
): PdfDictionary {
  let at = skipWhite(bytes, from, bytes.length);
  while (!standsAt(bytes, at, 'trailer')) {
    const first = readDigits(bytes, at);
    const count = first && bytes[first.end] === 0x20 ? readDigits(bytes, first.end + 1) : undefined;
    if (first === undefined || count === undefined) throw new PdfDamage('xref-damaged');
    if (count.value > 0 && first.value + count.value - 1 > maxObjectNumber)
      throw new PdfDamage('xref-damaged');
    budget.entries -= count.value;
    if (budget.entries < 0) throw new PdfDamage('xref-damaged');
    at = skipWhite(bytes, count.end, bytes.length);
    if (at === count.end) throw new PdfDamage('xref-damaged');
    for (let i = 0; i < count.value; i++, at += entryBytes) readEntry(bytes, at, first.value + i, table);
    at = skipWhite(bytes, at, bytes.length);
  }
  const end = Math.min(bytes.length, at + maxTrailerBytes);
  const { value } = readTrailer(bytes, at + 'trailer'.length, end);
  if (!isDictionary(value)) throw new PdfDamage('xref-damaged');
  return value;
}

function readTrailer(bytes: Uint8Array, from: number, end: number): ReturnType<typeof readValue> {
  try {
    return readValue(bytes, from, end);
  } catch (error) {
    throw error instanceof PdfDamage ? new PdfDamage('xref-damaged') : error;
  }
}

/** `nnnnnnnnnn ggggg n` and two octets of line end. */
function readEntry(bytes: Uint8Array, at: number, number: number, table: CrossReference): void {
  let offset = 0;
  for (let i = 0; i < 10; i++) {
    const digit = (bytes[at + i] as number) - 48;
    // Also true behind the end of the file, where the octet is undefined.
    if (!(digit >= 0 && digit <= 9)) throw new PdfDamage('xref-damaged');
    offset = offset * 10 + digit;
  }
  for (let i = 11; i < 16; i++) {
    const digit = (bytes[at + i] as number) - 48;
    if (!(digit >= 0 && digit <= 9)) throw new PdfDamage('xref-damaged');
  }
  const kind = bytes[at + 17];
  const ending = bytes[at + 19];
  if (
    bytes[at + 10] !== 0x20 ||
    bytes[at + 16] !== 0x20 ||
    (kind !== 0x6e && kind !== 0x66) ||
    (ending !== LINE_FEED && ending !== CARRIAGE_RETURN)
  ) {
    throw new PdfDamage('xref-damaged');
  }
  // An offset behind the end is damage only when somebody asks for the object.
  table.add(number, kind === 0x66 ? undefined : Math.min(offset, bytes.length));
}

function beginsObject(bytes: Uint8Array, at: number): boolean {
  const number = readDigits(bytes, at);
  const generation = number && readDigits(bytes, skipWhite(bytes, number.end, bytes.length));
  return generation !== undefined && standsAt(bytes, skipWhite(bytes, generation.end, bytes.length), 'obj');
}
