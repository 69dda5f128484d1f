import { isAscii, isUtf8, transcode } from 'node:buffer';

import { XmlError } from '@egov-gateway/core';

import { xmlError } from './position.ts';

const declaration =
  /^<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.0"|'1\.0')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"([A-Za-z][\w.-]*)"|'([A-Za-z][\w.-]*)'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\0-\x08\x0b-\x1f]/;

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
  const text = checkedCharacters(decodeUtf8(bytes));
  return { text, contentStart: declarationEnd(text) };
}

function decodeUtf8(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Both views of one idea: no character of an XML document is U+0000, and the first one is '<' or white space.
  if (
    (buffer[0] === 0xff && buffer[1] === 0xfe) ||
    (buffer[0] === 0xfe && buffer[1] === 0xff) ||
    (buffer.length > 1 && (buffer[0] === 0 || buffer[1] === 0))
  ) {
    throw encodingError('the document looks like UTF-16 or UTF-32, expected UTF-8', '', 0);
  }
  if (isAscii(buffer)) return buffer.toString('latin1');
  if (!isUtf8(buffer)) {
    const at = firstBadByte(buffer);
    const before = withoutMark(buffer.toString('utf8', 0, at));
    throw encodingError(`the document is not UTF-8: bad byte at offset ${at}`, before, before.length);
  }
  // Large mixed text goes through UTF-16 octets: several times faster than decoding into a string at once.
  if (buffer.length < 1024) return withoutMark(buffer.toString('utf8'));
  const units = transcode(buffer, 'utf8', 'utf16le');
  return units[0] === 0xff && units[1] === 0xfe ? units.toString('utf16le', 2) : units.toString('utf16le');
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Where the first octet lies that cannot begin or continue a character. Asked only when there is one. */
function firstBadByte(buffer: Buffer): number {
  let at = 0;
  while (at < buffer.length) {
    const lead = buffer[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length > 1 && !isUtf8(buffer.subarray(at, at + length))) break;
    at += length;
  }
  return Math.min(at, buffer.length);
}

function encodingError(message: string, source: string, offset: number): XmlError {
  return xmlError('ERR_XML_ENCODING', message, source, offset);
}

/** The text with line ends normalised. The usual document has no carriage return and is looked through once. */
function checkedCharacters(decoded: string): string {
  let text = decoded;
  let at = text.search(control);
  if (at !== -1 && text.includes('\r')) {
    text = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
    at = text.search(control);
  }
  if (at === -1) at = text.indexOf('\ufffe');
  if (at === -1) at = text.indexOf('\uffff');
  if (at === -1) return text;
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  throw xmlError('ERR_XML_CHARACTER', `character U+${code} is not allowed in XML`, text, at);
}

function declarationEnd(text: string): number {
  if (!/^<\?xml[ \t\n?]/.test(text)) return 0;
  const match = declaration.exec(text);
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
    throw encodingError('the XML declaration names another encoding, expected UTF-8', text, 0);
  }
  return match[0].length;
}
