import { isAscii, isUtf8, transcode } from 'node:buffer';

import { XmlError } from '@egov-gateway/core';

import { xmlError } from './position.ts';

const declaration =
  /^<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.0"|'1\.0')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"([A-Za-z][\w.-]*)"|'([A-Za-z][\w.-]*)'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\0-\x08\x0b-\x1f]/;

const LINE_FEED = 0xa;
const CARRIAGE_RETURN = 0xd;
/** Octets that are checked at once in search of the first bad one. */
const searchOctets = 64 * 1024;
/** An honest XML declaration has less than a hundred. */
const maxDeclarationUnits = 1024;

/** A document as text: no byte order mark, line ends normalised, every character allowed. */
export interface SourceText {
  readonly text: string;
  /** Where the document goes on behind the XML declaration. */
  readonly contentStart: number;
}

/**
 * Decodes a document.
 *
 * @see Extensible Markup Language 1.0 (Fifth Edition), 2.2 "Characters", 2.8 "Prolog", 2.11 "End-of-Line Handling",
 *   4.3.3 "Character Encoding in Entities"
 * @throws {XmlError} `ERR_XML_LIMIT` when it is larger than `maxBytes`
 * @throws {XmlError} `ERR_XML_ENCODING` when it is not UTF-8, or declares to be something else
 * @throws {XmlError} `ERR_XML_CHARACTER` when a character is not allowed in XML 1.0
 * @throws {XmlError} `ERR_XML_SYNTAX` when the XML declaration is not well-formed
 */
export function decodeSource(bytes: Uint8Array, maxBytes: number): SourceText {
  if (bytes.length > maxBytes) {
    throw new XmlError(`the document has ${bytes.length} bytes, more than maxBytes ${maxBytes}`, {
      code: 'ERR_XML_LIMIT',
      line: 1,
      column: 1,
    });
  }
  const text = decodeUtf8(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  assertCharacters(text);
  return { text, contentStart: declarationEnd(text) };
}

function decodeUtf8(given: Buffer): string {
  // Both tests of one idea: no character of an XML document is U+0000, and the first one is '<' or white space.
  if (
    (given[0] === 0xff && given[1] === 0xfe) ||
    (given[0] === 0xfe && given[1] === 0xff) ||
    (given.length > 1 && (given[0] === 0 || given[1] === 0))
  ) {
    throw xmlError('ERR_XML_ENCODING', 'the document looks like UTF-16 or UTF-32, expected UTF-8', '', 0);
  }
  const octets = normalizedLineEnds(given);
  if (isAscii(octets)) return octets.toString('latin1');
  if (!isUtf8(octets)) {
    const at = firstBadOctet(octets);
    const before = withoutMark(octets.toString('utf8', 0, at));
    throw xmlError('ERR_XML_ENCODING', 'the document is not UTF-8', before, before.length);
  }
  // Large mixed text goes through UTF-16 octets: several times faster than decoding into a string at once.
  if (octets.length < 1024) return withoutMark(octets.toString('utf8'));
  const units = transcode(octets, 'utf8', 'utf16le');
  return units[0] === 0xff && units[1] === 0xfe ? units.toString('utf16le', 2) : units.toString('utf16le');
}

/** The octets with every CRLF and every CR made LF: a copy, when there is any. */
function normalizedLineEnds(octets: Buffer): Buffer {
  const first = octets.indexOf(CARRIAGE_RETURN);
  if (first === -1) return octets;
  const normalized = Buffer.allocUnsafeSlow(octets.length);
  normalized.set(octets.subarray(0, first));
  let length = first;
  for (let at = first; at < octets.length; at++) {
    const octet = octets[at] as number;
    if (octet === LINE_FEED && octets[at - 1] === CARRIAGE_RETURN) continue;
    normalized[length++] = octet === CARRIAGE_RETURN ? LINE_FEED : octet;
  }
  return normalized.subarray(0, length);
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Where the first octet lies that cannot begin or continue a character. Asked only when there is one. */
function firstBadOctet(octets: Buffer): number {
  let at = 0;
  for (let end = 0; end < octets.length; ) {
    end = characterStart(octets, at + searchOctets);
    if (!isUtf8(octets.subarray(at, end))) break;
    at = end;
  }
  for (;;) {
    const lead = octets[at] as number;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (!isUtf8(octets.subarray(at, at + length))) return at;
    at += length;
  }
}

/** The last offset up to `limit` at which a character may start. */
function characterStart(octets: Buffer, limit: number): number {
  if (limit >= octets.length) return octets.length;
  let at = limit;
  while (at > limit - 4 && ((octets[at] as number) & 0xc0) === 0x80) at--;
  return at;
}

function assertCharacters(text: string): void {
  let at = text.search(control);
  if (at === -1) at = text.indexOf('\ufffe');
  if (at === -1) at = text.indexOf('\uffff');
  if (at === -1) return;
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  throw xmlError('ERR_XML_CHARACTER', `character U+${code} is not allowed in XML`, text, at);
}

function declarationEnd(text: string): number {
  if (!/^<\?xml[ \t\n?]/.test(text)) return 0;
  const match = declaration.exec(text.slice(0, maxDeclarationUnits));
  if (match === null) {
    if (!text.includes('?>')) {
      const message = 'the document ends inside the XML declaration';
      throw xmlError('ERR_XML_TRUNCATED', message, text, text.length);
    }
    throw xmlError(
      'ERR_XML_SYNTAX',
      'the XML declaration is not well-formed, expected version 1.0 and nothing but encoding and standalone',
      text,
      0,
    );
  }
  const encoding = match[1] ?? match[2];
  if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8') {
    const message = 'the XML declaration names another encoding, expected UTF-8';
    throw xmlError('ERR_XML_ENCODING', message, text, 0);
  }
  return match[0].length;
}
