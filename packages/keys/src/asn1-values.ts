/**
 * Values of ASN.1 elements, each in the one form that DER allows.
 *
 * @see ITU-T X.690, section 8, section 11 "Restrictions on BER"
 * @module
 */
import { type Asn1Element, malformed } from './asn1.ts';

/** Identifier octets of the types that keys and certificates are made of. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  nil: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Walks the children of a constructed element in order; what is not asked for is refused. */
export class Asn1Reader {
  readonly #children: readonly Asn1Element[];
  readonly #what: string;
  #next = 0;

  /** @throws {KeyError} `ERR_KEY_FORMAT` when `element` has another tag */
  constructor(element: Asn1Element, tag: number, what: string) {
    if (element.tag !== tag) throw malformed(`${what} has tag ${hex(element.tag)}, expected ${hex(tag)}`);
    this.#children = element.children;
    this.#what = what;
  }

  /** The next child, which must be there and, when `tag` is given, be of that kind. */
  take(what: string, tag?: number): Asn1Element {
    const child = this.#children[this.#next];
    if (child === undefined) throw malformed(`${this.#what} has no ${what}`);
    if (tag !== undefined && child.tag !== tag) {
      throw malformed(`${what} of ${this.#what} has tag ${hex(child.tag)}, expected ${hex(tag)}`);
    }
    this.#next += 1;
    return child;
  }

  /** The next child when it has this tag. */
  takeIf(tag: number): Asn1Element | undefined {
    const child = this.#children[this.#next];
    if (child?.tag !== tag) return undefined;
    this.#next += 1;
    return child;
  }

  /** Whether every child was taken. */
  get done(): boolean {
    return this.#next === this.#children.length;
  }

  /** @throws {KeyError} `ERR_KEY_FORMAT` when children are left */
  end(): void {
    if (!this.done) throw malformed(`${this.#what} has more elements than expected`);
  }
}

/** A dotted OBJECT IDENTIFIER. */
export function readOid(element: Asn1Element): string {
  const octets = primitive(element, tags.oid, 'an object identifier');
  if (octets.length === 0 || octets.length > 128) throw malformed('an object identifier has an odd length');
  const arcs: number[] = [];
  let arc = 0;
  let startsArc = true;
  for (const octet of octets) {
    if (startsArc && octet === 0x80) throw malformed('an object identifier is padded');
    arc = arc * 128 + (octet & 0x7f);
    if (!Number.isSafeInteger(arc)) throw malformed('an arc of an object identifier is too large');
    startsArc = octet < 0x80;
    if (startsArc) {
      arcs.push(arc);
      arc = 0;
    }
  }
  if (!startsArc) throw malformed('an object identifier is cut off');
  const [joined = 0, ...rest] = arcs;
  const first = Math.min(Math.floor(joined / 40), 2);
  return [first, joined - first * 40, ...rest].join('.');
}

/** The octets of an INTEGER: big endian, two's complement, shortest form. */
export function readInteger(element: Asn1Element): Uint8Array {
  const octets = primitive(element, tags.integer, 'an integer');
  const [first, second = 0] = octets;
  if (first === undefined) throw malformed('an integer is empty');
  if (octets.length > 1 && (first === 0 ? second < 0x80 : first === 0xff && second >= 0x80)) {
    throw malformed('an integer is padded');
  }
  return octets;
}

/** A small INTEGER, from 0 to 2^31 - 1; `undefined` when it is negative or larger. */
export function readCount(element: Asn1Element): number | undefined {
  const octets = readInteger(element);
  if ((octets[0] as number) >= 0x80 || octets.length > 4) return undefined;
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

/** A BOOLEAN. */
export function readBoolean(element: Asn1Element): boolean {
  const octets = primitive(element, tags.boolean, 'a boolean');
  const [value] = octets;
  if (octets.length !== 1 || (value !== 0 && value !== 0xff))
    throw malformed('a boolean is neither 00 nor FF');
  return value === 0xff;
}

/** The octets of a BIT STRING of whole octets. */
export function readBitString(element: Asn1Element): Uint8Array {
  const octets = primitive(element, tags.bitString, 'a bit string');
  if (octets[0] !== 0) throw malformed('a bit string is not made of whole octets');
  return octets.subarray(1);
}

/** Positions of the bits that are set in a BIT STRING used as a list of names. */
export function readNamedBits(element: Asn1Element): readonly number[] {
  const octets = primitive(element, tags.bitString, 'a bit string');
  const unused = octets[0];
  const last = octets.at(-1) as number;
  if (unused === undefined || unused > 7 || (octets.length === 1 && unused !== 0)) {
    throw malformed('a bit string says a wrong number of unused bits');
  }
  if (octets.length > 1 && (last & ((1 << unused) - 1)) !== 0) {
    throw malformed('unused bits of a bit string are set');
  }
  const positions: number[] = [];
  for (let bit = 0; bit < (octets.length - 1) * 8; bit += 1) {
    if (((octets[1 + (bit >> 3)] as number) & (0x80 >> (bit & 7))) !== 0) positions.push(bit);
  }
  return positions;
}

/** The octets of an OCTET STRING; one in pieces, as BER allows, is joined. */
export function readOctets(element: Asn1Element): Uint8Array {
  if (element.tag !== (tags.octetString | 0x20)) {
    return primitive(element, tags.octetString, 'an octet string');
  }
  return joinPieces(element);
}

/** The octets of a string in pieces, whatever tag encloses the pieces. */
export function joinPieces(element: Asn1Element): Uint8Array {
  // Depth is bounded by the reader that made the tree.
  return Buffer.concat(element.children.map(readOctets));
}

/**
 * An instant, milliseconds since the epoch: UTCTime or GeneralizedTime with seconds, in UTC.
 *
 * @see RFC 5280, section 4.1.2.5
 */
export function readTime(element: Asn1Element): number {
  const { tag, content } = element;
  if (tag !== tags.utcTime && tag !== tags.generalizedTime) throw malformed('a time has an unknown type');
  const text = Buffer.from(content).toString('latin1');
  const match = (tag === tags.utcTime ? /^(\d{2})(\d{10})Z$/ : /^(\d{4})(\d{10})Z$/).exec(text);
  if (match === null) throw malformed('a time is not written as YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ');
  const written = Number(match[1]);
  const year = tag === tags.generalizedTime ? written : written < 50 ? 2000 + written : 1900 + written;
  const [month, day, hour, minute, second] = (match[2] as string).match(/\d{2}/g) as string[];
  const iso = `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const atMs = Date.parse(iso);
  // Date.parse moves 31 February into March; a time that does not come back the same never was.
  if (Number.isNaN(atMs) || new Date(atMs).toISOString() !== iso) throw malformed('a time does not exist');
  return atMs;
}

/**
 * Text of any string type that certificates use; `undefined` for other types.
 *
 * TeletexString is read as Latin-1, which is what its writers meant.
 */
export function readText(element: Asn1Element): string | undefined {
  const { content } = element;
  switch (element.tag) {
    case tags.utf8String:
      return decode(content, 'utf-8');
    case tags.printableString:
    case tags.numericString:
    case tags.ia5String:
    case tags.visibleString:
      if (content.some((octet) => octet > 0x7f)) throw malformed('an ASCII string has octets above 7F');
      return Buffer.from(content).toString('latin1');
    case tags.teletexString:
      return Buffer.from(content).toString('latin1');
    case tags.bmpString:
      return decode(content, 'utf-16be');
    case tags.universalString:
      return decodeUniversal(content);
    default:
      return undefined;
  }
}

function decode(octets: Uint8Array, encoding: 'utf-8' | 'utf-16be'): string {
  try {
    if (encoding === 'utf-8')
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
    const swapped = Buffer.from(octets).swap16();
    return new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true }).decode(swapped);
  } catch (cause) {
    throw malformed(`a string is not ${encoding}`, cause);
  }
}

function decodeUniversal(octets: Uint8Array): string {
  const buffer = Buffer.from(octets);
  if (buffer.length % 4 !== 0) throw malformed('a UniversalString is cut off');
  let text = '';
  for (let at = 0; at < buffer.length; at += 4) {
    const point = buffer.readUInt32BE(at);
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
      throw malformed('a UniversalString has an impossible character');
    }
    text += String.fromCodePoint(point);
  }
  return text;
}

function primitive(element: Asn1Element, tag: number, what: string): Uint8Array {
  if (element.tag !== tag) throw malformed(`${what} has tag ${hex(element.tag)}, expected ${hex(tag)}`);
  return element.content;
}

function hex(tag: number): string {
  return tag.toString(16).padStart(2, '0');
}
